"""What an S3 server or the way to it says, told as what it means for the archive."""

from __future__ import annotations

from typing import TypeAlias

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    FlexibleChecksumError,
    HTTPClientError,
    IncompleteReadError,
    ResponseStreamingError,
)
from botocore.exceptions import (
    ConnectionError as BotoConnectionError,
)
from botocore.parsers import ResponseParserError
from urllib3.exceptions import HTTPError  # botocore lets it through where an answer to an error breaks off

from storage.errors import ObjectDamaged, ObjectMissing, StoreError, StoreFull, StoreRefused, StoreUnavailable

Failure: TypeAlias = ClientError | BotoCoreError | ResponseParserError | HTTPError
FAILURES = (ClientError, BotoCoreError, ResponseParserError, HTTPError)

_ON_THE_WAY = (
    BotoConnectionError,
    HTTPClientError,
    IncompleteReadError,
    ResponseStreamingError,
    ResponseParserError,
    HTTPError,
)
# Answers to a PUT whose body was not what its checksum or length promised: the way to the server damaged it.
_DAMAGED_ON_THE_WAY = frozenset({"BadDigest", "IncompleteBody", "InvalidDigest", "XAmzContentSHA256Mismatch"})
_BUSY = frozenset({"RequestTimeout", "RequestTimeTooSkewed", "SlowDown", "Throttling", "TooManyRequests"})
_NO_BUCKET = frozenset({"NoSuchBucket"})
_NO_OBJECT = frozenset({"NoSuchKey", "NotFound", "404"})
_FULL = frozenset({"QuotaExceeded", "InsufficientStorage", "XMinioStorageFull"})

PRECONDITION_FAILED = 412
CONFLICT = 409  # two conditional writes met, and the server let neither through


def status_of(error: Exception) -> int:
    """Return the HTTP status of the answer, 0 where there was none."""
    if isinstance(error, ClientError):
        return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    return 0


def meaning_of(error: Failure, *, store: str, key: str | None) -> StoreError:
    """Return the error that says what happened; the caller raises it."""
    if isinstance(error, ClientError):
        return _meaning_of_answer(error, store, key)
    if isinstance(error, FlexibleChecksumError):
        return ObjectDamaged("its bytes do not have the checksum that the store gives", store=store, key=key)
    if isinstance(error, _ON_THE_WAY):
        return StoreUnavailable(_words(error), store=store, key=key)
    return StoreRefused(_words(error), store=store, key=key)  # no credentials, a bad profile, an impossible name


def _meaning_of_answer(error: ClientError, store: str, key: str | None) -> StoreError:
    status = status_of(error)
    said = error.response.get("Error", {})
    code = str(said.get("Code", ""))
    what = f"the server answered {status} {code} {said.get('Message', '')}".rstrip(". ")
    if code in _NO_BUCKET:
        return StoreRefused("there is no such bucket", store=store)
    if code in _NO_OBJECT or (status == 404 and key is not None):
        return ObjectMissing("there is no such object", store=store, key=key)
    if status == 416:
        return ObjectDamaged("it ends before the bytes that should be in it", store=store, key=key)
    if code in _FULL or status == 507:
        return StoreFull(what, store=store, key=key)
    if status == 501:
        return StoreRefused(f"{what}: it may not know create-only writes (If-None-Match)", store=store, key=key)
    if status >= 500 or status == 429 or code in _BUSY or code in _DAMAGED_ON_THE_WAY:
        return StoreUnavailable(what, store=store, key=key)
    return StoreRefused(what, store=store, key=key)


def _words(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
