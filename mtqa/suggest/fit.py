"""Inflects a rendering so that it fits a slot."""

import re

from mtqa import morphology
from mtqa.suggest.slot import DETERMINERS, PREPOSITIONS, Case, Slot, head_of
from mtqa.term import Rendering

NOUNS = ("n", "mass", "pl", "name")
_SMALL = frozenset("a an the and but or nor for of to in on at by from with as vs via per than into over".split())
_FUNCTION = (
    DETERMINERS | PREPOSITIONS | frozenset("and or but which who that is are was were will can has have".split())
)
_PLURAL_DETERMINER = {"this": "these", "that": "those"}
_ONE = frozenset(("each", "every", "another", "one"))


def fits(rendering: Rendering, slot: Slot) -> bool:
    """Tell whether a rendering is of a word class that the slot takes."""
    if slot.use in NOUNS:
        return rendering.word_class in NOUNS and not (slot.determiner in _ONE and rendering.word_class != "n")
    return rendering.word_class == slot.use


def inflect(rendering: Rendering, slot: Slot) -> str:
    """Return the rendering inflected and capitalised for the slot, without article."""
    words = rendering.text.split(" ")
    if rendering.word_class == "v":
        words[0] = _verb(words[0], slot)
    elif rendering.word_class == "n" and _is_plural(slot):
        head = head_of([word.strip(",") for word in words], "n")
        words[head] = _pluralise(words[head])
    return capitalise(" ".join(words), slot.case)


def _is_plural(slot: Slot) -> bool:
    if slot.form == "s":
        return True
    # Machine translation leaves out the article of a count noun; the plural needs none.
    return slot.bare and slot.case == "lower" and not slot.singular_verb and (not slot.after or slot.after in _FUNCTION)


def _pluralise(word: str) -> str:
    before, hyphen, last = word.rpartition("-")
    return before + hyphen + (last if last.isupper() and len(last) == 1 else morphology.plural(last))


def _verb(verb: str, slot: Slot) -> str:
    form = slot.form
    if verb == "be" and slot.first in ("am", "are", "is", "was", "were"):
        return slot.first
    if verb == "be" and form == "past":
        return "were" if slot.before in ("they", "we", "you") or re.search(r"[^s]s$", slot.before) else "was"
    inflections = {
        "s": morphology.third_person,
        "past": morphology.past,
        "participle": morphology.participle,
        "ing": morphology.gerund,
    }
    return inflections[form](verb) if form in inflections else verb


def capitalise(text: str, case: Case) -> str:
    """Give a text the capitals of the words it replaces.

    >>> capitalise("cut-throat competition", "title"), capitalise("e-commerce", "sentence")
    ('Cut-Throat Competition', 'E-commerce')
    """
    if case == "upper":
        return text.upper()
    if case == "sentence":
        return text[:1].upper() + text[1:]
    if case == "title":
        words = text.split(" ")
        return " ".join(
            word if number and word in _SMALL else re.sub(r"(?:^|(?<=-))[^\W\d_]", lambda m: m[0].upper(), word)
            for number, word in enumerate(words)
        )
    return text


def determiner_for(rendering: Rendering, slot: Slot, text: str) -> str | None:
    """Return the determiner that the fitted rendering takes in place of the slot's, or None to leave it.

    A count noun wants `a` or `an` by its sound, a mass or plural noun drops them; `this` becomes `these`; a company
    of one name drops `the`.
    """
    if slot.determiner in ("a", "an"):
        if rendering.word_class in ("mass", "pl", "name"):
            return ""
        wanted = morphology.article(text)
        return wanted if wanted != slot.determiner else None
    if slot.determiner == "the" and rendering.word_class == "name" and _is_bare_name(text, slot):
        return ""
    if rendering.word_class == "pl" and slot.form == "base":
        return _PLURAL_DETERMINER.get(slot.determiner)
    return None


def _is_bare_name(text: str, slot: Slot) -> bool:
    """Tell whether a name stands alone: one word, no initials (the CSRC), no noun behind it (the Meituan app)."""
    return " " not in text and not text.isupper() and (not slot.after or slot.after in _FUNCTION)
