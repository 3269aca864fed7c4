"""Whether a line says that a page was not found, and says nothing else.

A headline that has the same words in it ("Wreck not found after search", "Boeing 404 sold") does not say that: the
line, or what stands before or behind the name of the site in it, has to say it from its beginning to its end.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 160
"""A longer line is a text, whatever it says."""

# What sites put between a page's title and their own name.
_SEPARATORS: Final = re.compile(r"\s*(?:[|_»·•–—]|::|\s-\s)\s*")
_SIGNS: Final = re.compile(r"[^\w']+")

_SORRY: Final = r"(?:(?:oops|whoops|uh oh|sorry|we're sorry|we are sorry|error|http) )*"
_NUMBER: Final = r"(?:(?:http |status |error |code |page )*4(?:04|10)(?: error| page| gone)?)"
_NOUN: Final = (
    r"(?:(?:the|this|that|your|our) )?(?:(?:requested|web|url) )?"
    r"(?:page|webpage|file|article|document|content|resource|object|story|url|address|link)(?: or directory)?"
    r"(?: (?:that )?you(?: are|'re| were| have)? (?:requested|wanted|looking for|tried to (?:open|reach|access)))?"
)
_WANTS: Final = (
    r"(?:(?:is |was |could |can )?not (?:be )?found|cannot be found|(?:can't|couldn't) be found|wasn't found"
    r"|(?:does not|doesn't|did not|didn't) exist|no longer exists|is no longer available|not exist|is gone"
    r"|(?:has been|was) (?:removed|deleted))"
)
_IN_CHINESE: Final = (
    r"(?:抱歉|对不起|對不起|很|非常|您好|错误|錯誤|提示|4(?:04|10))*"
    r"(?:(?:您|你)?(?:所|要|想要|正在)?(?:访问|訪問|查找|浏览|请求|查看|打开|找|寻找)?的?(?:该|此|这个)?"
    r"(?:页面|頁面|网页|網頁|文件|文章|内容|链接|地址|网址|信息|稿件)"
    r"(?:暂时)?(?:不存在|找不到|未找到|没有找到|无法找到|沒有找到|没找到|不见了|已(?:经)?(?:被)?删除|已失效|已下线)"
    r"(?:或(?:已|者)?(?:经)?(?:被)?(?:删除|不存在))?了?"
    r"|(?:找不到|未找到|没有找到|无法找到)(?:该|此|您?(?:要找|请求|访问)的?)?"
    r"(?:页面|頁面|网页|網頁|文件|文章|内容|链接|地址))"
)
_IN_OTHERS: Final = (
    r"(?:お探しの|指定された)?ページ(?:が|は)(?:見つかりません|見つかりませんでした|存在しません)(?:でした)?"
    r"|страница не найдена|página no encontrada|page (?:non trouvée|introuvable)|seite nicht gefunden"
)
_SAYS: Final = re.compile(
    rf"{_SORRY}(?:{_NUMBER}|(?:{_NUMBER} )?{_NOUN} {_WANTS}(?: {_NUMBER})?|{_NUMBER} not found|not found {_NUMBER})"
    rf"|(?:4(?:04|10) )?(?:{_IN_OTHERS})"
)
_SAYS_IN_CHINESE: Final = re.compile(_IN_CHINESE)
_BARE: Final = re.compile(rf"{_SORRY}(?:not found|找不到|不存在)")


def says_not_found(line: str) -> bool:
    """Tell whether a title, a heading or a sentence says that a page was not found, and nothing else.

    >>> [says_not_found(line) for line in ("404 - Page Not Found | A Paper", "Paper not found in his bag", "Not Found")]
    [True, False, True]
    """
    line = " ".join(line.replace("’", "'").casefold().split())
    if not line or len(line) > LONGEST:
        return False
    said = [" ".join(_SIGNS.sub(" ", part).split()) for part in _SEPARATORS.split(line)]
    said = [part for part in said if part]
    whole = " ".join(said)
    return bool(_BARE.fullmatch(whole)) or any(
        _SAYS.fullmatch(part) or _SAYS_IN_CHINESE.fullmatch(part.replace(" ", "")) for part in (whole, *said)
    )
