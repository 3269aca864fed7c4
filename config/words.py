"""Numbers and sentences as people read them."""

from __future__ import annotations


def counted(number: int, thing: str, things: str | None = None, *, most: int | None = None) -> str:
    """Return a number with its noun. It was counted up to `most`: whatever is beyond is more than that.

    >>> counted(1, "state"), counted(1200, "state"), counted(2, "look at it", "looks at it")
    ('1 state', '1,200 states', '2 looks at it')
    >>> counted(1001, "state", most=1000)
    'more than 1,000 states'
    """
    if most is not None and number > most:
        return f"more than {counted(most, thing, things)}"
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"


def capital(sentence: str) -> str:
    """Return a sentence with a capital letter at its beginning.

    >>> capital("seen once")
    'Seen once'
    """
    return sentence[:1].upper() + sentence[1:]
