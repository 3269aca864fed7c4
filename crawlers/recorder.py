"""Where every attempt ends: written down as a group of WARC records before anybody reads it.

`Recorder.record` returns when the whole group has been handed to the kernel, in the crawl's spool. From then on a kill
of this process loses nothing of it; only a power cut within the next seconds may (`crawlers.spool_writer`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from crawlers.errors import CaptureStopped
from crawlers.revisits import Originals, WarcOriginals
from crawlers.spool_writer import SpoolWriter
from storage.entity import Entity, entity_of
from storage.exchange import Exchange, Original, Outcome, Role
from storage.http_message import is_chunked
from storage.warc import Group, encode_group


@dataclass(frozen=True)
class Recorded:
    """What the archive will know of an attempt.

    `record_id` names the record that stands for the capture: the response or revisit, or the metadata of a failed
    attempt. `body_digest` is that of the content-decoded body. `original` is what a revisit refers to. `acknowledged`
    is true: `Recorder.record` returns nothing before the group is the kernel's.
    """

    record_id: str
    outcome: Outcome
    captured_at: datetime
    status: int | None
    payload_digest: str | None
    body_digest: str | None
    is_revisit: bool
    original: Original | None
    acknowledged: bool = True


class Recorder:
    """Writes exchanges into a spool, in the order of the calls. Not for two threads at once.

    `writer` becomes the recorder's own: `close` closes it. `originals` are the committed responses that revisits may
    refer to; those of the open WARC it knows itself.
    """

    def __init__(self, writer: SpoolWriter, originals: Originals) -> None:
        self._writer = writer
        self._originals = WarcOriginals(originals)
        self._failure: Exception | None = None
        self._certified: set[tuple[str, bytes]] = set()

    def check(self) -> None:
        """Raise `CaptureStopped` if an exchange could not be written down: then nothing more may be fetched."""
        if self._failure is not None:
            raise CaptureStopped(f"the capture has stopped: {self._failure}") from self._failure

    def record(self, exchange: Exchange) -> Recorded:
        """Write one attempt down and return what was written. Every attempt is recorded by exactly one call.

        Raises `CaptureStopped` when it cannot be written, such as on a full disk, and at every call after that.
        """
        self.check()
        try:
            return self._record(exchange)
        except Exception as failure:  # whatever it was, the exchange is not in the archive
            self._failure = failure
            raise CaptureStopped(f"{exchange.url} could not be recorded: {failure}") from failure

    def tick(self) -> None:
        """Seal the open WARC if it is due. To be called every few seconds: a slow crawl is committed in time too.

        Raises `CaptureStopped` where that fails.
        """
        self.check()
        try:
            if self._writer.make_room():
                self._originals.forget()
        except Exception as failure:  # whatever it was, what was written may not be sealed
            self._failure = failure
            raise CaptureStopped(f"a WARC could not be sealed: {failure}") from failure

    def close(self) -> None:
        """Seal the spool and let it go."""
        self._writer.close()

    def _record(self, exchange: Exchange) -> Recorded:
        exchange = self._with_new_certificates(exchange)
        entity = entity_of(exchange.response) if exchange.response else None
        if self._writer.make_room():
            self._originals.forget()
        referred, group = self._encoded(exchange, entity)
        if self._writer.make_room(len(group.data)):
            # What the group may refer to is in a sealed WARC now, not yet committed; and it belongs to a new warcinfo.
            self._originals.forget()
            referred, group = self._encoded(exchange, entity)
        self._writer.write(group.data)
        if entity is not None and not group.is_revisit and _may_be_referred_to(exchange, entity):
            chunked = is_chunked(entity.head)
            original = Original(group.record_id, exchange.url, exchange.started_at, entity.payload_digest, chunked)
            self._originals.add(original, exchange.role)
        return Recorded(
            record_id=group.record_id,
            outcome=group.outcome,
            captured_at=exchange.started_at,
            status=group.status,
            payload_digest=group.payload_digest,
            body_digest=group.body_digest,
            is_revisit=group.is_revisit,
            original=referred if group.is_revisit else None,
        )

    def _encoded(self, exchange: Exchange, entity: Entity | None) -> tuple[Original | None, Group]:
        original = self._original_of(exchange, entity)
        group = encode_group(exchange, warcinfo_id=self._writer.warcinfo_id, original=original, entity=entity)
        return original, group

    def _original_of(self, exchange: Exchange, entity: Entity | None) -> Original | None:
        if entity is None or not exchange.complete:
            return None
        if entity.head.status == 304:
            return self._originals.latest(exchange.url) if exchange.conditional else None
        if not entity.payload:
            return None
        return self._originals.same_payload(
            entity.payload_digest, exchange.url, any_url=exchange.role is Role.REQUISITE
        )

    def _with_new_certificates(self, exchange: Exchange) -> Exchange:
        """Return the exchange without certificates that this crawl has already recorded for its host."""
        if not exchange.certificates:
            return exchange
        seen = (urlsplit(exchange.url).netloc, exchange.certificates[0])
        if seen in self._certified:
            return replace(exchange, certificates=())
        self._certified.add(seen)
        return exchange


def _may_be_referred_to(exchange: Exchange, entity: Entity) -> bool:
    """A revisit promises that the page is as it was, so it refers to whole pages: not to errors or redirects."""
    return exchange.complete and entity.whole and entity.head.status == 200 and bool(entity.payload)
