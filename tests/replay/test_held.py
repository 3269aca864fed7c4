from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from replay.held import HeldAnswers
from replay.raw import raw_answer
from storage.catalog.captured import SavedCapture
from storage.ranged import Ranges
from tests.replay.kept import answered, keep, new_archive


class Counted:
    """Gives what a store gives, and counts how often."""

    def __init__(self, store: Ranges) -> None:
        self.store = store
        self.asked = 0

    def get_range(self, key: str, offset: int, length: int) -> bytes:
        self.asked += 1
        return self.store.get_range(key, offset, length)


def test_what_is_asked_for_by_range_is_fetched_once_and_no_more_is_held_than_may_be(tmp_path: Path) -> None:
    archive = new_archive(tmp_path / "archive")
    rows = keep(archive, *(answered(f"{n}" * 1000, url=f"http://news.example/{n}") for n in range(4)))
    first, second, third, _ = saved = [SavedCapture(row) for row in rows]
    store = Counted(archive.store)
    answers = HeldAnswers(store, most=2500)

    assert answers.answer(first) == raw_answer(archive.store, first)
    assert (answers.answer(first), store.asked) == (raw_answer(archive.store, first), 2)  # not by range: not held
    for _ in range(3):
        assert answers.answer(second, by_range=True).body == b"1" * 1000
    assert store.asked == 3
    for one in (third, first, second):
        answers.answer(one, by_range=True)
    assert store.asked == 6  # the second had to go for the third and the first
    answers.answer(first, "gzip", by_range=True)
    assert store.asked == 7  # another coding is another answer
    small = HeldAnswers(store, most=10)
    for one in saved:
        small.answer(one, by_range=True)
        small.answer(replace(one), by_range=True)
    assert store.asked == 15  # larger than all that may be held
