"""Finds names in Latin letters that stand otherwise in the English than in the Chinese, or not at all."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtqa.chinese.latin import latin_names
from mtqa.chinese.pinyin import distance
from mtqa.document import Document, Link, Span

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-.&'’][A-Za-z0-9]+)*")
_DIGITS = re.compile(r"\d+")


class Change(NamedTuple):
    """Hold a name of the Chinese, where it stands, and the words in the English that it became; None if it is gone."""

    name: str
    source: Span
    target: Span | None


def changes(document: Document) -> Iterator[Change]:
    """Yield the names in Latin letters that the English has not: changed near by, or not there at all.

    Each name is reported where it stands first.
    """
    chinese = document.chinese or ""
    names = list(latin_names(chinese))
    known = {squeezed(name) for _, name in names}
    whole = squeezed(document.prose)
    seen: set[str] = set()
    for span, name in names:
        key = squeezed(name)
        if key in whole or key in seen:
            continue
        link = next((link for link in document.links if link.source and link.source.covers(span)), None)
        if link is None or link.target is None:
            continue
        seen.add(key)
        yield Change(name, span, _changed(document, link, name, known))


def squeezed(text: str) -> str:
    """Return the letters and digits of a text, lower-case.

    >>> squeezed("GPT-4o mini")
    'gpt4omini'
    """
    return "".join(char for char in text.lower() if char.isalnum())


def _changed(document: Document, link: Link, name: str, known: set[str]) -> Span | None:
    """Return the word in the English that the name was changed into."""
    key = squeezed(name)
    for found in _WORD.finditer(document.prose, *(link.target or Span(0, 0))):
        word = squeezed(re.sub(r"['’]s?$", "", found[0]))
        if word in known or not any(char.isupper() or char.isdigit() for char in found[0]):
            continue
        same = _DIGITS.sub("0", word) == _DIGITS.sub("0", key)
        letters = word.isalpha() and key.isalpha()
        if same or (letters and len(key) > 3 and distance(word, key) <= (2 if len(key) > 6 else 1)):
            return Span(found.start(), found.start() + len(re.sub(r"['’]s?$", "", found[0])))
    return None
