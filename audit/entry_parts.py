"""What entries of feeds are made of: sentences, and safe HTML. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from audit.edit import Edit
from audit.findings import Disclosure, Findings
from audit.report.html_body import safe
from audit.report.words import UNDISCLOSED, disclosed, where
from config.words import capital


def edits_html(edits: Iterable[Edit]) -> str:
    """Return a list of edits; nothing for none."""
    lines = "".join(f"<li>{edit_html(edit)}</li>" for edit in edits)
    return f"<ul>{lines}</ul>" if lines else ""


def first_reason(findings: Findings) -> str:
    """Return the reason of the heaviest edit, and how many there are."""
    told = findings.edits[0].reason if findings.edits else "No difference in what the two pages say."
    return f"{told} ({len(findings.edits)} edits in all.)" if len(findings.edits) > 1 else told


def types_in_short(findings: Findings) -> str:
    """Return the weight and the types of the heaviest edits."""
    return f"{findings.weight}: {', '.join(edit.type for edit in findings.edits[:3]) or 'no edit'}"


def telling(findings: Findings) -> str:
    """Return in a sentence what the page as captured says of a change; nothing where nothing was due."""
    if findings.undisclosed:
        bears = ", which only bears another time" if findings.disclosure is Disclosure.TIMESTAMP else ""
        return f"{capital(UNDISCLOSED)}{bears}."
    return "" if findings.disclosure is Disclosure.NONE else f"{capital(disclosed(findings))}."


def edit_html(edit: Edit) -> str:
    """Return an edit: its type, weight, place and reason, and the words."""
    within = f" ({', '.join(edit.within)})" if edit.within else ""
    words = " ".join(
        f'<{tag} dir="auto">{safe(text)}</{tag}>' for tag, text in (("del", edit.before), ("ins", edit.after)) if text
    )
    told = f"<strong>{safe(edit.type)}</strong>{safe(within)}, {edit.weight}, {safe(where(edit))}: {safe(edit.reason)}"
    return f"{told}<br>{words}" if words else told


def name(headline: str | None, url: str) -> str:
    """Return what an article is called."""
    return headline or url


def paragraph(text: str) -> str:
    """Return a text as a paragraph."""
    return f"<p>{safe(' '.join(text.split()))}</p>"


def address(url: str, change_id: str | None = None) -> str:
    """Return the paragraph that says where something was."""
    change = f"<br>change {safe(change_id)}" if change_id else ""
    return f"<p>{safe(url)}{change}</p>"
