"""An archive of a size that years give, for measuring pages and lookups: `python -m bench.large_archive FOLDER`.

Crawls as in bench/catalog_rebuild.py, and in them what pages of the window show: articles in changing words by changing
people, a few of them gone for a while or posted again under another id, and images of which some become others.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zlib import crc32

from articles.article import Article, Block, BlockKind
from articles.canonical import identify
from audit.upkeep import bring_up_to_date
from bench.catalog_rebuild import READER, Made
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.exchange import Outcome, Role
from storage.folder_store import FolderStore
from storage.rows import CaptureRow, ReadingRow

WORDS = (
    "the harbor pilots rehearse berthing in fog while a lighthouse keeper counts sledges on an ice road and reports",
    "that army navy drill exercise joint training began ended in strait region with missiles vessels aircraft troops",
    "said spokesperson ministry defense according to statement on monday tuesday friday morning cooperation peace",
)
EACH = " ".join(WORDS).split()
CHINESE = ("中国海军举行联合军事演习", "国防部发言人就有关问题答记者问", "新型驱逐舰入列", "官兵开展实战化训练")
GIVEN = ("Ziyue", "Panyue", "Wei", "Jing", "Ze'an", "Dora", "Emil", "Lin", "Tao", "Min")
FAMILY = ("Li", "Huang", "Wang", "Zhang", "Chen", "Zhao", "Sun", "Muster", "Exemplar", "Xu", "Guo", "Ma")


class Varied(Made):
    """An archive whose articles differ, change, go, come back and are posted again."""

    def __init__(self, archive: Archive, a_crawl: int) -> None:
        super().__init__(archive, a_crawl)
        self.said: dict[str, Article] = {}
        self.known: list[str] = []
        self.gone: set[str] = set()

    def _captures(self, number: int, crawl_id: str, started: datetime) -> Iterator[CaptureRow]:
        for row in super()._captures(number, crawl_id, started):
            if row.role is Role.REQUISITE:
                version = number // 40 if crc32(row.url.encode()) % 200 == 0 else 0
                digest = f"sha256:{hashlib.sha256(f'{row.url} {version}'.encode()).hexdigest()}"
                of = self.known[crc32(row.url.encode()) % len(self.known)] if self.known else None
                yield replace(row, body_digest=digest, article_url=of)
            elif row.role is Role.ARTICLE and row.outcome is Outcome.RESPONSE and self.chance.random() < 0.01:
                self.gone.add(row.record_id)
                yield replace(row, status=404, body_digest=None, payload_digest=None)
            else:
                yield row

    def _reading(self, row: CaptureRow) -> ReadingRow:
        about = ReadingRow(
            url=row.url,
            article_key=row.key or "",
            reader_id=READER,
            captures=(("article", row.record_id),),
            captured_at=row.captured_at,
            crawl_id=row.crawl_id,
            outcome="not an article",
            weak=row.outcome is Outcome.REVISIT,
        )
        if row.record_id in self.gone:
            return about
        before = self.said.get(row.url)
        new = before is None or (not about.weak and self.chance.random() < 0.1)
        said = self._said(before) if before is None or new else before
        self.said[row.url] = said
        if before is None:
            self.known.append(row.url)
        identity = identify(said)
        return replace(
            about,
            outcome="article",
            content_id=identity.content_id,
            text_id=identity.text_id,
            field_hashes=identity.field_hashes,
            headline=said.headline,
            byline=said.byline,
            editors=said.editors,
            language="en",
            article_json=identity.article_json if new else None,
        )

    def _said(self, before: Article | None) -> Article:
        chance = self.chance
        if before is None and self.known and chance.random() < 0.002:
            return self.said[chance.choice(self.known)]
        if before is None:
            blocks = tuple(Block(BlockKind.PARAGRAPH, self._paragraph()) for _ in range(8))
            return Article(
                headline=" ".join(chance.choices(EACH, k=8)).capitalize(),
                byline=(self._name(),),
                editors=(self._name(),),
                language="en",
                blocks=blocks,
            )
        at = chance.randrange(len(before.blocks))
        text = before.blocks[at].text
        count = str(chance.randrange(10, 99))
        edited = text.replace(text.split()[3], count, 1) if chance.random() < 0.9 else f"{text} {self._paragraph()}"
        blocks = tuple(Block(b.kind, edited if i == at else b.text) for i, b in enumerate(before.blocks))
        return replace(before, blocks=blocks)

    def _paragraph(self) -> str:
        words = " ".join(self.chance.choices(EACH, k=60))
        return f"{words.capitalize()}. {self.chance.choice(CHINESE)} {self.chance.randrange(10**6)}."

    def _name(self) -> str:
        return f"{self.chance.choice(FAMILY)} {self.chance.choice(GIVEN)}"


def make(folder: Path, captures: int, a_crawl: int = 2000) -> tuple[Archive, Catalog]:
    """Return the archive in a folder and its catalog, made where they are not there yet."""
    path = folder / "catalog.sqlite"
    there = path.exists()
    archive = Archive.open(FolderStore(folder / "archive"), create=True, single_writer=True)
    if not there:
        made = Varied(archive, a_crawl)
        for number in range(captures // a_crawl):
            made.crawl(number)
    catalog = Catalog.open(f"sqlite:///{path}")
    if not there:
        catalog.rebuild(archive)
        bring_up_to_date(catalog)
    return archive, catalog


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--captures", type=int, default=1_000_000)
    options = parser.parse_args()
    cpu = time.process_time()
    make(options.folder, options.captures)
    print(f"{options.captures:,} captures: {time.process_time() - cpu:,.0f} s of CPU")


if __name__ == "__main__":
    main()
