"""Rows from glossaries: their examples, and what their literals find in text that is known to be right."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from mtqa.document import make_document
from mtqa.glossary import Glossary, load_examples
from mtqa.match import Matcher
from mtqa.segment import segment
from mtqa.term import Example, Term
from mtqa.train.rows import Mark, PairRow, TokenRow

RIVAL_WEIGHT = 0.5


def examples_of(paths: Iterable[Path], glossary: Glossary) -> Iterator[tuple[Term, Example]]:
    """Yield the examples of glossaries, each with its term."""
    for path in paths:
        for example in load_examples(path):
            if example.term in glossary:
                yield glossary[example.term], example


def example_pairs(term: Term, example: Example) -> Iterator[PairRow]:
    """Yield a row for each marked use of an example."""
    bad = example.label == "bad"
    for span in example.spans:
        yield PairRow(example.text, span, term, int(bad), example.label)


def example_tokens(example: Example) -> TokenRow:
    """Return an example as a row of words: those marked in a bad one are calques, all else is right."""
    marks = tuple(Mark(span) for span in example.spans) if example.label == "bad" else ()
    return TokenRow(example.text, marks, None, example.label)


def rivals(terms: Sequence[Term]) -> dict[str, list[Term]]:
    """Return for each term id the terms of other meaning that share a literal with it."""
    by_literal: dict[str, list[Term]] = {}
    for term in terms:
        for form in term.literal:
            by_literal.setdefault(form.text.lower(), []).append(term)
    found: dict[str, list[Term]] = {}
    for sharing in by_literal.values():
        for term in sharing:
            others = found.setdefault(term.id, [])
            others += [other for other in sharing if other not in others and not _alike(term, other)]
    return found


def _alike(term: Term, other: Term) -> bool:
    """Tell whether two terms may mean the same: two characters in a row, or a word of a rendering, in common."""
    return term.id == other.id or bool(_pairs(term) & _pairs(other) or _words(term) & _words(other))


def _pairs(term: Term) -> set[str]:
    return {first + second for zh in term.zh for first, second in pairwise(zh)}


def _words(term: Term) -> set[str]:
    return {word for rendering in term.idiomatic for word in rendering.text.lower().split()}


def rival_pairs(term: Term, example: Example, others: dict[str, list[Term]]) -> Iterator[PairRow]:
    """Yield the marked uses of a bad example against the entries that share its words but not its meaning."""
    if example.label == "bad":
        for span in example.spans:
            words = example.text[slice(*span)].lower()
            for other in others.get(term.id, ()):
                if any(form.text.lower() == words for form in other.literal):
                    yield PairRow(example.text, span, other, 0, "rival", RIVAL_WEIGHT)


def right_uses(matcher: Matcher, texts: Iterable[str], origin: str) -> Iterator[PairRow]:
    """Yield what the glossary's literals find in sentences known to be right: none of it is a mistranslation."""
    for text in texts:
        for candidate in matcher.candidates(segment(make_document("text", text))):
            yield PairRow(text, candidate.span, candidate.term, 0, origin)
