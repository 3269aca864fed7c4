"""What can go wrong when states are looked for and compared."""

from __future__ import annotations

from config.errors import PalimpsestError


class AuditError(PalimpsestError):
    """The root of this room's errors."""


class StateUnknown(AuditError):
    """The archive has no such article, change or state, or not two that can be compared."""


class NoChange(AuditError):
    """Two states that are no change of a page: one and the same, the newer one before the older, or of one content."""

    exit_code = 2


class FindingsInvalid(AuditError):
    """A JSON value is no findings."""


class EvidenceInvalid(AuditError):
    """A file that should be evidence is none that can be read."""


class EvidenceMissing(AuditError):
    """The archive does not hold what evidence of a change needs."""
