"""Tells the words of a segment from the inline tags of XLIFF and TMX."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from mtqa.read._units import Flow, Piece, Unit, words
from mtqa.read._writing import CDATA, FIXED, XML
from mtqa.read._xml import Element, Text

# What these hold is code of the original format; a <sub> in it is text of its own (XLIFF 1.2, 2.3; TMX 1.4b, 2.3).
CODE = frozenset("ph bpt ept it ut x bx ex sc ec sm em cp".split())
_BREAKS = frozenset(("lb", "x-br", "x-lb", "xlf:lb", "br", "pb"))
_DELETED = "x-sdl-deleted"


class Words(NamedTuple):
    """Hold the flow of an element and of each sub-flow in it, such as the alternative text of a picture."""

    flow: Flow
    subs: list[Flow]


def inline(element: Element, omit: frozenset[int] = frozenset()) -> Words:
    """Return the words in an element; `omit` holds the start of each element whose words are left out."""
    subs: list[Flow] = []
    return Words(_trimmed(list(_flow(element, omit, True, subs))), subs)


def paired(source: Element | None, target: Element | None, text: str) -> Iterator[Unit]:
    """Yield a unit of a source and a target element, and one for each pair of sub-flows in them."""
    chinese = inline(source) if source else None
    english = inline(target) if target else None
    yield Unit(english.flow if english else [], words(chinese.flow, text) if chinese else "")
    for one, other in zip_longest(english.subs if english else (), chinese.subs if chinese else ()):
        yield Unit(one or [], words(other, text) if other else "")


def _flow(element: Element, omit: frozenset[int], prose: bool, subs: list[Flow]) -> Iterator[Piece | None]:
    for child in element.children:
        if isinstance(child, Text):
            writing = CDATA if child.cdata else XML
            yield Piece(child.start, child.end, child.line, child.column, child.char, writing, prose)
            continue
        yield None
        if child.start in omit:
            continue
        if _is_code(child):
            if _BREAKS & {child.attributes.get(key, "") for key in ("ctype", "subType", "type")}:
                yield Piece(child.start, child.end, child.line, child.column, " ", FIXED, prose)
                yield None
            subs += _subs(child)
        else:
            yield from _flow(child, omit, _is_prose(child, prose), subs)
            yield None


def _is_code(element: Element) -> bool:
    return element.name in CODE or element.attributes.get("mtype") == _DELETED


def _is_prose(element: Element, around: bool) -> bool:
    if element.attributes.get("mtype") == "protected":
        return False
    return {"yes": True, "no": False}.get(element.attributes.get("translate", ""), around)


def _subs(element: Element) -> Iterator[Flow]:
    for child in element.elements():
        if child.name == "sub":
            words = inline(child)
            yield words.flow
            yield from words.subs
        else:
            yield from _subs(child)


def _trimmed(flow: Flow) -> Flow:
    """Drop the barriers at either end and one of two in a row."""
    kept: Flow = []
    for piece in flow:
        if piece is not None or (kept and kept[-1] is not None):
            kept.append(piece)
    return kept[:-1] if kept and kept[-1] is None else kept
