"""Splits English prose into sentences.

Rules after Kiss and Strunk's observation (2006) that nearly every false boundary is an abbreviation, an initial or
an ordinal. pysbd, the library for it, has had no release since 2021 and took some 45 times as long on the text of
`seeds/ev-price-war/mt.txt`.
"""

import re
from collections.abc import Iterator

from mtqa.document import Document, Segment, Span

_NEVER_ENDS = frozenset(
    "mr mrs ms dr prof gen lt col sgt capt gov sen rep rev hon st mt vs fig e.g i.e cf al ca approx dept est"
    " jan feb mar apr jun jul aug sep sept oct nov dec art pp vol ed eds".split()
)
_MAY_END = frozenset("inc ltd co corp bros etc jr sr u.s u.k u.n e.u d.c a.m p.m ph.d b.a m.a ave rd blvd".split())
_STARTERS = frozenset(
    "the a an it its he she they we you i this that these those there here in on at by for from with as but and so or"
    " if when while after before since although however meanwhile according analysts officials his her their our"
    " what why how who not all many most some both each last next now then also only even still".split()
)
_END = re.compile(
    r"(?:[.!?…]+[\"'”’»)\]」』]*(?=\s+[\"'“‘«(\[「『]*[A-Z0-9\u00c0-\u00de\u3400-\u9fff])|[。！？][”’」』]*)"
)
_OPENING_QUOTES = "\"'“‘«([「『"
_NUMBERED = re.compile(r"\s*(?:\d{1,3}|[IVXLC]{1,5}|[A-Za-z])$")
_TERMINAL = re.compile(r"[.!?…:;。！？：；][\"'”’»)\]」』]*\s*$")
_LINE = re.compile(r"[^\n]*\n?")
WRAP_WIDTH = 120
"""A text with a longer line than this, in code points, is not hard-wrapped: every line end ends a paragraph."""


def segment(document: Document) -> Document:
    r"""Return the document with its sentences; spans count code points of `document.text`.

    A document from a table or a localisation file has its units as segments already, and these are split. Otherwise a
    line end ends a paragraph unless the line is wrapped: the next one goes on in lower case, or the whole text
    is hard-wrapped. Spans neither begin nor end in white space, and together hold every other code point of prose.

    >>> from mtqa.document import make_document
    >>> text = "I. The U.S. plan\nMr. Li paid 10.7 billion. He left."
    >>> [text[s.span.start:s.span.end] for s in segment(make_document("", text)).segments]
    ['I. The U.S. plan', 'Mr. Li paid 10.7 billion.', 'He left.']
    """
    prose = document.prose
    units = document.segments or [
        Segment(Span(start, end), heading=_is_heading(prose, start, end)) for start, end in _paragraphs(prose)
    ]
    segments = tuple(
        unit._replace(span=span)
        for unit in units
        if unit.span.end > unit.span.start
        for span in _sentences(prose, *unit.span)
    )
    return document._replace(segments=segments)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for found in _LINE.finditer(text):
        if found[0]:
            yield found.span()


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs' spans, without white space round them."""
    wrapped = all(end - start <= WRAP_WIDTH for start, end in _lines(text))
    open_start = open_end = 0
    last = ""
    for start, end in _lines(text):
        line = text[start:end].strip()
        if not line:
            if last:
                yield open_start, open_end
            last = ""
            continue
        start += text[start:end].index(line[0])
        if last and not _goes_on(last, line, wrapped):
            yield open_start, open_end
            last = ""
        if not last:
            open_start = start
        open_end, last = start + len(line), line
    if last:
        yield open_start, open_end


def _goes_on(last: str, line: str, wrapped: bool) -> bool:
    if line[0].islower() and not _TERMINAL.search(last):
        return True
    return wrapped and len(last) >= 50 and not (_TERMINAL.search(last) and len(last) < 60)


def _is_heading(text: str, start: int, end: int) -> bool:
    return end - start <= WRAP_WIDTH and not _TERMINAL.search(text[start:end])


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    here = start
    for found in _END.finditer(text, start, end):
        if found.end() >= end:
            break
        if _is_boundary(text, here, found):
            yield Span(here, found.end())
            here = found.end()
            while text[here].isspace():
                here += 1
    yield Span(here, end)


def _is_boundary(text: str, here: int, found: re.Match[str]) -> bool:
    if found[0][0] != "." or found[0].startswith(".."):
        return True
    before = text[max(here, found.start() - 30) : found.start()].rsplit(None, 1)
    word = before[-1].strip(_OPENING_QUOTES).lower() if before else ""
    if word in _NEVER_ENDS or (len(word) == 1 and word.isalpha()):
        return False
    if _NUMBERED.fullmatch(text, here, found.start()):
        return False
    following = text[found.end() : found.end() + 40].lstrip().lstrip(_OPENING_QUOTES)
    if word == "no":
        return not following[:1].isdigit()
    if word in _MAY_END or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        first = re.match(r"[A-Za-z]+", following)
        return bool(first and first[0].lower() in _STARTERS)
    return True
