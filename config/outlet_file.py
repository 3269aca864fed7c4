"""Outlet files (YAML 1.1, UTF-8) into the model, and everything that is wrong with them at once, by line and key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError

from config.errors import OutletFolderMissing, OutletInvalid, OutletUnknown, Problem, nearest_name
from config.outlet import Outlet

_Loc = tuple[str | int, ...]  # where in the file: keys and places in lists, from the top


def load_outlet(path: Path) -> Outlet:
    """Return the outlet that the file describes. Raises OutletInvalid with every problem of the file."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise OutletInvalid([Problem(path.name, "", f"can't be read as UTF-8: {wrong}")]) from None
    data, lines, problems = _parse(path, text)
    if problems:  # a broken or ambiguous file: what the keys hold is not known
        raise OutletInvalid(problems)
    try:
        outlet = Outlet.model_validate(data)
    except ValidationError as wrong:
        errors = [dict(error) for error in wrong.errors(include_url=False)]
        found = [_problem(path, error, lines) for error in errors if not _is_echo(error, errors)]
        raise OutletInvalid(sorted(found, key=_line_of)) from None
    if outlet.id != path.stem:
        raise OutletInvalid([Problem(_at(path, lines, ("id",)), "id", f"must be {path.stem!r}, as the file is named")])
    return outlet


def load_outlets(folder: Path) -> dict[str, Outlet]:
    """Return every outlet that the folder's *.yml files describe, by id, in order of id.

    Raises OutletInvalid with the problems of all files, OutletFolderMissing if there is no such folder or file.
    """
    if not folder.is_dir():
        raise OutletFolderMissing(folder, "there is no such folder")
    outlets: dict[str, Outlet] = {}
    problems = [Problem(path.name, "", "outlet files are named *.yml") for path in sorted(folder.glob("*.yaml"))]
    for path in sorted(folder.glob("*.yml")):
        try:
            outlets[path.stem] = load_outlet(path)
        except OutletInvalid as wrong:
            problems += wrong.problems
    if problems:
        raise OutletInvalid(problems)
    if not outlets:
        raise OutletFolderMissing(folder, "there is no outlet file in it")
    return outlets


def outlet_ids(folder: Path) -> list[str]:
    """Return the ids of the outlets that the folder has files of, sorted, whatever is in the files."""
    return sorted(path.stem for path in folder.glob("*.yml"))


def pick_outlet(outlets: Mapping[str, Outlet], outlet_id: str) -> Outlet:
    """Return the outlet of that id. Raises OutletUnknown, which names the nearest or all that there are."""
    if outlet_id not in outlets:
        raise OutletUnknown(outlet_id, outlets)
    return outlets[outlet_id]


def _parse(path: Path, text: str) -> tuple[object, dict[_Loc, int], list[Problem]]:
    """Return the data, the line of each key, and what is wrong with the YAML itself."""
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None, {}, [Problem(path.name, "", "the file is empty")]
        lines: dict[_Loc, int] = {}
        problems = [
            Problem(f"{path.name}:{line}", _key(loc), f"stands twice, first on line {first}")
            for loc, line, first in _walk(node, (), lines)
        ]
        return loader.construct_document(node), lines, problems
    except (yaml.YAMLError, RecursionError, ValueError) as wrong:  # ValueError: a date such as 2026-13-45
        mark = getattr(wrong, "problem_mark", None)
        place = path.name if mark is None else f"{path.name}:{mark.line + 1}"
        return None, {}, [Problem(place, "", f"is not YAML: {getattr(wrong, 'problem', None) or wrong}")]
    finally:
        loader.dispose()


def _walk(node: yaml.Node, loc: _Loc, lines: dict[_Loc, int]) -> Iterator[tuple[_Loc, int, int]]:
    """Note the line of `node` and all below it in `lines`; yield keys that stand twice (YAML 1.1 lets the last win)."""
    lines.setdefault(loc, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = (*loc, str(key.value))
            line = key.start_mark.line + 1
            if below in lines:
                yield below, line, lines[below]
            lines[below] = line
            yield from _walk(value, below, lines)
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            yield from _walk(value, (*loc, place), lines)


def _is_echo(error: dict[str, Any], errors: list[dict[str, Any]]) -> bool:
    """Say whether a list is called too short only because items in it were refused (pydantic counts what is left)."""
    loc = error["loc"]
    return error["type"] == "too_short" and any(
        other["loc"][: len(loc)] == loc and other is not error for other in errors
    )


def _problem(path: Path, error: dict[str, Any], lines: dict[_Loc, int]) -> Problem:
    loc: _Loc = error["loc"]
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        known = _keys_below(loc[:-1])
        nearest = nearest_name(str(loc[-1]), known)
        hint = f"did you mean {nearest}?" if nearest else f"known: {', '.join(known)}"
        message = f"there is no such key: {hint}"
    elif error["type"] == "missing":
        message = "is missing"
    return Problem(_at(path, lines, loc), _key(loc), message)


def _at(path: Path, lines: dict[_Loc, int], loc: _Loc) -> str:
    while loc and loc not in lines:  # a missing key is placed where its parent begins
        loc = loc[:-1]
    return f"{path.name}:{lines.get(loc, 1)}"


def _line_of(problem: Problem) -> int:
    return int(problem.place.rpartition(":")[2])


def _key(loc: _Loc) -> str:
    """Write a place as people would.

    >>> _key(("sources", 2, "url"))
    'sources[2].url'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")


def _keys_below(loc: _Loc) -> list[str]:
    """Return the keys that the model knows at `loc`."""
    model: type[BaseModel] = Outlet
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            model = next(_models_in(model.model_fields[part].annotation), model)
    return list(model.model_fields)


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
