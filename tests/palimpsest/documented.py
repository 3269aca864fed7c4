"""The shapes of docs/json.md, to be held against what is printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "json.md"
OPEN = (".counts", ".last_shown", ".tallies", ".values[].old", ".values[].new", ".filled", ".report", "[].missing")
"""Objects that hold a key for whatever was counted or said. A crawl's `report` is open in `status` only."""


def example(command: str) -> Any:
    """The example under the heading of a command."""
    found = re.search(rf"^## {command}$.*?^```json$(.*?)^```$", DOCUMENT.read_text(), re.DOTALL | re.MULTILINE)
    assert found is not None, f"docs/json.md says nothing of {command}"
    return json.loads(found[1])


def commands() -> list[str]:
    """The commands that have a heading, in order."""
    return re.findall(r"^## ([a-z]+(?: [a-z]+)?)$", DOCUMENT.read_text(), re.MULTILINE)


def keys(value: Any, at: str = "") -> set[str]:
    """Every path of keys in a JSON value; those of a list's items are united."""
    return set(_keys(value, at))


def _keys(value: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield f"{at}.{name}"
            if not f"{at}.{name}".endswith(OPEN) or f"{at}.{name}" == ".days[].report":
                yield from _keys(item, f"{at}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item, f"{at}[]")
