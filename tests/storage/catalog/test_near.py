"""Stories posted again with edits: found among many, told once, with the edits between the two."""

from __future__ import annotations

from random import Random

import pytest

from articles.article import Article, Block, BlockKind
from audit.errors import StateUnknown
from audit.report.lines import as_text
from audit.states import compare_articles
from audit.upkeep import bring_up_to_date
from storage.archive import Archive
from storage.catalog import near
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFilter
from storage.catalog.happened import Kind, happenings
from storage.catalog.history import history
from storage.catalog.reposts import RepostFound, reposts
from tests.storage.catalog.observed import at, capture, commit, reading

WORDS = [f"word{number}" for number in range(600)]


def url_of(number: int, outlet: str = "demo") -> str:
    return f"http://{outlet}.example/CHINA/1644{number:04}.html"


def story(seed: int, sentences: int = 20) -> list[str]:
    dice = Random(seed)
    return [f"{' '.join(dice.choices(WORDS, k=10))}." for _ in range(sentences)]


def article(told: list[str], headline: str = "Fleet sails") -> Article:
    return Article(headline, blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in told))


def seen(archive: Archive, number: int, hours: float, told: list[str], *, outlet: str = "demo") -> None:
    row = capture(url_of(number, outlet), hours, outlet=outlet)
    commit(archive, [row], [reading(row, article(told))])


def found(archive: Archive, catalog: Catalog) -> list[RepostFound]:
    catalog.sync(archive)
    bring_up_to_date(catalog)
    return reposts(catalog)


def test_a_story_posted_again_with_edits_is_found_among_many(archive: Archive, catalog: Catalog) -> None:
    told = story(1)
    for number in range(40):
        seen(archive, number, number / 10, story(number))
    assert found(archive, catalog) == []
    again = [*told[:7], "Ninety-two were on board, the operator said.", *told[8:]]
    seen(archive, 90, 24, again)
    (repost,) = found(archive, catalog)
    assert (repost.earlier_url, repost.later_url) == (url_of(1), url_of(90))
    assert (repost.earlier_seen, repost.later_seen) == (at(0.1), at(24))
    assert 0.9 < repost.similarity < 1
    shown = history(catalog, url_of(90))
    assert shown is not None
    assert shown.reposts == (repost,)
    (line,) = happenings(catalog, ChangeFilter(), [Kind.REPOST], limit=10)
    assert line.position.at == at(24)
    report = compare_articles(catalog, url_of(90), url_of(1)).report
    assert [edit.after for edit in report.findings.edits if edit.after] == [
        "Ninety-two were on board, the operator said."
    ]
    assert (report.old.url, report.new.url, report.change_id) == (url_of(1), url_of(90), None)
    assert "changed between" not in as_text(report, unchanged=False)


def test_the_same_text_stays_the_same_and_later_edits_are_no_second_posting(archive: Archive, catalog: Catalog) -> None:
    told = story(1)
    seen(archive, 1, 0, told)
    seen(archive, 2, 24, told)
    for hours, number in ((48, 3), (72, 5)):  # the second one is edited, and edited again
        seen(archive, 2, hours, [*told[:number], "Another sentence stands here now.", *told[number + 1 :]])
    (repost,) = found(archive, catalog)
    assert (repost.later_seen, repost.similarity) == (at(24), 1)


def test_edits_of_one_article_are_no_re_posts_of_it(archive: Archive, catalog: Catalog) -> None:
    told = story(1)
    for hours in range(6):
        seen(
            archive,
            1,
            hours * 24,
            [*told[:hours], f"Edition {hours} says more than the one before.", *told[hours + 1 :]],
        )
    assert found(archive, catalog) == []


def test_what_is_posted_with_edits_twice_is_told_of_each_with_what_is_most_like_it(
    archive: Archive, catalog: Catalog
) -> None:
    told = story(1)
    second = [*told[:3], "A new third sentence.", *told[4:]]
    third = [*second[:9], "And a new ninth one.", *second[10:]]
    for number, text in enumerate((told, second, third)):
        seen(archive, number, number * 24, text)
    pairs = {(repost.earlier_url, repost.later_url) for repost in found(archive, catalog)}
    assert pairs == {(url_of(0), url_of(1)), (url_of(1), url_of(2))}


def test_other_outlets_and_short_texts_are_left_alone(archive: Archive, catalog: Catalog) -> None:
    told = story(1)
    seen(archive, 1, 0, told)
    seen(archive, 1, 24, [*told[:3], "Some other sentence.", *told[4:]], outlet="other")
    seen(archive, 5, 30, ["A photo of the harbor pilots by Yang Ben, taken at noon."])
    seen(archive, 6, 31, ["A photo of the harbor pilots by Yang Ben, taken at night."])
    assert found(archive, catalog) == []


def test_a_sentence_that_stands_under_everything_makes_nothing_alike(
    archive: Archive, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in too many texts is not looked for at all; what is found by the rest of it still is."""
    monkeypatch.setattr(near, "MOST_SHARING", 10)
    form = [f"This form has the number {number} and stands under every story of the outlet." for number in range(3)]
    for number in range(30):
        seen(archive, number, number / 10, [*story(number, 8), *form])
    again = story(1, 8)
    seen(archive, 90, 24, [*again[:2], "One sentence was rewritten.", *again[3:], *form])
    (repost,) = found(archive, catalog)
    assert repost.earlier_url == url_of(1)


def test_a_late_spool_and_a_rebuild_come_to_the_same(archive: Archive, catalog: Catalog) -> None:
    told = story(1)
    second = [*told[:3], "A new third sentence.", *told[4:]]
    seen(archive, 2, 48, second)
    assert found(archive, catalog) == []
    seen(archive, 1, 24, told)  # comes home late, and was there before
    (repost,) = found(archive, catalog)
    assert (repost.earlier_url, repost.later_url) == (url_of(1), url_of(2))
    seen(archive, 1, 72, story(7))
    assert found(archive, catalog) == [repost]
    catalog.rebuild(archive)
    assert reposts(catalog) == []
    assert found(archive, catalog) == [repost]


def test_states_of_two_articles_can_be_chosen(archive: Archive, catalog: Catalog) -> None:
    seen(archive, 1, 0, story(1))
    seen(archive, 1, 24, story(2))
    seen(archive, 2, 48, story(3))
    catalog.sync(archive)
    report = compare_articles(catalog, url_of(2), url_of(1), 1, 1).report
    assert (report.old.name, report.old.first_seen, report.new.first_seen) == ("state 1", at(0), at(48))
    assert compare_articles(catalog, url_of(2), url_of(1)).report.old.name == "state 2"
    with pytest.raises(StateUnknown, match="there is no state 3"):
        compare_articles(catalog, url_of(2), url_of(1), 3)
    with pytest.raises(StateUnknown, match="never seen"):
        compare_articles(catalog, url_of(2), url_of(9))
