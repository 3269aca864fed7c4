"""Opening what a command works on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

WORTH_SHOWING = 1000
"""So many changes or articles take about a second."""

if TYPE_CHECKING:
    from config.settings import Settings
    from flows.steps.place import Place


def settings_with(archive: str | None) -> Settings:
    """Load the settings; `--archive` wins over all other places."""
    from config.settings import load_settings

    return load_settings(**({} if archive is None else {"archive": archive}))


def place_of(settings: Settings, *, outlet: str | None = None) -> Place:
    """Open the archive and bring the catalog up to its newest commit.

    `outlet` is what `--outlet` asks for; raises OutletUnknown where neither the archive nor an outlet file has it.
    """
    from flows.steps.place import open_place
    from storage.catalog.crawls import crawled_outlets

    place = open_place(settings)
    place.catalog.sync(place.archive)
    check_outlet_known(outlet, crawled_outlets(place.catalog), settings)
    return place


def check_outlet_known(outlet: str | None, archived: Iterable[str], settings: Settings) -> None:
    """Raise OutletUnknown where what `--outlet` asks for is neither among the archived outlets nor has a file.

    An outlet that nobody describes any more is still in the archive, and one that was never crawled is not yet there:
    only a name that neither knows was misspelt.
    """
    from config.errors import OutletUnknown
    from config.outlet_file import outlet_ids

    known = {*archived, *outlet_ids(settings.outlets)}
    if outlet is not None and outlet not in known:
        raise OutletUnknown(outlet, known)


def audited(place: Place) -> Place:
    """Compare the states of all changes that nobody has compared yet, index new texts, and return the place."""
    from audit.upkeep import bring_up_to_date

    with _shown_from_a_second_on() as show:
        bring_up_to_date(place.catalog, show)
    return place


def searchable(place: Place) -> Place:
    """Index the texts that are not indexed yet, and return the place."""
    from storage.catalog.phrase_index import index_phrases

    with _shown_from_a_second_on() as show:
        index_phrases(place.catalog, lambda done, total: show("index", done, total))
    return place


@contextmanager
def _shown_from_a_second_on() -> Iterator[Callable[[str, int, int], None]]:
    from flows.steps.progress import Progress, ProgressEvent
    from palimpsest.progress import shown_progress

    with ExitStack() as stack:
        progress: Progress | None = None

        def show(stage: str, done: int, total: int) -> None:
            nonlocal progress
            if total > WORTH_SHOWING:
                progress = progress or stack.enter_context(shown_progress())
                progress(ProgressEvent(stage, done, total))

        yield show
