"""What strangers write (articles, reports in their archives, names of outlets) is shown, and does nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audit.upkeep import bring_up_to_date
from config.clock import Clock
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.folder_store import FolderStore
from tests.flows.machines import demo_outlet
from tests.storage.catalog.observed import article, at, capture, commit, reading
from tests.web.visitor import Visitor
from tests.web.window.conftest import visitor
from web.holdings import Holdings

MARKUP = "</title></a></textarea><script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>{{7*7}}"
STEERING = "\x1b]0;owned\x07\x9b31m\u202eesrever\u2066\u200f\x00"
HOSTILE = MARKUP + STEERING
ALARM = {
    "since": "2026-01-01T00:00:00+00:00",
    "until": "2026-01-03T00:00:00+00:00",
    "looked_at": 9,
    "kinds": {HOSTILE: 8},
}
PATHS = ("/", "/changes", "/outlets", "/outlets/demo", "/docs", "/changes.csv")
JSON_PATHS = ("/api/v1/outlets", "/api/v1/outlets/demo", "/api/v1/outlets/demo/crawls", "/api/v1/changes")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """An archive of a stranger: an article, changed and then gone, and a report, with all that could do harm."""
    folder = tmp_path_factory.mktemp("hostile")
    archive = Archive.open(FolderStore(folder / "archive"), create=True, single_writer=True)
    catalog = Catalog.open(f"sqlite:///{folder / 'catalog.sqlite'}")
    said = (f"{HOSTILE} in 12 ships", f"{HOSTILE} in 92 ships")
    report = {
        "status": HOSTILE,
        "missed": [HOSTILE, 7, None],
        "warnings": {"not": "a list"},
        "result": {"sources": [{"url": f"javascript:{HOSTILE}", "kind": HOSTILE, "error": HOSTILE, "links": "x"}, 3]},
    }
    for hours, text in zip((0, 24), said, strict=True):
        row = capture(hours=hours)
        commit(
            archive, [row], [reading(row, article(text, language='en" onload="x', byline=(HOSTILE,)))], report=report
        )
    alarms = (
        *({"since": HOSTILE}, {**ALARM, "looked_at": "9"}, {**ALARM, "kinds": {HOSTILE: "x"}}),
        *({**ALARM, "since": "2026-01-01"}, [1], ALARM),
    )
    for hours, alarm in enumerate(alarms, 30):
        row = capture(hours=hours)
        commit(archive, [row], [reading(row, article(said[1]))], report={**report, "disappeared": alarm})
    for hours in (48, 96):
        commit(archive, [capture(hours=hours, status=404, location=f"javascript:{HOSTILE}")])
    catalog.sync(archive)
    bring_up_to_date(catalog)
    outlet = demo_outlet("http://demo.example").model_copy(update={"name": HOSTILE})
    return visitor(Holdings(archive, catalog, {"demo": outlet}, Clock(at(97) - Clock().now())))


@pytest.mark.parametrize("path", PATHS)
def test_nothing_of_it_is_markup_or_steers(hostile: Visitor, path: str) -> None:
    answer = hostile.get(path)
    assert answer.status_code == 200, answer.text
    if path.endswith(".csv"):
        assert answer.headers["Content-Type"].startswith("text/csv")
    else:
        assert not re.search(r"<(?:script|img|svg onload)", answer.text)
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200f\u202a-\u202e\u2066-\u2069]", answer.text.replace("\r\n", "\n")
    )
    assert "&gt;49" not in answer.text  # no template inside a template


@pytest.mark.parametrize("path", PATHS[:4])
def test_it_is_shown_and_leads_nowhere(hostile: Visitor, path: str) -> None:
    page = hostile.get(path).text
    assert "&lt;script&gt;alert(1)" in page
    assert "\\x1b" in page
    assert not re.search(r'(?:href|src|action)="\s*(?:javascript|data|vbscript):', page, re.IGNORECASE)
    attributes = re.findall(r'\slang="([^"]*)"', page)
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", value) for value in attributes)


@pytest.mark.parametrize("path", JSON_PATHS)
def test_the_api_gives_it_as_json_that_no_browser_takes_for_a_page(hostile: Visitor, path: str) -> None:
    answer = hostile.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.json()


@pytest.mark.parametrize(
    "path", ["/nothing/{}", "/changes?outlet={}", "/outlets/{}", "/changes?older={}", "/login?to={}", "/handover?to={}"]
)
def test_what_is_asked_for_is_not_reflected(hostile: Visitor, path: str) -> None:
    answer = hostile.get(path.format("<script>alert(1)</script>%0d%0aX-Evil: 1%1b[31m"))
    assert answer.status_code in (400, 404)
    assert "<script>" not in answer.text
    assert "\x1b" not in answer.text
    assert "X-Evil" not in answer.headers


def test_a_folder_of_files_is_not_climbed_out_of(hostile: Visitor, tmp_path: Path) -> None:
    for path in (
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        f"/static/{tmp_path}",
        "/static//etc/passwd",
    ):
        assert hostile.get(path).status_code == 404
