"""Finds the encoding that a web page names for itself, as Chinese sites before UTF-8 had to."""

import re

from mtqa.read._decode import Decoded, decode

_HEAD = 4096
_NAMED = re.compile(
    rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([A-Za-z0-9_:-]{1,40})"""
    rb"""|<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:-]{1,40})""",
    re.IGNORECASE,
)
# The supersets that browsers take for these names (WHATWG Encoding, section 4.2), the plain one first.
_CODECS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"), ("gb18030",)),
    **dict.fromkeys(
        ("big5", "big5-hkscs", "big5hkscs", "x-x-big5", "cn-big5", "cp950"), ("big5", "cp950", "big5hkscs")
    ),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"), ("cp1252",)),
}


def decode_page(data: bytes, name: str) -> Decoded:
    """Decode a page: a byte-order mark decides, else valid UTF-8 is UTF-8, else what the page says, else a guess.

    Raises MtqaError like `decode`.
    """
    found = _NAMED.search(data[:_HEAD])
    if found is None or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:_HEAD]:
        return decode(data, name)
    label = (found[1] or found[2]).decode("ascii").lower()
    # A page in UTF-8 that still names an old encoding was converted; the other way round does not happen by chance.
    for codec in ("utf-8", *_CODECS.get(label, ())):
        try:
            return Decoded(data.decode(codec), codec)
        except UnicodeDecodeError:
            continue
    return decode(data, name)
