"""What axe-core finds in a page."""

from __future__ import annotations

from playwright.sync_api import Page

from web.replay_host.wabac import NPM

AXE = NPM / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")


def graver_than_that(page: Page) -> list[str]:
    """What axe-core finds in a page of ours: rule, what it says, and where."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], iframes: false})")
    return [
        f"{violation['id']}: {violation['help']}: {[node['target'] for node in violation['nodes']][:5]}"
        for violation in found["violations"]
        if violation["impact"] in GRAVE
    ]
