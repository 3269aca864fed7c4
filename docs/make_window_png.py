"""Take docs/window.png, the second picture in README.md: a change of the demo as the window shows it.

    .venv/bin/palimpsest demo --archive build/picture
    .venv/bin/palimpsest web --archive build/picture &
    .venv/bin/python docs/make_window_png.py [http://127.0.0.1:8765]

It needs Debian's chromium, and the demo's archive behind the window.
"""

from __future__ import annotations

import json
import shutil
import sys
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).resolve().parent / "window.png"
WIDTH, HEIGHT = 1120, 1180


def main() -> None:
    """Find a change of a number, and take its picture."""
    window = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8765"
    with urllib.request.urlopen(f"{window}/api/v1/changes") as answer:  # noqa: S310  (a window on this machine)
        found = [item for item in json.load(answer)["items"] if "number" in (item.get("types") or ())]
    if not found:
        sys.exit(f"{window} knows no change of a number: is the demo's archive behind it?")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(f"{window}/changes/{found[0]['change_id']}")
        page.screenshot(path=PICTURE)
        browser.close()


main()
