"""Photo credits at the end of captions."""

from __future__ import annotations

import re

_BRACKETED = re.compile(r"[(（]([^()（）]{2,160})[)）]\s*+[.。]?\s*+\Z")
_SURE = re.compile(
    r"\bphotos?\b\s*(?:by|courtesy|/|:)|^(?:VCG|Xinhua|AFP|AP|Reuters|CFP|PLA Daily)\s*/|/\s*VCG|/\s*Xinhua|摄",
    re.IGNORECASE,
)
_LIKELY = re.compile(r"\b(?:photos?|VCG|Xinhua|CFP|AFP|Reuters|file)\b|摄", re.IGNORECASE)
_HAN_NAME = r"(?:[\u4e00-\u9fff][\u3000 ][\u4e00-\u9fff]|[\u4e00-\u9fff·]{2,4})"  # 吴江洪, or spread: 陈　晨
_HAN = re.compile(
    r"(?:(?<=[。！？；\s])|\A)"
    r"((?:本报记者|新华社记者|通讯员|记者)?\s?"
    rf"{_HAN_NAME}(?:[、 \u3000]{_HAN_NAME}){{0,3}}\s?(?:摄影|摄))"
    r"[。]?\Z"
)
_ENOUGH = 240  # a credit is at the end: a long caption is not searched whole


def credit_of(caption: str) -> str | None:
    """Return the part of a caption that credits the photograph, in its own words, or None.

    >>> credit_of("A J-16 takes off. (eng.chinamil.com.cn/Photo by Liu Jiajia)")
    'eng.chinamil.com.cn/Photo by Liu Jiajia'
    >>> credit_of("气象观测班班长蒋云辉（左一）正在传授操作规范。吴江洪 摄")
    '吴江洪 摄'
    """
    tail = caption[-_ENOUGH:]
    if (found := _BRACKETED.search(tail)) and _LIKELY.search(found[1]):
        return found[1].strip()
    found = _HAN.search(tail)
    return found[1].strip() if found else None


def ends_in_a_sure_credit(text: str) -> bool:
    """Tell whether a text ends in a credit that no ordinary paragraph ends in ("(Xinhua)" closes many a report)."""
    tail = text[-_ENOUGH:]
    found = _BRACKETED.search(tail)
    return bool(found and _SURE.search(found[1])) or bool(_HAN.search(tail))
