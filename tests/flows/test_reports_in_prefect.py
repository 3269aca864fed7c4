"""What strangers' text becomes in Prefect's window, and how much of a crawl's progress is logged."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.errors import SettingsInvalid
from config.settings import Settings
from flows.errors import ScheduleAlreadyRunning
from flows.run_log import LoggedProgress
from flows.state import environment_of_runs, only_scheduler, settings_of_run
from flows.steps.progress import ProgressEvent, silent
from flows.steps.report import AbsenceLine, ChangeLine, CrawlReport, CrawlStatus, ImageLine

NOW = datetime(2026, 1, 23, 8, tzinfo=UTC)


def report(changes: int = 1) -> CrawlReport:
    change = ChangeLine(
        "c1",
        "http://a/1",
        "o:cbf:1",
        "A | <b>",
        ("headline",),
        NOW,
        NOW,
        False,
        "major",
        ("words", "headline"),
        "none",
        True,
    )
    return CrawlReport(
        outlet="demo",
        crawl_id="20260123T080000Z-demo-abcdef",
        status=CrawlStatus.DEGRADED,
        started=NOW,
        finished=NOW,
        counts={"exchanges": 1234},
        missed=("editors is filled in 1 of 9 <script>alert(1)</script> [x](http://evil)",),
        changes=(change,) * changes,
        absences=(AbsenceLine("http://a/2", "o:cbf:2", "gone", None, NOW, True),),
        images=(ImageLine("http://a/3", "Parade", "http://a/3.jpg", NOW, NOW),),
    )


def test_the_report_makes_no_link_and_no_html_of_what_pages_say() -> None:
    from flows.artifacts import report_markdown

    text = report_markdown(report())
    assert "# demo: degraded" in text
    assert "| exchanges | 1,234 |" in text
    assert "| images replaced | 1 |" in text
    assert "<script>" not in text
    assert "[x](" not in text


def test_the_table_has_equal_columns_and_says_what_it_leaves_out() -> None:
    from flows.artifacts import MOST_ROWS, change_rows

    rows = change_rows(report(changes=MOST_ROWS + 3))
    assert len(rows) == MOST_ROWS + 1
    assert rows[0] == {
        "what": "changed",
        "article": "A | <b>",
        "how": "headline (seen once)",
        "weight": "major",
        "types": "words, headline",
        "disclosure": "not disclosed on the page as captured",
        "when": "2026-01-23 08:00Z to 2026-01-23 08:00Z",
        "url": "http://a/1",
    }
    assert rows[-1]["article"] == "5 more are in the archive (palimpsest changes)"
    assert {tuple(row) for row in rows} == {("what", "article", "how", "weight", "types", "disclosure", "when", "url")}


def test_a_replaced_image_is_a_row_of_the_table() -> None:
    from flows.artifacts import change_rows

    row = change_rows(report())[-1]
    assert (row["what"], row["article"], row["url"]) == ("image replaced", "Parade", "http://a/3")
    assert row["how"] == "other bytes under http://a/3.jpg"


def test_progress_is_logged_at_beginnings_ends_and_now_and_then(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("a run")
    times = iter([0.0, 1.0, 29.0, 31.0, 32.0, 33.0])
    progress = LoggedProgress(logger, silent, now=lambda: next(times))
    with caplog.at_level(logging.INFO, "a run"):
        for done in range(5):
            progress(ProgressEvent("capture", done, 9, "page"))
        progress(ProgressEvent("capture", 9, 9, "page"))
    assert [record.getMessage() for record in caplog.records] == [
        "capture: 0 of 9 page",
        "capture: 3 of 9 page",
        "capture: 9 of 9 page",
    ]


def test_runs_get_every_setting_outright_and_no_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(archive="./archive", state=Path("state"), outlets=Path("outlets"), contact="a@example.org")
    environment = environment_of_runs(settings)
    assert environment["PALIMPSEST_ARCHIVE"] == str(tmp_path / "archive")
    assert environment["PALIMPSEST_STATE"] == str(tmp_path / "state")
    assert environment["PALIMPSEST_OUTLETS"] == str(tmp_path / "outlets")
    assert environment["PALIMPSEST_CONTACT"] == "a@example.org"
    assert environment["PALIMPSEST_SINGLE_WRITER"] == "false"
    assert environment_of_runs(Settings(archive="s3://bucket/news"))["PALIMPSEST_ARCHIVE"] == "s3://bucket/news"


def test_a_state_has_one_scheduler(tmp_path: Path) -> None:
    with only_scheduler(tmp_path), pytest.raises(ScheduleAlreadyRunning), only_scheduler(tmp_path):
        pass
    with only_scheduler(tmp_path):
        pass


def test_no_setting_that_may_hold_a_secret_is_given_to_a_run(tmp_path: Path) -> None:
    assert settings_of_run({"state": str(tmp_path)}).state == tmp_path
    with pytest.raises(SettingsInvalid, match="catalog: can't be given to a run") as raised:
        settings_of_run({"catalog": "postgresql://me:secret@db/palimpsest"})
    assert "secret" not in str(raised.value)


def test_operate_md_names_settings_and_commands_that_exist() -> None:
    from palimpsest.cli import app

    text = (Path(__file__).resolve().parents[2] / "docs" / "operate.md").read_text()
    commands = {command.callback.__name__ for command in app.registered_commands if command.callback}
    assert set(re.findall(r"palimpsest ([a-z]+)", text)) - {"schedule"} <= commands
    names = set(re.findall(r"PALIMPSEST_([A-Z_]+)", text))
    assert names == {name.upper() for name in Settings.model_fields}
