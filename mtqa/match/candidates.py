"""Turns what stands in a document into candidates: the longest literal at each place, with its evidence."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from mtqa.document import Document, Segment, Span
from mtqa.glossary import Glossary
from mtqa.match import evidence
from mtqa.match.candidate import Candidate, Evidence, WordScore
from mtqa.match.evidence import Sentence
from mtqa.match.index import Index, Pattern, phrase, search
from mtqa.match.source import SourceIndex, around
from mtqa.match.words import Words
from mtqa.term import LiteralForm, Term

_RANK: dict[Evidence, int] = {"certain": 2, "evidence": 2, "doubtful": 1, "excused": 0}
_BLOCK = 1 << 10
_LONGEST = 1 << 16


class _Match(NamedTuple):
    pattern: Pattern
    first: int
    last: int
    evidence: Evidence
    source: Span | None = None


class Matcher:
    """Find the literals of a glossary in documents; build it once, use it for many."""

    calque_precision = 0.0

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary

    @cached_property
    def _index(self) -> Index:
        return Index(self.glossary)

    @cached_property
    def _renderings(self) -> str:
        """All right renderings, one a line, for a quick look whether one holds a literal."""
        return "\n" + "\n".join(self.glossary.renderings()) + "\n"

    @cached_property
    def _covers(self) -> dict[str, list[tuple[tuple[str, ...], int]]]:
        return {}

    @cached_property
    def source(self) -> SourceIndex:
        """Return the Chinese of the glossary, filed."""
        return SourceIndex(self.glossary)

    def candidates(self, document: Document) -> list[Candidate]:
        """Return the candidates of a document by their place, none overlapping another.

        Where the Chinese is known, a term counts if its Chinese stands in the sentences aligned with the literal's.

        Where literals overlap the longest wins, but one that would be silent gives way to another term's; a literal
        inside another term's right rendering is left out. `excused` ones are left out; `doubtful` ones become
        `evidence` where the same literal of the same term has evidence elsewhere in the document (one sense per
        discourse: Gale, Church and Yarowsky, 1992), but for single words that are silent without it: those have
        several senses in one article.
        """
        found = [found for start, end in _blocks(document) for found in self._block(document, start, end)]
        shown = {(c.term.id, c.literal.text) for c in found if c.evidence == "evidence"}
        return [
            c._replace(evidence="evidence")
            if c.evidence == "doubtful" and (c.term.id, c.literal.text) in shown and _spreads(c.literal)
            else c
            for c in found
        ]

    def words(self, _: Document) -> list[WordScore]:
        """Return nothing: only a model knows anything of words that no glossary lists."""
        return []

    def _block(self, document: Document, start: int, end: int) -> Iterator[Candidate]:
        words, hits = search(self._index, document.prose, start, end)
        graded = [self._grade(document, words, *hit) for hit in hits]
        for match in sorted(_longest(graded), key=lambda m: m.first):
            rivals = {
                other.pattern.term: other
                for other in graded
                if (other.first, other.last) == (match.first, match.last)
                and other.evidence != "excused"
                and (other.source is None) == (match.source is None)
            }
            rivals.pop(match.pattern.term, None)
            yield self._candidate(words, match)._replace(
                rivals=tuple(self._candidate(words, rivals[term]) for term in sorted(rivals))
            )

    def _candidate(self, words: Words, match: _Match) -> Candidate:
        span = _span(words, match.pattern, match.first, match.last)
        return Candidate(self.glossary[match.pattern.term], match.pattern.literal, span, match.evidence, match.source)

    def _grade(self, document: Document, words: Words, pattern: Pattern, first: int, last: int) -> _Match:
        span = _span(words, pattern, first, last)
        segment, sentence = evidence.sentence_at(document, words, first, last)
        term, doubt = self.glossary[pattern.term], pattern.literal.doubt
        grade: Evidence = "certain"
        if self._inside_rendering(pattern, words, first) or evidence.stands(term.unless, sentence):
            grade = "excused"
        elif doubt:
            quoted = evidence.in_scare_quotes(document.prose, span, segment.span.start if segment else 0)
            if quoted or (not _compound(document.prose, span) and evidence.stands(term.when, sentence)):
                grade = "evidence"
            else:
                grade = "doubtful"
        match = _Match(pattern, first, last, grade)
        return match if grade == "excused" else self._anchored(document, segment, sentence, match)

    def _anchored(self, document: Document, segment: Segment | None, sentence: Sentence, match: _Match) -> _Match:
        """Hold a match against the Chinese of its sentence, where there is some.

        If the Chinese of the term is not there the match is excused, but for words that are never good English and
        whose Chinese, or half of it, stands near. So is a doubtful literal beside a right rendering of the same term.
        """
        if segment is None or segment.source_span is None:
            return match
        term = self.glossary[match.pattern.term]
        found = self.source.span_of(term, document, segment.source_span)
        if found and not (match.pattern.literal.doubt and self._rendered(term, sentence, match)):
            return match._replace(source=found)
        near = around(document, segment.source_span)
        if not found and not match.pattern.literal.doubt and self.source.resembles(term, document, near):
            return match
        return match._replace(evidence="excused")

    @staticmethod
    def _rendered(term: Term, sentence: Sentence, match: _Match) -> bool:
        """Tell whether a right rendering that is no part of the literal, nor holds it, stands in the sentence too."""
        literal = set(match.pattern.words)
        for rendering in term.idiomatic:
            words = phrase(rendering.text)[0]
            if literal.isdisjoint(words) and sentence.holds(words):
                return True
        return False

    def _inside_rendering(self, pattern: Pattern, words: Words, first: int) -> bool:
        """Tell whether the match, whose first word is `first`, is part of a right rendering that stands there whole."""
        text = pattern.literal.text
        if text not in self._covers:
            self._covers[text] = list(self._renderings_round(pattern))
        return any(
            first >= place and evidence.agrees(words.lower, first - place, whole) for whole, place in self._covers[text]
        )

    def _renderings_round(self, pattern: Pattern) -> Iterator[tuple[tuple[str, ...], int]]:
        """Yield the right renderings that hold a literal and more, with the literal's place in each."""
        lines, text = self._renderings, pattern.literal.text
        length = len(pattern.words)
        found = lines.find(text)
        while found >= 0:
            end = lines.index("\n", found)
            whole = phrase(lines[lines.rindex("\n", 0, found) + 1 : end])[0]
            for place in range(len(whole) - length + 1):
                if len(whole) > length and whole[place : place + length] == pattern.words:
                    yield whole, place
            found = lines.find(text, end)


def _longest(matches: list[_Match]) -> list[_Match]:
    """Choose among overlapping matches: the longest, then one whose Chinese is there, then the one with evidence.

    A silent one is chosen only where it is alone, but still keeps its own term's shorter literals quiet: the longer one
    is the more specific.
    """
    # What is excused for one term may still be the literal of another that shares the words.
    ranked = [match for match in matches if match.evidence != "excused"]
    ranked.sort(
        key=lambda m: (m.first - m.last, m.source is None, -_RANK[m.evidence], m.pattern.literal.doubt, m.pattern.term)
    )
    kept: list[_Match] = []
    silent: list[_Match] = []
    taken: set[int] = set()
    quiet: dict[str, set[int]] = {}
    for match in ranked:
        numbers = range(match.first, match.last + 1)
        if match.evidence == "doubtful" and match.pattern.literal.doubt == 2 and not match.source:
            silent.append(match)
            quiet.setdefault(match.pattern.term, set()).update(numbers)
        elif taken.union(quiet.get(match.pattern.term, ())).isdisjoint(numbers):
            kept.append(match)
            taken.update(numbers)
    for match in silent:
        numbers = range(match.first, match.last + 1)
        if taken.isdisjoint(numbers):
            kept.append(match)
            taken.update(numbers)
    return kept


def _spreads(literal: LiteralForm) -> bool:
    return literal.doubt < 2 or " " in literal.text


def _span(words: Words, pattern: Pattern, first: int, last: int) -> Span:
    """Return the span of a match, without the -'s that the article adds to the literal."""
    added = words.lower[last].endswith("'s") and not pattern.words[-1].endswith("'s")
    return Span(words.spans[first][0], words.spans[last][1] - 2 * added)


def _compound(text: str, span: Span) -> bool:
    """Tell whether a hyphen joins the phrase to a further word, as in `outlet-mall`."""
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    return (after[:1] == "-" and after[1:].isalnum()) or (before[1:] == "-" and before[:1].isalnum())


def _blocks(document: Document) -> Iterator[tuple[int, int]]:
    """Cut a document between sentences into blocks of some kilobytes: most hold no literal and are soon done with."""
    start = end = 0
    for segment in document.segments:
        if segment.span.end - start > _BLOCK and end > start:
            yield start, end
            start = segment.span.start
        end = segment.span.end
        while end - start > _LONGEST:
            cut = document.prose.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
            cut = cut if cut > 0 else start + _LONGEST
            yield start, cut
            start = cut
    if end > start:
        yield start, end
