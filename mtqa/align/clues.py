"""Finds what a sentence's translation may be known by: numbers, Latin words, names in pinyin, dictionary words."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from mtqa.align.numbers import chinese_numbers, english_numbers
from mtqa.chinese.dictionary import is_word, meanings, syllables
from mtqa.document import Span
from mtqa.morphology import lemmas

_STOP = frozenset(
    "a an the of to in on at by for from with as and or but not no is are was were be been being it its he him his she"
    " her they them their we our you your i me my this that these those there here one ones one's oneself sb sth etc"
    " have has had having do does did done will would can could may might must shall should who whom which what when"
    " where how why than then so if also into onto out up down over off about after before very more most some any all"
    " each s t".split()
)
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_ENGLISH = re.compile(r"[A-Za-z]+(?:['’.&][A-Za-z]+)*[0-9]*")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.&+-]*[A-Za-z0-9]|[A-Za-z]")
_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_STEM = 6
"""Letters by which two English words are one: `competition` is found where the dictionary says `competitive`."""
_LONGEST = 7
"""Characters of the longest word looked for."""


class Clue(NamedTuple):
    """Hold what words of one side let one expect on the other: any one of `keys`, with probability `rate`."""

    keys: tuple[str, ...]
    rate: float


_SPLIT = 3
"""Characters from which on a word's pieces are looked for as well."""
RATES = {
    "number": 0.8,
    "latin": 0.9,
    "name": 0.81,
    "word": 0.5,
    "character": 0.25,
    "piece": 0.33,
    "stroke": 0.17,
    "figure": 0.82,
    "capital": 0.55,
    "content": 0.62,
}
"""How often a clue of each kind is taken to be kept by the other side.

Between a close translation and a free one, `tools/measure_alignment.py --rates`. `piece` and `stroke` are words and
characters within a longer word; `figure`, `capital` and `content` are numbers and words of the English.
"""


def english_clues(sentence: str) -> Iterator[Clue]:
    """Yield the clues of an English sentence: each number and content word, with what it is looked for by in Chinese.

    >>> [clue.keys for clue in english_clues("Li sold 1.2 million.")]
    [('#1200000',), ('=li', '~li'), ('=sold', '~sell', '~sold'), ('=million', '~millio')]
    """
    for keys in english_numbers(sentence):
        yield Clue(keys, RATES["figure"])
    for word in _ENGLISH.findall(sentence):
        lower = word.lower().replace("’", "'").removesuffix("'s")
        if lower not in _STOP:
            kind = "capital" if word[0].isupper() else "content"
            yield Clue(("=" + lower, *sorted(_stems(lower))), RATES[kind])


def capitalised(text: str) -> set[str]:
    """Return in lower case the words of an English text that stand in it with a capital only."""
    words = set(_WORD.findall(text.replace("’s", "").replace("'s", "")))
    return {word.lower() for word in words if word[0].isupper() and word.lower() not in words} - _STOP


def chinese_clues(sentence: str, names: set[str]) -> Iterator[Clue]:
    """Yield the clues of a Chinese sentence in simplified characters; `names` are `capitalised` English words."""
    taken: list[Span] = []
    for span, keys in chinese_numbers(sentence):
        taken.append(span)
        yield Clue(keys, RATES["number"])
    for found in _LATIN.finditer(sentence):
        yield Clue(("=" + found[0].lower(),), RATES["latin"])
    for run in _HAN_RUN.finditer(sentence):
        yield from _names(run[0], names)
        for word, start in _words(run[0]):
            span = Span(run.start() + start, run.start() + start + len(word))
            if any(span.overlaps(other) for other in taken):
                continue
            yield from _word_clues(word)


def _word_clues(word: str) -> Iterator[Clue]:
    """Yield the clue of a word and, since a machine may render an idiom piece by piece, those of its pieces."""
    if keys := gloss_keys(word):
        yield Clue(keys, RATES["word" if len(word) > 1 else "character"])
    if len(word) >= _SPLIT:
        for piece, _ in _words(word, len(word) - 1):
            if keys := gloss_keys(piece):
                yield Clue(keys, RATES["piece"] if len(piece) > 1 else RATES["stroke"])


@lru_cache(maxsize=65536)
def gloss_keys(word: str) -> tuple[str, ...]:
    """Return the keys of the content words that the dictionary renders a word by."""
    found: set[str] = set()
    for meaning in meanings(word):
        for token in _WORD.findall(meaning):
            if token.lower() not in _STOP:
                found |= _stems(token.lower())
    return tuple(sorted(found))


@lru_cache(maxsize=65536)
def _stems(word: str) -> frozenset[str]:
    return frozenset("~" + lemma[:_STEM] for lemma in lemmas(word))


def _words(run: str, longest: int = _LONGEST) -> Iterator[tuple[str, int]]:
    """Cut a run of characters, always taking the longest word that the dictionary has."""
    here = 0
    while here < len(run):
        length = next((n for n in range(min(longest, len(run) - here), 1, -1) if is_word(run[here : here + n])), 1)
        yield run[here : here + length], here
        here += length


def _names(run: str, names: set[str]) -> Iterator[Clue]:
    """Yield a clue where one to three characters are, in pinyin, a capitalised word of the English."""
    for start in range(len(run)):
        for length in range(1, min(3, len(run) - start) + 1):
            for name in _spellings(run[start : start + length]):
                if name in names:
                    yield Clue(("=" + name,), RATES["name"])


@lru_cache(maxsize=65536)
def _spellings(characters: str) -> tuple[str, ...]:
    readings: Iterable[tuple[str, ...]] = (syllables(character)[:3] for character in characters)
    return tuple(dict.fromkeys("".join(parts) for parts in product(*readings)))
