"""Whether a store lets only one of several simultaneous writers create a name. It is tried, not believed.

The log is safe for several writers because a name can be created once. Stores that accept `If-None-Match: *` and check
it without a lock let two writers win: of 100 racing writers OpenStack Swift told 98 that they had won (measured).
"""

from __future__ import annotations

import hashlib
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier

from config.clock import Clock
from storage.errors import ObjectDamaged, ObjectMissing, ObjectTaken, StoreUnsafe
from storage.instants import format_instant
from storage.keys import probe_prefix
from storage.objects import ObjectStore
from storage.strict_json import Unexpected, canonical_json, count, parse_object, take

RACERS = 8
ROUNDS = 8  # one race of Swift has a single winner by luck one time in five (measured): 8 races, one in 400,000


@dataclass
class WriterCheck:
    """Races a store before the first write through it, and remembers.

    What was found is remembered in the store itself, under a name made of the store's identity, so that a copy of the
    archive in another place is raced again; the record is created like any object and can never be replaced.
    """

    store: ObjectStore
    single_writer: bool = False
    clock: Clock = field(default_factory=Clock)
    _passed: bool = False

    def require(self) -> None:
        """Return if writing is safe: the store holds, or the user vouches for being its only writer.

        Raises StoreUnsafe where more than one writer wins a name and `single_writer` is not set.
        """
        if self._passed or self.single_writer:
            return
        if not self._remembered():
            for _ in range(ROUNDS):
                winners = race(self.store)
                if winners != 1:
                    what = f"{winners} of {RACERS} simultaneous writers were told that they had created the same object"
                    raise StoreUnsafe(what, store=self.store.url)
            self._remember()
        self._passed = True

    @property
    def _key(self) -> str:
        return f"{probe_prefix(fingerprint(self.store))}create-only.json"

    def _remembered(self) -> bool:
        try:
            found = parse_object(self.store.get(self._key))
            return take(found, "winners", count) == 1 and take(found, "racers", count) >= RACERS
        except (ObjectMissing, Unexpected):
            return False

    def _remember(self) -> None:
        record = {
            "format": 1,
            "at": format_instant(self.clock.now()),
            "racers": RACERS,
            "rounds": ROUNDS,
            "winners": 1,
        }
        try:
            self.store.create(self._key, canonical_json(record))
        except ObjectTaken:
            return  # another process tried the same store at the same time, and found the same


def fingerprint(store: ObjectStore) -> str:
    """Return 16 hex digits that tell this store from others."""
    return hashlib.sha256(store.identity.encode()).hexdigest()[:16]


def race(store: ObjectStore, racers: int = RACERS) -> int:
    """Let simultaneous writers create one new name with different bytes; return how many were told that they had.

    A safe store gives 1. A writer that was told so and then reads another's bytes has been overwritten, and counts.
    Raises StoreUnavailable or StoreRefused where the store does not do its work: nothing is known then.
    """
    token = secrets.token_hex(8)
    key = f"{probe_prefix(fingerprint(store))}{token}.probe"
    start = Barrier(racers)

    def write(racer: int) -> bool:
        body = f"{token} {racer}\n".encode()
        start.wait()
        try:
            store.create(key, body)
        except ObjectTaken:
            return False
        except ObjectDamaged:
            return True
        return True

    with ThreadPoolExecutor(racers) as pool:
        return sum(pool.map(write, range(racers)))
