"""Bringing the catalog's findings up to date (a door: it reads and writes the catalog)."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

from articles.article import Article
from articles.visible import visible
from articles.written_times import from_told
from audit.compare import compare
from audit.edit_digests import digests
from audit.findings import ENGINE
from audit.findings_json import to_json
from audit.near_texts import SHARED, similarity, sketch, text_of
from storage.catalog.catalog import Catalog
from storage.catalog.findings import Kept, Unaudited, adopt, count_unaudited, keep, unaudited
from storage.catalog.many_rows import chunks
from storage.catalog.near import BATCH, articles_with, candidates, keep_near, keep_sketches, uncompared
from storage.catalog.phrase_index import index_phrases

Progress = Callable[[str, int, int], None]
"""Is told the stage ("audit", "index" or "compare"), how much of it is done, and how much there is."""

_log = logging.getLogger(__name__)


def bring_up_to_date(catalog: Catalog, progress: Progress | None = None) -> int:
    """Compare the states of every change that this engine has not compared, index new texts and look for those that
    are alike; return how many changes were compared.

    What each comparison comes to is kept in the catalog, a batch at a time: one that is cut off goes on where it was.
    A comparison that fails is kept as such and warned of, by the change's id; the others go on. Raises
    CatalogUnavailable.
    """
    adopt(catalog, ENGINE)
    total = count_unaudited(catalog, ENGINE)
    done = 0
    for batch in unaudited(catalog, ENGINE) if total else ():
        keep(catalog, ENGINE, [_audited(change) for change in batch])
        done += len(batch)
        if progress:
            progress("audit", done, max(done, total))
    index_phrases(catalog, None if progress is None else lambda at, of: progress("index", at, of))
    _find_near(catalog, progress)
    return done


def _find_near(catalog: Catalog, progress: Progress | None) -> None:
    """Compare every new text with those that may be alike, a batch at a time."""
    texts = uncompared(catalog)
    done = 0
    for batch in chunks(texts, BATCH):
        words = {text_id: text_of(article) for text_id, article in articles_with(catalog, batch).items()}
        made = {text_id: sketch(words[text_id]) for text_id in batch if text_id in words}
        keep_sketches(catalog, made)
        pairs = {
            (min(text_id, other), max(text_id, other))
            for text_id, others in candidates(catalog, made, SHARED)
            for other in others
        }
        unknown = {text_id for pair in pairs for text_id in pair if text_id not in words}
        words |= {text_id: text_of(article) for text_id, article in articles_with(catalog, unknown).items()}
        alike = {pair: similarity(words[pair[0]], words[pair[1]]) for pair in sorted(pairs) if words.keys() >= {*pair}}
        keep_near(catalog, batch, {pair: part for pair, part in alike.items() if part})
        done += len(batch)
        if progress:
            progress("compare", done, len(texts))


def _audited(change: Unaudited) -> Kept:
    try:
        old, new = (Article.from_json(json.loads(article)) for article in (change.old_json, change.new_json))
        old_times, new_times = from_told(change.times)
        found = compare(old, new, old_times=old_times, new_times=new_times)
        named = digests(found.edits, old, new)
    except Exception as error:  # noqa: BLE001  (texts are strangers': one that we stumble over must not hide the others)
        why = f"{type(error).__name__}: {error}"
        _log.warning("the change %s of %s could not be compared: %s", change.change_id, visible(change.url), why)
        return Kept(change.change_id, times=change.times, error=why)
    return Kept(
        change_id=change.change_id,
        times=change.times,
        weight=int(found.weight),
        score=found.score,
        disclosure=found.disclosure.value,
        undisclosed=found.undisclosed,
        types=tuple(kind.value for kind in found.types),
        edits_digest=named.edits,
        hunks=named.hunks,
        findings_json=json.dumps(to_json(found), ensure_ascii=False, separators=(",", ":")),
    )
