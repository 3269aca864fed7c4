"""The same edits in many articles at once are one finding."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.article import Article, Block, BlockKind
from audit.compare import compare
from audit.edit_digests import digests
from audit.history import LEAST, Observed, same_edits

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
FOOTER = "sha256:footer"


def observed(number: int, *, days: float = 0, outlet: str = "demo", edits: str | None = FOOTER) -> Observed:
    before = BEGIN + timedelta(days=days, minutes=number)
    key = f"{outlet}:cbf:{number}"
    return Observed(f"sha256:{number}:{days}", outlet, key, before, before + timedelta(hours=3), edits)


def test_the_same_edits_in_many_articles_are_one_group() -> None:
    (group,) = same_edits([*map(observed, range(LEAST)), observed(99, edits="sha256:number")])
    assert (group.articles, group.edits, len(group.changes)) == (LEAST, FOOTER, LEAST)


def test_an_edit_more_keeps_a_change_out_of_the_group() -> None:
    more = observed(99, edits="sha256:footer and number")
    (group,) = same_edits([*map(observed, range(LEAST)), more])
    assert more not in group.changes


def of_hunks(number: int, *hunks: str, days: float = 0, outlet: str = "demo") -> Observed:
    one = observed(number, days=days, outlet=outlet, edits=" ".join(hunks))
    return replace(one, hunks=frozenset(hunks))


def test_an_edit_of_its_own_beside_theirs_counts_with_the_group_and_is_not_folded_into_it() -> None:
    theirs = [of_hunks(number, "footer") for number in range(LEAST - 1)]
    more = of_hunks(99, "footer", "number")
    (group,) = same_edits([*theirs, more, of_hunks(98, "number"), of_hunks(97, "foot")])
    assert (group.articles, set(group.changes), group.also) == (LEAST, set(theirs), (more,))
    assert same_edits([*theirs, of_hunks(98, "number")]) == ()


@pytest.mark.parametrize(
    "other", [of_hunks(99, "footer", "number", days=9), of_hunks(99, "footer", "number", outlet="another")]
)
def test_another_time_or_outlet_is_not_of_the_group(other: Observed) -> None:
    theirs = [of_hunks(number, "footer") for number in range(LEAST)]
    (group,) = same_edits([*theirs, other])
    assert group.also == ()


def test_hunks_are_those_of_real_findings() -> None:
    footer = "Follow us on {}."
    bodies = [
        ("The dam holds.", footer.format("X")),
        ("The dam holds.", footer.format("Y")),
        ("It broke.", footer.format("Y")),
    ]
    old, new, more = (
        Article("H", blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)) for texts in bodies
    )
    theirs, own = (frozenset(digests(compare(old, one).edits, old, one).hunks) for one in (new, more))
    assert theirs
    assert theirs < own


@pytest.mark.parametrize(
    "changes",
    [
        [observed(number) for number in range(LEAST - 1)],
        [observed(1, days=day / 10) for day in range(LEAST)],  # to and fro in one article
        [observed(number, days=2 * number) for number in range(LEAST)],
        [observed(number, outlet=f"outlet-{number}") for number in range(LEAST)],
        [observed(number, edits=None) for number in range(LEAST)],
    ],
)
def test_few_articles_other_outlets_other_times_or_no_edits_are_no_group(changes: list[Observed]) -> None:
    assert same_edits(changes) == ()


def test_articles_that_are_looked_at_seldom_belong_to_it_if_they_may_have_changed_at_the_same_time() -> None:
    seldom = observed(50, days=-20)
    seldom = Observed(seldom.change_id, "demo", "x", seldom.last_seen_before, BEGIN + timedelta(days=12), FOOTER)
    (group,) = same_edits([seldom, *map(observed, range(LEAST))])
    assert seldom in group.changes


def test_edits_are_those_of_real_findings_wherever_they_stand() -> None:
    found = set()
    for number in range(LEAST):
        old, new = (
            Article(f"Story {number}", blocks=(*_padding(number), Block(BlockKind.PARAGRAPH, text)))
            for text in ("Share this story with friends.", "Send this story to friends.")
        )
        findings = compare(old, new)
        found.add(digests(findings.edits, old, new).edits)
    assert len(found) == 1
    assert None not in found
    assert digests(findings.edits[:1], old, new).edits not in found
    assert digests(findings.edits * 2, old, new).edits in found


def test_each_article_s_own_times_do_not_part_what_a_template_did() -> None:
    footers = ("Share this story with friends.", "Send this story to friends.")

    def edits(number: int, *, modified: int = 0, published: int = 0, texts: tuple[str, str] = footers) -> str | None:
        hours = (number, number + published), (number, number + modified)
        old, new = (
            Article(
                f"Story {number}",
                published_at=BEGIN + timedelta(hours=hours[0][side]),
                modified_at=BEGIN + timedelta(hours=hours[1][side]),
                blocks=(Block(BlockKind.PARAGRAPH, text),),
            )
            for side, text in enumerate(texts)
        )
        return digests(compare(old, new).edits, old, new).edits

    assert len({edits(number, modified=100) for number in range(LEAST)} | {edits(0)}) == 1
    moved = {edits(number, modified=100, published=5) for number in range(LEAST)}
    assert len(moved) == 1
    assert moved != {edits(0)}, "that a story was dated anew is not hidden behind those that were not"
    alone = ("Nothing else.", "Nothing else.")
    assert len({edits(number, modified=9, texts=alone) for number in range(LEAST)}) == LEAST
    both = {edits(number, modified=9, published=9, texts=alone) for number in range(LEAST)}
    assert len(both) == LEAST


def _padding(number: int) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, f"Paragraph {line} of story {number}.") for line in range(number)]


@given(
    st.lists(st.builds(observed, st.integers(0, 9), days=st.sampled_from([0, 0.5, 3])), max_size=30),
    st.randoms(use_true_random=False),
)
def test_the_order_makes_no_difference(changes: list[Observed], chance: random.Random) -> None:
    before = same_edits(changes, least=2)
    chance.shuffle(changes)
    assert same_edits(changes, least=2) == before
    assert len([change for group in before for change in group.changes]) <= len(changes)
