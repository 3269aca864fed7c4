"""docs/add_an_outlet.md explains every key of an outlet file, and none that there isn't."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_origin

import pytest
import yaml
from pydantic import BaseModel

from config.durations import parse_duration
from config.outlet import Outlet

DOC = Path(__file__).resolve().parents[2] / "docs" / "add_an_outlet.md"


def keys(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield every key and its default (None where there is none, or one that is computed)."""
    for name, field in model.model_fields.items():
        below = [
            a
            for a in (field.annotation, *get_args(field.annotation))
            if isinstance(a, type) and issubclass(a, BaseModel)
        ]
        if below:
            many = "[]" if get_origin(field.annotation) is tuple else ""
            yield from keys(below[0], f"{prefix}{name}{many}.")
        else:
            yield f"{prefix}{name}", ... if field.is_required() else field.default


@pytest.fixture(scope="module")
def rows() -> dict[str, str]:
    """Return the table's keys and defaults."""
    return dict(re.findall(r"^\| `([\w.\[\]]+)` \| ([^|]+?) \|", DOC.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_key_is_explained_and_no_other(rows: dict[str, str]) -> None:
    assert set(rows) == {key for key, _ in keys(Outlet)}


def test_the_defaults_are_the_models(rows: dict[str, str]) -> None:
    for key, default in keys(Outlet):
        written = rows[key].strip("`")
        if default is ...:
            assert written == "-", key
        elif isinstance(default, str):
            assert written == default, key
        elif isinstance(default, bool):
            assert written == str(default).lower(), key
        elif key == "politeness.max_size":
            assert written == "32MiB"
            assert default == 32 * 1024 * 1024
        elif isinstance(default, int | float):
            assert float(written) == default, key
        elif key == "ladder":
            assert written == "3h` … `32d"
        elif hasattr(default, "total_seconds"):
            assert parse_duration(written) == default, key
        else:
            assert written == "none", key


def test_the_example_is_a_valid_file() -> None:
    [example] = re.findall(r"```yaml\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    outlet = Outlet.model_validate(yaml.safe_load(example))
    assert outlet.match("http://paper.example/world/12345678_2.html")


def test_the_page_is_short_enough_to_be_read() -> None:
    assert len(DOC.read_text(encoding="utf-8").splitlines()) <= 150
