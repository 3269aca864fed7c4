"""What a CDX query leaves out: `filter` and `collapse`.

The regular expressions come from strangers. They are run by RE2, which takes time in proportion to the text whatever
the expression is (no look-around, no back-references), and are bounded in length and memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from replay.cdx_fields import cdxj_line, field_named
from replay.errors import QueryInvalid

LONGEST: Final = 1000
_MEMORY: Final = 1 << 20

Test = Callable[[Mapping[str, str]], bool]


def filter_test(text: str) -> Test:
    """Return the test that a `filter` stands for: `[!][=|~][field:]value`.

    `=` is equal, `~` a regular expression that matches from the beginning, neither means that the value is contained;
    `!` turns it round. Without a field the whole line is looked at. Raises QueryInvalid.

    >>> test = filter_test("!~status:[45]..")
    >>> test({"status": "200"}), test({"status": "404"}), test({})
    (True, False, True)
    """
    if len(text) > LONGEST:
        raise QueryInvalid(f"a filter of {len(text)} characters is too long: {LONGEST} are the most")
    turned = text.startswith("!")
    rest = text.removeprefix("!")
    kind = rest[:1] if rest[:1] in ("=", "~") else ""
    rest = rest[len(kind) :]
    name, colon, value = rest.partition(":")
    field = field_named(name) if colon else None
    matches = _matcher(kind, value if colon else rest)

    def test(fields: Mapping[str, str]) -> bool:
        found = cdxj_line(fields) if field is None else fields.get(field, "")
        return matches(found) is not turned

    return test


def _matcher(kind: str, value: str) -> Callable[[str], bool]:
    match kind:
        case "=":
            return lambda found: found == value
        case "~":
            expression = _compiled(value)
            return lambda found: expression.match(found) is not None
        case _:
            return lambda found: value in found


def _compiled(pattern: str) -> Any:
    import re2  # takes 10 ms and 5 MB, and few queries have an expression

    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except (re2.error, UnicodeEncodeError) as wrong:
        why = wrong.args[0].decode("utf-8", "replace") if isinstance(wrong.args[0], bytes) else str(wrong)
        raise QueryInvalid(f"the filter's regular expression cannot be used (RE2 syntax): {why[:200]}") from wrong


@dataclass(frozen=True)
class Collapse:
    """Of neighbours that are alike in all `parts` (fields, and how much of each counts) the first is told."""

    parts: tuple[tuple[str, int | None], ...]

    def token(self, fields: Mapping[str, str]) -> str:
        """Return what has to be equal."""
        return "\n".join([fields.get(name, "")[:length] for name, length in self.parts])


def collapse_of(text: str) -> Collapse:
    """Return what `collapse=field` or `collapse=field:characters` means. Raises QueryInvalid.

    >>> collapse_of("timestamp:8")
    Collapse(parts=(('timestamp', 8),))
    """
    name, colon, length = text.partition(":")
    if colon and not (length.isascii() and length.isdigit() and 0 < len(length) < 4):
        raise QueryInvalid(f"collapse={text[:60]} names no number of characters, as collapse=timestamp:8 does")
    return Collapse(((field_named(name), int(length) if colon else None),))


def collapse_time(text: str) -> Collapse:
    """Return what pywb's `collapseTime` means: equal in so many digits and in status. Raises QueryInvalid."""
    return Collapse((*collapse_of(f"timestamp:{text}").parts, ("status", None)))
