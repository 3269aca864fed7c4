"""How the API answers what it can't do, and its OpenAPI document, which says so."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

MEDIA_TYPE: Final = "application/problem+json"


_WHEN: Final = {
    400: "What was asked makes no sense, or has a parameter that the operation does not know",
    401: "The token is missing or wrong",
    404: "The archive holds no such thing",
    414: "The address is too long",
    429: "Too much at once; Retry-After says when to ask again",
    503: "The archive or its catalog cannot be read just now",
}
_CONTENT: Final = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"description": when, **_CONTENT} for status, when in _WHEN.items()
}
"""The `responses` of the whole API."""


def document(app: FastAPI) -> dict[str, Any]:
    """Return the app's OpenAPI document: errors are problems, and a wrong parameter is answered 400, not 422."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes, tags=app.openapi_tags
        )
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        schemas["Problem"] = {
            "type": "object",
            "description": "What is wrong (RFC 9457).",
            "properties": {
                "type": {"type": "string"},
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "detail": {"type": "string"},
            },
            "required": ["type", "title", "status", "detail"],
        }
        for path in made.get("paths", {}).values():
            for operation in path.values():
                operation["responses"].pop("422", None)
        app.openapi_schema = made
    return app.openapi_schema
