"""Fills in a document's links and the Chinese of its sentences."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from mtqa.align.evidence import Evidence
from mtqa.align.guide import band, guide
from mtqa.align.layout import Layout
from mtqa.align.path import best_path
from mtqa.chinese.script import simplified
from mtqa.chinese.sentences import sentences
from mtqa.document import Document, Link, Segment, Span


def align(document: Document) -> Document:
    """Return the document with `chinese`, `links` and the Chinese of every segment; without a source, unchanged.

    The links are in the order of the English and hold each sentence of either side once. Where segments come with a
    `source_span`, as in a bilingual file, sentences are linked within the segments of one span alone.
    """
    if document.source is None:
        return document
    chinese = simplified(document.source)
    document = document._replace(chinese=chinese)
    if any(segment.source_span for segment in document.segments):
        links = _unit_links(document, chinese)
    else:
        links = _links(document, chinese)
    return document._replace(links=tuple(links), segments=_with_source(document.segments, links, chinese))


def _links(document: Document, chinese: str) -> list[Link]:
    """Return the links of two plain texts."""
    ours = [segment.span for segment in document.segments]
    theirs = sentences(chinese)
    return _link_units(document.text, chinese, [(ours, theirs)])


def _unit_links(document: Document, chinese: str) -> list[Link]:
    """Return the links within the units of a bilingual file; what stands in no unit is added or dropped."""
    units: list[tuple[list[Span], list[Span]]] = []
    done = 0
    for span, group in groupby(document.segments, key=lambda segment: segment.source_span):
        ours = [segment.span for segment in group]
        if span is None:
            units.append((ours, []))
            continue
        units.append(([], _sentences_in(chinese, Span(done, span.start))))
        units.append((ours, _sentences_in(chinese, span)))
        done = max(done, span.end)
    units.append(([], _sentences_in(chinese, Span(done, len(chinese)))))
    return _link_units(document.text, chinese, units)


def _link_units(text: str, chinese: str, units: Sequence[tuple[Sequence[Span], Sequence[Span]]]) -> list[Link]:
    """Return the links of each unit's sentences; what tells them apart is learned from all units together."""
    ours = [span for unit in units for span in unit[0]]
    theirs = [span for unit in units for span in unit[1]]
    evidence = Evidence([text[slice(*span)] for span in ours], [chinese[slice(*span)] for span in theirs])
    chain = guide(evidence)
    layout = Layout(_marks(text, ours), _marks(chinese, theirs), chain)
    links, i, j = [], 0, 0
    for english, original in units:
        last_i, last_j = i + len(english), j + len(original)
        inside = [(a - i, b - j) for a, b in chain if i <= a < last_i and j <= b < last_j]
        for step in best_path(evidence, layout, band(inside, len(english), len(original)), (i, j)):
            links.append(Link(_cover(ours[i : i + step.english]), _cover(theirs[j : j + step.chinese])))
            i, j = i + step.english, j + step.chinese
    return links


def _sentences_in(text: str, span: Span) -> list[Span]:
    return [Span(span.start + start, span.start + end) for start, end in sentences(text[span.start : span.end])]


def _cover(spans: Sequence[Span]) -> Span | None:
    return Span(spans[0].start, spans[-1].end) if spans else None


def _marks(text: str, spans: Sequence[Span]) -> list[int]:
    """Return how each sentence begins: 0 within a line, 1 on a new line, 2 after a blank line."""
    marks = [2] if spans else []
    for before, after in pairwise(spans):
        marks.append(min(2, len(text[before.end : after.start].splitlines()) - 1))
    return marks


def _with_source(segments: Sequence[Segment], links: Sequence[Link], chinese: str) -> tuple[Segment, ...]:
    return tuple(_linked(segments, links, chinese))


def _linked(segments: Sequence[Segment], links: Sequence[Link], chinese: str) -> Iterator[Segment]:
    ours = iter([link for link in links if link.target])
    link = next(ours, None)
    for segment in segments:
        while link and link.target and link.target.end <= segment.span.start:
            link = next(ours, None)
        span = link.source if link else None
        yield segment._replace(source_span=span, source=chinese[slice(*span)] if span else None)
