"""Finds a glossary's Chinese in the Chinese beside an article."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from mtqa.chinese.script import simplified
from mtqa.chinese.words import Cutter
from mtqa.document import Document, Span
from mtqa.glossary import Glossary
from mtqa.match.evidence import stands_among
from mtqa.match.index import forms, phrase
from mtqa.match.words import FUNCTION_WORDS
from mtqa.term import Term

_MAX_GAP = 4
_MIN_SHARE = 0.5
_MIN_SHARED = 2


class SourceIndex:
    """File the terms of a glossary under their Chinese, in simplified characters; build it once, use it for many."""

    def __init__(self, glossary: Glossary) -> None:
        listed = list(glossary.chinese())
        every = iter(simplified("\n".join(zh for _, values in listed for zh in values)).split("\n"))
        self._zh = {term: tuple(next(every) for _ in values) for term, values in listed}
        self._terms: dict[str, list[str]] = {}
        for term, values in self._zh.items():
            for zh in values:
                self._terms.setdefault(zh, []).append(term)
        self._longest = max(map(len, self._terms), default=0)
        self._glossary = glossary

    @cached_property
    def cutter(self) -> Cutter:
        """Return what cuts Chinese into words and keeps those of the glossary whole."""
        return Cutter(self._terms)

    def terms(self, zh: str) -> list[str]:
        """Return the ids of the terms with this Chinese, in simplified characters."""
        return self._terms.get(zh, [])

    @cached_property
    def _renderings(self) -> str:
        return "\n".join(rendering.strip().lower() for rendering in self._glossary.renderings())

    def is_rendering(self, words: str) -> bool:
        """Tell whether English words, in lower case, are part of a right rendering of any term."""
        return words in self._renderings and re.search(rf"\b{re.escape(words)}\b", self._renderings) is not None

    def rendered(self, words: Sequence[str], terms: Iterable[str]) -> bool:
        """Tell whether a right rendering of one of the terms stands among English words, in lower case.

        Articles count neither in the rendering nor among the words.
        """
        wanted = {phrase(rendering.text)[0] for term in terms for rendering in self._glossary[term].idiomatic}
        return any(stands_among(words, whole) for whole in wanted)

    def touched(self, words: Sequence[str], terms: Iterable[str]) -> bool:
        """Tell whether any word of a right rendering of one of the terms, but for function words, stands there."""
        there = {form for word in words for form in forms(word)} - FUNCTION_WORDS
        return any(
            not there.isdisjoint(phrase(rendering.text)[0])
            for term in terms
            for rendering in self._glossary[term].idiomatic
        )

    def overlapping(self, document: Document, stretch: Span) -> list[str]:
        """Return the ids of the terms whose Chinese overlaps a stretch of the source."""
        around = Span(max(0, stretch.start - self._longest), stretch.end + self._longest)
        return [term for span, terms in self.find(document, around) if span.overlaps(stretch) for term in terms]

    def find(self, document: Document, span: Span) -> Iterator[tuple[Span, list[str]]]:
        """Yield where the Chinese of terms stands in a stretch of the source, and their ids; the longest at each place.

        Spans count code points of `document.source`.
        """
        text = document.chinese or ""
        place = span.start
        while place < span.end:
            for end in range(min(span.end, place + self._longest), place, -1):
                if terms := self._terms.get(text[place:end]):
                    yield Span(place, end), terms
                    place = end - 1
                    break
            place += 1

    def span_of(self, term: Term, document: Document, stretch: Span) -> Span | None:
        """Return where a term's Chinese stands in a stretch of the source, whole or, for want of it, with gaps."""
        text = (document.chinese or "")[slice(*stretch)]
        for zh in self._zh[term.id]:
            if (start := text.find(zh)) >= 0:
                return Span(stretch.start + start, stretch.start + start + len(zh))
        for zh in self._zh[term.id]:
            if found := gapped(zh, text):
                return Span(stretch.start + found.start, stretch.start + found.end)
        return None

    def resembles(self, term: Term, document: Document, stretch: Span) -> bool:
        """Tell whether half of a term's characters, and two at least, stand in a stretch of the source.

        Somebody wrote a variant of it then that the glossary does not list, as 打虎 for 打老虎.
        """
        text = (document.chinese or "")[slice(*stretch)]
        for zh in self._zh[term.id]:
            shared = sum(char in text for char in zh)
            if shared >= _MIN_SHARED and shared >= _MIN_SHARE * len(zh):
                return True
        return False


def gapped(zh: str, text: str) -> Span | None:
    """Return where the characters of a Chinese expression stand in order with few others between them.

    Verbs and their objects are parted by aspect, numbers and measures: 泼冷水 in 泼了一盆冷水. Two characters may have
    one other between them, longer expressions four, and quotes count for nothing.

    >>> gapped("泼冷水", "又泼了一盆冷水"), gapped("炸锅", "网友炸了锅"), gapped("风口", "风很大，门口也是")
    (Span(start=1, end=7), Span(start=2, end=5), None)
    """
    room = 1 if len(zh) == 2 else _MAX_GAP
    start = text.find(zh[:1])
    while start >= 0 and len(zh) > 1:
        place, gap = start, 0
        for char in zh[1:]:
            following = text.find(char, place + 1, place + 2 + room - gap + _QUOTES)
            if following < 0:
                break
            between = text[place + 1 : following]
            gap += sum(c not in '“”‘’"「」' for c in between)
            if gap > room or any(c in "，。；！？、：" for c in between):
                break
            place = following
        else:
            return Span(start, place + 1)
        start = text.find(zh[0], start + 1)
    return None


_QUOTES = 2


def around(document: Document, stretch: Span) -> Span:
    """Return a stretch of the source together with the sentences before and after it, as the links have them."""
    sources = [link.source for link in document.links if link.source]
    before = max((source.start for source in sources if source.end <= stretch.start), default=stretch.start)
    after = min((source.end for source in sources if source.start >= stretch.end), default=stretch.end)
    return Span(before, after)
