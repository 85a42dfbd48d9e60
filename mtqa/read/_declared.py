"""Decodes files that name their own encoding."""

import codecs
import re

from mtqa.errors import MtqaError
from mtqa.read._decode import Decoded, decode

MAX_BYTES = 64 * 2**20
_CODECS = frozenset("utf-8 ascii gb18030 gbk gb2312 big5 big5hkscs iso8859-1 cp1252 utf-16-le utf-16-be".split())
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_declared(data: bytes, name: str, declaration: "re.Pattern[bytes]") -> Decoded:
    """Decode a file: a byte-order mark decides, then its declaration (group 1 of the pattern), else it is UTF-8.

    Raises MtqaError when it is too large, binary, in an encoding not known here or not in the one it declares.
    """
    if len(data) > MAX_BYTES:
        raise MtqaError(name, f"{len(data):,} bytes; a file of this format may have {MAX_BYTES:,} at most, split it")
    if not data or data.startswith(_MARKS) or b"\0" in data[:4096]:
        return decode(data, name)
    found = declaration.search(data, 0, 1 << 16)
    return decode_as(data, found[1].decode("ascii") if found else "utf-8", name)


def decode_as(data: bytes, declared: str, name: str) -> Decoded:
    """Decode a file in an encoding. Raises MtqaError when it is not known here or not that of the file."""
    try:
        codec = codecs.lookup(declared).name
    except LookupError:
        codec = ""
    if codec not in _CODECS:
        raise MtqaError(name, f"declares the encoding {declared!r}, which mtqa does not read here; save it as UTF-8")
    try:
        return Decoded(data.decode(codec), codec)
    except UnicodeDecodeError as error:
        where = f"{name}:{data[: error.start].count(10) + 1}"
        found = f"byte 0x{data[error.start]:02x} is not {codec}, the encoding of this file"
        raise MtqaError(where, f"{found}; it is cut off or broken, export it again") from None
