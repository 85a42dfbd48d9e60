"""Finds the literals of a glossary in English prose, in any inflection, and weighs the evidence round them."""

from mtqa.match.candidate import KINDS, Candidate, Reader, Verdict, WordScore, is_dense
from mtqa.match.candidates import Matcher
from mtqa.match.source import SourceIndex
from mtqa.match.words import Words, split_words

__all__ = [
    "KINDS",
    "Candidate",
    "Matcher",
    "Reader",
    "SourceIndex",
    "Verdict",
    "WordScore",
    "Words",
    "is_dense",
    "split_words",
]
