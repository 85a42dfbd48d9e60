"""Indexes the literals of a glossary so that the cost of a lint hardly depends on how many there are.

Each literal is filed under its first word and then its second; a text looks up only the pairs that it holds, and a
literal is read in full when a text first holds its pair. So the work grows with the text, not with the glossary.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from mtqa.glossary import Glossary
from mtqa.match.words import ARTICLES, WORD, Words
from mtqa.morphology import lemmas, readings
from mtqa.term import LiteralForm

ANYONES = "one's"
POSSESSIVES = frozenset(("my", "your", "his", "her", "its", "our", "their", "one's", "whose"))
_TWO_WORDS = re.compile(
    rf"(?:^|\|) *(?:[a-z]+: *)?(?:(?:the|an?) +)*({WORD.pattern})(?:(?:[ -]+(?:the|an?)(?= ))*[ -]+({WORD.pattern}))?"
)


class Pattern(NamedTuple):
    """Hold one literal of the term with the id `term`, made ready for the search: its words without articles.

    `capital` numbers the words that count only when the text has them capitalised.
    """

    term: str
    literal: LiteralForm
    words: tuple[str, ...]
    capital: tuple[int, ...]


@lru_cache(maxsize=65536)
def forms(word: str) -> frozenset[str]:
    """Return what a word of the text can stand for: itself, its lemmas, and `one's` for any possessive."""
    found = lemmas(word)
    if word in POSSESSIVES or word[-2:] == "'s":
        return frozenset((*found, ANYONES))
    return frozenset(found)


@lru_cache(maxsize=65536)
def noun_forms(word: str) -> frozenset[str]:
    """Return what a word can stand for in a phrase that is no verb: as `forms`, but without verbs' -ed and -ing."""
    bare = word[:-2] if word[-2:] == "'s" else word
    nouns = [lemma for lemma, form in readings(bare) if form in ("base", "s")]
    return frozenset((word, *nouns, *(forms(word) & {ANYONES})))


_SIMPLE = re.compile(r"[a-z0-9 ]+")


def phrase(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the words of a phrase without its articles, and the numbers of those that are capitalised.

    >>> phrase("jump off the Car")
    (('jump', 'off', 'car'), (2,))
    """
    simple = _SIMPLE.fullmatch(text) is not None
    every = text.split() if simple else WORD.findall(text)
    words = every if ARTICLES.isdisjoint(every) else [word for word in every if word not in ARTICLES] or every
    if simple:
        return tuple(words), ()
    capital = tuple([i for i, word in enumerate(words) if word[0].isupper()])
    return tuple([word.lower().replace("’", "'") for word in words]), capital


class Index:
    """File the literals of a glossary under their first two words, and read each when a text first holds those."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._read: dict[tuple[str, int], Pattern] = {}
        self.filed: dict[str, dict[str, list[tuple[str, int]]]] = {}
        filed = self.filed
        for entry in glossary.entries():
            for number, (first, second) in enumerate(_TWO_WORDS.findall(entry.literal.lower().replace("’", "'"))):
                filed.setdefault(first, {}).setdefault(second, []).append((entry.id, number))

    def pattern(self, term: str, number: int) -> Pattern:
        """Return one literal of a term, counted from 0, made ready for the search."""
        if (term, number) not in self._read:
            literal = self._glossary.entry(term).literal_at(number)
            self._read[term, number] = Pattern(term, literal, *phrase(literal.text))
        return self._read[term, number]


def search(index: Index, words: Words) -> Iterator[tuple[Pattern, int, int]]:
    """Yield every pattern that stands in the words, with the numbers of its first and last word there."""
    lower = words.lower
    kept = [i for i, word in enumerate(lower) if word not in ARTICLES]
    heads = {word: found for word in set(lower) if (found := [index.filed[f] for f in forms(word) if f in index.filed])}
    last = len(kept) - 1
    for place, number in enumerate(kept):
        for seconds in heads.get(lower[number], ()):
            hits = seconds.get("", ())
            if place < last and not (following := forms(lower[kept[place + 1]])).isdisjoint(seconds):
                hits = [*hits, *(hit for form in following for hit in seconds.get(form, ()))]
            for hit in hits:
                pattern = index.pattern(*hit)
                if span := _stands(pattern, words, kept, place):
                    yield pattern, *span


def _stands(pattern: Pattern, words: Words, kept: list[int], place: int) -> tuple[int, int] | None:
    numbers = kept[place : place + len(pattern.words)]
    if len(numbers) < len(pattern.words):
        return None
    allowed = forms if pattern.literal.word_class == "v" else noun_forms
    for number, word in zip(numbers, pattern.words, strict=True):
        if word not in allowed(words.lower[number]):
            return None
    for i in pattern.capital:
        if not words.text[words.starts[numbers[i]]].isupper():
            return None
    return (numbers[0], numbers[-1]) if words.joined(numbers[0], numbers[-1]) else None
