"""The model of an outlet file: where a publication announces pages, what article URLs look like, how often to look.

Every key is explained for people in docs/add_an_outlet.md; a test compares the two.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Annotated, Final, Literal
from urllib.parse import urldefrag, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ByteSize, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from config.cron import check_cron
from config.durations import Duration

Loc = tuple[str | int, ...]
"""A place in an outlet file: keys and places in lists, from the top."""

IN_PLACES: Final = "in_places"
"""The type of an error that has `places` in its context: pairs of a Loc and what is wrong there."""

_LONGEST_URL = 2048  # no outlet writes a longer one by hand; patterns are not run over what a hostile page makes up
_RESERVED_IDS = frozenset({"anchors", "probes"})  # folders of their own beside the outlets' (storage/keys.py)
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


def _check_id(text: str) -> str:
    if text in _RESERVED_IDS:
        raise ValueError(f"{text!r} is a name that the archive uses itself: choose another")
    return text


def _check_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # not found; a folder such as "Asia"; a path such as "../x"
        raise ValueError(f"{name!r} is no time zone of the IANA database: write Asia/Shanghai, UTC or such") from None
    return name


def page_address(url: str) -> str:
    """Return the http or https address of a page. Raises ValueError where it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise ValueError(f"{url!r} is no URL: {wrong}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise ValueError(f"{url!r} is no address of a page: write http://host/… or https://host/…")
    if parts.username is not None or parts.fragment or re.search(r"[\s\x00-\x20]", url):
        raise ValueError(f"{url!r} must have no user name, no fragment and no blank in it")
    return url


def _check_pattern(pattern: str) -> str:
    try:
        groups = re.compile(pattern).groupindex
    except re.error as wrong:
        raise ValueError(f"this regular expression does not compile: {wrong}") from None
    if "id" not in groups:
        raise ValueError("the pattern needs a group (?P<id>…): the article's number, the same on all its pages")
    if unknown := sorted(set(groups) - {"id", "page"}):
        raise ValueError(f"the pattern names groups that mean nothing here: {', '.join(unknown)} (known: id, page)")
    if groups.get("page", len(groups) + 1) < groups["id"]:
        raise ValueError("the group page must come after the group id: what lies between them is cut for page 1")
    return pattern


def _check_ladder(ages: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
    if any(later <= earlier for earlier, later in zip((timedelta(0), *ages), ages, strict=False)):
        raise ValueError("the ages must rise, each above the one before, the first above zero")
    return ages


def _check_range(least_and_most: tuple[int, int]) -> tuple[int, int]:
    if not 0 <= least_and_most[0] <= least_and_most[1]:
        raise ValueError("write [least, most], neither below zero")
    return least_and_most


Share = Annotated[float, Field(ge=0, le=1)]
Url = Annotated[str, AfterValidator(page_address)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
ReaderName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,47}$")]


class _Fact(BaseModel):
    """A part of an outlet file: can't be changed, and a key that means nothing is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Politeness(_Fact):
    """How we behave on the outlet's hosts. Robots.txt and Retry-After are honoured whatever stands here."""

    delay: Duration = timedelta(seconds=5)
    jitter: Share = 0.5
    concurrency: Annotated[int, Field(ge=1, le=16)] = 1
    timeout: Annotated[Duration, Field(gt=timedelta(0))] = timedelta(seconds=60)
    retries: Annotated[int, Field(ge=0, le=10)] = 2
    max_size: Annotated[ByteSize, Field(ge=1024)] = ByteSize(32 * 1024 * 1024)


class Source(_Fact):
    """A page on which the outlet announces others."""

    kind: Literal["listing", "feed", "sitemap"] = "listing"
    url: Url
    pages: Annotated[int, Field(ge=1, le=10_000)] = 1
    probe: bool = False


class ArticlePattern(_Fact):
    """What the URL of an article looked like in one era of the outlet."""

    era: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,31}$")]
    cms: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,31}$")]
    url: Annotated[str, AfterValidator(_check_pattern)]

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The regular expression; it has to fit the whole URL."""
        return re.compile(self.url)


class Requisites(_Fact):
    """Whether style sheets, images, scripts and fonts of a page are captured too."""

    capture: bool = True
    other_hosts: bool = True
    refresh: Duration = 30 * _DAY


def _check_eras(patterns: tuple[ArticlePattern, ...]) -> tuple[ArticlePattern, ...]:
    eras = [pattern.era for pattern in patterns]
    _refuse(
        [
            (("articles", place, "era"), f"an era is described once, {eras[place]} is above already")
            for place in _again(eras)
        ]
    )
    return patterns


def _check_sources(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    urls = [source.url for source in sources]
    _refuse(
        [
            (("sources", place, "url"), f"a source is named once, {urls[place]} is above already")
            for place in _again(urls)
        ]
    )
    return sources


def _again(values: Sequence[str]) -> Iterator[int]:
    """Yield the places of values that stand further up too."""
    return (place for place, value in enumerate(values) if value in values[:place])


def _refuse(wrong: Sequence[tuple[Loc, str]]) -> None:
    """Raise what is wrong in several places of the file at once, if anything is; config.outlet_file takes it apart."""
    if wrong:
        words = "; ".join(message for _, message in wrong)
        raise PydanticCustomError(IN_PLACES, "{words}", {"words": words, "places": tuple(wrong)})


class Expectations(_Fact):
    """What a healthy crawl looks like. Missing one marks the crawl degraded; it never drops a page."""

    new_articles_a_day: Annotated[tuple[int, int], AfterValidator(_check_range)] | None = None
    filled: dict[Name, Share] = Field(default_factory=dict)
    max_failed_share: Share = 0.1
    max_disappeared_share: Share = 0.1


@dataclass(frozen=True)
class ArticleMatch:
    """What an article's URL says: era, article key, which page of the article it is, and the URL of page 1."""

    era: str
    key: str
    page: int
    first_url: str


class Outlet(_Fact):
    """A publication that we archive. `model_dump(mode="json")` and `model_validate` are inverses."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,30}[a-z0-9]$"), AfterValidator(_check_id)]
    name: Annotated[str, Field(min_length=1)]
    home: Url
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    timezone: Annotated[str, AfterValidator(_check_zone)]
    schedule: Annotated[str, AfterValidator(check_cron)] = "0 */3 * * *"
    politeness: Politeness = Politeness()
    sources: Annotated[tuple[Source, ...], Field(min_length=1), AfterValidator(_check_sources)]
    articles: Annotated[tuple[ArticlePattern, ...], Field(min_length=1), AfterValidator(_check_eras)]
    readers: Annotated[tuple[ReaderName, ...], Field(min_length=1)]
    ladder: Annotated[tuple[Duration, ...], AfterValidator(_check_ladder)] = (
        3 * _HOUR,
        6 * _HOUR,
        12 * _HOUR,
        *(days * _DAY for days in (1, 2, 4, 8, 16, 32)),
    )
    audit_share: Share = 0.001
    unconditional_share: Share = 0.1
    confirm_after: Duration = timedelta(seconds=60)
    requisites: Requisites = Requisites()
    expectations: Expectations = Expectations()
    # Checked against what stands above it, also where it is not given: it has to stay the last.
    allow_private: Annotated[bool, Field(validate_default=True)] = False

    @field_validator("allow_private")
    @classmethod
    def _check_private(cls, allowed: bool, info: ValidationInfo) -> bool:
        urls: list[tuple[Loc, str]] = [(("home",), info.data["home"])] if "home" in info.data else []
        urls += [(("sources", place, "url"), source.url) for place, source in enumerate(info.data.get("sources", ()))]
        why = "is a private address: nothing is sent there unless allow_private is true"
        _refuse([(loc, f"{url} {why}") for loc, url in urls if not allowed and _is_private(url)])
        return allowed

    @property
    def zone(self) -> ZoneInfo:
        """The outlet's own time zone: its schedule runs in it, and times without a zone on its pages are read in it."""
        return ZoneInfo(self.timezone)

    def match(self, url: str) -> ArticleMatch | None:
        """Return what `url` says if it is the URL of an article (or of a further page of one), else None.

        A fragment is ignored. The patterns are tried in their order and must fit the whole URL; the first that does
        decides. The URL of page 1 is `url` without what lies between the end of the id and the end of the page number.
        """
        if len(url) > _LONGEST_URL:
            return None
        url = urldefrag(url).url if "#" in url else url
        for pattern in self.articles:
            if found := pattern.compiled.fullmatch(url):
                page = found.groupdict().get("page")
                first_url = url if page is None else url[: found.end("id")] + url[found.end("page") :]
                return ArticleMatch(pattern.era, f"{self.id}:{pattern.cms}:{found['id']}", int(page or 1), first_url)
        return None

    def rebased(self, home: str) -> Outlet:
        """Return the same outlet with `home`, and the sources below the old home, moved to another base address.

        For a site whose port is known only once it runs (the demo outlet). Patterns stay as they are.
        """
        dump = self.model_dump(mode="json")
        old = self.home.rstrip("/")
        for place in (dump, *dump["sources"]):
            key = "home" if place is dump else "url"
            if place[key] == old or place[key].startswith(old + "/"):
                place[key] = home.rstrip("/") + place[key][len(old) :]
        return Outlet.model_validate(dump)


def _is_private(url: str) -> bool:
    try:
        return not ipaddress.ip_address(urlsplit(url).hostname or "").is_global
    except ValueError:  # a name: the crawl's resolver judges what it leads to
        return urlsplit(url).hostname == "localhost"
