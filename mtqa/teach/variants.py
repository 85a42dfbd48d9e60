"""Says a desk's own sentences again with its other words.

The other literals of a term are wrong there too, and its renderings are right. The words are inflected for the place by
what offers rewrites (`mtqa.suggest`).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar
from zlib import crc32

from mtqa.document import Document, Span, make_document
from mtqa.finding import Finding
from mtqa.match.words import ARTICLES
from mtqa.segment import segment
from mtqa.suggest import suggest
from mtqa.term import Example, LiteralForm, Rendering, Term
from mtqa.train.rows import PairRow
from mtqa.train.slots import WEIGHT

_Value = TypeVar("_Value", bound=tuple[object, ...])

VARIED = "varied"
"""Origin of rows made here."""

_PREPOSITIONS = frozenset("of for to in on with from at by against into through about as over under".split())


class Host(NamedTuple):
    """Hold a sentence that words of others can be put into: `span` are `words` of a term, inflected."""

    text: str
    span: Span
    words: LiteralForm
    term: Term


def hosts(examples: Sequence[tuple[Term, Example]]) -> list[Host]:
    """Return the marked uses of bad examples of which it is sure what literal stands there."""
    found = []
    for term, example in examples:
        for span in example.spans if example.label == "bad" else ():
            words = _standing(term, example.text, span)
            if words:
                found.append(Host(example.text, span, words, term))
    return found


def variants(host: Host, seed: int, most: int = 3) -> Iterator[PairRow]:
    """Yield a term's own bad example with its other literals, wrong too, and with its renderings, which are right."""
    others = [form for form in host.term.literal if form.text != host.words.text and _alike(form, host.words)]
    for form in _drawn(others, seed, most):
        yield from _rows(host, Rendering(form.text, form.word_class), 1)
    for rendering in _drawn([r for r in host.term.idiomatic if _alike(r, host.words)], seed, most - 1):
        yield from _rows(host, rendering, 0)


def _drawn(values: Sequence[_Value], seed: int, count: int) -> list[_Value]:
    """Return up to `count` of the values, the same for one seed on every machine."""
    return sorted(values, key=lambda value: crc32(repr((seed, value[:2])).encode()))[:count]


def _alike(one: LiteralForm | Rendering, other: LiteralForm | Rendering) -> bool:
    """Tell whether words can stand for each other: the same class, and the same preposition or none at the end."""
    return one.word_class == other.word_class and _ending(one.text) == _ending(other.text)


def _ending(text: str) -> str:
    last = text.rpartition(" ")[2]
    return last if last in _PREPOSITIONS else ""


def _rows(host: Host, words: Rendering, label: int) -> Iterator[PairRow]:
    placed = _put(host, words)
    if placed:
        text, span = placed
        yield PairRow(text, span, host.term, label, VARIED, WEIGHT)


def _put(host: Host, words: Rendering) -> tuple[str, Span] | None:
    """Return the host's sentence with other words in the slot, and where they stand; None where they do not fit."""
    document = segment(make_document("host", host.text))
    finding = suggest(document, _finding(host, words))
    suggestion = finding.suggestions[0] if finding.suggestions else None
    if suggestion is None or not suggestion.fits:
        return None
    start, end = finding.span
    text = host.text[:start] + suggestion.text + host.text[end:]
    first = start
    # The span grows over an article that changes with the words; the article is not part of them.
    article, _, _ = suggestion.text.partition(" ")
    if start < host.span.start and article.lower() in ARTICLES:
        first += len(article) + 1
    last = start + len(suggestion.text) - (end - host.span.end)
    return text, Span(first, last)


def _finding(host: Host, words: Rendering) -> Finding:
    asked = host.term._replace(literal=(host.words,), idiomatic=(words,))
    return Finding("slot", host.span, "", asked.category, asked.severity, asked)


def _standing(term: Term, text: str, span: Span) -> LiteralForm | None:
    """Return the one literal of a term that a span holds in some inflection, or None."""
    document = segment(make_document("host", text))
    found = [form for form in term.literal if _reads(document, term, form, span)]
    return found[0] if found and len({form.word_class for form in found}) == 1 else None


def _reads(document: Document, term: Term, form: LiteralForm, span: Span) -> bool:
    host = Host(document.text, span, form, term)
    try:
        suggest(document, _finding(host, Rendering(form.text, form.word_class)))
    except ValueError:
        return False
    return True
