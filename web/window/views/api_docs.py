"""The API's OpenAPI document as a person reads it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_NOTHING: Final = ({"type": "null"}, {"type": "string", "const": ""})


@dataclass(frozen=True)
class Value:
    """A parameter, or a field of a schema. `schemas` are names of schemas that `type` speaks of."""

    name: str
    type: str
    schemas: tuple[str, ...]
    needed: bool
    about: str


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked for. `gives` is the media type and type of the answer."""

    method: str
    path: str
    about: str
    parameters: tuple[Value, ...]
    gives: tuple[Value, ...]


@dataclass(frozen=True)
class Schema:
    """One kind of JSON object, or the words that a text may be."""

    name: str
    about: str
    fields: tuple[Value, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class ApiDocs:
    """The whole document. `topics` are operations by tag, in the order of the document."""

    about: str
    topics: Mapping[str, tuple[Operation, ...]]
    errors: Mapping[str, str]
    schemas: tuple[Schema, ...]


def api_docs(document: Mapping[str, Any]) -> ApiDocs:
    """Return an OpenAPI 3.1 document as FastAPI makes it, for reading."""
    topics: dict[str, tuple[Operation, ...]] = {}
    errors: dict[str, str] = {}
    for path, operations in document["paths"].items():
        for method, said in operations.items():
            tag = said.get("tags", ["other"])[0]
            topics[tag] = (*topics.get(tag, ()), _operation(method, path, said))
            errors |= {
                code: answer["description"] for code, answer in said["responses"].items() if not code.startswith("2")
            }
    schemas = document["components"]["schemas"]
    return ApiDocs(
        about=document["info"]["description"],
        topics=topics,
        errors=dict(sorted(errors.items())),
        schemas=tuple(_schema(name, schemas[name]) for name in sorted(schemas)),
    )


def _operation(method: str, path: str, said: Mapping[str, Any]) -> Operation:
    gives = [
        Value(media_type, *_type(content.get("schema", {})), True, "")
        for code, answer in said["responses"].items()
        if code.startswith("2")
        for media_type, content in answer.get("content", {}).items()
    ]
    return Operation(
        method=method.upper(),
        path=path,
        about=_paragraph(said.get("description") or said.get("summary", "")),
        parameters=tuple(_parameter(one) for one in said.get("parameters", ())),
        gives=tuple(gives),
    )


def _parameter(said: Mapping[str, Any]) -> Value:
    schema = said.get("schema", {})
    about = said.get("description") or schema.get("description", "")
    # That it is not needed says enough of one that may be empty, or null.
    told = {**schema, "anyOf": [one for one in schema.get("anyOf", ()) if one not in _NOTHING]}
    return Value(said["name"], *_type(told), said.get("required", False), _with_default(about, schema))


def _schema(name: str, said: Mapping[str, Any]) -> Schema:
    needed = said.get("required", ())
    fields = tuple(
        Value(field, *_type(schema), field in needed, _with_default(schema.get("description", ""), schema))
        for field, schema in said.get("properties", {}).items()
    )
    words = tuple(str(word) for word in said.get("enum", ()))
    return Schema(name, _paragraph(said.get("description", "")), fields, words)


def _with_default(about: str, schema: Mapping[str, Any]) -> str:
    default = schema.get("default")
    return about if default is None else f"{about} If not given: `{default}`.".strip()


def _paragraph(text: str) -> str:
    return " ".join(text.split())


def _type(schema: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return a type in words, and the schemas it names.

    >>> _type({"anyOf": [{"type": "array", "items": {"$ref": "#/components/schemas/Edit"}}, {"type": "null"}]})
    ('list of Edit or null', ('Edit',))
    """
    words: list[str] = []
    names: list[str] = []
    for word, name in _types(schema):
        if word not in words:
            words.append(word)
        names += name
    return " or ".join(words), tuple(dict.fromkeys(names))


def _types(schema: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if name := schema.get("$ref", "").rpartition("/")[2]:
        yield name, (name,)
    elif choices := schema.get("anyOf") or schema.get("oneOf"):
        for choice in choices:
            yield from _types(choice)
    elif schema.get("type") == "array":
        inner, names = _type(schema.get("items", {}))
        yield f"list of {inner}", names
    elif schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        inner, names = _type(schema["additionalProperties"])
        yield f"object of {inner}", names
    elif "enum" in schema or "const" in schema:
        yield ", ".join(f"`{word}`" for word in schema.get("enum", [schema.get("const")])), ()
    else:
        yield schema.get("format") or schema.get("type") or "any JSON", ()
