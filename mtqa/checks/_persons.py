"""Finds persons' names in the English that are not the pinyin of the person in the Chinese."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product
from typing import NamedTuple

from mtqa.chinese.names import Person, is_overseas, persons
from mtqa.chinese.pinyin import is_pinyin, nearest, plain, readings, spelled_at, spellings, wade_giles
from mtqa.document import Document, Link, Span

_TOKEN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ɏ]*(?:[-'’][A-Za-zÀ-ɏ]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_LAST_NAME = 3
"""Tokens that a name may have: Zhang Xiao Ming."""

_LONGEST_SYLLABLE = 6
_OTHER = 9
"""Cost of a name with another given name altogether, or another surname."""
_VOWELS = re.compile(r"[aeiou]+")


class Token(NamedTuple):
    """Hold one capitalised word of the English: where it stands, without 's, as written and in plain letters."""

    span: Span
    text: str
    letters: str


class Slip(NamedTuple):
    """Hold a name in the English and the person in the Chinese whose pinyin it is not.

    `swapped` says that the surname stands last, `near` that but a letter or two are wrong.
    """

    span: Span
    person: Person
    swapped: bool
    near: bool


class Names:
    """Hold what both sides of an article name; spans count code points of its text or its source."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.chinese = document.chinese or ""
        self._spelt: dict[str, bool] = {}

    def is_spelt(self, letters: str) -> bool:
        """Tell whether plain letters are the reading of some stretch of the Chinese."""
        if letters not in self._spelt:
            self._spelt[letters] = any(
                spelled_at(letters[length:], self.chinese, start + 1) is not None
                for length in range(1, _LONGEST_SYLLABLE + 1)
                for start in self._starts.get(letters[:length], ())
            )
        return self._spelt[letters]

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """Return the places of the characters by their readings."""
        starts: dict[str, list[int]] = {}
        for start, char in enumerate(self.chinese):
            for reading in readings(char):
                starts.setdefault(reading, []).append(start)
        return starts

    @cached_property
    def lower(self) -> frozenset[str]:
        """Return the words that the English also writes without a capital."""
        return frozenset(re.findall(r"\b[a-z]{2,}\b", self.document.prose))

    @cached_property
    def english(self) -> str:
        """Return the letters of the English alone, lower-case."""
        return plain(self.document.prose)


def tokens(document: Document, span: Span) -> list[Token]:
    """Return the capitalised words in a stretch of the English."""
    found = []
    for match in _TOKEN.finditer(document.prose, *span):
        text = _POSSESSIVE.sub("", match[0])
        found.append(Token(Span(match.start(), match.start() + len(text)), text, plain(text)))
    return found


def slips(names: Names, link: Link) -> Iterator[Slip]:
    """Yield the misspelt names of persons in sentences that belong together."""
    if link.target is None or link.source is None:
        return
    chinese = names.chinese[slice(*link.source)]
    known: list[Person] | None = None
    for run in _runs(names, tokens(names.document, link.target)):
        if known is None:
            known = list(persons(chinese))
        best = _best(run, known)
        if best:
            offset = link.source.start
            person, swapped, near = best
            place = Span(person.span.start + offset, person.span.end + offset)
            yield Slip(Span(run[0].span.start, run[-1].span.end), person._replace(span=place), swapped, near)


def _runs(names: Names, found: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """Yield neighbouring words that read like a Chinese name, and that nothing in the Chinese reads like."""
    number = 0
    while number + 1 < len(found):
        run = list(found[number : number + 1])
        while len(run) < _LAST_NAME and number + len(run) < len(found):
            after = found[number + len(run)]
            if names.document.prose[run[-1].span.end : after.span.start] != " ":
                break
            run.append(after)
        taken = next((size for size in range(len(run), 1, -1) if _is_spelt(names, run[:size])), 0)
        if taken:
            number += taken
            continue
        if len(run) == _LAST_NAME and not (len(run[1].text) <= 6 and is_pinyin(run[2].letters)):
            run.pop()
        following = found[number + 1 : number + 3]
        overlaps = len(run) == len(following) == 2 and _is_spelt(names, following)
        if len(run) > 1 and _is_like_name(names, run) and not overlaps:
            yield tuple(run)
            number += 1
        number += 1


def _is_spelt(names: Names, run: Sequence[Token]) -> bool:
    """Tell whether the Chinese reads like a name, in either order."""
    letters = [token.letters for token in run]
    orders = ([*letters], [letters[-1], *letters[:-1]], [*letters[1:], letters[0]])
    return any(names.is_spelt("".join(order)) for order in orders)


def _is_like_name(names: Names, run: Sequence[Token]) -> bool:
    if all(token.letters in names.lower or token.text.isupper() for token in run[1:]):
        return False
    return any(is_pinyin(token.letters) for token in run) and all(len(token.letters) > 1 for token in run)


def _best(run: Sequence[Token], known: Sequence[Person]) -> tuple[Person, bool, bool] | None:
    """Return the person whom a name that nothing spells must mean, if the surname stands last, if it is near."""
    ranked = []
    first, last = run[0].letters, run[-1].letters
    for person in known:
        for surname, given, swapped in (
            (first, "".join(token.letters for token in run[1:]), False),
            (last, "".join(token.letters for token in run[:-1]), True),
        ):
            if swapped and not is_pinyin(given):
                continue
            cost = _cost(person, run, surname, given)
            if cost is not None and not (swapped and cost == _OTHER):
                ranked.append((cost + swapped / 2, -len(person.given), swapped, person))
    if not ranked:
        return None
    far, _, swapped, person = min(ranked, key=lambda entry: entry[:3])
    return person, swapped, far < _OTHER


def _cost(person: Person, run: Sequence[Token], surname: str, given: str) -> int | None:
    """Return how far a name is from a person's pinyin, or None if it is too far or no pinyin at all."""
    if _is_abroad(person, run, surname, given):
        return None
    family = nearest(surname, spellings(person.surname))
    rest = nearest(given, spellings(person.given))
    if family == 0:
        return rest if rest <= _limit(person, given) else _OTHER if _is_other(person, given) else None
    if rest == 0 and is_pinyin(surname) and not is_overseas(surname):
        near = family == 1 and len(given) > 2
        return family if near or (person.sure and family <= 2) else _OTHER if person.sure and len(given) > 5 else None
    return None


def _limit(person: Person, given: str) -> int:
    """Return how many letters of a given name may be wrong for it still to mean this person."""
    if len(given) >= 6 and is_pinyin(given):
        return 2
    return 1 if person.sure or len(person.given) == 2 else 0 if len(given) < 3 else 1


def _is_other(person: Person, given: str) -> bool:
    """Tell whether a given name is surely a person's, in place of another name of two characters."""
    return (
        person.sure
        and len(person.given) == 2
        and len(given) > 5
        and is_pinyin(given)
        and len(_VOWELS.findall(given)) == 2
    )


def _is_abroad(person: Person, run: Sequence[Token], surname: str, given: str) -> bool:
    """Tell whether a name is written as in Taiwan, Hong Kong or abroad: Ma Ying-jeou, Li Ka-shing, Chen-Ning Yang."""
    hyphened = any(re.search(r"-[a-z]", token.text) or "-" in token.text for token in run)
    if hyphened and not is_pinyin(given):
        return True
    surnames = ("".join(map(wade_giles, parts)) for parts in product(*map(readings, person.surname)))
    givens = ["".join(map(wade_giles, parts)) for parts in product(*map(readings, person.given))]
    if surname not in surnames or nearest(given, givens) > 1 or given in spellings(person.given):
        return False
    return not is_pinyin(given) or given in givens
