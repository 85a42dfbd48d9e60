"""Finds names that one Chinese name became in two spellings, chiefly foreign ones: Slipniov and Slepniov."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from mtqa.checks._persons import Names, Token, tokens
from mtqa.chinese.dictionary import meanings, syllables
from mtqa.chinese.pinyin import distance, plain, spelled_at
from mtqa.document import Link, Span

_SHORTEST, _LONGEST = 2, 8
"""Characters of a Chinese name written by its sound."""
_ENDING = re.compile(r"(?:s|es|n|an|ian|i|ic|ish|ese|er|ers|ist|ists|ism|a|o|ia|ns|ans|ians)?")
# sounds that transliteration into Chinese, or out of it, does not keep apart
_SOUNDS = str.maketrans({"p": "b", "t": "d", "g": "k", "q": "k", "z": "s", "x": "s", "j": "s", "c": "s", "r": "l",
                         "v": "f", "w": "f"})  # fmt: skip
_VOWELS = re.compile(r"[aeiouyh]+")


class Variant(NamedTuple):
    """Hold a name, how it is spelt elsewhere and where, and the Chinese behind both.

    `given` says that the Chinese has the other spelling in Latin letters, so that it is the right one.
    """

    span: Span
    other: str
    other_at: Span
    source: Span
    given: bool


def variants(names: Names) -> Iterator[Variant]:
    """Yield the rarer, or else the later, of two spellings of one Chinese name; each spelling once."""
    groups: dict[str, list[tuple[Token, Link]]] = {}
    for link in names.document.links:
        if link.target and link.source:
            for token in _joined(names, link):
                groups.setdefault(token.text, []).append((token, link))
    latin = set(re.findall(r"[A-Za-z]+", names.chinese))
    done: set[str] = set()
    for one, other in combinations(groups, 2):
        if one in done or other in done or not _alike(one, other):
            continue
        rare, common = sorted((other, one), key=lambda word: (word in latin, len(groups[word])))
        found = _shared(names, groups[rare], groups[common])
        if found:
            done.add(rare)
            yield Variant(groups[rare][0][0].span, common, groups[common][0][0].span, found, common in latin)


def _joined(names: Names, link: Link) -> Iterator[Token]:
    """Yield the capitalised words of a group that are names: written so throughout."""
    for token in tokens(names.document, link.target or Span(0, 0)):
        if len(token.letters) > 3 and token.letters not in names.lower and not token.text.isupper():
            yield token


def _alike(one: str, other: str) -> bool:
    """Tell whether two words may be one name in two spellings, and not one word in two forms."""
    first, second = plain(one), plain(other)
    if "-" in one and "-" in other:
        return False
    short, long = sorted((first, second), key=len)
    if first == second or len(long) - len(short) > 3:
        return False
    stem = _common_prefix(short, long)
    if stem > 3 and _ENDING.fullmatch(short[stem:]) and _ENDING.fullmatch(long[stem:]):
        return False
    gap = distance(first, second)
    return gap <= len(short) // 3 or (skeleton(first) == skeleton(second) and len(skeleton(first)) > 1 and gap <= 3)


def _common_prefix(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=8192)
def skeleton(word: str) -> str:
    """Return the consonants of a word in classes of like sound, none twice in a row.

    >>> skeleton("sofian"), skeleton("suofeian"), skeleton("sessi"), skeleton("cessi")
    ('sfn', 'sfn', 's', 's')
    """
    word = re.sub(r"ph", "f", re.sub(r"ck|c(?=[aoulrkt]|$)|ch(?=[rl])", "k", word))
    return re.sub(r"(.)\1+", r"\1", _VOWELS.sub("", re.sub(r"ng", "n", word).translate(_SOUNDS)))


def _shared(names: Names, rare: Sequence[tuple[Token, Link]], common: Sequence[tuple[Token, Link]]) -> Span | None:
    """Return the Chinese that both spellings stand for, where it first stands beside the rarer one."""
    sources = {link.source for _, link in common}
    if any(link.source in sources for _, link in rare):
        return None
    for token, link in rare:
        for theirs, there in common:
            if _is_glossed(names, token, link) or _is_glossed(names, theirs, there):
                continue
            if found := _sounds(names, link, there, (token.letters, theirs.letters)):
                return found
    return None


def _sounds(names: Names, here: Link, there: Link, spelt: tuple[str, str]) -> Span | None:
    """Return the longest Chinese in both groups that sounds most like both spellings."""
    start, end = here.source or Span(0, 0)
    elsewhere = names.chinese[slice(*(there.source or Span(0, 0)))]
    best: tuple[int, int, Span] | None = None
    for size in range(_LONGEST, _SHORTEST - 1, -1):
        for place in range(start, end - size + 1):
            words = names.chinese[place : place + size]
            # nor may a word of meaning end or begin within it: 总 of 总台 is no sound
            edges = (names.chinese[place - 1 : place + 1], names.chinese[place + size - 1 : place + size + 1])
            if words not in elsewhere or any(map(_has_word, (words, *edges))):
                continue
            gap = _gap(names, words, spelt)
            if gap is not None and (best is None or (gap, -size) < best[:2]):
                best = gap, -size, Span(place, place + size)
    return best[2] if best else None


def _is_glossed(names: Names, token: Token, link: Link) -> bool:
    """Tell whether a word is what the dictionary gives for a word in the Chinese beside it, as Saudi is for 沙特."""
    start, end = link.source or Span(0, 0)
    return any(
        re.search(rf"\b{re.escape(token.text)}\b", meaning, re.IGNORECASE)
        for at in range(start, end - 1)
        for size in (2, 3, 4)
        for meaning in meanings(names.chinese[at : at + size])
    )


@lru_cache(maxsize=8192)
def _has_word(characters: str) -> bool:
    """Tell whether two neighbours among the characters are a word with a meaning, so no mere sounds."""
    return any(
        not any(meaning[0].isupper() for meaning in meanings(characters[at : at + 2]) if meaning)
        for at in range(len(characters) - 1)
        if meanings(characters[at : at + 2])
    )


def _gap(names: Names, characters: str, spelt: tuple[str, str]) -> int | None:
    """Return how far the sound of Chinese characters is from two spellings, None if too far."""
    if not all(map(syllables, characters)):
        return None
    sound = skeleton("".join(syllables(char)[0] for char in characters))
    shapes = [skeleton(word) for word in spelt]
    if len(sound) < 2 or min(map(len, shapes)) < 2:
        return None
    # a word that is the pinyin of some Chinese stands for that Chinese and no other
    if any(names.is_spelt(word) and spelled_at(word, characters, 0) != len(characters) for word in spelt):
        return None
    gaps = [distance(sound, shape) for shape in shapes]
    allowed = 0 if len(characters) == _SHORTEST else max(1, len(sound) // 3)
    return sum(gaps) if max(gaps) <= allowed and (min(gaps) == 0 or len(sound) > 3) else None
