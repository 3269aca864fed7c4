"""By which words a page tells its readers that it was edited."""

from __future__ import annotations

import re

NOTE = re.compile(
    r"\b(?:corrections?|clarifications?|erratum|errata)\b\s*[:：]"
    r"|\b(?:this (?:article|story|report|text|page|post|dispatch)|(?:the|this) (?:story|article|headline|caption))\s+"
    r"(?:has been|was|is)\s+(?:since\s+)?(?:updated|amended|revised|edited|changed|corrected)\b"
    r"|\b(?:updated|amended|revised|corrected) to (?:correct|reflect|clarify|include|remove|add|show)\b"
    r"|\b(?:an |the )?(?:earlier|previous|original) version of this\b"
    r"|\b(?:we|editors?) (?:have )?corrected\b|\bwe regret the (?:error|mistake)"
    r"|更正|勘误|勘誤|此前(?:的)?(?:报道|版本|稿件)|本文(?:已|经)(?:更新|修订|修改|更正)|(?:已|予以)更正|訂正",
    re.IGNORECASE,
)
"""An explicit note, wherever it stands in the text."""

TAG = re.compile(
    r"[(（\[【]\s*(?:Updated?|Update\s*\d*|第?\d*次?更新|修订|更正)[^)）\]】]{0,40}[)）\]】]"
    r"|^\s*(?:UPDATED?|Updated?)(?:\s*\d{1,2})?\s*(?:[:：\-–—|]|\bat\b|\bon\b)"
    r"|\b(?:Last\s+)?[Uu]pdated\s*(?:[:：]|at\b|on\b|\d)"
    r"|(?:UPDATE|WRAPUP)\s+\d+\s*[-–—]"
    r"|^\s*更新\s*[:：]|最后更新|最近更新|更新时间",
)
"""A tag in a headline, kicker, subtitle or first block."""

HINT = re.compile(
    "updat|correct|clarif|errat|amended|revised|edited|changed|version of this|regret|wrapup|"
    "更正|更新|勘|此前|本文|修订|訂正"
)
"""A text without any of these (in lower case) holds neither: to look for them is ten times as fast."""
