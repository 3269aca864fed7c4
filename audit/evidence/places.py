"""Where everything stands in a bundle."""

from __future__ import annotations

from typing import Final

from storage.keys import ANCHORS, MANIFEST

FORMAT: Final = 3
"""1 had objects of the archive under their whole names: py-wacz does not find files deeper than one folder. 2 had
reports with numbers of states and the last sighting of the newer one, which nothing in the file proves."""
WARC: Final = "archive/data.warc.gz"
INDEX: Final = "indexes/index.cdx"
PAGES: Final = "pages/pages.jsonl"
README: Final = "evidence/README.md"
ABOUT: Final = "evidence/evidence.json"
FINDINGS: Final = "evidence/findings.json"
OUTLET: Final = "evidence/outlet.json"
REPORT_HTML: Final = "evidence/report.html"
REPORT_TEXT: Final = "evidence/report.txt"
ARTICLES: Final = {"old": "evidence/old.article.json", "new": "evidence/new.article.json"}
LOG: Final = "log/"
TABLES: Final = "tables/"


def path_of(key: str) -> str:
    """Return where an object of the archive stands in the bundle: no deeper than one folder.

    >>> [path_of(key) for key in ("palimpsest.json", "demo/log/00000042.json", "anchors/2026-01-23.json")]
    ['log/palimpsest.json', 'log/00000042.json', 'anchors/2026-01-23.json']
    >>> path_of("demo/objects/2026/01/23/20260123T080000Z-demo-00c0de/0.captures.parquet")
    'tables/0.captures.parquet'
    """
    folder, _, name = key.rpartition("/")
    if folder == ANCHORS:
        return key
    return f"{LOG if key == MANIFEST or folder.endswith('/log') else TABLES}{name}"
