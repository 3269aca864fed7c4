"""What else may have been meant by an article key, a change id or two states, told to whoever gets one of several."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from articles.visible import visible
from audit.states import Compared
from config.words import counted


def tell_what_else(compared: Compared, command: str, states: str = "{} {}") -> None:
    """Say on standard error which other URLs of a key there are, what a page said between the two states, and when else
    it went to and fro in the same way.

    `command` shows them, with "URL" in the URL's place, and followed by `states` two states.
    """
    for line in _lines(compared, command, states):
        typer.echo(visible(f"palimpsest: {line}"), err=True)


def _lines(compared: Compared, command: str, states: str) -> Iterator[str]:
    if compared.others:
        yield f"this is {compared.url}. The same article key has other URLs, with histories of their own:"
    for url in compared.others:
        yield f"  {url.url} ({counted(url.states, 'state')}): {command.replace('URL', url.url)}"
    left_out = compared.numbers[1] - compared.numbers[0] - 1
    if left_out > 0 and compared.old_url == compared.url:
        yield f"the page had {counted(left_out, 'other state')} between these two, of which nothing is told here"
    if compared.again:
        yield "the page went to and fro. This is the first time, states {} and {}; it changed so again:".format(
            *compared.numbers
        )
    for number in compared.again:
        of_url = command.replace("URL", compared.url)
        yield f"  states {number - 1} and {number}: {of_url} {states.format(number - 1, number)}"
