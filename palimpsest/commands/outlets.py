"""`palimpsest outlets`: which outlets there are, and what their files say."""

from __future__ import annotations

from palimpsest.options import JsonOption


def outlets(as_json: JsonOption = False) -> None:
    """List the outlets, and check every outlet file.

    Exit code 2: a file is wrong; each thing to mend is named with file, line and key.

    Example: palimpsest outlets --json
    """
    from articles.outlet_check import against_readers
    from config.outlet_file import load_outlets
    from config.settings import load_settings
    from config.words import counted
    from palimpsest.output import Entry, print_entries, print_json, print_table, to_terminal

    found = load_outlets(load_settings().outlets, against_readers)
    if as_json:
        print_json([outlet.model_dump(mode="json") for outlet in found.values()])
        return
    if to_terminal():
        print_entries(
            Entry(
                outlet.id,
                outlet.name,
                (
                    f"{outlet.schedule} in {outlet.timezone} · {counted(len(outlet.sources), 'source')}",
                    f"read by {', '.join(outlet.readers)}",
                    outlet.home,
                ),
            )
            for outlet in found.values()
        )
        return
    print_table(
        ("outlet", "name", "home", "schedule", "time zone", "sources", "readers"),
        [(o.id, o.name, o.home, o.schedule, o.timezone, len(o.sources), ", ".join(o.readers)) for o in found.values()],
        empty="No outlet files.",
    )
