"""The rules as data: complete, without contradictions, and as documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audit.edit import EditType, Weight
from audit.rules.catalogue import RAISES, RULE, RULES, WORD_TYPES
from audit.rules.category import Category
from audit.rules.lists import ENTRIES
from audit.rules.turning import OPPOSED
from audit.spelling import are_variants, close, misspelled, ordinary_words

DOCS = Path(__file__).resolve().parents[2] / "docs" / "audit.md"


def test_every_type_has_one_rule() -> None:
    assert sorted(rule.type for rule in RULES) == sorted(EditType)


@pytest.mark.parametrize("rule", RULES, ids=[rule.type.value for rule in RULES])
def test_a_rule_says_its_sentence_and_why(rule: object) -> None:
    said = RULE[rule.type]  # type: ignore[attr-defined]
    assert said.why
    assert said.became or said.added or said.removed
    for template in (said.became, said.added, said.removed):
        assert set(re.findall(r"{(\w+)}", template)) <= {
            "before",
            "after",
            "beside",
            "kind",
            "old",
            "new",
            "by",
            "parts",
        }


def test_the_documented_types_and_weights_are_those_of_the_rules() -> None:
    rows = re.findall(
        r"^\| (\w[^|]*?) \| (cosmetic|minor|substantive|major) \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rows == [(rule.type.value, str(rule.weight)) for rule in RULES]


def test_every_list_is_read() -> None:
    assert {entry.category for entry in ENTRIES} == set(Category)
    assert all(entry.tokens for entry in ENTRIES)


@pytest.mark.parametrize("category", WORD_TYPES)
def test_a_term_has_one_sense_in_its_category(category: Category) -> None:
    seen: dict[tuple[tuple[str, ...], bool], str] = {}
    for entry in ENTRIES:
        if entry.category is category:
            key = (entry.tokens, entry.capital)
            assert seen.setdefault(key, entry.sense) == entry.sense, entry.written


def test_what_raises_an_edit_raises_it() -> None:
    for rule in RAISES:
        assert all(RULE[kind].weight < rule.to <= Weight.MAJOR for kind in rule.types)


def test_ordinary_words_are_such_as_are_asked_for() -> None:
    words = ordinary_words()
    assert len(words) > 20_000
    assert all(len(word) >= 4 and word.isascii() and word.isalpha() and word.islower() for word in words)


@pytest.mark.parametrize(
    ("old", "new"), [("colour", "color"), ("mobilise", "mobilize"), ("foetus", "fetus"), ("metres", "meters")]
)
def test_variants_are_spelled_otherwise(old: str, new: str) -> None:
    assert are_variants(old, new)
    assert misspelled(old, new)


@pytest.mark.parametrize(("old", "new"), [("filled", "filed"), ("course", "corse"), ("fourth", "forth")])
def test_words_are_no_variants(old: str, new: str) -> None:
    assert close(old, new)
    assert not are_variants(old, new)


def test_no_small_word_is_its_own_opposite() -> None:
    for line in OPPOSED.strip().splitlines():
        left, right = ({word.strip() for word in side.split(",")} for side in line.split("/"))
        assert left.isdisjoint(right), line
