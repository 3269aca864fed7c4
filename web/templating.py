"""How both hosts make pages of ours from templates: all that is put into one is escaped, and none of it steers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


def environment_of(folder: Path, seen: Callable[[str], str]) -> Environment:
    r"""Return an environment of the templates in a folder. `seen` makes visible what steers in a stranger's text.

    A name that a template lacks is an error, and never an empty place.

    >>> made = environment_of(Path(), ascii)
    >>> made.from_string("{{ text }} {{ ours }} {{ 1 }}").render(text="\u202e<", ours=Markup("<b>"))
    '&#39;\\u202e&lt;&#39; <b> 1'
    """

    def finalize(value: Any) -> Any:
        return seen(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
