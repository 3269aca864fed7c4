"""Makes the archive that is served to the interop tests: `make_served.py FOLDER --made FOLDER --samples FOLDER`.

Its WARCs are those that `make_archive.py` made, and all that are found below the samples, which other tools wrote.
`FOLDER/captures.json` lists what an index of it has.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from storage.catalog.catalog import Catalog
from storage.catalog.index_walk import Range, walk
from storage.errors import WarcInvalid
from tests.replay.kept import keep_warc, new_archive


def main() -> None:
    """Make the archive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--made", type=Path, required=True)
    parser.add_argument("--samples", type=Path, required=True)
    options = parser.parse_args()
    options.folder.mkdir(parents=True)
    archive = new_archive(options.folder / "archive")
    theirs = [path for pattern in ("*.warc", "*.warc.gz") for path in options.samples.rglob(pattern)]
    for number, path in enumerate([*sorted(options.made.glob("*.warc.gz")), *sorted(theirs)]):
        try:
            keep_warc(archive, path.read_bytes(), f"20260123T080000Z-served-{number:06x}", path.name)
        except WarcInvalid as wrong:
            sys.stdout.write(f"not taken: {wrong}\n")
    catalog = Catalog.open(f"sqlite:///{options.folder / 'catalog.sqlite'}")
    catalog.sync(archive)
    captures = [
        {"url": found.url, "surt": found.surt, "at": found.at, "status": found.status, "warc": found.warc_key}
        for page in walk(catalog, Range("", "\x7f"))
        for found in page
    ]
    (options.folder / "captures.json").write_text(json.dumps(captures, indent=1))
    sys.stdout.write(f"{number + 1} WARCs with {len(captures)} captures that have a response\n")


if __name__ == "__main__":
    main()
