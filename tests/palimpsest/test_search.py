"""`palimpsest search` on a small archive."""

from __future__ import annotations

import pytest

from tests.palimpsest.conftest import Call, Crawled
from tests.palimpsest.documented import example, keys
from tests.palimpsest.doors import Door
from tests.palimpsest.test_commands import rows
from tests.palimpsest.test_terminal import HOSTILE, RICH_S_OWN, STEERING, hostile

__all__ = ["hostile"]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("door"), pytest.mark.timeout(180)]

STATION = "Mountain weather station reports long winter without sun"


def test_the_states_that_hold_a_phrase(crawled: Crawled, call: Call) -> None:
    ran = call(crawled.door, "search", "36 DAYS without")
    assert ran.code == 0
    heading, line = rows(ran.out)
    assert heading == ["what", "article", "words", "when", "url"]
    assert (line[0], line[1]) == ("state 1", STATION)
    assert "recorded 36 days without an hour of sunshine. (1 time)" in line[2]
    assert line[3].endswith("in the first state seen by us")
    assert line[4] == f"{crawled.site}/2025xb/H_1001/L_1002/26000103.html"
    assert "First appearance: seen 2" in ran.err
    assert "First vanishing: between 2" in ran.err


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        (["--removed", "36 days"], ["removed"]),
        (["--removed", "field kitchen serves"], ["removed"]),
        (["--added", "63 days"], ["added"]),
        (["--added", "36 days"], []),
        (["--removed", "weather station"], []),
        (["--added", "fail first rehearsal"], ["added"]),
        (["--added", "Fail First", "--case"], []),
        (["--removed", "36 days", "--outlet", "chinamil"], []),
        (["--removed", "36 days", "--since", "1d"], []),
        (["--removed", "214 sledges", "--added"], None),
    ],
)
def test_changes_that_added_or_removed_a_phrase(
    crawled: Crawled, call: Call, words: list[str], marks: list[str] | None
) -> None:
    ran = call(crawled.door, "search", *words)
    if marks is None:
        assert ran.code == 2
        assert "give one of both" in ran.err
    else:
        assert ran.code == 0
        assert [line[0] for line in rows(ran.out)[1:]] == marks


def test_what_nobody_said_is_a_sentence(crawled: Crawled, call: Call) -> None:
    assert call(crawled.door, "search", "no article says").out == "No state of an article holds “no article says”.\n"
    assert call(crawled.door, "search", "36 days", "--added").out == "No change added it.\n"
    ran = call(crawled.door, "search", "?!")
    assert (ran.code, ran.out) == (2, "")
    assert "holds no word" in ran.err


def test_a_limit_says_that_there_is_more(crawled: Crawled, call: Call) -> None:
    ran = call(crawled.door, "search", "Palimpsest Demo Online", "--limit", "3")
    assert len(rows(ran.out)) == 1 + 3
    assert "3 are shown; --limit shows more." in ran.err
    found = call(crawled.door, "search", "Palimpsest Demo Online", "--limit", "3", "--json").json
    assert (len(found["found"]), found["more"]) == (3, True)
    assert call(crawled.door, "search", "36 days", "--limit", "1", "--json").json["more"] is False


def test_keys_are_those_of_the_document(crawled: Crawled, call: Call) -> None:
    removed = call(crawled.door, "search", "--removed", "36 days", "--json").json
    assert keys(removed) == keys(example("search"))
    states = call(crawled.door, "search", "36 days", "--json").json
    assert states["looked_for"] == "states"
    assert states["found"] == [states["first_appearance"]]
    nothing = call(crawled.door, "search", "--added", "36 days", "--json").json
    assert (nothing["found"], nothing["first_vanishing"]) == ([], removed["first_vanishing"])


def test_hostile_text_reaches_neither_pipe_nor_terminal_raw(hostile: Door, call: Call) -> None:
    """The catalog may have been indexed before the text was made hostile, so "pilots", which stands in both."""
    for words in (["Pilots"], [HOSTILE.replace("\x00", "")]):
        ran = call(hostile, "search", *words)
        assert STEERING.findall((ran.out + ran.err).replace("\n", "").replace("\t", "")) == []
        assert "\nDAMAGED" not in ran.out
        assert r"Pilots \x1b]0;owned\x07\x1b[2J\u202efog" in ran.out
    shown = hostile.terminal("search", "Pilots")
    assert shown.code == 0
    assert STEERING.findall(RICH_S_OWN.sub("", shown.out).replace("\n", "")) == []
    assert r"\x1b]0;owned\x07" in shown.out
