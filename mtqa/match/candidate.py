"""What is found in a document before anybody decides: candidates with their evidence, words with their scores."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from mtqa.document import Document, Span
from mtqa.glossary import Glossary
from mtqa.match.source import SourceIndex
from mtqa.term import LiteralForm, Term

Evidence = Literal["certain", "evidence", "doubtful", "excused"]
"""`certain`: never good English; `evidence`: ordinary words, but quotes or context give them away; `doubtful`:
ordinary words and nothing to go by; `excused`: a context of `unless`, or a right rendering round it."""

KINDS = ("certain", "listed", "evidence", "ordinary", "very ordinary")
"""Kinds of evidence that a model tells apart; see `Candidate.kind`."""

Verdict = Literal["flag", "note", "pass"]
"""What a model makes of a candidate: the term's severity, a note, nothing."""


class Candidate(NamedTuple):
    """Hold one literal found in a document and what speaks for it.

    `source` is where the term's Chinese stands in the sentences aligned with this one, in code points of
    `document.source`; None where it does not or there is no Chinese. `rivals` are entries of other terms whose literal
    matches the same words. `score`, the probability of a literal
    mistranslation in [0, 1], and `verdict` are None when no model was asked.
    """

    term: Term
    literal: LiteralForm
    span: Span
    evidence: Evidence
    source: Span | None = None
    rivals: tuple["Candidate", ...] = ()
    score: float | None = None
    verdict: Verdict | None = None

    @property
    def kind(self) -> str:
        """Name the evidence with which a model is asked: one of `KINDS`.

        A literal that only somebody's glossary calls certain is `listed`: who writes a glossary rarely looks for its
        literals in good English.
        """
        if self.evidence == "certain":
            return "certain" if self.term.tested else "listed"
        if self.evidence == "evidence":
            return "evidence"
        return "ordinary" if self.literal.doubt == 1 else "very ordinary"


class WordScore(NamedTuple):
    """Say how much a word reads as part of a calque, and how much as an error of any kind, both in [0, 1].

    From 0.5 on it is more likely to be reported than not.
    """

    span: Span
    calque: float
    error: float


class Reader(Protocol):
    """Find what checks decide on; `Matcher` does by the glossary alone, a model may stand behind another."""

    @property
    def glossary(self) -> Glossary:
        """Return the glossary whose literals are looked for."""

    @property
    def source(self) -> SourceIndex:
        """Return the Chinese of the glossary, filed."""

    @property
    def calque_precision(self) -> float:
        """Return the precision that rule calque reaches with these word scores; 0 where there are none."""

    def candidates(self, document: Document) -> list[Candidate]:
        """Return the candidates of a document by their place, none overlapping another."""

    def words(self, document: Document, /) -> list[WordScore]:
        """Return the words of a document in order with their scores; none when no model was asked."""


_DENSE_TERMS = 5
_DENSE_WORDS = 150
"""An article with this many different terms found, one for every so many words, was translated by a machine. Of the
doubtful words in the sample articles, 45 of 58 were literal after all (`tools/reach.py --doubtful`)."""


def is_dense(document: Document, candidates: Sequence[Candidate]) -> bool:
    """Tell whether so many literals stand in the document beyond doubt that the doubtful ones deserve a look."""
    sure = {candidate.term.id for candidate in candidates if candidate.evidence != "doubtful"}
    return len(sure) >= _DENSE_TERMS and len(sure) * _DENSE_WORDS >= len(document.prose.split())
