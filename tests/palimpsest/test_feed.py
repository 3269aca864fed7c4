"""`palimpsest feed`: files for a web server, and `changes` as a feed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from lxml import etree

from tests.palimpsest.conftest import Call, Crawled
from tests.palimpsest.documented import example, keys

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("door"), pytest.mark.timeout(180)]
ATOM = {"a": "http://www.w3.org/2005/Atom"}
FILES = ["all.atom", "all.json", "demo.atom", "demo.json"]


def titles(atom: bytes) -> list[str | None]:
    return [title.text for title in etree.fromstring(atom).findall("a:entry/a:title", ATOM)]


def test_files_are_written_and_left_alone_where_nothing_is_new(crawled: Crawled, call: Call, tmp_path: Path) -> None:
    out = tmp_path / "www" / "feeds"
    words = ("feed", "--out", str(out), "--since", "60d", "--url", "https://archive.example/feeds/", "--json")
    ran = call(crawled.door, *words)
    assert ran.code == 0, ran.err
    assert keys(ran.json) == keys(example("feed"))
    assert all(file["changed"] and file["entries"] for file in ran.json["files"])
    assert sorted(path.name for path in out.iterdir()) == FILES
    assert {path.stat().st_mode & 0o444 for path in out.iterdir()} == {0o444}, "the web server is another user"
    feed = etree.fromstring((out / "demo.atom").read_bytes())
    assert feed.find("a:link[@rel='self']", ATOM).get("href") == "https://archive.example/feeds/demo.atom"
    shown = json.loads((out / "all.json").read_bytes())
    assert [item["title"] for item in shown["items"]] == titles((out / "all.atom").read_bytes())
    assert any("(substantive: headline)" in item["title"] for item in shown["items"])

    for file in out.iterdir():
        os.utime(file, (0, 0))
    (out / "demo.json").write_text("older")
    again = call(crawled.door, *words)
    assert [file["changed"] for file in again.json["files"]] == [
        Path(file["path"]).name == "demo.json" for file in again.json["files"]
    ]
    assert [path.name for path in out.iterdir() if path.stat().st_mtime == 0] != []
    assert sorted(path.name for path in out.iterdir()) == FILES


def test_one_outlet_and_what_cannot_be_written(crawled: Crawled, call: Call, tmp_path: Path) -> None:
    ran = call(crawled.door, "feed", "demo", "--out", str(tmp_path), "--since", "60d")
    assert (ran.code, sorted(path.name for path in tmp_path.iterdir())) == (0, ["demo.atom", "demo.json"])
    assert ran.out.splitlines()[0].startswith(f"{tmp_path / 'demo.atom'}: ")
    unknown = call(crawled.door, "feed", "dmeo", "--out", str(tmp_path))
    assert unknown.code == 2
    assert "no outlet 'dmeo'" in unknown.err
    (tmp_path / "file").write_text("")
    refused = call(crawled.door, "feed", "--out", str(tmp_path / "file"))
    assert refused.code == 2
    assert "demo.atom cannot be written" in refused.err


@pytest.mark.parametrize("url", ["notaurl", "ftp://host/feeds", "https://", "https://host/feeds?a=1", "https://h/a b"])
def test_where_the_folder_will_be_found_is_an_address(crawled: Crawled, call: Call, tmp_path: Path, url: str) -> None:
    refused = call(crawled.door, "feed", "--out", str(tmp_path), "--url", url)
    assert (refused.code, list(tmp_path.iterdir())) == (2, [])
    assert "--url" in refused.err


def test_what_was_asked_for_as_a_feed(crawled: Crawled, call: Call) -> None:
    asked = ("changes", "--since", "60d", "--type", "headline", "--format")
    atom = call(crawled.door, *asked, "atom").out
    (title,) = titles(atom.encode())
    items = json.loads(call(crawled.door, *asked, "jsonfeed").out)["items"]
    assert [item["title"] for item in items] == [title]
    assert "(substantive: headline)" in str(title)
    assert call(crawled.door, *asked, "atom", "--json").code == 2
