"""Inflects English nouns and verbs, and undoes it.

Regular spelling is a handful of rules; everything they get wrong stands in `data/irregular.tsv`, which
`tools/make_irregular.py` writes from the lexicon of lemminflect (in turn the NIH SPECIALIST lexicon). The libraries
themselves are too slow to import in a lint: inflect 7.6 took 1.6 s here, lemminflect wants numpy.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

Form = Literal["base", "s", "past", "participle", "ing"]
"""An inflected form: `s` is a noun's plural and a verb's third person alike."""

_TABLE = Path(__file__).parent / "data" / "irregular.tsv"
_TAGS: dict[str, Form] = {"VBP": "base", "NNS": "s", "VBZ": "s", "VBD": "past", "VBN": "participle", "VBG": "ing"}
_DOUBLES = re.compile(r"^(?:[^aeiou]*|[^aeiou]*qu)[aeiou][bcdfgklmnprtvz]$")
_VOWEL = re.compile(r"[aeiouy]")
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[tuple[str, str], str], dict[str, tuple[tuple[str, Form], ...]]]:
    """Read the irregular forms: (lemma, tag) -> best form, and form -> its (lemma, form) readings."""
    best: dict[tuple[str, str], str] = {}
    readings: dict[str, tuple[tuple[str, Form], ...]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        lemma, tag, forms = line.split("\t")
        for form in forms.split(" "):
            best.setdefault((lemma, tag), form)
            if form != lemma:
                readings[form] = (*readings.get(form, ()), (lemma, _TAGS[tag]))
    return best, readings


def _like(form: str, word: str) -> str:
    """Give a form the capitals of the word it came from."""
    if word.isupper() and len(word) > 1:
        return word + form[len(word) :].lower() if form.startswith(word.lower()) else form.upper()
    return form[:1].upper() + form[1:] if word[:1].isupper() else form


def _inflect(word: str, tag: str, regular: str) -> str:
    return _like(_tables()[0].get((word.lower(), tag), regular), word)


def plural(noun: str) -> str:
    """Return the plural of one noun.

    >>> plural("party"), plural("hero"), plural("child"), plural("bus"), plural("SME")
    ('parties', 'heroes', 'children', 'buses', 'SMEs')
    """
    return _inflect(noun, "NNS", regular_s(noun.lower()))


def third_person(verb: str) -> str:
    """Return the third person singular of one verb.

    >>> third_person("go"), third_person("carry"), third_person("have"), third_person("fleece")
    ('goes', 'carries', 'has', 'fleeces')
    """
    return _inflect(verb, "VBZ", regular_s(verb.lower()))


def past(verb: str) -> str:
    """Return the simple past of one verb.

    >>> past("fleece"), past("cut"), past("admit"), past("offer"), past("bargain")
    ('fleeced', 'cut', 'admitted', 'offered', 'bargained')
    """
    return _inflect(verb, "VBD", regular_ed(verb.lower()))


def participle(verb: str) -> str:
    """Return the past participle of one verb.

    >>> participle("write"), participle("play"), participle("try")
    ('written', 'played', 'tried')
    """
    form = _tables()[0].get((verb.lower(), "VBN"))
    return _like(form, verb) if form else past(verb)


def gerund(verb: str) -> str:
    """Return the -ing form of one verb.

    >>> gerund("hunt"), gerund("run"), gerund("lie"), gerund("make"), gerund("see")
    ('hunting', 'running', 'lying', 'making', 'seeing')
    """
    return _inflect(verb, "VBG", regular_ing(verb.lower()))


def regular_s(word: str) -> str:
    """Add -s by the rules alone."""
    if _CONSONANT_Y.search(word):
        return word[:-1] + "ies"
    return word + ("es" if _SIBILANT.search(word) else "s")


def regular_ed(verb: str) -> str:
    """Add -ed by the rules alone."""
    if verb.endswith("e"):
        return verb + "d"
    if _CONSONANT_Y.search(verb):
        return verb[:-1] + "ied"
    return verb + (verb[-1] if _DOUBLES.match(verb) else "") + "ed"


def regular_ing(verb: str) -> str:
    """Add -ing by the rules alone."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return verb + (verb[-1] if _DOUBLES.match(verb) else "") + "ing"


_UNDO: tuple[tuple[Form, tuple[str, ...]], ...] = (
    ("s", ("s", "es", "ies")),
    ("past", ("d", "ed", "ied")),
    ("ing", ("ing", "ying")),
)


def _stems(word: str, ending: str) -> tuple[str, ...]:
    stem = word[: -len(ending)]
    if len(stem) < 2 and ending != "ying":
        return ()
    if ending == "ies" or ending == "ied":
        return (stem + "y",)
    if ending == "ying":
        return (stem + "ie",)
    if ending == "ing":
        doubled = (stem[:-1],) if stem[-1] == stem[-2] else ()
        return (*doubled, stem, stem + "e")
    if ending == "ed":
        return (stem, stem[:-1]) if stem[-1] == stem[-2] else (stem,)
    return (stem,)


def _makes(lemma: str, form: Form, word: str) -> bool:
    if not _VOWEL.search(lemma):
        return False
    if form == "s":
        return word in (plural(lemma), third_person(lemma))
    if form == "ing":
        return word == gerund(lemma)
    return word in (past(lemma), participle(lemma))


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[tuple[str, Form], ...]:
    """Return every (lemma, form) that one lower-case word can be, itself first; lemmas need not be words.

    >>> readings("hunting")
    (('hunting', 'base'), ('hunt', 'ing'), ('hunte', 'ing'))
    >>> readings("hopping")[1], readings("hoping")[1], readings("went")[1]
    (('hop', 'ing'), ('hope', 'ing'), ('go', 'past'))
    """
    found: list[tuple[str, Form]] = [(word, "base"), *_tables()[1].get(word, ())]
    for form, endings in _UNDO:
        for ending in endings:
            if word.endswith(ending):
                found += [(stem, form) for stem in _stems(word, ending) if _makes(stem, form, word)]
    return tuple(dict.fromkeys(found))


def lemmas(word: str) -> tuple[str, ...]:
    """Return the distinct lemmas of one lower-case word, itself first; an -'s or -' comes off as well.

    >>> lemmas("parties"), lemmas("party's"), lemmas("parties'")
    (('parties', 'partie', 'party'), ("party's", 'party'), ("parties'", 'parties', 'partie', 'party'))
    """
    bare = word[:-2] if word.endswith("'s") else word[:-1] if word.endswith("s'") else word
    found = [lemma for lemma, _ in readings(bare)]
    return tuple(dict.fromkeys([word, *found]))


_AN = re.compile(r"(?:[aeiou8]|11\b|18\b|hour|honest|honou?r|heir)", re.IGNORECASE)
_A = re.compile(r"(?:uni(?![nm])|use|usu|ut[ei]|ure|eu|ewe|one\b|once\b|ubiq|u\b)", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z][A-Z0-9]+\b")


def article(words: str) -> str:
    """Return the indefinite article that the words take, `a` or `an`.

    >>> [article(w) for w in ("outlet", "user", "hour", "SME", "unit", "8 percent", "one-off", "uninformed bet", "NGO")]
    ['an', 'a', 'an', 'an', 'a', 'an', 'a', 'an', 'an']
    """
    if _INITIALS.match(words):
        return "an" if words[0] in "AEFHILMNORSX" else "a"
    if _A.match(words):
        return "a"
    return "an" if _AN.match(words) else "a"
