"""`check_warc` passes what is right by the standard, and names the place of what is not."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from storage.warc import warc_record
from storage.warc_check import check_warc
from storage.warc_reader import iterate
from tests.storage.exchanges import RESPONSES, exchange, odd_exchanges, write_warc


def problems(data: bytes) -> list[str]:
    return list(check_warc("demo/a.warc.gz", io.BytesIO(data)))


def test_what_we_write_is_right_however_odd(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a.warc.gz", odd_exchanges()).path
    with path.open("rb") as file:
        assert list(check_warc("a.warc.gz", file)) == []


def rewritten(data: bytes, old: bytes, new: bytes) -> bytes:
    """The members with one of them changed, as one who knows gzip would."""
    out = b""
    for record in iterate(io.BytesIO(data), where="x"):
        member = gzip.decompress(data[record.offset : record.offset + record.length])
        out += gzip.compress(member.replace(old, new))
    return out


def test_a_changed_block_or_payload_is_found(tmp_path: Path) -> None:
    written = write_warc(tmp_path / "a.warc.gz", [exchange(RESPONSES["page"])])
    (group,) = [group for _, group, _ in written.groups]
    found = problems(rewritten(written.path.read_bytes(), b"Paragraph 7", b"Paragraph 8"))
    assert len(found) == 2
    assert all(f"the response record {group.record_id}: its" in problem for problem in found)
    assert "block digest does not hold" in found[0]
    assert "payload digest does not hold" in found[1]
    assert problems(rewritten(written.path.read_bytes(), b"role: article", b"role: listing"))


def test_every_flipped_byte_is_found(tmp_path: Path) -> None:
    data = write_warc(tmp_path / "a.warc.gz", [exchange()]).path.read_bytes()
    harmless = 0
    for place in range(len(data)):
        flipped = data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :]
        harmless += not problems(flipped)
    # Time, flags and system in the gzip headers of four members, and the padding at the end of their data, say nothing
    # of the records: the digest of the whole object, which the commit lists, is what finds those.
    assert harmless <= 4 * 7


@pytest.mark.parametrize("lost", [1, 4, 8, 20])
def test_a_last_record_that_is_cut_off_is_found(tmp_path: Path, lost: int) -> None:
    data = write_warc(tmp_path / "a.warc.gz", [exchange()]).path.read_bytes()
    (problem,) = problems(data[:-lost])
    assert "is not whole" in problem
    assert "what follows was not checked" in problem


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "does not hold"),
        ("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", None),
        ("sha1:EZMCEYKLYMOWXPIGFLXFT3WW62PQVRQP", None),  # over the chunks, as older tools do
        ("md5:900150983cd24fb0d6963f7d28e17f72", None),
        ("blake3:00", "of no kind that can be checked"),
    ],
)
def test_payload_digests_of_other_tools_are_judged(declared: str, words: str | None) -> None:
    body = b"abc" if "EZMC" not in declared else b"3\r\nabc\r\n0\r\n\r\n"
    coding = b"" if body == b"abc" else b"Transfer-Encoding: chunked\r\n"
    fields = (("WARC-Payload-Digest", declared), ("Content-Type", "application/http;msgtype=response"))
    found = problems(warc_record("response", fields, b"HTTP/1.1 200 OK\r\n" + coding + b"\r\n" + body))
    assert [words in problem for problem in found if words] == ([True] if words else [])
    assert bool(found) is (words is not None)


def test_the_payload_of_a_resource_is_its_block_and_that_of_a_revisit_elsewhere() -> None:
    digest = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert problems(warc_record("resource", (("WARC-Payload-Digest", digest),), b"abc")) == []
    assert problems(warc_record("resource", (("WARC-Payload-Digest", digest),), b"abd")) != []
    assert problems(warc_record("revisit", (("WARC-Payload-Digest", digest),), b"HTTP/1.1 200 OK\r\n\r\n")) == []
