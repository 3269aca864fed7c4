"""Moments on the command line: an age such as 7d, or a date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import typer

UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def moment(text: str | None, now: datetime, option: str) -> datetime | None:
    """Return the moment that `7d`, `36h`, `2026-01-23` or `2026-01-23T08:00:00+08:00` means; None for None.

    A date or a time without a zone is in UTC, as everything that the archive's own clock says. Raises
    typer.BadParameter for anything else.

    >>> from datetime import UTC, datetime
    >>> moment("7d", datetime(2026, 1, 23, tzinfo=UTC), "--since").isoformat()
    '2026-01-16T00:00:00+00:00'
    >>> moment("2026-01-20", datetime(2026, 1, 23, tzinfo=UTC), "--since").isoformat()
    '2026-01-20T00:00:00+00:00'
    """
    if text is None:
        return None
    if text[-1:] in UNITS and text[:-1].isascii() and text[:-1].isdigit() and len(text) < 8:
        try:
            return now - int(text[:-1]) * UNITS[text[-1]]
        except OverflowError:
            raise typer.BadParameter(f"{text!r} is before there were calendars", param_hint=option) from None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no age and no date: write 7d, 36h, 2026-01-23 or 2026-01-23T08:00:00+08:00", param_hint=option
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
