"""Contradicting ordinals: the headline announces a "third" of something, the text says a "second" has begun.

Systems translate sentence by sentence, and writers of the Chinese slip too; the headline, the headings and the
sentences that say what is happening now should count alike.

Right after all: an article may well tell of the first and the second before it comes to the third. So only sentences
that say what has just begun or is here now are held against the headline, and headings that count themselves (first,
second, third) are no evidence.

Source: the machine-translated article that this project began with.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.finding import Finding
from mtqa.match import Reader
from mtqa.morphology import lemmas

SEVERITY = "minor"
PASS = (
    "The Third Wave of Retail\n\nThe first wave came in 2003. The second started later.\n\nThe third wave has begun.",
    "The second quarter has begun.\n\nThe third quarter has begun.",
)
FAIL = (
    "The Third Wave of Retail\n\nThe «second» wave has officially begun, he said.\n\nThis third wave has just begun.",
    "A Fourth Growth Engine\n\nThe «third» growth engine is now here.\n\nThe fourth growth engine is here at last.",
)


class Options(NamedTuple):
    """Hold further things, in lower case and singular, that are counted anew all the time."""

    ignore: tuple[str, ...] = ()


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})[ \t-]+([A-Za-z]+)", re.IGNORECASE)
_NOW = re.compile(
    r"\b(?:ha(?:s|ve)\s+(?:(?:now|just|officially|finally|already)\s+)*(?:begun|started|arrived|come|opened|dawned)"
    r"|is\s+(?:(?:now|already|finally)\s+)*(?:here|under\s?way|upon us|beginning|starting|unfolding|arriving))\b",
    re.IGNORECASE,
)
_COUNTED_ANEW = frozenset(
    "quarter half year month week day time place place-finisher round phase step stage season day party person world"
    " most largest biggest highest lowest best tier line hand floor generation half-year edition session batch class"
    " grade point century decade anniversary trimester of in to and is was has on".split()
)


class _Claim(NamedTuple):
    ordinal: str
    span: Span
    heading: bool


def check(document: Document, reader: Reader, options: Options) -> Iterator[Finding]:
    """Yield a finding for each ordinal that contradicts most of the claims about the same thing."""
    claims: dict[str, list[_Claim]] = {}
    for segment in document.segments:
        text = document.prose[segment.span.start : segment.span.end]
        if not segment.heading and not _NOW.search(text):
            continue
        for found in _ORDINAL.finditer(text):
            thing = lemmas(found[2].lower())[-1]
            if thing in _COUNTED_ANEW or found[2].lower() in _COUNTED_ANEW or thing in options.ignore:
                continue
            start = segment.span.start + found.start(1)
            claim = _Claim(found[1].lower(), Span(start, start + len(found[1])), segment.heading)
            claims.setdefault(thing, []).append(claim)
    for made in claims.values():
        yield from _contradictions(made)


def _contradictions(claims: list[_Claim]) -> Iterator[Finding]:
    headed = {claim.ordinal for claim in claims if claim.heading}
    counts = Counter(claim.ordinal for claim in claims)
    if len(headed) != 1 or len(counts) < 2 or counts[right := headed.pop()] < 2:
        return
    for claim in claims:
        if claim.ordinal != right:
            yield Finding(
                rule="ordinals",
                span=claim.span,
                message=f'"{claim.ordinal}" here, "{right}" in the headline or headings; one of them is wrong',
                category="fluency/inconsistency",
                severity=SEVERITY,
            )
