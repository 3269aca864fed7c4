"""The bytes of a commit: one form out, nothing ambiguous in, and nothing lost that later versions add."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.commits import Commit, Kind, ObjectRef, ObjectRole
from storage.errors import CommitInvalid, FormatTooNew
from storage.strict_json import canonical_json, parse_object

WARC = "demo/objects/2026/01/23/20260123T080000Z-demo-00c0de/20260123T080000Z-demo-00c0de-00000.warc.gz"
COMMIT = Commit(
    archive="8f14e45f-ceea-467f-a8b4-5f1d2c3b4a59",
    outlet="demo",
    number=42,
    previous="sha256:" + "0" * 64,
    kind=Kind.CAPTURE,
    crawl="20260123T080000Z-demo-00c0de",
    started=datetime(2026, 1, 23, 8, 0, tzinfo=UTC),
    finished=datetime(2026, 1, 23, 8, 1, 2, 345678, tzinfo=UTC),
    software="palimpsest/0.1.0",
    objects=(ObjectRef(WARC, 5, "a" * 64, ObjectRole.WARC),),
    counts={"captures": 3},
    report={"missed": ["no editor in 3 of 9"], "share": 0.5, "headline": "中国军网"},
)
JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


def test_a_commit_is_these_bytes_for_ever() -> None:
    """The hash chain is over them: if this fails, the format has changed."""
    assert COMMIT.to_bytes().decode() == (
        '{"archive":"8f14e45f-ceea-467f-a8b4-5f1d2c3b4a59","counts":{"captures":3},"crawl":"20260123T080000Z-demo-00c0de",'
        '"finished":"2026-01-23T08:01:02.345678Z","format":1,"kind":"capture","number":42,"objects":[{"key":"'
        + WARC
        + '",'
        '"role":"warc","sha256":"' + "a" * 64 + '","size":5}],"outlet":"demo","previous":"sha256:' + "0" * 64 + '",'
        '"readers":[],"recovers":null,"report":{"headline":"中国军网","missed":["no editor in 3 of 9"],"share":0.5},'
        '"software":"palimpsest/0.1.0","started":"2026-01-23T08:00:00.000000Z"}'
    )


def test_a_commit_comes_back_as_it_was() -> None:
    assert Commit.from_bytes(COMMIT.to_bytes()) == COMMIT


def test_a_reading_commit_names_the_readers_of_its_outlet() -> None:
    named = replace(COMMIT, kind=Kind.READING, readers=("pla-2022/3", "unclaimed/0badcafe"))
    assert b'"readers":["pla-2022/3","unclaimed/0badcafe"]' in named.to_bytes()
    assert Commit.from_bytes(named.to_bytes()) == named
    with pytest.raises(CommitInvalid, match="does not name the readers"):
        Commit.from_bytes(replace(named, readers=()).to_bytes())


def test_what_later_versions_add_is_kept() -> None:
    found = parse_object(COMMIT.to_bytes())
    found["mood"] = {"colour": "red"}
    found["objects"][0]["compression"] = "zstd"
    stored = canonical_json(found)
    commit = Commit.from_bytes(stored)
    assert commit.unknown == {"mood": {"colour": "red"}}
    assert commit.objects[0].unknown == {"compression": "zstd"}
    assert commit.to_bytes() == stored


@settings(deadline=None)
@given(st.dictionaries(st.text(), JSON_VALUES, max_size=4))
def test_any_report_comes_back_as_it_was(report: dict[str, Any]) -> None:
    found = {**parse_object(COMMIT.to_bytes()), "report": report}
    assert Commit.from_bytes(canonical_json(found)).to_bytes() == canonical_json(found)


@pytest.mark.parametrize("name", sorted(parse_object(COMMIT.to_bytes())))
def test_a_missing_field_is_named(name: str) -> None:
    found = parse_object(COMMIT.to_bytes())
    del found[name]
    with pytest.raises(CommitInvalid, match=f"the commit is no commit: it has no '{name}'"):
        Commit.from_bytes(canonical_json(found))


@pytest.mark.parametrize(
    "name, value",
    [
        ("format", "1"),
        ("format", True),
        ("format", 0),
        ("archive", 5),
        ("outlet", "../etc"),
        ("outlet", "anchors"),
        ("number", 0),
        ("number", -1),
        ("number", 1.5),
        ("previous", "0" * 64),
        ("previous", "sha256:" + "G" * 64),
        ("kind", "gossip"),
        ("crawl", "20260123T080000Z-other-00c0de"),
        ("crawl", "20260199T080000Z-demo-00c0de"),
        ("started", "2026-01-23"),
        ("started", "2026-01-23T08:00:00Z"),
        ("started", "2026-01-23T08:00:00.000000+08:00"),
        ("software", None),
        ("objects", {}),
        ("objects", ["x"]),
        ("counts", {"captures": "3"}),
        ("report", []),
        ("recovers", "nothing"),
    ],
)
def test_a_field_that_is_not_what_it_should_be_is_named(name: str, value: object) -> None:
    with pytest.raises(CommitInvalid, match=f"'{name}'|{name}"):
        Commit.from_bytes(canonical_json({**parse_object(COMMIT.to_bytes()), name: value}))


@pytest.mark.parametrize(
    "name, value",
    [
        ("key", "/etc/passwd"),
        ("key", "demo/objects/../../../etc/passwd"),
        ("key", "other/objects/x"),
        ("key", "demo/log/00000001.json"),
        ("size", -1),
        ("sha256", "A" * 64),
        ("sha256", ""),
        ("role", 3),
    ],
)
def test_an_object_that_a_stranger_lists_wrongly_is_refused(name: str, value: object) -> None:
    found = parse_object(COMMIT.to_bytes())
    found["objects"][0][name] = value
    with pytest.raises(CommitInvalid, match="objects"):
        Commit.from_bytes(canonical_json(found))


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"null",
        b"[]",
        b'{"format":1',
        b"\xff",
        b'{"format":1,"format":1}',
        b'{"format":NaN}',
        b"[" * 100_000,
        b"1" * 5000,
    ],
)
def test_bytes_that_are_no_commit_are_refused_by_name(stored: bytes) -> None:
    with pytest.raises(CommitInvalid, match=r"demo/log/00000042\.json is no commit"):
        Commit.from_bytes(stored, name="demo/log/00000042.json")


def test_a_newer_format_is_told_from_damage() -> None:
    with pytest.raises(FormatTooNew, match="of format 2"):
        Commit.from_bytes(b'{"format":2,"all":"different"}')
