"""Writes words the way the place they go to asks for: XML text, a string of a PO file, a cell of a table."""

import re

from mtqa.errors import MtqaError

XML = "xml"
CDATA = "cdata"
HTML = "html"
PO = "po"
JSON = "json"
JSON_ASCII = "json ascii"
"""A string of JSON in a file that escapes everything else than ASCII."""
CELL = "cell"
"""A cell without quotes, or another place that takes every character as it is."""
QUOTED = "quoted"
TABBED = "tabbed"
"""A cell of a table in which a tab or a line end in quotes would not be text either."""
TABBED_QUOTED = "tabbed quoted"
FIXED = "fixed"
"""A place that stands for something else (a line break tag) and is never edited."""

ONE_LINE = {ord("\n"): " ", ord("\r"): " "}
"""What `str.translate` needs to put a space for every line end."""
_MARKUP = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_DOUBLED = {ord('"'): '""'}
_UNTABBED = {**ONE_LINE, ord("\t"): " "}
_ESCAPES = {
    XML: {**_MARKUP, **ONE_LINE},
    CDATA: ONE_LINE,
    HTML: {**_MARKUP, ord("\xa0"): "&nbsp;"},
    PO: {**ONE_LINE, ord("\\"): "\\\\", ord('"'): '\\"', ord("\t"): "\\t"},
    CELL: {},
    QUOTED: _DOUBLED,
    TABBED: _UNTABBED,
    TABBED_QUOTED: {**_UNTABBED, **_DOUBLED},
}
# What no XML document may hold, written out or as a reference (XML 1.0, section 2.2).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(text: str, writing: str, name: str) -> str:
    r"""Return a text escaped for its place. Raises MtqaError for a character the place cannot hold.

    >>> written("R&D", XML, "a.tmx"), written('"R&D"', PO, "a.po"), written("“R&D”", JSON_ASCII, "a.jsonl")
    ('R&amp;D', '\\"R&D\\"', '\\u201cR&D\\u201d')
    """
    if writing in (JSON, JSON_ASCII):
        import json

        return json.dumps(text, ensure_ascii=writing == JSON_ASCII)[1:-1]
    if writing in (XML, CDATA, PO) and (found := _FORBIDDEN.search(text)):
        raise MtqaError(name, f"a rewrite needs {found[0]!r}, which this format cannot hold; mend its glossary entry")
    return text.translate(_ESCAPES[writing])
