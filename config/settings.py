"""The settings of this machine: `PALIMPSEST_*` in the environment, then `.env`, then `palimpsest.toml`, then defaults.

Both files are looked for in the working folder. S3 takes its credentials and endpoint the standard AWS way
(environment, profile, role): none are settings of ours, and none belong in the archive's URL.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from config.archive_address import parse_archive_address
from config.errors import Problem, SettingsInvalid, hint_of

PREFIX = "PALIMPSEST_"
TOML_FILE = "palimpsest.toml"
ENV_FILE = ".env"


def _check_archive(url: str) -> str:
    parse_archive_address(url)
    return url


def _check_catalog(url: str | None) -> str | None:
    if url is not None and not re.match(r"[a-z0-9_+]+://", url):
        raise ValueError("is no database URL: write one such as sqlite:////var/lib/palimpsest/catalog.sqlite")
    return url


def _check_contact(contact: str | None) -> str | None:
    if contact is None:
        return None
    is_address = re.fullmatch(r"[^@\s]+@[^@\s]+", contact) is not None
    is_url = re.match(r"https?://", contact) is not None and bool(urlsplit(contact).hostname)
    if not (is_address or is_url) or not re.fullmatch(r"[\x21-\x7e]+", contact):
        raise ValueError("must be an e-mail address or an http(s) URL, in ASCII: it stands in every request we send")
    return contact


def _check_tsa(url: str | None) -> str | None:
    if url is None:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[^\x21-\x7e]", url):
        raise ValueError("must be the http(s) URL of a time-stamp authority")
    if "@" in parts.netloc:
        raise ValueError("must hold no credentials: they would stand in reports and logs")
    return url


class Settings(BaseSettings):
    """Where things are on this machine. Made by `load_settings`.

    archive        the folder or s3://bucket/prefix that the archive is kept in
    catalog        SQLAlchemy URL of the catalog; None is a SQLite file in the state folder
    state          what this machine knows and could lose: catalog, spool, Prefect's home
    outlets        the folder of outlet files
    contact        an e-mail address or URL for the user agent, so that an outlet can reach whoever crawls it
    single_writer  true says that no other machine writes to this archive, for stores that can't keep two apart
    token          what whoever opens the window from another machine has to show; it is never printed
    tsa            http(s) URL of a time-stamp authority (RFC 3161) that `palimpsest anchor` asks; None asks nobody
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        toml_file=TOML_FILE,
        extra="ignore",  # .env holds other people's variables too; load_settings finds unknown ones of ours
        frozen=True,
        hide_input_in_errors=True,  # a wrong catalog URL may hold a password
    )

    archive: Annotated[str, AfterValidator(_check_archive)] = "./archive"
    catalog: Annotated[str | None, AfterValidator(_check_catalog)] = Field(default=None, repr=False)
    state: Path = Path(".palimpsest")
    outlets: Path = Path(__file__).resolve().parent / "outlets"
    contact: Annotated[str | None, AfterValidator(_check_contact)] = None
    single_writer: bool = False
    tsa: Annotated[str | None, AfterValidator(_check_tsa)] = None
    token: SecretStr | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (the library's signature)
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Say which place wins: what was given, the environment, .env, palimpsest.toml."""
        return init_settings, env_settings, dotenv_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**overrides: object) -> Settings:
    """Read the settings; `overrides` win, one that is None counts as not given (an option of the command line).

    Raises SettingsInvalid with everything that is wrong in all places. No message and no repr holds a value.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    if unknown := set(given) - set(Settings.model_fields):
        raise TypeError(f"no such settings: {sorted(unknown)}")
    try:
        problems = _unknown_names()
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as wrong:
        raise SettingsInvalid([Problem(f"{TOML_FILE} or {ENV_FILE}", "", f"can't be read: {wrong}")]) from None
    try:
        settings = Settings(**given)  # type: ignore[arg-type]  # the model checks them
    except ValidationError as wrong:
        problems += [
            Problem(
                _origin(str(error["loc"][0]), given), str(error["loc"][0]), error["msg"].removeprefix("Value error, ")
            )
            for error in wrong.errors(include_url=False, include_input=False)
        ]
    if problems:
        raise SettingsInvalid(problems)
    return settings


def _unknown_names() -> list[Problem]:
    """Find misspelt names in all three places: pydantic-settings says nothing about them (seen in 2.x)."""
    names = set(Settings.model_fields)
    return [
        Problem(place, name, f"there is no such setting: {hint_of(name, sorted(names))}")
        for place, written in _names_by_place().items()
        for name in sorted(written - names)
    ]


def _origin(name: str, given: Iterable[str]) -> str:
    if name in given:
        return "given"
    return next((place for place, written in _names_by_place().items() if name in written), "default")


def _names_by_place() -> dict[str, set[str]]:
    """Return the settings that each place names, in small letters and without the prefix, the strongest place first."""
    return {
        "environment": _ours(EnvSettingsSource(Settings).env_vars),
        ENV_FILE: _ours(DotEnvSettingsSource(Settings).env_vars),
        TOML_FILE: set(TomlConfigSettingsSource(Settings).toml_data),
    }


def _ours(variables: Iterable[str]) -> set[str]:
    prefix = PREFIX.lower()
    return {name.lower().removeprefix(prefix) for name in variables if name.lower().startswith(prefix)}
