"""XLIFF 1.2 and 2.x, and what memoQ, Phrase and Trados make of 1.2: targets are the article, sources its Chinese.

An edit is spliced into the file's own bytes; everything else stays as the tool wrote it.
"""

from collections.abc import Iterator, Sequence

from mtqa.document import Document, Edit
from mtqa.read._inline import inline, paired
from mtqa.read._language import check_languages
from mtqa.read._units import Layout, Unit, lay_out, rewrite
from mtqa.read._xml import Element, decode_xml, walk

SUFFIXES = (".xlf", ".xliff", ".mxliff", ".mqxliff", ".sdlxliff")
_UNITS = frozenset(("trans-unit", "unit"))


def read(data: bytes, name: str) -> Document:
    """Read XLIFF: a line for each unit, or for each segment where units are segmented.

    Raises MtqaError when it is malformed, has a document type, or is no translation from Chinese into English.
    """
    return _layout(data, name).document


def write(data: bytes, name: str, edits: Sequence[Edit]) -> bytes:
    """Return the file with edits of its document. Raises MtqaError for an edit that crosses an inline tag."""
    return rewrite(_layout(data, name), data, edits)


def _layout(data: bytes, name: str) -> Layout:
    decoded = decode_xml(data, name)
    return lay_out(name, decoded, _units(decoded.text, name))


def _units(text: str, name: str) -> Iterator[Unit]:
    for unit in walk(text, name, "xliff", _UNITS):
        if unit.inherited("translate") == "no":
            continue
        pairs = [unit] if unit.name == "trans-unit" else [e for e in unit.elements() if e.name == "segment"]
        for pair in pairs:
            _check(pair, name)
            yield from _segments(pair, text)


def _check(pair: Element, name: str) -> None:
    source, target = (pair.find(part) or pair for part in ("source", "target"))
    check_languages(
        f"{name}:{pair.line}",
        source.attributes.get("xml:lang") or pair.inherited("source-language", "srcLang"),
        target.attributes.get("xml:lang") or pair.inherited("target-language", "trgLang"),
    )


def _segments(pair: Element, text: str) -> Iterator[Unit]:
    """Yield the pairs of a source and a target: by the segment marks in both, or else as a whole."""
    source, target = pair.find("source"), pair.find("target")
    segmented = pair.find("seg-source") or source
    sources = _marks(segmented) if segmented else {}
    targets = _marks(target) if target else {}
    if not targets or not sources:
        yield from paired(source, target, text)
        return
    for mid, mark in sources.items():
        yield from paired(mark, targets.get(mid), text)
    for mid, mark in targets.items():
        if mid not in sources:
            yield from paired(None, mark, text)
    # Words between the marks belong to no segment, but an editor reads them all the same.
    if target:
        between = inline(target, frozenset(mark.start for mark in targets.values()))
        yield Unit(between.flow, "")


def _marks(element: Element) -> dict[str, Element]:
    """Return the segment marks in an element by their ids, at any depth."""
    found: dict[str, Element] = {}
    for child in element.elements():
        if child.name == "mrk" and child.attributes.get("mtype") == "seg":
            found.setdefault(child.attributes.get("mid", ""), child)
        else:
            found |= _marks(child)
    return found
