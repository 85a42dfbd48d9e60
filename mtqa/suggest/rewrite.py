"""Turns a finding on a glossary term into one with rewrites, widening its span to an article that must change."""

from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.finding import Finding, Suggestion
from mtqa.match.index import forms, phrase
from mtqa.match.words import ARTICLES, split_words
from mtqa.suggest.fit import capitalise, determiner_for, fits, inflect
from mtqa.suggest.slot import Slot, read_slot
from mtqa.term import LiteralForm, Rendering, Term


class _Rewrite(NamedTuple):
    rendering: Rendering
    text: str
    determiner: str | None


def suggest(document: Document, finding: Finding) -> Finding:
    """Return the finding with the renderings of its term that fit the sentence, best first.

    Where an article or `this` before the literal must change with it, the span grows to hold it and every
    suggestion's note says what it replaces. When no rendering is of the word class that the sentence wants, they
    are given as listed, with `fits` unset and a note. A finding without term comes back as it is.
    """
    if finding.term is None:
        return finding
    literal = _literal_of(finding.term, document.prose, finding.span)
    slot = read_slot(document, finding.span, literal)
    fitting = [r for r in finding.term.idiomatic if fits(r, slot)]
    if not fitting:
        return finding._replace(suggestions=_as_listed(finding.term, slot))
    rewrites = [_rewrite(rendering, slot) for rendering in fitting]
    if slot.determiner_span is None or all(r.determiner is None for r in rewrites):
        texts = dict.fromkeys(r.text for r in rewrites)
        notes = {r.text: _note(r, slot) for r in rewrites}
        return finding._replace(suggestions=tuple(Suggestion(text, notes[text]) for text in texts))
    return _widened(document, finding, slot, rewrites)


def _rewrite(rendering: Rendering, slot: Slot) -> _Rewrite:
    text = inflect(rendering, slot)
    return _Rewrite(rendering, text, determiner_for(rendering, slot, text))


def _note(rewrite: _Rewrite, slot: Slot) -> str:
    if slot.singular_verb and slot.form == "base" and rewrite.rendering.word_class == "pl":
        return f"plural: {slot.after} must agree"
    return ""


def _widened(document: Document, finding: Finding, slot: Slot, rewrites: list[_Rewrite]) -> Finding:
    assert slot.determiner_span is not None
    span = Span(slot.determiner_span.start, finding.span.end)
    replaced = document.text[span.start : span.end]
    old = document.text[slot.determiner_span.start : slot.determiner_span.end]
    between = document.text[slot.determiner_span.end : finding.span.start]
    found: dict[str, Suggestion] = {}
    for rewrite in rewrites:
        new = old if rewrite.determiner is None else rewrite.determiner
        if old[0].isupper():
            new = capitalise(new, "sentence")
        text = new + between + rewrite.text if new else between.lstrip() + _opening(rewrite.text, old)
        found[text] = Suggestion(text, _note(rewrite, slot) or f'replaces "{replaced}"')
    return finding._replace(span=span, suggestions=tuple(found.values()))


def _opening(text: str, article: str) -> str:
    """Let the rendering open the sentence in the place of an article that did."""
    return capitalise(text, "sentence") if article[0].isupper() else text


def _as_listed(term: Term, slot: Slot) -> tuple[Suggestion, ...]:
    wanted = {"n": "a noun", "v": "a verb", "adj": "an adjective", "adv": "an adverb"}.get(slot.use, "other words")
    return tuple(
        Suggestion(rendering.text, f"recast: the sentence has {wanted} here", fits=False) for rendering in term.idiomatic
    )


def _literal_of(term: Term, text: str, span: Span) -> LiteralForm:
    """Return the literal of the term that stands at the span."""
    words = [word for word in split_words(text, span.start, span.end).lower if word not in ARTICLES]
    for literal in term.literal:
        wanted = phrase(literal.text)[0]
        if len(wanted) == len(words) and all(w in forms(word) for w, word in zip(wanted, words, strict=True)):
            return literal
    raise ValueError(f"{term.id}: no literal stands at {span}")
