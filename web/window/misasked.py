"""What is wrong with a parameter, in our words: its name, what was given, what is allowed. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from web.window.asked import OUTLET

_LONGEST: Final = 60
_MOST_NAMED: Final = 5
_PATTERNS: Final = {
    OUTLET: "the id of an outlet: small letters, digits, - and _",
    "^sha256:[0-9a-f]{64}$": "sha256: and 64 digits of 0 to 9 and a to f",
}
_KINDS: Final = (
    ("int_", "a whole number"),
    ("bool_", "true or false"),
    ("datetime_", "a moment, YYYY-MM-DDThh:mm:ss"),
    ("date_", "a day of the calendar, YYYY-MM-DD"),
    ("timezone_", "a moment, YYYY-MM-DDThh:mm:ss"),
)
_BOUNDS: Final = {
    "ge": "a number from {} on",
    "le": "a number up to {}",
    "max_length": "a text of at most {} characters",
    "min_length": "a text of at least {} character",
}


def said_of(error: Mapping[str, Any]) -> str:
    """Return what is wrong with a parameter, by what pydantic tells of it.

    >>> said_of({"type": "enum", "loc": ("query", "sort"), "input": "x", "ctx": {"expected": "'time' or 'weight'"}})
    'sort cannot be “x”. Allowed: time or weight.'
    >>> said_of({"type": "missing", "loc": ("query", "url"), "input": None})
    'url is missing.'
    """
    name = str(next((part for part in error["loc"][1:] if isinstance(part, str)), error["loc"][0]))
    given = error["input"]
    if error["type"] == "missing":
        return f"{name} is missing."
    told = "empty" if given == "" else f"“{_cut(str(given))}”"
    allowed = _allowed(error["type"], error.get("ctx") or {})
    return f"{name} cannot be {told}. Allowed: {allowed}." if allowed else f"{name} cannot be {told}."


def said_of_unknown(names: Sequence[str], known: Sequence[str]) -> str:
    """Return that these parameters are not known, and which are.

    >>> said_of_unknown(["type"], ["q", "in", "what"])
    '“type” is no parameter of this address. There are: q, in and what.'
    """
    told = [f"“{_cut(name)}”" for name in names[:_MOST_NAMED]]
    if len(names) > _MOST_NAMED:
        told.append(f"{len(names) - _MOST_NAMED:,} more")
    said = f"{_listed(told)} {'is no parameter' if len(names) == 1 else 'are no parameters'} of this address."
    return (
        f"{said} There {'is' if len(known) == 1 else 'are'}: {_listed(known)}." if known else f"{said} It takes none."
    )


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _allowed(kind: str, context: Mapping[str, Any]) -> str | None:
    if "expected" in context:
        return str(context["expected"]).replace("'", "")
    if "pattern" in context:
        return _PATTERNS.get(context["pattern"])
    for bound, words in _BOUNDS.items():
        if bound in context:
            return words.format(f"{context[bound]:,}" if bound.startswith(("max", "le")) else context[bound])
    if kind == "value_error":
        return str(context.get("error") or "") or None
    return next((words for begin, words in _KINDS if kind.startswith(begin)), None)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
