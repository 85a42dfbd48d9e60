"""Puts changes into a file's bytes and leaves every other byte alone, whatever the encoding."""

import codecs
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mtqa.read._decode import Decoded
from mtqa.read._writing import CDATA, HTML, XML

# "]]>" may not stand in XML text and ends a CDATA section (XML 1.0, sections 2.4 and 2.7).
_CLOSING = {XML: "&gt;", CDATA: "]]><![CDATA[>"}
_REFERRING = (XML, HTML)


class Change(NamedTuple):
    """Replace code points `start` to `end` of the decoded file by `text`, already escaped for `writing`."""

    start: int
    end: int
    text: str
    writing: str


def spliced(decoded: Decoded, data: bytes, changes: Sequence[Change]) -> bytes:
    """Return a file's bytes with changes, given in order and apart, written in its encoding.

    A character the encoding lacks becomes a character reference in markup. Raises UnicodeEncodeError elsewhere.
    """
    guarded = list(_guarded(decoded.text, changes))
    cuts = _bytes_of(decoded, data, [place for change in guarded for place in (change.start, change.end)])
    return patched(data, zip(cuts[0::2], cuts[1::2], _encoded(guarded, decoded.encoding), strict=True))


def patched(data: bytes, patches: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Return bytes with stretches of them, given in order and apart, replaced.

    >>> patched(b"a b c", [(0, 1, b"d"), (4, 4, b"e")])
    b'd b ec'
    """
    parts = []
    here = 0
    for start, end, new in patches:
        parts += [data[here:start], new]
        here = end
    return b"".join([*parts, data[here:]])


def _encoded(changes: Iterable[Change], encoding: str) -> Iterator[bytes]:
    for change in changes:
        yield change.text.encode(encoding, "xmlcharrefreplace" if change.writing in _REFERRING else "strict")


def _guarded(text: str, changes: Sequence[Change]) -> list[Change]:
    """Return the changes with every "]]>" they make taken apart."""
    guarded: list[Change] = []
    before = ""
    here = 0
    for index, (start, end, new, writing) in enumerate(changes):
        if writing not in _CLOSING:
            guarded.append(Change(start, end, new, writing))
            continue
        before = (before + text[max(here, start - 2) : start])[-2:]
        joined = before + new
        following = changes[index + 1].start if index + 1 < len(changes) else len(text)
        if joined.endswith("]]") and following > end and text[end : end + 1] == ">":
            joined, end = joined + ">", end + 1
        joined = joined.replace("]]>", "]]" + _CLOSING[writing])
        guarded.append(Change(start, end, joined[len(before) :], writing))
        before, here = joined[-2:], end
    return guarded


def _bytes_of(decoded: Decoded, data: bytes, places: Sequence[int]) -> list[int]:
    """Return the byte at which each code point, given in order, begins."""
    text, encoding, mark = decoded
    if mark + text.encode(encoding) != data:
        return _bytes_counted(decoded, data, places)
    found = []
    here, place = len(mark), 0
    for next_place in places:
        here += len(text[place:next_place].encode(encoding))
        place = next_place
        found.append(here)
    return found


def _bytes_counted(decoded: Decoded, data: bytes, places: Sequence[int]) -> list[int]:
    """Do the same by decoding byte by byte: Big5 and GBK have characters of two codes, which do not come back."""
    decoder = codecs.getincrementaldecoder(decoded.encoding)()
    found: list[int] = []
    count = 0
    for index in range(len(decoded.mark), len(data) + 1):
        while len(found) < len(places) and places[len(found)] <= count:
            found.append(index)
        if len(found) == len(places):
            break
        count += len(decoder.decode(data[index : index + 1]))
    return found
