"""Finds where an English sentence says one by one what the characters of a Chinese word mean."""

from collections.abc import Sequence
from typing import NamedTuple

from mtqa.chinese.dictionary import is_word
from mtqa.composition.meaning import of_character, of_word


class Window(NamedTuple):
    """Hold a run of English words, `first` to `last`, and which characters of the Chinese word each of them says.

    `said` maps the number of a word to the numbers of the characters that it renders.
    """

    first: int
    last: int
    said: dict[int, frozenset[int]]

    @property
    def covered(self) -> frozenset[int]:
        """Return the numbers of the characters that are rendered."""
        return frozenset().union(*self.said.values())


def best_window(word: str, sentence: Sequence[frozenset[str]], breaks: frozenset[int]) -> Window | None:
    """Return the shortest run of words that renders most characters of a Chinese word, or None.

    `sentence` holds the forms of each English word; `breaks` numbers the words behind which a clause ends, and a run
    over one is only looked at for long words. Two characters and two words are the least.
    """
    said = said_by(word, sentence)
    best: tuple[tuple[int, int], Window] | None = None
    for first in said:
        covered: frozenset[int] = frozenset()
        words: dict[int, frozenset[int]] = {}
        for last in range(first, min(len(sentence), first + 2 * len(word))):
            if last > first and last - 1 in breaks:
                break
            if last in said and said[last] - covered:
                covered |= said[last]
                words[last] = said[last]
                value = (len(covered), first - last)
                if len(words) > 1 and len(covered) > 1 and (best is None or value > best[0]):
                    best = value, Window(first, last, dict(words))
    return best[1] if best else None


def said_by(word: str, sentence: Sequence[frozenset[str]]) -> dict[int, frozenset[int]]:
    """Map the numbers of English words to the characters of a Chinese word that each renders.

    `sentence` holds the forms of each English word.
    """
    parts = [(of_character(char), frozenset({place})) for place, char in enumerate(word)]
    for start in range(len(word)):
        for end in range(start + 2, len(word) + (start > 0)):
            if is_word(word[start:end]):
                meaning = of_word(word[start:end])
                parts.append((meaning.sense | meaning.literal, frozenset(range(start, end))))
    found = {}
    for number, forms in enumerate(sentence):
        places = [places for meanings, places in parts if not forms.isdisjoint(meanings)]
        if places:
            found[number] = frozenset().union(*places)
    return found
