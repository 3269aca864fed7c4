"""Time-stamp tokens (RFC 3161): a time-stamp authority (TSA) signs a hash and its own clock.

What is kept is the TSA's whole reply (a TimeStampResp), as `openssl ts -verify` reads it. Only the bytes' SHA-256 is
sent. A token proves that the bytes were there at its time to whoever trusts the TSA, which is what a root says.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import urllib3
from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerifierBuilder,
    decode_timestamp_response,
)

from storage.errors import RootsInvalid, TokenInvalid, TsaRefused, TsaUnavailable

PATIENCE = 30.0  # seconds in all that a TSA has for its reply
LARGEST = 1 << 18  # bytes; a reply with a chain of certificates has 2 to 10 kB

_HASHES = {"2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384", "2.16.840.1.101.3.4.2.3": "sha512"}


@dataclass(frozen=True)
class Token:
    """What a token says: `at` is the TSA's time, `tsa` the subject of the certificate that it signed with.

    `rooted`: the signature was checked and leads to one of the given roots. Without it nothing is known of who signed.
    """

    at: datetime
    tsa: str
    serial: str
    policy: str
    rooted: bool


def request_token(
    url: str, data: bytes, roots: Sequence[x509.Certificate] = (), *, patience: float = PATIENCE
) -> bytes:
    """Ask a TSA for a token over the SHA-256 of the bytes; return its reply, which was checked.

    Raises TsaUnavailable, TsaRefused, or TokenInvalid where the reply is of other bytes or of another request.
    """
    request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    reply = _post(url, request.as_bytes(), patience)
    name = f"the reply of {url}"
    try:
        response = decode_timestamp_response(reply)
    except ValueError as error:
        raise TsaUnavailable(_unreadable(name, error)) from error
    if response.status != PKIStatus.GRANTED:
        why = "; ".join(response.status_string)[:300] or "it gives no reason"
        raise TsaRefused(f"{url} gave no token (PKIStatus {response.status}): {why}. Ask another TSA.")
    check_token(reply, data, roots, name=name, nonce=request.nonce)
    return reply


def check_token(
    reply: bytes,
    data: bytes,
    roots: Sequence[x509.Certificate] = (),
    *,
    name: str = "the token",
    nonce: int | None = None,
) -> Token:
    """Return what a reply says of the bytes. `name` is what errors call it.

    Without roots the signature is not checked; certificates among them that are not self-signed only help to find the
    way to one that is. They must have been valid at the token's time, not now. Raises TokenInvalid.
    """
    try:
        response = decode_timestamp_response(reply)
        info = response.tst_info
        algorithm = _HASHES.get(info.message_imprint.hash_algorithm.dotted_string)
        imprint, signer = info.message_imprint.message, _signer(response)
        token = Token(info.gen_time, signer or "", f"{info.serial_number:x}", info.policy.dotted_string, bool(roots))
    except Exception as error:  # one flipped bit is a ValueError, KeyError or InvalidVersion
        raise TokenInvalid(_unreadable(name, error)) from error
    if algorithm is None:
        raise TokenInvalid(f"{name} is over no SHA-2 hash, which is all that we check.")
    if hashlib.new(algorithm, data).digest() != imprint:
        raise TokenInvalid(f"{name} is of other bytes: it signs the {algorithm} {imprint.hex()}.")
    if nonce is not None and info.nonce != nonce:
        raise TokenInvalid(f"{name} answers another request: its nonce is not ours. It may be an old one.")
    if signer is None:
        raise TokenInvalid(f"{name} does not hold the certificate that signed it, which we asked for.")
    if roots:
        try:
            VerifierBuilder(roots=list(roots)).build().verify_message(response, data)
        except Exception as error:  # whatever it is, the signature was not found good
            raise TokenInvalid(f"{name} is not signed by a TSA that the given roots vouch for: {error}.") from error
    return token


def read_roots(path: Path) -> tuple[x509.Certificate, ...]:
    """Return the certificates of a file, PEM (any number) or DER (one). Raises RootsInvalid."""
    try:
        found = path.read_bytes()
        if b"-----BEGIN CERTIFICATE" in found:
            return tuple(x509.load_pem_x509_certificates(found))
        return (x509.load_der_x509_certificate(found),)
    except OSError as error:
        raise RootsInvalid(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise RootsInvalid(f"{path} is no certificate, in PEM or in DER: {error}.") from error


def in_words(token: Token) -> str:
    """Return what a token says, for people, and whether its signature was checked."""
    signed = "its signature leads to a given root"
    unsigned = "its signature was NOT checked against a root (give --tsa-cert)"
    return f"time-stamp token of {token.at:%Y-%m-%dT%H:%M:%SZ} by {token.tsa}; {signed if token.rooted else unsigned}"


def _signer(response: TimeStampResponse) -> str | None:
    """Return the subject of the certificate that the one signature names; None where it is not in the reply."""
    (signature,) = response.signed_data.signer_infos
    for der in response.signed_data.certificates:
        certificate = x509.load_der_x509_certificate(der)
        if (certificate.issuer, certificate.serial_number) == (signature.issuer, signature.serial_number):
            return certificate.subject.rfc4514_string()
    return None


def _unreadable(name: str, error: Exception) -> str:
    known = (
        " Its certificates are not in DER's order, which rfc3161-client asks for and OpenSSL does not keep: let the TSA"
        " send the signer's alone, or use another."
        if "InvalidSetOrdering" in str(error)
        else ""
    )
    return f"{name} is no time-stamp reply that can be read: {type(error).__name__}: {error}.{known}"


def _post(url: str, body: bytes, patience: float) -> bytes:
    """Return the body of a 200. Raises TsaUnavailable; no redirect is followed, and nothing is tried twice."""
    ends = time.monotonic() + patience
    timeout = urllib3.Timeout(connect=min(10.0, patience), read=patience)
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        with (
            urllib3.PoolManager() as pool,
            pool.request(
                "POST",
                url,
                body=body,
                headers=headers,
                timeout=timeout,
                retries=False,
                redirect=False,
                preload_content=False,
            ) as response,
        ):
            if response.status != 200:
                raise TsaUnavailable(f"{url} answered {response.status}, which is no time-stamp reply.")
            reply = b""
            while chunk := response.read1(1 << 14):
                reply += chunk
                if len(reply) > LARGEST:
                    raise TsaUnavailable(f"{url} answered more than {LARGEST} bytes, which is no time-stamp reply.")
                if time.monotonic() > ends:
                    raise TsaUnavailable(f"{url} was not through with its reply after {patience:g} s.")
            return reply
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise TsaUnavailable(f"{url} did not answer: {error}.") from error
