"""A folder as a store. A name comes into being with its whole content, or not at all, also when the power fails."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from storage.errors import (
    ObjectDamaged,
    ObjectMissing,
    ObjectTaken,
    StoreError,
    StoreFull,
    StoreRefused,
    StoreUnavailable,
)
from storage.keys import check_key, check_prefix
from storage.objects import CHUNK, StoredObject, sha256_of

INCOMING = ".incoming"  # unfinished files; no key begins with a dot
ABANDONED_AFTER = 24 * 3600.0  # seconds after which an unfinished file belongs to no living writer
FOLDERS_KNOWN = 4096
_GONE = "the folder of the archive is gone: it was moved away, or its disk is not mounted"

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {
    errno.EACCES,
    errno.EPERM,  # also what a file system without hard links says
    errno.EROFS,
    errno.EEXIST,  # a file where a folder should be
    errno.EXDEV,
    errno.EOPNOTSUPP,
    errno.EMLINK,
    errno.ELOOP,
}
_MISSING = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR}


class FolderStore:
    """Keeps objects as files below `root`, which is made at the first write.

    A file is written under another name, flushed, read back, and then given its own name by `link()`, which fails where
    the name exists (`O_EXCL` would leave a torn file under the right name when the writer dies). The folder is flushed
    before anyone is told that the object exists.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real = Path(os.path.realpath(root))
        self._within = f"{str(self._real).rstrip('/')}/"
        self._looked_at: set[str] = set()
        self._swept = False
        self._was_there = False  # whether anything was ever read here

    @property
    def url(self) -> str:
        """The folder's path, as it was given."""
        return str(self.root)

    @property
    def identity(self) -> str:
        """The folder's real path as a URL."""
        return self._real.as_uri()

    def create(self, key: str, body: bytes | Path) -> StoredObject:
        """Store under a name that nothing has yet; see ObjectStore."""
        check_key(key)
        sha256, size = sha256_of(body)
        object_ = StoredObject(key, size, sha256)
        with self._telling(key):
            path = self._inside(key)
            self._make_root()
            self._make_folder(path.parent)
            draft = self._draft()
            try:
                self._write(draft, body, object_)
                self._publish(draft, path, object_)
            finally:
                draft.unlink(missing_ok=True)
        return object_

    def get(self, key: str) -> bytes:
        """Return an object's bytes; see ObjectStore."""
        with self._telling(key):
            found = self._inside(key).read_bytes()
        self._was_there = True
        return found

    def get_range(self, key: str, offset: int, length: int) -> bytes:
        """Return exactly `length` bytes from `offset` on; see ObjectStore."""
        with self._telling(key):
            number = os.open(self._inside(key), os.O_RDONLY | os.O_CLOEXEC)
            try:
                found = os.pread(number, length, offset)
                while len(found) < length and (more := os.pread(number, length - len(found), offset + len(found))):
                    found += more
            finally:
                os.close(number)
        self._was_there = True
        if len(found) != length:
            what = f"it ends before byte {offset + length}, which should be in it"
            raise ObjectDamaged(what, store=self.url, key=key)
        return found

    def open(self, key: str) -> BinaryIO:
        """Open an object for reading; see ObjectStore."""
        with self._telling(key):
            return self._inside(key).open("rb")

    def head(self, key: str) -> StoredObject:
        """Return an object's size; a folder keeps no checksums. See ObjectStore."""
        with self._telling(key):
            path = self._inside(key)
            if not path.is_file():
                raise ObjectMissing("there is no such object", store=self.url, key=key)
            return StoredObject(key, path.stat().st_size)

    def list(self, prefix: str = "") -> Iterator[StoredObject]:
        """Yield the objects whose names begin with `prefix`; see ObjectStore."""
        folder = check_prefix(prefix).rpartition("/")[0]
        with self._telling(prefix):
            found = [
                key for key in self._walk(self._inside(folder) if folder else self._real) if key.startswith(prefix)
            ]
        if not found and self._is_gone():
            raise StoreUnavailable(_GONE, store=self.url, key=prefix)
        for key in sorted(found):
            with self._telling(key):
                yield StoredObject(key, (self._real / key).stat().st_size)

    def folders(self, prefix: str = "") -> tuple[str, ...]:
        """Return the names of the folders directly below `prefix`; see ObjectStore."""
        folder = self._real / check_prefix(prefix)
        with self._telling(prefix):
            entries = list(folder.iterdir()) if folder.is_dir() else []
            found = tuple(sorted(entry.name for entry in entries if entry.is_dir() and entry.name[0] != "."))
            if not found and self._is_gone():
                raise StoreUnavailable(_GONE, store=self.url, key=prefix)
            return found

    def _inside(self, key: str) -> Path:
        """Return an object's path, refused where a link in a foreign archive leads out of the folder.

        The folders above it are looked at once: whoever can change them later needs no link.
        """
        path = Path(f"{self._within}{check_key(key)}")
        folder = key.rpartition("/")[0]
        if folder not in self._looked_at or path.is_symlink():
            if not os.path.realpath(path).startswith(self._within):
                raise StoreRefused("a symbolic link leads out of the archive's folder", store=self.url, key=key)
            if len(self._looked_at) >= FOLDERS_KNOWN:
                self._looked_at.clear()
            self._looked_at.add(folder)
        return path

    def _walk(self, folder: Path) -> Iterator[str]:
        for base, folders, files in os.walk(folder, onerror=_unless_missing):
            folders[:] = [name for name in folders if not name.startswith(".")]
            within = Path(base).relative_to(self._real)
            yield from (str(within / name) for name in files if not name.startswith("."))

    def _make_root(self) -> None:
        try:
            self._make_folder(self._real)
        except OSError as error:
            if error.errno in _REFUSED | _MISSING:
                what = f"the folder cannot be made: {error.strerror} ({errno.errorcode[error.errno]})"
                raise StoreRefused(what, store=self.url) from error
            raise

    def _make_folder(self, folder: Path) -> None:
        """Make a folder and those above it, each flushed into the one that holds it."""
        missing = []
        while not folder.is_dir():
            missing.append(folder)
            folder = folder.parent
        for made in reversed(missing):
            made.mkdir(exist_ok=True)
            _flush_folder(made.parent)

    def _draft(self) -> Path:
        """Return the path of a new unfinished file, after taking away those that dead writers left."""
        incoming = self._real / INCOMING
        incoming.mkdir(exist_ok=True)
        if not self._swept:
            self._swept = True
            for left in incoming.iterdir():
                try:
                    if left.stat().st_mtime < time.time() - ABANDONED_AFTER:
                        left.unlink()
                except FileNotFoundError:
                    continue  # another process finished or swept it
        return incoming / f"{os.getpid()}-{secrets.token_hex(8)}"

    def _write(self, draft: Path, body: bytes | Path, object_: StoredObject) -> None:
        """Write and flush the unfinished file, and read back what the disk has of it."""
        with draft.open("xb") as out:
            if isinstance(body, bytes):
                out.write(body)
            else:
                with body.open("rb") as source:
                    shutil.copyfileobj(source, out, CHUNK)
            out.flush()
            os.fsync(out.fileno())
            if hasattr(os, "posix_fadvise"):  # so that reading back reads the disk and not our own cache
                os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        if sha256_of(draft) != (object_.sha256, object_.size):
            raise ObjectDamaged("what was read back is not what was written", store=self.url, key=object_.key)

    def _publish(self, draft: Path, path: Path, object_: StoredObject) -> None:
        """Give the finished file its name, or find that the name is taken."""
        try:
            os.link(draft, path)
        except FileExistsError:
            # Never another's bytes; ours where an earlier try died before it was told that it had succeeded.
            if not path.is_file() or sha256_of(path) != (object_.sha256, object_.size):
                what = "other bytes are stored under this name"
                raise ObjectTaken(what, store=self.url, key=object_.key) from None
        _flush_folder(path.parent)

    @contextmanager
    def _telling(self, key: str) -> Iterator[None]:
        """Turn what the operating system says into what it means for the archive."""
        try:
            yield
        except OSError as error:
            raise self._meaning(error, key) from error

    def _meaning(self, error: OSError, key: str) -> StoreError:
        what = f"{error.strerror or error} ({errno.errorcode.get(error.errno or 0, 'no number')})"
        if error.errno in _MISSING:
            if self._is_gone():
                return StoreUnavailable(_GONE, store=self.url, key=key)
            return ObjectMissing("there is no such object", store=self.url, key=key)
        if error.errno in _FULL:
            return StoreFull(what, store=self.url, key=key)
        if error.errno in _REFUSED:
            return StoreRefused(what, store=self.url, key=key)
        return StoreUnavailable(what, store=self.url, key=key)

    def _is_gone(self) -> bool:
        """Tell whether the folder is away that something was read from before: moved, or an empty place to mount at."""
        return self._was_there and not (self._real.is_dir() and any(self._real.iterdir()))


def _unless_missing(error: OSError) -> None:
    """Raise what keeps a folder from being read: os.walk passes over it, and it would seem to be empty."""
    if error.errno not in _MISSING:
        raise error


def _flush_folder(folder: Path) -> None:
    """Make a folder's names durable."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
