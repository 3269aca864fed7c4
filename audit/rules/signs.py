"""Signs that are neither letters nor digits: which only decorate, which measure or bound a number, which are one."""

from __future__ import annotations

SPOKEN = "%‰‱§"
"""Punctuation of Unicode that says something. Its symbols (Sm, Sc, So) all do, but for `ORNAMENTS`."""

MEASURING = "%‰‱§#№°℃℉′″⇧⇩⬆⬇📈📉🔺🔻🔼🔽"
"""What belongs to a number beside it, besides all of Sm and Sc (≥ ± × ↑ $) and the units of `UNITS`."""

UNITS = ("\u3371", "\u33ff")
"""From ㍱ to ㏿: units in one character (㎡, ㎞)."""

BEFORE_A_NUMBER = "#~▲△▼▽"
"""What says something only before a number: No. 1, about 50, up or down by 5 %. Else a tag, a wave, a bullet."""

ORNAMENTS = (
    ("\u2500", "\u25ff"),
    ("\u2722", "\u2749"),
    ("\u27a4", "\u27a4"),
    ("\u2794", "\u2794"),
    ("\u279c", "\u279c"),
)
"""Frames, blocks and geometric shapes (■ ● ◆ ▶), asterisks and florets (✦ ❋), arrows before a line (➤ ➔ ➜): bullets."""

ALSO_ORNAMENTS = "|¦~^`´¨¯¸™®℠〓〒❖❧☙❦➢➣❯❮⁂⁑·¬"

RUNS = r"\|+|[-=]{1,20}>+|<+[-=]{1,20}|>>+|<<+|={2,}|\+{3,}|~{2,}"
"""Signs of ASCII that draw a line or an arrow."""

SAME = """
    ¥￥
    $＄
    ~～〜∼
    ≤≦⩽
    ≥≧⩾
    ≈≒
    ÷∕
    ×✕
    ✓✔☑✅
    ✗✘✖❌☒❎
    ★⭐
    ❤♥
    ☎☏
"""
"""In one line stands one sign, drawn otherwise."""
