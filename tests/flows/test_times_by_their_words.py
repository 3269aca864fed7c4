"""The words of a page's own times, from the crawl to the evidence: they make no change, and are a part of one."""

from __future__ import annotations

import ssl
from contextlib import closing
from pathlib import Path

import trustme

from audit.evidence.bundle import bundle
from audit.evidence.check import check
from audit.evidence.collect import collect
from audit.evidence.places import FINDINGS, TABLES
from audit.evidence.wacz import read_wacz
from audit.states import compare_states
from audit.upkeep import bring_up_to_date
from storage.catalog.announced import announced
from storage.catalog.catalog import Catalog
from storage.catalog.changes import ChangeFound, changes
from storage.catalog.history import history
from storage.tables import read_readings
from tests.flows.machines import Machine
from tests.flows.nonce_outlet import PUBLISHED
from tests.flows.turning_outlet import TurningOutlet


class DatedOutlet(TurningOutlet):
    """Its articles are dated as `dated` says, in the order of their numbers."""

    dated: tuple[str, ...] = ()

    def answer(self, scheme: str, path: str) -> tuple[int, dict[str, str], bytes]:
        status, headers, body = super().answer(scheme, path)
        for number, words in enumerate(self.dated):
            if path in self.url(number):
                body = body.replace(PUBLISHED.encode(), words.encode())
        return status, headers, body


def found(catalog: Catalog) -> list[tuple[str, tuple[str, ...] | None, int | None]]:
    return sorted((change.headline or "", change.types, change.weight) for change in changes(catalog))


def test_words_of_times_are_compared_and_proved_and_make_no_change(tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    machine = Machine(str(tmp_path / "archive"), tmp_path / "state")
    with DatedOutlet(context, 3) as site:
        site.dated = "2026-01-23 15:59", "2026-01-23", "2026-01-23"
        machine.crawl(site.facts, 0)
        site.dated = "2026/1/23 15:59", "2026-01-24", "2026-01-24"
        site.stories[:2] = "Ship 0 sails back", "Ship 1 sails back"
        machine.crawl(site.facts, 1.5)
        site.stories[0] = "Ship 0 sinks at sea"
        machine.crawl(site.facts, 4)
        place = machine.on(4)
        with closing(place.catalog) as catalog:
            bring_up_to_date(catalog)
            told = found(catalog)
            assert told == [
                ("Ship 0 sails back", ("words", "headline", "time written otherwise"), 2),
                ("Ship 0 sinks at sea", ("words", "headline"), 2),
                ("Ship 1 sails back", ("words", "headline", "published time moved"), 2),
            ], "and nothing of the third, of which only what can't be read changed"
            third = history(catalog, site.url(2))
            assert third is not None
            assert [state.sightings for state in third.urls[0].states] == [3]
            with closing(Catalog.open(f"sqlite:///{tmp_path / 'anew.sqlite'}")) as anew:
                anew.rebuild(place.archive)
                bring_up_to_date(anew)
                assert found(anew) == told
            one: ChangeFound = next(change for change in changes(catalog) if change.headline == "Ship 1 sails back")
            assert one.times == '{"published":["2026-01-23","2026-01-24"]}'
            between = compare_states(catalog, one.change_id)
            assert {row.findings_id for row in announced(catalog, "turning") if row.change_id == one.change_id} == {
                between.report.findings_id
            }
            collected = collect(place.archive, catalog, site.facts, between)
            data = bundle(collected, created=place.clock.now())
    assert between.report.findings == collected.findings
    checked = check(data, name="change.wacz")
    assert [step for step in (*checked.integrity, *checked.reproduction) if not step.holds] == []
    files, _ = read_wacz(data)
    assert b"published_raw" in files[FINDINGS]
    rows = [
        row for path in files if path.startswith(TABLES) and "readings" in path for row in read_readings(files[path])
    ]
    assert {row.modified_raw for row in rows} == {""}
