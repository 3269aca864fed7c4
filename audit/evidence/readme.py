"""The README of a bundle: what somebody who never heard of us, a lawyer say, has to know (readme.template.md)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any, Final

from articles.visible import visible
from audit.report.markdown import escaped
from audit.report.model import DiffReport
from audit.report.words import disclosed_on, verdict, when
from config.words import capital

_TEMPLATE: Final = Path(__file__).with_name("readme.template.md")
_FIRST: Final = " The older state is the first that we saw; there may have been others before it."
_SIMULATED: Final = " HERE THE CLOCK WAS SIMULATED (a demonstration): the dates are not real."


def readme(about: Mapping[str, Any], report: DiffReport) -> str:
    """Return the README, in Markdown that reads well as plain text. `about` is what evidence.json says."""
    simulated = any("simulated-clock" in vantage for vantage in about["vantage"])
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=escaped(report.title),
        url=_in_a_line_of_its_own(str(about["url"])),
        old=_seen("The older state", about["old"]),
        new=_seen("The newer state", about["new"]),
        before=when(report.old.last_seen) if report.old.last_seen else "an unknown time",
        after=when(report.new.first_seen) if report.new.first_seen else "an unknown time",
        first=_FIRST if report.first_known else "",
        verdict=". ".join(filter(None, (verdict(report), capital(disclosed_on(report) or "")))),
        last=about["log"]["last"],
        head=about["log"]["head"],
        clock=_SIMULATED if simulated else "",
        engine=report.findings.engine,
        archive=about["archive"],
        outlet=about["outlet"],
        change=about["change_id"],
        findings=about["findings_id"],
        software=about["software"],
    )


def _in_a_line_of_its_own(url: str) -> str:
    """Return an address as Markdown's indented code: nothing in it is markup, and it can be copied as it stands."""
    return f"    {visible(url)}"


def _seen(name: str, state: Mapping[str, Any]) -> str:
    times = " and ".join(f"{one['captured_at']} ({one['which']} seen)" for one in state["sightings"])
    return f"- {name}, captured {times}, content id `{state['content_id']}`"
