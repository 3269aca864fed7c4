"""WACZ 1.1.1, the web archive collection in a zip, written so that the same files always give the same bytes.

Nothing is deflated (the WARC and the tables are already) and no member has a time of its own. So a file can be checked
to its last byte by writing it again from its members, structure of the zip included.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from audit.anchors import common_start
from audit.errors import EvidenceInvalid

DATAPACKAGE: Final = "datapackage.json"
DIGEST: Final = "datapackage-digest.json"
MOST_MEMBERS: Final = 20_000
MOST_BYTES: Final = 2 << 30
_NOT_IN_NAMES: Final = re.compile(r"[^-a-z0-9._/]")  # Data Package v1, "name" of a resource, which is there once
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write_wacz(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """Return a WACZ of `files` (path in the zip → bytes); `about` are further fields of datapackage.json.

    datapackage.json lists every file with its SHA-256 and size, datapackage-digest.json has the SHA-256 of that.
    """
    package = described(files, about)
    digest = dumped({"path": DATAPACKAGE, "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"})
    return _zipped({**dict(sorted(files.items())), DATAPACKAGE: package, DIGEST: digest})


def described(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """Return datapackage.json as `write_wacz` writes it."""
    resources = [
        {
            "name": _NOT_IN_NAMES.sub("-", path.lower()),
            "type": "file",  # else frictionless, and so py-wacz, wants to read Parquet as a table
            "path": path,
            "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
            "bytes": len(data),
        }
        for path, data in sorted(files.items())
    ]
    return dumped({"profile": "data-package", "wacz_version": "1.1.1", **about, "resources": resources})


def read_wacz(data: bytes) -> tuple[dict[str, bytes], list[str]]:
    """Return the members of a WACZ that `write_wacz` wrote, and what is wrong with the file, each by name.

    Only bytes in memory are touched. Named are deflated members, a name that is there twice, and every byte that
    `write_wacz` would not have written.

    Raises:
        EvidenceInvalid: the bytes are no zip at all, or one that is not safe to read.
    """
    members, wrong = _members(data)
    if DATAPACKAGE not in members or DIGEST not in members:
        missing = DATAPACKAGE if DATAPACKAGE not in members else DIGEST
        return members, [*wrong, f"{missing}: is not in the file"]
    wrong += _digest_holds(members)
    wrong += _listed(members)
    if not wrong:
        again = _zipped(members)
        if again != data:
            wrong.append(f"the zip's own structure: byte {common_start(again, data)} is not as it was written")
    return members, wrong


def _members(data: bytes) -> tuple[dict[str, bytes], list[str]]:
    members: dict[str, bytes] = {}
    wrong: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            entries = file.infolist()
            if len(entries) > MOST_MEMBERS or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise EvidenceInvalid("it holds more than evidence ever does, and is not read")
            for entry in entries:
                if entry.filename in members:
                    wrong.append(f"{entry.filename}: is there twice")
                elif entry.compress_type != zipfile.ZIP_STORED:
                    wrong.append(f"{entry.filename}: is compressed, which evidence never is")
                else:
                    members[entry.filename] = _bytes(file, entry, wrong)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise EvidenceInvalid(f"it is no zip that can be read ({error}). Ask for the file again.") from error
    return members, wrong


def _bytes(file: zipfile.ZipFile, entry: zipfile.ZipInfo, wrong: list[str]) -> bytes:
    try:
        return file.read(entry)
    except (zipfile.BadZipFile, RuntimeError, EOFError) as error:  # RuntimeError: it says that it is encrypted
        wrong.append(f"{entry.filename}: {error}")
        return b""


def _digest_holds(members: Mapping[str, bytes]) -> list[str]:
    actual = f"sha256:{hashlib.sha256(members[DATAPACKAGE]).hexdigest()}"
    stated = json_object(members[DIGEST])
    if stated is None or dumped(stated) != members[DIGEST] or stated.get("path") != DATAPACKAGE:
        return [f"{DIGEST}: is not as it was written"]
    return [] if stated.get("hash") == actual else [f"{DATAPACKAGE}: is not the one that {DIGEST} names"]


def _listed(members: Mapping[str, bytes]) -> list[str]:
    package = json_object(members[DATAPACKAGE]) or {}
    resources = package.get("resources")
    if not isinstance(resources, list) or not all(isinstance(entry, dict) for entry in resources):
        return [f"{DATAPACKAGE}: has no list of resources"]
    listed = {str(entry.get("path")): entry for entry in resources}
    wrong = [f"{path}: is listed and not in the file" for path in listed if path not in members]
    for path, data in members.items():
        if path in (DATAPACKAGE, DIGEST):
            continue
        entry = listed.get(path)
        if entry is None:
            wrong.append(f"{path}: is in the file and not listed")
        elif entry.get("bytes") != len(data) or entry.get("hash") != f"sha256:{hashlib.sha256(data).hexdigest()}":
            wrong.append(f"{path}: its bytes are not those that {DATAPACKAGE} lists")
    return wrong


def json_object(data: bytes) -> dict[str, Any] | None:
    """Return the JSON object that the bytes are, or None where they are none."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def dumped(value: Any) -> bytes:
    """Return JSON for people and programs: indented, characters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def _zipped(members: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as file:
        for path, data in members.items():
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.create_system = 3  # as on Unix, wherever it is written
            entry.external_attr = 0o644 << 16
            file.writestr(entry, data)
    return written.getvalue()
