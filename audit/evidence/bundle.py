"""The files of a bundle, from what was collected. Pure: the same parts give the same bytes."""

from __future__ import annotations

from datetime import datetime

from articles.canonical import canonical
from audit.evidence.about import about
from audit.evidence.collect import Collected
from audit.evidence.places import ABOUT, ARTICLES, FINDINGS, OUTLET, WARC, path_of
from audit.evidence.told import package_fields, told
from audit.evidence.wacz import dumped, write_wacz
from audit.findings_json import to_json
from storage.groups import Member


def bundle(collected: Collected, *, created: datetime) -> bytes:
    """Return the WACZ. `created` (aware) is the one thing in it that does not follow from the archive."""
    warc, places = _joined(collected.members)
    old, new = collected.articles
    rests_on = about(collected, places)
    files = {
        WARC: warc,
        ABOUT: dumped(rests_on),
        FINDINGS: dumped(to_json(collected.findings)),
        OUTLET: dumped(collected.outlet.model_dump(mode="json")),
        ARTICLES["old"]: canonical(old),
        ARTICLES["new"]: canonical(new),
        **told(rests_on, old, new, collected.findings, warc),
        **{path_of(key): data for key, data in collected.objects.items()},
    }
    return write_wacz(files, package_fields(rests_on, old, new, created=f"{created:%Y-%m-%dT%H:%M:%SZ}"))


def _joined(members: tuple[Member, ...]) -> tuple[bytes, dict[tuple[str, int], int]]:
    """Return the WARC of all members, and where in it each begins, by its place in the archive."""
    parts: list[bytes] = []
    places, at = {}, 0
    for member in members:
        places[member.key, member.offset] = at
        parts.append(member.data)
        at += len(member.data)
    return b"".join(parts), places
