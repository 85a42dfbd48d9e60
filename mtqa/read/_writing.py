"""Writes words the way the place they go to asks for: XML text, a CDATA section, a string of a PO file."""

import re

from mtqa.errors import MtqaError

XML = "xml"
CDATA = "cdata"
PO = "po"
FIXED = "fixed"
"""A place that stands for something else (a line break tag) and is never edited."""

_ESCAPES = {
    XML: {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"},
    CDATA: {},
    PO: {ord("\\"): "\\\\", ord('"'): '\\"', ord("\t"): "\\t"},
}
# What no XML document may hold, written out or as a reference (XML 1.0, section 2.2).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(text: str, writing: str, name: str) -> str:
    r"""Return a text escaped for its place. Raises MtqaError for a character the place cannot hold.

    >>> written("R&D", XML, "a.tmx"), written('"R&D"', PO, "a.po")
    ('R&amp;D', '\\"R&D\\"')
    """
    if found := _FORBIDDEN.search(text):
        raise MtqaError(name, f"a rewrite needs {found[0]!r}, which this format cannot hold; mend its glossary entry")
    return text.translate(_ESCAPES[writing])
