"""What differs between the fields of two states, in lines for people. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import Any, Final

from articles.written_times import from_told
from audit.anchors import common_end, common_start
from audit.body_diff import DELETE, EQUAL
from audit.runs import runs
from audit.word_diff import Hunk
from config.words import counted
from storage.catalog.changes import ChangeFound, FieldChange

LONGEST_VALUE: Final = 70
LONGEST_ADDED: Final = 48
CONTEXT: Final = 20
MOST_LINES: Final = 4
"""So many lines of one field are enough to see what kind of change it is."""
MOST_BLOCKS: Final = 200
"""Of so many blocks that differ it is told which became which; of more only that they are others."""

_FIELD_WORDS: Final = {
    "blocks": "text",
    "published_at": "published",
    "modified_at": "modified",
    "translation": "translation note",
}
"""What people call a field; the others are called by their names."""
_TEXT: Final = _FIELD_WORDS["blocks"]


def how(change: ChangeFound) -> str:
    """Return in one line what differs: short values whole, long ones around what differs."""
    return "; ".join(lines_of(change))


def lines_of(change: ChangeFound) -> Iterator[str]:
    """Yield lines for each field that differs; only its name where the archive does not hold both articles.

    A note or a correction that stands in the text, too, is told once. Times that differ by their words come last.
    """
    if not change.values:
        yield from map(field_words, change.fields)
    told = {value.field: list(field_lines(value)) for value in change.values}
    others = [line for field, lines in told.items() if field != "blocks" for line in lines]
    for field, lines in told.items():
        if field == "blocks":
            lines = [line for line in lines if not any(other.endswith(line.removeprefix(_TEXT)) for other in others)]
        yield from islice(lines, MOST_LINES)
        if len(lines) > MOST_LINES:
            yield f"{field_words(field)}: {len(lines) - MOST_LINES:,} more"
    old, new = from_told(change.times)
    for name, was, became in (("published", old.published, new.published), ("modified", old.modified, new.modified)):
        if was is not None and became is not None:
            yield f"{name}, as written: {_cut(was) or 'nothing'} → {_cut(became) or 'nothing'}"


def field_words(name: str) -> str:
    """Return what people call a field of the article."""
    return _FIELD_WORDS.get(name, name.replace("_", " "))


def text_words(name: str) -> str:
    """Return what people call the field of the article that a text stands in: of an image that is its caption."""
    return "caption" if name == "images" else field_words(name)


def field_lines(value: FieldChange) -> Iterator[str]:
    """Yield what differs between one field's old and new value, with the field's name: a line for each place.

    >>> def told(*value): print(*field_lines(FieldChange(*value)), sep=chr(10))
    >>> told("headline", "Harbor pilots rehearse", "Harbor pilots fail")
    headline: Harbor pilots rehearse → Harbor pilots fail
    >>> long = "The weather station on the ridge has now recorded %s without an hour of sunshine, and counts on."
    >>> told("blocks", [{"text": long % "36 days"}], [{"text": long % "63 days"}])
    text: …has now recorded [36 → 63] days without an…
    >>> told("blocks", [{"text": long}], [{"text": long + " It is not alone."}])
    text added: It is not alone.
    >>> told("editors", ["Dora Muster"], [])
    editors dropped: Dora Muster
    """
    name = field_words(value.field)
    match value.old, value.new:
        case list() as old, list() as new if value.field == "blocks":
            yield from _blocks(name, old, new)
        case dict() as old, dict() as new if value.field == "translation":
            for part in (part for part in {**old, **new} if old.get(part) != new.get(part)):
                yield from _texts(f"translation {part.replace('_', ' ')}", _text(old.get(part)), _text(new.get(part)))
        case old, new:
            yield from _texts(name, _text(old), _text(new))


def _blocks(name: str, olds: Sequence[Mapping[str, Any]], news: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    old, new = [_text(block) for block in olds], [_text(block) for block in news]
    start = common_start(old, new)
    end = common_end(old, new, start)
    if old == new:
        for was, became, text in zip(olds, news, old, strict=True):
            if was["kind"] != became["kind"]:
                yield f"{name}, {was['kind']} → {became['kind']}: {_cut(text, LONGEST_ADDED)}"
        return
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(middle_old), len(middle_new)) > MOST_BLOCKS:
        yield from _texts(name, " ¶ ".join(middle_old), " ¶ ".join(middle_new))
        return
    opcodes = SequenceMatcher(None, middle_old, middle_new, autojunk=False).get_opcodes()
    differing = [(middle_old[a:b], middle_new[c:d]) for tag, a, b, c, d in opcodes if tag != "equal"]
    moved = {text for gone, _ in differing for text in gone} & {text for _, come in differing for text in come}
    for gone, come in differing:
        yield from (f"{name} moved: {_cut(text, LONGEST_ADDED)}" for text in come if text in moved)
        yield from _paragraphs(name, _without(moved, gone), _without(moved, come))


def _without(moved: set[str], texts: Sequence[str]) -> list[str]:
    return [text for text in texts if text not in moved]


def _paragraphs(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Yield what became of paragraphs that stand in the same place."""
    if not (old or new):
        return
    if len(old) == len(new):
        for was, became in zip(old, new, strict=True):
            yield from _texts(name, was, became)
    elif _letters(old) == _letters(new):
        parted = "split into" if len(new) > len(old) else "merged into"
        yield f"{name}, {counted(len(old), 'paragraph')} {parted} {len(new)}: {_cut(new[0], LONGEST_ADDED)}"
    else:
        yield from _texts(name, " ¶ ".join(old), " ¶ ".join(new))


def _letters(texts: Sequence[str]) -> str:
    return "".join("".join(texts).split())


def _texts(name: str, old: str, new: str) -> Iterator[str]:
    if old == new:
        yield f"{name}: the words are the same"
    elif old.split() == new.split():
        yield f"{name}: only white space changed"
    elif old and new and max(len(old), len(new)) <= LONGEST_VALUE:
        yield f"{name}: {old} → {new}"
    else:
        for hunk in _places(old, new):
            yield _line(name, old, new, hunk)


def _line(name: str, old: str, new: str, hunk: Hunk) -> str:
    was = old[hunk.old_start : hunk.old_end].strip(" ¶")
    became = new[hunk.new_start : hunk.new_end].strip(" ¶")
    if not was and not became:
        return f"{name}: only white space changed"
    if not was:
        return f"{name} added: {_cut(became, LONGEST_ADDED)}"
    if not became:
        return f"{name} dropped: {_cut(was, LONGEST_ADDED)}"
    before, after = _end(old[: hunk.old_start]), _beginning(old[hunk.old_end :])
    return f"{name}: {before}[{_cut(was)} → {_cut(became)}]{after}"


def _places(old: str, new: str) -> list[Hunk]:
    """Return where two texts differ, in whole words; what stands too close for words between them is one place."""
    found: list[Hunk] = []
    at_old = at_new = 0
    for run in runs(old, new, None):
        size = len(run.text)
        if run.op == EQUAL:
            at_old, at_new = at_old + size, at_new + size
            continue
        begin = at_old, at_new
        if found and at_old - found[-1].old_end < 2 * CONTEXT:
            last = found.pop()
            begin = last.old_start, last.new_start
        at_old, at_new = (at_old + size, at_new) if run.op == DELETE else (at_old, at_new + size)
        found.append(Hunk(begin[0], at_old, begin[1], at_new))
    return found


def _end(text: str) -> str:
    if len(text) <= CONTEXT:
        return text
    tail = text[-CONTEXT:]
    return "…" + (tail.partition(" ")[2] or tail)


def _beginning(text: str) -> str:
    return text if len(text) <= CONTEXT else _cut(text, CONTEXT)


def _cut(text: str, longest: int = LONGEST_VALUE) -> str:
    """Return a text that is no longer than that, cut between words where there are spaces between them.

    >>> _cut("one two three", 9), _cut("部队开展演练", 4)
    ('one two…', '部队开展…')
    """
    return text if len(text) <= longest else (text[:longest].rpartition(" ")[0] or text[:longest]) + "…"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " ¶ ".join(_text(item) for item in value)
    if isinstance(value, dict):
        # A block is its text and a translation its note, which holds the rest; of others all that is said.
        said = value.get("text") or value.get("note")
        return str(said) if said else ", ".join(_text(item) for item in value.values() if item)
    return str(value)
