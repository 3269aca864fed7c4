"""The errors of the replay room: what was asked for in a way that cannot be understood.

PalimpsestError
└── ReplayError
    ├── TargetInvalid      it names no URL that a capture could be of
    ├── TimestampInvalid   digits that are no moment
    └── QueryInvalid       a parameter of the CDX server that means nothing
"""

from __future__ import annotations

from config.errors import PalimpsestError


class ReplayError(PalimpsestError):
    """What was asked for cannot be understood."""

    exit_code = 2


class TargetInvalid(ReplayError):
    """It names no URL that a capture could be of."""


class TimestampInvalid(ReplayError):
    """Digits or a date that are no moment."""


class QueryInvalid(ReplayError):
    """A parameter of the CDX server that means nothing."""
