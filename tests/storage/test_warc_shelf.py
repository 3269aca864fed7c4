"""The shelf of WARCs: files of format 1 that must be readable for ever, other makes, and everything broken."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from storage.errors import WarcInvalid, WarcTruncated
from storage.tables import read_captures
from storage.warc_check import check_warc
from storage.warc_index import index_warc

SHELF = Path(__file__).resolve().parents[1] / "fixtures" / "warc"


def check(path: Path) -> list[str]:
    with path.open("rb") as file:
        return list(check_warc(path.name, file))


def test_the_archive_of_format_1_is_read_as_it_was_written() -> None:
    path = SHELF / "ours-1.warc.gz"
    rows = read_captures(SHELF / "ours-1.captures.parquet")
    index = index_warc(path, warc_key=rows[0].warc_key, crawl_id=rows[0].crawl_id)
    assert index.rows == rows
    assert index.cdxj == gzip.decompress((SHELF / "ours-1.cdxj.gz").read_bytes()).decode().splitlines()
    assert [row.outcome.value for row in rows] == ["response", "revisit", "revisit", "response", "response", "dns"]
    assert check(path) == []


@pytest.mark.parametrize(
    ("name", "captures"),
    [
        ("chunked.warc.gz", 3),
        ("plain.warc", 2),
        ("brackets.warc.gz", 1),
        ("repeated-fields.warc.gz", 1),
        ("warcio.warc.gz", 1),
    ],
)
def test_what_other_tools_wrote_is_read(name: str, captures: int) -> None:
    path = SHELF / f"their-{name}"
    index = index_warc(path, warc_key=name, crawl_id="c")
    assert len(index.rows) == len(index.cdxj) == captures
    assert check(path) == []


def test_the_payload_of_a_page_is_the_same_in_chunks_and_without() -> None:
    rows = index_warc(SHELF / "their-chunked.warc.gz", warc_key="k", crawl_id="c").rows
    assert rows[0].payload_digest == rows[2].payload_digest != rows[1].payload_digest
    assert [row.chunked for row in rows] == [False, True, False]
    (bracketed,) = index_warc(SHELF / "their-brackets.warc.gz", warc_key="k", crawl_id="c").rows
    assert bracketed.url == "http://a.example/wget%201.19"
    assert bracketed.payload_digest == rows[0].payload_digest


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("truncated.warc.gz", WarcTruncated, r"at byte \d{3}: the gzip member that begins here is not whole"),
        ("no-trailer.warc.gz", WarcTruncated, r"at byte \d{3}: the gzip member that begins here is not whole"),
        ("padded.warc.gz", WarcInvalid, r"at byte \d{3}: no gzip member begins here"),
        ("flipped.warc.gz", WarcInvalid, r"at byte \d{3}: the gzip member that begins here is broken"),
        ("one-member.warc.gz", WarcInvalid, "at byte 0: its gzip member holds more than one record.*warcio recompress"),
        ("length-too-long.warc.gz", WarcInvalid, "at byte 0: its Content-Length is 99, but its gzip member holds"),
        ("length-too-short.warc.gz", WarcInvalid, "at byte 0: its gzip member goes on after the 50 bytes"),
        ("length-too-short.warc", WarcInvalid, r"at byte \d{3}: no WARC record begins here; the one before it"),
        ("no-length.warc.gz", WarcInvalid, "at byte 0: its Content-Length is '', which is no length"),
        ("truncated.warc", WarcTruncated, "at byte 0: its Content-Length is 56, but the file ends after 40 bytes"),
        ("html.warc.gz", WarcInvalid, "at byte 0: no WARC record begins here"),
        ("arc.arc", WarcInvalid, "at byte 0: no WARC record begins here"),
    ],
)
def test_what_is_broken_is_named_with_its_place_by_index_and_check(
    name: str, error: type[WarcInvalid], words: str
) -> None:
    path = SHELF / f"broken-{name}"
    with pytest.raises(error, match=words) as caught:
        index_warc(path, warc_key="k", crawl_id="c")
    assert str(caught.value).startswith(f"{path.name} at byte ")
    assert check(path)[-1].startswith(f"at byte {caught.value.offset}: ")


def test_records_that_lack_what_a_row_needs_are_refused_by_the_index() -> None:
    for name, words in (("no-date", "its WARC-Date"), ("no-id", "it has no WARC-Record-ID")):
        with pytest.raises(WarcInvalid, match=rf"broken-{name}\.warc\.gz at byte 0: {words}"):
            index_warc(SHELF / f"broken-{name}.warc.gz", warc_key="k", crawl_id="c")


def test_a_bad_digest_is_found_by_the_check() -> None:
    (problem,) = check(SHELF / "broken-bad-digest.warc.gz")
    assert "its block digest does not hold" in problem
    assert "00000000-0000-4000-9000-000000000001" in problem
