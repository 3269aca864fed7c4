"""Draw docs/demo.svg, the picture in README.md: what a real run of the demo prints.

    .venv/bin/python docs/make_demo_svg.py

Ids are made anew at each run, and the minutes may move by one; all else is the same from run to run. It takes about
a minute. The script fails where the demo does not find all of its script, or the picture grows too large.
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "demo.svg"
COLUMNS = 100
MOST_BYTES = 150_000
FIRST = datetime(2026, 1, 24, 1, 0, 20, tzinfo=UTC)


def main() -> None:
    """Run the demo in a folder that goes again, and draw what it printed."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    sys.argv[0] = ".venv/bin/palimpsest"
    from rich._export_format import CONSOLE_SVG_FORMAT
    from rich.console import Console
    from rich.terminal_theme import MONOKAI
    from rich.text import Text

    from palimpsest.demo_run import run_demo
    from palimpsest.demo_show import print_begin, print_day, print_end
    from palimpsest.progress import shown_progress

    console = Console(
        record=True, file=io.StringIO(), width=COLUMNS, force_terminal=True, color_system="truecolor", highlight=False
    )
    console.print(Text.assemble(("$ ", "dim"), "make demo"))
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        print_begin(console)
        outcome = run_demo(
            None, "demo-archive", watch=shown_progress, show_day=lambda day: print_day(day, console), first=FIRST
        )
        print_end(outcome, console)
        os.chdir(ROOT)
    if not outcome.ok:
        sys.exit("the demo did not find all of its script: no picture is drawn")
    # rich's own format loads a font from the network, which a picture must not do.
    code_format = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    svg = console.export_svg(title="palimpsest demo", theme=MONOKAI, code_format=code_format, unique_id="demo")
    svg = svg.replace("Fira Code", "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono")
    if "@font-face" in svg or len(svg.encode()) > MOST_BYTES:
        sys.exit(f"the picture has {len(svg.encode())} bytes, or loads a font: it is not written")
    PICTURE.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
