from __future__ import annotations

import os
from pathlib import Path

import pytest

from config.errors import SettingsInvalid
from config.settings import load_settings


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder with none of our variables."""
    for name in os.environ:
        if name.upper().startswith("PALIMPSEST_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems() -> list[str]:
    with pytest.raises(SettingsInvalid) as caught:
        load_settings()
    return [str(problem) for problem in caught.value.problems]


def test_a_bare_machine_has_an_archive_in_a_folder() -> None:
    settings = load_settings()
    assert (settings.archive, settings.catalog, settings.state) == ("./archive", None, Path(".palimpsest"))
    assert (settings.contact, settings.single_writer) == (None, False)
    assert (settings.outlets / "chinamil.yml").is_file()


def test_what_is_given_wins_over_environment_over_dotenv_over_toml(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare_machine / "palimpsest.toml").write_text('archive = "toml"\ncontact = "a@toml.example"\nstate = "toml"\n')
    (bare_machine / ".env").write_text("PALIMPSEST_ARCHIVE=dotenv\nPALIMPSEST_CONTACT=a@env.example\nAWS_PROFILE=x\n")
    monkeypatch.setenv("PALIMPSEST_ARCHIVE", "environment")
    settings = load_settings(archive="given", catalog=None)
    assert (settings.archive, settings.contact, settings.state) == ("given", "a@env.example", Path("toml"))
    assert load_settings().archive == "environment"
    monkeypatch.delenv("PALIMPSEST_ARCHIVE")
    assert load_settings(archive=None).archive == "dotenv"


def test_everything_that_is_wrong_is_told_at_once_with_its_place(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare_machine / "palimpsest.toml").write_text('archve = "x"\nsingle_writer = "perhaps"\n')
    (bare_machine / ".env").write_text("PALIMPSEST_STAT=y\n")
    monkeypatch.setenv("PALIMPSEST_CONTACT", "nobody")
    monkeypatch.setenv("PALIMPSEST_ARCHIVE", "https://bucket.example/x")
    monkeypatch.setenv("PALIMPSEST_TENANT", "z")
    found = problems()
    assert len(found) == 6
    assert any(line.startswith("palimpsest.toml: archve: ") and "did you mean archive?" in line for line in found)
    assert any(line.startswith(".env: stat: ") and "did you mean state?" in line for line in found)
    assert any(line.startswith("environment: tenant: ") and "known: archive, catalog" in line for line in found)
    assert any(line.startswith("environment: contact: must be an e-mail address") for line in found)
    assert any(line.startswith("environment: archive: can't be kept on https://") for line in found)
    assert any(line.startswith("palimpsest.toml: single_writer: ") for line in found)


@pytest.mark.parametrize(
    "archive",
    [
        "",
        "s3://",
        "s3:///x",
        "s3://a:b@bucket/x",
        "s3://bucket/x?y=1",
        "s3://bucket/../x",
        "gs://bucket",
        "http://host/x",
        "file:///srv/archive",
        "~nobody-here/x",
    ],
)
def test_an_archive_that_can_not_be_is_refused_and_never_repeated(
    archive: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALIMPSEST_ARCHIVE", archive)
    with pytest.raises(SettingsInvalid) as caught:
        load_settings()
    assert "a:b" not in str(caught.value)


@pytest.mark.parametrize("archive", ["s3://bucket", "s3://bucket/prefix", "./archive", "/srv/archive"])
def test_folders_and_buckets_are_archives(archive: str) -> None:
    assert load_settings(archive=archive).archive == archive


@pytest.mark.parametrize("contact", ["a@b.example", "https://paper.example/bot", "http://x.example"])
def test_a_contact_is_an_address(contact: str) -> None:
    assert load_settings(contact=contact).contact == contact


@pytest.mark.parametrize("contact", ["a@b\r\nX: y", "http://", "me", "ä@b.example"])
def test_a_contact_can_not_smuggle_a_header(contact: str) -> None:
    with pytest.raises(SettingsInvalid, match="contact"):
        load_settings(contact=contact)


def test_a_password_stands_in_no_repr_and_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALIMPSEST_CATALOG", "postgresql://user:hunter2@db.example/x")
    settings = load_settings()
    assert settings.catalog == "postgresql://user:hunter2@db.example/x"
    assert "hunter2" not in repr(settings) + str(settings)
    monkeypatch.setenv("PALIMPSEST_CATALOG", "user:hunter2")
    with pytest.raises(SettingsInvalid) as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None  # a traceback would print the library's error with the value in it
    assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_a_broken_toml_file_is_told_with_its_line(bare_machine: Path) -> None:
    (bare_machine / "palimpsest.toml").write_text('archive = "x"\nstate = \n')
    assert "line 2" in problems()[0]
    assert problems()[0].startswith("palimpsest.toml")


def test_settings_can_not_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().archive = "elsewhere"  # type: ignore[misc]


def test_an_override_that_is_no_setting_is_a_bug_of_the_caller() -> None:
    with pytest.raises(TypeError, match="archve"):
        load_settings(archve="x")
