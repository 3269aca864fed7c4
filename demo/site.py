"""The site as it stands on one day: what it answers to a path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from demo import pages
from demo.assets import assets
from demo.images import png
from demo.markup import Surroundings
from demo.script import BASE, Newsroom, Shown, newsroom
from demo.stories import BILINGUAL, DEAD_LINK, DIVERS, KITCHEN, LATEST, SECTIONS, SOFT_404, TRAINING, VOICE, premieres
from demo.story import BEIJING, Section, Story

ROBOTS = "User-agent: *\nDisallow: /ysym/\n"


@dataclass(frozen=True)
class Answer:
    """What the site has at a path, before HTTP's conditions and codings. `has_etag` asks for one made of the bytes."""

    status: int
    content_type: str
    body: bytes
    has_etag: bool = False
    last_modified: datetime | None = None
    compressible: bool = False


class Site:
    """The outlet on `day`, at `origin` (`http://host:port`); day 0 is the date `base` in Beijing.

    The shared parts of all pages (teasers, make times) are those of the day; of day 0 on a frozen site, so that there
    a page's bytes change only when its article does.
    """

    def __init__(self, origin: str, day: int, base: date = BASE, *, frozen: bool = False) -> None:
        if day < 0:
            raise ValueError(f"the script begins on day 0, not {day}")
        self._base = base
        self._template_day = 0 if frozen else day
        self._around = Surroundings(origin, self._at(self._template_day), _teasers(newsroom(self._template_day, base)))
        self._pages: dict[str, Callable[[], Answer]] = {}
        self._answers: dict[str, Answer] = {}
        self._lay_out(newsroom(day, base))

    def answer(self, path: str) -> Answer:
        """Return what the site has at `path` (no query); a path that leads nowhere gets the 404 shell."""
        if path not in self._answers:  # two threads may render the same page: both get the same bytes
            make = self._pages.get(path)
            self._answers[path] = self._missing(404) if make is None else make()
        return self._answers[path]

    def _at(self, day: int) -> datetime:
        return datetime.combine(self._base + timedelta(days=day), time(0, 30), BEIJING)

    def _missing(self, status: int) -> Answer:
        return Answer(status, "text/html", pages.shell(self._around.origin).encode())

    def _lay_out(self, room: Newsroom) -> None:
        self._pages["/robots.txt"] = partial(Answer, 200, "text/plain", ROBOTS.encode())
        self._pages["/"] = self._pages["/index.html"] = self._front
        for path, (kind, body) in assets().items():
            self._pages[path] = partial(
                Answer, 200, kind, body, True, self._at(-30), compressible=kind.startswith(("text/", "application/"))
            )
        for premiere in premieres(self._base):  # files stay where they are when their article goes
            for block in premiere.story.pictures:
                self._pages[premiere.story.picture_path(block)] = partial(self._picture, premiere.story, block.picture)
        for section in SECTIONS:
            self._lay_out_listing(section, room)
        for shown in room.shown:
            for number in range(1, len(shown.story.pages) + 1):
                fails = shown.story.id in room.failing
                self._pages[shown.story.page_path(number)] = (
                    self._failing if fails else partial(self._article, shown, number)
                )
        self._pages[f"/{LATEST.folder}/{SOFT_404}.html"] = partial(self._missing, 200)

    def _lay_out_listing(self, section: Section, room: Newsroom) -> None:
        lines = [
            pages.Line(s.path, s.headline, s.published_at, next((s.picture_path(block) for block in s.pictures), ""))
            for s in (shown.story for shown in room.shown)
            if s.section == section and s.id not in room.unlisted
        ]
        if section == LATEST:  # links to what isn't there
            for number in (DEAD_LINK, SOFT_404):
                lines.insert(3, pages.Line(f"/{section.folder}/{number}.html", "Notice", self._at(-1)))
        count = -(-len(lines) // pages.PER_PAGE)
        for number in range(1, count + 1):
            some = lines[(number - 1) * pages.PER_PAGE : number * pages.PER_PAGE]
            name = "index.html" if number == 1 else f"index_{number}.html"
            self._pages[f"/{section.folder}/{name}"] = partial(self._listing, section, number, count, some)

    def _front(self) -> Answer:
        return Answer(200, "text/html", pages.front_page(SECTIONS, self._around).encode())

    def _listing(self, section: Section, number: int, count: int, lines: list[pages.Line]) -> Answer:
        body = pages.listing_page(section, number, count, lines, self._around).encode()
        return Answer(
            200, "text/html; charset=utf-8", body, has_etag=section == TRAINING, compressible=section == LATEST
        )

    def _article(self, shown: Shown, number: int) -> Answer:
        """Return a page of an article. Which validators it has depends on the section, as on a grown site."""
        section = shown.story.section
        made_at = self._at(max(shown.edited_on, self._template_day))
        body = pages.article_page(shown.story, number, self._around, made_at).encode()
        return Answer(
            200,
            "text/html" if section == BILINGUAL else "text/html; charset=utf-8",
            body,
            has_etag=section not in (BILINGUAL, VOICE) and shown.story.id % 3 != 0,
            last_modified=None if section in (BILINGUAL, TRAINING) else made_at,
            compressible=section in (TRAINING, VOICE),
        )

    def _picture(self, story: Story, seed: str) -> Answer:
        return Answer(200, "image/png", png(seed), True, story.filed_at)

    def _failing(self) -> Answer:
        return Answer(503, "text/html", b"<html><body><h1>503 Service Unavailable</h1></body></html>\n")


def _teasers(room: Newsroom) -> tuple[Story, ...]:
    """Return the nine stories that stand beside every page on a day: others each day."""
    stories = [shown.story for shown in room.shown if shown.story.id not in (KITCHEN, DIVERS)]  # going to vanish
    first = room.day * 4 % len(stories)
    return tuple((stories[first:] + stories[:first])[:9])
