"""Outlet files (YAML 1.1, UTF-8) into the model, and everything that is wrong with them at once, by line and key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError

from config.errors import OutletFolderMissing, OutletInvalid, OutletUnknown, Problem, hint_of
from config.outlet import IN_PLACES, Loc, Outlet

OutletCheck = Callable[[Outlet], Iterable[tuple[Loc, str]]]
"""What a room above holds an outlet against: yields where in its file something is wrong, and what."""

_IN_WORDS = {
    "model_type": "must be keys with values",
    "dict_type": "must be keys with values",
    "tuple_type": "must be a list",
    "string_type": "must be text: write it in quotes",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "missing": "is missing",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "must look like {pattern}",
    "too_short": "must have {min_length} or more",
    "too_long": "must have {max_length} at most",
    "greater_than": "must be above {gt}",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
}
"""What pydantic's types of errors say to whoever writes a file; it speaks to programmers, of tuples and instances."""


def load_outlet(path: Path, check: OutletCheck | None = None) -> Outlet:
    """Return the outlet that the file describes. Raises OutletInvalid with every problem of the file.

    What `check` finds is told of a file that is right by itself.
    """
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
        wrong_at = [place for error in errors if not _is_echo(error, errors) for place in _places(error)]
    else:
        wrong_at = [] if check is None else [*check(outlet)]
        if outlet.id != path.stem:
            wrong_at.append((("id",), f"must be {path.stem!r}, as the file is named"))
    if wrong_at:
        found = [Problem(_at(path, lines, loc), _key(loc), message) for loc, message in wrong_at]
        raise OutletInvalid(sorted(found, key=_line_of))
    return outlet


def load_outlets(folder: Path, check: OutletCheck | None = None) -> dict[str, Outlet]:
    """Return every outlet that the folder's *.yml files describe, by id, in order of id.

    Each is held against `check` too.
    Raises OutletInvalid with the problems of all files, OutletFolderMissing if there is no such folder or file.
    """
    if not folder.is_dir():
        raise OutletFolderMissing(folder, "there is no such folder")
    outlets: dict[str, Outlet] = {}
    problems = [Problem(path.name, "", "outlet files are named *.yml") for path in sorted(folder.glob("*.yaml"))]
    for path in sorted(folder.glob("*.yml")):
        try:
            outlets[path.stem] = load_outlet(path, check)
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


def _parse(path: Path, text: str) -> tuple[object, dict[Loc, int], list[Problem]]:
    """Return the data, the line of each key, and what is wrong with the YAML itself."""
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None, {}, [Problem(path.name, "", "the file is empty")]
        lines: dict[Loc, int] = {}
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


def _walk(node: yaml.Node, loc: Loc, lines: dict[Loc, int]) -> Iterator[tuple[Loc, int, int]]:
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


def _places(error: dict[str, Any]) -> Iterable[tuple[Loc, str]]:
    """Return where in the file an error of pydantic is, and what it is in words for whoever writes the file."""
    loc, kind, context = error["loc"], error["type"], error.get("ctx", {})
    if kind == IN_PLACES:
        return context["places"]  # type: ignore[no-any-return]  # config.outlet wrote it
    if kind == "extra_forbidden":
        return [(loc, f"there is no such key: {hint_of(str(loc[-1]), _keys_below(loc[:-1]))}")]
    if kind in _IN_WORDS:
        return [(loc, _IN_WORDS[kind].format_map(context))]
    said = str(error["msg"]).removeprefix("Value error, ")
    return [(loc, said.replace("Input should be", "must be", 1))]


def _at(path: Path, lines: dict[Loc, int], loc: Loc) -> str:
    while loc and loc not in lines:  # a missing key is placed where its parent begins
        loc = loc[:-1]
    return f"{path.name}:{lines.get(loc, 1)}"


def _line_of(problem: Problem) -> int:
    return int(problem.place.rpartition(":")[2])


def _key(loc: Loc) -> str:
    """Write a place as people would.

    >>> _key(("sources", 2, "url"))
    'sources[2].url'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")


def _keys_below(loc: Loc) -> list[str]:
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
