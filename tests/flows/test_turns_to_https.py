"""An outlet that turns to https between two crawls: no article is gone, and an edit made meanwhile is found."""

from __future__ import annotations

import ssl
from contextlib import closing
from pathlib import Path

import pytest
import trustme

from audit.evidence.bundle import bundle
from audit.evidence.check import check
from audit.evidence.collect import collect
from audit.states import compare_states
from storage.catalog.absences import absences
from storage.catalog.catalog import Catalog
from storage.catalog.changes import changes
from storage.catalog.disappeared import alarms, disappeared
from storage.catalog.history import history
from storage.catalog.looks import Shown
from tests.flows.machines import Machine
from tests.flows.turning_outlet import TurningOutlet

STORIES = 12  # as many missing articles would raise the alarm


@pytest.mark.parametrize("lists", [True, False])
def test_an_outlet_turns_to_https(lists: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its listing may name the articles by their new spelling, or no more: then only the redirect leads there."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    machine = Machine(str(tmp_path / "archive"), tmp_path / "state")
    with TurningOutlet(context, STORIES) as site:
        machine.crawl(site.facts, 0)
        site.turned, site.lists = True, lists
        site.stories[0] = "Ship 0 sinks at sea, 92 killed"
        machine.crawl(site.facts, 1.5)
        assert site.answered["http 301"] > STORIES
        assert site.answered["https 304"] == 0, "validators are of the URL that was asked for"
        site.asked.clear()
        site.stories[1] = "Ship 1 sails elsewhere"
        site.gone.add(2)
        report = machine.crawl(site.facts, 4)
        asked = [one for one in site.asked if "/N/3" in one]
        place = machine.on(4)
        with closing(place.catalog) as catalog:
            assert [(one.url, one.fields) for one in changes(catalog)] == [
                (site.url(number), ("blocks", "headline")) for number in (1, 0)
            ]
            assert [(one.url, one.kind) for one in absences(catalog)] == [(site.url(2), Shown.GONE)]
            assert alarms(catalog) == []
            assert disappeared(catalog, "turning", place.clock.now()).looked_at == STORIES
            found = history(catalog, site.url(0))
            assert found == history(catalog, site.url(0, "https"))
            assert found is not None
            (line,) = found.urls
            assert line.stands_at == site.url(0, "https")
            assert [state.headline for state in line.states] == ["Ship 0 sails home", site.stories[0]]
            assert line.tallies == {"article": 3}
            with closing(Catalog.open(f"sqlite:///{tmp_path / 'anew.sqlite'}")) as anew:
                anew.rebuild(place.archive)
                again = history(anew, site.url(0))
                assert again is not None
                assert (again.urls[0].states, again.urls[0].tallies) == (line.states, line.tallies)
                assert [one.change_id for one in changes(anew)] == [one.change_id for one in changes(catalog)]
                assert absences(anew) == absences(catalog)
            between = compare_states(catalog, line.changes[0].change_id)
            collected = collect(place.archive, catalog, site.facts, between)
            checked = check(bundle(collected, created=place.clock.now()), name="change.wacz")
            assert [step for step in (*checked.integrity, *checked.reproduction) if not step.holds] == []
    assert not any("no longer found" in warning for warning in report.warnings)
    assert {one.partition(" ")[0] for one in asked} == {"https"}, "it is asked where it stands"
