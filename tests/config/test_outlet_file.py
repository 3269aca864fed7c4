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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("# only a comment\n", "the file is empty"),
        ("id: [\n", "paper.yml:2: is not YAML"),
        ("id: !!python/object/apply:os.system [ls]\n", "paper.yml:1: is not YAML"),
        ("a: &a [*a]\n", "is not YAML"),
        ("id: 2026-13-45\n", "is not YAML"),
        ("- 1\n", "paper.yml:1"),
        ("just words\n", "paper.yml:1"),
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
