"""A robots.txt with thousands of agents is read in no time, and says what it says."""

from __future__ import annotations

import random

from scrapy.robotstxt import ProtegoRobotParser

from crawlers.robots import MOST_BYTES, PRODUCT, with_few_agents
from tests.processor_time import at_most

URLS = [f"http://a.example/{path}" for path in ("", "a", "b/c", "z")]
FIELDS = ("User-agent: ", "user-agent:", "USERAGENT ", "User Agent: ", "user  agent ", "User-agents: ", "User-agent")
NAMES = (
    "*",
    "**",
    "a",
    "Palimpsest",
    "palim*",
    "palimpsestbot",
    "p",
    "x:1",
    "x: 1",
    "",
    "A # b",
    "*p",
    "Palimpsest/1.0",
)
RULES = (
    "Disallow: /",
    "Allow: /a",
    "Disallow: /b",
    "Crawl-delay: 5",
    "Sitemap: http://a.example/s",
    "",
    "# x",
    "Odd: 1",
)


def said(body: bytes) -> list[object]:
    rules = ProtegoRobotParser(body, None)
    return [rules.crawl_delay(PRODUCT), *(rules.allowed(url, PRODUCT) for url in URLS)]


def test_of_us_it_says_the_same() -> None:
    chance = random.Random(1)
    heard = set()
    for _ in range(3000):
        lines = [
            chance.choice(FIELDS) + chance.choice(NAMES) if chance.random() < 0.5 else chance.choice(RULES)
            for _ in range(chance.randrange(1, 10))
        ]
        body = chance.choice(["\n", "\r\n", "\r"]).join(lines).encode()
        assert said(with_few_agents(body)) == said(body), body
        heard.add(tuple(said(body)))
    assert len(heard) > 6


def test_many_agents_with_many_rules_take_no_time() -> None:
    for agent in ("User-agent: a%d\n", "User-agent a:%d\n"):
        half = MOST_BYTES // 2
        agents = "".join(agent % n for n in range(half // 16)) + "".join(
            f"User-agent: {'*' * n}p\n" for n in range(500)
        )
        rules = "".join(f"Disallow: /{n}\n" for n in range(half // 17))
        with at_most(10):
            assert not ProtegoRobotParser(with_few_agents((agents + rules).encode()), None).allowed(URLS[0] + "1", "p")
