"""By which words a page tells its readers that it was edited.

News speaks of updates and corrections, too ("the law was amended", 敦促日方更正). So each pattern wants what only
a note has: it opens a block or a sentence with a label (*Correction:*, 编者注), or it speaks of the article
that it stands in (*this article*, 本文).
"""

from __future__ import annotations

import re

_OPENS = r"(?:(?<![^\n(（\[【*•■▲※])|(?<=[.!?:：。！？)）\]】]\s)|(?<=[。！？）】]))[ \u3000]{0,4}"
"""Nothing stands before it but the end of a sentence, a label, a bracket or a bullet."""
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_MOMENT = rf"(?:\(?(?:on\s+)?(?:{_MONTH}|\d)[\w .,:/-]{{0,28}}\)?)"

_SELF = r"(?:article|story|headline|caption)"
_SHOWN = r"(?:text|page|post|photo|image|video|graphic|map|gallery)"
_SELF_ALONE = (
    r"(?:report|dispatch|piece|item|version|review|obituary|column|copy|letter|interview|podcast|editorial|essay"
    rf"|live\s*blog|{_SHOWN})"
)
"""What may also be another one (of which news tells: a law, a play, a ministry's report, somebody's post). It counts
only at the start of a block, and only with what an outlet says of its own edits: when, what for, why."""
_OF = r"(?:(?:an?|the|some|this)\s[^.!?。]{0,40}?\s(?:of|in|on|to|from|with|above)\s)?"
_DONE = (
    r"(?:updated|amended|revised|corrected|edited|changed|modified|clarified|retracted|withdrawn|removed|deleted"
    r"|rewritten|refiled|reworded|replaced|taken down|unpublished)"
)
_NO_OTHERS = (
    r"(?!\s+by\s+(?!(?:our|the)?\s*(?:editors?|newsroom|desk|staff)\b))"
    r"(?!\s+in\s+(?:19|20)\d\d)(?!,?\s+(?:and\s+)?(?:translated|edited)\b)"
    r"(?!\s+for\s+(?:the\s+|an?\s+)?(?:stage|screen|cinema|television|tv|radio|film|opera|theat(?:er|re)|children"
    r"|(?:modern|new|younger|wider)\b))(?!\s+(?:upwards?|downwards?|annually|yearly|regularly|every|each)\b)"
    r"(?![^.!?\n]{0,40}?\s+to\s+(?:abolish|allow|permit|ban|prohibit|extend|grant|create|establish|introduce|impose"
    r"|raise|lower|require|let|enable|scrap|end|protect|guarantee|forbid|limit|lift|strengthen|expand)\b)"
)
"""What of an article of a law, or a story for the stage, is told."""
_WAS = r"(?:(?:has|have|had)\s+(?:since\s+|now\s+|also\s+)?been|was|were|is\s+being)\s+(?:since\s+|later\s+)?"
_WRONG = (
    r"(?:(?:incorrectly|erroneously|mistakenly|wrongly|inaccurately|originally|previously|initially)\s+(?:said|stated"
    r"|reported|identified|gave|named|described|listed|referred|attributed|claimed|quoted|included|spelled)"
    r"|mis(?:stated|identified|spelled|quoted|reported|attributed)|corrects\b)"
)
_PART = (
    r"(?:article|story|report|headline|caption|paragraphs?|sentences?|photo|image|video|text|figures?|names?|quotes?"
    r"|quotation|passage|references?|line|byline|title|version|spelling|map|graphic|link|page|post|errors?)"
)

_CLOCK_TIME = r"(?:\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?|noon|midnight)(?:\s+[A-Z]{2,4}\b)?"
_DAY = (
    rf"(?:\w+day\b|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+\d{{4}})?|\d{{4}}-\d\d-\d\d)"
)
_DATED = rf"(?:,?\s+(?:(?:on|at)\s+)?(?:{_DAY}|{_CLOCK_TIME})){{0,3}}"
_MATTER = (
    r"(?:comments?|details|statements?|responses?|reactions?|information|quotes?|background|context|references?|figures?"
    r"|dates?|names?|bylines?|headline|photos?|photographs?|images?|captions?|links?|developments|paragraphs?|sentences?|words?"
    r"|typos?|attribution|denials?|remarks|clarifications?|corrections?|errors?|spelling)"
)
_AIM = (
    r"to\s+(?:correct|clarify|reflect|rectify|fix|attribute|reword|make\s+(?:it\s+)?clear(?:er)?"
    r"|(?:more\s+)?(?:accurately|precisely|properly)|better\s+reflect|(?:show|say|note|state|indicate|specify)\s+that"
    rf"|(?:add|include|incorporate|provide|remove|delete|replace|restore|update|amend|give)\s[^.]{{0,60}}?\b{_MATTER})\b"
)
_WHY = (
    rf"(?:{_AIM}|(?:with|for)\s[^.]{{0,50}}?\b{_MATTER}\b|by\s+(?:our|the)?\s*(?:editors?|newsroom|desk|staff)\b"
    r"|(?:because|as|since|after|following|due\s+to|from)\s+(?:of\s+)?(?:an?\s+|the\s+|its\s+)?(?:(?:earlier|previous|original"
    r"|initial|first)\b|(?:[a-z]+\s+)?(?:error|mistake)|(?:it\s+was\s+)?(?:publication|published|posted)|(?:complaints?"
    r"|readers?|clarification)\b|it\s+(?:incorrectly|wrongly|mis|said)|we\b)"
    r"|(?:from|in)\s+this\s+(?:article|story)\b)"
)
"""What an outlet says of its own edits, and news of other texts hardly: why, what for, since when."""
_SAID = r"(?![^.\n]{0,60}\b(?:said|says|told|added|wrote|stated)\b)"
_FALLS = (
    r"(?![^.\n]{0,60}\b(?:markets?|stocks?|shares|equities|index(?:es)?|nasdaq|dow|prices?|bitcoin|gold|oil|housing)\b"
    r"[^.\n]{0,30}?\s(?:falls?|slides?|tumbles?|drops?|plunges?|slumps?|sinks?|dips?|looms?|retreats?|lose|loses|ahead)\b)"
    r"(?![^.\n]{0,40}\s(?:slumps?|tumbles?|plunges?|slides)\b)(?!\s*(?:what|how|why)\b)"
)
"""A correction of the market, or a clarification of what is not the article."""

_OF_FACTS = (
    r"(?:numbers?|figures?|totals?|dates?|ages?|names?|titles?|ranks?|places?|locations?|spelling|captions?|headline)"
)
_IS_WRONG = (
    r"(?:was|were|had\s+been)\s+(?:wrong|incorrect|inaccurate|erroneous|mistaken|corrected"
    r"|mis(?:stated|identified|spelled|quoted|reported|attributed))\b"
)

_ENGLISH_OPENINGS = (
    # Correction: …   CORRECTION (Jan. 5): …   Correction, 5 January 2026: …
    (
        r"(?:corrections?(?:\s+(?:and|&)\s+(?:clarifications?|amplifications?|apolog(?:y|ies)))?|clarifications?|errat(?:um|a)|retraction"
        rf"|retracted|corrected|correction\s+appended)\b\s*,?\s*{_MOMENT}?\s*(?:[:：—–|]|\s-\s){_FALLS}"
    ),
    r"an?\s+(?:correction|clarification|retraction)\s+(?:was|has\s+been)\s+(?:made|appended|added|published)\b",
    # This article was amended on …   The headline of this (Jan. 5) story has been changed …
    (
        rf"{_OF}this\s+(?:{_MOMENT}\s+)?(?:version\s+of\s+(?:this|the)\s+)?{_SELF}"
        rf"\s+(?:{_WAS}{_DONE}\b{_NO_OTHERS}|{_WRONG})"
    ),
    (
        r"this\s+is\s+an?\s+(?:corrected|updated|amended|revised|edited)\s+version\s+of\s+(?:this|the|an?)\s"
        rf"(?:[a-z]+\s+)?(?:{_SELF}|report)\b"
    ),
    # This story was first published on May 4. It was updated on May 5 to correct …
    rf"this\s+(?:{_SELF}|report)\s+was\s+(?:first|originally)\s+(?:published|posted)\b[^\n]{{0,80}}?\b{_DONE}\b",
    (
        r"(?:we|(?:the\s+)?(?:associated\s+press|ap|reuters|afp|xinhua|china\s+daily|global\s+times))\s+(?:regrets?"
        rf"|apologi[sz]es?\s+for)\s+(?:the|this|any|an|our)\s+(?:errors?|mistakes?)\b{_SAID}(?!\s+(?:of|made|that)\b)"
    ),
    # In a story published May 4 about the drill, The Associated Press reported erroneously that …
    (
        r"(?:in\s+an?\s[^.\n]{0,20}?(?:story|stories|article|report|dispatch)\s[^.\n]{0,120}?,\s+)?(?:the\s+)?(?:associated\s+press"
        r"|ap|reuters|afp|xinhua)\s+(?:reported\s+(?:erroneously|incorrectly|wrongly|mistakenly)"
        r"|(?:erroneously|incorrectly|wrongly|mistakenly)\s+reported|(?:has\s+withdrawn|is\s+withdrawing)\s+(?:its|the|this)\b)"
    ),
    # Due to incorrect information from a source, the number of ships was wrong.
    (
        r"(?:due\s+to|because\s+of|owing\s+to)\s+(?:incorrect|wrong|inaccurate|erroneous)\s+information\s[^,.\n]{0,60},"
        rf"\s+(?:an?|the|his|her|their|its)\s+[^,.\n]{{0,30}}?\b{_OF_FACTS}\b[^,.\n]{{0,50}}?\s{_IS_WRONG}{_SAID}"
    ),
    # In an earlier version, 30 ships were mentioned.
    (
        r"in\s+(?:an?|the|our)\s+(?:earlier|previous|original|initial|first)\s+version,"
        r"(?![^.\n]{0,80}\b(?:bills?|laws?|drafts?|texts?|plans?|treaty|resolution|statement|documents?|agreement|play|film|book)\b)"
        r"[^.\n]{0,80}?\b(?:mentioned|omitted|misstated|misspelled|misidentified|misquoted|misreported|misattributed"
        rf"|wrongly|incorrectly|erroneously|mistakenly)\b{_SAID}"
    ),
    # Editor's note: we have removed a paragraph
    (
        r"(?:editor(?:s['’]?|['’]s|ial)?\s+note|ed(?:s|itor)?\.?\s+note|note(?!:\s+(?:figures?|names?|maps?|texts?|quotes?)\b)"
        r"|notes?\s+(?:to|for|from)\s+(?:the\s+)?(?:readers?|editors?))s?"
        rf"\b\s*{_MOMENT}?\s*[:：—–|-][^\n]{{0,240}}?(?:\b(?:we|editors)\s+(?:have\s+)?(?:since\s+)?{_DONE}\b"
        rf"|\b(?!names?\b[^.!?\n]{{0,40}}?\sbeen\s+(?:changed|removed)\b){_PART}\b[^.!?。\n]{{0,40}}?\s{_WAS}{_DONE}\b{_NO_OTHERS}"
        rf"|\s(?:the|an?)\s+{_OF_FACTS}\b[^.!?。\n]{{0,40}}?\s(?:has\s+been|have\s+been|was|were)\s+corrected\b{_SAID}"
        r"|\b(?:an?|due\s+to|because\s+of)\s+(?:editing|editorial|production|typing)\s+(?:error|mistake)\b"
        rf"|\b(?:this|the)\s+(?:{_SELF}|report)\s+{_WRONG}|\bregrets?\s+the\s+(?:errors?|mistakes?)\b)"
    ),
)
_ENGLISH_STARTS = (
    rf"(?:(?-i:CORRECTION|RETRACTION|CLARIFICATION)|correction appended)\b(?!\s+(?:of|cent|fac|off))\W{{0,3}}{_FALLS}",
    (
        rf"{_OF}(?:this\s+(?:{_MOMENT}\s+)?{_SELF_ALONE}|the\s+{_SELF})\s+{_WAS}(?:last\s+)?{_DONE}\b{_NO_OTHERS}"
        rf"{_DATED},?\s+{_WHY}"
    ),
    (
        rf"{_OF}this\s+(?:{_MOMENT}\s+)?(?!{_SHOWN}\s[^.]*?\b(?:removed|deleted|taken|withdrawn|unpublished|retracted|edited)\b)"
        rf"{_SELF_ALONE}\s+{_WAS}(?:last\s+)?{_DONE}{_DATED}\s*(?:[.!;:)\]]|\Z)"
    ),
    rf"{_OF}this\s+(?:{_MOMENT}\s+)?{_SELF_ALONE}\s+{_WRONG}",
    # This post has been edited for clarity. (An interview always is.)
    (
        rf"this\s+(?:{_SELF}|post|report|piece|page|item)\s+{_WAS}(?:lightly\s+|slightly\s+)?{_DONE}\s+for\s+"
        r"(?:(?:length|style|grammar|brevity|tone)(?:,|\s+and)\s+){0,2}(?:clarity|accuracy|style|grammar|tone)\b"
    ),
    (
        r"updated\s+(?:to\s+(?:include|add|reflect|correct|clarify|remove|show)|with)\s[^,]{0,80}\b(?:comments?|details"
        r"|statements?|responses?|information|quotes?|background|context|reactions?|dates?|figures?|names?|bylines?"
        r"|headline|photos?|new\s+developments)\b[^,]{0,60}\Z"
    ),
)
_ENGLISH_INSIDE = (
    # (Corrects the number of the dead in paragraph 2), (Refiles to add a byline)
    r"\A\s*[(\[]\s*(?:corrects|refiles|updates|recasts|clarifies|fixes|amends|adds|removes|deletes)\s",
    (
        r"\b(?:(?:an?|the|our)\s+)?(?:earlier|previous|prior|original|initial)\s+versions?\s+of\s+(?:this|the)\s+"
        rf"(?:{_SELF}|{_SELF_ALONE}\s+(?:{_WRONG}|{_IS_WRONG}|said|stated|gave|had|contained|included|omitted|did\s+not))\b"
    ),
    rf"\b(?:we|editors)\s+(?:have\s+)?(?:since\s+)?{_DONE}\s+(?:this|the|our)\s+(?:{_SELF}|report|post)\b",
    rf"\bhas\s+(?:updated|amended|corrected|revised|retracted|withdrawn|removed|deleted|unpublished)\s+this\s+{_SELF}\b",
)

_HAN_SELF = r"(?:本(?:文|稿|篇?(?:报道|報道|报导|報導)|篇文章|条新闻|新闻|則新聞)|此[文稿])的?"
_HAN_LIGHT = (
    r"(?:[\d零〇一二三四五六七八九十年月日号時时点分上下午:：./() （）\-]"
    r"|[已经經曾有现現又再作做了将將由对對被予以因于於在后後所，]|进行|進行|作出|最[后後近新初]|首次|多次|晚间|晚間|凌晨"
    r"|标题|標題|内容|內容|部分|图片|圖片|个别|個別|文字|数据|數據|表述|北京时间|编辑|編輯|一处|两处|一些){0,24}"
)
"""What may stand between the article and the verb. No word of it begins with a character of the class:
else it would take for ever."""
_HAN_DONE = (
    r"(?:修改|更新|订正|訂正|修订|修訂|更正|勘误|勘誤|删改|刪改|删减|删除|刪除|补充|補充|调整|調整|撤回|撤稿|撤下|改动"
    r"|改動|更换)(?!为第?[\d零一二三四五六七八九十百两]+[条條章款项項节節编篇])(?=[。；，,;！)）】\]\s过過了為为如于於至：:]|$)"
)
_HAN_WRONG = (
    r"(?:有误(?![译差])|有誤|存在(?:错误|錯誤|差错)|有错误|出现(?:错误|差错)|不实|失实|不准确"
    r"|误(?:将|把|写|作|称|植|为))"
)
_HAN_TEXTS = (
    r"(?:本文|本稿|原文|此文|此稿|该文|文章|报道|報道|稿件|标题|標題|文中|上文|前文|图片|段落|部分内容|初版|版本)"
)
_NO_HAN = r"(?<![\u3400-\u9fff\u3040-\u30ff])"

_CHINESE_OPENINGS = (
    (
        r"[【\[]?(?:重要|编辑部?|編輯部?|编者|編者|本[报報网網站社刊])?(?:更正|勘误|勘誤|订正|訂正|撤稿|更正[与與及]致歉|更正[与與及][说說]明|致歉)"
        r"(?:启事|啟事|说明|說明|声明|聲明|通知|公告)?(?:[】\]]|\s*[:：])"
    ),
    rf"(?:原文|文章|报道|報道|稿件|标题|標題)(?=[^。]){_HAN_LIGHT}{_HAN_DONE}",
    rf"原文{_HAN_WRONG}",
    (
        rf"(?:此前|早前|先前|之前|较早|更早)(?:的|发布的|刊发的|刊登的|发表的)?(?:报道|報道|版本|稿件|文章)[^。！？，,\n]{{0,24}}?"
        rf"{_HAN_WRONG}"
    ),
    (
        rf"(?:编者[注按]|編者[註注按]|[编編]辑?[注按]|编辑部|編輯部|作者[注按]|[小记記]?[编者][注按]|注)\s*[:：】\])）][^\n]{{0,120}}?"
        rf"(?:{_HAN_TEXTS}{_HAN_LIGHT}(?:根据[^，。！？\n]{{0,16}}?{_HAN_LIGHT})?{_HAN_DONE}"
        rf"|{_HAN_TEXTS}[^。！？\n]{{0,16}}?{_HAN_WRONG}|(?:已|作了|做了|进行了|有所){_HAN_DONE}"
        rf"|本(?:文|稿|报道)已经?(?:更正|订正|修改|更新|补充|删除)(?!换代))"
    ),
)
_CHINESE_INSIDE = (
    r"\A\s*(?:更正|勘误|勘誤|订正|訂正|撤稿)(?:启事|啟事|说明|說明|声明|聲明)\b",
    # 本文于1月5日修改, 因消息来源要求，本文已撤回
    rf"(?:{_NO_HAN}|(?<=[对對因将將把故使])){_HAN_SELF}{_HAN_LIGHT}(?:根据[^，。！？\n]{{0,16}}?{_HAN_LIGHT})?{_HAN_DONE}",
    rf"{_NO_HAN}{_HAN_SELF}[^。！？\n]{{0,24}}?{_HAN_WRONG}",
    # 本报此前报道有误
    (
        r"本(?:报|報|网|網|站|社|刊|台)[^。！？，\n]{0,12}?(?:此前|早前|先前|之前|较早|更早)(?:的|发布的|刊发的|刊登的|发表的)?"
        rf"(?:报道|報道|版本|稿件|文章)[^。！？，,\n]{{0,24}}?{_HAN_WRONG}"
    ),
    # …，特此更正。   …，现更正如下：
    (
        r"(?:^|[。，；,;（(\s])(?:特此|特予|现予以?|現予以?|现已?|現已?|已予以?|兹|茲|今|已经?)(?:将其|作出)?"
        r"(?:更正|订正|訂正|勘误|致歉)(?=如下|为|為|并致歉|，?[并並]向|[。；！：:）)]|$)"
    ),
)

_JAPANESE_OPENINGS = (
    r"[【\[]?(?:訂正|(?:お詫び|おわび)(?:と訂正)?|訂正[と・](?:お詫び|おわび))(?:[】\]]|\s*[:：])",
    (
        r"(?:記事|見出し|本文|写真|初出時|当初)[^。！？\n]{0,60}?(?:更新|修正|訂正|削除|変更|差し替え|加筆)"
        r"(?:しました|いたしました|致しました|済み)"
    ),
    # ※一部内容を修正しました。
    (
        r"(?:(?:内容|表現|表記|記述|本文)の)?一部(?:の?(?:内容|表現|表記|記述|文言|数字))?を?(?:修正|訂正|変更|削除|加筆|更新)"
        r"(?:しました|いたしました|致しました|済み)"
    ),
    # 当初の記事で30隻としたのは13隻の誤りでした。
    r"(?:当初|初出時|以前|先日?)の(?:記事|見出し|本文|原稿|表記)[^。！？\n]{0,60}?(?:誤り|間違い)(?:でした|です|がありました)",
    r"[（(【\[]追記[^)）】\]\n]{0,20}[)）】\]]|追記\s*[:：]",
)
_JAPANESE_INSIDE = (
    r"(?:訂正して(?:お詫び|おわび)|(?:お詫び|おわび)(?:して|し、|の上、?)訂正)(?:いた|致|し)",
    rf"{_NO_HAN}(?:本|当|この)(?:記事|稿|ページ|見出し)[^。！？\n]{{0,40}}?(?:更新|修正|訂正|削除|変更|加筆|撤回)(?:し|いた|致|され|済)",
)


def _either(*groups: tuple[str, ...]) -> str:
    return "|".join(pattern for group in groups for pattern in group)


def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern whose runs of blanks are short: in a page of nothing else they would be tried for hours."""
    return re.compile(pattern.replace(r"\s*", r"\s{0,8}").replace(r"\s+", r"\s{1,8}"), flags)


NOTE = _compiled(
    rf"{_OPENS}(?:{_either(_ENGLISH_OPENINGS, _CHINESE_OPENINGS, _JAPANESE_OPENINGS)})"
    rf"|\A[\s(（\[【*•■▲※—–-]*(?:{_either(_ENGLISH_STARTS)})"
    rf"|{_either(_ENGLISH_INSIDE, _CHINESE_INSIDE, _JAPANESE_INSIDE)}",
    re.IGNORECASE,
)
"""An explicit note. It is looked for in the whole text of a block, since it matters what stands before it."""

_CLOCK = rf"(?:\d|{_MONTH}\s?\d|(?:Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)(?:day|\.)|today|yesterday)"
_OF_NOBODY = r"(?![^\n]{0,200}\b(?:said|says|told|added|stated|announced|according\s+to)\b)"
"""An update of the article, and not of the news: nobody is named as its source."""
_HAN_TAG = r"(?:更新|更正|订正|訂正|撤稿)"

TAG = _compiled(
    r"[(（\[【]\s*(?:(?:UPDATED?|Updated?|Corrected|CORRECTED|Refiled)(?![a-z ]*[a-z])"
    r"|(?:第?\d*次?|持续|不断)更新[中版]?|已?更正|订正|訂正|修订(?![^)）\]】]{0,80}[)）\]】]》))"
    r"(?=[\s\d:：,，于)）\]】])[^)）\]】]{0,40}[)）\]】]"
    r"|[(（\[【]\s*(?:Updated|UPDATED|Update)\b[^)）\]】a-z]{0,4}(?:at|on)\b[^)）\]】]{0,40}[)）\]】]"
    r"|[(（\[【](?:[\d年月日时分:：./\- ]{4,24})(?:更新|修改|修正)[)）\]】]"
    rf"|\A\s*Update(?:\s*\d{{1,2}})?(?:(?:\s*[:：–—|]|\s-\s){_OF_NOBODY}|\s*\Z)"
    rf"|\A\s*(?:First\s+|Originally\s+)?[Pp]ublished\b[^\n]{{3,60}}?\bupdated\s*(?:[:：]|(?:at|on)?\s*{_CLOCK})"
    r"|\A\s*(?:UPDATED?|Updated|CORRECTED|Corrected|RETRACTED|Retracted|WITHDRAWN|REFILE|CORRECTION)(?:\s*\d{1,2})?"
    r"(?:\s*[:：–—|]|\s-\s|(?<=[A-Z\d])-|\s*\Z)"
    rf"|\A\s*[Uu]pdated\s+(?:(?:at|on)\s+)?{_CLOCK}"
    r"|\b(?:Last\s+(?:[Uu]pdated?|[Mm]odified|[Ee]dited)|LAST (?:UPDATED?|MODIFIED|EDITED)|Updated|UPDATED)"
    rf"\s*(?:[:：]|(?:at|on)?\s*{_CLOCK})"
    r"|\b(?:UPDATE|WRAPUP|CORRECTED|REFILE)\s*\d*\s*[-–—](?=\S)"
    rf"|\A\s*(?:最新)?{_HAN_TAG}\s*(?:[:：]|\Z)|\A\s*[【\[](?:一部)?{_HAN_TAG}[^】\]]{{0,20}}[】\]]"
    r"|(?:最[后後近終终])?更新(?:时间|時間|日期|日時|日)?\s*[:：于於]?\s*\d{1,4}[-年月/.:：]"
)
"""A tag in a headline, kicker, subtitle, first or last block: that there was an edit, and not which."""

_HINTS = (
    *("updat", "correct", "clarif", "errat", "amended", "revised", "edit", "changed", "version", "this article"),
    *("this story", "apolog", "regret", "wrapup", "refile", "remove", "delete", "recast", "retract", "withdraw"),
    *(
        "modified",
        "reworded",
        "replaced",
        "taken down",
        "rewritten",
        "unpublish",
        "erroneously",
        "(adds",
        "[adds",
        "(fixes",
        "[fixes",
        "wrong",
    ),
)
_HAN_HINTS = re.compile(
    "更正|更新|更换|更早|勘|本文|本稿|本报|本報|本网|本網|本站|本社|本刊|本台|本篇|本条|本新|本則|此文|此稿|此前|原文"
    "|早前|先前|之前|较早|编者|编辑|编按|编注|編|修订|修訂|修改|修正|订正|訂正|撤|致歉|有误|有誤|误将|误把|误写|误作|误称"
    "|误植|误为|詫|おわび|删|刪|記事|見出|补充|補充|改动|改動|調整|调整|标题|標題"
    "|加筆|追記|変更|当初|初出"
)


def may_tell(text: str) -> bool:
    """Tell whether a text may hold a note or a tag: to ask that first is ten times as fast.

    >>> may_tell("The dam holds."), may_tell("The dam was updated.")
    (False, True)
    """
    lower = text.lower()
    for hint in _HINTS:  # a generator takes as long again, of every edit
        if hint in lower:
            return True
    return not text.isascii() and _HAN_HINTS.search(text) is not None
