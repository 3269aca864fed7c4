"""Time-stamp tokens from a real authority, and from one that fails or lies."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from config.clock import Clock
from storage.anchors import StoredAnchor, make_anchor, read_token, stamp_anchor
from storage.archive import Archive
from storage.commits import Draft
from storage.errors import RootsInvalid, TimestampError, TokenInvalid, TsaRefused, TsaUnavailable
from storage.keys import token_key
from storage.objects import ObjectStore
from storage.timestamps import LARGEST, Token, check_token, read_roots, request_token
from storage.verify import verify
from storage.verify_anchors import KeptAnchor
from tests.servers.tsa import Answer, Behaviour, Tsa, honest

Capture = Callable[..., Draft]
DATA = b'{"an":"anchor"}'


@pytest.fixture
def anchored(archive: Archive, capture: Capture) -> tuple[Archive, StoredAnchor]:
    archive.log("demo").append(capture(archive))
    return archive, make_anchor(archive, Clock())[0]


def query_of(data: bytes) -> bytes:
    return TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build().as_bytes()


def stored_at(archive: Archive, key: str) -> Path:
    return Path(archive.store.url) / key


def test_a_token_is_kept_beside_its_anchor_and_proves_it_to_others_too(
    anchored: tuple[Archive, StoredAnchor], honest_tsa: Tsa
) -> None:
    archive, anchor = anchored
    roots = read_roots(honest_tsa.root)
    assert stamp_anchor(archive, anchor, None) is None
    token = stamp_anchor(archive, anchor, honest_tsa.url, roots)
    assert token is not None
    assert (token.tsa, token.policy, token.rooted) == ("CN=TSA of the tests", "1.2.3.4.1", True)
    assert abs(token.at - datetime.now(UTC)) < timedelta(minutes=5)
    [asked] = honest_tsa.asked
    assert hashlib.sha256(anchor.stored).digest() in asked
    assert anchor.stored not in asked

    reply = stored_at(archive, token_key(anchor.key))
    assert honest_tsa.verified_by_openssl(stored_at(archive, anchor.key), reply)
    assert not honest_tsa.verified_by_openssl(stored_at(archive, "palimpsest.json"), reply)
    report = verify(archive, kept=KeptAnchor(anchor, reply.read_bytes()), roots=roots)
    assert (report.clean, report.warnings) == (True, ())
    assert report.kept
    assert report.kept.token == token


def test_roots_for_which_there_is_no_token_are_not_passed_over_in_silence(
    anchored: tuple[Archive, StoredAnchor], honest_tsa: Tsa
) -> None:
    archive, anchor = anchored
    roots = read_roots(honest_tsa.root)
    for kept in (None, KeptAnchor(anchor)):
        report = verify(archive, kept=kept, roots=roots)
        assert report.clean
        assert [str(warning) for warning in report.warnings] == [
            "anchors: no time-stamp token is there to hold against the given certificates"
        ]
    assert verify(archive).warnings == ()


def test_a_token_is_asked_for_once(anchored: tuple[Archive, StoredAnchor], honest_tsa: Tsa) -> None:
    archive, anchor = anchored
    first = stamp_anchor(archive, anchor, honest_tsa.url)
    assert stamp_anchor(archive, anchor, honest_tsa.url) == first
    assert stamp_anchor(archive, anchor, None) == first
    assert len(honest_tsa.asked) == 1


def test_a_token_in_a_bucket(moto_store: ObjectStore, capture: Capture, honest_tsa: Tsa) -> None:
    archive = Archive.open(moto_store, create=True, single_writer=True)
    archive.log("demo").append(capture(archive))
    anchor, _ = make_anchor(archive, Clock())
    stamp_anchor(archive, anchor, honest_tsa.url)
    reply = read_token(archive, anchor.key)
    assert reply is not None
    assert check_token(reply, anchor.stored, read_roots(honest_tsa.root)).rooted
    assert verify(archive, roots=read_roots(honest_tsa.root)).clean
    assert [problem.key for problem in verify(archive, roots=read_roots(honest_tsa.other_root)).problems] == [
        token_key(anchor.key)
    ]


def test_without_a_root_nothing_is_said_of_the_signature(honest_tsa: Tsa) -> None:
    reply = request_token(honest_tsa.url, DATA)
    assert check_token(reply, DATA).rooted is False
    assert check_token(reply, DATA, read_roots(honest_tsa.root)).rooted is True
    with pytest.raises(TokenInvalid, match="not signed by a TSA that the given roots vouch for"):
        check_token(reply, DATA, read_roots(honest_tsa.other_root))
    with pytest.raises(TokenInvalid, match="not signed by a TSA"):
        request_token(honest_tsa.url, DATA, read_roots(honest_tsa.other_root))


def test_a_token_of_an_altered_anchor_is_refused(anchored: tuple[Archive, StoredAnchor], honest_tsa: Tsa) -> None:
    archive, anchor = anchored
    stamp_anchor(archive, anchor, honest_tsa.url)
    reply = read_token(archive, anchor.key)
    assert reply is not None
    later = replace(anchor.anchor, made_at=anchor.anchor.made_at + timedelta(microseconds=1)).to_bytes()
    with pytest.raises(TokenInvalid, match=f"of other bytes: it signs the sha256 {anchor.sha256}"):
        check_token(reply, later)
    stored_at(archive, anchor.key).write_bytes(later)
    assert [problem.key for problem in verify(archive).problems] == [token_key(anchor.key)]
    kept = verify(archive, kept=KeptAnchor(StoredAnchor.of("kept.json", later), reply))
    assert [problem.key for problem in kept.problems] == ["the token of kept.json", token_key(anchor.key)]
    with pytest.raises(TokenInvalid, match=r"anchors/.*\.tsr is of other bytes"):
        stamp_anchor(archive, StoredAnchor.of(anchor.key, later), honest_tsa.url)


def test_no_flipped_bit_changes_what_a_rooted_token_says(honest_tsa: Tsa) -> None:
    """A few bits are outside of what is signed (versions, the name of an algorithm): they may flip, and say nothing."""
    reply, roots = request_token(honest_tsa.url, DATA), read_roots(honest_tsa.root)
    said = check_token(reply, DATA, roots)
    refused = 0
    for place in range(len(reply)):
        flipped = reply[:place] + bytes([reply[place] ^ 1]) + reply[place + 1 :]
        try:
            assert check_token(flipped, DATA, roots) == said, f"byte {place}"
        except TokenInvalid:
            refused += 1
    assert refused > len(reply) * 0.98


def test_no_flipped_bit_is_more_than_an_error_without_roots(honest_tsa: Tsa) -> None:
    reply = request_token(honest_tsa.url, DATA)
    for place in range(len(reply)):
        flipped = reply[:place] + bytes([reply[place] ^ 0x20]) + reply[place + 1 :]
        try:
            assert isinstance(check_token(flipped, DATA), Token)
        except TokenInvalid:
            continue


@pytest.mark.parametrize("reply", [b"", b"junk" * 99, b"\x30\x03\x02\x01\x02", b"\x30\x05\x30\x03\x02\x01\x00"])
def test_what_is_no_reply_is_refused_in_words(reply: bytes) -> None:
    with pytest.raises(TokenInvalid, match="the token is no time-stamp reply that can be read"):
        check_token(reply, DATA)


def test_a_reply_without_the_signers_certificate_is_refused(honest_tsa: Tsa) -> None:
    request = TimestampRequestBuilder(cert_req=False).data(DATA).hash_algorithm(HashAlgorithm.SHA256).build()
    with pytest.raises(TokenInvalid, match="does not hold the certificate"):
        check_token(honest_tsa.reply(request.as_bytes()), DATA)


# Authorities that fail or lie


def old_reply(tsa: Tsa, _query: bytes) -> Answer:
    return 200, tsa.reply(query_of(DATA))


def of_other_data(tsa: Tsa, _query: bytes) -> Answer:
    return 200, tsa.reply(query_of(b"something else"))


def refusal(tsa: Tsa, _query: bytes) -> Answer:
    return 200, tsa.reply(TimestampRequestBuilder().data(DATA).hash_algorithm(HashAlgorithm.SHA512).build().as_bytes())


def with_chain(tsa: Tsa, query: bytes) -> Answer:
    return 200, tsa.reply(query, with_chain=True)


def error(_tsa: Tsa, _query: bytes) -> Answer:
    return 503, b"later"


def redirect(_tsa: Tsa, _query: bytes) -> Answer:
    return 302, b""


def junk(_tsa: Tsa, _query: bytes) -> Answer:
    return 200, b"<html>"


def huge(_tsa: Tsa, _query: bytes) -> Answer:
    return 200, b"0" * (LARGEST * 40)


@pytest.mark.parametrize(
    ("behaviour", "raises", "says"),
    [
        (old_reply, TokenInvalid, "its nonce is not ours"),
        (of_other_data, TokenInvalid, "is of other bytes"),
        (refusal, TsaRefused, r"gave no token \(PKIStatus 2\): Message digest algorithm is not supported"),
        (with_chain, TsaUnavailable, "not in DER's order.* let the TSA send the signer's alone"),
        (error, TsaUnavailable, "answered 503"),
        (redirect, TsaUnavailable, "answered 302"),
        (junk, TsaUnavailable, "no time-stamp reply that can be read"),
        (huge, TsaUnavailable, f"more than {LARGEST} bytes"),
    ],
)
def test_the_anchor_stays_and_a_later_call_adds_the_token(
    anchored: tuple[Archive, StoredAnchor],
    honest_tsa: Tsa,
    monkeypatch: pytest.MonkeyPatch,
    behaviour: Behaviour,
    raises: type[TimestampError],
    says: str,
) -> None:
    archive, anchor = anchored
    monkeypatch.setattr(f"{__name__}.DATA", anchor.stored)
    honest_tsa.behaviour = behaviour
    with pytest.raises(raises, match=says) as told:
        stamp_anchor(archive, anchor, honest_tsa.url)
    assert honest_tsa.url in str(told.value)
    assert read_token(archive, anchor.key) is None
    assert verify(archive).clean
    assert len(honest_tsa.asked) == 1
    honest_tsa.behaviour = honest
    assert stamp_anchor(archive, anchor, honest_tsa.url, read_roots(honest_tsa.root))


def test_nobody_there() -> None:
    with pytest.raises(TsaUnavailable, match=r"http://127\.0\.0\.1:9/tsr did not answer: .*refused"):
        request_token("http://127.0.0.1:9/tsr", DATA)


def test_an_authority_that_is_silent_is_not_waited_for_long(honest_tsa: Tsa) -> None:
    given_up = threading.Event()

    def silent(tsa: Tsa, query: bytes) -> Answer:
        given_up.wait(60)
        return honest(tsa, query)

    honest_tsa.behaviour = silent
    with pytest.raises(TsaUnavailable, match="did not answer"):
        request_token(honest_tsa.url, DATA, patience=0.3)
    given_up.set()


def test_roots_are_pem_or_der(honest_tsa: Tsa, tmp_path: Path) -> None:
    [root] = read_roots(honest_tsa.root)
    both = tmp_path / "both.pem"
    both.write_bytes(honest_tsa.other_root.read_bytes() + honest_tsa.root.read_bytes())
    assert read_roots(both)[1] == root
    assert check_token(request_token(honest_tsa.url, DATA), DATA, read_roots(both)).rooted
    der = tmp_path / "root.der"
    der.write_bytes(root.public_bytes(Encoding.DER))
    assert read_roots(der) == (root,)
    for wrong in (b"", b"-----BEGIN CERTIFICATE-----\njunk\n-----END CERTIFICATE-----\n", b"\x30\x03\x02\x01\x00"):
        der.write_bytes(wrong)
        with pytest.raises(RootsInvalid, match="is no certificate"):
            read_roots(der)
    with pytest.raises(RootsInvalid, match="cannot be read"):
        read_roots(tmp_path)
