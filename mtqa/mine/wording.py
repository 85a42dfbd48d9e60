"""Brings marked English words into the form that a glossary lists: trimmed, without articles, in lemma form."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from mtqa.document import Span
from mtqa.match.index import ANYONES, POSSESSIVES
from mtqa.match.words import ARTICLES, Words, split_words
from mtqa.morphology import lemmas, readings

_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million"
    " billion trillion half first second third percent yuan".split()
)
_PREPOSITIONS = frozenset("of in on at by for from with into onto over under as than about through out up off".split())
_LINKING = frozenset(
    "and or but if that which who this these those there then so not no is are was were be been being has have had will"
    " would can could may might must shall should do does did it they we he she i you to very also just still all any"
    " such when where while until its his her their our my your one's".split()
)
_EMPTY = ARTICLES | _PREPOSITIONS | _LINKING
_KEPT = frozenset("news series means politics economics athletics always perhaps less across business".split())
_BEFORE_VERB = frozenset("to will would can could may might must shall should they we you i he she who not".split())
_BEFORE_NOUN = ARTICLES | POSSESSIVES | frozenset("this that these those of some many every each no such".split())


class Wording(NamedTuple):
    """Hold marked words as a glossary would list them.

    `span` is where they stand, in code points of their sentence, without function words at either end. `key` is the
    same for all inflections; `text` is the literal in lemma form for the guessed word class, `n`, `v` or `adj`.
    """

    span: Span
    key: tuple[str, ...]
    text: str
    word_class: str


def wording(sentence: str, span: Span, known: Container[str], verb: bool = False) -> Wording | None:
    """Return marked words as a glossary would list them; `known` are lower-case words that occur as such.

    With `verb` they render a Chinese verb; otherwise the word class is guessed by their form.

    None where they are no entry: fewer than two words that say something, nothing but numbers, or words parted by more
    than spaces, hyphens, quotes and commas, which no literal matches.
    """
    words = _trimmed(split_words(sentence, *span))
    said = [word for word in words.lower if not is_empty(word)]
    if len(said) < 2 or not words.joined(0, len(words.spans) - 1, commas=True):
        return None
    place = Span(words.spans[0][0], words.spans[-1][1])
    before = split_words(sentence, 0, place.start).lower[-1:]
    word_class = "v" if verb else _word_class(words.lower, before[0] if before else "")
    return Wording(place, key(words.lower, known), _listed(words, word_class, known), word_class)


def key(words: Sequence[str], known: Container[str]) -> tuple[str, ...]:
    """Return what all inflections of a phrase share, so that they are counted together; articles are left out.

    >>> known = {"hunt", "spear", "turn"}
    >>> key(["wild", "hunting"], known), key(["turned", "their", "spears"], known)
    (('wild', 'hunt'), ('turn', "one's", 'spear'))
    """
    return tuple(_lemma(word, known) for word in words if word not in ARTICLES)


def lemma_form(text: str, word_class: str, known: Container[str]) -> str:
    """Return a phrase as a glossary lists it: a verb's first word and any noun as the dictionary has them.

    >>> lemma_form("fleeced retail investors", "v", {"fleece", "investor"})
    'fleece retail investor'
    """
    return _listed(split_words(text), word_class, known)


def is_empty(word: str) -> bool:
    """Tell whether a lower-case English word says too little to make an entry: a function word or a number."""
    return word in _EMPTY or word in _NUMBERS or not any(char.isalpha() for char in word)


def _trimmed(words: Words) -> Words:
    """Leave out function words at both ends; a verb's particle at the end is part of it."""
    first, last = 0, len(words.lower)
    while first < last and words.lower[first] in _EMPTY:
        first += 1
    while last > first and words.lower[last - 1] in _EMPTY - {"up", "out", "off", "over", "through", "not"}:
        last -= 1
    return Words(words.text, words.lower[first:last], words.spans[first:last])


def _lemma(word: str, known: Container[str]) -> str:
    if word in POSSESSIVES or word.endswith("'s"):
        return ANYONES
    others = [lemma for lemma in lemmas(word)[1:] if lemma in known]
    return word if word in _EMPTY or word in _KEPT or not others else others[0]


def _singular(word: str, known: Container[str]) -> str:
    if word in POSSESSIVES:
        return ANYONES
    others = [lemma for lemma, form in readings(word) if form == "s" and lemma in known]
    return word if word in _EMPTY or word in _KEPT or not others else others[0]


def _listed(words: Words, word_class: str, known: Container[str]) -> str:
    text = ""
    end = 0
    for number, word in enumerate(words.lower):
        if word not in ARTICLES:
            # The comma may stand before an article that is left out.
            gap = words.text[end : words.spans[number][0]] if text else ""
            listed = _lemma(word, known) if not text and word_class == "v" else _singular(word, known)
            text += (", " if "," in gap else " " if text else "") + listed
            end = words.spans[number][1]
    return text


def _word_class(words: Sequence[str], before: str) -> str:
    """Guess a word class by form alone: what stands before the words, and how the first and the last one end."""
    first = {form for _, form in readings(words[0])}
    if before in _BEFORE_NOUN:
        return "n"
    if before in _BEFORE_VERB or first & {"past", "participle"} or (words[0].endswith("ing") and "ing" in first):
        return "v"
    if len(words) > 2 and any(word in ARTICLES or word in POSSESSIVES for word in words[1:-1]):
        return "v"
    return "adj" if words[-1].endswith(("less", "ful", "ous")) else "n"
