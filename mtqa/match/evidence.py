"""Weighs what speaks for or against a literal where it stands: scare quotes and neighbouring words."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mtqa.document import Document, Segment, Span
from mtqa.match.index import forms
from mtqa.match.words import ARTICLES, Words
from mtqa.term import Context

_OPEN = "\"'“‘«「『"
_CLOSE = "\"'”’»」』"
_REACH = 80
_NUMBERING = re.compile(r"^\s*(?:[IVXLC]+|\d+)[.)]")


class Sentence(NamedTuple):
    """Hold the words of one sentence, those before and behind a literal, and the lemmas of them all."""

    words: list[str]
    before: list[str]
    after: list[str]
    lemmas: frozenset[str]

    def holds(self, phrase: Sequence[str]) -> bool:
        """Tell whether a phrase, in lemma form, stands anywhere in the sentence."""
        if len(phrase) == 1:
            return phrase[0] in self.lemmas
        if not self.lemmas.issuperset(phrase):
            return False
        return stands_among(self.words, phrase)


def sentence_at(document: Document, words: Words, first: int, last: int) -> tuple[Segment | None, Sentence]:
    """Return the sentence round the words `first` to `last`; what is out of reach in an endless one is left out."""
    segment = document.segment_at(words.spans[first][0])
    span = segment.span if segment else Span(0, len(document.text))
    start = max(bisect_left(words.spans, (span.start, 0)), first - _REACH)
    end = min(bisect_left(words.spans, (span.end, 0)), last + _REACH)
    whole = words.lower[start:end]
    lemmas = frozenset(form for word in whole for form in forms(word))
    return segment, Sentence(whole, words.lower[start:first], words.lower[last + 1 : end], lemmas)


def agrees(lower: Sequence[str], place: int, phrase: Sequence[str]) -> bool:
    """Tell whether the words from `place` on are the phrase, in any inflection."""
    if place + len(phrase) > len(lower):
        return False
    return all(word in forms(lower[place + i]) for i, word in enumerate(phrase))


def stands_among(lower: Sequence[str], phrase: Sequence[str]) -> bool:
    """Tell whether a phrase, in any inflection, stands among words, whatever articles are in it.

    A phrase that holds an article itself wants it there: `a student` for "A-student".
    """
    words = _beside(lower, phrase)
    return any(agrees(words, place, phrase) for place in range(len(words) - len(phrase) + 1))


def stands(contexts: Iterable[Context], sentence: Sentence) -> bool:
    """Tell whether one of the contexts holds for the literal that the sentence was taken round."""
    return any(_stands(context, sentence) for context in contexts)


def _stands(context: Context, sentence: Sentence) -> bool:
    if context.anywhere:
        return sentence.holds(context.anywhere)
    before = _beside(sentence.before, context.before)
    start = len(before) - len(context.before)
    after = _beside(sentence.after, context.after)
    return start >= 0 and agrees(before, start, context.before) and agrees(after, 0, context.after)


def _beside(lower: Sequence[str], words: Sequence[str]) -> Sequence[str]:
    """Leave out the articles, unless the context names one: `~ platform` holds for "settle on a platform" too."""
    return [word for word in lower if word not in ARTICLES] if ARTICLES.isdisjoint(words) else lower


def in_scare_quotes(text: str, span: Span, sentence_start: int) -> bool:
    """Tell whether a phrase, or it and its article, stands alone in quotation marks.

    A capitalised phrase in quotes is a title, unless it begins the sentence.

    >>> in_scare_quotes('the "outlet" of', Span(5, 11), 0), in_scare_quotes('saw "Outlet" on', Span(5, 11), 0)
    (True, False)
    """
    before = text[max(0, span.start - 5) : span.start]
    after = text[span.end : span.end + 2]
    for article in ("a ", "an ", "the "):
        if before.lower().endswith(article):
            before = before[: -len(article)]
    if not before or before[-1] not in _OPEN:
        return False
    if not (after[:1] and after[0] in _CLOSE) and not (after[:1] in (",", ".") and after[1:] and after[1] in _CLOSE):
        return False
    if not text[span.start].isupper():
        return True
    lead = _NUMBERING.sub("", text[sentence_start : span.start])
    return not any(char.isalpha() for char in lead.removesuffix(before[-1]))
