"""When a capital is spoken of as the government that sits there, and its country as well: Beijing has urged, 北京表示.

Anywhere else a capital is a place in its country: missiles that hit Kyiv hit more than "Ukraine" tells.
"""

from __future__ import annotations

ACTS = """
    accepted accepts accused accuses accusing acknowledged acknowledges admitted admits agreed agrees announced
    announces approved argued argues asked asks backed backs banned blamed blames blocked boycotted called calls
    claimed claims condemned condemns considers considered criticised criticises criticized criticizes decided decides
    declared declares declined declines demanded demands denied denies denounced denounces deplored deported dismissed
    dismisses disputed disputes expelled expects expressed expresses favored favors feared fears hailed hinted hopes
    hoped imposed imposes insisted insists intends invited lifted lodged maintained maintains negotiated negotiates
    objected objects offered offers opposed opposes ordered planned plans pledged pledges praised proposed proposes
    protested protests ratified recalled recognised recognises recognized recognizes refused refuses regards rejected
    rejects responded responds retaliated said sanctioned saying says seeks signed sought stated stressed stresses
    suggested suggests summoned supported supports suspects suspended threatened threatens told urged urges urging views
    voiced vowed vows wanted wants warned warning warns welcomed welcomes withdrew
"""
"""What a government does: behind a capital that is one."""

BETWEEN = """
    has have had is are was were be been being will would did does do not also again repeatedly strongly formally
    officially immediately publicly promptly since later then now still already never long only both
"""
"""What may stand between a government and what it does."""

ADDRESSED = """
    accused accuses accusing asked asks backed backs blamed blames blaming condemned condemns criticised criticizes
    criticized denounced persuaded pressed pressured sanctioned supported told urged urges urging warned warning warns
    pro anti against
"""
"""Before a capital that is a government; none of what may be done to a town."""

WITH = """
    agreement agreements alliance ceasefire contact contacts cooperation deal deals dialogue dispute negotiations pact
    relations relationship summit talks tensions ties treaty truce
"""
"""Of what a government has "with" another one, or there is "between" two."""

OF_A_GOVERNMENT = """
    allies ally ambassador claim claims decision decisions defence defense demand demands denial envoy foreign
    government interests military ministry offer plan plans policies policy position proposal reaction refusal rejection
    response sanctions sovereignty stance support threat threats troops warning warnings
"""
"""Behind a capital and its 's."""

ON_A_SIDE = "aligned allied appointed backed friendly installed"
"""Behind a capital and a hyphen: Moscow-backed."""

CHINESE_ACTS = """
    表示 称 稱 说 說 敦促 指责 指責 谴责 譴責 呼吁 宣布 要求 警告 否认 否認 承认 承認 强调 认为 同意 拒绝 拒絕
    签署 抗议 批评 方面 当局 當局 政府 回应 反对 支持 承诺 威胁 召回 驱逐 制裁
    提出 决定 希望 愿意 坚持 指出 誓言 反驳 驳斥 重申 主张
    的立场 的政策 的盟友 的要求 的决定 的反应 的回应 的关系 的外交 之间 关系 政府は 当局は 側
"""
CHINESE_BETWEEN = "已 将 也 再次 曾 一再 多次 正式 则 随后 已经 均 都 此前 周一 周二 周三 周四 周五 周六 周日 当天"
CHINESE_ADDRESSED = "指责 谴责 敦促 要求 警告 批评 制裁 支持 反对"
