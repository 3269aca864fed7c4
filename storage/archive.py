"""An archive: a store with a palimpsest.json in it, and a log for every outlet."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from config.clock import Clock
from storage.commits import chained
from storage.errors import ArchiveInvalid, ArchiveMissing, FormatTooNew, ObjectMissing, ObjectTaken
from storage.instants import format_instant
from storage.keys import MANIFEST, PROBES, check_outlet, commit_key, is_outlet
from storage.log import Log
from storage.objects import ObjectStore, exists
from storage.race import WriterCheck
from storage.strict_json import Unexpected, canonical_json, count, parse_object, take, text

FORMAT = 1

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ABOUT = (
    "An archive of news outlets made by Palimpsest. <outlet>/log/ is the truth: JSON commits, numbered from 1, each"
    " with the SHA-256 of the one before; they list the objects, which are WARC, CDXJ and Parquet files."
)


@dataclass(frozen=True)
class Archive:
    """An archive that was opened. `id` is a UUID; `manifest` is the stored bytes of palimpsest.json."""

    id: str
    store: ObjectStore
    manifest: bytes
    writers: WriterCheck

    @classmethod
    def open(
        cls, store: ObjectStore, *, create: bool = False, single_writer: bool = False, clock: Clock | None = None
    ) -> Archive:
        """Open the archive in a store; with `create`, make it where the store is empty.

        `single_writer` is the user's word that no other process ever writes to this archive: it lets a store be used
        that does not keep two writers apart (storage.race). Reading asks for no such thing.

        Raises ArchiveMissing, ArchiveInvalid, FormatTooNew, StoreUnsafe (only when creating), or what the store raises.
        """
        writers = WriterCheck(store, single_writer, clock or Clock())
        try:
            manifest = store.get(MANIFEST)
        except ObjectMissing as error:
            if not create:
                raise ArchiveMissing(
                    f"{store.url} holds no archive (there is no {MANIFEST} in it). Check the address; the first crawl"
                    " makes an archive."
                ) from error
            manifest = _create(store, writers)
        return cls(_archive_id(manifest, store.url), store, manifest, writers)

    @property
    def url(self) -> str:
        """The address of the store."""
        return self.store.url

    @property
    def root(self) -> str:
        """What the first commit of every log says of the commit before it."""
        return chained(self.manifest)

    def log(self, outlet: str) -> Log:
        """Return an outlet's log, which may have no commit yet. Raises KeyInvalid for what is no outlet id."""
        return Log(self.id, self.root, check_outlet(outlet), self.store, self.writers)

    def outlets(self, *, but: Collection[str] = ()) -> list[str]:
        """Return the ids of the outlets that have a log, sorted; `but` those, about which the store is not asked."""
        named = [name for name in self.store.folders() if is_outlet(name) and name not in but]
        return [name for name in named if exists(self.store, commit_key(name, 1))]


def _create(store: ObjectStore, writers: WriterCheck) -> bytes:
    """Write palimpsest.json into an empty store and return it, or that of whoever was faster."""
    for found in store.list():
        if found.key == MANIFEST:
            return store.get(MANIFEST)
        if not found.key.startswith(f"{PROBES}/"):
            raise ArchiveInvalid(
                f"{store.url} is not empty ({found.key} is in it) and has no {MANIFEST}. If it is an archive, restore"
                f" {MANIFEST} from a copy; a new one would break every log. Else choose an empty place."
            )
    writers.require()
    manifest = canonical_json(
        {
            "about": _ABOUT,
            "archive": str(uuid.uuid4()),
            "created": format_instant(writers.clock.now()),
            "format": FORMAT,
        }
    )
    try:
        store.create(MANIFEST, manifest)
    except ObjectTaken:
        return store.get(MANIFEST)
    return manifest


def _archive_id(manifest: bytes, url: str) -> str:
    try:
        found = parse_object(manifest)
        version = take(found, "format", count)
        if version > FORMAT:
            raise FormatTooNew(f"The archive {url}", found=version, known=FORMAT)
        archive_id = take(found, "archive", text)
        if not _ID.fullmatch(archive_id):
            raise Unexpected(f"{archive_id!r:.80} is no archive id")
    except Unexpected as error:
        raise ArchiveInvalid(
            f"{MANIFEST} in {url} is not what it should be: {error}. Restore it from a copy: every log hangs on its"
            " bytes."
        ) from error
    return archive_id
