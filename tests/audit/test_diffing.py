"""Two bodies as rows, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.article import Block, BlockKind
from audit.body_diff import BodyDiff, Fate, Op
from audit.diffing import diff_bodies, new_texts, old_texts
from audit.likeness import CELLS
from audit.runs import LONGEST, runs
from audit.similar import NEAREST, likely
from audit.word_diff import Hunk, hunks

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


MINISTRY = (
    "The ministry said on Monday that twelve people were killed. Rescue teams worked all night. Officials urged calm."
)
ARMY = "A spokesman for the army denied the report and said no aircraft had been in the area."
TOWN = "Residents described a loud blast shortly after midnight. Windows were broken along the main street."
VISIT = "The prime minister will visit the town on Friday, his office announced."


def told(
    old: Sequence[str], new: Sequence[str], language: str = "en"
) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    diff = diff_bodies(paragraphs(*old), paragraphs(*new), language)
    return [(row.fate.value, row.old, row.new) for row in diff.rows]


def marked(old: str, new: str, language: str = "en") -> str:
    signs = {Op.EQUAL: "{}", Op.DELETE: "[-{}]", Op.INSERT: "[+{}]"}
    return "".join(signs[run.op].format(run.text) for run in runs(old, new, language))


def test_a_paragraph_that_was_split() -> None:
    first, rest = MINISTRY.replace("twelve", "thirteen").split(". ", 1)
    assert told([MINISTRY, ARMY], [first + ".", rest, ARMY]) == [("split", (0,), (0, 1)), ("same", (1,), (2,))]


def test_a_short_end_that_was_split_off() -> None:
    start, end = MINISTRY.rsplit(". ", 1)
    assert told([MINISTRY, ARMY], [start + ".", end, ARMY]) == [("split", (0,), (0, 1)), ("same", (1,), (2,))]


def test_paragraphs_that_were_merged() -> None:
    new = [MINISTRY, ARMY.replace("army", "navy") + " " + TOWN, VISIT]
    assert told([MINISTRY, ARMY, TOWN, VISIT], new)[1] == ("merged", (1, 2), (1,))


def test_a_line_break_that_became_a_paragraph() -> None:
    diff = diff_bodies(paragraphs(f"{ARMY}\n{TOWN}"), paragraphs(ARMY, TOWN), "en")
    assert [(row.fate, [run.op for run in row.runs]) for row in diff.rows] == [(Fate.SPLIT, [Op.EQUAL])]


TALKS = ("The talks failed, said Wang Heng.", "The talks have failed, said a diplomat who is familiar with the matter.")
RAIN = "Rain fell all day on the harbour."


def test_a_paragraph_that_was_rewritten_between_its_neighbours() -> None:
    before, after = TALKS
    same = [("same", (0,), (0,)), ("edited", (1,), (1,)), ("same", (2,), (2,))]
    assert told([ARMY, before, TOWN], [ARMY, after, TOWN]) == same
    assert told([ARMY, after, TOWN], [ARMY, before, TOWN]) == same
    assert told([ARMY, "台灣軍隊參加", TOWN], [ARMY, "台湾军队参加", TOWN], "zh") == same
    assert told([before, TOWN], [after, TOWN]) == [("edited", (0,), (0,)), ("same", (1,), (1,))]


def test_another_paragraph_in_its_place_is_no_rewriting() -> None:
    parted = [("same", (0,), (0,)), ("removed", (1,), ()), ("added", (), (1,)), ("same", (2,), (2,))]
    for before, after in (
        (TALKS[0], RAIN),
        ("It was the end of the talks.", "It was the first of the frigates."),
        ("Most of the crew had gone to the market.", "Some of the men had been at the wheel."),
        ("The minister denied the claim.", "A spokesman said the claim was false."),
        ("军方说导弹试验成功。", "今天的雨下了一整天。"),
    ):
        assert told([ARMY, before, TOWN], [ARMY, after, TOWN]) == parted
        assert told([ARMY, after, TOWN], [ARMY, before, TOWN]) == parted


REWRITTEN = "China shelled Japan. Japan denied it."


def test_a_rewriting_stands_alone_between_its_neighbours() -> None:
    """Elsewhere, or beside others that came or went, so little in common says nothing."""
    turned = "Seoul said Japan had shelled China."
    assert ("edited", (1,), (1,)) in told([ARMY, REWRITTEN, TOWN], [ARMY, turned, TOWN])
    for old, new in (
        ([ARMY, REWRITTEN, TOWN], [ARMY, TOWN, turned]),
        ([ARMY, REWRITTEN, RAIN, TOWN], [ARMY, turned, VISIT, TOWN]),
        ([ARMY, REWRITTEN, RAIN, TOWN], [ARMY, turned, TOWN]),
    ):
        assert ("removed", (1,), ()) in told(old, new)
        assert {fate for fate, *_ in told(new, old)} >= {"removed", "added"}


def test_a_subhead_is_not_rewritten_as_a_paragraph() -> None:
    old = [*paragraphs(ARMY), Block(BlockKind.SUBHEAD, TALKS[0]), *paragraphs(TOWN)]
    diff = diff_bodies(old, paragraphs(ARMY, TALKS[1], TOWN), "en")
    assert [row.fate for row in diff.rows] == [Fate.SAME, Fate.REMOVED, Fate.ADDED, Fate.SAME]


def test_what_moved_parts_no_neighbours() -> None:
    before, after = TALKS
    new = [ARMY, VISIT, after, TOWN]
    assert told([ARMY, before, TOWN, VISIT], new) == [
        ("same", (0,), (0,)), ("moved", (3,), (1,)), ("edited", (1,), (2,)), ("same", (2,), (3,)),
    ]  # fmt: skip


def test_of_two_that_changed_places_the_shorter_was_moved() -> None:
    assert told([MINISTRY, VISIT, ARMY, TOWN], [MINISTRY, ARMY, VISIT, TOWN])[1:3] == [
        ("same", (2,), (1,)),
        ("moved", (1,), (2,)),
    ]


def test_moved_and_edited() -> None:
    moved = diff_bodies(
        paragraphs(MINISTRY, ARMY, VISIT), paragraphs(VISIT.replace("Fri", "Sun"), MINISTRY, ARMY), "en"
    )
    assert (moved.rows[0].fate, moved.rows[0].old) == (Fate.MOVED, (2,))
    assert [run.text for run in moved.rows[0].runs if run.op is not Op.EQUAL] == ["Friday", "Sunday"]


def test_a_removed_paragraph_stands_behind_the_one_before_it() -> None:
    assert told([MINISTRY, ARMY, TOWN], [MINISTRY, VISIT, TOWN]) == [
        ("same", (0,), (0,)),
        ("removed", (1,), ()),
        ("added", (), (1,)),
        ("same", (2,), (2,)),
    ]


def test_another_kind_with_the_same_text_is_an_edit() -> None:
    diff = diff_bodies([Block(BlockKind.PARAGRAPH, ARMY)], [Block(BlockKind.SUBHEAD, ARMY)], "en")
    assert [(row.fate, [run.op for run in row.runs]) for row in diff.rows] == [(Fate.EDITED, [Op.EQUAL])]


def test_typography_links_and_does_not_hide() -> None:
    diff = diff_bodies(paragraphs("“No” – he said"), paragraphs('"No" - he said'), "en")
    assert diff.rows[0].fate is Fate.EDITED
    assert {run.text for run in diff.rows[0].runs if run.op is Op.DELETE} == {"“", "” –"}


def test_the_other_script_links_and_does_not_hide() -> None:
    old = ["台湾军队参加演习。", "他说“不”。", "没有人受伤。", "渡船离开港湾。"]
    new = ["渡船離開港灣。", "臺灣軍隊參加演習。", "他说「不」。", "沒有人受傷。"]
    assert told(old, new, "zh") == [
        ("moved", (3,), (0,)), ("edited", (0,), (1,)), ("edited", (1,), (2,)), ("edited", (2,), (3,)),
    ]  # fmt: skip


def test_a_list_that_lost_its_first_line_keeps_the_others() -> None:
    lines = [f"{name} rose {count}.5 percent." for count, name in enumerate(["Oil", "Tin", "Gold", "Zinc"])]
    assert told(lines, [*lines[1:], "Lead rose 9.5 percent."]) == [
        ("removed", (0,), ()),
        ("same", (1,), (0,)),
        ("same", (2,), (1,)),
        ("same", (3,), (2,)),
        ("added", (), (3,)),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("At least 12 were killed.", "At least 92 were killed.", "At least [-12][+92] were killed."),
        ("It cost 1.5 billion.", "It cost 7.5 billion.", "It cost [-1.5 billion][+7.5 billion]."),
        ("He was not there.", "He was there.", "He was [-not ]there."),
        ("A red fox of the hills ran.", "A grey cat of the woods ran.", "A [-red fox of the hills][+grey cat of the woods] ran."),  # noqa: E501
        ("12 of the 15 came.", "92 of the 95 came.", "[-12][+92] of the [-15][+95] came."),
        ("He left. It rained.", "He left.", "He left.[- It rained.]"),
        ("He left. It rained.", "It rained.", "[-He left. ]It rained."),
        ("It ran. It took all.", "It ran.  It took all.", "It ran.[- ][+  ]It took all."),
        ("the “special” plan", "the special plan", "the [-“]special[-”] plan"),
    ],
)  # fmt: skip
def test_runs_read_well(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_a_sentence_that_goes_on_as_the_one_before_it_takes_nothing_back() -> None:
    """The first sentence went, and what came in the second one is the same again."""
    assert marked("It ran. “Li. Li 少将 saw a ship! ", "It ran. “Li. Li 少将 saw a “boat” ") == (
        "It ran. “Li. Li 少将 saw a [-ship!][+“boat”] "
    )


def test_chinese_is_told_by_characters_and_whole_figures() -> None:
    assert marked("1月5日，3000人参加了演习。", "1月9日，5000人没有参加演习。", "zh") == (
        "[-1月5日][+1月9日]，[-3000][+5000]人[+没有]参加[-了]演习。"
    )


def test_a_sentence_that_went_elsewhere_is_told_whole() -> None:
    first, second, third = MINISTRY.split(". ")
    diff = diff_bodies(paragraphs(MINISTRY, ARMY), paragraphs(f"{first}. {third}", f"{ARMY} {second}."), "en")
    assert [run.text.strip() for row in diff.rows for run in row.runs if run.op is not Op.EQUAL] == [f"{second}."] * 2


def test_too_many_lone_paragraphs_are_told_coarsely_and_still_right() -> None:
    old = paragraphs(*(f"alpha {n} {n * n}" for n in range(400)))
    new = paragraphs(*(f"beta {n} {n * n + 1}" for n in range(300)))
    diff = diff_bodies(old, new, "en")
    holds(diff, old, new)
    assert diff.coarse == ("400 paragraphs against 300: of those without an equal only some were compared",)


def test_pairs_that_are_compared_grow_with_the_number_of_pieces_alone() -> None:
    same = dict.fromkeys(range(3000), "ab")
    others = {n: chr(1000 + n) + "b" for n in range(3000)}
    for old, new in ((same, same), (same, others), (others, others)):
        assert len(list(likely(old, new))) <= 3000 * (NEAREST + 1)


def test_a_sentence_too_long_for_tokens_is_told_coarsely_and_still_right() -> None:
    old, new = "a" * LONGEST, "a" * 400_000 + " b" + "a" * LONGEST
    coarse: list[str] = []
    found = runs(f"{old} stays", f"{new} stays", "en", coarse)
    assert "".join(run.text for run in found if run.op is not Op.INSERT) == f"{old} stays"
    assert "".join(run.text for run in found if run.op is not Op.DELETE) == f"{new} stays"
    assert [line[:12] for line in coarse] == ["sentences of"]


def test_tokens_too_many_to_compare_each_with_each_are_one_hunk() -> None:
    side = int(CELLS**0.5) + 1
    old, new = ["a", *["b", "c"] * (side // 2 + 1)], ["a", *["c", "d"] * (side // 2 + 1)]
    assert hunks(old, new) == ([Hunk(1, len(old), 1, len(new))], True)


def test_ten_thousand_repeated_lines_lose_some() -> None:
    old, new = paragraphs(*["same"] * 10_000), paragraphs(*["same"] * 9_000)
    diff = diff_bodies(old, new, "en")
    assert Counter(row.fate for row in diff.rows) == {Fate.SAME: 9_000, Fate.REMOVED: 1_000}
    assert diff.coarse == ()


def test_repeated_lines_whose_word_a_paragraph_has_are_not_its_parts() -> None:
    others = [f"para{n} speaks{n} of text{n * 3} and ship{n}." for n in range(100)]
    old, new = ["line"] * 50_000, [*others, "The general line of the party is this and that."]
    diff = diff_bodies(paragraphs(*old), paragraphs(*new), "en")  # took minutes: its time grew with their square
    assert {row.fate for row in diff.rows} == {Fate.REMOVED, Fate.ADDED}
    assert new_texts(diff) == tuple(new)
