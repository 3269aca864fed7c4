"""The lines around a headline: `Source`, `Editor`, `Time` and their Chinese counterparts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml.etree import _Element

from articles.article import Agency
from articles.people import people

_LABELS = {
    "source": "agency",
    "来源": "agency",
    "editor": "editors",
    "editors": "editors",
    "责任编辑": "editors",
    "责编": "editors",
    "编辑": "editors",
    "time": "published",
    "date": "published",
    "发布": "published",
    "发布时间": "published",
    "时间": "published",
    "author": "byline",
    "authors": "byline",
    "by": "byline",
    "作者": "byline",
}
_LABELLED = re.compile(r"(?P<label>[^:：]{1,12}?) ?[:：] ?(?P<value>.*)", re.DOTALL)  # of what `shown` returns


@dataclass(frozen=True)
class Fact:
    """A label and its value, as the page shows them, with the value's first link."""

    label: str
    value: str
    link: str | None = None


@dataclass
class Facts:
    """What the facts of a page say. `unknown` are labels that nobody has told us about."""

    byline: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    agency: Agency | None = None
    published: str | None = None
    unknown: tuple[str, ...] = ()


def facts_in(elements: Iterable[_Element]) -> list[Fact]:
    """Return the facts in `dt`/`dd` pairs, and in elements whose text is `label: value`."""
    facts: list[Fact] = []
    label = ""
    for element in elements:
        if element.tag == "dt":
            label = shown(element).rstrip(":：").strip()
        elif element.tag == "dd":
            facts.append(Fact(label, shown(element), _link(element)))
            label = ""
        elif found := _LABELLED.fullmatch(shown(element)):
            facts.append(Fact(found["label"].strip(), found["value"].strip(), _link(element)))
    return facts


def read_facts(facts: Iterable[Fact], absolute: Callable[[str], str | None]) -> Facts:
    """Sort facts by what their labels mean. An empty value says nothing; of two with one meaning the first counts."""
    result = Facts()
    unknown = []
    for fact in facts:
        meaning = _LABELS.get(fact.label.lower())
        if meaning is None:
            unknown.append(fact.label)
        elif fact.value and not getattr(result, meaning):
            if meaning == "agency":
                result.agency = Agency(fact.value, absolute(fact.link) if fact.link else None)
            elif meaning == "published":
                result.published = fact.value
            else:
                setattr(result, meaning, people(fact.value))
    result.unknown = tuple(dict.fromkeys(unknown))
    return result


def shown(element: _Element) -> str:
    """Return an element's text on one line, without comments."""
    return " ".join("".join(map(str, element.itertext())).split())


def _link(element: _Element) -> str | None:
    return next((link.get("href") for link in element.iter("a")), None)
