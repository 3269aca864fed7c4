"""From the address of an archive to the store that it is kept in."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from storage.errors import StoreUrlInvalid
from storage.folder_store import FolderStore
from storage.objects import ObjectStore


def open_store(url: str) -> ObjectStore:
    """Return the store at `./folder`, `file:///folder` or `s3://bucket/prefix`. Nothing is asked of it yet.

    Raises StoreUrlInvalid for any other address.

    >>> open_store("./archive").url
    'archive'
    >>> open_store("gs://bucket")
    Traceback (most recent call last):
    ...
    storage.errors.StoreUrlInvalid: gs://bucket: 'gs' is no kind of store that we know. Give a folder (./archive) or ...
    """
    scheme, separator, rest = url.partition("://")
    if not separator:
        if not url.strip():
            raise StoreUrlInvalid("the address is empty", store=repr(url))
        return FolderStore(Path(url).expanduser())
    if scheme == "file":
        parts = urlsplit(url)
        if parts.netloc not in ("", "localhost") or not parts.path:
            raise StoreUrlInvalid("a file URL has three slashes and an absolute path", store=url)
        return FolderStore(Path(unquote(parts.path)))
    if scheme != "s3":
        raise StoreUrlInvalid(f"{scheme!r} is no kind of store that we know", store=url)
    bucket, _, prefix = rest.partition("/")
    if not bucket or any(sign in rest for sign in "?#@") or any(part in (".", "..") for part in prefix.split("/")):
        raise StoreUrlInvalid("it is not s3://bucket/prefix", store=url)
    from storage.s3_store import S3Store  # boto3 takes 0.3 s to import: only those who use S3 pay it

    return S3Store(bucket, prefix)
