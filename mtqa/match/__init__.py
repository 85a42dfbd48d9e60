"""Finds the literals of a glossary in English prose, in any inflection, and weighs the evidence round them."""

from mtqa.match.candidates import Candidate, Matcher
from mtqa.match.words import Words, split_words

__all__ = ["Candidate", "Matcher", "Words", "split_words"]
