"""`palimpsest anchor`, and `palimpsest verify --anchor` with what it gave."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from tests.palimpsest.conftest import Call
from tests.palimpsest.documented import example, keys
from tests.palimpsest.doors import Door
from tests.servers.tsa import Tsa

ARCHIVE = Path(__file__).resolve().parents[1] / "fixtures" / "archives" / "1"


@pytest.fixture
def door(tmp_path: Path) -> Door:
    """A door to a small archive of two outlets."""
    shutil.copytree(ARCHIVE, tmp_path / "archive")
    return Door(tmp_path, tmp_path / "archive", tmp_path / "state")


def anchors(door: Door) -> list[Path]:
    return sorted((door.archive / "anchors").iterdir())


def cut_off(door: Door) -> None:
    """Remove an outlet's newest commit with its copy, and all anchors."""
    newest = max((door.archive / "demo" / "log").iterdir())
    for path in door.archive.glob(f"demo/**/{newest.name}"):
        path.unlink()
    shutil.rmtree(door.archive / "anchors")


def test_the_line_that_is_printed_is_the_files_hash_and_what_verify_takes(door: Door, call: Call) -> None:
    ran = call(door, "anchor")
    assert ran.code == 0, ran.err
    [stored] = anchors(door)
    line = f"sha256:{hashlib.sha256(stored.read_bytes()).hexdigest()}  anchors/{stored.name}"
    assert line in ran.out.splitlines()
    assert "Keep that line" in ran.out
    for named in (line.split()[0], line.split()[0].removeprefix("sha256:"), str(stored)):
        ran = call(door, "verify", "--anchor", named)
        assert ran.code == 0, ran.out + ran.err
        assert "the newest commits of 2 logs: all are as they were" in ran.out
        assert "It lies in the archive" not in ran.out
        assert ", 1 anchor, " in ran.out
    assert "whoever rewrote the one could rewrite the other" in call(door, "verify", "--anchor", line.split()[1]).out


def test_a_repeat_says_that_nothing_was_written(door: Door, call: Call) -> None:
    assert "follows palimpsest.json" in call(door, "anchor").out
    ran = call(door, "anchor")
    assert ran.code == 0
    assert "nothing was committed since; nothing was written" in ran.out
    assert len(anchors(door)) == 1


def test_a_kept_file_shows_what_was_cut_off(door: Door, call: Call, tmp_path: Path) -> None:
    kept = tmp_path / "elsewhere"
    kept.mkdir()
    ran = call(door, "anchor", "--out", "elsewhere")
    [stored] = anchors(door)
    copy = kept / stored.name
    assert copy.read_bytes() == stored.read_bytes()
    assert f"copied to elsewhere/{stored.name}" in ran.out
    assert call(door, "verify", "--anchor", str(copy)).code == 0
    cut_off(door)
    assert call(door, "verify").code == 0
    ran = call(door, "verify", "--anchor", str(copy))
    assert ran.code == 1
    damaged = [line for line in ran.out.splitlines() if line.startswith("DAMAGED")]
    assert [line.split()[1] for line in damaged] == ["demo/log/00000004.json:", "anchors/:"]
    assert "the newest commits of 2 logs: 1 BREACH" in ran.out
    sha256 = hashlib.sha256(copy.read_bytes()).hexdigest()
    ran = call(door, "verify", "--anchor", sha256)
    assert ran.code == 1
    assert "was removed or changed since" in ran.err


def test_what_a_later_version_wrote_is_not_looked_at_and_no_alarm(door: Door, call: Call, tmp_path: Path) -> None:
    assert call(door, "anchor", "--out", "later.json").code == 0
    later = tmp_path / "later.json"
    later.write_text(json.dumps({**json.loads(later.read_text()), "format": 99}))
    ran = call(door, "verify", "--anchor", "later.json")
    assert (ran.code, ran.out) == (2, "")
    assert "is of format 99" in ran.err
    assert "Upgrade Palimpsest" in ran.err


def test_a_kept_file_is_never_written_over(door: Door, call: Call, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    assert call(door, "anchor", "--out", "kept.json").code == 0
    assert call(door, "anchor", "--out", "kept.json").code == 0
    kept.write_bytes(b"mine")
    ran = call(door, "anchor", "--out", "kept.json")
    assert ran.code == 2
    assert "kept.json holds something else, and is left as it is" in ran.err
    assert kept.read_bytes() == b"mine"
    ran = call(door, "anchor", "--out", "nowhere/kept.json")
    assert ran.code == 2
    assert "nowhere/kept.json cannot be written" in ran.err


@pytest.mark.parametrize(
    ("named", "says", "code"),
    [
        ("nix.json", "is no file", 2),
        ("sha256:00", "is no file", 2),
        ("kept", "no anchor", 2),
        ("anchors/2020-01-01.json", "anchors/2020-01-01.json", 1),  # it may have been there, and was removed
        ("sha256:" + "0" * 64, "was removed or changed since", 1),
    ],
)
def test_what_is_no_anchor_is_told(door: Door, call: Call, tmp_path: Path, named: str, says: str, code: int) -> None:
    (tmp_path / "kept").write_bytes(b'{"format":1}')
    ran = call(door, "verify", "--anchor", named)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err


def test_an_anchor_of_another_archive_is_a_breach(door: Door, call: Call, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    call(door, "anchor", "--out", "kept.json")
    text = kept.read_text()
    kept.write_text(re.sub(r'"archive":"[^"]+"', '"archive":"8f14e45f-ceea-467f-a8b4-5f1d2c3b4a59"', text))
    ran = call(door, "verify", "--anchor", "kept.json")
    assert ran.code == 1
    assert "the anchor is of 8f14e45f" in ran.out


def test_a_token_is_got_kept_and_checked(door: Door, call: Call, tmp_path: Path, honest_tsa: Tsa) -> None:
    given = door.given(PALIMPSEST_TSA=honest_tsa.url)
    ran = call(given, "anchor", "--tsa-cert", str(honest_tsa.root), "--out", "kept.json")
    assert ran.code == 0, ran.err
    assert "by CN=TSA of the tests; its signature leads to a given root" in ran.out
    anchor, token = anchors(door)
    assert (anchor.suffix, token.suffix) == (".json", ".tsr")
    assert (tmp_path / "kept.tsr").read_bytes() == token.read_bytes()
    assert honest_tsa.verified_by_openssl(tmp_path / "kept.json", tmp_path / "kept.tsr")

    rooted = call(door, "verify", "--anchor", "kept.json", "--tsa-cert", str(honest_tsa.root))
    assert rooted.code == 0, rooted.out
    assert "by CN=TSA of the tests; its signature leads to a given root" in rooted.out
    shutil.copy(tmp_path / "kept.json", tmp_path / "alone.json")  # its token is found in the archive
    for kept in ("kept.json", "alone.json"):
        unrooted = call(door, "verify", "--anchor", kept)
        assert unrooted.code == 0
        assert "its signature was NOT checked against a root (give --tsa-cert)" in unrooted.out
    other = call(door, "verify", "--anchor", "kept.json", "--tsa-cert", str(honest_tsa.other_root))
    assert other.code == 1
    assert (
        "DAMAGED  the token of kept.json: the token is not signed by a TSA that the given roots vouch for" in other.out
    )
    junk = call(door, "verify", "--anchor", "kept.json", "--tsa-cert", "kept.json")
    assert (junk.code, junk.out) == (2, "")
    assert "kept.json is no certificate" in junk.err


def test_a_tsa_that_is_down_costs_the_token_and_not_the_anchor(door: Door, call: Call, honest_tsa: Tsa) -> None:
    ran = call(door, "anchor", "--tsa", "http://127.0.0.1:9/tsr")
    assert ran.code == 1
    [anchor] = anchors(door)
    assert f"The anchor anchors/{anchor.name} is there without it; a later `palimpsest anchor` asks again." in ran.err
    assert "sha256:" in ran.out
    ran = call(door, "anchor", "--tsa", "http://127.0.0.1:9/tsr", "--json")
    assert (ran.code, ran.json["new"], ran.json["token"]) == (1, False, None)
    assert "did not answer" in ran.json["token_problem"]
    assert call(door, "verify").code == 0
    ran = call(door, "anchor", "--tsa", honest_tsa.url)
    assert ran.code == 0
    assert [path.suffix for path in anchors(door)] == [".json", ".tsr"]
    assert anchors(door)[0] == anchor


def test_keys_are_those_of_the_document(door: Door, call: Call, honest_tsa: Tsa) -> None:
    made = call(door, "anchor", "--tsa", honest_tsa.url, "--out", "kept.json", "--json")
    assert made.code == 0
    assert keys(made.json) == keys(example("anchor"))
    (door.archive / "demo" / "log" / "notes.txt").write_text("milk")
    checked = call(door, "verify", "--anchor", "kept.json", "--json")
    kept = checked.json["kept"]
    assert keys(kept) == keys(example("verify")["kept"])
    assert (kept["anchor"], kept["breaches"], kept["in_archive"], kept["elsewhere"]) == ("kept.json", 0, True, True)
    assert kept["token"]["rooted"] is False
    assert "PALIMPSEST_TSA" in (Path(__file__).resolve().parents[2] / "docs" / "operate.md").read_text()


@pytest.mark.parametrize("url", ["ftp://tsa.example", "tsa.example/tsr", "https://me:secret@tsa.example/tsr"])
def test_an_address_that_is_none(door: Door, call: Call, url: str) -> None:
    ran = call(door, "anchor", "--tsa", url)
    assert (ran.code, ran.out) == (2, "")
    assert "tsa: must" in ran.err
    assert "secret" not in ran.err
    assert not (door.archive / "anchors").exists()
