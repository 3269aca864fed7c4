"""Images whose bytes became others under the same URL."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.catalog.images import replaced_images
from storage.exchange import Outcome, Role
from storage.folder_store import FolderStore
from storage.rows import CaptureRow
from tests.storage.catalog.observed import OTHER, URL, article, at, capture, commit, reading, revisit

PICTURE = "http://demo.example/att/1.jpg"


def image(hours: float, body: str | None, **said: object) -> CaptureRow:
    return capture(PICTURE, hours, **{
        "role": Role.REQUISITE, "article_url": URL, "mime": "image/jpeg", "body_digest": body, "key": None, **said,
    })  # fmt: skip


def test_other_bytes_under_the_same_url_are_told_with_their_interval(archive: Archive, catalog: Catalog) -> None:
    pages = [capture(hours=hours) for hours in (0, 24, 48)]
    first = image(0.01, "sha256:old")
    same = revisit(first, 24.01, not_modified=True, mime=None)
    other = image(48.01, "sha256:new")
    commit(archive, [*pages, first, same, other], [reading(page, article()) for page in pages])
    catalog.sync(archive)
    (found,) = replaced_images(catalog)
    assert (found.url, found.image_url, found.headline) == (URL, PICTURE, "Drill ends")
    assert (found.old_digest, found.new_digest) == ("sha256:old", "sha256:new")
    assert (found.last_seen_before, found.first_seen_after) == (at(24.01), at(48.01))
    assert (found.old_record_id, found.new_record_id) == (same.record_id, other.record_id)
    assert not found.with_change
    assert replaced_images(catalog, since=at(49)) == []
    assert replaced_images(catalog, outlet="another") == []
    assert replaced_images(catalog, outlet="demo", since=at(48)) == [found]


def test_an_article_that_changed_with_its_image_says_so(archive: Archive, catalog: Catalog) -> None:
    before, after = capture(hours=0), capture(hours=24)
    images = [image(0.01, "sha256:old"), image(24.01, "sha256:new")]
    commit(archive, [before, after, *images], [reading(before, article()), reading(after, article("Other"))])
    catalog.sync(archive)
    assert [found.with_change for found in replaced_images(catalog)] == [True]


def test_what_is_no_other_image_is_no_replacement(archive: Archive, catalog: Catalog) -> None:
    commit(archive, [
        image(0, "sha256:old"),
        image(3, "sha256:error page", mime="text/html"),
        image(6, "sha256:missing", status=404),
        image(9, None, outcome=Outcome.TIMEOUT, status=None, mime=None),
        image(12, "sha256:cut off", outcome=Outcome.TRUNCATED, truncated="length"),
        image(15, "sha256:old"),
        image(0, "sha256:logo", article_url=None),  # of the page around the article
        capture("http://demo.example/att/2.jpg", 3, role=Role.REQUISITE, article_url=OTHER, body_digest="sha256:new"),
    ])  # fmt: skip
    catalog.sync(archive)
    assert replaced_images(catalog) == []


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from("AAB"), min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_commits_makes_no_difference(bodies: list[str], chance: random.Random) -> None:
    rows = [image(24 * day, f"sha256:{body}") for day, body in enumerate(bodies)]
    expected = [at(24 * day) for day in range(1, len(bodies)) if bodies[day] != bodies[day - 1]]
    chance.shuffle(rows)
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive.open(FolderStore(Path(folder) / "archive"), create=True, single_writer=True)
        catalog = Catalog.open(f"sqlite:///{folder}/catalog.sqlite")
        for row in rows:
            commit(archive, [row])
        catalog.sync(archive)
        found = replaced_images(catalog)
        catalog.close()
    assert [one.first_seen_after for one in reversed(found)] == expected
