"""Terminology not kept: the Chinese of a term stands there, and the English has neither its rendering nor a literal.

A desk's term base says how its terms are to be rendered, and a reader who meets a third wording does not know that the
same thing is meant. The note lists the expected renderings.

Right after all: a good paraphrase. So it is a note, and of the terms that come with mtqa, which editors render freely,
only those are noted for which some word of the English renders a single character of the Chinese, and no word of a
right rendering is there: that is how a literal looks that no glossary lists. Terms of your own glossaries are always
held against the text. Terms of one character are left out; they are too often part of another word.

Source: terminology adherence, as WMT's shared task on terminology translation measures it (Semenov et al., 2023).
"""

from collections.abc import Iterator
from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.finding import Finding, Suggestion
from mtqa.match import Reader, Words, split_words

SEVERITY = "note"
PASS = (
    ("Analysts blamed cut-throat competition for the fall in margins.", "分析师把利润下降归咎于内卷。"),
    ("Analysts blamed internal volume for the fall in margins.", "分析师把利润下降归咎于内卷。"),
)
FAIL = (("Analysts blamed «rolling inside» for the fall in margins.", "分析师把利润下降归咎于内卷。"),)


_SHORTEST = 2
_NEAR = 6


class Options(NamedTuple):
    """Hold whether the terms that come with mtqa are always held against the text, as those of your glossaries are."""

    bundled: bool = False


def check(document: Document, reader: Reader, options: Options) -> Iterator[Finding]:
    """Yield a note for each term of the Chinese that the English sentences beside it do not render."""
    if document.source is None:
        return
    candidates = reader.candidates(document)
    for link in document.links:
        if link.target and link.source:
            listed = {candidate.term.id for candidate in candidates if candidate.span.overlaps(link.target)}
            yield from _of_link(document, link.target, link.source, reader, listed, options)


def _of_link(
    document: Document, target: Span, source: Span, reader: Reader, listed: set[str], options: Options
) -> Iterator[Finding]:
    words = split_words(document.prose, *target)
    for place, ids in reader.source.find(document, source):
        if (
            place.end - place.start < _SHORTEST
            or not listed.isdisjoint(ids)
            or reader.source.rendered(words.lower, ids)
        ):
            continue
        term = reader.glossary[ids[-1]]
        free = term.tested and not options.bundled
        span = _literal_words(document, words, place)
        if free and (span is None or reader.source.touched(words.lower, ids)):
            continue
        chinese = (document.source or "")[slice(*place)]
        expected = " or ".join(f'"{rendering.text}"' for rendering in term.idiomatic)
        yield Finding(
            rule="adherence",
            span=span or _sentence(document, target, source, place),
            message=f"{chinese} is expected as {expected}, which does not stand here",
            category="terminology/wrong-term",
            severity=SEVERITY,
            suggestions=tuple(Suggestion(rendering.text, fits=False) for rendering in term.idiomatic),
            source=place,
        )


def _literal_words(document: Document, words: Words, place: Span) -> Span | None:
    """Return the words that render single characters of the Chinese, from the first to the last of a few neighbours."""
    from mtqa.composition import forms, said_by

    said = sorted(said_by((document.chinese or "")[slice(*place)], [forms(word) for word in words.lower]))
    if not said:
        return None
    last = max(number for number in said if number - said[0] < _NEAR)
    return Span(words.spans[said[0]][0], words.spans[last][1])


def _sentence(document: Document, target: Span, source: Span, place: Span) -> Span:
    """Return the English sentence that stands where the Chinese words do, by their share of the way."""
    share = (place.start - source.start) / (source.end - source.start)
    offset = target.start + share * (target.end - target.start)
    inside = [segment.span for segment in document.segments if target.covers(segment.span)]
    return next((span for span in inside if offset < span.end), target)
