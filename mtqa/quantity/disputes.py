"""Finds right figures in the wrong sense: percentage points, currencies, multiples, discounts, units, periods."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.quantity.comparison import same_currency
from mtqa.quantity.pairing import Pair, Passage
from mtqa.quantity.quantity import Quantity
from mtqa.quantity.wording import number, spelled, with_currency

_YEARLY = re.compile(
    r"\by[/-]?o[/-]?y\b|\bsame (?:period|month|quarter|time)\b|\bannual(?:ly|i[sz]ed)?\b|\byearly\b|\byear\b",
    re.IGNORECASE,
)
_PERIODIC = re.compile(
    r"\b(?:month[\s-](?:on|over|to)[\s-]month|quarter[\s-](?:on|over|to)[\s-]quarter|week[\s-](?:on|over|to)[\s-]week|m[/-]?o[/-]?m|q[/-]?o[/-]?q"
    r"|(?:from|over|compared (?:with|to)) (?:the )?(?:previous|prior|preceding|last) (?:month|quarter|week))\b",
    re.IGNORECASE,
)
_YOY = re.compile(r"\b(?:year[\s-](?:on|over|to)[\s-]year|y[/-]?o[/-]?y)\b", re.IGNORECASE)
_PERIODS = re.compile(
    r"month|quarter|week|\bm[/-]?o[/-]?m\b|\bq[/-]?o[/-]?q\b|sequential|chain|ring|previous|period|day", re.IGNORECASE
)


_CONFUSED = {
    ("jin", "kg"): (0.5, "jin of half a kilogram"),
    ("mu", "hectare"): (0.0, "mu, a fifteenth of a hectare each"),
    ("mu", "acre"): (0.0, "mu, a sixth of an acre each"),
    ("hectare", "mu"): (15.0, "hectares"),
    ("hectare", "acre"): (0.0, "hectares"),
    ("li", "km"): (0.5, "li of half a kilometre"),
    ("km", "mile"): (0.0, "kilometres"),
    ("km", "m"): (1000.0, "kilometres"),
    ("m", "foot"): (0.0, "metres"),
    ("m", "km"): (0.001, "metres"),
    ("kg", "jin"): (2.0, "kilograms"),
    ("kg", "pound"): (0.0, "kilograms"),
    ("kg", "ton"): (0.001, "kilograms"),
    ("ton", "kg"): (1000.0, "tons"),
    ("sqm", "sqft"): (0.0, "square metres"),
}
"""Units that are taken for one another, the factor between them where it is a round one, and what the Chinese says."""
_PLURALS = {"kg": "kilograms", "mu": "mu", "km": "kilometers", "m": "meters", "jin": "jin", "ton": "tons"}


class Dispute(NamedTuple):
    """Hold English words, the Chinese ones they render, what these mean, and what to write instead."""

    span: Span
    source: Span
    meaning: str
    instead: str | None


def disputes(pair: Pair, document: Document, around: str) -> Iterator[Dispute]:
    """Yield what is wrong with a pair of equal figures; `around` is the Chinese near it."""
    z, e = pair
    for reader in (_points, _multiple, _discount):
        if found := reader(z, e):
            yield Dispute(e.span, z.span, *found)
    if found := _unit(z, e):
        yield Dispute(e.place, z.place, *found)
    if z.kind == e.kind == "money" and z.unit and e.unit and z.low == e.low and _other_currency(z, e, around):
        instead = f"{number(z.low)} yuan" if z.unit == "CNY" else None
        yield Dispute(e.place, z.place, with_currency(z), instead)


def _unit(z: Quantity, e: Quantity) -> tuple[str, str | None] | None:
    """Complain of a unit that was changed while its figure was not: 80斤 as "80 kilograms"."""
    if z.low != e.low or not z.sure or (z.unit, e.unit) not in _CONFUSED:
        return None
    factor, name = _CONFUSED[z.unit, e.unit]
    return f"{number(z.low)} {name}", f"{number(z.low * factor)} {_PLURALS[e.unit]}" if factor else None


def _points(z: Quantity, e: Quantity) -> tuple[str, str | None] | None:
    if z.low != e.low or {z.kind, e.kind} != {"point", "percent"} or z.mode:
        return None
    return spelled(
        z
    ), f"{number(z.low)} percentage point{'s' * (z.low != 1)}" if z.kind == "point" else f"{number(z.low)} percent"


def _other_currency(z: Quantity, e: Quantity, around: str) -> bool:
    if same_currency(z.unit, e.unit):
        return False
    if z.unit == "CNY":  # a bare 元 after 美元 or in the press of Hong Kong or Taiwan may be another
        return "CNY" not in e.unit and not re.search(
            r"美元|美金|港|台|澳|加元|欧元|新元|日元|韩元|英镑|卢布|新加坡|香港|美国|\$", around
        )
    return e.unit == "CNY" or z.unit != "CNY"


def _multiple(z: Quantity, e: Quantity) -> tuple[str, str | None] | None:
    if z.kind != "multiple" or e.kind != "multiple" or not z.exact or z.low < 2 or z.low != e.low:
        return None
    if z.mode == "by" and e.mode in ("to", "verb"):
        return f"an increase by {number(z.low)} times, to {number(z.low + 1)} times as much", None
    if z.mode == "to" and e.mode == "by":
        return f"{number(z.low)} times as much, not {number(z.low)} times more", None
    return None


def _discount(z: Quantity, e: Quantity) -> tuple[str, str | None] | None:
    if z.kind == "price" and e.kind == "percent" and e.mode == "off" and z.exact and e.low == z.low != 50:
        sign = "%" if e.place.end - e.place.start <= 4 else " percent"
        return spelled(z), f"{number(100 - z.low)}{sign}"
    return None


def periods(passage: Passage, document: Document) -> Iterator[Dispute]:
    """Yield 同比 (on a year before) rendered as month-on-month, and 环比 (on the period before) as year-on-year."""
    chinese = (document.chinese or "")[slice(*passage.source)]
    english = document.prose[slice(*passage.target)]
    yearly, periodic = chinese.find("同比"), chinese.find("环比")
    if yearly >= 0 > periodic and not _YEARLY.search(_PERIODIC.sub("", english)):
        for found in _PERIODIC.finditer(english):
            yield _period(found, passage, yearly, "against the same period of the year before", "year on year")
    if periodic >= 0 > yearly and not _PERIODS.search(_YOY.sub("", english)):
        for found in _YOY.finditer(english):
            yield _period(
                found, passage, periodic, "against the period just before, month on month or quarter on quarter", None
            )


def _period(found: re.Match[str], passage: Passage, at: int, meaning: str, instead: str | None) -> Dispute:
    start, source = passage.target.start, passage.source.start + at
    if instead and "-" in found[0]:
        instead = instead.replace(" ", "-")
    if instead and not re.match(r"\w+[\s-]on[\s-]", found[0], re.IGNORECASE):
        instead = "from a year earlier" if found[0].lower().startswith(("from", "over", "compared")) else "year on year"
    return Dispute(Span(start + found.start(), start + found.end()), Span(source, source + 2), meaning, instead)
