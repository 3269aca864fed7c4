"""`palimpsest web`: a window on the archive, in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from palimpsest.options import ArchiveOption


def web(
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port of the window; 0: any.")] = 8765,
    archive_port: Annotated[
        int, typer.Option("--archive-port", min=0, max=65535, help="Port of the archive's host; 0: any.")
    ] = 8766,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the window in the browser.")] = False,
    archive: ArchiveOption = None,
) -> None:
    """Show the archive in a browser, until stopped.

    Outlets and their crawls, what changed, every article's history, and pages as they were. New commits show as they
    come. Nothing is written to the archive. Ctrl-C stops.

    Example: palimpsest web --open
    """
    from config.outlet_file import load_outlets
    from palimpsest.output import plain
    from palimpsest.place import audited, place_of, settings_with
    from web.freshness import Freshness
    from web.holdings import Holdings
    from web.origins import Origins
    from web.serving import Served, listen, serve
    from web.window.app import window_app

    settings = settings_with(archive)
    outlets = load_outlets(settings.outlets)
    with listen(host, port) as window_socket:
        place = audited(place_of(settings))
        holdings = Holdings(place.archive, place.catalog, outlets, place.clock)
        origins = Origins(
            window=f"http://{host}:{window_socket.getsockname()[1]}",
            archive=f"http://archive.localhost:{archive_port}",
        )
        freshness = Freshness(place.archive, place.catalog, place.clock)

        def ready() -> None:
            typer.echo(f"{plain(place.archive.url)}: the window is open at {origins.window}/ · Ctrl-C closes it")
            if open_browser:
                typer.launch(origins.window)

        freshness.start()
        try:
            serve([Served(window_app(holdings, origins, freshness), window_socket)], ready)
        finally:
            freshness.stop()
            place.catalog.close()
    typer.echo("The window is closed.")
