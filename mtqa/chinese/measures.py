"""Reads what a Chinese number counts: money and units."""

import re
from collections.abc import Iterator

from mtqa.chinese.numerals import values
from mtqa.document import Span
from mtqa.quantity.quantity import Quantity

_MONEY = {
    "CNY": "人民币|元人民币|块钱|块|元|圆",
    "USD": "美元|美金|刀",
    "HKD": "港元|港币|港纸",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元|日圆",
    "KRW": "韩元|韩圆|韩币",
    "RUB": "卢布",
    "TWD": "新台币|台币",
    "AUD": "澳元|澳币|澳大利亚元",
    "CAD": "加元|加币|加拿大元",
    "SGD": "新元|新加坡元|坡币",
    "CHF": "瑞士法郎|瑞郎|法郎",
    "INR": "印度卢比|卢比",
    "THB": "泰铢",
    "MXN": "比索",
    "DIN": "第纳尔",
    "ZAR": "兰特",
}
_UNITS = {
    "month": "个月",
    "year": "年|岁|周年|载",
    "week": "个星期|个礼拜|周|星期",
    "weekend": "个周末",
    "day": "天|日",
    "hour": "个小时|小时|个钟头|钟头",
    "minute": "分钟",
    "second": "秒钟|秒",
    "century": "个世纪|世纪",
    "generation": "代",
    "person": "人次|人|名|位|口人",
    "sqkm": "平方公里|平方仟米",
    "sqm": "平方米|平米|平方",
    "cum": "立方米",
    "km": "公里|仟米",
    "cm": "厘米",
    "mm": "毫米",
    "nm": "纳米",
    "m": "公尺|米",
    "li": "里地|里路|里",
    "mile": "英里",
    "foot": "英尺",
    "inch": "英寸",
    "hectare": "公顷",
    "acre": "英亩",
    "mu": "亩",
    "kg": "公斤|仟克",
    "mg": "毫克",
    "g": "克",
    "jin": "斤",
    "ton": "吨",
    "pound": "磅",
    "ounce": "盎司",
    "ml": "毫升",
    "litre": "公升|升",
    "barrel": "桶",
    "degree": "摄氏度|度(?!电)|℃",
    "kwh": "仟瓦时|度电",
    "kw": "仟瓦",
    "mw": "兆瓦",
    "gw": "吉瓦",
    "watt": "瓦",
}
"""Units in English and in Chinese, longer ones first; `chinese_quantities` writes 仟 for 千 where it is part of one."""


def _alternatives(names: dict[str, str]) -> str:
    return "|".join(f"(?P<{name}>{words})" for name, words in names.items())


_MONEY_AFTER = re.compile("元新台币|" + _alternatives(_MONEY))
_MONEY_BEFORE = re.compile(
    r"(?P<CNY>人民币|¥|RMB)\s?$|(?P<HKD>HK\$|港币)\s?$|(?P<USD>US\$|\$|美元|美金)\s?$|(?P<EUR>€)\s?$|(?P<GBP>£)\s?$"
)
_UNIT = re.compile(f"[多余]?(?:{_alternatives(_UNITS)})")
_NO_UNIT = re.compile(
    "年[级薪产收营利均销费租代]|[天日]均|日[活产销本元]|代表|人均|里面|周边|天然|度过|名单|位于|升至|升到|克服|米兰|里程"
    "|人民(?!币)|人类|周[一二三四五六日]|里拉|块[儿牌地头]"
)
"""Words that begin like a unit."""
_NUMERAL = "[一二两三四五六七八九十]"
_MONTHS = re.compile(rf"零?(\d+|{_NUMERAL}+)个月")
_HALF = re.compile("个?半")
_PER_JIN = re.compile(r"(?<!公)[一每/]\s?斤")
"""A price by the half-kilogram, which may be given by the kilogram."""
_KUAI = re.compile(rf"(?P<yuan>\d+|{_NUMERAL}+)块(?P<jiao>\d|[一二两三四五六七八九])(?![十百千万\d个])(?:毛(?:钱)?)?")
_YUAN = re.compile(rf"(?P<yuan>\d+|{_NUMERAL}+)元(?P<jiao>\d|{_NUMERAL})角(?:(?P<fen>\d|{_NUMERAL})分)?")
_MAO = re.compile(
    r"(?P<n>\d+|[一二两三四五六七八九]{1,2})"
    r"(?:毛(?P<fen>\d|[一二两三四五六七八九])?钱?(?![巾衣孩病坯囊呢度落色楼])|角钱|(?P<only>分)钱)"
)


def change(text: str) -> Iterator[Quantity]:
    """Yield prices such as 1元2角7分, 2块5, 6毛5 and 七分钱."""
    for found in _YUAN.finditer(text):
        parts = [values(found[name] or "零") for name in ("yuan", "jiao", "fen")]
        if all(parts):
            amount = sum(part[0] * unit for part, unit in zip(parts, (1, 0.1, 0.01), strict=True) if part)
            span = Span(*found.span())
            yield Quantity(span, amount, amount, "money", "CNY", _by_weight(text, span, amount), place=span)
    for found in _KUAI.finditer(text):
        yuan, jiao = values(found["yuan"]), values(found["jiao"])
        if yuan and jiao:
            amount, span = yuan[0] + jiao[0] / 10, Span(*found.span())
            yield Quantity(span, amount, amount, "money", "CNY", _by_weight(text, span, amount), place=span)
    for found in _MAO.finditer(text):
        number, rest = values(found["n"]), values(found["fen"] or "零")
        if number and rest:
            low, high = (n * 0.01 if found["only"] else n * 0.1 + rest[0] * 0.01 for n in number)
            sure = found[0].endswith("钱") or bool(found["fen"]) or found["n"].isdigit()
            span = Span(*found.span())
            yield Quantity(span, low, high, "money", "CNY", number, sure=sure, place=span)


def counted(text: str, number: Quantity) -> Quantity:
    """Return a number with the money or the unit that it counts."""
    start, end = number.span
    blocked = _NO_UNIT.match(text, end)
    if not blocked and (found := _MONEY_AFTER.match(text, end)):
        place = Span(start, found.end())
        sure = number.sure or number.low >= 2
        others = _by_weight(text, place, number.low)
        return number._replace(kind="money", unit=found.lastgroup or "TWD", others=others, place=place, sure=sure)
    if found := _MONEY_BEFORE.search(text, max(0, start - 4), start):
        return number._replace(kind="money", unit=found.lastgroup or "", sure=True)
    if not blocked and (found := _UNIT.match(text, end)):
        return _with_unit(text, number, found)
    if text.startswith("个半", end):
        found = _UNIT.match(text, end + 2)
        unit, end = (found.lastgroup or "", found.end()) if found else ("", end + 2)
        low = number.low + 0.5
        return number._replace(low=low, high=low, others=(number.low,), unit=unit, place=Span(start, end))
    return number


def _with_unit(text: str, number: Quantity, found: re.Match[str]) -> Quantity:
    unit, end = found.lastgroup or "", found.end()
    others = number.others
    if unit == "year" and (months := _MONTHS.match(text, end)):
        others += tuple(number.low + count / 12 for count in values(months[1]) or ())
    if unit == "jin":  # half a kilogram
        others += (number.low / 2, number.low * 500)
    if half := _HALF.match(text, end):
        others += (number.low + 0.5,)
        end = half.end()
    sure = number.sure or (unit not in ("person", "generation", "li", "pound") and number.low >= 2)
    return number._replace(unit=unit, others=others, place=Span(number.span.start, end), sure=sure)


def _by_weight(text: str, place: Span, price: float) -> tuple[float, ...]:
    return (2 * price,) if _PER_JIN.search(text[max(0, place.start - 6) : place.end + 3]) else ()
