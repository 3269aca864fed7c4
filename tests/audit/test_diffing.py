"""Two bodies as rows, and back."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from articles.article import Block, BlockKind
from audit.body_diff import BodyDiff, Fate, Op
from audit.diffing import diff_bodies, new_texts, old_texts

ALPHABET = st.one_of(
    st.sampled_from("aab  .\n\r\t'’\"“”-–1259,年月日五十的了在人不\u0301\u200b\u00a0\u2029😀👩\u200d한かカ。！？「」"),
    st.characters(),
)
TEXTS = st.one_of(
    st.text(ALPHABET, max_size=60),
    st.lists(
        st.sampled_from(
            [
                "He said no. ",
                "Twelve",
                " people",
                " died",
                ". ",
                "the ",
                "of ",
                "not ",
                "12 ",
                "1.5 billion ",
                "May 4",
                "他说。",
                "“",
                "\n",
            ]
        ),
        max_size=20,
    ).map("".join),
)
BODIES = st.lists(st.builds(Block, st.sampled_from(BlockKind), TEXTS), max_size=8)
MIRRORED = {Fate.ADDED: Fate.REMOVED, Fate.REMOVED: Fate.ADDED, Fate.SPLIT: Fate.MERGED, Fate.MERGED: Fate.SPLIT}


def paragraphs(*texts: str) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, text) for text in texts]


def texts(body: list[Block]) -> tuple[str, ...]:
    return tuple(block.text for block in body)


def holds(diff: BodyDiff, old: list[Block], new: list[Block]) -> None:
    assert old_texts(diff) == texts(old)
    assert new_texts(diff) == texts(new)
    assert sorted(i for row in diff.rows for i in row.old) == list(range(len(old)))
    assert sorted(j for row in diff.rows for j in row.new) == list(range(len(new)))
    firsts = [row.new[0] for row in diff.rows if row.new]
    assert firsts == sorted(firsts)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[Block], list[Block]]:
    """A body, and what some edits made of it."""
    old = draw(BODIES)
    new = list(old)
    for _ in range(draw(st.integers(0, 6))):
        if not new:
            break
        at = draw(st.integers(0, len(new) - 1))
        block = new[at]
        cut = draw(st.integers(0, len(block.text)))
        match draw(st.sampled_from(["drop", "move", "split", "merge", "insert", "cut", "twice"])):
            case "drop":
                del new[at]
            case "move":
                new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
            case "split":
                new[at : at + 1] = [Block(block.kind, block.text[:cut]), Block(block.kind, block.text[cut:])]
            case "merge":
                new[at : at + 2] = [Block(block.kind, " ".join(texts(new[at : at + 2])))]
            case "insert":
                new[at] = Block(block.kind, block.text[:cut] + draw(TEXTS) + block.text[cut:])
            case "cut":
                new[at] = Block(block.kind, block.text[cut:])
            case "twice":
                new.insert(at, block)
    return old, new


PAIRS = st.one_of(st.tuples(BODIES, BODIES), edited())


@given(PAIRS, st.sampled_from(["en", "zh", "ru", None]))
def test_either_body_comes_back_from_the_rows(pair: tuple[list[Block], list[Block]], language: str | None) -> None:
    holds(diff_bodies(*pair, language), *pair)


@given(BODIES)
def test_a_body_against_itself_is_the_same(body: list[Block]) -> None:
    diff = diff_bodies(body, body, "en")
    assert {row.fate for row in diff.rows} <= {Fate.SAME}
    assert {run.op for row in diff.rows for run in row.runs} <= {Op.EQUAL}


@given(PAIRS, st.sampled_from(["en", "zh"]))
def test_turned_around_it_says_the_same(pair: tuple[list[Block], list[Block]], language: str) -> None:
    there, back = diff_bodies(pair[0], pair[1], language), diff_bodies(pair[1], pair[0], language)
    assert {(MIRRORED.get(row.fate, row.fate), row.new, row.old) for row in there.rows} == {
        (row.fate, row.old, row.new) for row in back.rows
    }
    changed = Counter((run.op, run.text) for row in there.rows for run in row.runs)
    turned = Counter((run.op, run.text) for row in back.rows for run in row.runs)
    assert changed == Counter(
        {({Op.DELETE: Op.INSERT, Op.INSERT: Op.DELETE}.get(op, op), text): n for (op, text), n in turned.items()}
    )


@given(PAIRS)
def test_runs_alternate(pair: tuple[list[Block], list[Block]]) -> None:
    for row in diff_bodies(*pair, "en").rows:
        ops = [run.op for run in row.runs]
        assert all(first is not second for first, second in pairwise(ops))
        assert all(run.text for run in row.runs)
