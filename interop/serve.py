"""Serves an archive as its host does: `serve.py ARCHIVE CATALOG PORT`. For the interop tests and the benchmarks.

Under the name that it has on this machine; programs ask the address, which is another one.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from config.clock import Clock
from storage.archive import Archive
from storage.catalog.catalog import Catalog
from storage.stores import open_store
from web.archived import archived_app
from web.holdings import Holdings
from web.origins import Origins
from web.serving import Served, listen, serve


def main() -> None:
    """Serve until SIGTERM."""
    address, catalog, port = sys.argv[1:]
    holdings = Holdings(Archive.open(open_store(address)), Catalog.open(f"sqlite:///{catalog}"), {}, Clock())
    app = archived_app(holdings, Origins(archive=f"http://archive.localhost:{port}"))
    serve([Served(app, listen("127.0.0.1", int(port)))], ready=lambda: None)


if __name__ == "__main__":
    main()
