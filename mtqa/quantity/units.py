"""Reads what an English number counts: money, per cent, units."""

import re

from mtqa.document import Span
from mtqa.quantity.quantity import Quantity

_BEFORE = re.compile(
    r"(?:(?P<code>RMB|CNY|USD|HKD|NTD|EUR|GBP|JPY|KRW|AUD|CAD|SGD)\s?|(?P<mark>US|HK|NT|A|AU|C|S|SG|CN|R)?(?P<sign>[$¥￥€£₩₽]))\s?$"
)
_MARKS = {
    "US": "USD",
    "HK": "HKD",
    "NT": "TWD",
    "A": "AUD",
    "AU": "AUD",
    "C": "CAD",
    "S": "SGD",
    "SG": "SGD",
    "CN": "CNY",
}
_SIGNS = {"$": "$", "¥": "CNY", "￥": "CNY", "€": "EUR", "£": "GBP", "₩": "KRW", "₽": "RUB"}
_CODES = {"RMB": "CNY", "NTD": "TWD"}
_MONEY = re.compile(
    r"[\s-]+(?:(?:of|in)\s+)?(?:worth\s+of\s+)?(?:(?P<land>US|U\.S\.|American|Hong Kong|HK|NT"
    r"|New Taiwan|Taiwan"
    r"|Australian|Canadian|Singapore|Chinese|Japanese|South Korean|Korean|Russian|British|New Zealand)\s+)?"
    r"(?P<name>yuan|renminbi|RMB|CNY|kuai|dollars?|bucks|USD|HKD|euros?|pounds?(?:\s+sterling)?"
    r"|yen|won|rou?bles?|rupees?|francs?|baht"
    r"|pesos?|dinars?|rand|jiao|mao|fen|cents?)\b",
    re.IGNORECASE,
)
_LANDS = {
    "us": "USD", "u.s.": "USD", "american": "USD", "hong kong": "HKD", "hk": "HKD", "nt": "TWD", "new taiwan": "TWD",
    "taiwan": "TWD", "australian": "AUD", "canadian": "CAD", "singapore": "SGD", "new zealand": "NZD",
}  # fmt: skip
_NAMES = {
    "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "cny": "CNY", "kuai": "CNY", "jiao": "CNY", "mao": "CNY",
    "fen": "CNY", "dollar": "$", "buck": "$", "usd": "USD", "hkd": "HKD", "euro": "EUR", "pound": "GBP",
    "pounds sterling": "GBP",
    "yen": "JPY", "won": "KRW", "rouble": "RUB", "ruble": "RUB", "rupee": "INR", "franc": "CHF", "baht": "THB",
    "peso": "MXN", "dinar": "DIN", "rand": "ZAR", "cent": "cent",
}  # fmt: skip
_CHANGE = {"jiao": 0.1, "mao": 0.1, "fen": 0.01, "cent": 0.01}
_PERCENT = re.compile(
    r"[\s-]?(?:%|‰)(?P<pp>[\s-]*points?\b|[\s-]*pts?\b)?|[\s-]+(?:per[\s-]?cent|pct|percents)\b(?P<pp2>[\s-]+points?\b)?"
    r"|[\s-]+(?P<point>(?:of\s+a\s+|a\s+)?percentage[\s-]+points?\b|pp\b|ppts?\b)|(?P<pp3>pp\b)"
    r"|[\s-]+(?P<basis>basis[\s-]+points?|bps?)\b",
    re.IGNORECASE,
)
_UNITS = (
    ("year", r"years?|yrs?|year-olds?"), ("month", r"months?"), ("week", r"weeks?"), ("weekend", "weekends?"),
    ("day", r"days?"), ("hour", r"hours?|hrs?"), ("minute", r"minutes?|mins?"), ("second", r"seconds?|secs?"),
    ("decade", "decades?"),    ("century", "centur(?:y|ies)"), ("generation", "generations?"),
    ("sqkm", r"square[\s-]+kilomet(?:er|re)s?|sq\.?\s?km|km2|km²"),
    ("sqm", r"square[\s-]+met(?:er|re)s?|sq\.?\s?m|m2|m²"),
    ("sqft", r"square[\s-]+(?:feet|foot|miles?|inch(?:es)?)"), ("cum", r"cubic[\s-]+\w+"),
    ("km", r"kilomet(?:er|re)s?|kms?"), ("cm", r"centimet(?:er|re)s?|cm"), ("mm", r"millimet(?:er|re)s?|mm"),
    ("nm", r"nanomet(?:er|re)s?|nm"), ("m", r"met(?:er|re)s?"), ("li", "li"), ("mile", r"miles?"),
    ("foot", r"feet|foot"), ("inch", r"inch(?:es)?"), ("hectare", r"hectares?|ha"), ("acre", r"acres?"), ("mu", r"mu"),
    ("kg", r"kilograms?|kilos?|kg|kgs"), ("mg", r"milligrams?|mg"), ("g", r"grams?|g"), ("jin", r"jin|catt(?:y|ies)"),
    ("ton", r"tons?|tonnes?|t"), ("pound", r"lbs?"), ("ounce", r"ounces?|oz"), ("litre", r"lit(?:er|re)s?"),
    ("ml", r"millilit(?:er|re)s?|ml"), ("barrel", r"barrels?"), ("degree", r"degrees?|°C?"),
    ("kwh", r"kilowatt[\s-]hours?|kWh"),
    ("kw", r"kilowatts?|kW"), ("mw", r"megawatts?|MW"), ("gw", r"gigawatts?|GW"), ("watt", r"watts?"),
)  # fmt: skip
_UNIT = re.compile(
    r"[\s-]*(?:(?:full|whole|long|more|consecutive|straight|or so|additional|extra|metric|standard|odd|calendar|working"
    r"|trading)[\s-]+)*"
    r"(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _UNITS) + r")\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"[\s-]+(?:other\s+|more\s+|young\s+|old\s+)?(?:people|persons?)\b", re.IGNORECASE)
_OFF = re.compile(r"[\s-]+(?:off|discounts?|price cuts?|cheaper|reductions?|markdowns?)\b", re.IGNORECASE)
_OFF_BEFORE = re.compile(
    r"(?:discount(?:s|ed)?|mark(?:ed)? down|slashed|cut)(?:\s+prices?)?\s+(?:of|by|at)\s+(?:up to\s+)?$", re.IGNORECASE
)


def measured(text: str, number: Quantity) -> Quantity:
    """Return a number with its kind, its unit and the span that holds both."""
    start, end = number.span
    if found := _PERCENT.match(text, end):
        return _per_cent(text, number, found)
    if prefix := _BEFORE.search(text, max(0, start - 5), start):
        code = prefix["code"]
        unit = _CODES.get(code, code) if code else _MARKS.get(prefix["mark"] or "", _SIGNS[prefix["sign"]])
        place = Span(prefix.start(), end)
        if found := _MONEY.match(text, end):
            place = Span(prefix.start(), found.end())
        return number._replace(kind="money", unit=unit, place=place, sure=True, others=())
    if found := _MONEY.match(text, end):
        return _money(number, found)
    if found := _UNIT.match(text, end):
        unit = found.lastgroup or ""
        return number._replace(unit=unit, place=Span(start, found.end()), sure=number.sure or unit in PHYSICAL_SURE)
    if found := _PEOPLE.match(text, end):
        return number._replace(unit="person", place=Span(start, found.end()))
    return number


PHYSICAL_SURE = frozenset("km mile kg ton hectare sqm".split())
"""Units before which even "one" is a quantity."""


def _per_cent(text: str, number: Quantity, found: re.Match[str]) -> Quantity:
    start, end = number.span.start, found.end()
    kind = "point" if any(found[name] for name in ("pp", "pp2", "pp3", "point")) else "percent"
    factor = 0.1 if "‰" in found[0] else 0.01 if found["basis"] else 1.0
    if found["basis"]:
        kind = "point"
    span = Span(start, end)
    number = number._replace(
        span=span, place=span, kind=kind, low=number.low * factor, high=number.high * factor, sure=True, others=()
    )
    if _OFF.match(text, end) or _OFF_BEFORE.search(text, max(0, start - 30), start):
        return number._replace(mode="off")
    return number


def _money(number: Quantity, found: re.Match[str]) -> Quantity:
    land = (found["land"] or "").lower()
    name = found["name"].lower()
    name = name if name in _NAMES else name.removesuffix("s")
    unit = _NAMES.get(name, "")
    if unit in ("$", "") or land in ("hong kong", "hk"):
        unit = _LANDS.get(land, unit or "$")
    factor = _CHANGE.get(name, 1.0)
    others = (number.low,) if factor != 1 else ()
    return number._replace(
        kind="money",
        unit=unit,
        low=number.low * factor,
        high=number.high * factor,
        others=others,
        place=Span(number.span.start, found.end()),
        sure=number.sure or factor == 1,
    )
