"""Turns a finding on a glossary term into one with rewrites, widening its span to an article that must change."""

from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.finding import Finding, Suggestion
from mtqa.match.index import forms, noun_forms, phrase
from mtqa.match.words import ARTICLES, split_words
from mtqa.suggest.fit import capitalise, determiner_for, fits, inflect
from mtqa.suggest.slot import Slot, read_slot
from mtqa.term import LiteralForm, Rendering, Term


class _Rewrite(NamedTuple):
    """Hold a rendering as it fits the slot, with what must become of the words right before and behind it.

    `determiner` replaces the determiner before the literal, `possessive` the 's behind it; None leaves either.
    """

    text: str
    determiner: str | None
    possessive: str | None
    note: str


def suggest(document: Document, finding: Finding) -> Finding:
    """Return the finding with the renderings of its term that fit the sentence, best first.

    Where an article or `this` before the literal, or the 's behind it, must change with it, the span grows to hold
    it and the note says what is replaced. When no rendering is of the word class that the sentence wants, they are
    given as listed, with `fits` unset, as it is where a verb would no longer agree. A finding without term comes
    back as it is.
    """
    if finding.term is None:
        return finding
    literal = _literal_of(finding.term, document.prose, finding.span)
    slot = read_slot(document, finding.span, literal)
    rewrites = [_rewrite(rendering, slot) for rendering in finding.term.idiomatic if fits(rendering, slot)]
    if not rewrites:
        return finding._replace(suggestions=_as_listed(finding.term, slot))
    span = _grown(finding.span, slot, rewrites)
    found: dict[str, Suggestion] = {}
    for rewrite in rewrites:
        text = _dropped_in(document, finding.span, span, slot, rewrite)
        note = rewrite.note or (f'replaces "{document.text[slice(*span)]}"' if span != finding.span else "")
        found.setdefault(text, Suggestion(text, note, fits=not rewrite.note))
    return finding._replace(span=span, suggestions=tuple(found.values()))


def _rewrite(rendering: Rendering, slot: Slot) -> _Rewrite:
    text = inflect(rendering, slot)
    disagrees = slot.singular_verb and slot.form == "base" and rendering.word_class == "pl"
    return _Rewrite(
        text,
        determiner_for(rendering, slot, text),
        "'" if slot.possessive and text.endswith("s") and rendering.word_class in ("n", "pl") else None,
        f"plural: {slot.after} must agree" if disagrees else "",
    )


def _grown(span: Span, slot: Slot, rewrites: list[_Rewrite]) -> Span:
    """Return the span with the determiner and the possessive that any of the rewrites changes."""
    start, end = span
    if slot.determiner_span and any(rewrite.determiner is not None for rewrite in rewrites):
        start = slot.determiner_span.start
    if slot.possessive and any(rewrite.possessive is not None for rewrite in rewrites):
        end = slot.possessive.end
    return Span(start, end)


def _dropped_in(document: Document, literal: Span, span: Span, slot: Slot, rewrite: _Rewrite) -> str:
    """Return the text that replaces `span`, which holds the literal, for one rewrite."""
    text = rewrite.text
    if slot.possessive and span.end > literal.end:
        text += rewrite.possessive or document.text[literal.end : span.end]
    if slot.determiner_span is None or span.start == literal.start:
        return text
    old = document.text[slot.determiner_span.start : slot.determiner_span.end]
    between = document.text[slot.determiner_span.end : literal.start]
    new = old if rewrite.determiner is None else rewrite.determiner
    if new:
        return (capitalise(new, "sentence") if old[0].isupper() else new) + between + text
    return between.lstrip() + (capitalise(text, "sentence") if old[0].isupper() else text)


def _as_listed(term: Term, slot: Slot) -> tuple[Suggestion, ...]:
    wanted = {"n": "a noun", "v": "a verb", "adj": "an adjective", "adv": "an adverb"}.get(slot.use, "other words")
    return tuple(
        Suggestion(rendering.text, f"recast: the sentence has {wanted} here", fits=False)
        for rendering in term.idiomatic
    )


def _literal_of(term: Term, text: str, span: Span) -> LiteralForm:
    """Return the literal of the term that stands at the span."""
    words = [word for word in split_words(text, span.start, span.end).lower if word not in ARTICLES]
    for literal in term.literal:
        wanted = phrase(literal.text)[0]
        allowed = forms if literal.word_class == "v" else noun_forms
        if len(wanted) == len(words) and all(w in allowed(word) for w, word in zip(wanted, words, strict=True)):
            return literal
    raise ValueError(f"{term.id}: no literal stands at {span}")
