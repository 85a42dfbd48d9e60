"""Turns a file's bytes into text in whichever encoding a Chinese desk wrote it."""

import codecs
from typing import NamedTuple

from mtqa.errors import MtqaError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = ("gb18030", "big5", "cp1252")
"""Encodings of Chinese desks before UTF-8, and of English text that went through a Windows program."""
_WINDOWS = frozenset("“”‘’–—…•£€¥°©®™½¼¾×·\xa0«»§éèêëáàâäíìîïóòôöúùûüñçåøæßÉÀÖÜÄÑÇÅØÆ")
_SAMPLE = 1 << 16


class Decoded(NamedTuple):
    """Hold a text, the codec that gives its bytes back, and the byte-order mark that stood before them."""

    text: str
    encoding: str
    mark: bytes = b""


def decode(data: bytes, name: str) -> Decoded:
    """Decode a file's bytes.

    A byte-order mark decides; else valid UTF-8 is UTF-8; else charset-normalizer chooses. Raises MtqaError for a
    binary file, an empty one, a cut-off one, and for bytes that no encoding explains.
    """
    if not data:
        raise MtqaError(name, "is empty; check that this is the right file")
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data[len(mark) :], codec, name), codec, mark)
    if unmarked := _unmarked_utf16(data):
        return Decoded(_strict(data, unmarked, name), unmarked)
    if b"\0" in data[:_SAMPLE]:
        raise MtqaError(name, "is a binary file; mtqa reads text, Markdown and other text formats")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if legacy := _guess(data, error):
            return Decoded(_strict(data, legacy, name), legacy)
        where = f"{name}:{data[: error.start].count(10) + 1}"
        found = f"byte 0x{data[error.start]:02x} is neither UTF-8 nor any encoding known here"
        raise MtqaError(where, f"{found}; the file is cut off or broken, save it again as UTF-8") from None


def _strict(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        what = f"is cut off or broken at byte {error.start} as {codec}; save it again as UTF-8"
        raise MtqaError(name, what) from None


def _unmarked_utf16(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark by its NULs, which English has in every other byte."""
    sample = data[:4096]
    if len(data) % 2 or len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _guess(data: bytes, error: UnicodeDecodeError) -> str | None:
    """Return the legacy encoding of bytes that are no UTF-8, or None when they are rather UTF-8 with a fault."""
    if error.reason == "unexpected end of data":
        return None
    lenient = data[:_SAMPLE].decode("utf-8", errors="replace")
    faults = lenient.count("\ufffd")
    if sum(not char.isascii() for char in lenient) - faults >= faults:
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=list(_LEGACY), enable_fallback=False).best()
    if best is None:
        return None
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    if best.encoding == "cp1252" and not all(char.isascii() or char in _WINDOWS for char in text):
        return None
    return best.encoding
