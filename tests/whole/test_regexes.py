"""No regular expression of ours takes more than time in proportion to what a stranger sends.

Every pattern is attacked with long texts made of what it looks for: its own pieces repeated, behind a beginning that it
likes and before an end that it does not. The attacks that it is slowest at are made 25 times as long. What grows with
the square takes minutes then, what grows in proportion some hundredths of a second: the bound lies far from both.

A pattern that fails here is rewritten (`++` and `*+` give nothing back, a lookbehind begins a run of blanks at its
first one only), or its text is bounded where it is used: then it is named in `BOUNDED`, with the bound.
"""

from __future__ import annotations

import ast
import importlib
import random
import re
import re._constants as op  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.processor_time import at_most

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("articles", "audit", "config", "crawlers", "palimpsest", "replay", "storage", "web")
METHODS = {"match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"}
SHORT = 8_000
LONG = 25 * SHORT
SECONDS = 4.0  # of the processor, for LONG characters
ATTACKS = 60
SLOWEST = 2

# What is never given more characters than that, and where that is seen to.
BOUNDED = {
    "articles.charset:_META": 8192,  # _BYTES_SEARCHED
    "articles.credits:_BRACKETED": 240,  # _ENOUGH
    "articles.not_found:_SEPARATORS": 160,  # LONGEST
    "articles.not_found:_SAYS": 160,  # LONGEST
    "articles.notes:_CORRECTION": 200,  # is_correction
    "articles.notes:_DISCLAIMER": 2000,  # LONGEST_NOTE
    "articles.notes:_ORIGINAL": 2000,  # LONGEST_NOTE
    "articles.notes:_EDITED": 2000,  # LONGEST_NOTE
    "articles.unclaimed:_SENTENCES": 800,  # LITTLE
    "audit.moving:_PAUSE_BEFORE": 8,  # where it is searched from
    "audit.parted:_BEFORE": 40,  # _LONGEST
    "audit.signs:_FIGURE_BEFORE": 24,  # where it is searched from
    "audit.whereabouts:_CAPITAL_BEFORE": 60,  # _LONGEST_WORD
    "audit.worth:_FRACTION": 24,  # _LONGEST
    "audit.rules.lists:'(\\\\w+)\\\\*'": 100,  # our own lists
}
# What is only given texts on one line, with single spaces (`" ".join(text.split())`) or up to 160 characters.
ON_ONE_LINE = {"articles.people:_BETWEEN"}
# How those are used that are not used by their names.
USED = {
    "articles.readers.pla_cms:_CALLED_WITH": "match",
    "articles.readers.pla_cms:_HIDDEN_COUNT": "match",
    "replay.rewrite.css_tokens:CHARSET": "match",
    "replay.rewrite.css_tokens:KNOWN_NAMESPACE": "match",
    "storage.surt:_QUERY_SESSIONS": "fullmatch",
}


class Attacked(NamedTuple):
    """A pattern, the first place where it is found, and how it is used there: match, fullmatch or search."""

    name: str
    pattern: re.Pattern[Any]
    uses: tuple[str, ...]


def modules() -> Iterator[tuple[str, Path]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            if not name.endswith("__main__"):
                yield name, path


def patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4:
        inside: list[object] = []
        if isinstance(value, dict):
            inside = list(value.values())
        elif isinstance(value, tuple | list | set | frozenset) and len(value) < 5000:
            inside = list(value)
        elif isinstance(value, type):
            inside = list(vars(value).values())
        elif type(value).__module__.partition(".")[0] in ROOMS:
            inside = list(getattr(value, "__dict__", {}).values())
        for one in inside:
            yield from patterns_in(one, depth + 1)


@cache
def attacked() -> tuple[Attacked, ...]:
    """Return every pattern that our modules hold or write out where they use it, but for those made as they run."""
    uses: dict[tuple[str, str], set[str]] = defaultdict(
        set
    )  # by module and name; by ("", name) where it is an attribute
    written: list[tuple[str, str, ast.expr]] = []
    origins: dict[str, dict[str, tuple[str, str]]] = {}
    for module, path in modules():
        tree = ast.parse(path.read_text("utf-8"))
        origin = origins[module] = {
            alias.asname or alias.name: (node.module or "", alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS):
                continue
            owner = node.func.value
            while isinstance(owner, ast.Subscript):
                owner = owner.value
            if isinstance(owner, ast.Name) and owner.id == "re":
                written.append((module, node.func.attr, node.args[0]))
            elif isinstance(owner, ast.Name):
                uses[origin.get(owner.id, (module, owner.id))].add(node.func.attr)
            elif isinstance(owner, ast.Attribute):
                uses["", owner.attr].add(node.func.attr)
    found: dict[tuple[Any, int], tuple[str, re.Pattern[Any], set[str]]] = {}
    for module, _ in modules():
        names = vars(importlib.import_module(module))
        for name, value in list(names.items()):
            if isinstance(value, type) and value.__module__ != module:
                continue
            for pattern in patterns_in(value):
                home = origins[module].get(name, (module, name))
                place = ":".join(home)
                used = uses.get(home, set()) | uses.get(("", name), set())
                if isinstance(value, type):
                    used = set().union(
                        *(uses.get(("", key), set()) for key, own in vars(value).items() if own is pattern)
                    )
                used = {USED[place]} if place in USED else used or {"search"}
                found.setdefault((pattern.pattern, pattern.flags), (place, pattern, set()))[2].update(used)
        for where, method, source in written:
            if where != module:
                continue
            try:
                pattern = re.compile(eval(compile(ast.Expression(source), module, "eval"), dict(names)))
            except NameError:
                continue  # made of what its function is given
            place = f"{module}:{pattern.pattern!r}"
            found.setdefault((pattern.pattern, pattern.flags), (place, pattern, set()))[2].add(method)
    return tuple(
        Attacked(name, pattern, tuple(sorted({use if use in ("match", "fullmatch") else "search" for use in used})))
        for name, pattern, used in found.values()
    )


REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
KINDS: dict[Any, tuple[str, Any]] = {
    op.CATEGORY_DIGIT: ("1", str.isdigit),
    op.CATEGORY_SPACE: (" \n\u3000", str.isspace),
    op.CATEGORY_WORD: ("a1", lambda c: c.isalnum() or c == "_"),
    op.CATEGORY_NOT_DIGIT: ("a", lambda c: not c.isdigit()),
    op.CATEGORY_NOT_SPACE: ("a", lambda c: not c.isspace()),
    op.CATEGORY_NOT_WORD: (" ", lambda c: not (c.isalnum() or c == "_")),
}


def inside(code: Any, value: Any) -> list[Any]:
    if code in REPEATS:
        return [value[2]]
    if code is op.SUBPATTERN:
        return [value[3]]
    if code is op.BRANCH:
        return list(value[1])
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    return [value] if code is op.ATOMIC_GROUP else []


def letters_of(sequence: Any) -> set[str]:
    letters: set[str] = set()
    for code, value in sequence:
        if code in (op.LITERAL, op.NOT_LITERAL):
            letters.add(chr(value))
        elif code is op.IN:
            for kind, what in value:
                if kind is op.LITERAL:
                    letters.add(chr(what))
                elif kind is op.RANGE:
                    letters |= {chr(what[0]), chr(sum(what) // 2), chr(what[1])}
                elif kind is op.CATEGORY:
                    letters.update(KINDS[what][0])
        for part in inside(code, value):
            letters |= letters_of(part)
    return letters


def is_in(choices: Any, letter: str) -> bool:
    hit = any(
        (kind is op.LITERAL and what == ord(letter))
        or (kind is op.RANGE and what[0] <= ord(letter) <= what[1])
        or (kind is op.CATEGORY and KINDS[what][1](letter))
        for kind, what in choices
    )
    return hit != (choices[0][0] is op.NEGATE)


class Samples:
    """Texts that a pattern, or a part of it, would take."""

    def __init__(self, letters: set[str], chance: random.Random) -> None:
        self._letters = sorted(letters | set("a 1"))
        self._chance = chance
        self._groups: dict[int, str] = {}

    def of(self, sequence: Any) -> str:
        return "".join(self._one(code, value) for code, value in sequence)

    def _one(self, code: Any, value: Any) -> str:
        if code is op.LITERAL:
            return chr(value)
        if code in (op.NOT_LITERAL, op.ANY):
            return self._chance.choice([letter for letter in self._letters if letter != "\n" and ord(letter) != value])
        if code is op.IN:
            fitting = [letter for letter in self._letters if is_in(value, letter)]
            return self._chance.choice(fitting) if fitting else "\u00e9"
        if code in REPEATS:
            times = min(value[0] + self._chance.choice([0, 0, 1, 1, 2]), value[1])
            return "".join(self.of(value[2]) for _ in range(times))
        if code is op.SUBPATTERN:
            said = self.of(value[3])
            self._groups[value[0]] = said
            return said
        if code is op.GROUPREF:
            return self._groups.get(value, "")
        if code is op.BRANCH:
            return self.of(self._chance.choice(value[1]))
        return self.of(value) if code is op.ATOMIC_GROUP else ""


def repeats(sequence: Any, before: list[Any]) -> Iterator[tuple[list[Any], Any, list[Any]]]:
    """Yield what stands before each repeat that can be long, what is repeated, and what stands behind it."""
    nodes = list(sequence)
    for place, (code, value) in enumerate(nodes):
        if code in REPEATS and value[1] >= 12:
            yield before + nodes[:place], value[2], nodes[place + 1 :]
        for part in inside(code, value):
            yield from repeats(part, before + nodes[:place])


def alternatives(sequence: Any) -> Iterator[Any]:
    for code, value in sequence:
        if code is op.BRANCH:
            yield from value[1]
        for part in inside(code, value):
            yield from alternatives(part)


class Attack(NamedTuple):
    before: str
    one: str
    other: str
    behind: str

    def text(self, length: int) -> str:
        parts = [part for part in (self.one, self.other) if part]
        return self.before + "".join(part * (length // len(parts) // len(part)) for part in parts) + self.behind


def attacks_on(pattern: re.Pattern[Any], chance: random.Random) -> list[Attack]:
    said = pattern.pattern
    tree = parser.parse(said if isinstance(said, str) else said.decode("latin-1"), pattern.flags & ~re.UNICODE)
    letters = letters_of(tree)
    letters = set(chance.sample(sorted(letters), min(40, len(letters))))
    samples = Samples(letters, chance)
    ends = ["", "\0", "!", "\n", "/", *sorted(letters)[:4]]
    made: set[Attack] = set()
    places = list(repeats(tree, []))
    for before, body, behind in chance.sample(places, min(40, len(places))):
        for _ in range(3):
            start, one, other, rest = (samples.of(part) for part in (before, body, body, behind))
            end = chance.choice(ends)
            made |= {
                *(Attack(start, one, "", "\0"), Attack(start, one, other, end), Attack("", start + one, "", end)),
                *(Attack("", start, "", end), Attack("", one, "", end), Attack(start, one, "", rest[:-1] + end)),
                *(Attack("", start + one + rest[:-1], "", end), Attack(start, one + rest, "", end)),
            }
    for part in chance.sample(branches := list(alternatives(tree)), min(20, len(branches))):
        made |= {Attack("", samples.of(part), "", end) for end in chance.sample(ends, 2)}
    for letter in letters:
        made |= {Attack("", letter, "", ""), Attack("", letter, "", "\0")}
    for _ in range(12):
        if whole := samples.of(tree):
            cut = chance.randrange(len(whole))
            made |= {
                *(Attack("", whole, "", ""), Attack("", whole[: cut + 1], "", chance.choice(["", "!", "\n"]))),
                Attack(whole[:cut], whole[cut : cut + chance.randrange(1, 4)], "", chance.choice(["", "!", "\0"])),
            }
    usable = sorted(attack for attack in made if attack.one)
    return chance.sample(usable, min(ATTACKS, len(usable)))


def run(one: Attacked, use: str, text: str) -> None:
    given: Any = text.encode("utf-8", "surrogatepass") if isinstance(one.pattern.pattern, bytes) else text
    if use == "search":
        for _ in one.pattern.finditer(given):
            pass
    else:
        getattr(one.pattern, use)(given)


def test_every_pattern_is_known_by_the_name_it_has_here() -> None:
    names = {one.name for one in attacked()}
    assert len(names) > 200
    assert {*BOUNDED, *ON_ONE_LINE, *USED} <= names


def attack_all(one: Attacked) -> None:
    """Attack a pattern in each way that it is used, and where it is slowest at length. Fails where that takes long."""
    longest = BOUNDED.get(one.name, LONG)
    for use in one.uses:
        attacks = attacks_on(one.pattern, random.Random(one.name))
        slowest = sorted(((attempt(one, use, attack, min(SHORT, longest)), attack) for attack in attacks), reverse=True)
        for _, attack in slowest[:SLOWEST]:
            attempt(one, use, attack, longest)


def attempt(one: Attacked, use: str, attack: Attack, length: int) -> float:
    """Return what the processor took. Fails where that is too long."""
    text = attack.text(length)
    if one.name in ON_ONE_LINE:
        text = " ".join(text.split())
    began = time.process_time()
    try:
        with at_most(SECONDS):
            run(one, use, text)
    except AssertionError:
        pytest.fail(f"{one.name}: {use} of {len(text)} characters like {attack!r} takes too long", pytrace=False)
    return time.process_time() - began


@pytest.mark.timeout(900)  # of the clock, on a machine that does much else; a few seconds of the processor
@pytest.mark.parametrize("room", ROOMS)
def test_no_pattern_takes_more_than_time_in_proportion(room: str) -> None:
    for one in attacked():
        if one.name.startswith(f"{room}."):
            attack_all(one)


EVERYWHERE_SLOW = r"\s+(?=[\u4e00-\u9fff])"
"""Most attacks on it take its time: short ones tell them apart as well."""


@pytest.mark.parametrize(
    ("pattern", "use"),
    [
        (r"(https?)://([a-z0-9.-]*[a-z][a-z0-9.-]*)((?:/[a-z0-9_~-][a-z0-9_.~-]*)*/?)", "fullmatch"),
        (r"[^?#]*(?:blank|lazy)[^/?#]*(?:[?#]|$)", "match"),
        (r"(?:\d{1,3}|[<>|\s]|Next)+\Z", "match"),
        (r"</(?:html|body)\b[^>]*+>", "search"),
        (EVERYWHERE_SLOW, "search"),
        (r"charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", "search"),
    ],
)
def test_what_takes_time_with_the_square_is_found(pattern: str, use: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ways to go wrong that were found when this was written."""
    monkeypatch.setattr(sys.modules[__name__], "SECONDS", 0.5)  # what is found is found sooner, too
    if pattern == EVERYWHERE_SLOW:
        monkeypatch.setattr(sys.modules[__name__], "SHORT", 2_000)  # LONG stays as it is
    with pytest.raises(pytest.fail.Exception, match="takes too long"):
        attack_all(Attacked(pattern, re.compile(pattern), (use,)))
