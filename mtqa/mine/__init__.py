"""Mines articles and decisions for new glossary entries, which a curator looks through and finishes."""

from mtqa.mine.marks import Lexicon, Mark, decided, found
from mtqa.mine.propose import Proposal, Proposals, propose

__all__ = ["Lexicon", "Mark", "Proposal", "Proposals", "decided", "found", "propose"]
