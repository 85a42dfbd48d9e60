"""Reads Chinese proportions: 30%, 百分之三, 三成七, 八折, 3倍, 三分之一, 翻两番, 腰斩; and ordinals."""

import re
from collections.abc import Iterator

from mtqa.chinese.numerals import values
from mtqa.document import Span
from mtqa.quantity.quantity import Bound, Quantity

_PERCENT = re.compile(
    r"(?P<point>个?百分点)|(?P<loose>个?点(?![\d零一二三四五六七八九十半钟整多至到，、]))"
    r"|(?P<percent>%|‰|个?巴仙)|(?P<basis>个?基点|个?BP)"
)
_TENTHS = re.compile(
    r"成(?P<more>半|[一二三四五六七八九](?![十百千万名位个家人]))?(?![都分立为员果功长本交龙品就熟群]|年(?!轻))"
)
_DISCOUNT = re.compile(r"折(?![叠腾磨返线扣腰断旧射])")
_TIMES = re.compile(r"[多余]?倍(?!数|率|感|增|思|受|速)")
_GROWTH = re.compile(
    r"(?:增长|增加|提高|提升|扩大|上升|激增|猛增|劲增|暴增|大增|上涨)"
    r"(?:了|逾|超|超过|近|约|将近|出|达|接近)*$"
)
"""What 3倍 is added to. 涨了三倍 is to many not four times as much but three, so it is left open."""
_RESULT = re.compile(
    r"(?:至|到|为|是|相当于|达|达到|有|的|之)"
    r"(?:了|近|约|将近|逾|超|超过|其|去年|上年|同期|原来|之前|[一-龥]{0,8}的)*$"
)
_N = r"(?:[一二三四五六七八九十百零点两]+|\d+(?:\.\d+)?)"
_FRACTION = re.compile(
    rf"百分之(?P<percent>{_N})|千分之(?P<mille>{_N})|(?P<ten>十)?万分之(?P<myriad>{_N})"
    r"|(?P<down>\d+|[一二两三四五六七八九十百]+)分之(?P<up>\d+|[一二两三四五六七八九十]+)"
    r"|(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,3})(?![\d/])"
)
_WORDS = re.compile(
    r"翻(?:了|上)?(?:整整)?(?P<n>[一两二三四五六七八]|\d)(?:番|翻)|(?P<double>翻番|翻倍|翻了?一倍|倍增|成倍)"
    r"|(?P<half>减半|腰斩|对折|一半|半数|过半|大半|折半|半壁江山)"
)
_ORDINAL = re.compile(r"季度|世纪|季(?=[，。报度])|年级")


def fractions(text: str) -> Iterator[Quantity]:
    """Yield fractions of a whole, in per cent."""
    for found in _FRACTION.finditer(text):
        share = _share(found)
        if share is not None:
            about: Bound = "" if found["percent"] else "~"
            span = Span(*found.span())
            yield Quantity(span, share, share, "percent", others=(share / 100,), about=about, place=span)


def words(text: str) -> Iterator[Quantity]:
    """Yield multiples and shares that are words: 翻两番, 减半."""
    for found in _WORDS.finditer(text):
        span = Span(*found.span())
        if found["half"]:
            sure = found[0] in ("减半", "腰斩", "对折", "一半")
            yield Quantity(span, 50, 50, "percent", others=(0.5, 2), about="~", sure=sure, place=span)
        else:
            amount = 2.0 ** (values(found["n"] or "一") or (1.0,))[0]
            others = (100 * amount, 100 * amount - 100)
            sure = found[0] != "成倍"
            yield Quantity(span, amount, amount, "multiple", others=others, sure=sure, mode="to", place=span)


def proportion(text: str, number: Quantity) -> Quantity | None:
    """Return a number as the proportion or ordinal that its sign makes it, the sign in its span; None without."""
    for reader in (_percent, _tenths, _discount, _times, _ordinal):
        if made := reader(text, number):
            return made
    return None


def _percent(text: str, number: Quantity) -> Quantity | None:
    found = _PERCENT.match(text, number.span.end)
    if not found:
        return None
    factor = 0.1 if found[0] == "‰" else 0.01 if found["basis"] else 1.0
    kind = "percent" if found["percent"] else "point"
    # 八个点 may be per cent, or points of an index
    sure, mode = (number.sure, "loose") if found["loose"] else (True, "")
    made = _scaled(number, found.end(), kind, factor)
    return made._replace(sure=sure, mode=mode, others=(made.low / 100,))


def _tenths(text: str, number: Quantity) -> Quantity | None:
    found = _TENTHS.match(text, number.span.end)
    if not found or number.high > 10 or number.low < 1:
        return None
    more = 0.0
    if found["more"]:
        more = 5.0 if found["more"] == "半" else (values(found["more"]) or (0.0,))[0]
    made = _scaled(number, found.end(), "percent", 10.0)
    return made._replace(low=made.low + more, high=made.high + more, mode="tenths", others=((made.low + more) / 100,))


def _discount(text: str, number: Quantity) -> Quantity | None:
    if not _DISCOUNT.match(text, number.span.end) or number.low <= 0 or number.high >= 100 or number.scale > 1:
        return None
    return _scaled(number, number.span.end + 1, "price", 1.0 if number.low >= 10 else 10.0)


def _times(text: str, number: Quantity) -> Quantity | None:
    found = _TIMES.match(text, number.span.end)
    if not found:
        return None
    before = text[max(0, number.span.start - 14) : number.span.start]
    mode = "by" if _GROWTH.search(before) else "to" if _RESULT.search(before) else ""
    low = number.low + (0.5 if text.startswith("半", found.end()) else 0)
    others = (low + 1, low - 1, 100 * low, 100 * low - 100, 100 * low + 100)
    made = _scaled(number, found.end(), "multiple", 1.0)
    return made._replace(low=low, high=max(low, number.high), mode=mode, others=others)


def _ordinal(text: str, number: Quantity) -> Quantity | None:
    start, end = number.span
    if start and text[start - 1] == "第":
        return number._replace(kind="ordinal", span=Span(start - 1, end), sure=number.low > 2)
    if number.low < 30 and _ORDINAL.match(text, end):
        # 三季度 may be "three quarters", and these a fraction
        others = (25 * number.low,) if number.low < 4 else ()
        return number._replace(kind="ordinal", sure=number.low > 2, others=others)
    return None


def _scaled(number: Quantity, end: int, kind: str, factor: float) -> Quantity:
    span = Span(number.span.start, end)
    low, high = number.low * factor, number.high * factor
    return number._replace(span=span, place=span, low=low, high=high, kind=kind, sure=True, others=())


def _share(found: re.Match[str]) -> float | None:
    for name, whole in (("percent", 100), ("mille", 1000), ("myriad", 10000)):
        if found[name]:
            number = values(found[name])
            return None if number is None else 100 * number[0] / whole / (10 if found["ten"] else 1)
    up, down = (found["up"], found["down"]) if found["up"] else (found["a"], found["b"])
    one, two = values(up), values(down)
    return 100 * one[0] / two[0] if one and two and two[0] and one[0] < two[0] else None
