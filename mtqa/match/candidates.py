"""Turns what stands in a document into candidates: the longest literal at each place, with its evidence."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from mtqa.document import Document, Span
from mtqa.glossary import Glossary
from mtqa.match import evidence
from mtqa.match.index import Entry, Index, build_index, phrase, search
from mtqa.match.words import Words, split_words
from mtqa.term import LiteralForm, Term

Evidence = Literal["certain", "evidence", "doubtful", "excused"]
"""`certain`: never good English; `evidence`: ordinary words, but quotes or context give them away; `doubtful`:
ordinary words and nothing to go by; `excused`: a context of `unless`, or a right rendering round it."""

_RANK: dict[Evidence, int] = {"excused": 3, "certain": 2, "evidence": 2, "doubtful": 1}
_BLOCK = 1 << 18


class Candidate(NamedTuple):
    """Hold one literal found in a document and what speaks for it."""

    term: Term
    literal: LiteralForm
    span: Span
    evidence: Evidence


class _Match(NamedTuple):
    entry: Entry
    first: int
    last: int
    evidence: Evidence


class Matcher:
    """Find the literals of a glossary in documents; build it once, use it for many."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary

    @cached_property
    def _index(self) -> Index:
        return build_index(self.glossary.terms.values())

    @cached_property
    def _renderings(self) -> str:
        """All right renderings of several words, one a line, for a quick look whether one holds a literal."""
        lines = {r.text for term in self.glossary.terms.values() for r in term.idiomatic if " " in r.text}
        return "\n" + "\n".join(sorted(lines)) + "\n"

    @cached_property
    def _covers(self) -> dict[str, list[tuple[tuple[str, ...], int]]]:
        return {}

    def candidates(self, document: Document) -> list[Candidate]:
        """Return the candidates of a document by their place, none overlapping another.

        Where literals overlap the longest wins; a literal inside another term's right rendering is left out.
        `excused` ones are left out; `doubtful` ones become `evidence` where the same literal of the same term
        has evidence elsewhere in the document (one sense per discourse: Gale, Church and Yarowsky, 1992).
        """
        found = [found for start, end in _blocks(document.prose) for found in self._block(document, start, end)]
        shown = {(c.term.id, c.literal.text) for c in found if c.evidence == "evidence"}
        return [
            c._replace(evidence="evidence")
            if c.evidence == "doubtful" and (c.term.id, c.literal.text) in shown
            else c
            for c in found
        ]

    def _block(self, document: Document, start: int, end: int) -> Iterator[Candidate]:
        words = split_words(document.prose, start, end)
        graded = [self._grade(document, words, *hit) for hit in search(self._index, words)]
        graded.sort(key=lambda m: (m.first - m.last, -_RANK[m.evidence], m.entry.literal.doubt, m.entry.term.id))
        taken: set[int] = set()
        kept = []
        for match in graded:
            numbers = range(match.first, match.last + 1)
            if taken.isdisjoint(numbers):
                # What is excused for one term may still be the literal of another that shares the words.
                if match.evidence != "excused":
                    taken.update(numbers)
                    kept.append(match)
        for match in sorted(kept, key=lambda m: m.first):
            span = Span(words.starts[match.first], words.ends[match.last])
            yield Candidate(match.entry.term, match.entry.literal, span, match.evidence)

    def _grade(self, document: Document, words: Words, entry: Entry, first: int, last: int) -> _Match:
        span = Span(words.starts[first], words.ends[last])
        segment, sentence = evidence.sentence_at(document, words, span.start)
        term, doubt = entry.term, entry.literal.doubt
        grade: Evidence = "certain"
        if self._inside_rendering(entry, words, first, last) or evidence.stands(term.unless, sentence, first, last):
            grade = "excused"
        elif doubt:
            quoted = evidence.in_scare_quotes(document.prose, span, segment.span.start if segment else 0)
            if quoted or (
                not _compound(document.prose, span) and evidence.stands(term.when, sentence, first, last)
            ):
                grade = "evidence"
            else:
                grade = "doubtful"
        return _Match(entry, first, last, grade)

    def _inside_rendering(self, entry: Entry, words: Words, first: int, last: int) -> bool:
        """Tell whether the match is a part of a right rendering that stands there whole."""
        text = entry.literal.text
        if text not in self._covers:
            self._covers[text] = [
                (whole, place)
                for line in re.findall(rf"\n(.*\b{re.escape(text)}\b.*)(?=\n)", self._renderings)
                for whole in [phrase(line)[0]]
                for place in range(len(whole))
                if whole[place : place + len(entry.words)] == entry.words and len(whole) > len(entry.words)
            ]
        for whole, place in self._covers[text]:
            start = first - place
            if start >= 0 and evidence.agrees(words.lower, start, whole):
                return True
        return False


def _compound(text: str, span: Span) -> bool:
    """Tell whether a hyphen joins the phrase to a further word, as in `outlet-mall`."""
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    return (after[:1] == "-" and after[1:].isalnum()) or (before[1:] == "-" and before[:1].isalnum())


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text at line ends into blocks that keep memory flat."""
    start = 0
    while start < len(text):
        end = start + _BLOCK
        cut = text.rfind("\n", start, end) + 1 if end < len(text) else len(text)
        end = cut if cut > start else min(end, len(text))
        yield start, end
        start = end
