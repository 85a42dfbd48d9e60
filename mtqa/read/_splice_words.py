"""Replaces the text of single `w:t` elements in the bytes of a part of a Word document; expat says where they stand."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.parsers import expat

from mtqa.document import Edit, edited
from mtqa.errors import MtqaError
from mtqa.read._splice import patched
from mtqa.read._writing import XML, written

_T = "http://schemas.openxmlformats.org/wordprocessingml/2006/main t"
_PRESERVE = "http://www.w3.org/XML/1998/namespace space"
_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")


class _Words(NamedTuple):
    """Hold the text of an element, the bytes of its start tag and those up to its end tag."""

    text: str
    tag: int
    start: int
    end: int
    preserved: bool


def spliced_words(data: bytes, name: str, words: Mapping[int, Sequence[Edit]]) -> bytes:
    """Return a part with edits in its `w:t` elements, which are counted from 0.

    Raises MtqaError for a character that XML cannot hold and for a part that is not in UTF-8.
    """
    found = _found(data, name, frozenset(words))
    return patched(data, [_patch(data, name, found[number], edits) for number, edits in sorted(words.items())])


def _patch(data: bytes, name: str, words: _Words, edits: Sequence[Edit]) -> tuple[int, int, bytes]:
    new = edited(words.text, edits)
    opening = data[words.tag : words.start]
    if new != new.strip() and not words.preserved:
        opening = opening[:-1] + b' xml:space="preserve">'
    return words.tag, words.end, opening + written(new, XML, name).encode()


def _found(data: bytes, name: str, wanted: frozenset[int]) -> dict[int, _Words]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        _check_encoding("UTF-16", name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    found: dict[int, _Words] = {}
    texts: list[str] = []
    opened: list[tuple[int, bool]] = []
    number = -1

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal number
        if tag == _T:
            number += 1
            opened.append((parser.CurrentByteIndex, attributes.get(_PRESERVE) == "preserve"))
            texts.clear()

    def end(tag: str) -> None:
        if tag == _T:
            at, preserved = opened.pop()
            opening = _TAG.match(data, at)
            if number in wanted and opening:
                found[number] = _Words("".join(texts), at, opening.end(), parser.CurrentByteIndex, preserved)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append
    parser.XmlDeclHandler = lambda _, encoding, __: _check_encoding(encoding, name)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise MtqaError(name, f"is not well-formed XML ({error}); save the file again in Word") from None
    return found


def _check_encoding(encoding: str | None, name: str) -> None:
    if encoding and encoding.lower() != "utf-8":
        raise MtqaError(name, f"is written in {encoding}; save the file again in Word, which writes UTF-8")
