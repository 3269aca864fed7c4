"""Links between an original, its TimeGate, its TimeMap and its mementos (RFC 7089 §2.2, RFC 8288).

URLs here are those of replay.targets, which hold nothing that would end a link early: no `<>`, quotes or spaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from replay.headers import Headers
from replay.lookup import Memento
from replay.timestamps import format_exact, format_timestamp, http_date
from storage.catalog.mementos import Around, Captured
from storage.warc_fields import target_uri

LONGEST_URL: Final = 4096
"""Of a longer URL a head only names the original: with ten links it would be longer than clients take."""
SAFE_VIEW: Final = "mp_"
RAW: Final = "id_"


@dataclass(frozen=True)
class Links:
    """Makes the URLs and links of one archive. `origin` is scheme, host and port of the archive's host."""

    origin: str

    def memento_url(self, at: datetime, url: str, modifier: str = SAFE_VIEW, *, exact: bool = False) -> str:
        """Return the URL of a memento. `exact`: it is one of several in its second."""
        return f"{self.origin}/web/{format_exact(at) if exact else format_timestamp(at)}{modifier}/{url}"

    def timegate_url(self, url: str) -> str:
        """Return the URL of the TimeGate."""
        return f"{self.origin}/timegate/{url}"

    def timemap_url(self, url: str, output: str = "link", since: str = "") -> str:
        """Return the URL of the TimeMap, or of the page of it that begins at the timestamp `since`."""
        return f"{self.origin}/timemap/{since}{output}/{url}"

    def memento(
        self, at: datetime, url: str, rel: str = "memento", modifier: str = SAFE_VIEW, *, exact: bool = False
    ) -> str:
        """Return the link to a memento."""
        address = self.memento_url(at, target_uri(url), modifier, exact=exact)
        return f'<{address}>; rel="{rel}"; datetime="{http_date(at)}"'

    def head(self, url: str, around: Around, shown: Captured | None = None, modifier: str = SAFE_VIEW) -> str:
        """Return the value of a `Link` field for an original with its mementos around a moment.

        `shown` is the memento that the answer is, whose moment `around` is about; None where it is a TimeGate's. A
        memento stands in the field once, with all that it is: `rel="prev first memento"`.
        """
        if len(url) > LONGEST_URL:
            return f'<{url}>; rel="original"' if len(url) < 4 * LONGEST_URL else ""
        links = [
            f'<{url}>; rel="original"',
            f'<{self.timegate_url(url)}>; rel="timegate"',
            f'<{self.timemap_url(url)}>; rel="timemap"; type="application/link-format"',
        ]
        rels: dict[Captured, list[str]] = {}
        for rel, captured in (
            ("first", around.first),
            ("prev", around.before),
            ("", shown),
            ("next", around.after),
            ("last", around.last),
        ):
            if captured is not None:
                rels.setdefault(captured, []).append(rel)
        for captured, names in sorted(rels.items()):
            rel = " ".join([*filter(None, names), "memento"])
            links.append(self.memento(*captured, rel, modifier, exact=captured in around.not_alone))
        return ", ".join(links)


def memento_headers(memento: Memento, links: Links, modifier: str) -> Headers:
    """Return `Link` and, for a redirect, `Location`, which stays in the archive, of a memento."""
    row = memento.saved.row
    link = links.head(target_uri(row.url), memento.around, (row.captured_at, row.url), modifier)
    headers: Headers = [(b"Link", link.encode("ascii"))] if link else []
    if memento.onward is not None:
        at, url = memento.onward
        headers.append((b"Location", links.memento_url(at, target_uri(url), modifier).encode("ascii")))
    return headers
