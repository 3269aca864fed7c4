"""`palimpsest outlets`: which outlets there are, and what their files say."""

from __future__ import annotations

from palimpsest.options import JsonOption


def outlets(as_json: JsonOption = False) -> None:
    """List the outlets, and check every outlet file.

    Exit code 2: a file is wrong; each thing to mend is named with file, line and key.

    Example: palimpsest outlets --json
    """
    from config.outlet_file import load_outlets
    from config.settings import load_settings
    from palimpsest.output import print_json, print_table

    found = load_outlets(load_settings().outlets)
    if as_json:
        print_json([outlet.model_dump(mode="json") for outlet in found.values()])
        return
    print_table(
        ("outlet", "name", "home", "schedule", "time zone", "sources", "readers"),
        [(o.id, o.name, o.home, o.schedule, o.timezone, len(o.sources), ", ".join(o.readers)) for o in found.values()],
        empty="No outlet files.",
    )
