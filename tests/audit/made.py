"""Articles for tests: from a few texts, and made by the dice; and what the audit finds between two of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

from hypothesis import strategies as st

from articles.article import Agency, Article, Block, BlockKind, Image, Translation
from audit.compare import compare
from audit.edit import Edit

NOON = datetime(2026, 1, 23, 12, tzinfo=UTC)

WORDS = (
    *("the", "of", "said", "claimed", "not", "never", "General", "major", "Japan", "China", "Li", "Wei", "12", "92"),
    *("1.5 billion", "May 4", "2019", "killed", "reportedly", "may", "officials", "a senior official", "missiles"),
    *("“research”", '"patience"', "it's", "couldn't", "attacked", "started", "began", "recieved", "received", "e-mail"),
    *(
        "据称",
        "没有",
        "少将",
        "发言人陈远舟",
        "12人死亡",
        "“科考”",
        "。",
        "？",
        "１２",
        "\u200b",
        "\u00a0",
        "e\u0301",
        "\U0001f680",
    ),
)
PUNCTUATION = (" ", " ", " ", ", ", ". ", "? ", "! ", "; ", " — ", ". “", "” ", "\n", "。", "")


def article(*texts: str, **fields: Any) -> Article:
    """Return an article whose body is these paragraphs."""
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
    return replace(Article("Reservoir watched", language="en", blocks=blocks), **fields)


def edits(old: str, new: str) -> tuple[Edit, ...]:
    """Return the edits between two articles of one paragraph, whose script tells the language."""
    language = "zh" if "\u3400" < max(old) < "\uff00" else "en"
    return compare(article(old, language=language), article(new, language=language)).edits


def text(dice: Random) -> str:
    """Return a text of a few words, some of them troublesome."""
    if dice.random() < 0.05:
        return dice.choice(("", " ", "\n", "\u202e", "é", "e\u0301", '"', "”"))
    words = "".join(dice.choice(WORDS) + dice.choice(PUNCTUATION) for _ in range(dice.randint(1, 16)))
    return words + (" " + text(dice) if dice.random() < 0.3 else "")


def maybe(dice: Random) -> str | None:
    """Return a text, or more often none."""
    return text(dice) if dice.random() < 0.4 else None


def some(dice: Random, *items: str) -> tuple[str, ...]:
    """Return a few of the items, in any order."""
    return tuple(dice.sample(items, dice.randint(0, min(3, len(items)))))


def _image(dice: Random) -> Image:
    return Image(f"http://outlet.example/{dice.choice('ab')}.jpg?v={dice.choice('12')}", maybe(dice), maybe(dice))


def _translation(dice: Random) -> Translation:
    return Translation(
        text(dice), dice.choice((None, "81.cn")), dice.choice((None, "http://81.cn/1.html")), edited_by=maybe(dice)
    )


def _moment(dice: Random) -> datetime | None:
    zone = timezone(timedelta(hours=dice.choice((0, 8))))
    return None if dice.random() < 0.4 else (NOON + timedelta(hours=dice.randint(0, 2))).astimezone(zone)


def whole(dice: Random) -> Article:
    """Return an article with any of its fields."""
    people = ("Li Ziyue", "Huang Panyue", "Chen Ze'an", "王心娟")
    return Article(
        headline=text(dice), kicker=maybe(dice), subtitle=maybe(dice), byline=some(dice, *people),
        editors=some(dice, *people), agency=dice.choice((None, Agency("Xinhua"), Agency("CMO", "http://x.example"))),
        published_at=_moment(dice), modified_at=_moment(dice), section=some(dice, "China", "World", "Drill"),
        language=dice.choice((None, "en", "zh", "ja", "en-US")),
        blocks=tuple(Block(dice.choice(list(BlockKind)), text(dice)) for _ in range(dice.randint(0, 7))),
        images=tuple(_image(dice) for _ in range(dice.randint(0, 2))),
        links=some(dice, "http://a.example/1", "https://a.example/1", "http://b.example", "http://c.example/é"),
        correction=maybe(dice), keywords=some(dice, "drill", "navy", "dam"),
        translation=dice.choice((None, _translation(dice))),
    )  # fmt: skip


def edit(dice: Random, old: Article) -> Article:
    """Return an article with some of its fields, and of its words, changed."""
    other = whole(dice)
    taken = [name for name in Article.__dataclass_fields__ if dice.random() < 0.15]
    kept = [replace(block, text=_retold(dice, block.text)) for block in old.blocks if dice.random() > 0.1]
    if dice.random() < 0.3:
        dice.shuffle(kept)
    added = other.blocks if dice.random() < 0.2 else ()
    changes = {name: getattr(other, name) for name in taken} | {"blocks": (*kept, *added)}
    if dice.random() < 0.4:
        changes["headline"] = _retold(dice, old.headline)
    return replace(old, **changes)


def _retold(dice: Random, told: str) -> str:
    if dice.random() < 0.5:
        return told
    words = told.split(" ")
    at = dice.randint(0, len(words))
    words[at : at + dice.randint(0, 2)] = [dice.choice(WORDS) for _ in range(dice.randint(0, 2))]
    return " ".join(words)


def pair_of(seed: int) -> tuple[Article, Article]:
    """Return an article and an edited copy of it."""
    dice = Random(seed)
    old = whole(dice)
    return old, edit(dice, old)


# From one number, since hypothesis needs a second to draw an article field by field, and a test takes hundreds.
articles = st.integers(0, 2**32).map(lambda seed: whole(Random(seed)))
pairs = st.integers(0, 2**32).map(pair_of)


def illustrated(seed: int) -> tuple[Article, Article]:
    """Return an article and an edited copy of it whose images' captions stand in the body too, as readers have it."""
    dice = Random(seed)
    old, new = pair_of(seed)
    olds = tuple(_picture(dice, number) for number in range(dice.randint(0, 3)))
    news = [_retouched(dice, image) for image in olds if dice.random() > 0.2]
    news += [_picture(dice, 7)] * (dice.random() < 0.2)
    if dice.random() < 0.2:
        dice.shuffle(news)
    return _with_captions(old, olds), _with_captions(new, tuple(news))


def _picture(dice: Random, number: int) -> Image:
    caption, credit = maybe(dice), dice.choice((None, "Photo by Wang Jing", "Xinhua"))
    return Image(f"http://outlet.example/{number}.jpg", caption and f"{caption} {credit or ''}".strip(), credit)


def _retouched(dice: Random, image: Image) -> Image:
    url = dice.choice((image.url, image.url, f"{image.url}.png"))
    caption = image.caption and _retold(dice, image.caption)
    return Image(url, caption, dice.choice((image.credit, image.credit, "AP", None)))


def _with_captions(one: Article, images: tuple[Image, ...]) -> Article:
    lines = [line for image in images if image.caption for line in image.caption.split("\n")]
    return replace(one, images=images, blocks=(*one.blocks, *(Block(BlockKind.CAPTION, line) for line in lines)))


illustrations = st.integers(0, 2**32).map(illustrated)
