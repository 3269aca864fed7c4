"""Words on the command line that mean a type of edit or a weight."""

from __future__ import annotations

from collections.abc import Iterable

import typer

from audit.edit import EditType, Weight
from config.errors import nearest_name


def edit_types(words: Iterable[str] | None, option: str) -> frozenset[str] | None:
    """Return the types that the words mean, `-` and `_` read as spaces; None for none.

    Raises typer.BadParameter for a word that is no type.

    >>> sorted(edit_types(["number", "Rank-or-title"], "--type"))
    ['number', 'rank or title']
    >>> edit_types([], "--type")
    """
    known = [kind.value for kind in EditType]
    return frozenset(_one_of(known, word, option, "type of edit") for word in words or ()) or None


def weight(word: str | None, option: str) -> int | None:
    """Return the weight that a word means; None for None. Raises typer.BadParameter.

    >>> weight("major", "--min-weight")
    3
    """
    if word is None:
        return None
    return int(Weight[_one_of([str(known) for known in Weight], word, option, "weight").upper()])


def _one_of(known: list[str], word: str, option: str, what: str) -> str:
    meant = " ".join(word.lower().replace("-", " ").replace("_", " ").split())
    if meant in known:
        return meant
    near = nearest_name(meant, known)
    hint = f" Did you mean {near}?" if near else ""
    raise typer.BadParameter(f"{word!r} is no {what}.{hint} There are: {', '.join(known)}", param_hint=option)
