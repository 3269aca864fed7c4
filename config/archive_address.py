"""The address of an archive: which ones there are, said once for the settings and for the stores behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_BUCKET: Final = re.compile(r"(?P<bucket>[A-Za-z0-9][A-Za-z0-9._-]{1,253})(?:/(?P<prefix>[^?#]*))?")
_WANTED: Final = "give a folder (./archive), or s3://bucket/prefix"


@dataclass(frozen=True)
class BucketAddress:
    """A bucket, and what stands before the names of the archive's objects in it."""

    bucket: str
    prefix: str = ""


def parse_archive_address(text: str) -> Path | BucketAddress:
    """Return the folder or the bucket that an address names.

    Raises ValueError, whose words never repeat the address: it may hold a password where none belongs.

    >>> parse_archive_address("s3://my-bucket/news")
    BucketAddress(bucket='my-bucket', prefix='news')
    >>> parse_archive_address("file:///srv/archive")
    Traceback (most recent call last):
    ...
    ValueError: can't be kept on file://: give a folder (./archive), or s3://bucket/prefix
    """
    scheme, separator, rest = text.partition("://")
    if not text.strip():
        raise ValueError(f"is empty: {_WANTED}")
    if not separator:
        try:
            return Path(text).expanduser()
        except RuntimeError:
            raise ValueError("begins with ~ and a name that no user of this machine has") from None
    if scheme != "s3":
        raise ValueError(f"can't be kept on {scheme}://: {_WANTED}")
    if "@" in rest.split("/")[0]:
        raise ValueError("must hold no credentials: give those the AWS way (AWS_ACCESS_KEY_ID or a profile)")
    found = _BUCKET.fullmatch(rest)
    if found is None or {".", ".."} & set((found["prefix"] or "").split("/")):
        raise ValueError("names no bucket: write s3://bucket or s3://bucket/prefix")
    return BucketAddress(found["bucket"], found["prefix"] or "")
