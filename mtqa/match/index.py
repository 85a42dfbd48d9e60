"""Indexes the literals of a glossary so that the cost of a lint hardly depends on how many there are.

Each literal is filed under one pair of neighbouring words, the one that begins with its rarest word; a text
looks up only the pairs it holds. So the work grows with the text and the finds, not with the glossary.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from mtqa.match.words import ARTICLES, WORD, Words
from mtqa.morphology import lemmas
from mtqa.term import LiteralForm, Term

ANYONES = "one's"
POSSESSIVES = frozenset(("my", "your", "his", "her", "its", "our", "their", "one's", "whose"))
_COMMON = frozenset(
    "about after all and are as at be been before but by can do for from get go has have he her his if in into is it"
    " its make may more most new no not of off on one one's only or other our out over own people put some take than"
    " that their them then there these they this time to up very was were what when which who will with would year you".split()
)


class Entry(NamedTuple):
    """Hold one literal made ready for the search: its words without articles.

    `capital` numbers the words that count only when the text has them capitalised; `key` is the position in
    `words` of the pair that the entry is filed under.
    """

    term: Term
    literal: LiteralForm
    words: tuple[str, ...]
    capital: tuple[int, ...]
    key: int


@lru_cache(maxsize=65536)
def forms(word: str) -> frozenset[str]:
    """Return what a word of the text can stand for: itself, its lemmas, and `one's` for any possessive."""
    found = lemmas(word)
    if word in POSSESSIVES or word.endswith("'s"):
        return frozenset((*found, ANYONES))
    return frozenset(found)


Index = dict[str, dict[str, list[Entry]]]
"""First word of the key pair -> second word, or "" for a literal of one word -> entries."""


def phrase(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the words of a phrase without its articles, and the numbers of those that are capitalised.

    >>> phrase("jump off the Car")
    (('jump', 'off', 'car'), (2,))
    """
    raw = [word for word in WORD.findall(text) if word.lower() not in ARTICLES] or WORD.findall(text)
    capital = tuple(i for i, word in enumerate(raw) if word[0].isupper())
    return tuple(word.lower().replace("’", "'") for word in raw), capital


def build_index(terms: Iterable[Term]) -> Index:
    """File every literal of the terms."""
    phrases = [(term, literal, *phrase(literal.text)) for term in terms for literal in term.literal]
    counts = Counter(word for _, _, words, _ in phrases for word in words)
    index: Index = {}
    for term, literal, words, capital in phrases:
        if not words:
            continue
        pairs = range(max(1, len(words) - 1))
        key = min(pairs, key=lambda i: (words[i] in _COMMON, counts[words[i]], i))
        if words[key] == ANYONES and len(words) > 2:
            key = 1
        second = words[key + 1] if len(words) > 1 else ""
        entry = Entry(term, literal, words, capital, key)
        index.setdefault(words[key], {}).setdefault(second, []).append(entry)
    return index


def search(index: Index, words: Words) -> Iterable[tuple[Entry, int, int]]:
    """Yield every entry that stands in the words, with the numbers of its first and last word there."""
    lower = words.lower
    kept = [i for i, word in enumerate(lower) if word not in ARTICLES]
    heads: dict[str, list[dict[str, list[Entry]]]] = {}
    for word in set(lower):
        if found := [index[form] for form in forms(word) if form in index]:
            heads[word] = found
    last = len(kept) - 1
    for place, number in enumerate(kept):
        if lower[number] not in heads:
            continue
        for seconds in heads[lower[number]]:
            entries = list(seconds.get("", ()))
            if place < last:
                for form in forms(lower[kept[place + 1]]):
                    entries += seconds.get(form, ())
            for entry in entries:
                if span := _stands(entry, words, kept, place - entry.key):
                    yield entry, *span


def _stands(entry: Entry, words: Words, kept: list[int], place: int) -> tuple[int, int] | None:
    if place < 0 or place + len(entry.words) > len(kept):
        return None
    numbers = kept[place : place + len(entry.words)]
    for number, word in zip(numbers, entry.words, strict=True):
        if word not in forms(words.lower[number]):
            return None
    for i in entry.capital:
        if not words.text[words.starts[numbers[i]]].isupper():
            return None
    return (numbers[0], numbers[-1]) if words.joined(numbers[0], numbers[-1]) else None
