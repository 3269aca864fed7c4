"""A bucket as a store, through the S3 protocol: AWS, or whatever else speaks it.

What S3 guarantees and we build on: a PUT shows whole or not at all; `If-None-Match: *` creates and never replaces; a
GET after a PUT sees it. A store is raced before that is believed (storage.race).
"""

from __future__ import annotations

import base64
import hashlib
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from botocore.exceptions import BotoCoreError

from storage.errors import ObjectDamaged, ObjectMissing, ObjectTaken, StoreRefused, StoreUnavailable
from storage.keys import check_key, check_prefix
from storage.objects import CHUNK, StoredObject, sha256_of_file
from storage.ranged import open_ranged
from storage.s3_client import S3Options, connect
from storage.s3_errors import CONFLICT, FAILURES, PRECONDITION_FAILED, Failure, meaning_of, status_of

if TYPE_CHECKING:
    from types_boto3_s3.type_defs import GetObjectOutputTypeDef

_ROUNDS = 3  # how often a write that failed for good is looked for in the store and begun again


@dataclass(frozen=True)
class _Body:
    """What is to be stored, with what the server and we check it by."""

    source: bytes | Path
    size: int
    sha256: str
    md5: str  # no proof, but the one digest that every S3 server computes itself and tells as the ETag

    @classmethod
    def of(cls, source: bytes | Path) -> _Body:
        sha256 = hashlib.sha256()
        md5 = hashlib.md5(usedforsecurity=False)
        size = 0
        for chunk in [source] if isinstance(source, bytes) else _chunks(source):
            sha256.update(chunk)
            md5.update(chunk)
            size += len(chunk)
        return cls(source, size, sha256.hexdigest(), md5.hexdigest())


class S3Store:
    """Keeps objects in a bucket, their names behind a prefix.

    Address, credentials, region and profile come from the standard AWS environment and files (AWS_ENDPOINT_URL,
    AWS_ACCESS_KEY_ID, …); `endpoint` overrides the address. Servers other than AWS are asked by path
    (`server/bucket/key`), since few have a host name for every bucket.
    """

    def __init__(
        self, bucket: str, prefix: str = "", *, endpoint: str | None = None, options: S3Options | None = None
    ) -> None:
        self.bucket = bucket
        self.prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._options = options or S3Options()
        try:
            self._client = connect(endpoint, self._options)
        except BotoCoreError as error:
            raise meaning_of(error, store=self.url, key=None) from error
        except ValueError as error:  # an endpoint that is no URL
            raise StoreRefused(str(error).rstrip("."), store=self.url) from error

    @property
    def url(self) -> str:
        """The bucket and prefix as s3://…"""
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/")

    @property
    def identity(self) -> str:
        """The server's address, the bucket and the prefix."""
        return f"{self._client.meta.endpoint_url}/{self.bucket}/{self.prefix}"

    def create(self, key: str, body: bytes | Path) -> StoredObject:
        """Store under a name that nothing has yet; see ObjectStore."""
        check_key(key)
        ours = _Body.of(body)
        failure: Failure | None = None
        for attempt in range(_ROUNDS):
            self._rest(attempt)
            try:
                self._put(key, ours)
            except FAILURES as error:
                failure = error
                if self._came_through(key, ours, error):
                    return StoredObject(key, ours.size, ours.sha256)
            else:
                if self._holds(key, ours):
                    return StoredObject(key, ours.size, ours.sha256)
                raise ObjectDamaged("what the store kept is not what was written", store=self.url, key=key)
        assert failure is not None
        what = meaning_of(failure, store=self.url, key=key).what
        raise StoreUnavailable(what, store=self.url, key=key) from failure

    def get(self, key: str) -> bytes:
        """Return an object's bytes; see ObjectStore."""
        check_key(key)
        return self._read(
            key, lambda name: self._client.get_object(Bucket=self.bucket, Key=name, ChecksumMode="ENABLED")
        )

    def get_range(self, key: str, offset: int, length: int) -> bytes:
        """Return exactly `length` bytes from `offset` on; see ObjectStore."""
        check_key(key)
        if length == 0:
            return b""
        span = f"bytes={offset}-{offset + length - 1}"
        found = self._read(key, lambda name: self._client.get_object(Bucket=self.bucket, Key=name, Range=span))
        if len(found) != length:
            what = f"the store gave {len(found)} bytes for the {length} from byte {offset} on"
            raise ObjectDamaged(what, store=self.url, key=key)
        return found

    def open(self, key: str) -> BinaryIO:
        """Open an object for reading; see ObjectStore."""
        return open_ranged(self, key, self.head(key).size)

    def head(self, key: str) -> StoredObject:
        """Return an object's size, and its checksum where the server keeps one; see ObjectStore."""
        check_key(key)
        return self._head(key)[0]

    def list(self, prefix: str = "") -> Iterator[StoredObject]:
        """Yield the objects whose names begin with `prefix`; see ObjectStore."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=self.prefix + check_prefix(prefix)
        )
        try:
            for page in pages:
                for entry in page.get("Contents", []):
                    yield StoredObject(entry["Key"].removeprefix(self.prefix), entry["Size"])
        except FAILURES as error:
            raise meaning_of(error, store=self.url, key=None) from error

    def folders(self, prefix: str = "") -> tuple[str, ...]:
        """Return the names directly below `prefix` that have objects below them; see ObjectStore."""
        begin = self.prefix + check_prefix(prefix)
        found = []
        try:
            for page in self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=begin, Delimiter="/"
            ):
                found += [entry["Prefix"].removeprefix(begin).rstrip("/") for entry in page.get("CommonPrefixes", [])]
        except FAILURES as error:
            raise meaning_of(error, store=self.url, key=None) from error
        return tuple(sorted(found))

    def _name(self, key: str) -> str:
        return self.prefix + key

    def _put(self, key: str, body: _Body) -> None:
        def put(source: bytes | BinaryIO) -> None:
            self._client.put_object(
                Bucket=self.bucket,
                Key=self._name(key),
                Body=source,
                ContentLength=body.size,
                ContentMD5=base64.b64encode(bytes.fromhex(body.md5)).decode(),
                ChecksumAlgorithm="SHA256",
                ChecksumSHA256=base64.b64encode(bytes.fromhex(body.sha256)).decode(),
                IfNoneMatch="*",
            )

        if isinstance(body.source, bytes):
            put(body.source)
        else:
            with body.source.open("rb") as file:
                put(file)

    def _came_through(self, key: str, body: _Body, error: Failure) -> bool:
        """Tell whether our bytes are there after a PUT that failed; False means: try again.

        "Exists already" is also the answer to our own second try after a reply that was lost, and a time-out may have
        come after the work was done. So the object itself is asked. Raises ObjectTaken where another's bytes are there.
        """
        meaning = meaning_of(error, store=self.url, key=key)
        refused = status_of(error) in (PRECONDITION_FAILED, CONFLICT)
        if not refused and not isinstance(meaning, StoreUnavailable):
            raise meaning from error
        try:
            if self._holds(key, body):
                return True
        except ObjectMissing:
            return False
        raise ObjectTaken("other bytes are stored under this name", store=self.url, key=key) from error

    def _holds(self, key: str, body: _Body) -> bool:
        """Tell whether the store holds exactly these bytes, by what it says of them or else by reading them.

        A checksum that the server merely keeps beside the object proves nothing about the object (moto does that, and
        nothing says that others don't), so the ETag has to be the MD5 of our bytes as well; where it is something else
        by design (encryption with KMS keys), the bytes are read.
        """
        found, etag = self._head(key)
        if found.size != body.size:
            return False
        if found.sha256 == body.sha256 and etag == body.md5:
            return True
        with open_ranged(self, key, found.size) as file:
            return sha256_of_file(file) == (body.sha256, body.size)

    def _head(self, key: str) -> tuple[StoredObject, str]:
        try:
            answer = self._client.head_object(Bucket=self.bucket, Key=self._name(key), ChecksumMode="ENABLED")
        except FAILURES as error:
            raise meaning_of(error, store=self.url, key=key) from error
        checksum = answer.get("ChecksumSHA256")
        whole = checksum if checksum and answer.get("ChecksumType", "FULL_OBJECT") == "FULL_OBJECT" else None
        sha256 = base64.b64decode(whole).hex() if whole and "-" not in whole else None
        return StoredObject(key, answer["ContentLength"], sha256), answer.get("ETag", "").strip('"')

    def _read(self, key: str, ask: Callable[[str], GetObjectOutputTypeDef]) -> bytes:
        """Read an answer's whole body; ask again where it breaks off, which botocore leaves to its users."""
        attempt = 0
        while True:
            try:
                answer = ask(self._name(key))
            except FAILURES as error:
                raise meaning_of(error, store=self.url, key=key) from error
            try:
                return answer["Body"].read()
            except FAILURES as error:
                attempt += 1
                if attempt >= self._options.attempts:
                    raise meaning_of(error, store=self.url, key=key) from error
            self._rest(attempt)

    def _rest(self, attempt: int) -> None:
        if attempt:
            time.sleep(min(self._options.pause * 2 ** (attempt - 1), 20.0) * random.uniform(0.5, 1.0))  # noqa: S311


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
