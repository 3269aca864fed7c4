"""One typed difference between two states of an article, and how much it weighs."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import NamedTuple


class EditType(StrEnum):
    """What an edit is. The first group is about words, wherever they stand; the second about a field as a whole.

    An edit of running text has the type of the first group that weighs most. An edit of a field has the field's type,
    and what was edited inside it stands in `Edit.within`.
    """

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    PLACE = "place"
    RANK = "rank or title"
    NEGATION = "negation"
    HEDGE = "hedge"
    ATTRIBUTION = "attribution verb"
    SOURCE = "source named or anonymous"
    QUOTED_WORDS = "quoted words"
    QUOTE_MARKS = "quote marks"
    WORD_ORDER = "word order"
    WORDS = "words"
    SENTENCE_ADDED = "sentence added"
    SENTENCE_REMOVED = "sentence removed"
    SENTENCE_MOVED = "sentence moved"
    PARAGRAPH_ADDED = "paragraph added"
    PARAGRAPH_REMOVED = "paragraph removed"
    PARAGRAPH_MOVED = "paragraph moved"
    PARAGRAPH_SPLIT = "paragraph split"
    PARAGRAPH_MERGED = "paragraphs merged"
    PARAGRAPH_KIND = "paragraph kind"  # a paragraph became a subhead, or the other way round
    LETTER_CASE = "letter case"
    SPELLING = "spelling"
    PUNCTUATION = "punctuation"
    TYPOGRAPHY = "typography"  # quote style, dashes, full width, invisible characters
    SPACING = "spacing"

    HEADLINE = "headline"
    KICKER = "kicker"
    SUBTITLE = "subtitle"
    CAPTION = "caption"
    IMAGE_ADDED = "image added"
    IMAGE_REMOVED = "image removed"
    IMAGE_REPLACED = "image replaced"  # other bytes under the same URL
    IMAGE_MOVED = "image moved"
    LINK_ADDED = "link added"
    LINK_REMOVED = "link removed"
    LINK_MOVED = "link moved"
    BYLINE = "byline"
    EDITOR = "editor"
    AGENCY = "agency"
    SECTION = "section"
    LANGUAGE = "language"
    KEYWORDS = "keywords"
    PUBLISHED = "published time moved"
    MODIFIED = "modified time moved"
    MODIFIED_ALONE = "modified time moved alone"  # and nothing else was edited
    TIME_WRITTEN = "time written otherwise"  # the same time, in other words
    NOTE_ADDED = "translation note added"
    NOTE_DROPPED = "translation note dropped"
    NOTE_CHANGED = "translation note changed"
    CORRECTION_ADDED = "correction added"
    CORRECTION_DROPPED = "correction dropped"
    CORRECTION_CHANGED = "correction changed"


class Weight(IntEnum):
    """How much an edit matters to somebody who read the old state. `name` in lower case is how it is written."""

    COSMETIC = 0
    MINOR = 1
    SUBSTANTIVE = 2
    MAJOR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Place(NamedTuple):
    """Where an edit stands in one state: characters `start` to `end` (Unicode code points, end excluded) of a text.

    `field` is the article's field. `index` is the item of a field that is a list (of `blocks`: the block), None of
    one that is not. `part` names a part of an item that has several ("caption" of an image, "edited_by" of the
    translation). For a value that is no text (a moment) start and end are those of its text in canonical JSON.

    An empty place (`start` is `end`) is where something was put in or taken out. Of a whole paragraph it is the end of
    the paragraph behind which it belongs, or the start of the first.
    """

    field: str
    start: int
    end: int
    index: int | None = None  # type: ignore[assignment]  # instead of a tuple's method, which nobody calls here
    part: str | None = None


class Edit(NamedTuple):
    """One typed difference.

    In the body it has a place in both states, an empty one where nothing stands; None only of a state with no body.
    Elsewhere `old` is None for what was only added, `new` for what was only removed. `before` and `after` are the very
    characters at these places ("" where there is no place). `within` are types of the first group found inside an
    edit of a field or of a whole sentence or paragraph. `reason` is one sentence that a person can check against the
    two texts. `points` is the edit's part of the score.
    """

    type: EditType
    weight: Weight
    points: int
    reason: str
    old: Place | None
    new: Place | None
    before: str
    after: str
    within: tuple[EditType, ...] = ()

    @property
    def place(self) -> Place:
        """Where to look for it: in the newer state, or in the older one if its words stand only there."""
        place = self.old if self.new is None or (self.before and not self.after) else self.new
        place = place or self.new
        assert place is not None
        return place

    @property
    def field(self) -> str:
        """The article's field that was edited."""
        return self.place.field
