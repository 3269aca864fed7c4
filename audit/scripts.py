"""Chinese in two scripts: 台湾 and 臺灣 are the same characters, simplified and traditional.

Characters only: what is said in other words there (软件, 軟體) stays other words.
"""

from __future__ import annotations

import re

from audit.rules.files import listed


def simplified(text: str) -> str:
    """Return a text with each traditional character simplified.

    >>> simplified("臺灣的軍艦 No. 5"), simplified("皇后")
    ('台湾的军舰 No. 5', '皇后')
    """
    if text.isascii() or not _TRADITIONAL.search(text):
        return text  # a look first, three times as fast
    return text.translate(_SIMPLE)


def in_another_script(old: str, new: str) -> bool:
    """Tell whether two texts that differ have the same characters, one of them in the other script.

    >>> in_another_script("军舰", "軍艦"), in_another_script("军舰", "军机")
    (True, False)
    """
    return len(old) == len(new) and old != new and simplified(old) == simplified(new)


_SIMPLE = {ord(other): line[0] for line in listed("scripts.txt").split() for other in line[1:]}
_TRADITIONAL = re.compile(f"[{''.join(map(chr, _SIMPLE))}]")
