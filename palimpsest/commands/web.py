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
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            metavar="TOKEN",
            help="What everybody has to show. Better in PALIMPSEST_TOKEN: others on a machine see its commands.",
            show_default=False,
        ),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="URL", help="Where browsers come to, if elsewhere.", show_default=False),
    ] = None,
    archive_url: Annotated[
        str | None,
        typer.Option(
            "--archive-url",
            metavar="URL",
            help="The same for archived pages; a host name of their own.",
            show_default=False,
        ),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the window in the browser.")] = False,
    archive: ArchiveOption = None,
) -> None:
    """Show the archive in a browser, until stopped.

    Outlets and their crawls, what changed, every article's history, and pages as they were. New commits show as they
    come. Nothing is written to the archive. Ctrl-C stops.

    Only this machine can open it. Any other --host asks for a token, and for two host names: docs/window.md.

    Example: palimpsest web --open

    Example: PALIMPSEST_TOKEN=… palimpsest web --url https://window.example --archive-url https://archive.window.example
    """
    from contextlib import ExitStack
    from dataclasses import replace

    from articles.outlet_check import against_readers
    from config.outlet_file import load_outlets
    from config.settings import load_settings
    from palimpsest.output import plain
    from palimpsest.place import audited, place_of
    from storage.stores import open_store
    from web.freshness import Freshness
    from web.holdings import Holdings
    from web.hosts import hosts
    from web.security.exposure import exposure
    from web.serving import Served, listen, serve

    settings = load_settings(archive=archive, token=token)
    secret = settings.token.get_secret_value() if settings.token else None
    outlets = load_outlets(settings.outlets, against_readers)
    with ExitStack() as stack:
        listeners = [stack.enter_context(listen(host, number)) for number in (port, archive_port)]
        ports = [listener.getsockname()[1] for listener in listeners]
        exposed = exposure(host, *ports, url=url, archive_url=archive_url, token=secret)
        place = audited(place_of(settings))
        stack.callback(place.catalog.close)
        shown = replace(place.archive, store=open_store(settings.archive, hurried=True))
        freshness = Freshness(shown, place.catalog, place.clock)
        holdings = Holdings(shown, place.catalog, outlets, place.clock)
        apps = hosts(holdings, exposed, freshness)

        def ready() -> None:
            typer.echo(
                f"{plain(place.archive.url)}: the window is open at {exposed.origins.window}/ (Ctrl-C closes it)"
            )
            if exposed.warning:
                typer.echo(exposed.warning, err=True)
            if open_browser:
                typer.launch(exposed.origins.window)

        freshness.start()
        stack.callback(freshness.stop)
        serve([Served(app, listener) for app, listener in zip(apps, listeners, strict=True)], ready, proxied=bool(url))
    typer.echo("The window is closed.")
