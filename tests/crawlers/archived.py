"""The spool's WARCs as warcio reads them: an oracle that shares no code with ours, told to leave the blocks alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator


@dataclass(frozen=True)
class Archived:
    """One record: its type, its WARC header fields, its block."""

    type: str
    fields: list[tuple[str, str]]
    block: bytes
    warc: str

    def get(self, name: str) -> str | None:
        return next((value for key, value in self.fields if key.lower() == name.lower()), None)

    @property
    def url(self) -> str | None:
        return self.get("WARC-Target-URI")

    @property
    def facts(self) -> dict[str, str]:
        """The lines of a metadata or warcinfo record (the first of each name)."""
        lines = [line.split(": ", 1) for line in self.block.decode().split("\r\n") if line]
        return dict(reversed(lines))


def archived(spool: Path) -> list[Archived]:
    """Every record of the sealed WARCs in order."""
    records = []
    for path in sorted(spool.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, no_record_parse=True):
                block = record.raw_stream.read()
                records.append(Archived(record.rec_type, record.rec_headers.headers, block, path.name))
    return records
