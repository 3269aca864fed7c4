"""What active and passive sentences are made of, as far as the one surely says what the other does."""

from __future__ import annotations

PASTS = """
    beat beaten, bit bitten, bound bound, bought bought, broke broken, brought brought, built built, caught
    caught, chose chosen, cut cut, drove driven, fed fed, forbade forbidden, fought fought, found found, froze
    frozen, gave given, heard heard, held held, hid hidden, hit hit, hurt hurt, knew known, laid laid, led led,
    left left, lost lost, made made, met met, overran overrun, overthrew overthrown, paid paid, put put, read
    read, rebuilt rebuilt, retook retaken, sank sunk, saw seen, sent sent, set set, shook shaken, shot shot,
    sold sold, spent spent, stole stolen, struck struck, swept swept, taught taught, threw thrown, told told,
    took taken, tore torn, undertook undertaken, withdrew withdrawn, won won, wrote written
"""
"""Past and participle of verbs that have other endings than "ed"."""

AUXILIARIES = (
    (("was",), ()),
    (("were",), ()),
    (("has", "been"), ("has",)),
    (("has", "been"), ("have",)),
    (("have", "been"), ("has",)),
    (("have", "been"), ("have",)),
    (("had", "been"), ("had",)),
)
"""What stands before the participle in the passive, and before the verb in the active."""

SHIFTING = """
    every each all both few fewer no none nobody nothing not never many most some any several only either neither half
    its his her their theirs itself himself herself themselves him them he she they it this these that those
    which who whom whose one another other others
"""
"""With one of these in who acts or suffers the two may say different things: each of ten ships sank a boat."""
