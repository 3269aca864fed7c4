"""`palimpsest changes` and what `history` says of changes, on a small archive."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from audit.edit import EditType
from tests.palimpsest.conftest import Call, Crawled
from tests.palimpsest.documented import example, keys
from tests.palimpsest.doors import Door
from tests.palimpsest.test_commands import FOG, rows
from tests.palimpsest.test_terminal import RICH_S_OWN

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("door"), pytest.mark.timeout(180)]

STATION = "Mountain weather station reports long winter without sun"
UNDISCLOSED = "not disclosed on the page as captured"
SINCE = ("changes", "--since", "60d")


@pytest.fixture
def another(crawled: Crawled, call: Call, tmp_path: Path) -> Door:
    """A copy of the archive's door whose changes were compared already."""
    assert call(crawled.door, *SINCE).code == 0
    return crawled.door.copy(tmp_path)


def judged(door: Door, headline: str, **values: object) -> None:
    """Let a comparison have come out differently."""
    of_change = (
        "change_id = (select change_id from changes join articles on content_id = new_content_id where headline = ?)"
    )
    for name, value in values.items():
        door.sql(f"update findings set {name} = ? where {of_change}", value, headline)


def test_changes_show_what_differs_and_between_which_moments(crawled: Crawled, call: Call) -> None:
    heading, *lines = rows(call(crawled.door, *SINCE).out)
    assert heading == ["what", "article", "how", "weight", "types", "disclosure", "when", "url"]
    by_article = {line[1]: line for line in lines}
    kind, _, how, weight, types, disclosure, when, url = by_article[STATION]
    assert (kind, how) == ("changed", "text: …has now recorded [36 → 63] days without an…")
    assert (weight, types, disclosure) == ("substantive", "number", UNDISCLOSED)
    assert when.startswith("between 2")
    assert when.count("Z") == 2
    assert url.endswith("/26000103.html")
    assert by_article["Ferry to the island runs twice a day again"][5].startswith(f"{UNDISCLOSED}, ")
    gone = by_article["Field kitchen serves 900 in an hour"]
    assert (gone[0], gone[3:6]) == ("gone", ["", "", ""])
    assert "last seen" in gone[6]
    mast = by_article["Portable mast stands up to the wind"]
    assert mast[0] == "server error"
    assert "this does not say that it is gone" in mast[2]
    assert by_article["Old quarry becomes training ground"][0] == "re-posted"


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["--type", "number"], 2),
        (["--type", "number", "--type", "Translation-note-dropped"], 3),
        (["--min-weight", "substantive"], 7),
        (["--min-weight", "major"], 0),
        (["--undisclosed"], 7),
        (["--undisclosed", "--type", "editor"], 1),
        (["--outlet", "chinamil", "--undisclosed"], 0),
        (["--type", "number", "--limit", "1"], 1),
    ],
)
def test_changes_are_filtered_by_their_edits(crawled: Crawled, call: Call, words: list[str], count: int) -> None:
    found = call(crawled.door, *SINCE, *words, "--json").json
    assert len(found["changes"]) == count
    assert (found["absences"], found["reposts"]) == ([], [])
    assert found == call(crawled.door, *SINCE, *words, "--format", "json").json


def test_the_heaviest_come_first_where_that_is_asked_for(another: Door, call: Call) -> None:
    judged(another, STATION, weight=3, score=80)
    judged(another, "A winter on the ice road", weight=1, score=2)
    lines = rows(call(another, *SINCE, "--sort", "weight").out)[1:]
    assert (lines[0][1], lines[0][3]) == (STATION, "major")
    weights = [line[3] for line in lines]
    assert weights == ["major", *["substantive"] * 5, "minor", *[""] * (len(lines) - 7)]
    in_json = call(another, *SINCE, "--sort", "weight", "--json").json["changes"]
    assert [change["weight"] for change in in_json] == ["major", *["substantive"] * 5, "minor"]


def test_cosmetic_changes_are_folded_into_one_line(another: Door, call: Call) -> None:
    judged(another, STATION, weight=0, score=0, undisclosed=False, types='["spacing"]')
    judged(another, "A winter on the ice road", weight=0, score=0, undisclosed=False, types='["typography"]')
    ran = call(another, *SINCE)
    assert STATION not in ran.out
    assert ran.err == "2 cosmetic changes folded; --all shows them.\n"
    whole = call(another, *SINCE, "--all")
    assert [line[3:6] for line in rows(whole.out) if line[1] == STATION] == [["cosmetic", "spacing", ""]]
    assert whole.err == ""
    assert STATION in call(another, *SINCE, "--min-weight", "cosmetic").out
    assert STATION in call(another, *SINCE, "--format", "csv").out
    assert STATION in call(another, *SINCE, "--json").out
    only = call(another, *SINCE, "--type", "spacing")
    assert only.out.startswith("No change was observed to be like that since 60d.")
    assert only.err == "1 cosmetic change folded; --all shows it.\n"


def test_an_article_that_came_back_has_an_entry_of_its_own(another: Door, call: Call) -> None:
    another.sql("update absences set returned_at = last_missing + 3600 * 1000000")
    lines = rows(call(another, *SINCE).out)
    # The page that answered 503 had not been missing.
    listed, back = sorted((line for line in lines if line[0] == "returned"), key=lambda line: line[2])
    assert listed[1] == "Divers map harbor by touch"
    assert listed[2].startswith("listed again after it had been withdrawn since 2")
    assert back[1] == "Field kitchen serves 900 in an hour"
    assert back[2].startswith("seen again after it had been gone since 2")
    assert [line[1] for line in lines if line[0] == "gone"] == [back[1]]
    found = list(csv.DictReader(io.StringIO(call(another, *SINCE, "--format", "csv").out, newline="")))
    assert sorted(row["headline"] for row in found if row["what"] == "returned") == sorted([listed[1], back[1]])
    shown = call(another, "history", back[-1]).out
    assert shown.index("gone") < shown.index("seen again")


def test_an_image_with_other_bytes_is_listed_by_itself(another: Door, call: Call) -> None:
    assert call(another, *SINCE, "--json").json["images"] == []
    another.sql(
        "insert into replaced_images select url_id, 0, article_url, body_digest, 'sha256:new', record_id, record_id,"
        " captured_at - 1, captured_at from captures where role = 'requisite' and article_url is not null limit 1"
    )
    (image,) = call(another, *SINCE, "--json").json["images"]
    assert image["new_digest"] == "sha256:new"
    (line,) = [line for line in rows(call(another, *SINCE).out) if line[0] == "image replaced"]
    assert line[2].startswith(f"other bytes under {image['image_url']}; the article")
    asked = (*SINCE, "--type", "image replaced")
    found = call(another, *asked, "--json").json
    assert found == {
        "changes": [],
        "absences": [],
        "reposts": [],
        "images": [image],
        "alarms": [],
        "alike": [],
        "more": [],
    }
    assert [line[0] for line in rows(call(another, *asked).out)] == ["what", "image replaced"]
    assert call(another, *SINCE, "--type", "number", "--json").json["images"] == []
    for other in ("--undisclosed", "--min-weight=minor"):
        assert call(another, *SINCE, other, "--json").json["images"] == []
        assert call(another, *asked, other, "--json").json["images"] == []


def test_the_same_edits_in_many_articles_are_one_line(another: Door, call: Call) -> None:
    each = len([line for line in rows(call(another, *SINCE).out) if line[0].startswith("changed")])
    assert each == 7
    another.sql("update findings set edits_digest = 'sha256:the same', hunks = '[\"the same\"]'")
    another.sql("insert into edit_hunks select 'the same', id, 1 from findings")
    begun = "(select min(last_seen_before) from changes)"
    another.sql(f"update changes set last_seen_before = {begun}")
    (line,) = [line for line in rows(call(another, *SINCE).out) if line[0].startswith("changed")]
    assert line[0] == "changed alike in 7 articles"
    for words in (["--all"], ["--format", "csv"]):
        found = [line for line in call(another, *SINCE, *words).out.splitlines() if line.startswith("changed")]
        assert len(found) == each
    assert len(call(another, *SINCE, "--json").json["changes"]) == each


def test_a_group_bears_the_weight_of_its_heaviest_and_names_its_articles(another: Door, call: Call) -> None:
    same = "edits_digest = 'sha256:the same', hunks = '[\"the same\"]'"
    lightly = "weight = 1, score = 2, undisclosed = 0, disclosure = 'none', types = '[\"words\"]'"
    another.sql(f"update findings set {same}, {lightly}")
    another.sql("insert into edit_hunks select 'the same', id, 1 from findings")
    another.sql("update changes set last_seen_before = (select min(last_seen_before) from changes)")
    judged(another, STATION, weight=3, score=90, undisclosed=1, types='["number"]')
    found = call(another, *SINCE, "--json").json
    (line,) = [line for line in rows(call(another, *SINCE).out) if line[0].startswith("changed")]
    assert line[1:2] + line[3:6] == [STATION, "major", "number, words", UNDISCLOSED]
    addresses = {change["url"] for change in found["changes"]}
    assert set(line[-1].split(" ")) == addresses
    (group,) = found["alike"]
    assert (group["weight"], group["score"], group["undisclosed"]) == ("major", 90, True)
    assert (group["articles"], group["types"]) == (7, ["number", "words"])
    assert {member["url"] for member in group["changes"]} == addresses
    assert [member["weight"] for member in group["changes"] if member["headline"] == STATION] == ["major"]
    table = list(csv.DictReader(io.StringIO(call(another, *SINCE, "--format", "csv").out, newline="")))
    assert {row["url"] for row in table if row["alike"] == group["id"]} == addresses
    assert {row["alike"] for row in table if row["url"] not in addresses} <= {""}
    (entry,) = [
        one
        for one in json.loads(call(another, *SINCE, "--format", "jsonfeed").out)["items"]
        if one["id"] == group["id"]
    ]
    assert {"major", "number", "words", UNDISCLOSED} <= set(entry["tags"])
    assert all(address in entry["content_html"] for address in addresses)


def test_the_same_edits_at_several_urls_of_one_article_are_one_line(another: Door, call: Call) -> None:
    each = len([line for line in rows(call(another, *SINCE).out) if line[0].startswith("changed")])
    # Two articles become one, at two addresses: the same key, the same edits, the same interval.
    two = "(select url_id from changes order by url_id limit 2)"
    another.sql(f"update url_state set article_key = 'demo:cbf:1' where id in {two}")
    of_two = f"(select change_id from changes where url_id in {two})"
    same = "edits_digest = 'sha256:the same', hunks = '[\"the same\"]'"
    another.sql(f"update findings set {same} where change_id in {of_two}")
    another.sql(f"insert into edit_hunks select 'the same', id, 1 from findings where change_id in {of_two}")
    begun = "(select min(last_seen_before) from changes)"
    another.sql(f"update changes set last_seen_before = {begun} where url_id in {two}")
    found = [line for line in rows(call(another, *SINCE).out) if line[0].startswith("changed")]
    (line,) = [line for line in found if "at 2 URLs" in line[0]]
    assert len(set(line[-1].split(" "))) == 2
    assert len(found) == each - 1
    assert len([line for line in rows(call(another, *SINCE, "--all").out) if line[0].startswith("changed")]) >= each


def test_an_alarm_is_at_the_top(another: Door, call: Call) -> None:
    assert call(another, *SINCE, "--json").json["alarms"] == []
    kept = {"since": "2026-01-01T00:00:00+00:00", "until": "2026-01-08T00:00:00+00:00"}
    kept |= {"looked_at": 40, "kinds": {"gone": 30}}
    report = "update commits set report = json_set(report, '$.disappeared', json(?)) where kind = 'reading'"
    another.sql(report, json.dumps(kept))
    first = rows(call(another, *SINCE).out)[1]
    assert (first[0], first[1]) == ("alarm", "demo")
    assert first[2].startswith("mass disappearance: 30 of 40 articles ")
    (alarm,) = call(another, *SINCE, "--json").json["alarms"]
    assert (alarm["missing"], alarm["looked_at"], alarm["returned"]) == (30, 40, 0)
    line = next(csv.DictReader(io.StringIO(call(another, *SINCE, "--format", "csv").out)))
    assert (line["what"], line["outlet"], line["url"], line["how"]) == ("alarm", "demo", "", first[2])


def test_a_change_that_could_not_be_compared_says_so(another: Door, call: Call) -> None:
    nothing = dict.fromkeys(("weight", "score", "disclosure", "undisclosed", "types"))
    judged(another, STATION, error="ValueError: \x1b[31mred", **nothing)
    (line,) = [line for line in rows(call(another, *SINCE).out) if line[1] == STATION]
    assert line[3:6] == ["", r"could not be compared: ValueError: \x1b[31mred", ""]
    filtered = call(another, *SINCE, "--undisclosed")
    assert STATION not in filtered.out
    assert filtered.err.startswith("1 change could not be compared; ")
    shown = call(another, "history", "demo:cbf:26000103").out
    assert r"could not be compared: ValueError: \x1b[31mred" in shown
    (change,) = [one for one in call(another, *SINCE, "--json").json["changes"] if one["headline"] == STATION]
    assert (change["weight"], change["audit_error"]) == (None, "ValueError: \x1b[31mred")


@pytest.mark.parametrize("written", ["table", "json", "csv", "atom", "jsonfeed"])
def test_a_limit_says_in_every_format_that_there_is_more(crawled: Crawled, call: Call, written: str) -> None:
    words = (*SINCE, "--format", written)
    whole = call(crawled.door, *SINCE, "--json").json
    counts = {kind: len(whole[kind]) for kind in ("changes", "absences", "reposts", "images")}
    assert whole["more"] == []
    assert {kind for kind, count in counts.items() if count > 1} == {"changes", "absences", "reposts"}, "else pointless"
    assert call(crawled.door, *words, "--limit", str(max(counts.values()))).err == ""
    cut = call(crawled.door, *words, "--limit", "1")
    assert cut.code == 0
    assert cut.err.splitlines() == [
        "1 of 7 changes; --limit shows more.",
        "1 of more absences; --limit shows more.",
        "1 of more re-posts; --limit shows more.",
    ]
    if written == "json":
        assert cut.json["more"] == ["changes", "absences", "reposts"]
        assert [len(cut.json[kind]) for kind in counts] == [1, 1, 1, counts["images"]]


def test_csv_is_what_spreadsheets_read(another: Door, call: Call) -> None:
    another.sql("update articles set article_json = replace(article_json, ?, ?)", FOG, '=HYPERLINK(\\"x\\"),\\n+1')
    another.sql("update articles set article_json = replace(article_json, ?, ?)", STATION, " @SUM(1)")
    ran = call(another, *SINCE, "--format", "csv")
    assert ran.code == 0
    lines = ran.out.split("\r\n")
    assert lines[0].startswith("what,outlet,article_key,headline,url,last_seen_before,first_seen_after,weight,")
    assert lines[-1] == ""
    assert "\n" not in ran.out.replace("\r\n", "")
    found = list(csv.DictReader(io.StringIO(ran.out, newline="")))
    assert {row["what"] for row in found} == {"changed", "gone", "withdrawn", "server error", "re-posted"}
    by_key = {row["article_key"]: row for row in found if row["what"] == "changed"}
    assert by_key["demo:cbf:26000102"]["headline"] == r"""'=HYPERLINK("x"),\x0a+1"""
    station = by_key["demo:cbf:26000103"]
    assert station["headline"] == "' @SUM(1)"
    assert (station["weight"], station["types"], station["undisclosed"]) == ("substantive", "number", "true")
    assert station["change_id"].startswith("sha256:")
    assert by_key["demo:cbf:26000102"]["types"] == "words; headline"
    (gone,) = [row for row in found if row["what"] == "gone"]
    assert (gone["weight"], gone["undisclosed"], gone["change_id"]) == ("", "", "")
    assert "HTTP 404" in gone["how"]


def test_csv_is_utf_8_whatever_the_terminal(crawled: Crawled) -> None:
    ran = crawled.door.given(PYTHONIOENCODING="latin-1").process(*SINCE, "--format", "csv")
    assert ran.code == 0, ran.err
    assert "[36 → 63]" in ran.out  # the test reads it as UTF-8


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--type", "numbr"], "Did you mean number?"),
        (["--min-weight", "heavy"], "cosmetic, minor, substantive, major"),
        (["--sort", "length"], "weight"),
        (["--format", "xml"], "csv"),
        (["--format", "csv", "--json"], "--json"),
    ],
)
def test_words_that_mean_nothing_are_refused(crawled: Crawled, call: Call, words: list[str], says: str) -> None:
    ran = call(crawled.door, *SINCE, *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_every_type_can_be_asked_for(crawled: Crawled, call: Call) -> None:
    words = [word for kind in EditType for word in ("--type", kind.value)]
    assert len(call(crawled.door, *SINCE, *words, "--json").json["changes"]) == 7


def test_nothing_found_is_a_sentence(crawled: Crawled, call: Call) -> None:
    assert call(crawled.door, "changes", "--since", "1m").out.startswith("Nothing was observed to change since 1m.")
    ran = call(crawled.door, *SINCE, "--min-weight", "major")
    assert ran.out.startswith("No change was observed to be like that since 60d.")


def test_history_tells_what_each_change_weighs(crawled: Crawled, call: Call) -> None:
    assert f"substantive (12 of 100) · number · {UNDISCLOSED}" in call(crawled.door, "history", "demo:cbf:26000103").out
    (url,) = call(crawled.door, "history", "demo:cbf:26000103", "--json").json["urls"]
    (change,) = url["changes"]
    assert (change["weight"], change["types"], change["undisclosed"]) == ("substantive", ["number"], True)


def test_keys_are_those_of_the_document(crawled: Crawled, call: Call) -> None:
    assert keys(call(crawled.door, *SINCE, "--json").json) == keys(example("changes"))
    assert keys(example("history")["urls"][0]["changes"]) == keys(example("changes")["changes"])


def test_a_terminal_shows_weight_types_and_disclosure(crawled: Crawled) -> None:
    shown = " ".join(RICH_S_OWN.sub("", crawled.door.terminal(*SINCE).out).split())
    assert f"substantive (12 of 100) · number · {UNDISCLOSED}" in shown
    assert "weighing edits" not in shown, "progress of less than a second's work"
