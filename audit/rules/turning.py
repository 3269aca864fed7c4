"""Small words that turn what a sentence says: with another one in its place it says something else, or the opposite.

They carry no content alone, so that most edits of them are slight. Only what stands here is not.
"""

from __future__ import annotations

OPPOSED = """
    before, by, until, till / after, since
    before / until, till, when, while
    until, till / from, by, during, when, while, where, if, on, in, at
    during / before, after
    within / after, beyond, outside
    from / to, into, toward, towards, at, on, for, against
    by / from, for, against, to, on, at, in, into, via, through, with
    to / via, through, off, for
    against / for, with, to, by
    for / with
    into, inside / from, outside
    in, into / out
    off / in, into, at, inside, within
    over, above / under, below
    up / down
    on / off
    and / or
    if, unless / when, once, because, since, after, although, while
    if / unless
    because / after, before, and, but, when, while, although, though
    he, his, him / she, her, hers
    he, him, she / they, them, it
    his, her / their, its
    mr / mrs, ms, miss
    spokesman / spokeswoman
    chairman / chairwoman
    policeman / policewoman
    被 / 把, 将, 將, 在, 向, 对, 對
    已, 已经 / 将, 將, 还, 還, 仍, 尚, 正在
    将, 將 / 了, 过, 過, 曾, 正在
    了 / 到, 至
    从, 從 / 到, 至, 向, 往, 对, 對, 给
    由 / 在, 向, 对, 對, 给, 从, 從
    为, 為, 替 / 向, 对, 對
    上 / 下
    内 / 外
    前, 之前, 以前 / 后, 後, 之后, 以后
    因, 因为, 由于 / 后, 後, 时, 前
    来, 來 / 去
    和, 与, 與, 及, 并 / 或
    他, 他们 / 她, 她们
    が, は / を, に, から, により, によって
    を / に, へ, から, により, によって
    に, へ, まで / から
    で / により, によって
"""
"""In a line, each word left of the stroke against each one right of it: one became the other, in either direction."""

ALONE = (
    *("if", "unless", "off", "because"),
    *("被", "因为", "由于", "如果", "所有", "之一", "过去", "将来", "他们", "她们", "它们"),
)
"""Words that turn a sentence where they come or go with nothing in their place: called off, 被袭击, 所有人质."""

NEVER_BY = ("to", "into", "after", "since", "until", "till", "from")
"""What "by" is never, whatever stands behind it: by 5 percent, to 5 percent; but: by Friday, on Friday."""

TO_A_FIGURE = ("to", "到", "至", "に")
"""Where they come or go before a number, how much became how much it is: rose 5 percent, rose to 5 percent."""

MADE_SOME_BY_A = ("few", "little")
"""What an "a" before it makes more of: few soldiers, a few soldiers."""

BEFORE_A_NOUN = """
    a an the its their his her this these those that of with by from for against in on at all no many some several
    most other two three
"""
"""Behind one of these, or a hyphen, a verb in -ed or -ing tells what somebody is: invading forces, invaded forces."""

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
