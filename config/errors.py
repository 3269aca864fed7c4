"""The root of the project's errors, and the errors of the facts that a person wrote.

PalimpsestError
├── ConfigError
│   ├── SettingsInvalid
│   ├── OutletInvalid
│   ├── OutletFolderMissing
│   └── OutletUnknown
└── storage.errors.ArchiveError, crawlers' and flows' errors
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


class PalimpsestError(Exception):
    """Something that a person can be told in words: what happened, to which object, and what to do.

    Every room's errors descend from this one, so that the door can turn each into a message and an exit code without
    catching what is a bug.
    """

    exit_code = 1


class ConfigError(PalimpsestError):
    """What a person wrote (a setting, an outlet file) is wrong."""

    exit_code = 2


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where it was written, under which key, and what is wrong with it.

    `place` is a file with its line (`chinamil.yml:12`) or another origin (`environment`). The message never repeats a
    value that may be secret.
    """

    place: str
    key: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.place, self.key, self.message) if part)


def _listed(heading: str, problems: Sequence[Problem]) -> str:
    return "\n  ".join([heading, *map(str, problems)])


class SettingsInvalid(ConfigError):
    """Settings are wrong; `problems` names all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(_listed(f"the settings can't be used ({len(problems)} to mend):", problems))


class OutletInvalid(ConfigError):
    """One or more outlet files are wrong; `problems` names everything that is, with file, line and key."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(_listed(f"an outlet file can't be used ({len(problems)} to mend):", problems))


class OutletFolderMissing(ConfigError):
    """There is no folder of outlet files where the settings say, or no outlet file in it."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"{folder}: {why}. Set PALIMPSEST_OUTLETS to a folder of outlet files (*.yml)")


class OutletUnknown(ConfigError):
    """There is no such outlet: no file describes it and, where an archive was asked, no log of it is there."""

    def __init__(self, outlet_id: str, known: Iterable[str]) -> None:
        known = sorted(known)
        nearest = nearest_name(outlet_id, known)
        hint = f"did you mean {nearest}? " if nearest else ""
        super().__init__(f"there is no outlet {outlet_id!r}: {hint}known: {', '.join(known) or 'none'}")


def hint_of(name: str, known: Iterable[str]) -> str:
    """Return in words which known name was meant, or all of them where none is near.

    >>> hint_of("polteness", ["politeness", "sources"]), hint_of("x", ["politeness", "sources"])
    ('did you mean politeness?', 'known: politeness, sources')
    """
    known = list(known)
    nearest = nearest_name(name, known)
    return f"did you mean {nearest}?" if nearest else f"known: {', '.join(known)}"


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that `name` is most likely a misspelling of, or None where none is near.

    >>> nearest_name("polteness", ["politeness", "sources"])
    'politeness'
    """
    return next(iter(difflib.get_close_matches(name.lower(), sorted(known), n=1, cutoff=0.6)), None)
