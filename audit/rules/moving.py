"""What may move over other words of its sentence and say the same there, and over what nothing does.

A day, a place at the head of a sentence, who says so, or how it was done, belongs to the whole of its clause. All else
belongs to what it stands beside: only, almost, armed, former.
"""

from __future__ import annotations

WHEN = """
    morning afternoon evening night noon midnight dawn dusk day days week weeks month months year years weekend hour
    hours yesterday today tomorrow tonight overnight earlier later recently
"""
"""With one of these, or a day or month, words tell when, if the others are such as these or of WITH_WHEN."""

WITH_WHEN = "on in at during by since late early last next this past previous following the a an of local time and ago"

PLACED = """
    in at near on off over around before after during under inside outside along across between among amid despite
    following through with for
"""
"""What opens a phrase that may stand at the head of a sentence and a comma behind it, and at its end as well."""

HOW = "again currently now soon however meanwhile therefore instead then together"
"""They, and words in -ly, may stand before or behind what somebody did."""

NOT_HOW = """
    only nearly hardly barely scarcely mostly partly partially largely mainly merely solely simply exactly particularly
    especially primarily chiefly purely early likely unlikely family army supply ally rally reply assembly anomaly
    monopoly friendly deadly elderly daily weekly monthly yearly costly orderly clearly roughly approximately fully
    wholly entirely completely totally illegally legally really actually newly formerly previously heavily lightly
    highly severely badly seriously slightly
"""
"""What ends in -ly and belongs to the word beside it, or is none."""

SUBORDINATE = "if unless when while because although though after before as since once"
"""What opens a clause that may stand before or behind the other one."""

OVER_WHAT = "is are was were be been being has have had will would can could may might must should do does did also"
"""Over nothing but these an "also", "still" or "already" may move."""
OVER_IT = "also still already"

APART = """
    that who whom whose which what where when while because if unless though although until since whether after before
    as than only even just almost nearly not-only merely
"""
"""What a phrase does not move over: another clause begins here, or a word that belongs to the one beside it."""

RELATIVE = "who whom whose which that where"
DETERMINERS = "the a an its their his her this that these those all both some any no each every our my your"
"""Behind them "to" says where to, and not what for."""

CHINESE_WHEN = "[年月日号號时時分点點晚早晨夜初末底间間今昨明上下午本当當周週天期\\d\\s，、,在于於]*"
"""What stands with a day in Chinese and Japanese where the whole tells when."""
CHINESE_APART = (
    "[，；：;:]|因|由于|如果|若|虽|只|仅|才|甚至|几乎|差点|之?[前后後](?!线|方)|时[，,]|而|但|或|并|不仅|曾|前"
)
CHINESE_HOW = """
    继续 持续 再次 再度 已 已经 正 正在 将 曾多次 多次 共同 联合 目前 仍 仍然 还 先后 陆续 同时 随后 立即 引き続き 再び
    すでに 既に
"""
"""They may stand before or behind where or when something is done: 继续在黄海搜索."""
CHINESE_PLACED = ("在", "于", "於", "对", "對", "就", "为", "為", "根据", "按照", "随着", "隨著", "通过", "经")
