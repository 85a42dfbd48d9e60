"""Says how many of the terms of a Chinese text a translation renders as the glossary wants them.

Counted as WMT's shared tasks on terminology count (Alam et al., On the Evaluation of Machine Translation for
Terminology Consistency, 2021; Semenov et al., Findings of the WMT 2023 Shared Task on Machine Translation with
Terminologies): every occurrence in the source counts, the longest term at each place; a character belongs to one term
and a word of the translation to one rendering. A rendering is found as the glossary has it (exact) or in any
inflection (lemma); capitals and articles do not count. Terms of one character are left out, as in rule adherence: they
are too often part of another word.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mtqa.chinese.script import simplified
from mtqa.document import Span, make_document
from mtqa.evaluate.assign import assign
from mtqa.glossary import Glossary
from mtqa.match import SourceIndex, Words, split_words
from mtqa.match.index import forms, phrase
from mtqa.match.words import ARTICLES

WINDOWS = (2, 3)
"""Words to each side of a rendering that are held against the reference (Alam et al., 2021)."""
_SHORTEST = 2


class Occurrence(NamedTuple):
    """Hold the Chinese of a term in a text: `place` in code points of `Document.source`, the ids that it may stand for.

    Terms may share their Chinese; the rendering of any of them will do then.
    """

    place: Span
    terms: tuple[str, ...]


class Stretch(NamedTuple):
    """Hold the numbers of the first and the last word of a rendering in a translation."""

    first: int
    last: int


class Rendered(NamedTuple):
    """Hold the words of a translated segment and, by the number of the occurrence, where its rendering stands.

    `exact` are those that stand there as the glossary has them.
    """

    words: Words
    stretches: dict[int, Stretch]
    exact: frozenset[int]


class TermCounts(NamedTuple):
    """Count the term occurrences of a segment: all, those rendered as listed, those rendered in any inflection.

    `overlaps` sums, for each of `WINDOWS`, the shares of the reference's words round a rendering that stand round it
    in the translation, over `compared` occurrences: those that a reference renders.
    """

    occurrences: int = 0
    exact: int = 0
    lemma: int = 0
    overlaps: tuple[float, ...] = (0.0,) * len(WINDOWS)
    compared: int = 0


class _Wanted(NamedTuple):
    words: tuple[str, ...]
    commas: bool


class TermSearch:
    """Look for the terms of a glossary and for their renderings; build it once, use it for many segments."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._source = SourceIndex(glossary)
        self._renderings: dict[str, tuple[_Wanted, ...]] = {}

    def occurrences(self, lines: Sequence[str]) -> list[tuple[Occurrence, ...]]:
        """Return the terms of each line of a Chinese text; places count code points of the whole, one line end each."""
        text = "\n".join(lines)
        document = make_document("", "", source=text)._replace(chinese=simplified(text))
        found, here = [], 0
        for line in lines:
            places = self._source.find(document, Span(here, here + len(line)))
            found.append(tuple(Occurrence(p, tuple(terms)) for p, terms in places if p.end - p.start >= _SHORTEST))
            here += len(line) + 1
        return found

    def rendered(self, occurrences: Sequence[Occurrence], english: str) -> Rendered:
        """Return which occurrences a translated segment renders, one stretch of words for each.

        Where renderings overlap, the longest stands; of two as long one that is exact, then the first.
        """
        words = split_words(english)
        # For every stretch that may render something: the occurrences, and whether it is exact for them.
        found: dict[Stretch, dict[int, bool]] = {}
        for terms, same in _by_terms(occurrences).items():
            for wanted in (wanted for term in terms for wanted in self._wanted(term)):
                for stretch, exact in _stretches(wanted, words):
                    accepted = found.setdefault(stretch, {})
                    for occurrence in same:
                        accepted[occurrence] = accepted.get(occurrence, False) or exact
        return _paired(len(occurrences), words, found)

    def _wanted(self, term: str) -> tuple[_Wanted, ...]:
        if term not in self._renderings:
            texts = [rendering.text for rendering in self._glossary[term].idiomatic]
            found = (_Wanted(phrase(text)[0], "," in text) for text in texts)
            self._renderings[term] = tuple(wanted for wanted in found if wanted.words)
        return self._renderings[term]


def _stretches(wanted: _Wanted, words: Words) -> Iterator[tuple[Stretch, bool]]:
    """Yield where a rendering stands, whatever articles are in it, and whether it does so as the glossary has it."""
    for first, word in enumerate(words.lower):
        last = _last(wanted, words, first) if wanted.words[0] in forms(word) else None
        if last is not None and words.joined(first, last, wanted.commas):
            kept = [word for word in words.lower[first : last + 1] if word not in ARTICLES]
            yield Stretch(first, last), kept == [word for word in wanted.words if word not in ARTICLES]


def _last(wanted: _Wanted, words: Words, first: int) -> int | None:
    """Return the number of a rendering's last word if it stands from the word `first` on."""
    place = first
    for word in wanted.words:
        # The glossary's articles have been left out; one in the rendering is a letter, as in "A-student".
        letter = word in ARTICLES
        while place > first and not letter and place < len(words.lower) and words.lower[place] in ARTICLES:
            place += 1
        if place == len(words.lower) or word not in forms(words.lower[place]):
            return None
        if letter and not words.text[words.spans[place][0]].isupper():
            return None
        place += 1
    return place - 1


def count_terms(occurrences: Sequence[Occurrence], ours: Rendered, references: Sequence[Rendered]) -> TermCounts:
    """Count how a translated segment renders its terms, and how like the references the words round them are.

    An occurrence that the translation does not render has no overlap; of several references the closest counts.
    """
    compared = 0
    sums = [0.0] * len(WINDOWS)
    for number in range(len(occurrences)):
        theirs = [reference for reference in references if number in reference.stretches]
        if not theirs:
            continue
        compared += 1
        if number in ours.stretches:
            for i, size in enumerate(WINDOWS):
                sums[i] += max(_overlap(ours, reference, number, size) for reference in theirs)
    return TermCounts(len(occurrences), len(ours.exact), len(ours.stretches), tuple(sums), compared)


def _overlap(ours: Rendered, theirs: Rendered, number: int, size: int) -> float:
    """Return the share of the reference's words round a rendering that stand round ours; 1 where it has none."""
    window = _window(theirs, number, size)
    return (window & _window(ours, number, size)).total() / window.total() if window else 1.0


def _window(rendered: Rendered, number: int, size: int) -> "Counter[str]":
    first, last = rendered.stretches[number]
    words = rendered.words.lower
    return Counter([*words[max(0, first - size) : first], *words[last + 1 : last + 1 + size]])


def _by_terms(occurrences: Sequence[Occurrence]) -> dict[tuple[str, ...], list[int]]:
    grouped: dict[tuple[str, ...], list[int]] = {}
    for number, occurrence in enumerate(occurrences):
        grouped.setdefault(occurrence.terms, []).append(number)
    return grouped


def _paired(count: int, words: Words, found: dict[Stretch, dict[int, bool]]) -> Rendered:
    """Give each occurrence a stretch of its own, as many as can be exact first, then in any inflection."""
    taken: set[int] = set()
    kept: list[Stretch] = []
    for stretch in sorted(found, key=lambda s: (s.first - s.last, not any(found[s].values()), s.first)):
        inside = range(stretch.first, stretch.last + 1)
        if taken.isdisjoint(inside):
            taken.update(inside)
            kept.append(stretch)
    exact: list[list[int]] = [[] for _ in range(count)]
    lemma: list[list[int]] = [[] for _ in range(count)]
    for place, stretch in enumerate(sorted(kept)):
        for occurrence, is_exact in found[stretch].items():
            lemma[occurrence].append(place)
            if is_exact:
                exact[occurrence].append(place)
    as_listed = assign(exact)
    stretches = {number: sorted(kept)[place] for number, place in assign(lemma, as_listed).items()}
    return Rendered(words, stretches, frozenset(as_listed))
