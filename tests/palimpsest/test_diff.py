"""`palimpsest diff`: of states in the archive, and of files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from storage.archive import Archive
from storage.folder_store import FolderStore
from tests.palimpsest.conftest import Call, Crawled
from tests.palimpsest.documented import example, keys
from tests.palimpsest.doors import Door
from tests.storage.catalog.observed import URL, article, capture, commit, reading

EDGI = Path(__file__).resolve().parents[3] / "shared" / "pages" / "edgi"
FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "outlets"
NUMBER = "demo:cbf:26000103"
door = [pytest.mark.slow, pytest.mark.xdist_group("door"), pytest.mark.timeout(180)]


class TestStates:
    pytestmark = door

    def test_a_number_that_was_changed_silently(self, crawled: Crawled, call: Call) -> None:
        ran = call(crawled.door, "diff", NUMBER)
        assert ran.code == 0
        assert "recorded [-36-]{+63+} days" in ran.out
        assert "not disclosed on the page as captured" in ran.out
        assert "the older is the first state seen by us" in ran.out

    def test_json_is_as_documented_and_its_change_id_leads_back(self, crawled: Crawled, call: Call) -> None:
        printed = call(crawled.door, "diff", NUMBER, "1", "2", "--json").json
        assert keys(printed) == keys(example("diff"))
        again = call(crawled.door, "diff", printed["change_id"], "--format", "json").json
        assert again == printed

    def test_a_re_post_with_edits_against_what_it_repeats(self, crawled: Crawled, call: Call) -> None:
        later, earlier = "demo:cbf:20000307", "demo:cbf:20000303"
        shown = call(crawled.door, "history", later).out
        assert "similar text (8" in shown
        assert "palimpsest diff http" in shown
        ran = call(crawled.door, "diff", later, "--with", earlier)
        assert ran.code == 0
        assert (
            "{+Forty-one+}" in ran.out or "{+The crew has since drilled a forty-first well, which is dry.+}" in ran.out
        )
        (repost,) = call(crawled.door, "history", later, "--json").json["reposts"]
        assert 0.75 <= repost["similarity"] < 1
        assert call(crawled.door, "diff", "--with", earlier).code == 2
        assert "never seen" in call(crawled.door, "diff", later, "--with", "demo:cbf:1").err

    def test_states_and_articles_that_are_not_there(self, crawled: Crawled, call: Call) -> None:
        ran = call(crawled.door, "diff", NUMBER, "2", "7")
        assert (ran.code, "there is no state 7" in ran.err) == (1, True)
        assert "never looked at" in call(crawled.door, "diff", "demo:cbf:1").err
        assert "has 1 state:" in call(crawled.door, "diff", "demo:cbf:26000203").err

    def test_what_is_no_change_is_refused(self, crawled: Crawled, call: Call) -> None:
        for words, said in ((("1", "1"), "does not differ from itself"), (("2", "1"), "Name the older one first: 1 2")):
            ran = call(crawled.door, "diff", NUMBER, *words)
            assert (ran.code, ran.out) == (2, "")
            assert said in ran.err

    def test_html_and_markdown(self, crawled: Crawled, call: Call) -> None:
        assert "<del>" in call(crawled.door, "diff", NUMBER, "--format", "html").out
        assert "<del>36</del><ins>63</ins>" in call(crawled.door, "diff", NUMBER, "--format", "markdown").out


def test_what_may_have_been_meant_as_well_is_told(empty: Door, call: Call) -> None:
    archive = Archive.open(FolderStore(empty.archive), create=True, single_writer=True)
    side = URL.replace("/CHINA/", "/side/")
    for url, texts in ((URL, ("12 ships", "21 ships") * 2), (side, ("12 ships", "no ship"))):
        rows = [capture(url, 24 * day) for day in range(len(texts))]
        commit(archive, rows, [reading(row, article(text)) for row, text in zip(rows, texts, strict=True)])
    by_key = call(empty, "diff", "demo:cbf:16435001", "1", "2", "--json")
    assert by_key.err.splitlines() == [
        f"palimpsest: this is {URL}. The same article key has other URLs, with histories of their own:",
        f"palimpsest:   {side} (2 states): palimpsest diff {side}",
    ]
    by_id = call(empty, "diff", by_key.json["change_id"], "--json")
    assert by_id.json == by_key.json
    assert by_id.err.splitlines() == [
        "palimpsest: the page went to and fro. This is the first time, states 1 and 2; it changed so again:",
        f"palimpsest:   states 3 and 4: palimpsest diff {URL} 3 4",
    ]
    assert call(empty, "diff", URL).err == ""
    assert call(empty, "diff", URL, "1", "4").err == (
        "palimpsest: the page had 2 other states between these two, of which nothing is told here\n"
    )


def files(folder: Path, old: str, new: str, suffix: str) -> tuple[str, ...]:
    for name, text in (("old", old), ("new", new)):
        (folder / f"{name}{suffix}").write_text(text, encoding="utf-8")
    return "diff", "--old", str(folder / f"old{suffix}"), "--new", str(folder / f"new{suffix}")


@pytest.mark.parametrize(
    ("suffix", "page"),
    [
        (".txt", "Dam closed\n\nIt opens on May {}.\n"),
        (".html", "<html><title>Dam closed</title><body><p>It opens on May {}.</p>"),
        (".json", '{{"headline": "Dam closed", "blocks": [{{"kind": "paragraph", "text": "It opens on May {}."}}]}}'),
    ],
)
def test_files_of_any_kind(empty: Door, call: Call, tmp_path: Path, suffix: str, page: str) -> None:
    words = files(tmp_path, page.format(4), page.format(9), suffix)
    findings = call(empty, *words, "--json").json["findings"]
    for name in ("old", "new"):
        file = (tmp_path / name).with_suffix(suffix)
        file.write_text(file.read_text(encoding="utf-8"), encoding="utf-16")
    assert call(empty, *words, "--json").json["findings"] == findings
    assert [(edit["type"], edit["before"], edit["after"]) for edit in findings["edits"]] == [("date", "May 4", "May 9")]


PARAGRAPHS = "{}Dam closed\n\nIt opens on May {}.\n\nThey wrote <b>pump</b> on the wall.\n"


@pytest.mark.parametrize(
    ("suffix", "begin", "blocks"),
    [
        (".txt", "", 2),
        (".TXT", "<!-- kept -->", 2),
        (".txt", "{", 2),
        (".html", "", 1),
        (".HTM", "{", 1),
        (".page", "", 1),
    ],
)
def test_what_a_file_is_its_suffix_says(
    empty: Door, call: Call, tmp_path: Path, suffix: str, begin: str, blocks: int
) -> None:
    old, new = (PARAGRAPHS.format(begin, day) for day in (4, 9))
    findings = call(empty, *files(tmp_path, old, new, suffix), "--json").json["findings"]
    assert [(edit["type"], edit["before"], edit["after"]) for edit in findings["edits"]] == [("date", "May 4", "May 9")]
    assert len(findings["body"]["rows"]) == blocks


def test_what_is_no_article_is_said_with_its_file(empty: Door, call: Call, tmp_path: Path) -> None:
    ran = call(empty, *files(tmp_path, '{"headline": ', '{"a": 1}', ".json"))
    assert ran.code == 1
    assert "old.json: should be JSON and is none" in ran.err
    ran = call(empty, *files(tmp_path, '{"headline": "a", "blocks": []}', '{"a": 1}', ".json"))
    assert "new.json: this JSON is no article" in ran.err


SAID = ("水库关闭\n\n12人死亡。\n他承認了。\n", "水库关闭\n\n12人受傷。\n他否認了。\n")
TRADITIONAL = ("水庫關閉\n\n12人死亡。\n他承認了。\n", "水庫關閉\n\n12人受傷。\n他否認了。\n")
JAPANESE = ("ダム閉鎖\n\n12人死亡。\n彼は認めた。\n", "ダム閉鎖\n\n12人負傷。\n彼は否定した。\n")
KOREAN = ("댐 폐쇄\n\n12명 사망.\n그는 인정했다.\n", "댐 폐쇄\n\n12명 부상.\n그는 부인했다.\n")
ENCODINGS = [
    ("gbk", SAID),
    ("big5", TRADITIONAL),
    *((name, JAPANESE) for name in ("shift_jis", "euc_jp", "iso-2022-jp")),
    ("euc_kr", KOREAN),
    *((name, SAID) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le")),
]
TELL_THEMSELVES = ("utf-8", "utf-8-sig", "utf-16")


def edits_of(findings: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(edit["type"], edit["before"], edit["after"]) for edit in findings["edits"]]


@pytest.mark.parametrize("page", ["", '<html><meta charset="{}"><title>t</title><body><p>'], ids=["text", "page"])
@pytest.mark.parametrize(("encoding", "said"), ENCODINGS)
def test_no_edit_is_lost_to_an_encoding_and_none_is_made_by_one(
    empty: Door, call: Call, tmp_path: Path, encoding: str, said: tuple[str, str], page: str
) -> None:
    suffix = ".html" if page else ".txt"
    words = files(tmp_path, *(page.format("utf-8") + text for text in said), suffix)
    expected = edits_of(call(empty, *words, "--json").json["findings"])
    assert expected
    for name, text in zip(("old", "new"), said, strict=True):
        (tmp_path / f"{name}{suffix}").write_text(page.replace(' charset="{}"', "") + text, encoding=encoding)
    ran = call(empty, *words, "--json")
    if encoding in TELL_THEMSELVES:
        assert ran.code == 0
    else:
        assert (ran.code, ran.out) == (2, "")
        assert f"{tmp_path / 'old'}{suffix}: " in ran.err
        assert "--encoding" in ran.err
    named = call(empty, *words, "--json", "--encoding", encoding)
    assert (named.code, named.err) == (0, "")
    assert edits_of(named.json["findings"]) == expected
    if page and not encoding.startswith("utf-"):
        for name, text in zip(("old", "new"), said, strict=True):
            (tmp_path / f"{name}{suffix}").write_text(
                page.format(encoding.replace("euc_", "euc-")) + text, encoding=encoding
            )
        declared = call(empty, *words, "--json")
        assert (declared.code, declared.err) == (0, "")
        assert edits_of(declared.json["findings"]) == expected


def test_each_file_has_its_encoding_and_both_are_told_where_they_differ(
    empty: Door, call: Call, tmp_path: Path
) -> None:
    words = files(tmp_path, *TRADITIONAL, ".txt")
    (tmp_path / "old.txt").write_text(TRADITIONAL[0], encoding="big5")
    ran = call(empty, *words, "--encoding", "big5", "--encoding", "utf8")
    assert ran.code == 0
    told = f"{tmp_path / 'old.txt'} was read as big5, {tmp_path / 'new.txt'} as utf-8"
    assert f"\n! {told}\n" in ran.out
    in_json = call(empty, *words, "--encoding", "big5", "--encoding", "utf8", "--json")
    assert (in_json.err, in_json.json["notes"]) == (f"palimpsest: {told}\n", [told])
    assert call(empty, *words, "--encoding", "utf-8").code == 2
    assert "is not in utf-8, as you said" in call(empty, *words, "--encoding", "utf-8").err
    for name in ("klingon", "hex"):
        ran = call(empty, *words, "--encoding", name)
        assert (ran.code, f"'{name}' is no encoding that we know" in ran.err) == (2, True)
    assert call(empty, "diff", NUMBER, "--encoding", "big5").code == 2


@pytest.mark.parametrize(("data", "said"), [(b"A dam\n\xff\xff\n", "no UTF-8"), (b"\xff\xfeA\x00\x00\xd8", "utf-16")])
def test_a_text_in_no_encoding_that_we_know_is_said_with_its_file(
    empty: Door, call: Call, tmp_path: Path, data: bytes, said: str
) -> None:
    words = files(tmp_path, "A dam", "A dam", ".txt")
    (tmp_path / "new.txt").write_bytes(data)
    ran = call(empty, *words)
    assert (ran.code, ran.out) == (2, "")
    assert f"{tmp_path / 'new.txt'}" in ran.err
    assert said in ran.err


CHALLENGE = "<html><title>Just a moment...</title><body><p>Verify you are human by completing the action below.</p>"
MISSING = "<html><title>404 Not Found</title><body><p>The page that you asked for is not here.</p>"
CHINAMIL = Path(__file__).parents[1] / "fixtures" / "outlets" / "chinamil"
AT = "http://eng.chinamil.com.cn/2025xb/V_251452/16438812.html"


@pytest.mark.parametrize(("page", "said"), [(CHALLENGE, "challenge page"), (MISSING, "404 Not Found")])
def test_what_is_no_article_is_not_compared_as_one(
    empty: Door, call: Call, tmp_path: Path, page: str, said: str
) -> None:
    real = gzip.decompress((CHINAMIL / "2026-01-23.html.gz").read_bytes()).decode()
    for words in (files(tmp_path, real, page, ".html"), files(tmp_path, page, real, ".html")):
        ran = call(empty, *words, "--url", AT)
        assert (ran.code, ran.out) == (1, "")
        assert "is no article of chinamil, so there is nothing to compare" in ran.err
        assert said in ran.err
        ran = call(empty, *words)
        assert ran.code == 1
        assert "IS LIKELY NO ARTICLE" in ran.out
        assert said in ran.out
        for form in ("html", "markdown"):
            ran = call(empty, *words, "--format", form)
            assert "IS LIKELY NO ARTICLE" in ran.out
            assert "IS LIKELY NO ARTICLE" in ran.err


def test_both_pages_are_read_by_one_reader_or_it_is_said(empty: Door, call: Call, tmp_path: Path) -> None:
    real = gzip.decompress((CHINAMIL / "2026-01-23.html.gz").read_bytes()).decode()
    assert call(empty, *files(tmp_path, real, real, ".html"), "--url", AT, "--json").json["notes"] == []
    # another template, which no reader knows, with the same words
    words = files(
        tmp_path, real, "<html><title>t</title><main><h1>A drill</h1><p>It ended on Monday.</p></main>", ".html"
    )
    ran = call(empty, *words, "--url", AT, "--json")
    assert ran.code == 0
    assert f"{tmp_path / 'new.html'}: the outlet's readers can't read it (doubtful" in ran.err
    assert "so pages were read as any page can be" in ran.err
    assert ran.json["findings"] == call(empty, *words, "--json").json["findings"]
    assert "no outlet has articles at http://a.example/" in call(empty, *words, "--url", "http://a.example/").out
    (tmp_path / "new.txt").write_text("A drill\n\nIt ended on Monday.\n")
    ran = call(empty, *words[:4], str(tmp_path / "new.txt"))
    assert "NOT READ BY THE SAME READER" in ran.out
    assert "new.txt as a plain text" in ran.out


@pytest.mark.parametrize("held", ["[1,2", "[]", "null", '"A dam"', '{"x": 1}'])
def test_a_json_file_that_holds_no_article_is_no_text(empty: Door, call: Call, tmp_path: Path, held: str) -> None:
    ran = call(empty, *files(tmp_path, held, held, ".json"))
    assert (ran.code, ran.out) == (1, "")
    assert "old.json: " in ran.err
    assert "is none" in ran.err or "this JSON is no article" in ran.err
    assert "KeyError" not in ran.err


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_ends_in_one_of_three_ways(empty: Door, call: Call, tmp_path: Path, end: str) -> None:
    old, new = ("Dam closed\n\nIt opens on May 4.\nAll is well.\n",) * 2
    words = files(tmp_path, old, "", ".txt")
    (tmp_path / "new.txt").write_bytes(new.replace("\n", end).encode())
    assert call(empty, *words, "--json").json["findings"]["edits"] == []


def test_words_that_do_not_go_together(empty: Door, call: Call, tmp_path: Path) -> None:
    words = files(tmp_path, "a", "b", ".txt")
    id_ = "sha256:" + "0" * 64
    assert call(empty, *words, "--json", "--format", "html").code == 2
    assert call(empty, "diff", NUMBER, "--url", "http://a.example/").code == 2
    assert "a change id names both states" in call(empty, "diff", id_, "1", "2").err
    assert "a change id names both states" in call(empty, "evidence", id_, "out.wacz", "--to", "2").err
    assert call(empty, *words[:3]).code == 2
    assert call(empty, "diff").code == 2
    assert call(empty, *words, "demo:cbf:1").code == 2


def test_a_page_cannot_steer_the_terminal(empty: Door, call: Call, tmp_path: Path) -> None:
    ran = call(empty, *files(tmp_path, "A\n\n\x1b]0;owned\x07 one", "A\n\n\x1b[2J\u202e two", ".txt"))
    assert "\x1b" not in ran.out
    assert "\\x1b]0;owned\\x07" in ran.out


@pytest.mark.skipif(not EDGI.is_dir(), reason="the real page pairs of ../shared/pages/edgi are not here")
@pytest.mark.parametrize(
    ("pair", "weight", "types"),
    [
        ("falsepos-footer", "cosmetic", set()),
        ("truepos-dataset-removal", "substantive", {"link removed"}),
        ("truepos-image-removal", "substantive", {"image removed"}),
    ],
)
def test_real_pairs_are_weighed_as_people_weighed_them(
    empty: Door, call: Call, pair: str, weight: str, types: set[str]
) -> None:
    words = ("--old", str(EDGI / f"{pair}-a.html"), "--new", str(EDGI / f"{pair}-b.html"))
    findings = json.loads(call(empty, "diff", *words, "--json").out)["findings"]
    assert findings["weight"] == weight
    heavy = {edit["type"] for edit in findings["edits"] if edit["weight"] in ("substantive", "major")}
    assert types <= heavy


def told(call: Call, door: Door, words: tuple[str, ...], *more: str) -> list[tuple[str, str]]:
    return [(edit["type"], edit["weight"]) for edit in call(door, *words, *more, "--json").json["findings"]["edits"]]


def test_times_are_compared_by_the_words_of_two_saved_pages(empty: Door, call: Call, tmp_path: Path) -> None:
    golden = FIXTURES / "chinamil" / "2026-01-23.json"
    page = gzip.decompress(golden.with_suffix(".html.gz").read_bytes()).decode()
    printed, url = "2026-01-23 15:59:34", json.loads(golden.read_text())["pages"][0]["url"]
    assert page.count(printed)
    for other, found in (
        ("2026/1/23 15:59:34", [("time written otherwise", "cosmetic")]),
        ("2026-01-23", [("published time moved", "minor")]),
    ):
        words = files(tmp_path, page, page.replace(printed, other), ".html")
        assert told(call, empty, words, "--url", url) == found
    words = files(tmp_path, page.replace(printed, "2026-01-23"), page.replace(printed, "2026-01-24"), ".html")
    assert told(call, empty, words, "--url", url) == [("published time moved", "substantive")]


def test_an_article_s_json_without_the_words_of_its_times_compares_by_moments_alone(
    empty: Door, call: Call, tmp_path: Path
) -> None:
    whole = {"headline": "Dam", "blocks": [], "published_raw": "2026-01-23", "modified_raw": None}
    other = {**whole, "published_raw": "2026-01-24"}
    canonical = {"headline": "Dam", "blocks": []}
    for old, new, found in (
        (whole, other, [("published time moved", "substantive")]),
        (canonical, other, []),
        (whole, canonical, []),
        (whole, {**other, "published_raw": None}, [("published time moved", "substantive")]),
    ):
        assert told(call, empty, files(tmp_path, json.dumps(old), json.dumps(new), ".json")) == found


def test_what_unknown_pages_give_to_machines_is_compared(empty: Door, call: Call, tmp_path: Path) -> None:
    page = (
        '<html><head><title>T</title><meta property="article:modified_time" content="2026-05-04T{}:00:00+08:00">'
        '<meta name="author" content="{}"></head><body><h1>Dam closed</h1><p>The dam is closed for a week.</p></body>'
    )
    words = files(tmp_path, page.format(10, "Li Wei"), page.format(12, "Li Wei"), ".html")
    assert told(call, empty, words) == [("modified time moved alone", "minor")]
    words = files(tmp_path, page.format(10, "Li Wei"), page.format(12, "Zhang San"), ".html")
    assert told(call, empty, words) == [("byline", "substantive"), ("modified time moved", "cosmetic")]


def test_addresses_of_a_page_that_was_nowhere_are_paths(empty: Door, call: Call, tmp_path: Path) -> None:
    page = '<html><body><h1>Dam closed</h1><p>See <a href="{}">why</a>.</p><img src="{}"></body>'
    words = files(tmp_path, page.format("/why", "1.jpg"), page.format("/how", "2.jpg"), ".html")
    for form in ("text", "json", "html", "markdown"):
        out = call(empty, *words, "--format", form).out
        assert "file.invalid" not in out
        assert "/how" in out
        assert "/2.jpg" in out.replace("\\", "")
    words = files(
        tmp_path, page.format("https://a.example/x", "1.jpg"), page.format("https://a.example/y", "1.jpg"), ".html"
    )
    assert "//a.example/y" in call(empty, *words).out
