"""An archive of a few articles that were edited in many ways, by one outlet in Chinese and one in English."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from articles.article import Agency, Article, Block, BlockKind, Image, Translation
from audit.upkeep import bring_up_to_date
from config.clock import Clock
from config.outlet import Outlet
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.exchange import Role
from storage.folder_store import FolderStore
from storage.rows import CaptureRow, ReadingRow
from tests.storage.catalog.observed import BEGIN, at, capture, commit, reading
from web.holdings import Holdings

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\x1b]0;owned\x07\u202egnp.exe\u2066"
    " & \"q\" 'a' {{7*7}} </title>"
)
HARBOR = "http://demo.example/CHINA/16435001.html"
SIDEBAR = "http://demo.example/side/16435001.html"
CHINESE = "http://zh.example/CHINA/16436001.html"
EVIL = "http://demo.example/CHINA/16437001.html?q=\"><script>alert(3)</script>&x=%22'"
GONE = "http://demo.example/CHINA/16438001.html"
FOOTERS = [f"http://demo.example/CHINA/{16439000 + number}.html" for number in range(7)]
_CST = timezone(timedelta(hours=8))
_TEXT = """\
The harbor authority said on Monday that its pilots had rehearsed berthing in thick fog for the first time this \
winter, and that 36 vessels took part in the exercise.
“We did not lose sight of a single buoy,” said Li Wei, a spokesperson for the authority, who was on the bridge of the \
first tug.
The exercise began at six in the morning, when the fog over the estuary was at its thickest, and ended before noon.
Local officials said the drill was a success.
Fishing boats had been asked to stay in port. Some did not, and were led back by two patrol boats.
A second rehearsal is planned for March, when ice drifts down the river and makes the channel narrow.
The lighthouse on the northern mole was lit throughout. Its keeper, who has served there for 22 years, counted the \
ships by their horns.
Analysts say that the port's traffic has grown by 4.2 percent since last year, most of it container ships from abroad.
The authority will publish a report in April.
Readers may write to the harbor office for the tide tables."""
_PARAGRAPHS = _TEXT.splitlines()
_HURT = "Two people were slightly hurt when a mooring line broke, a witness said."
STRAIGHT = "Quotation marks become curly"
TUG = "http://demo.example/att/tug.jpg"


def outlet(outlet_id: str, name: str, language: str) -> Outlet:
    """The file of an outlet of this archive."""
    return Outlet.model_validate(
        {
            "id": outlet_id,
            "name": name,
            "home": f"http://{outlet_id}.example/",
            "language": language,
            "timezone": "Asia/Shanghai",
            "sources": [{"url": f"http://{outlet_id}.example/index.html"}],
            "articles": [{"era": "2022", "cms": "cbf", "url": rf"http://{outlet_id}\.example/CHINA/(?P<id>\d+)\.html"}],
            "readers": ["pla-2022"],
        }
    )


OUTLETS = {one.id: one for one in (outlet("demo", "Harbor Daily", "en"), outlet("zh", "海港日报", "zh"))}


def harbor() -> tuple[Article, ...]:
    """An article in four states: edited heavily, then in small things, then its headline and image."""
    blocks = [Block(BlockKind.PARAGRAPH, text) for text in _PARAGRAPHS]
    blocks.insert(5, Block(BlockKind.SUBHEAD, "What comes next"))
    blocks.append(Block(BlockKind.CAPTION, "A tug in the fog. Photo by Wang Jing"))
    first = Article(
        "Harbor pilots rehearse berthing in fog",
        subtitle="First exercise of the winter",
        byline=("Chen Ze'an", "Li Ziyue"),
        editors=("Huang Panyue",),
        agency=Agency("Harbor Daily", "http://demo.example/"),
        published_at=datetime(2026, 1, 1, 13, 30, tzinfo=_CST),
        section=("Home", "Port"),
        language="en",
        blocks=tuple(blocks),
        images=(Image(TUG, "A tug in the fog.", "Wang Jing"),),
        links=("http://demo.example/tides.html",),
        translation=Translation("Translated from Chinese by the Harbor Daily.", "zh.example", CHINESE, "zh", "en"),
    )
    edited = list(first.blocks)
    edited[0] = replace(edited[0], text=edited[0].text.replace("36 vessels", "63 vessels"))
    edited[1] = replace(
        edited[1], text=edited[1].text.replace("We did not lose sight", "We lost sight").replace("of a single", "of a")
    )
    edited[3] = replace(edited[3], text="Local officials claimed the drill was a success.")
    moved = edited.pop(4)
    edited.insert(7, moved)
    del edited[9]
    edited.insert(
        8, Block(BlockKind.PARAGRAPH, "Two people were slightly hurt when a mooring line broke, a witness said.")
    )
    second = replace(
        first,
        headline="Harbor pilots fail first rehearsal of berthing in fog",
        blocks=tuple(edited),
        editors=("Dora Muster",),
        translation=None,
        published_at=datetime(2026, 1, 1, 15, 30, tzinfo=_CST),
    )
    small = list(second.blocks)
    small[2] = replace(small[2], text=small[2].text.replace("when the fog", "as the fog"))
    third = replace(second, blocks=tuple(small))
    fourth = replace(
        third,
        headline="Harbor pilots rehearse again",
        correction="An earlier version named 36 vessels.",
        images=(),
    )
    return first, second, third, fourth


def chinese() -> tuple[Article, Article]:
    """An article in Chinese, in two states."""
    texts = (
        "中国海军某部近日在南海海域组织实战化演练，共有12艘舰艇和8架直升机参加。",
        "演练持续三天，内容包括编队航行、联合搜救和夜间补给。",
        "发言人表示，演练没有针对任何第三方。",
        "据了解，参演官兵平均年龄二十六岁，其中不少人是第一次参加远海训练。",
    )
    first = Article(
        "海军舰艇编队开展实战化演练",
        editors=("王心娟",),
        language="zh",
        blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts),
    )
    changed = [
        texts[0].replace("12艘", "21艘").replace("南海", "东海"),
        texts[1],
        texts[2].replace("没有针对", "针对"),
        texts[3],
    ]
    return first, replace(first, blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in changed))


def evil() -> tuple[Article, Article]:
    """An article that would like to run in the window."""

    def said(number: str) -> Article:
        return Article(
            f"{HOSTILE} {number}",
            byline=(HOSTILE,),
            editors=(f"{HOSTILE} {number}",),
            agency=Agency(HOSTILE, f"javascript:alert({number})"),
            language='en" onmouseover="alert(4)',
            blocks=(Block(BlockKind.PARAGRAPH, f"{HOSTILE} counts {number} things."),),
            translation=Translation(HOSTILE, HOSTILE, f"javascript:alert({number})"),
        )

    return said("12"), said("92")


def footer(number: int, word: str) -> Article:
    """One of many articles below which the same words stand."""
    texts = (
        f"Story {number} tells of something that happened on pier {number}.",
        f"{word} this story with your friends.",
    )
    return Article(f"Pier {number} reopens", language="en", blocks=tuple(Block(BlockKind.PARAGRAPH, t) for t in texts))


class _Rows:
    def __init__(self) -> None:
        self.captures: list[CaptureRow] = []
        self.readings: list[ReadingRow] = []

    def seen(self, url: str, hours: float, what: Article, outlet: str = "demo") -> None:
        row = capture(url, hours, outlet=outlet)
        self.captures.append(row)
        self.readings.append(reading(row, what))

    def put(self, archive: Archive) -> None:
        commit(archive, self.captures, self.readings)


def made(folder: Path) -> Holdings:
    """Return the holdings of such an archive, made in a folder."""
    archive = Archive.open(FolderStore(folder / "archive"), create=True, single_writer=True)
    rows = _Rows()
    first, second, third, fourth = harbor()
    for hours, what in ((0, first), (3, first), (6, second), (27, second), (51, second), (75, third), (99, third)):
        rows.seen(HARBOR, hours, what)
    rows.seen(HARBOR, 171, fourth)
    rows.seen(SIDEBAR, 8, second)
    for hours, status in ((123, 404), (147, 404)):
        rows.captures.append(capture(HARBOR, hours, status=status))
    for hours, what in ((1, evil()[0]), (25, evil()[1]), (49, evil()[1])):
        rows.seen(EVIL, hours, what)
    rows.seen(GONE, 2, footer(99, "Share"))
    rows.captures += [
        capture(GONE, 26, status=301, location="http://demo.example/CHINA/elsewhere.html"),
        capture(GONE, 50, status=403),
        capture(GONE, 74, status=404),
        capture(GONE, 98, status=404),
    ]
    for number, url in enumerate(FOOTERS):
        for hours, word in ((4, "Share"), (28, "Send"), (52, "Send")):
            rows.seen(url, hours + number / 60, footer(number, word))
    rows.seen("http://demo.example/CHINA/16439900.html", 60, footer(3, "Send"))
    for hours, quotes in ((5, '""'), (29, "“”"), (53, "“”")):
        said = Block(BlockKind.PARAGRAPH, f"The pilot said: {quotes[0]}We saw it all.{quotes[1]}")
        rows.seen("http://demo.example/CHINA/16439800.html", hours, Article(STRAIGHT, language="en", blocks=(said,)))
    for hours, digest in ((0.2, "sha256:aa"), (6.2, "sha256:bb")):
        about = {
            "role": Role.REQUISITE,
            "article_url": HARBOR,
            "mime": "image/jpeg",
            "body_digest": digest,
            "key": None,
        }
        rows.captures.append(capture("http://demo.example/att/tug.jpg", hours, **about))
    rows.put(archive)
    rows = _Rows()
    for hours, what in ((0, chinese()[0]), (24, chinese()[1]), (48, chinese()[1])):
        rows.seen(CHINESE, hours, what, "zh")
    rows.put(archive)
    catalog = Catalog.open(f"sqlite:///{folder / 'catalog.sqlite'}")
    catalog.sync(archive)
    bring_up_to_date(catalog)
    return Holdings(archive, catalog, OUTLETS, Clock(at(200) - datetime.now(BEGIN.tzinfo)))
