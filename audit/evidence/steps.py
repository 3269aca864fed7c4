"""What a check of evidence looked at, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One thing that was checked. `holds` is None where it was not possible to check; `wrong` says what, or why not.

    `said` is what a step that holds found, for whoever checks to compare, and what of it was not checked.
    """

    what: str
    holds: bool | None
    wrong: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    @classmethod
    def of(cls, what: str, wrong: Sequence[str], said: Sequence[str] = ()) -> Step:
        """Return a step that holds where nothing is wrong, and then says what it found."""
        return cls(what, not wrong, tuple(wrong), () if wrong else tuple(said))


@dataclass(frozen=True)
class Checked:
    """The outcome of both parts."""

    file: str
    integrity: tuple[Step, ...]
    reproduction: tuple[Step, ...]

    @property
    def holds(self) -> bool:
        """Nothing was found wrong (something may not have been possible to check)."""
        return all(step.holds is not False for step in (*self.integrity, *self.reproduction))

    @property
    def reproduced(self) -> bool:
        """Everything was checked, and holds."""
        return all(step.holds for step in (*self.integrity, *self.reproduction))
