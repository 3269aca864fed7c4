from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import OutletFolderMissing, OutletInvalid, OutletUnknown
from config.outlet import Outlet
from config.outlet_file import load_outlet, load_outlets, pick_outlet

GOOD = r"""id: paper
name: A Paper
home: http://paper.example/
language: en
timezone: UTC
politeness:
  delay: 2s
sources:
  - {url: http://paper.example/index.html}
articles:
  - era: now
    cms: c
    url: http://paper\.example/(?P<id>\d+)\.html
readers: [some_reader]
"""


def written(folder: Path, text: str, name: str = "paper.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str, name: str = "paper.yml") -> list[str]:
    with pytest.raises(OutletInvalid) as caught:
        load_outlet(written(folder, text, name))
    return [str(problem) for problem in caught.value.problems]


def test_a_good_file_becomes_an_outlet(tmp_path: Path) -> None:
    outlet = load_outlet(written(tmp_path, GOOD))
    assert outlet.name == "A Paper"
    assert outlet.match("http://paper.example/12.html")


def test_every_problem_is_told_at_once_with_file_line_and_key(tmp_path: Path) -> None:
    text = (
        GOOD.replace("timezone: UTC", "timezone: Mars/Olympus")
        .replace("  delay: 2s", "  delay: a while\n  retires: 3")
        .replace("url: http://paper.example/index.html", "url: paper.example/index.html")
        .replace("readers: [some_reader]", "schedule: 61 * * * *\ncolour: red")
    )
    found = problems(tmp_path, text)
    assert [line.partition(": ")[0] for line in found] == [
        "paper.yml:1",
        "paper.yml:5",
        "paper.yml:7",
        "paper.yml:8",
        "paper.yml:10",
        "paper.yml:15",
        "paper.yml:16",
    ]
    assert found[0] == "paper.yml:1: readers: is missing"
    assert found[1].startswith("paper.yml:5: timezone: 'Mars/Olympus' is no time zone")
    assert found[2].startswith("paper.yml:7: politeness.delay: 'a while' is no length of time")
    assert found[3] == "paper.yml:8: politeness.retires: there is no such key: did you mean retries?"
    assert found[4].startswith("paper.yml:10: sources[0].url: 'paper.example/index.html' is no address of a page")
    assert found[5].startswith("paper.yml:15: schedule: 61 is outside 0-59")
    assert found[6].startswith("paper.yml:16: colour: there is no such key: known: id, name, home,")


def test_the_message_names_all_problems(tmp_path: Path) -> None:
    with pytest.raises(OutletInvalid, match=r"(?s)2 to mend.*paper\.yml:2: nam: .*did you mean name.*") as caught:
        load_outlet(written(tmp_path, GOOD.replace("name:", "nam:")))
    assert "name: is missing" in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_key_that_stands_twice_is_a_problem_and_not_the_last_one_wins(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD.replace("  delay: 2s", "  delay: 2s\n  delay: 3s")) == [
        "paper.yml:8: politeness.delay: stands twice, first on line 7"
    ]


def test_what_does_not_hold_together_has_its_line_and_key_too(tmp_path: Path) -> None:
    text = (
        GOOD.replace("home: http://paper.example/", "home: http://127.0.0.1/")
        .replace("timezone: UTC", "timezone: Mars")
        .replace(
            "articles:\n",
            "  - url: http://paper.example/index.html\n  - {kind: feed, url: http://10.0.0.1/}\narticles:\n",
        )
        .replace("readers:", '  - {era: now, cms: d, url: "(?P<id>x)"}\nreaders:')
    )
    why = "is a private address: nothing is sent there unless allow_private is true"
    assert problems(tmp_path, text) == [
        f"paper.yml:3: home: http://127.0.0.1/ {why}",
        "paper.yml:5: timezone: 'Mars' is no time zone of the IANA database: write Asia/Shanghai, UTC or such",
        "paper.yml:10: sources[1].url: a source is named once, http://paper.example/index.html is above already",
        "paper.yml:16: articles[1].era: an era is described once, now is above already",
    ]
    assert problems(tmp_path, GOOD.replace("index.html}", "index.html}\n  - {url: http://10.0.0.1/}")) == [
        f"paper.yml:10: sources[1].url: http://10.0.0.1/ {why}"
    ]
    assert load_outlet(written(tmp_path, GOOD.replace("paper.example/\n", "127.0.0.1/\n") + "allow_private: true\n"))


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("requisites: 3", "requisites: must be keys with values"),
        ("ladder: 3h", "ladder: must be a list"),
        ("expectations: {filled: [headline]}", "expectations.filled: must be keys with values"),
        ("expectations: {new_articles_a_day: [1]}", "expectations.new_articles_a_day[1]: is missing"),
        ("expectations: {new_articles_a_day: [1, 2, 3]}", "expectations.new_articles_a_day: must have 2 at most"),
        ("expectations: {max_failed_share: 2}", "expectations.max_failed_share: must be 1.0 or less"),
        ("audit_share: much", "audit_share: must be a number"),
        ("allow_private: perhaps", "allow_private: must be true or false"),
        ("requisites: {capture: 2024-01-01}", "requisites.capture: must be true or false"),
    ],
)
def test_it_speaks_to_whoever_writes_files(tmp_path: Path, key: str, said: str) -> None:
    assert problems(tmp_path, f"{GOOD}{key}\n") == [f"paper.yml:15: {said}"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: A Paper", "name: 3", "paper.yml:2: name: must be text: write it in quotes"),
        ("  delay: 2s", "  retries: many", "paper.yml:7: politeness.retries: must be a whole number"),
        ("  - {url", "  - {kind: blog, url", "paper.yml:9: sources[0].kind: must be 'listing', 'feed' or 'sitemap'"),
        ("[some_reader]", "[]", "paper.yml:14: readers: must have 1 or more"),
        ("readers: [some_reader]", "readers: some_reader", "paper.yml:14: readers: must be a list"),
        ("  - {url: http://paper.example/index.html}", "  - here", "paper.yml:9: sources[0]: must be keys with values"),
    ],
)
def test_it_speaks_so_of_what_it_needs_too(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert problems(tmp_path, GOOD.replace(old, new)) == [said]


def test_what_a_room_above_finds_is_told_with_the_rest(tmp_path: Path) -> None:
    written(tmp_path, GOOD.replace("id: paper", "id: papr"))
    written(tmp_path, GOOD.replace("paper\n", "second\n").replace("UTC", "UTX"), "second.yml")
    with pytest.raises(OutletInvalid) as caught:
        load_outlets(tmp_path, lambda outlet: [(("readers", 0), f"no reader of {outlet.id}")])
    assert [str(problem).partition(" is no time")[0] for problem in caught.value.problems] == [
        "paper.yml:1: id: must be 'paper', as the file is named",
        "paper.yml:14: readers[0]: no reader of papr",
        "second.yml:5: timezone: 'UTX'",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("# only a comment\n", "the file is empty"),
        ("id: [\n", "paper.yml:2: is not YAML"),
        ("id: !!python/object/apply:os.system [ls]\n", "paper.yml:1: is not YAML"),
        ("a: &a [*a]\n", "is not YAML"),
        ("id: 2026-13-45\n", "is not YAML"),
        ("- 1\n", "paper.yml:1: must be keys with values"),
        ("just words\n", "paper.yml:1: must be keys with values"),
        ("1: 2\n", "paper.yml:1"),
    ],
)
def test_what_is_no_outlet_at_all_is_told_so(tmp_path: Path, text: str, said: str) -> None:
    assert any(said in problem for problem in problems(tmp_path, text))


def test_bytes_that_are_not_utf8_are_told_so(tmp_path: Path) -> None:
    path = tmp_path / "paper.yml"
    path.write_bytes(b"id: \xff\xfe\n")
    with pytest.raises(OutletInvalid, match=r"paper\.yml: can't be read as UTF-8"):
        load_outlet(path)


def test_the_file_is_named_as_the_outlet(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD, "other.yml") == ["other.yml:1: id: must be 'other', as the file is named"]


def test_a_folder_tells_the_problems_of_all_its_files(tmp_path: Path) -> None:
    written(tmp_path, GOOD.replace("name:", "nome:"))
    written(tmp_path, GOOD.replace("paper\n", "second\n").replace("UTC", "UTX"), "second.yml")
    written(tmp_path, GOOD, "third.yaml")
    with pytest.raises(OutletInvalid) as caught:
        load_outlets(tmp_path)
    assert {problem.place.partition(":")[0] for problem in caught.value.problems} == {
        "paper.yml",
        "second.yml",
        "third.yaml",
    }


def test_a_folder_that_is_missing_or_empty_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(OutletFolderMissing, match="no outlet file in it"):
        load_outlets(tmp_path)
    with pytest.raises(OutletFolderMissing, match="no such folder"):
        load_outlets(tmp_path / "nowhere")


def test_an_unknown_outlet_is_answered_with_the_nearest(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    outlets = load_outlets(tmp_path)
    assert pick_outlet(outlets, "paper").id == "paper"
    with pytest.raises(OutletUnknown, match=r"did you mean paper\?"):
        pick_outlet(outlets, "papr")
    with pytest.raises(OutletUnknown, match="known: paper"):
        pick_outlet(outlets, "xyz")


def test_an_outlet_file_gives_what_its_json_gives(tmp_path: Path) -> None:
    outlet = load_outlet(written(tmp_path, GOOD))
    assert Outlet.model_validate(outlet.model_dump(mode="json")) == outlet
