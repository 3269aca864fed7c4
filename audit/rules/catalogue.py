"""Every rule: the type it gives, what it weighs and why, and the sentence that tells it.

The order matters: of several rules that fit one edit the heaviest gives its type, and of equally heavy ones the first.
In the sentences `{before}` and `{after}` are the words found, `{beside}` what a `Raise` found near them.
"""

from __future__ import annotations

from dataclasses import dataclass

from audit.edit import EditType, Weight
from audit.rules.category import Category
from audit.rules.figures import COSMETIC, MAJOR, MINOR, SUBSTANTIVE


@dataclass(frozen=True, slots=True)
class Rule:
    """One type of edit. `why` says in words why it weighs `weight` by default (docs/audit.md lists them)."""

    type: EditType
    weight: Weight
    why: str
    became: str
    added: str = ""
    removed: str = ""
    extra: int = 0
    """Points besides those of the weight."""


@dataclass(frozen=True, slots=True)
class Raise:
    """An edit of one of `types` weighs `to` where a word of `near` stands in the same sentence at most `reach` away."""

    types: tuple[EditType, ...]
    near: Category
    to: Weight
    reach: int = 60


_SAID = "“{before}” became “{after}”"

RULES: tuple[Rule, ...] = (
    Rule(
        EditType.QUOTED_WORDS,
        MAJOR,
        "somebody is made to say something else",
        f"Inside quote marks {_SAID}.",
        "The quoted words “{after}” were added.",
        "The quoted words “{before}” were removed.",
        5,
    ),
    Rule(
        EditType.NEGATION,
        MAJOR,
        "the sentence says the opposite",
        f"The negation changed: {_SAID}.",
        "The negation “{after}” was added.",
        "The negation “{before}” was removed.",
        10,
    ),
    Rule(
        EditType.SOURCE,
        SUBSTANTIVE,
        "a reader judges a claim by who makes it",
        "The source changed: " + _SAID + ".",
        "The source “{after}” was added.",
        "The source “{before}” was removed.",
        5,
    ),
    Rule(
        EditType.WORD_ORDER,
        SUBSTANTIVE,
        "the same words in another order may swap who did what to whom",
        "The same words stand in another order: " + _SAID + "{beside}.",
    ),
    Rule(
        EditType.NUMBER,
        SUBSTANTIVE,
        "a number is a fact that can be checked",
        "The number {before} became {after}{beside}.",
        "The number {after} was added{beside}.",
        "The number {before} was removed{beside}.",
        2,
    ),
    Rule(
        EditType.DATE,
        SUBSTANTIVE,
        "a date is a fact that can be checked",
        "The date “{before}” became “{after}”.",
        "The date “{after}” was added.",
        "The date “{before}” was removed.",
        1,
    ),
    Rule(
        EditType.QUOTE_MARKS,
        SUBSTANTIVE,
        "quote marks tell whose words they are, and round a single word they doubt it",
        f"Quote marks moved: {_SAID}.",
        "Quote marks were put round “{after}”.",
        "Quote marks round “{before}” were taken away.",
        1,
    ),
    Rule(
        EditType.HEDGE,
        SUBSTANTIVE,
        "it says how sure the outlet is",
        "The hedge “{before}” became “{after}”.",
        "The hedge “{after}” was added.",
        "The hedge “{before}” was removed.",
        1,
    ),
    Rule(
        EditType.ATTRIBUTION,
        SUBSTANTIVE,
        "the verb says whether the outlet believes the speaker",
        "The verb of attribution “{before}” became “{after}”.",
        "The attribution “{after}” was added.",
        "The attribution “{before}” was removed.",
    ),
    Rule(
        EditType.PLACE,
        SUBSTANTIVE,
        "it says where, or which country",
        "The place “{before}” became “{after}”{beside}.",
        "The place “{after}” was added.",
        "The place “{before}” was removed.",
        2,
    ),
    Rule(
        EditType.NAME,
        SUBSTANTIVE,
        "it says who",
        "The name “{before}” became “{after}”{beside}.",
        "The name “{after}” was added.",
        "The name “{before}” was removed.",
        2,
    ),
    Rule(
        EditType.RANK,
        SUBSTANTIVE,
        "it says what somebody is",
        "The rank or title “{before}” became “{after}”.",
        "The rank or title “{after}” was added.",
        "The rank or title “{before}” was removed.",
    ),
    Rule(
        EditType.WORDS,
        SUBSTANTIVE,
        "words with content changed",
        f"The words {_SAID}.",
        "The words “{after}” were added.",
        "The words “{before}” were removed.",
    ),
    Rule(EditType.LETTER_CASE, MINOR, "a capital may make a name", f"Letter case changed: {_SAID}."),
    Rule(EditType.SPELLING, MINOR, "the same word, spelled otherwise", f"The spelling changed: {_SAID}."),
    Rule(
        EditType.PUNCTUATION,
        COSMETIC,
        "the words are the same",
        "Punctuation changed: “{before}” became “{after}”.",
        "The punctuation “{after}” was added.",
        "The punctuation “{before}” was removed.",
    ),
    Rule(
        EditType.TYPOGRAPHY,
        COSMETIC,
        "the same characters in another style",
        "Only the style of characters changed: “{before}” became “{after}”.",
        "Invisible characters were added.",
        "Invisible characters were removed.",
    ),
    Rule(
        EditType.SPACING,
        COSMETIC,
        "only white space",
        "Only white space changed.",
        "Only white space was added.",
        "Only white space was removed.",
    ),
    Rule(
        EditType.SENTENCE_ADDED, SUBSTANTIVE, "the article says something more", "", "A sentence was added: “{after}”"
    ),
    Rule(
        EditType.SENTENCE_REMOVED,
        SUBSTANTIVE,
        "the article no longer says it",
        "",
        "",
        "A sentence was removed: “{before}”",
    ),
    Rule(EditType.SENTENCE_MOVED, MINOR, "it still stands in the article", "A sentence stands elsewhere: “{after}”"),
    Rule(EditType.PARAGRAPH_ADDED, SUBSTANTIVE, "the article says something more", "", "A {kind} was added: “{after}”"),
    Rule(
        EditType.PARAGRAPH_REMOVED,
        SUBSTANTIVE,
        "the article no longer says it",
        "",
        "",
        "A {kind} was removed: “{before}”",
    ),
    Rule(
        EditType.PARAGRAPH_MOVED,
        MINOR,
        "it still stands in the article",
        "A {kind} moved from place {old} to place {new} of the body: “{after}”",
    ),
    Rule(EditType.PARAGRAPH_SPLIT, MINOR, "the words are the same", "One {kind} became {new}: “{after}”"),
    Rule(EditType.PARAGRAPH_MERGED, MINOR, "the words are the same", "{old} paragraphs became one: “{after}”"),
    Rule(EditType.PARAGRAPH_KIND, MINOR, "the words are the same", "A {old} became a {new}: “{after}”"),
    Rule(EditType.HEADLINE, SUBSTANTIVE, "most people read nothing else", f"The headline {_SAID}.", extra=5),
    Rule(
        EditType.KICKER,
        MINOR,
        "it names the kind of article",
        f"The kicker {_SAID}.",
        "The kicker “{after}” was added.",
        "The kicker “{before}” was removed.",
    ),
    Rule(
        EditType.SUBTITLE,
        SUBSTANTIVE,
        "it is read with the headline",
        f"The subtitle {_SAID}.",
        "The subtitle “{after}” was added.",
        "The subtitle “{before}” was removed.",
        2,
    ),
    Rule(
        EditType.CAPTION,
        MINOR,
        "it describes an image",
        f"The caption {_SAID}.",
        "The caption “{after}” was added.",
        "The caption “{before}” was removed.",
    ),
    Rule(EditType.IMAGE_ADDED, SUBSTANTIVE, "an image is evidence", "", "The image {after} was added."),
    Rule(EditType.IMAGE_REMOVED, SUBSTANTIVE, "an image is evidence", "", "", "The image {before} was removed."),
    Rule(
        EditType.IMAGE_REPLACED, SUBSTANTIVE, "an image is evidence", "The image {after} has other bytes than before."
    ),
    Rule(
        EditType.IMAGE_MOVED,
        COSMETIC,
        "it still stands in the article",
        "The image {after} stands elsewhere among the images.",
    ),
    Rule(EditType.LINK_ADDED, SUBSTANTIVE, "a link names a source", "", "The link to {after} was added."),
    Rule(EditType.LINK_REMOVED, SUBSTANTIVE, "a link names a source", "", "", "The link to {before} was removed."),
    Rule(
        EditType.LINK_MOVED,
        COSMETIC,
        "it still stands in the article",
        "The link to {after} stands elsewhere among the links.",
    ),
    Rule(
        EditType.BYLINE,
        SUBSTANTIVE,
        "it says who answers for the text",
        f"The byline {_SAID}.",
        "“{after}” was added to the byline.",
        "“{before}” was removed from the byline.",
    ),
    Rule(
        EditType.EDITOR,
        SUBSTANTIVE,
        "it says who answers for the text",
        f"The editor {_SAID}.",
        "The editor “{after}” was added.",
        "The editor “{before}” was removed.",
    ),
    Rule(
        EditType.AGENCY,
        SUBSTANTIVE,
        "it says whose text it is",
        f"The named source of the article {_SAID}.",
        "The named source of the article “{after}” was added.",
        "The named source of the article “{before}” was removed.",
    ),
    Rule(
        EditType.SECTION,
        MINOR,
        "it says where the outlet files the article",
        f"The section {_SAID}.",
        "The section “{after}” was added.",
        "The section “{before}” was removed.",
    ),
    Rule(
        EditType.LANGUAGE,
        MINOR,
        "the page says so of itself",
        f"The language of the page {_SAID}.",
        "The language “{after}” is named now.",
        "The language “{before}” is no longer named.",
    ),
    Rule(
        EditType.KEYWORDS,
        MINOR,
        "readers do not see them",
        f"The keyword {_SAID}.",
        "The keyword “{after}” was added.",
        "The keyword “{before}” was removed.",
    ),
    Rule(
        EditType.PUBLISHED,
        SUBSTANTIVE,
        "it says since when the text has been public",
        "The published time moved from {before} to {after}, {by}.",
        "The published time {after} is given now.",
        "The published time {before} is no longer given.",
    ),
    Rule(
        EditType.MODIFIED,
        COSMETIC,
        "it tells of the other edits",
        "The modified time moved from {before} to {after}, {by}.",
        "The modified time {after} is given now.",
        "The modified time {before} is no longer given.",
    ),
    Rule(
        EditType.MODIFIED_ALONE,
        MINOR,
        "the page claims an edit that is not there",
        "The modified time moved from {before} to {after}, {by}, and nothing else changed.",
        "The modified time {after} is given now, and nothing else changed.",
        "The modified time {before} is no longer given, and nothing else changed.",
    ),
    Rule(
        EditType.TIME_WRITTEN,
        COSMETIC,
        "it is the same time",
        "The {kind} time is the same, written otherwise: “{before}” became “{after}”.",
    ),
    Rule(
        EditType.NOTE_ADDED,
        SUBSTANTIVE,
        "it says where the text comes from",
        "",
        "A translation note was added: “{after}”",
    ),
    Rule(
        EditType.NOTE_DROPPED,
        SUBSTANTIVE,
        "readers no longer learn where the text comes from",
        "",
        "",
        "The translation note was dropped: “{before}”",
        5,
    ),
    Rule(
        EditType.NOTE_CHANGED,
        SUBSTANTIVE,
        "it says where the text comes from",
        f"The translation note changed{{parts}}: {_SAID}.",
    ),
    Rule(
        EditType.CORRECTION_ADDED,
        SUBSTANTIVE,
        "the outlet says that it was wrong",
        "",
        "A correction was added: “{after}”",
    ),
    Rule(
        EditType.CORRECTION_DROPPED,
        MAJOR,
        "readers no longer learn that it was wrong",
        "",
        "",
        "The correction was dropped: “{before}”",
        10,
    ),
    Rule(
        EditType.CORRECTION_CHANGED,
        SUBSTANTIVE,
        "the outlet says otherwise how it was wrong",
        f"The correction {_SAID}.",
    ),
)

RULE = {rule.type: rule for rule in RULES}

RAISES: tuple[Raise, ...] = (
    Raise((EditType.NUMBER,), Category.HARM, MAJOR),
    Raise((EditType.NAME, EditType.PLACE), Category.HOSTILE, MAJOR),
)

WORD_TYPES: dict[Category, EditType] = {
    Category.HEDGE: EditType.HEDGE,
    Category.ATTRIBUTION: EditType.ATTRIBUTION,
    Category.RANK: EditType.RANK,
    Category.PLACE: EditType.PLACE,
    Category.DAY: EditType.DATE,
}
"""Categories whose terms give an edit its type wherever the senses in the old words are not those in the new ones."""
