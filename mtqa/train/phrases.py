"""Inflects the words of a term, and puts the articles into them that a glossary leaves out."""

from collections.abc import Iterable
from itertools import groupby, pairwise
from typing import NamedTuple

from mtqa.morphology import Form, gerund, participle, past, plural, readings, third_person
from mtqa.term import Term


class Words(NamedTuple):
    """Hold words in lemma form and their class."""

    text: str
    word_class: str


PARTICLES = frozenset(
    "of for to in on with from at by against into through about as over under up off out down away back around along"
    " apart behind upon toward towards between among after without within across onto like than".split()
)


def ending(text: str) -> str:
    """Return the preposition or particle at the end of words, or "": "layout of" stands where "gateway of" does."""
    last = text.rpartition(" ")[2]
    return last if last in PARTICLES and " " in text else ""


def head(words: list[str], word_class: str) -> int:
    """Return the number of the word that is inflected: a verb's first, a noun's last before a preposition."""
    if word_class == "v":
        return 0
    return next((number - 1 for number, word in enumerate(words) if number and word in PARTICLES), len(words) - 1)


def inflected(words: Words, form: Form) -> str:
    """Return words with their head in a form; those that have but one stay as they are."""
    if form == "base" or words.word_class in ("pl", "mass", "name", "definite", "adj"):
        return words.text
    parts = words.text.split(" ")
    number = head(parts, words.word_class)
    verb = words.word_class == "v"
    inflect = {"s": third_person if verb else plural, "past": past, "participle": participle, "ing": gerund}[form]
    parts[number] = inflect(parts[number])
    return " ".join(parts)


_PLURALS = frozenset(("people", "police", "cattle", "folk"))
_SINGULARS = frozenset(("series", "species", "news", "means", "headquarters", "gas", "bus"))


def is_plural(text: str) -> bool:
    """Tell whether a noun phrase in lemma form is a plural all the same, as "three red lines"."""
    parts = text.lower().split(" ")
    noun = parts[head(parts, "n")]
    return noun in _PLURALS or (noun not in _SINGULARS and any(form == "s" for _, form in readings(noun)))


class Lexicon(NamedTuple):
    """Hold the nouns that head the words of terms, by whether they are counted, and the verbs that renderings have."""

    counted: dict[str, bool]
    verbs: frozenset[str] = frozenset()


_CLOSED = frozenset(
    "the a an this that these those one's own no any all every each some many more most two three".split()
)
_COUNTS = frozenset(("hundred", "thousand", "million", "billion"))
_CLAUSAL = frozenset("be when while if then not who which that because how what where".split())
_PRONOUNS = frozenset("it them him her us me you one oneself others everyone everything nothing something".split())


def lexicon_of(terms: Iterable[Term]) -> Lexicon:
    """Return the nouns and verbs of terms; what is a mass noun in any rendering is not counted."""
    counted: dict[str, bool] = {}
    verbs = set()
    literals = []
    for term in {term.id: term for term in terms}.values():
        if all(rendering.word_class != "name" for rendering in term.idiomatic):
            literals += [form.text for form in term.literal if form.word_class == "n"]
        for text, kind in term.idiomatic:
            if kind in ("n", "mass"):
                noun = _noun_of(text)
                counted[noun] = counted.get(noun, True) and kind == "n"
            elif kind == "v":
                verbs.add(text.partition(" ")[0])
    for text in literals:
        noun = _noun_of(text)
        if not noun.endswith(("ed", "ing")):
            counted.setdefault(noun, True)
    return Lexicon(counted, frozenset(verbs))


def articled(words: Words, lexicon: Lexicon) -> str | None:
    """Return words with `the` before each counted noun that stands bare within them; None where one is not known.

    >>> articled(Words("drive duck onto shelf", "v"), Lexicon({"duck": True, "shelf": True}))
    'drive the duck onto the shelf'
    >>> articled(Words("lie flat", "v"), Lexicon({}))
    """
    parts = words.text.split(" ")
    twice = len(set(parts)) < len(parts)  # "mountain by mountain"
    purpose = any(one == "to" and two in lexicon.verbs for one, two in pairwise(parts))  # "to look fat"
    if twice or purpose or not _CLAUSAL.isdisjoint(parts):
        return None
    if words.word_class == "v":
        sound = "and" not in parts and "," not in words.text and _is_lemma(parts[0], lexicon)
        return _phrases(parts, 1, lexicon.counted) if sound else None
    if words.word_class in ("n", "mass", "pl", "group"):
        last = head(parts, "n")
        verbal = parts[0].endswith("ing") and is_plural(words.text)  # "raising tigers for trouble"
        if verbal or (parts[last].endswith("ed") and parts[last] not in lexicon.counted):
            return None
        return _phrases(parts, last + 1, lexicon.counted)
    return words.text


def _is_lemma(verb: str, lexicon: Lexicon) -> bool:
    """Tell whether a verb can be inflected: "swollen" cannot."""
    return verb in lexicon.verbs or all(form in ("base", "s") for _, form in readings(verb))


def settled(words: Words, lexicon: Lexicon) -> Words:
    """Return words with the class `definite` where only `the` is sure to fit.

    That is so with names made of common nouns, as the Ministry of Housing, and with nouns that are counted elsewhere
    but, says their rendering, not here.
    """
    text, kind = words
    counted = lexicon.counted.get(_noun_of(text))
    if (kind == "name" and " " in text and (" of " in text or counted)) or (kind == "mass" and counted):
        return Words(text, "definite")
    return words


def _phrases(parts: list[str], first: int, counted: dict[str, bool]) -> str | None:
    """Give the noun phrases from the word `first` on their articles."""
    made = parts[:first]
    for particle, group in groupby(parts[first:], key=PARTICLES.__contains__):
        phrase = list(group)
        if not particle and not _complete(phrase):
            noun = phrase[-1].lower().rpartition("-")[2]
            if noun not in counted or phrase[0] in _COUNTS or phrase[0].endswith("ing"):
                return None
            if counted[noun]:
                made.append("the")
        made += phrase
    return " ".join(made)


def _complete(phrase: list[str]) -> bool:
    """Tell whether a phrase wants no article: it has a determiner, or is a plural, name, pronoun or adverb."""
    first, last = phrase[0], phrase[-1]
    return (
        first in _CLOSED
        or first.endswith(("'s", "ly"))
        or last[0].isupper()
        or last in _PRONOUNS
        or last.endswith("ly")
        or (is_plural(last) and first not in _COUNTS)
    )


def _noun_of(text: str) -> str:
    parts = text.lower().split(" ")
    return parts[head(parts, "n")].rpartition("-")[2]
