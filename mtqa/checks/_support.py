"""Weighs how much of a stretch of one language the other says."""

from collections.abc import Iterable

from mtqa.align.clues import RATES, Clue, capitalised, chinese_clues, english_clues
from mtqa.document import Document, Span

_SURE = min(RATES["word"], RATES["content"])
"""Clues less likely than this (single characters, pieces of words) say too little."""
_NEAR = 2
"""Groups before and after a gap in which its content may stand after all."""
_PRESENT = 0.4
"""Share of its clues from which on a sentence is taken to be there; a true translation has some 0.55 of them."""
_ABSENT = 0.15
_FEWEST = 4


class Support:
    """Look for the content of stretches of one side in groups of the other; see `Document.links`."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._names = capitalised(document.prose)
        self._english: dict[Span, set[str]] = {}
        self._chinese: dict[Span, set[str]] = {}

    def has(self, source: Span, first: int, last: int) -> bool:
        """Tell whether the English round links `first` to `last` says what a Chinese sentence says."""
        clues = self._clues(source)
        return _share(clues, self._said(range(first - _NEAR, last + _NEAR + 1))) >= _PRESENT

    def lacks(self, source: Span, number: int) -> bool:
        """Tell whether the English of a link and those beside it has next to nothing of a Chinese clause."""
        clues = self._clues(source)
        return len(clues) > _FEWEST and _share(clues, self._said(range(number - 1, number + 2))) <= _ABSENT

    def is_added(self, target: Span, number: int) -> bool:
        """Tell whether the Chinese round a link has next to nothing of an English sentence."""
        clues = [clue for clue in english_clues(self._document.prose[slice(*target)]) if clue.rate >= _SURE]
        if len(clues) < _FEWEST:
            return False
        return _share(clues, self._meant(range(number - _NEAR, number + _NEAR + 1))) < 2 * _ABSENT

    def _clues(self, source: Span) -> list[Clue]:
        text = (self._document.chinese or "")[slice(*source)]
        return list({clue for clue in chinese_clues(text, self._names) if clue.rate >= _SURE})

    def _said(self, numbers: Iterable[int]) -> set[str]:
        """Return the keys of the English of some links."""
        keys: set[str] = set()
        for number in numbers:
            if 0 <= number < len(self._document.links) and (target := self._document.links[number].target):
                if target not in self._english:
                    text = self._document.prose[slice(*target)]
                    self._english[target] = {key for clue in english_clues(text) for key in clue.keys}
                keys |= self._english[target]
        return keys

    def _meant(self, numbers: Iterable[int]) -> set[str]:
        """Return the keys of the Chinese of some links."""
        keys: set[str] = set()
        for number in numbers:
            if 0 <= number < len(self._document.links) and (source := self._document.links[number].source):
                if source not in self._chinese:
                    text = (self._document.chinese or "")[slice(*source)]
                    self._chinese[source] = {key for clue in chinese_clues(text, self._names) for key in clue.keys}
                keys |= self._chinese[source]
        return keys


def _share(clues: list[Clue], keys: set[str]) -> float:
    """Return the share of clues of which a key is there; 1.0 for none, of which nothing can be missing."""
    return sum(any(key in keys for key in clue.keys) for clue in clues) / len(clues) if clues else 1.0
