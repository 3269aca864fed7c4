"""From what a body shows to the article's blocks, images, links, byline and notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from articles.article import Block, BlockKind, Image, Translation
from articles.credits import credit_of, ends_in_a_sure_credit
from articles.flow import Picture, Piece, Player, Text
from articles.notes import is_correction, is_disclaimer, is_note, read_translation
from articles.people import byline_of

LONGEST_SUBHEAD = 200
"""A longer paragraph that is all bold is an emphasised paragraph, not a heading of what follows."""

_ATTACHMENT = re.compile(r"/_attachment/(?:\d+/)*(\d{5,12})_[0-9a-f]{16,64}\.")


@dataclass(frozen=True)
class BodyRules:
    """What a body's reader must know of the page around it.

    `absolute` makes an address as written into a URL, or None for what is no address. `own_ids` are the content ids
    that the page answers to: an image whose attachment name begins with another id is another article's (empty: the
    CMS has no such names). `furniture` tells the texts that are the site's and not the article's.
    """

    absolute: Callable[[str], str | None]
    own_host: str = ""
    own_ids: frozenset[str] = frozenset()
    furniture: Callable[[Text], bool] = lambda _: False
    known_names: tuple[str, ...] = ()  # authors that the page's head named already


@dataclass
class Body:
    """What a body says."""

    byline: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    links: dict[str, None] = field(default_factory=dict)
    corrections: list[str] = field(default_factory=list)
    translation: Translation | None = None
    warnings: list[str] = field(default_factory=list)
    players: int = 0


def read_body(pieces: Iterable[Piece], rules: BodyRules) -> Body:
    """Sort a body's pieces into what an article has.

    * The byline is the opening line or lines before the first paragraph; it becomes no block.
    * A subhead is a piece that is a heading or all bold, and short.
    * A caption is marked as one, or follows an image and ends in a photo credit. It is also put to that image.
    * A note is known by its words; a disclaimer that follows a note belongs to it.
    """
    reading = _BodyReading(rules)
    for piece in pieces:
        if isinstance(piece, Picture):
            reading.picture(piece)
        elif isinstance(piece, Player):
            reading.body.players += 1
            reading.after_image = False
        elif not rules.furniture(piece):
            reading.text(piece)
    reading.finish()
    return reading.body


@dataclass
class _BodyReading:
    rules: BodyRules
    body: Body = field(default_factory=Body)
    opening: bool = True  # no paragraph yet
    after_image: bool = False  # nothing but captions since the last image
    own_image: bool = False  # and that image is in the list
    captions: list[str] = field(default_factory=list)  # of that image; put together once, there may be thousands
    notes: list[Text] = field(default_factory=list)

    def picture(self, picture: Picture) -> None:
        url = self.rules.absolute(picture.source) if picture.source else None
        attachment = _ATTACHMENT.search(url or "")
        stranger = attachment is not None and self.rules.own_ids and attachment[1] not in self.rules.own_ids
        self._end_captions()
        self.after_image, self.own_image = True, False
        if url is None:
            self.body.warnings.append(f"image: {picture.source[:80]!r} is no address that we keep")
        elif stranger and attachment:
            self.body.warnings.append(f"image: {url} is named after another article ({attachment[1]}) and left out")
        else:
            self.body.images.append(Image(url))
            self.own_image = True

    def text(self, piece: Text) -> None:
        for link in piece.links:
            if url := self.rules.absolute(link):
                self.body.links[url] = None
        if self._is_byline(piece):
            return
        kind = self._kind(piece)
        self.body.blocks.append(Block(kind, piece.text))
        if kind is BlockKind.CAPTION:
            self._caption(piece.text)
        else:
            self.after_image = False
        if kind is BlockKind.PARAGRAPH:
            self.opening = False
        elif kind is BlockKind.NOTE:
            self.notes.append(piece)

    def _is_byline(self, piece: Text) -> bool:
        """Take in a byline. Where the page's head has named the authors, a line that only repeats them is one anywhere,
        and in Chinese, where the square opens other lines too, nothing else is."""
        names = byline_of(piece.text)
        if names and names == self.rules.known_names:
            return True
        if not names or not self.opening or (self.rules.known_names and not piece.text.startswith("By")):
            return False
        self.body.byline += names
        return True

    def _kind(self, piece: Text) -> BlockKind:
        if is_note(piece.text):
            return BlockKind.NOTE
        if piece.caption or (self.after_image and ends_in_a_sure_credit(piece.text)):
            return BlockKind.CAPTION
        if (piece.heading or piece.bold) and len(piece.text) <= LONGEST_SUBHEAD:
            return BlockKind.SUBHEAD
        return BlockKind.PARAGRAPH

    def _caption(self, text: str) -> None:
        if self.own_image:
            self.captions.append(text)

    def _end_captions(self) -> None:
        if self.captions:
            caption = "\n".join(self.captions)
            self.body.images[-1] = Image(self.body.images[-1].url, caption, credit_of(caption))
            self.captions = []

    def finish(self) -> None:
        """Read the notes, each with the disclaimers that follow it."""
        self._end_captions()
        whole: list[list[Text]] = []
        for note in self.notes:
            if is_correction(note.text):
                self.body.corrections.append(note.text)
            elif whole and is_disclaimer(note.text):
                whole[-1].append(note)
            else:
                whole.append([note])
        for notes in whole:
            links = (url for note in notes for link in note.links if (url := self.rules.absolute(link)))
            translation = read_translation("\n".join([note.text for note in notes]), links, self.rules.own_host)
            if translation and self.body.translation:
                self.body.warnings.append("translation: more than one note speaks of it; the first is kept")
            self.body.translation = self.body.translation or translation
