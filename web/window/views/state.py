"""One state as a text to be read."""

from __future__ import annotations

import json
from dataclasses import dataclass

from articles.article import Article
from audit.errors import StateUnknown
from storage.catalog.articles import article_json
from storage.catalog.catalog import Catalog
from web.window.views.article import StateShown, UrlShown
from web.window.views.evidence import SightingShown, evidence_of_state
from web.window.views.facts import Fact, facts_of
from web.window.views.happenings import LedTo


@dataclass(frozen=True)
class StateText:
    """A state with its article, what it rests on, and the change that followed.

    The article's own times stand in the zone that its page means. `followed_by` is None of the last state, and where
    the next one cannot be compared with it, or is not shown.
    """

    state: StateShown
    article: Article
    sightings: tuple[SightingShown, ...]
    followed_by: LedTo | None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the article says beside headline and text."""
        return facts_of(self.article)


def state_shown(catalog: Catalog, outlet: str, url: UrlShown, number: int) -> StateText:
    """Return one of the states that are shown, by its number, counted from 1. Raises StateUnknown."""
    state = next((one for one in url.states if one.number == number), None)
    if state is None:
        raise StateUnknown(f"{url.url} has no state {number}: it has {url.states_in_all}.")
    stored = article_json(catalog, state.content_id)
    if stored is None:
        raise StateUnknown(f"{url.url}: the archive does not hold the article {state.content_id}. Run verify.")
    following = next((one for one in url.states if one.number == number + 1), None)
    return StateText(
        state=state,
        article=Article.from_json(json.loads(stored)),
        sightings=evidence_of_state(catalog, outlet, state),
        followed_by=None if following is None else following.change,
    )
