"""From the address of an archive to the store that it is kept in."""

from __future__ import annotations

from pathlib import Path

from config.archive_address import parse_archive_address
from storage.errors import StoreUrlInvalid
from storage.folder_store import FolderStore
from storage.objects import ObjectStore


def open_store(url: str, *, hurried: bool = False) -> ObjectStore:
    """Return the store at a folder or at `s3://bucket/prefix`. Nothing is asked of it yet.

    `hurried` is for whoever has a person waiting: a bucket that does not answer is given up soon.

    Raises StoreUrlInvalid for any other address.

    >>> open_store("./archive").url
    'archive'
    >>> open_store("gs://bucket")
    Traceback (most recent call last):
    ...
    storage.errors.StoreUrlInvalid: the archive: can't be kept on gs://: give a folder (./archive), or s3://bucket/...
    """
    try:
        address = parse_archive_address(url)
    except ValueError as wrong:
        raise StoreUrlInvalid(str(wrong), store="the archive") from None
    if isinstance(address, Path):
        return FolderStore(address)
    from storage.s3_client import HURRIED  # boto3 takes 0.3 s to import: only those who use S3 pay it
    from storage.s3_store import S3Store

    return S3Store(address.bucket, address.prefix, options=HURRIED if hurried else None)
