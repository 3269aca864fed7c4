"""Small words that turn what a sentence says: with another one in its place it says something else, or the opposite.

They carry no content alone, so that most edits of them are slight. Only what stands here is not.
"""

from __future__ import annotations

OPPOSED = """
    before, by, until, till / after, since
    until, till / from, by, during
    during / before, after
    within / after, beyond, outside
    from / to, into, toward, towards, at, on, for, against
    by / from, for, against
    against / for, with, to, by
    into, inside / from, outside
    in, into / out
    over, above / under, below
    up / down
    on / off
    and / or
    if, unless / when, once, because, since, after, although, while
    if / unless
    he, his, him / she, her, hers
    被 / 把, 将, 將
    已 / 将, 將
    从, 從 / 到, 至, 向
    上 / 下
    来, 來 / 去
    和, 与, 與, 及, 并 / 或
"""
"""In a line, each word left of the stroke against each one right of it: one became the other, in either direction."""

ALONE = ("if", "unless", "off", "被")
"""Words that turn a sentence where they come or go with nothing in their place: called off, 被袭击."""

RELATIVE = ("which", "that", "who", "whom")
JOINING = ("and", "or", "but")
PASSIVE = ("is", "are", "was", "were", "be", "been", "being")
"""A form of "be" before a participle: it came or went, and who did it and who suffered it have changed places."""

PARTICIPLES = """
    beaten bitten bought bound broken brought built caught chosen cut driven fed forced fought found given heard held
    hit hurt killed known led left lost made met paid put read rid said seen sent set shot shown shut sold spent stolen
    struck sunk taken taught thrown told torn won written
"""
"""Participles that do not end in "ed"."""
BOTH_WAYS = ("passed", "opened", "closed", "started", "ended", "moved", "changed", "increased", "stopped", "married")
"""Participles of verbs that say the same of whom it happens to: the law was passed, the law passed."""
NO_AGENTS = ("then", "now", "far", "means", "way", "virtue", "car", "sea", "air", "land", "train", "plane", "ship")
"""What "by" may stand before and name nobody who acts."""

DONE_TO_SOMEBODY = ("wounded", "injured", "captured", "drowned", "sunk", "shot down")
"""Words of HARM that stand between who did it and who suffered it, as all of HOSTILE do."""
