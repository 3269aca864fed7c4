"""The API's documentation says what its OpenAPI document says."""

from __future__ import annotations

import re

from tests.web.visitor import Visitor


def test_every_operation_parameter_and_schema_is_there_and_every_link_leads_somewhere(window: Visitor) -> None:
    document = window.get("/api/v1/openapi.json").json()
    page = window.get("/docs").text
    for path, operations in document["paths"].items():
        assert f"<code>{path}</code>" in page
        for operation in operations.values():
            assert all(f"<code>{one['name']}</code>" in page for one in operation.get("parameters", ()))
            assert operation["responses"].keys() >= {"400", "404", "503"}
            assert "422" not in operation["responses"]
            assert operation["description"] or operation["summary"]
    assert all(f'id="{name}"' in page for name in document["components"]["schemas"])
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


def test_it_needs_nothing_of_anybody_else(window: Visitor) -> None:
    page = window.get("/docs").text
    assert "<script" not in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
