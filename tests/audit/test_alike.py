"""What changed alike, found in a catalog by the index of edits: the same as by comparing each change with each."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from audit.alike import alike
from audit.findings import ENGINE
from audit.history import Observed, article_of, same_edits
from storage.catalog.catalog import Catalog
from storage.catalog.changes import changes as changes_of
from storage.catalog.findings import Kept, adopt, findings_of, keep
from storage.catalog.many_rows import insert
from storage.catalog.schema import changes, url_state
from storage.digests import sha256
from tests.storage.catalog.observed import at

CHANGES = 400
TEMPLATES = 6
COMMAS = 3
ASKED = 20


def edits(chance: random.Random) -> frozenset[str]:
    """Return a template's edits, alone or beside others; or a comma, alone or beside others; or others."""
    own = frozenset({f"own {chance.random()}" for _ in range(chance.choice((1, 2, 5)))})
    template, comma = (f"{kind} {chance.randrange(TEMPLATES)}" for kind in ("template", "also template"))
    common = {f"comma {chance.randrange(COMMAS)}"}
    of = ({template}, {template, comma}, {template, comma} | own, {template} | common, common, common | own, own)
    return frozenset(chance.choice(of))


@pytest.fixture
def edited(catalog: Catalog) -> Catalog:
    """Hold changes of a year, of intervals between an hour and a month."""
    chance = random.Random(5)
    adopt(catalog, ENGINE)
    told = {"needs_confirming": False, "needs_rereading": False, "tallies": {}, "states": 2, "changes": 1}
    urls, rows, kept = [], [], []
    for number in range(CHANGES):
        url: dict[str, object] = dict.fromkeys(column.name for column in url_state.columns)
        place = {"id": number + 1, "outlet": "demo", "surt": f"example,demo)/{number}"}
        urls.append(url | told | place | {"url": f"http://demo.example/{number}"})
        after = at(chance.random() * 24 * 365)
        change_id, hunks = sha256(f"{number}".encode()), tuple(sorted(edits(chance)))
        contents = {
            "old_content_id": sha256(f"{number} old".encode()),
            "new_content_id": sha256(f"{number} new".encode()),
        }
        row = {"url_id": number + 1, "ordinal": 1, "change_id": change_id, "fields": [], "times": "", "confirmed": True}
        seen = {"last_seen_before": after, "first_seen_after": after + timedelta(hours=chance.choice((1, 6, 24, 768)))}
        rows.append(row | contents | seen | {"oscillating": False})
        digest = sha256(" ".join(hunks).encode())
        kept.append(Kept(change_id, 2, 10, "none", undisclosed=True, types=(), edits_digest=digest, hunks=hunks))
    with catalog.writing() as connection:
        insert(connection, url_state, urls)
        insert(connection, changes, rows)
    keep(catalog, ENGINE, kept)
    return catalog


def test_the_groups_of_some_changes_are_those_of_all_changes_that_hold_any_of_them(edited: Catalog) -> None:
    every = changes_of(edited)
    found = findings_of(edited, (change.compared for change in every))
    observed = []
    for change in every:
        kept = found[change.compared]
        times = change.last_seen_before, change.first_seen_after
        hunks = frozenset(kept.hunks or ())
        observed.append(Observed(change.change_id, "demo", article_of(change), *times, kept.edits_digest, hunks))
    groups = {
        tuple(frozenset(one.change_id for one in some) for some in (g.changes, g.also)) for g in same_edits(observed)
    }
    seen = set()
    for start in range(0, CHANGES, ASKED):
        asked = every[start : start + ASKED]
        ids = {change.change_id for change in asked}
        whole = {
            tuple(frozenset(one.change_id for one in some) for some in (g.changes, g.also))
            for g in alike(edited, asked)
        }
        assert whole == {group for group in groups if any(ids & some for some in group)}
        seen |= whole
    assert seen == groups
    assert len(groups) > TEMPLATES
    assert any(also for _, also in groups)
