"""The lines that say what was announced."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storage.announced import AnnouncedKind, AnnouncedRow, read_announced, write_announced
from storage.errors import AnnouncedInvalid

NOON = datetime(2026, 1, 24, 12, tzinfo=UTC)
CHANGE = AnnouncedRow(
    id="urn:uuid:1",
    kind=AnnouncedKind.CHANGE,
    url="http://outlet.example/1\u2028",
    at=NOON,
    after=NOON,
    change_id="sha256:aa",
    weight="major",
    types=("number", "headline"),
    undisclosed=True,
)
RETURN = AnnouncedRow("urn:uuid:2", AnnouncedKind.RETURN, "http://outlet.example/2", NOON, shown="gone")


def test_what_was_written_is_read() -> None:
    written = write_announced([CHANGE, RETURN])
    assert read_announced(written) == [CHANGE, RETURN]
    assert written.count(b"\n") == 2
    assert read_announced(b"") == []


def test_what_a_later_version_adds_is_passed_over() -> None:
    line = write_announced([CHANGE]).replace(b'"at"', b'"added":[1],"at"')
    other = write_announced([RETURN]).replace(b'"return"', b'"correction"')
    assert read_announced(line + other) == [CHANGE]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (b"{}\n", "line 1 of what was announced is none: it has no 'kind'"),
        (b"nothing\n", "line 1 of what was announced is none"),
        (write_announced([CHANGE])[:-1], "line 1 of what was announced is cut off"),
        (write_announced([CHANGE]) + b"\n", "line 2 of what was announced is none"),
        (write_announced([CHANGE]).replace(b"true", b"1"), "its 'undisclosed'"),
        (write_announced([CHANGE]).replace(b"2026-01-24T", b"2026-01-24 "), "its 'a"),
    ],
)
def test_what_is_no_line_is_refused_by_its_number(broken: bytes, why: str) -> None:
    with pytest.raises(AnnouncedInvalid, match=why):
        read_announced(broken)
