"""Doubled word: the same word twice, side by side or joined by "and".

Chinese pairs near synonyms (老实本分, 公平公正) and machine translation finds one English word for both: "honest and
honest", "fair and fair". Side by side ("the the") a word is doubled by an editing slip.

Right after all: English doubles words for effect ("more and more", "years and years", "talked and talked", "that
that", "had had"); comparatives, plurals and -ed and -ing forms joined by "and" are left alone for that reason, and so
are names (Johnson and Johnson).

Source: raters' Fluency/Grammar marks in WMT's MQM data; the list of good doubles is our own.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.finding import Finding, Suggestion
from mtqa.match import Reader

SEVERITY = "major"
PASS = (
    "More and more shops say that that rule had had its day.",
    "They talked and talked for years and years, again and again.",
    "Johnson and Johnson sued, again and again, over and over.",
    "It was a very, very long and long-winded, winded reply.",
)
FAIL = (
    "Do not let «honest and honest» traders pay for the others.",
    "Shares in «the the» company fell.",
    "The market must be «fair and fair», the regulator said.",
    "A «high-quality and high-quality» supply is needed.",
)


class Options(NamedTuple):
    """Hold words, in lower case, that may be doubled."""

    allow: tuple[str, ...] = ()


_SIDE_BY_SIDE = frozenset(
    "had that so very no bye ha pom cha dum tut now there wow knock really many yes far long is do hong ping".split()
)
_JOINED = frozenset(
    "more less again over round around through on by up out such time ever thousand million hundred year"
    " try talk wait wave work run walk push think ask look better worse half long on down so many back one two"
    " far neck hand cheek side face bumper end now".split()
)
_DOUBLE = re.compile(
    r"\b([A-Za-z]{1,40}(?:-[A-Za-z]{1,40}){0,3})([ \t]+(?:and[ \t]+)?|[ \t]*\r?\n[ \t]*(?:and[ \t]+)?)\1\b(?![-'’])",
    re.IGNORECASE,
)
_FOR_EFFECT = re.compile(r"(?:er|ed|ing|[^su]s)$")


def check(document: Document, reader: Reader, options: Options) -> Iterator[Finding]:
    """Yield a finding for each doubled word, over both words."""
    for found in _DOUBLE.finditer(document.prose):
        if document.prose[: found.start()][-1:] in ("-", "'", "’"):
            continue
        word = found[1]
        joined = "and" in found[2].split()
        if word.lower() in options.allow or (_good_joined(word) if joined else _good_side_by_side(word, found[0])):
            continue
        yield Finding(
            rule="doubled",
            span=Span(*found.span()),
            message=f'"{word}" stands twice'
            + ("; the Chinese has two words, English needs one or two different ones" if joined else ""),
            category="fluency/duplication",
            severity=SEVERITY,
            suggestions=(Suggestion(word),),
        )


def _good_joined(word: str) -> bool:
    lower = word.lower()
    return len(word) < 4 or lower in _JOINED or word[0].isupper() or bool(_FOR_EFFECT.search(lower))


def _good_side_by_side(word: str, both: str) -> bool:
    # A name (Duran Duran, Walla Walla) or a heading on the line above is no slip.
    return word.lower() in _SIDE_BY_SIDE or "\n" in both or (word[0].isupper() and both.split()[-1][0].isupper())
