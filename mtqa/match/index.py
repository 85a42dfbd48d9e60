"""Indexes the literals of a glossary so that the cost of a lint hardly depends on how many there are.

Each literal is filed under its first word and then its second; a text looks up only the pairs that it holds, and a
literal is read in full when a text first holds its pair. So the work grows with the text, not with the glossary.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from mtqa.glossary import Glossary
from mtqa.match.words import ARTICLES, WORD, Words, lower_words, split_words
from mtqa.morphology import lemmas, readings
from mtqa.term import LiteralForm

ANYONES = "one's"
_REMEMBERED = 1 << 18
POSSESSIVES = frozenset(("my", "your", "his", "her", "its", "our", "their", "one's", "whose"))
_TWO_WORDS = re.compile(
    rf"(?:^|\|) *(?:[a-z]+: *)?(?:(?:the|an?) +)*({WORD.pattern})(?:(?:[ ,-]+(?:the|an?)(?= ))*[ ,-]+({WORD.pattern}))?"
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


_Place = tuple[str, str, int]
"""Second word of a literal, its term, and its number among the term's literals."""


class _Filed(dict[str, dict[str, list[tuple[str, int]]]]):
    """Map the first word of literals to their second words and to them; sorted out when a text holds that word."""

    def __init__(self, places: Mapping[str, list[_Place]]) -> None:
        super().__init__()
        self._places = places

    def __missing__(self, first: str) -> dict[str, list[tuple[str, int]]]:
        found: dict[str, list[tuple[str, int]]] = {}
        for second, term, number in self._places.get(first, ()):
            found.setdefault(second, []).append((term, number))
        if found:
            self[first] = found
        return found


class _Seconds(dict[str, frozenset[str]]):
    """Map a word of the text to the second words of the literals that begin with one of its forms, often none."""

    def __init__(self, filed: _Filed) -> None:
        super().__init__()
        self._filed = filed

    def __missing__(self, word: str) -> frozenset[str]:
        return _remember(self, word, frozenset(second for form in forms(word) for second in self._filed[form]))


class _Following(dict[str, frozenset[str]]):
    """Map a word of the text to the second words that it answers to: its forms, and "" for a literal of one word."""

    def __missing__(self, word: str) -> frozenset[str]:
        return _remember(self, word, forms(word) | {""})


def _remember(words: dict[str, frozenset[str]], word: str, found: frozenset[str]) -> frozenset[str]:
    if len(words) < _REMEMBERED:
        words[word] = found
    return found


class Index:
    """File the literals of a glossary under their first two words, and read each when a text first holds those."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._read: dict[tuple[str, int], Pattern] = {}
        filed: defaultdict[str, list[_Place]] = defaultdict(list)
        for entry in glossary.entries():
            for number, (first, second) in enumerate(_first_words(entry.literal.lower())):
                filed[first].append((second, entry.id, number))
        self._filed = _Filed(filed)
        self._seconds = _Seconds(self._filed)
        self._following = _Following()

    def places(self, words: list[str]) -> list[int]:
        """Return the numbers of the words, given without articles, at which a pair stands that begins a literal."""
        following = [*words[1:], ""]
        pairs = zip(map(self._seconds.__getitem__, words), map(self._following.__getitem__, following), strict=False)
        return [place for place, (seconds, forms_) in enumerate(pairs) if not seconds.isdisjoint(forms_)]

    def patterns(self, first: str, second: str) -> Iterator[Pattern]:
        """Yield the literals that begin with two words of the text, or with the first and have no other."""
        for form in forms(first):
            seconds = self._filed[form]
            for following in self._following[second] if seconds else ():
                for hit in seconds.get(following, ()):
                    yield self._pattern(*hit)

    def _pattern(self, term: str, number: int) -> Pattern:
        if (term, number) not in self._read:
            literal = self._glossary.entry(term).literal_at(number)
            self._read[term, number] = Pattern(term, literal, *phrase(literal.text))
        return self._read[term, number]


def _first_words(cell: str) -> Iterator[tuple[str, str]]:
    """Yield the first two words of each literal of a cell, "" for a second one that is not there.

    Most begin with two plain words; splitting those takes half the time of the pattern, which knows all the rest.
    """
    for value in cell.split("|"):
        words = value.split(None, 3)
        if not words:
            continue
        first = words[0]
        second = words[1] if len(words) > 1 else ""
        if first[-1] == ":":
            first, second = second, words[2] if len(words) > 2 else ""
        if second[:1] == "?":
            second = ""
        if first.isalnum() and (second.isalnum() or not second) and first not in ARTICLES and second not in ARTICLES:
            yield first, second
        else:
            yield _TWO_WORDS.findall(value.replace("’", "'"))[0]


class Hit(NamedTuple):
    """Hold a pattern that stands in a text, and the numbers of its first and last word there."""

    pattern: Pattern
    first: int
    last: int


def search(index: Index, text: str, start: int, end: int) -> tuple[Words, list[Hit]]:
    """Return what stands between two code points of a text, with its words; the words are empty where nothing does."""
    lower = [word for word in lower_words(text[start:end]) if word not in ARTICLES]
    agreeing = [
        (pattern, place)
        for place in index.places(lower)
        for pattern in index.patterns(lower[place], lower[place + 1] if place + 1 < len(lower) else "")
        if _agrees(pattern, lower, place)
    ]
    if not agreeing:
        return Words(text, [], []), []
    # Where the words stand is worked out only now: most of a text never needs it.
    words = split_words(text, start, end)
    numbers = [number for number, word in enumerate(words.lower) if word not in ARTICLES]
    hits = [Hit(p, numbers[place], numbers[place + len(p.words) - 1]) for p, place in agreeing]
    return words, [hit for hit in hits if _stands(hit, words)]


def _agrees(pattern: Pattern, lower: list[str], place: int) -> bool:
    """Tell whether the words from `place` on are those of the pattern, in an inflection that its word class has."""
    if place + len(pattern.words) > len(lower):
        return False
    allowed = forms if pattern.literal.word_class == "v" else noun_forms
    return all(word in allowed(lower[place + i]) for i, word in enumerate(pattern.words))


def _stands(hit: Hit, words: Words) -> bool:
    """Tell whether nothing but spaces, quotes and hyphens parts the words, and capitals stand where they must."""
    if hit.pattern.capital:
        kept = [n for n in range(hit.first, hit.last + 1) if words.lower[n] not in ARTICLES]
        if not all(words.text[words.spans[kept[i]][0]].isupper() for i in hit.pattern.capital):
            return False
    return words.joined(hit.first, hit.last, commas="," in hit.pattern.literal.text)
