"""The API is what its OpenAPI document says, whatever it is sent: asked by schemathesis, over real sockets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from tests.web.served import served
from tests.web.window.conftest import Crawled
from web.origins import Origins
from web.window.app import window_app

pytestmark = pytest.mark.slow


EXAMPLES = 20
"""Of each operation and mode: about half a minute for all together on a machine that does nothing else."""


# What fits the document and still makes no sense (a place that no list gave out, words that are none) is a 400.
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {"enabled": False},
            "negative_data_rejection": {"expected-statuses": ["400", "404", "414", "429"]},
        }
    }
)


@pytest.fixture(scope="module")
def document(crawled: Crawled) -> Iterator[Any]:
    def at(port: int) -> Any:
        return window_app(crawled.holdings, Origins(window=f"http://127.0.0.1:{port}"))

    with served(at) as port:
        yield schemathesis.openapi.from_url(f"http://127.0.0.1:{port}/api/v1/openapi.json", config=CONFIG)


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_it_does_what_it_says(document: Any, mode: GenerationMode) -> None:
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) >= 4
    for operation in operations:
        if mode is GenerationMode.POSITIVE or list(operation.iter_parameters()):
            ask(operation, mode)


def ask(operation: Any, mode: GenerationMode) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def each(case: schemathesis.Case) -> None:
        case.call_and_validate(timeout=20)

    each()
