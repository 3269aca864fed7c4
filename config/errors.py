"""The root of the project's errors, and the errors of the facts that a person wrote.

    PalimpsestError
    ├── ConfigError          (more below it: settings and outlet files)
    └── storage.errors.ArchiveError, crawlers' and flows' errors
"""

from __future__ import annotations


class PalimpsestError(Exception):
    """Something that a person can be told in words: what happened, to which object, and what to do.

    Every room's errors descend from this one, so that the door can turn each into a message and an exit code without
    catching what is a bug.
    """

    exit_code = 1


class ConfigError(PalimpsestError):
    """What a person wrote (a setting, an outlet file) is wrong."""

    exit_code = 2
