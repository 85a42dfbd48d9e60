"""Turns a file's bytes into text in whichever encoding a Chinese desk wrote it."""

import codecs

from mtqa.errors import MtqaError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = ("gb18030", "big5", "cp1252")
"""Legacy encodings of Chinese desks, and of English text that went through a Windows program."""
_SAMPLE = 1 << 16


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of the bytes, without byte-order mark, and the codec that gives the same bytes back.

    A byte-order mark decides; else valid UTF-8 is UTF-8; else charset-normalizer chooses. Raises MtqaError for a
    binary file, an empty one, and for bytes that no encoding explains.
    """
    if not data:
        raise MtqaError(name, "is empty; check that this is the right file")
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _strict(data, codec, name), codec
    if codec := _unmarked_utf16(data):
        return _strict(data, codec, name), codec
    if b"\0" in data[:_SAMPLE]:
        raise MtqaError(name, "is a binary file; mtqa reads text, Markdown and other text formats")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        codec = _guess(data)
        if not codec:
            line = data[: error.start].count(b"\n") + 1
            raise MtqaError(
                f"{name}:{line}",
                f"byte 0x{data[error.start]:02x} is neither UTF-8 nor any encoding known here; save the file as UTF-8",
            ) from None
    return _strict(data, codec, name), codec


def _strict(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise MtqaError(name, f"is cut off or broken at byte {error.start} as {codec}; save it again as UTF-8") from None


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


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=list(_CHINESE), enable_fallback=False).best()
    candidates = [best.encoding] if best else []
    for codec in candidates:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if text.encode(codec) == data:
            return codec
    return None
