"""Finds what a name of the Chinese was rendered as in the English, and whether two renderings are the same."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from mtqa.chinese.dictionary import meanings
from mtqa.chinese.pinyin import distance, plain, spelled_at
from mtqa.document import Document, Span
from mtqa.morphology import lemmas

_CAPITAL = r"[A-Z][\w'’]*(?:-[\w'’]+)*"
_BETWEEN = r"(?:(?:of|for|and|the|on|in|to|&|with|de)\s)"
_RUN = re.compile(rf"{_CAPITAL}(?: {_BETWEEN}{{0,2}}{_CAPITAL})*")
_QUOTED = re.compile(r"[“\"‘*_](?P<words>[\w][^“”\"*_\n]{1,80}?)[,.!?]?[”\"’*_](?!\w)")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+")
_JOINT = re.compile(rf" (?:{_BETWEEN})+|['’]s ")
_AND = re.compile("[和与及暨、]")
_OFFICE = re.compile(
    r"(?:Deputy|Vice|Former|Executive|[\w-]*[Dd]irector|Minister|Secretary|President|Chair\w*|Dean|Head|Chief)\b"
)
_SMALL = frozenset("the a an of for and on in to at by with s from its as is".split())
_STEM = 5
_LONGEST = 4


class Rendering(NamedTuple):
    """Hold the words for a name in the English and where they stand."""

    span: Span
    text: str
    words: frozenset[str]


def renderings(document: Document, stretch: Span, name: str, *, quoted: bool) -> Iterator[Rendering]:
    """Yield what may render a Chinese name in a stretch of the English: words with capitals, or what quotes hold."""
    for found in (_QUOTED if quoted else _RUN).finditer(document.prose, *stretch):
        start, end = found.span("words" if quoted else 0)
        if not quoted:
            if not _AND.search(name):
                start, end = _one_of(document.prose, start, end, name)
            start, end = _trimmed(document.prose, start, end, name)
        text = document.prose[start:end]
        if text.lower().startswith("the "):
            start += 4
            text = text[4:]
        text = re.sub(r"['’]s?$", "", text)
        if words := stems(text):
            yield Rendering(Span(start, start + len(text)), text, words)


def _one_of(prose: str, start: int, end: int, name: str) -> tuple[int, int]:
    """Return that part of a run which fits the name best, of those that "and" joins."""
    cuts = [(0, 0), *(found.span() for found in re.finditer(r" (?:and|&) ", prose[start:end])), (end - start,) * 2]
    parts = [(start + before[1], start + after[0]) for before, after in pairwise(cuts)]
    return max(parts, key=lambda part: coverage(stems(prose[slice(*part)]), name))


def _trimmed(prose: str, start: int, end: int, name: str) -> tuple[int, int]:
    """Return a run of capitalised words without outer parts that the name says nothing of: Dean of, and Daxing."""
    cuts = [(0, 0), *(found.span() for found in _JOINT.finditer(prose[start:end])), (end - start, end - start)]
    parts = [(start + before[1], start + after[0]) for before, after in pairwise(cuts)]
    while len(parts) > 1 and (_OFFICE.match(prose, *parts[0]) or share(stems(prose[slice(*parts[0])]), name) == 0):
        parts.pop(0)
    while len(parts) > 1 and share(stems(prose[slice(*parts[-1])]), name) == 0:
        parts.pop()
    return parts[0][0], parts[-1][1]


def stems(text: str) -> frozenset[str]:
    """Return the words of a name that mean something, each cut to where its forms part.

    >>> sorted(stems("the Administration of Markets' Supervision"))
    ['admin', 'marke', 'super']
    """
    words = (word.lower().replace("’", "'").removesuffix("'s").strip("'") for word in _WORD.findall(text))
    return frozenset(_stem(part) for word in words for part in word.split("-") if part and part not in _SMALL)


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    return lemmas(word)[-1][:_STEM]


def share(words: frozenset[str], name: str) -> float:
    """Return the share of an English name's words that the dictionary, or the pinyin, gives for the Chinese one."""
    if not words:
        return 0.0
    known = _given(name)
    return sum(word in known or _is_spelt(word, name) for word in words) / len(words)


def coverage(words: frozenset[str], name: str) -> float:
    """Return the share of a Chinese name's characters that the words of an English one account for."""
    covered = set()
    for start in range(len(name)):
        for size in range(1, min(_LONGEST, len(name) - start) + 1):
            characters = name[start : start + size]
            given = {stem for meaning in meanings(characters) for stem in stems(meaning)}
            if words & given:
                covered |= set(range(start, start + size))
        for word in words:
            for length in range(len(word), 1, -1):
                if (end := spelled_at(word[:length], name, start)) is not None:
                    covered |= set(range(start, end))
                    break
    return len(covered) / len(name)


@lru_cache(maxsize=1024)
def _given(name: str) -> frozenset[str]:
    return frozenset(
        stem
        for start in range(len(name))
        for size in range(1, _LONGEST + 1)
        if start + size <= len(name)
        for meaning in meanings(name[start : start + size])
        for stem in stems(meaning)
    )


def _is_spelt(stem: str, name: str) -> bool:
    """Tell whether a word's beginning is the beginning of the pinyin of some characters."""
    return any(
        spelled_at(stem[:length], name, start)
        for start in range(len(name))
        for length in (len(stem), len(stem) - 1)
        if length > 1
    )


def same(one: Rendering, other: Rendering) -> bool:
    """Tell whether two renderings may pass for one: a short form, an abbreviation, another spelling or order."""
    if one.words <= other.words or other.words <= one.words:
        return True
    if _initials(one.text) == other.text.replace(".", "") or _initials(other.text) == one.text.replace(".", ""):
        return True
    if any(word.isupper() and len(word) > 1 for text in (one.text, other.text) for word in _WORD.findall(text)):
        return True
    if distance(plain(one.text), plain(other.text)) <= 2:
        return True
    mine, theirs = one.words - other.words, other.words - one.words
    return len(mine) == len(theirs) and all(any(_near(word, their) for their in theirs) for word in mine)


def _near(word: str, other: str) -> bool:
    return distance(word, other) <= 1 or word[:3] == other[:3]


def _initials(text: str) -> str:
    return "".join(word[0] for word in _WORD.findall(text) if word[0].isupper())
