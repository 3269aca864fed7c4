"""States, changes and absences as rules: each a page's life in a few lines."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.leads import Leads
from storage.catalog.derive import Derived, change_id, derive
from storage.catalog.listed import CONFIRMED_APART
from storage.catalog.looks import ABSENCES, CONCLUSIVE, Attempt, Read, Shown, looks_of
from storage.exchange import Outcome, Purpose
from tests.storage.catalog.observed import at

URL = "http://demo.example/1.html"
HASHES = {name: {"headline": name, "editors": "same"} for name in "ABCD"}
CURRENT = frozenset({"r/2"})


class Life:
    """What happened to one URL, hour by hour. Hours with the same whole number are one crawl."""

    def __init__(self) -> None:
        self.attempts: list[Attempt] = []
        self.reads: list[Read] = []

    def looked(self, hours: float, *, status: int | None = 200, crawl: str | None = None, **said: object) -> str:
        record = f"r{len(self.attempts):03d}"
        outcome = said.pop("outcome", Outcome.RESPONSE)
        purpose = said.pop("purpose", Purpose.LADDER)
        status = status if outcome in (Outcome.RESPONSE, Outcome.REVISIT, Outcome.TRUNCATED) else None
        crawl = crawl or f"crawl {int(hours)}"
        self.attempts.append(
            Attempt(record, at(hours), crawl, purpose, outcome, status, **said)  # type: ignore[arg-type]
        )
        return record

    def saw(self, hours: float, content: str, *, reader: str = "r/2", weak: bool = False, **said: object) -> None:
        record = self.looked(hours, status=304 if weak else 200, **said)  # type: ignore[arg-type]
        crawl = self.attempts[-1].crawl_id
        self.reads.append(Read(record, at(hours), crawl, 1, reader, "article", weak, content))

    def read_as(self, hours: float, outcome: str, **said: object) -> None:
        record = self.looked(hours)
        self.reads.append(Read(record, at(hours), self.attempts[-1].crawl_id, 1, "r/2", outcome, **said))  # type: ignore[arg-type]

    def derived(self) -> Derived:
        return derive(URL, self.attempts, self.reads, current=CURRENT, field_hashes=HASHES)


@pytest.fixture
def life() -> Life:
    return Life()


def contents(found: Derived) -> str:
    return "".join(state.content_id for state in found.states)


def kinds(found: Derived) -> list[str]:
    return [absence.kind.value for absence in found.absences]


def test_nothing_observed_is_nothing_derived(life: Life) -> None:
    assert life.derived() == Derived()


def test_equal_observations_in_a_row_are_one_state(life: Life) -> None:
    for hour in (0, 3, 6):
        life.saw(hour, "A")
    (state,) = life.derived().states
    assert (state.first_seen, state.last_seen, state.sightings, state.confirmed) == (at(0), at(6), 3, True)


def test_a_first_state_exists_unconfirmed_and_asks_for_no_confirmation(life: Life) -> None:
    life.saw(0, "A")
    found = life.derived()
    assert not found.states[0].confirmed
    assert not found.needs_confirming


def test_a_change_names_its_fields_and_its_interval(life: Life) -> None:
    life.saw(0, "A")
    life.saw(3, "A")
    life.saw(6, "B")
    life.saw(6.1, "B", purpose=Purpose.CONFIRM)
    (change,) = life.derived().changes
    assert change.fields == ("headline",)
    assert (change.last_seen_before, change.first_seen_after) == (at(3), at(6))
    assert change.confirmed
    assert change.change_id == change_id(URL, "A", "B")


def test_a_change_that_was_seen_once_is_not_confirmed_and_asks_for_it(life: Life) -> None:
    life.saw(0, "A")
    life.saw(3, "B")
    found = life.derived()
    assert not found.changes[0].confirmed
    assert found.needs_confirming


def test_not_modified_is_a_weak_sighting_and_confirms_nothing(life: Life) -> None:
    life.saw(0, "A")
    life.saw(3, "B")
    life.saw(6, "B", weak=True)
    state = life.derived().states[1]
    assert (state.sightings, state.weak_sightings, state.confirmed) == (2, 1, False)


def test_there_and_back_are_two_changes_with_ids_of_their_own(life: Life) -> None:
    for hour, content in enumerate("ABA"):
        life.saw(hour * 24, content)
    found = life.derived()
    assert contents(found) == "ABA"
    assert [(change.old_content_id, change.new_content_id) for change in found.changes] == [("A", "B"), ("B", "A")]
    assert len({change.change_id for change in found.changes}) == 2


@pytest.mark.parametrize(
    ("days", "said", "expected"),
    [
        (1, "ABA", []),
        (1, "ABAB", [1, 2, 3]),
        (4, "ABAB", []),
        (1, "ABAC", []),
        (1, "ABCA", []),
        (1, "CABABD", [2, 3, 4]),
        (1, "ABCABCD", [1, 2, 3, 4, 5]),
        (1, "ABACABA", [1, 2, 3, 4, 5, 6]),
        (3, "ABCABC", []),
    ],
)
def test_three_flips_in_a_week_oscillate(life: Life, days: int, said: str, expected: list[int]) -> None:
    for turn, content in enumerate(said):
        life.saw(turn * 24 * days, content)
    assert [change.ordinal for change in life.derived().changes if change.oscillating] == expected


def test_what_its_confirming_fetch_disagrees_with_makes_no_state(life: Life) -> None:
    life.saw(0, "A")
    life.saw(24, "B")
    life.saw(24.1, "C", purpose=Purpose.CONFIRM)
    life.saw(48, "A")
    found = life.derived()
    assert contents(found) == "A"
    assert found.changes == ()
    assert found.tallies == {"article": 2, "unstable": 1}


def test_two_contents_in_one_crawl_without_a_confirming_fetch_are_two_states(life: Life) -> None:
    life.saw(0, "A")
    life.saw(0.5, "B")
    assert contents(life.derived()) == "AB"


@pytest.mark.parametrize("outcome", ["incomplete", "doubtful", "not an article", "reading failed"])
def test_what_is_no_article_makes_no_state_and_is_counted(life: Life, outcome: str) -> None:
    life.read_as(0, outcome)
    found = life.derived()
    assert (found.states, found.absences) == ((), ())
    assert found.tallies == {outcome: 1}


@pytest.mark.parametrize("outcome", ["incomplete", "doubtful", "reading failed"])
def test_a_page_that_we_fail_to_understand_is_no_absence(life: Life, outcome: str) -> None:
    life.saw(0, "A")
    life.read_as(24, outcome)
    life.saw(48, "A")
    found = life.derived()
    assert (contents(found), found.absences) == ("A", ())


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"status": 404}, "gone"),
        ({"status": 410}, "gone"),
        ({"status": 404, "outcome": Outcome.REVISIT}, "gone"),
        ({"status": 404, "outcome": Outcome.TRUNCATED}, "gone"),
        ({"status": 301, "location": "http://demo.example/2.html", "leads": Leads.ELSEWHERE}, "moved"),
        ({"status": 302, "location": "http://demo.example/", "leads": Leads.FRONT}, "soft-404"),
        ({"status": 302, "location": "http://demo.example/login", "leads": Leads.GATE}, "blocked"),
        ({"status": 302}, "soft-404"),
        ({"status": 401}, "blocked"),
        ({"status": 403}, "blocked"),
        ({"status": 429}, "blocked"),
        ({"status": 500}, "server error"),
        ({"status": 503}, "server error"),
        ({"status": 304}, "server error"),  # to a request that had no condition
        ({"status": 302, "location": URL, "leads": Leads.ITSELF}, "blocked"),
        *(({"outcome": outcome}, "unreachable") for outcome in (
            Outcome.DNS, Outcome.REFUSED, Outcome.TIMEOUT, Outcome.TLS, Outcome.RESET, Outcome.FAILED, Outcome.PRIVATE,
        )),
        ({"outcome": Outcome.ROBOTS}, "disallowed"),
    ],
)  # fmt: skip
def test_each_way_of_not_showing_an_article_has_its_kind(life: Life, said: dict[str, object], kind: str) -> None:
    life.saw(0, "A")
    life.looked(24, **said)  # type: ignore[arg-type]
    (absence,) = life.derived().absences
    assert (absence.kind, absence.last_seen, absence.first_missing) == (kind, at(0), at(24))
    assert (absence.returned_at, absence.confirmed) == (None, False)


def test_a_page_with_200_that_is_no_article_any_more_is_a_soft_404(life: Life) -> None:
    life.saw(0, "A")
    life.read_as(24, "not an article")
    assert kinds(life.derived()) == ["soft-404"]


def test_a_page_emptied_of_its_text_is_a_soft_404_where_an_article_was_seen_and_else_doubtful(life: Life) -> None:
    life.read_as(0, "doubtful", emptied=True)
    life.saw(24, "A")
    life.read_as(48, "doubtful", emptied=True)
    life.read_as(72, "doubtful", emptied=True)
    found = life.derived()
    (absence,) = found.absences
    assert (absence.kind, absence.last_seen, absence.confirmed) == ("soft-404", at(24), True)
    assert found.tallies == {"article": 1, "doubtful": 1, "soft-404": 2}


@pytest.mark.parametrize("status", [202, 203, 204, 206, 304])
def test_an_answer_that_is_no_whole_page_is_no_soft_404(life: Life, status: int) -> None:
    life.saw(0, "A")
    record = life.looked(24, status=status)
    life.reads.append(Read(record, at(24), "crawl 24", 1, "r/2", "not an article"))  # "the server answered 202"
    assert kinds(life.derived()) == ["server error"]


def test_a_challenge_is_a_block(life: Life) -> None:
    life.saw(0, "A")
    life.read_as(24, "doubtful", challenged=True)
    assert kinds(life.derived()) == ["blocked"]


def test_what_never_was_an_article_cannot_be_absent(life: Life) -> None:
    life.looked(0, status=404)
    life.looked(24, status=404)
    life.read_as(48, "not an article")
    found = life.derived()
    assert found.absences == ()
    assert found.tallies == {"gone": 2, "not an article": 1}


def test_gone_is_confirmed_by_two_looks_a_day_apart(life: Life) -> None:
    life.saw(0, "A")
    life.looked(10, status=404)
    life.looked(20, status=404)
    assert not life.derived().absences[0].confirmed
    life.looked(34, status=404)
    (absence,) = life.derived().absences
    assert absence.confirmed
    assert (absence.first_missing, absence.last_missing, absence.observations) == (at(10), at(34), 3)


def test_gone_is_confirmed_whatever_else_was_answered_in_between(life: Life) -> None:
    life.saw(0, "A")
    life.looked(24, status=404)
    life.read_as(48, "not an article")
    assert [absence.confirmed for absence in life.derived().absences] == [False, False]
    life.looked(72, status=404)
    found = life.derived()
    gone, shell = found.absences
    assert (gone.kind, gone.observations, gone.confirmed) == ("gone", 2, True)
    assert (gone.first_missing, gone.last_missing) == (at(24), at(72))
    assert (shell.kind, shell.observations, shell.confirmed) == ("soft-404", 1, False)
    assert found.missing == gone
    life.saw(96, "A")
    assert {absence.returned_at for absence in life.derived().absences} == {at(96)}
    life.looked(120, status=404)
    assert not life.derived().absences[-1].confirmed, "the article was seen meanwhile"


def test_moved_is_confirmed_by_two_looks_that_led_to_one_place(life: Life) -> None:
    life.saw(0, "A")
    for hours, place in ((24, "here.html?at=1"), (48, "there.html"), (49, "there.html")):
        life.looked(hours, status=302, location=f"http://demo.example/b/{place}", leads=Leads.ELSEWHERE)
    found = life.derived()
    assert [(absence.kind.value, absence.confirmed) for absence in found.absences] == [("moved", False)] * 2
    assert found.missing == found.absences[-1]
    life.looked(72, status=302, location="http://demo.example/b/here.html?at=2", leads=Leads.ELSEWHERE)
    found = life.derived()
    assert [(absence.observations, absence.confirmed) for absence in found.absences] == [(2, True), (2, False)]
    assert found.missing == found.absences[0]


def test_what_comes_back_says_when_and_continues_its_state(life: Life) -> None:
    life.saw(0, "A")
    life.looked(24, status=404)
    life.saw(48, "A")
    found = life.derived()
    assert [absence.returned_at for absence in found.absences] == [at(48)]
    assert (contents(found), found.missing) == ("A", None)


def test_blocked_or_unreachable_is_never_gone_and_does_not_end_it(life: Life) -> None:
    life.saw(0, "A")
    life.looked(24, status=404)
    life.looked(36, outcome=Outcome.DNS)
    life.looked(48, status=404)
    found = life.derived()
    gone, unreachable = found.absences
    assert (gone.kind, gone.observations, gone.confirmed) == ("gone", 2, True)
    assert (unreachable.kind, unreachable.observations) == ("unreachable", 1)
    assert found.missing == gone


def test_an_answer_ends_what_was_unreachable(life: Life) -> None:
    life.saw(0, "A")
    life.looked(24, outcome=Outcome.DNS)
    life.looked(36, status=503)
    life.looked(48, outcome=Outcome.DNS)
    found = life.derived()
    assert kinds(found) == ["unreachable", "server error", "unreachable"]
    life.saw(60, "A")
    assert {absence.returned_at for absence in life.derived().absences} == {at(60)}


def test_of_the_retries_in_one_crawl_the_last_counts(life: Life) -> None:
    life.saw(0, "A")
    life.looked(24, status=503)
    life.looked(24.1, outcome=Outcome.TIMEOUT)
    life.looked(24.2, status=404)
    life.looked(48, status=503)
    life.saw(48.1, "A")
    found = life.derived()
    assert kinds(found) == ["gone"]
    assert found.absences[0].returned_at == at(48.1)


def test_a_failed_confirmation_does_not_hide_that_the_article_was_seen(life: Life) -> None:
    life.saw(0, "A")
    life.saw(24, "B")
    life.looked(24.1, status=503, purpose=Purpose.CONFIRM)
    found = life.derived()
    assert (contents(found), found.absences) == ("AB", ())
    assert found.needs_confirming


def test_an_import_of_years_under_one_crawl_id_is_many_looks(life: Life) -> None:
    life.saw(0, "A", crawl="import")
    life.looked(24 * 365, status=404, crawl="import")
    life.saw(24 * 700, "B", crawl="import")
    found = life.derived()
    assert (contents(found), kinds(found)) == ("AB", ["gone"])


def test_readings_by_an_outdated_reader_give_way_to_a_current_one(life: Life) -> None:
    life.saw(0, "A", reader="r/1")
    life.reads.append(Read("r000", at(0), "crawl 0", 2, "r/2", "article", content_id="B"))
    found = life.derived()
    assert (contents(found), found.needs_rereading) == ("B", False)


def test_states_of_different_readers_are_not_compared(life: Life) -> None:
    life.saw(0, "A", reader="r/1")
    life.saw(24, "B")
    found = life.derived()
    assert (contents(found), found.changes, found.needs_rereading) == ("AB", (), True)
    assert not found.needs_confirming


def test_states_of_one_outdated_reader_are_still_compared(life: Life) -> None:
    life.saw(0, "A", reader="r/1")
    life.saw(24, "B", reader="r/1")
    found = life.derived()
    assert (len(found.changes), found.needs_rereading) == (1, True)


def test_of_two_readings_of_one_capture_the_later_commit_counts(life: Life) -> None:
    life.read_as(0, "incomplete")
    life.reads.append(Read("r000", at(0), "crawl 0", 7, "r/2", "article", content_id="A"))
    assert contents(life.derived()) == "A"


def test_a_change_whose_articles_are_not_all_there_names_no_fields(life: Life) -> None:
    life.saw(0, "A")
    life.saw(24, "Z")
    assert life.derived().changes[0].fields == ()


# Everything that can happen at one look; "confirm" is a second fetch in the same crawl.
_EVENTS = st.sampled_from(
    [*"ABC", "A weak", "404", "503", "dns", "301", "shell", "doubtful", "emptied", "unread", "A confirm", "B confirm"]
)
_LIVES = st.lists(st.tuples(st.integers(0, 40), _EVENTS, st.sampled_from(["r/1", "r/2"])), max_size=25)


def lived(events: list[tuple[int, str, str]]) -> Life:
    life = Life()
    for number, (half_days, event, reader) in enumerate(events):
        hours = half_days * 12 + number / 100  # never two at one moment
        content, _, how = event.partition(" ")
        if content in "ABC":
            purpose = Purpose.CONFIRM if how == "confirm" else Purpose.LADDER
            life.saw(hours, content, weak=how == "weak", reader=reader, purpose=purpose)
        elif content in ("404", "503", "301"):
            life.looked(hours, status=int(content), location="http://demo.example/2.html")
        elif content == "dns":
            life.looked(hours, outcome=Outcome.DNS)
        elif content == "unread":
            life.looked(hours)
        elif content == "emptied":
            life.read_as(hours, "doubtful", emptied=True)
        else:
            life.read_as(hours, "not an article" if content == "shell" else "doubtful")
    return life


@settings(max_examples=150, deadline=None)
@given(_LIVES, st.randoms(use_true_random=False))
def test_the_order_in_which_observations_are_learned_makes_no_difference(
    events: list[tuple[int, str, str]], chance: random.Random
) -> None:
    life = lived(events)
    before = life.derived()
    chance.shuffle(life.attempts)
    chance.shuffle(life.reads)
    assert life.derived() == before
    life.reads += chance.sample(life.reads, len(life.reads) // 2)  # a reading that two commits bring counts once
    assert life.derived() == before


@settings(max_examples=150, deadline=None)
@given(_LIVES)
def test_what_is_derived_holds_together(events: list[tuple[int, str, str]]) -> None:
    life = lived(events)
    found = life.derived()
    sightings = [sighting for look in looks_of(life.attempts, life.reads, CURRENT) for sighting in look.sightings]
    assert sum(state.sightings for state in found.states) == len(sightings)
    for earlier, later in itertools.pairwise(found.states):
        assert earlier.last_seen < later.first_seen
        assert (earlier.content_id, earlier.outdated_reader) != (later.content_id, later.outdated_reader)
    for change in found.changes:
        old, new = found.states[change.ordinal - 1], found.states[change.ordinal]
        assert (change.old_content_id, change.new_content_id) == (old.content_id, new.content_id)
        assert change.old_content_id != change.new_content_id
        assert (change.last_seen_before, change.first_seen_after) == (old.last_seen, new.first_seen)
        assert old.outdated_reader == new.outdated_reader
        assert change.fields == ("headline",)
    assert len(found.changes) <= max(len(found.states) - 1, 0)
    for absence in found.absences:
        assert absence.kind in ABSENCES
        assert absence.last_seen < absence.first_missing <= absence.last_missing
        assert absence.returned_at is None or absence.returned_at > absence.last_missing
        assert absence.confirmed == (absence.last_missing - absence.first_missing >= CONFIRMED_APART)
        if absence.kind in CONCLUSIVE:
            assert not any(absence.first_missing < sighting.at < absence.last_missing for sighting in sightings), (
                "an article that was seen meanwhile was not gone"
            )
    assert sum(found.tallies.values()) == len(looks_of(life.attempts, life.reads, CURRENT))
    assert (found.missing is None) or found.missing in found.absences
    if found.last_shown in (Shown.ARTICLE, Shown.UNSTABLE):
        assert found.missing is None
