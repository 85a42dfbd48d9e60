"""Says what a Chinese word means as a whole, and what its characters mean one by one, as sets of English lemmas."""

import re
from functools import lru_cache
from typing import NamedTuple

from mtqa.chinese.dictionary import glosses, is_word
from mtqa.morphology import lemmas

NUMBERS = frozenset("one two three four five six seven eight nine ten hundred thousand".split())
_EMPTY = (
    frozenset(
        "to a an the of in on at by for from with and or be is are was were as it its one's sb sth etc do make"
        " have that this which not no so up out into over used esp also e.g i.e very per all any some than other"
        " kind more most who what oneself someone something become get person people thing way go come give take"
        " place put set state time old new first fig lit idiom can could may might must shall should will would"
        " there here always until too only now few enough before after when while then again still already even"
        " just many much such about between against through under upon both each every near toward towards within"
        " without".split()
    )
    | NUMBERS
)
_NO_MEANING = re.compile(
    r"surname|(?:old |erhua |Japanese )?variant of|CL:|abbr\. for|used in|see |also written|\(bound form\) *$"
    r"|Kangxi radical|classifier"
)
_ASIDE = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|[\u3400-\u9fff|]+")
_LITERAL = re.compile(r"lit\.(.*?)(?:;|$|fig\.)")
_MARK = re.compile(r"fig\.|idiom|lit\.|slang|proverb|saying|neologism|coll\.")
_WORD = re.compile(r"[a-z][a-z']+")
_LONGEST_SENSE = 4


class Meaning(NamedTuple):
    """Hold what a dictionary says of a whole word: the lemmas of what it means and of what it literally says.

    `marked` is true where the dictionary calls the word figurative, an idiom or slang; `listed` where it has it at all.
    """

    sense: frozenset[str]
    literal: frozenset[str]
    marked: bool
    listed: bool


@lru_cache(maxsize=65536)
def forms(word: str) -> frozenset[str]:
    """Return an English word with its lemmas."""
    return frozenset((word, *lemmas(word)))


def is_empty(word: str) -> bool:
    """Tell whether an English word is a function word, or says too little to be evidence."""
    return word in _EMPTY


@lru_cache(maxsize=8192)
def of_character(character: str) -> frozenset[str]:
    """Return the lemmas of what one character can mean by itself; long explanations are left out.

    >>> sorted(of_character("割"))
    ['apart', 'cut']
    """
    found: set[str] = set()
    for gloss in glosses(character):
        if not _NO_MEANING.match(gloss):
            for sense in re.split("[;,]", _ASIDE.sub("", gloss)):
                if len(sense.split()) <= _LONGEST_SENSE:
                    found |= _content(sense)
    return frozenset(found - (_EMPTY - NUMBERS))


@lru_cache(maxsize=8192)
def of_word(word: str) -> Meaning:
    """Return what a whole word means and what the dictionary says that it literally says.

    >>> "opportunity" in of_word("雁过拔毛").sense, "goose" in of_word("雁过拔毛").literal, of_word("雁过拔毛").marked
    (True, True, True)
    """
    sense: set[str] = set()
    literal: set[str] = set()
    found = glosses(word)
    for gloss in found:
        if not _NO_MEANING.match(gloss):
            literal.update(*(_content(part) for part in _LITERAL.findall(gloss)))
            sense |= _content(_LITERAL.sub("", gloss))
    marked = any(_MARK.search(gloss) for gloss in found)
    kept = _EMPTY - NUMBERS
    return Meaning(frozenset(sense - kept), frozenset(literal - kept), marked, bool(found))


@lru_cache(maxsize=8192)
def parts_of(word: str) -> tuple[tuple[int, int], ...]:
    """Return the shorter words of two characters or more that a word is put together from, longest first.

    They are numbered places in it, half-open; none where it is no compound.

    >>> parts_of("国际社会"), parts_of("一筹莫展")
    (((0, 2), (2, 4)), ())
    """
    found = []
    start = 0
    while start < len(word) - 1:
        ends = range(min(len(word), start + len(word) - 1), start + 1, -1)
        end = next((end for end in ends if is_word(word[start:end])), 0)
        if end:
            found.append((start, end))
        start = end or start + 1
    return tuple(found)


def _content(text: str) -> set[str]:
    words = _WORD.findall(_ASIDE.sub("", text).lower().replace("-", " "))
    return {form for word in words for form in forms(word)}
