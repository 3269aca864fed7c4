"""Reading and writing the archive's JSON: canonical out (RFC 8785), and nothing ambiguous in."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

import rfc8785

_Value = TypeVar("_Value")


class Unexpected(ValueError):
    """A value in a JSON document is not what its place asks for."""


def canonical_json(value: Mapping[str, Any]) -> bytes:
    """Return the one byte string that RFC 8785 gives for a value.

    Raises ValueError for what it cannot hold: integers beyond 2**53 - 1, not-a-number, lone surrogates, other types.

    >>> canonical_json({"b": 1, "a": "é"})
    b'{"a":"\\xc3\\xa9","b":1}'
    """
    return rfc8785.dumps(value)


def parse_object(text: bytes) -> dict[str, Any]:
    """Return the JSON object that the bytes are. Raises Unexpected where they are none, or could be read in two ways.

    >>> parse_object(b'{"a":1,"a":2}')
    Traceback (most recent call last):
    ...
    storage.strict_json.Unexpected: the name 'a' stands twice in one object
    """
    try:
        found = json.loads(
            text.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_number
        )
    except RecursionError as error:
        raise Unexpected("it is nested too deeply") from error
    except ValueError as error:
        raise Unexpected(str(error)) from error
    if not isinstance(found, dict):
        raise Unexpected("it is no JSON object")
    return found


def take(found: dict[str, Any], name: str, parse: Callable[[Any], _Value]) -> _Value:
    """Take a field out of an object, so that what is left at the end is what this version does not know.

    Raises Unexpected where it is missing or `parse` raises ValueError.

    >>> found = {"size": 3, "colour": "red"}
    >>> take(found, "size", count), found
    (3, {'colour': 'red'})
    """
    if name not in found:
        raise Unexpected(f"it has no {name!r}")
    try:
        return parse(found.pop(name))
    except ValueError as error:
        raise Unexpected(f"its {name!r}: {error}") from error


def text(value: Any) -> str:
    """Return a JSON value that is text."""
    if not isinstance(value, str):
        raise Unexpected(f"{value!r:.80} is no text")
    return value


def count(value: Any) -> int:
    """Return a JSON value that is a whole number from 0 on."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Unexpected(f"{value!r:.80} is no whole number from 0 on")
    return value


def mapping(value: Any) -> dict[str, Any]:
    """Return a JSON value that is an object."""
    if not isinstance(value, dict):
        raise Unexpected(f"{value!r:.80} is no object")
    return value


def sequence(value: Any) -> list[Any]:
    """Return a JSON value that is a list."""
    if not isinstance(value, list):
        raise Unexpected(f"{value!r:.80} is no list")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Unexpected(f"the name {name!r} stands twice in one object")
        found[name] = value
    return found


def _number(digits: str) -> int | float:
    """Return a number as RFC 8785 means it: beyond 2**53 - 1 it is a float, whatever it looks like."""
    if len(digits) > 17 or abs(int(digits)) > 2**53 - 1:
        value = float(digits)
        if math.isinf(value):
            raise Unexpected(f"{digits[:20]}… is too large a number")
        return value
    return int(digits)


def _no_constant(name: str) -> NoReturn:
    raise Unexpected(f"{name} is no JSON number")
