"""Reads the quantities of a Chinese text: 1.2亿元, 三成七, 八折, 增长3倍, 2019年6月18日, 近三分之一, 3-5亿."""

import re
from collections.abc import Iterator
from itertools import pairwise

from mtqa.chinese import dates, measures, proportions
from mtqa.chinese.numerals import scale, values
from mtqa.document import Span
from mtqa.quantity.quantity import BOUNDS, Bound, Quantity

_WIDE = str.maketrans("０１２３４５６７８９．％￥＄", "0123456789.%¥$")
_HAN = "零〇一二两三四五六七八九十百千万亿廿卅"
_NUMBER = re.compile(
    r"(?P<some>好?几|数|上|成)?"
    rf"(?P<words>\d+(?:[,，]\d{{3}})*(?:\.\d+)?(?:[十百千]?[多余来几]?个?[万亿兆]+(?:\d+(?:\.\d+)?[千百]?万?(?![\d年月]))?|[百千](?![万亿])|[多余](?=[万亿])[万亿]+)?"
    rf"|[{_HAN}]+(?:[几多余来][十百千万亿]+)?(?:点[零〇一二三四五六七八九]+[万亿]*)?)"
    r"(?P<more>[多余来几]|好几)?"
)
_ABOUT = re.compile(
    r"(?:(?P<below>近|将近|接近|不到|不足|低于|不超过|几乎|不及|少于)|(?P<above>逾|超|超过|超出|突破|不少于|至少|过|破|不低于|高于|多于|上)"
    r"|(?P<near>约|大约|约为|大概|差不多|估计|大致|平均))[¥$]?$"
)
_ABOUT_AFTER = re.compile(
    r"[^\d，。；、]{0,3}?(?:(?P<near>左右|上下)|(?P<above>以上|开外|出头|有余|之多)|(?P<below>以下|以内|不到))"
)
_RANGE = re.compile(r"\s?(?:-|—|–|~|～|至|到|或|、|—)\s?[¥$]?")
_PAIRS = ("一二", "二三", "三四", "四五", "五六", "六七", "七八", "八九")
_NAME = re.compile(r"[A-Za-z][-－]?$|[双·/]$")
_LETTER = re.compile(r"[A-Za-z]")


def chinese_quantities(text: str, start: int = 0) -> list[Quantity]:
    """Return the quantities of a Chinese text in simplified characters; spans count from `start`, the text's offset.

    >>> [(q.low, q.kind, q.unit) for q in chinese_quantities("近1.2亿元，三成七，两千多人")]
    [(120000000.0, 'money', 'CNY'), (37.0, 'percent', ''), (2000.0, 'number', 'person')]
    """
    # 千 in 千瓦 is part of the unit; another character keeps the number before it apart
    text = re.sub(r"千(?=[瓦伏克米卡帕赫])", "仟", text.translate(_WIDE))
    taken: list[Quantity] = []
    for reader in (dates.dates, proportions.fractions, measures.change, proportions.words, _numbers):
        for found in reader(text):
            if not any(found.span.overlaps(other.span) for other in taken):
                taken.append(found)
    taken.sort(key=lambda q: q.span)
    return [_moved(q, start) for q in _ranges(text, taken)]


def _numbers(text: str) -> Iterator[Quantity]:
    for found in _NUMBER.finditer(text):
        if quantity := _number(text, found):
            yield quantity


def _number(text: str, found: re.Match[str]) -> Quantity | None:
    words, some = found["words"], found["some"] or ""
    inner = re.search(r"(?<=.)[多余来几]", words)
    bare = words if not inner else words[: inner.start()] + words[inner.end() :]
    bare = bare.replace("，", ",").replace("个", "")
    both = values(bare)
    if both is None:
        return None
    low, high = both
    first = found.start()
    if words[0] == "零" and len(words) > 1:  # 十二年零六个月
        first, some = first + 1, ""
    if some == "数" and words[0].isdigit():  # 总数21343
        first, some = first + 1, ""
    if words == "百八十":  # some eighty to a hundred and eighty
        low, high = 80.0, 180.0
    if some in ("上", "成"):  # 上千 is a thousand or more; 上一 and 成五 are none
        if words[0] not in "百千万亿":
            first += 1
            some = ""
        else:
            high = 3 * low
    elif some:
        low, high = 2 * low, 9.99 * low
    elif inner or found["more"]:
        high = _upper(low, bare)
    span = Span(first, found.end())
    about = ">" if inner or found["more"] else "~" if some else _about(text, span)
    sure = _sure(text, found) or (about in ("<", ">") and low >= 100)
    quantity = Quantity(span, low, high, about=about, scale=scale(bare), sure=sure, place=span)
    return proportions.proportion(text, quantity) or measures.counted(text, quantity)


def _about(text: str, span: Span) -> Bound:
    found = _ABOUT.search(text, max(0, span.start - 4), span.start) or _ABOUT_AFTER.match(text, span.end)
    return BOUNDS[found.lastgroup or ""] if found else ""


def _upper(low: float, words: str) -> float:
    """Return the upper bound of a number with 多: 30多 is below 40, 3万多 below 40,000, 十几 below 20."""
    factor = scale(words)
    place = 1.0
    while low and low / factor % (place * 10) == 0:
        place *= 10
    return low + 0.999 * factor * place


def _sure(text: str, found: re.Match[str]) -> bool:
    """Tell whether a number is surely a quantity: in digits or several characters, and not in a name like 5G."""
    words = found["words"]
    before, after = text[max(0, found.start() - 2) : found.start()], text[found.end() : found.end() + 1]
    if _NAME.search(before) or _LETTER.match(after):
        return False
    if words[0].isdigit():
        return words not in ("110", "119", "120", "315", "618", "985", "211", "996", "007", "12306", "12345")
    if re.fullmatch(r"[一二三四五六七八九]{2}", words) and words not in _PAIRS:  # 五一, 一二 and other names
        return False
    if len(words) > 1 or found["some"]:
        return words not in ("万一", "一一", "千万", "万千", "百千", "亿万", "十一", "千百")
    return False


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give the first number of a range what only the second one says: 3-5亿, 30至40%."""
    shared = list(found)
    for i, (one, _) in reversed(list(enumerate(pairwise(found)))):
        two = shared[i + 1]
        if one.kind != "number" or one.unit or not _RANGE.fullmatch(text, one.place.end, two.span.start):
            continue
        if two.kind in ("number", "money", "percent", "point", "price", "multiple"):
            others = one.others
            if two.kind == "percent" and two.mode == "tenths":
                one = one._replace(low=one.low * 10, high=one.high * 10)
                others = (*others, one.low / 10)
            one = one._replace(kind=two.kind, unit=two.unit)
            if one.scale == 1 < two.scale and one.exact and one.low < two.low / two.scale:
                others = (*others, one.low)
                one = one._replace(low=one.low * two.scale, high=one.high * two.scale)
            shared[i] = one._replace(others=others, sure=one.sure and "、" not in text[one.span.end : two.span.start])
    return shared


def _moved(q: Quantity, by: int) -> Quantity:
    return q._replace(span=Span(q.span.start + by, q.span.end + by), place=Span(q.place.start + by, q.place.end + by))
