"""The values of the archive's own JSON: each parser takes a JSON value and returns it, or raises Unexpected."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from storage.errors import KeyInvalid
from storage.instants import parse_instant
from storage.keys import check_key, check_outlet
from storage.strict_json import Unexpected, text

_SHA256 = re.compile(r"[0-9a-f]{64}")
_CHAINED = re.compile(r"sha256:[0-9a-f]{64}")


def key(value: Any) -> str:
    """Return what may be the name of an object."""
    return named(value, check_key)


def outlet(value: Any) -> str:
    """Return what may be an outlet's id."""
    return named(value, check_outlet)


def named(value: Any, check: Callable[[str], object]) -> str:
    """Return text that `check` does not raise KeyInvalid for."""
    try:
        check(text(value))
    except KeyInvalid as error:
        raise Unexpected(str(error)) from error
    return str(value)


def sha256(value: Any) -> str:
    """Return a SHA-256 in 64 lower-case hex digits."""
    if not _SHA256.fullmatch(text(value)):
        raise Unexpected(f"{value!r:.80} is no SHA-256 in lower-case hex digits")
    return str(value)


def chained(value: Any) -> str:
    """Return `sha256:` and 64 lower-case hex digits: what links one object to the stored bytes of another."""
    if not _CHAINED.fullmatch(text(value)):
        raise Unexpected(f"{value!r:.80} is not sha256: and 64 lower-case hex digits")
    return str(value)


def instant(value: Any) -> datetime:
    """Return a moment as the archive writes it, aware and in UTC."""
    return parse_instant(text(value))
