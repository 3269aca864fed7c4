from __future__ import annotations

from dataclasses import replace

import pytest

from articles.article import Article, Block, BlockKind
from storage.archive import Archive
from storage.catalog import phrase_candidates, phrase_index
from storage.catalog.catalog import Catalog
from storage.catalog.phrase import Phrase
from storage.catalog.phrase_hits import Asked, Budget, PhraseInAbsence
from storage.catalog.phrase_index import index_phrases
from storage.catalog.phrases import changes_by_time, changes_with, states_by_time, states_with
from storage.catalog.terms import Terms
from storage.catalog.tokens import Part
from storage.catalog.vanishing import first_vanishing, removals_by_time
from tests.storage.catalog.observed import OTHER, URL, article, at, capture, commit, reading


def said(*paragraphs: str, headline: str = "Drill ends") -> Article:
    return article(headline, blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs))


def show(archive: Archive, catalog: Catalog, *seen: tuple[str, float, Article]) -> None:
    rows = [capture(url, hours) for url, hours, _ in seen]
    commit(archive, rows, [reading(row, what) for row, (_, _, what) in zip(rows, seen, strict=True)])
    catalog.sync(archive)
    index_phrases(catalog)


def test_a_phrase_is_found_in_the_states_that_hold_it(archive: Archive, catalog: Catalog) -> None:
    show(
        archive,
        catalog,
        (URL, 0, said("Ships sailed.")),
        (OTHER, 1, said("They were in the South China Sea.")),
        (URL, 24, said("Ships sailed in the South China Sea.")),
        (URL, 48, said("Ships sailed in the South China Sea.")),
        (URL, 72, said("Ships sailed.")),
    )
    first, second = states_with(catalog, Phrase("south china sea"))
    assert (first.url, first.number, first.first_seen, first.not_before) == (OTHER, 1, at(1), None)
    assert (second.url, second.number, second.not_before) == (URL, 2, at(0))
    assert (second.first_seen, second.last_seen) == (at(24), at(48))
    assert second.snippet == "Ships sailed in the South China Sea."
    assert states_with(catalog, Phrase("south china sea"), limit=1) == [first]
    assert [found.url for found in states_with(catalog, Phrase("South China Sea"), Asked(since=at(2)))] == [URL]
    assert states_with(catalog, Phrase("South China Sea"), Asked(outlet="another")) == []
    assert states_with(catalog, Phrase("China South")) == []
    assert states_with(catalog, Phrase("south china sea", case=True)) == []

    (added,) = changes_with(catalog, Phrase("South China Sea"), added=True)
    assert (added.url, added.last_seen_before, added.first_seen_after) == (URL, at(0), at(24))
    assert (added.occurrences_before, added.occurrences_after) == (0, 1)
    (removed,) = changes_with(catalog, Phrase("South China Sea"), added=False)
    assert (removed.last_seen_before, removed.first_seen_after) == (at(48), at(72))
    assert removed.snippet == "Ships sailed in the South China Sea."
    assert first_vanishing(catalog, Phrase("South China Sea")) == removed
    assert changes_with(catalog, Phrase("South China Sea"), Asked(since=at(73)), added=False) == []


def test_a_phrase_across_the_edge_of_what_was_edited_was_added(archive: Archive, catalog: Catalog) -> None:
    show(archive, catalog, (URL, 0, said("The old fleet left.")), (URL, 24, said("The new fleet left.")))
    (added,) = changes_with(catalog, Phrase("new fleet"), added=True)
    assert added.change_id == changes_with(catalog, Phrase("old fleet"), added=False)[0].change_id
    assert changes_with(catalog, Phrase("fleet left"), added=True) == []


def test_a_paragraph_that_moved_or_was_split_adds_nothing(archive: Archive, catalog: Catalog) -> None:
    show(
        archive,
        catalog,
        (URL, 0, said("One thing. Another thing.", "A last one.")),
        (URL, 24, said("A last one.", "One thing. Another thing.")),
        (URL, 48, said("A last one.", "One thing.", "Another thing.")),
    )
    for phrase in ("one thing", "another thing", "a last one"):
        assert changes_with(catalog, Phrase(phrase), added=True) == []
        assert changes_with(catalog, Phrase(phrase), added=False) == []


def test_one_of_two_standings_removed_is_a_removal_and_no_vanishing(archive: Archive, catalog: Catalog) -> None:
    show(archive, catalog, (URL, 0, said("A war. A war.")), (URL, 24, said("A war.")), (URL, 48, said("Peace.")))
    first, second = changes_with(catalog, Phrase("a war"), added=False)
    assert (first.occurrences_before, first.occurrences_after) == (2, 1)
    assert first_vanishing(catalog, Phrase("a war")) == second


def test_the_words_that_are_shown_are_those_that_came_or_went(archive: Archive, catalog: Catalog) -> None:
    body = "{}举行演习。"
    show(
        archive,
        catalog,
        (URL, 0, said(body.format("南海"), headline="南海演习")),
        (URL, 24, said(body.format("东海"), headline="南海演习")),
        (URL, 48, said(body.format("东海"), headline="东海演习")),
    )
    first, second = (found for found in changes_with(catalog, Phrase("南海"), added=False))
    assert (first.field, first.snippet) == ("blocks", "南海举行演习。")
    assert (first.occurrences_before, first.occurrences_after) == (2, 1)
    assert (second.field, second.snippet) == ("headline", "南海演习")
    by_terms = changes_with(catalog, Terms("南海"), added=False)
    assert [found.field for found in by_terms] == ["blocks", "headline"]
    (came, again) = changes_with(catalog, Phrase("东海"), added=True)
    assert (came.field, again.field) == ("blocks", "headline")


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("去年南海举行演习，南海局势紧张。", "今年南海举行演习，东海局势紧张。", 1),
        ("南海局势紧张，去年南海举行演习。", "东海局势紧张，今年南海举行演习。", 0),
    ],
)
def test_of_several_places_in_a_text_the_one_that_went_is_shown(old: str, new: str, shown: int) -> None:
    phrase, filling = Phrase("南海"), "部长在长篇讲话中谈到许多与此无关的事情。" * 8
    before, after = ((("blocks", f"{filling}{filling.join(text.split('，'))}{filling}"),) for text in (old, new))
    lost = phrase.gained(after, before)
    assert lost is not None
    places = [found[0] for found in phrase.spans(before[0][1])]
    assert before[0][1][places[shown] : places[shown] + 4] in lost.snippet
    assert phrase.gained(before, after) is None


def test_an_edited_paragraph_that_keeps_the_words_is_not_shown_for_the_one_that_lost_them() -> None:
    before = (("blocks", "Ships left for the South China Sea on Monday."), ("blocks", "The South China Sea is calm."))
    after = (("blocks", "Ships left for the South China Sea on Friday."), ("blocks", "The sea is calm."))
    lost = Phrase("South China Sea").gained(after, before)
    assert lost is not None
    assert lost.snippet == "The South China Sea is calm."


@pytest.mark.parametrize(("times", "shown"), [(10, "There is a new sea."), (3000, "Line 0: the sea is calm.")])
def test_of_a_flood_of_places_only_the_first_are_compared_with_all_that_went(times: int, shown: str) -> None:
    """A page with tens of thousands of them held a search for minutes."""
    lines = [f"Line {number}: the sea is calm." for number in range(times)]
    before = (("blocks", f"Once: {' '.join(lines)} Never."),)
    after = (*(("blocks", line) for line in lines), ("blocks", "There is a new sea."))
    came = Phrase("sea").gained(before, after)
    assert came is not None
    assert came.snippet == shown


def test_chinese_is_found_without_spaces(archive: Archive, catalog: Catalog) -> None:
    show(
        archive,
        catalog,
        (URL, 0, said("中国海军在南海举行军事演习。")),
        (URL, 24, said("中国海军在东海举行军事演习。")),
    )
    assert [found.first_seen for found in states_with(catalog, Phrase("军事演习"))] == [at(0), at(24)]
    assert [found.first_seen for found in states_with(catalog, Phrase("海"), limit=1)] == [at(0)]
    assert changes_with(catalog, Phrase("在东海"), added=True)[0].snippet == "中国海军在东海举行军事演习。"
    assert changes_with(catalog, Phrase("南海"), added=False)[0].first_seen_after == at(24)
    assert states_with(catalog, Phrase("海南")) == []


def test_headline_and_names_are_searched_and_no_phrase_reaches_over_two_texts(
    archive: Archive, catalog: Catalog
) -> None:
    show(archive, catalog, (URL, 0, said("begins here", headline="Where it ends")))
    assert states_with(catalog, Phrase("huang panyue"))[0].field == "editors"
    assert states_with(catalog, Phrase("it ends"))[0].field == "headline"
    assert states_with(catalog, Phrase("ends begins")) == []


def test_nothing_is_added_between_readers_that_cannot_be_compared(archive: Archive, catalog: Catalog) -> None:
    rows = [capture(URL, 0), capture(URL, 24)]
    commit(archive, rows, [reading(rows[0], said("Old."), reader="pla-2022/1")])
    commit(archive, readings=[reading(rows[1], said("Old. New."), reader="pla-2022/2")])
    catalog.sync(archive)
    index_phrases(catalog)
    assert changes_with(catalog, Phrase("new"), added=True) == []
    assert [found.not_before for found in states_with(catalog, Phrase("new"))] == [None]


def test_indexing_goes_on_where_it_was_and_survives_deriving_anew(archive: Archive, catalog: Catalog) -> None:
    row = capture(URL, 0)
    commit(archive, [row], [reading(row, said("First."))])
    catalog.sync(archive)
    told: list[tuple[int, int]] = []
    assert index_phrases(catalog, lambda done, total: told.append((done, total))) == 1
    assert told == [(1, 1)]
    assert index_phrases(catalog) == 0
    late = capture(URL, 24)
    commit(archive, [late], [reading(late, said("Second."))])
    catalog.sync(archive)
    assert [found.number for found in states_with(catalog, Phrase("first"))] == [1]
    assert index_phrases(catalog) == 2  # the change, too
    assert [found.number for found in states_with(catalog, Phrase("second"))] == [2]


def test_a_rebuild_empties_the_index_too(archive: Archive, catalog: Catalog) -> None:
    show(archive, catalog, (URL, 0, said("First.")))
    catalog.rebuild(archive)
    assert states_with(catalog, Phrase("first")) == []
    assert index_phrases(catalog) == 1
    assert len(states_with(catalog, Phrase("first"))) == 1


@pytest.mark.parametrize("phrase", ['" OR "x', "NEAR(a b)", "a* b", "tokens: drill", "^drill", "drill AND ends"])
def test_the_syntax_of_the_index_means_nothing_in_a_phrase(archive: Archive, catalog: Catalog, phrase: str) -> None:
    show(archive, catalog, (URL, 0, said("Drill ends, a b x.")))
    assert states_with(catalog, Phrase(phrase)) == []


def test_a_name_is_looked_for_among_editors_alone(archive: Archive, catalog: Catalog) -> None:
    show(
        archive,
        catalog,
        (URL, 0, article("Huang Panyue speaks", editors=("Li Ziyue",))),
        (OTHER, 1, article("Drill ends", editors=("Huang Panyue",))),
        (OTHER, 24, article("Drill ends", editors=("Li Ziyue",))),
    )
    by_editor = Terms("huang panyue", part=Part.EDITORS)
    assert [found.url for found in states_with(catalog, by_editor)] == [OTHER]
    assert [found.url for found in states_with(catalog, Terms("huang panyue", part=Part.HEADLINE))] == [URL]
    assert [found.field for found in changes_with(catalog, by_editor, added=False)] == ["editors"]
    assert [found.url for found in changes_with(catalog, Terms("ziyue", part=Part.EDITORS), added=True)] == [OTHER]
    assert changes_with(catalog, Terms("ziyue", part=Part.HEADLINE), added=True) == []


def test_a_list_goes_on_after_a_place_in_either_direction(archive: Archive, catalog: Catalog) -> None:
    urls = [f"http://eng.chinamil.com.cn/CHINA/TopStories/{number}.html" for number in range(4)]
    show(archive, catalog, *((url, hour, said("A drill.", headline="News")) for hour, url in enumerate(urls)))
    show(archive, catalog, *((url, 24 + hour, said("Over.", headline="News")) for hour, url in enumerate(urls)))
    for newest, order in ((False, urls), (True, urls[::-1])):
        whole = list(states_by_time(catalog, Phrase("drill"), Asked(newest=newest)))
        assert [found.url for _, found in whole] == order
        for number, (place, _) in enumerate(whole):
            rest = [
                found.url for _, found in states_by_time(catalog, Phrase("drill"), Asked(newest=newest, after=place))
            ]
            assert rest == order[number + 1 :]
        gone = list(changes_by_time(catalog, Phrase("drill"), Asked(newest=newest), added=False))
        assert [found.url for _, found in gone] == order
        (place, _) = gone[1]
        rest = [
            found.url
            for _, found in changes_by_time(catalog, Phrase("drill"), Asked(newest=newest, after=place), added=False)
        ]
        assert rest == order[2:]
    assert [found.url for _, found in states_by_time(catalog, Phrase("drill"), Asked(until=at(2)))] == urls[:2]
    removed = changes_by_time(catalog, Phrase("drill"), Asked(since=at(25), until=at(27)), added=False)
    assert [found.url for _, found in removed] == urls[1:3]


def test_what_only_changes_its_punctuation_vanishes_where_that_was_looked_for(
    archive: Archive, catalog: Catalog
) -> None:
    show(archive, catalog, (URL, 0, said("An F-35 flew.")), (URL, 24, said("An F 35 flew.")))
    gone = first_vanishing(catalog, Phrase("F-35"))
    assert gone is not None
    assert gone.first_seen_after == at(24)
    assert first_vanishing(catalog, Phrase("flew")) is None


@pytest.mark.parametrize("outlet", [None, "demo", "another"])
@pytest.mark.parametrize("newest", [False, True])
def test_what_stands_in_most_articles_is_found_row_by_row_and_is_the_same(
    archive: Archive, catalog: Catalog, monkeypatch: pytest.MonkeyPatch, outlet: str | None, newest: bool
) -> None:
    seen = [
        (
            URL.replace("16435001", str(16435001 + number)),
            hours + number / 100,
            said(f"The {'army' if number % 3 else 'navy'} {'ends' if hours else 'begins'} drill {number}."),
        )
        for number in range(12)
        for hours in (0, 24)
    ]
    show(archive, catalog, *seen)

    def found() -> list[object]:
        asked = Asked(outlet, newest=newest)
        states = list(states_by_time(catalog, Phrase("army"), asked))
        begun = list(changes_by_time(catalog, Phrase("begins"), asked, added=False))
        behind = replace(asked, after=states[3][0] if states else None)
        return [*states, *begun, *states_by_time(catalog, Phrase("army"), behind)]

    by_list = found()
    assert len(by_list) == (0 if outlet == "another" else 16 + 12 + 12)
    monkeypatch.setattr("storage.catalog.phrase_index.COMMON", 1)
    monkeypatch.setattr("storage.catalog.phrase_candidates._SCANNED", 5)
    assert found() == by_list
    monkeypatch.setattr("storage.catalog.phrase_candidates.MOST_SCANNED", 10)  # and then by a list after all
    assert found() == by_list


def test_what_is_common_is_found_as_what_is_rare(
    archive: Archive, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [f"http://demo.example/CHINA/{number}.html" for number in range(12)]
    for day, word in enumerate(("drill", "drill drill", "none", "drill")):
        show(
            archive,
            catalog,
            *(
                (url, 24 * day + hour, said(f"A {word}. {'战机' if 'drill' in word else '飞机'}演练。"))
                for hour, url in enumerate(urls)
            ),
        )
    show(archive, catalog, (OTHER, 200, said("Nothing.", headline="Quiet")))
    asked = [
        lambda: list(states_by_time(catalog, Phrase("drill"))),
        lambda: list(states_by_time(catalog, Phrase("drill"), Asked(newest=True, since=at(30), until=at(75)))),
        lambda: list(states_by_time(catalog, Terms("drill", part=Part.HEADLINE), Asked(outlet="demo"))),
        lambda: list(changes_by_time(catalog, Phrase("drill"), Asked(newest=True), added=True)),
        lambda: list(changes_by_time(catalog, Terms('drill "a drill"'), added=False)),
        lambda: first_vanishing(catalog, Phrase("none")),
        # One character alone: by all pairs that begin with it.
        lambda: list(states_by_time(catalog, Phrase("战"))),
        lambda: list(states_by_time(catalog, Terms("drill 战"), Asked(newest=True, until=at(75)))),
        lambda: list(changes_by_time(catalog, Phrase("飞"), added=True)),
    ]
    rare = [question() for question in asked]
    assert all(rare)
    monkeypatch.setattr(phrase_index, "COMMON", 1)
    monkeypatch.setattr(phrase_candidates, "_SCANNED", 5)
    assert [question() for question in asked] == rare
    # In pages, each begun where the budget of the one before was spent.
    monkeypatch.setattr(phrase_candidates, "MOST_SCANNED", 10)
    whole, place = [], None
    for _ in range(100):
        budget = Budget(9)
        whole += list(states_by_time(catalog, Phrase("drill"), Asked(newest=True, after=place), budget=budget))
        if not budget.spent:
            break
        place = budget.last
    assert whole == list(states_by_time(catalog, Phrase("drill"), Asked(newest=True)))


def went(archive: Archive, catalog: Catalog, url: str, *hours: float, status: int = 404, **said: str) -> None:
    commit(archive, [capture(url, hour, status=status, **said) for hour in hours])
    catalog.sync(archive)


def test_a_phrase_goes_with_its_article(archive: Archive, catalog: Catalog) -> None:
    show(archive, catalog, (URL, 0, said("A drill.")), (OTHER, 1, said("A drill, too.")))
    show(archive, catalog, (OTHER, 72, said("Nothing.", headline="Quiet")))
    assert first_vanishing(catalog, Phrase("a drill")).first_seen_after == at(72)  # type: ignore[union-attr]
    went(archive, catalog, URL, 24, 60, 72)
    went(archive, catalog, URL, 80, status=301, location="http://demo.example/")
    gone = first_vanishing(catalog, Phrase("a drill"))
    assert isinstance(gone, PhraseInAbsence)
    assert (gone.url, gone.number, gone.shown, gone.status) == (URL, 1, "gone", 404)
    assert (gone.last_seen, gone.first_missing, gone.confirmed, gone.returned_at) == (at(0), at(24), True, None)
    assert (gone.snippet, gone.occurrences, gone.headline) == ("A drill.", 1, "Drill ends")
    found = [one for _, one in removals_by_time(catalog, Phrase("a drill"))]
    assert [one.url for one in found] == [URL, OTHER]
    assert list(removals_by_time(catalog, Phrase("a drill"), Asked(newest=True))) == list(
        reversed(list(removals_by_time(catalog, Phrase("a drill"))))
    )
    assert [one.url for _, one in removals_by_time(catalog, Phrase("a drill"), Asked(until=at(30)))] == [URL]
    assert [one.url for _, one in removals_by_time(catalog, Phrase("a drill"), Asked(since=at(30)))] == [OTHER]
    assert list(removals_by_time(catalog, Phrase("a drill"), Asked(outlet="another"))) == []
    assert list(removals_by_time(catalog, Phrase("nothing"))) == []

    state, other = states_with(catalog, Phrase("a drill"))
    assert (state.url, state.missing_as, state.missing_since) == (URL, "gone", at(24))
    assert (other.url, other.missing_as, other.missing_since) == (OTHER, None, None)


def test_an_article_that_came_back_had_gone_and_is_no_longer_missing(archive: Archive, catalog: Catalog) -> None:
    show(archive, catalog, (URL, 0, said("A drill.")), (URL, 20, said("Two drills.")))
    went(archive, catalog, URL, 48)
    show(archive, catalog, (URL, 60, said("Two drills.")))
    went(archive, catalog, URL, 90, status=500)
    ((_, gone),) = removals_by_time(catalog, Phrase("two drills"))
    assert isinstance(gone, PhraseInAbsence)
    assert (gone.number, gone.first_missing, gone.returned_at) == (2, at(48), at(60))
    (edited,) = (one for _, one in removals_by_time(catalog, Phrase("a drill")))
    assert not isinstance(edited, PhraseInAbsence)
    (state,) = states_with(catalog, Phrase("two drills"))
    assert state.missing_since is None


def test_what_removed_a_phrase_comes_in_pages_without_a_gap(archive: Archive, catalog: Catalog) -> None:
    urls = [f"http://demo.example/CHINA/{number}.html" for number in range(12)]
    show(archive, catalog, *((url, number, said("A drill.")) for number, url in enumerate(urls)))
    for number, url in enumerate(urls):
        if number % 3:
            went(archive, catalog, url, 24 + number)
        else:
            show(archive, catalog, (url, 24 + number, said("Nothing.", headline="Quiet")))
    whole = list(removals_by_time(catalog, Phrase("drill"), Asked(newest=True)))
    assert [one.url for _, one in whole] == urls[::-1]
    found, place = [], None
    for _ in range(20):
        budget = Budget(2)
        found += list(removals_by_time(catalog, Phrase("drill"), Asked(newest=True, after=place), budget=budget))
        if not budget.spent:
            break
        place = budget.last
    assert found == whole
