"""The API's documentation, made from its OpenAPI document: no script, no asset of anybody else."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from web.window.context import Given
from web.window.rendering import page
from web.window.views.api_docs import api_docs

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request, window: Given) -> HTMLResponse:
    """Show what can be asked of the API."""
    return page(request, "docs.html", docs=api_docs(request.app.openapi()), base=window.origins.window)
