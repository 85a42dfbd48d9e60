"""Reads which grammatical frame marked words fill in a sentence, where that is certain, and fills it with others."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtqa.document import Span
from mtqa.match.index import ANYONES, POSSESSIVES
from mtqa.match.words import ARTICLES, lower_words
from mtqa.morphology import Form, article
from mtqa.train.phrases import PARTICLES, Words, ending, inflected

_ONE = frozenset("a an each every another".split())
_THE = frozenset("the this that its their his her our your my whose".split())
_JOINS = frozenset("and or but".split())
_MODALS = frozenset("to can could will would shall should may might must cannot not".split())
_ENDS = frozenset(
    "and or but in on at with during after before when while because since until if though although".split()
)
"""Words before which a verb phrase has all the objects it wants."""
_BE = frozenset("is are was were be been being am get gets got getting".split())
_ADVERBS = frozenset("up out off down away back around along apart over".split())
_NO_FIRST = frozenset(
    "not never help let become wild back mutual deep full fully over be have do no the a an one's many few these those"
    " several all some this that".split()
)
"""First words that are no verb to inflect, or determine a noun by themselves."""
_WORD_BEFORE = re.compile(r"([\w’'.%$-]+)[ \"“]*$")
_WORD_AFTER = re.compile(r"[\"”]*[ -]([\w’'%$-]+)|[\"”]*([’']s?)\b")


class Frame(NamedTuple):
    """Say what a slot takes: words of a class that end in the same preposition, or none, in a place of one kind.

    `place` is for a verb `object` or `done`, by whether an object follows; for a noun `one` behind a or each, `many`
    for a plural, `the`, `bare`; for an adjective `before` or `behind` its noun.
    """

    word_class: str
    ending: str
    place: str


class Slot(NamedTuple):
    """Hold a frame as it stands in a sentence: the forms that its head may have there, and whose, where it says.

    Words fit only if they look the same in all the `forms`: "cut" may be any of three. `owner` is the possessive that
    stands for the words' own "one's".
    """

    text: str
    span: Span
    frame: Frame
    forms: tuple[Form, ...]
    owner: str


def frames_for(words: Words) -> Iterator[Frame]:
    """Yield the frames that words may fill.

    >>> [frame.place for frame in frames_for(Words("wool party", "n"))]
    ['one', 'many', 'the']
    """
    text, kind = words
    first, _, rest = text.lower().partition(" ")
    # "roll up" may want an object or none, and who knows.
    if text.rpartition(" ")[2] in _ADVERBS:
        return
    last = ending(text)
    if first in _NO_FIRST:
        return
    if kind == "v" and "-" not in first and not first.endswith("ly"):
        yield Frame("v", last, "done" if rest and not last else "object")
    elif kind == "adj":
        yield from (Frame("adj", last, place) for place in (("behind",) if rest else ("before", "behind")))
    elif kind == "name" and text[0].isupper():
        yield Frame("name", last, "bare")
    elif kind in _PLACES:
        yield from (Frame("n", last, place) for place in _PLACES[kind])


_PLACES = {
    "n": ("one", "many", "the"),
    "mass": ("the", "bare"),
    "pl": ("many",),
    "name": ("the",),
    "definite": ("the",),
    "group": ("many",),
}
"""The places of nouns by class.

`definite` are names with an article, and nouns that may be counted or not; `group` is a singular that its writers may
take for a plural ("the wool party are").
"""


def slot_of(text: str, span: Span, words: Words) -> Slot | None:
    """Return the slot that a span, some inflection of the words, fills in a text; None where any of it is unsure."""
    found = _forms(text[slice(*span)], text[: span.start], words)
    if found is None:
        return None
    forms, owner = found
    before, after = _neighbours(text, span)
    place = _place(words, forms, before, after)
    if not place:
        return None
    noun = "n" if words.word_class in _PLACES and words.word_class != "name" else words.word_class
    if place == "many":
        forms = ("s",)
    return Slot(text, span, Frame(noun, ending(words.text), place), forms, owner)


def put(slot: Slot, words: Words) -> tuple[str, Span] | None:
    """Return the slot's text with other words in it and where they stand; None where they are not sure to fit."""
    if " and " in words.text and slot.forms != ("base",):
        return None
    shapes = {inflected(words, form) for form in slot.forms}
    new = shapes.pop()
    if shapes or (ANYONES in new and not slot.owner):
        return None
    new = new.replace(ANYONES, slot.owner)
    before, after = slot.text[: slot.span.start], slot.text[slot.span.end :]
    if new.endswith("s") and after.startswith(("'s", "’s")):
        return None
    if slot.text[slot.span.start].isupper() and _opens(before):
        new = new[0].upper() + new[1:]
    lead = re.search(r"\b([Aa])n? ([\"“]?)$", before)
    if lead:
        before = f"{before[: lead.start()]}{lead[1]}{article(new)[1:]} {lead[2]}"
    return before + new + after, Span(len(before), len(before) + len(new))


_VERB_FORMS: tuple[Form, ...] = ("base", "s", "past", "participle", "ing")


def _forms(marked: str, before: str, words: Words) -> tuple[tuple[Form, ...], str] | None:
    """Return the forms that marked words may be in, and the possessive that stands for "one's" in them."""
    if marked[:1].isupper() and not words.text[:1].isupper():
        if not _opens(before):
            return None
        marked = marked[0].lower() + marked[1:]
    if any(char.isupper() for char in marked) and not any(char.isupper() for char in words.text):
        return None
    found = [word for word in lower_words(marked) if word not in ARTICLES]
    owners = [word for word in found if word in POSSESSIVES] if ANYONES in words.text else []
    stands = [ANYONES if word in owners else word for word in found]
    choice: tuple[Form, ...] = _VERB_FORMS if words.word_class == "v" else ("base",)
    if words.word_class in ("n", "group"):
        choice = ("base", "s")
    forms = [form for form in choice if _bare(inflected(words, form)) == stands]
    if not forms or len(owners) > 1:
        return None
    return tuple(forms), owners[0] if owners else ""


def _bare(text: str) -> list[str]:
    return [word for word in lower_words(text) if word not in ARTICLES]


def _opens(before: str) -> bool:
    """Tell whether what follows begins a sentence or a quotation."""
    lead = before.rstrip("\"“‘'( ")
    return not lead or lead[-1] in ".!?" or (lead[-1] in ",:" and before.endswith(('"', "“")))


def _neighbours(text: str, span: Span) -> tuple[list[str], str]:
    """Return up to two words before a span, nearest first, and the word behind; a punctuation mark ends either."""
    lead = text[: span.start]
    before: list[str] = []
    while len(before) < 2 and (found := _WORD_BEFORE.search(lead)):
        if before and lead[found.end(1) :].strip():
            break
        before.append(found[1].lower().replace("’", "'"))
        lead = lead[: found.start()]
        if before[-1].endswith("."):
            before.pop()
            break
    after = _WORD_AFTER.match(text, span.end)
    return before, (after[1] or after[2]).lower().replace("’", "'") if after else ""


def _place(words: Words, forms: tuple[Form, ...], before: list[str], after: str) -> str:
    """Return the place of a frame, or "" where it is not certain."""
    previous = before[0] if before else ""
    determined = previous in _ONE | _THE - {"that"} or previous.endswith("'s")
    if words.word_class == "v":
        return "" if determined else _verb_place(words, forms, previous, after)
    if words.word_class == "adj":
        attributive = after.isalpha() and after not in _ENDS | PARTICLES | _JOINS
        return "before" if attributive and previous not in _BE else "" if attributive else "behind"
    if words.word_class not in _PLACES or after in ("who", "whose", "whom") or previous in _MODALS - {"to"}:
        return ""
    if words.word_class == "name":
        return "bare" if words.text[0].isupper() and (not before or previous in PARTICLES | _JOINS) else ""
    if forms == ("s",) or words.word_class == "pl":
        return "" if previous in _ONE else "many"
    return _noun_place(before) if words.word_class != "group" else ""


def _verb_place(words: Words, forms: tuple[Form, ...], previous: str, after: str) -> str:
    if words.text.rpartition(" ")[2] in _ADVERBS or (not previous and forms not in (("base",), ("ing",))):
        return ""
    if ending(words.text) or " " not in words.text:
        return "object" if after and after not in _ENDS | PARTICLES | {"that"} else ""
    # A passive has given its object away, and "is" before an -ed or -ing may as well be a passive or a noun's.
    if (previous in _BE and forms != ("ing",)) or (after and after not in _ENDS):
        return ""
    return "done"


def _noun_place(before: list[str]) -> str:
    """Return the place of a singular noun: what determines it may stand before an adjective or two."""
    for distance, word in enumerate(before):
        if word in _ONE:
            return "one"
        if word.endswith("'s") or (word in _THE and not (distance and word == "that")):
            return "the"
        if word in PARTICLES or word in _JOINS:
            break
    return "bare" if not before or before[0] in PARTICLES | _JOINS else ""
