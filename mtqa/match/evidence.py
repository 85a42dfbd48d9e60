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
    """Hold the words of one sentence: the numbers `first` to `last`, end exclusive, in `words`."""

    words: Words
    first: int
    last: int
    lemmas: frozenset[str]

    def holds(self, phrase: Sequence[str]) -> bool:
        """Tell whether a phrase, in lemma form, stands anywhere in the sentence."""
        if len(phrase) == 1:
            return phrase[0] in self.lemmas
        if not self.lemmas.issuperset(phrase):
            return False
        places = range(self.first, self.last - len(phrase) + 1)
        return any(agrees(self.words.lower, place, phrase) for place in places)


def sentence_at(document: Document, words: Words, number: int) -> tuple[Segment | None, Sentence]:
    """Return the sentence round a word with its words, those out of reach in an endless one left out."""
    segment = document.segment_at(words.spans[number][0])
    span = segment.span if segment else Span(0, len(document.text))
    first = max(bisect_left(words.spans, (span.start, 0)), number - _REACH)
    last = min(bisect_left(words.spans, (span.end, 0)), number + _REACH)
    found = frozenset(form for word in words.lower[first:last] for form in forms(word))
    return segment, Sentence(words, first, last, found)


def agrees(lower: Sequence[str], place: int, phrase: Sequence[str]) -> bool:
    """Tell whether the words from `place` on are the phrase, in any inflection."""
    if place + len(phrase) > len(lower):
        return False
    return all(word in forms(lower[place + i]) for i, word in enumerate(phrase))


def stands(contexts: Iterable[Context], sentence: Sentence, first: int, last: int) -> bool:
    """Tell whether one of the contexts holds for the words `first` to `last` of the sentence."""
    return any(_stands(context, sentence, first, last) for context in contexts)


def _stands(context: Context, sentence: Sentence, first: int, last: int) -> bool:
    if context.anywhere:
        return sentence.holds(context.anywhere)
    lower = sentence.words.lower
    # An article between the literal and the context changes nothing: `~ platform` is "settle on a platform" too.
    if context.before and first > 0 and lower[first - 1] in ARTICLES:
        first -= 1
    if context.after and last + 1 < len(lower) and lower[last + 1] in ARTICLES:
        last += 1
    start = first - len(context.before)
    if start < sentence.first or last + 1 + len(context.after) > sentence.last:
        return False
    return agrees(lower, start, context.before) and agrees(lower, last + 1, context.after)


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
