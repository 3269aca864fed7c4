"""Digests of ours and of other tools' WARCs."""

from __future__ import annotations

import base64
import hashlib

import pytest

from storage.digests import EMPTY, agrees, sha256


def test_ours_are_lower_case_base_16() -> None:
    assert sha256(b"abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sha256(b"") == EMPTY


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha512"])
def test_every_encoding_of_a_foreign_digest_is_understood(algorithm: str) -> None:
    digest = hashlib.new(algorithm, b"payload").digest()
    for written in (
        digest.hex(),
        digest.hex().upper(),
        base64.b32encode(digest).decode(),
        base64.b32encode(digest).decode().rstrip("=").lower(),
        base64.b64encode(digest).decode(),
        base64.urlsafe_b64encode(digest).decode().rstrip("="),
    ):
        for label in (algorithm, algorithm.upper()):
            assert agrees(f"{label}:{written}", b"payload") is True, written
            assert agrees(f"{label}:{written}", b"other") is False, written


@pytest.mark.parametrize(
    "declared", ["", "sha1", "sha1:", "crc32:00000000", "sha256:abc", "sha1:!!!!", f"md5:{'z' * 32}"]
)
def test_what_cannot_be_judged_is_neither_right_nor_wrong(declared: str) -> None:
    assert agrees(declared, b"") is None
