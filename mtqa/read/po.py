"""PO, the message files of gettext: msgstr is the article, msgid its Chinese.

translate-toolkit parses; but it wraps and indents again what it writes, so an edit goes into the file's own lines, and
their strings must be those the toolkit read. A fuzzy message is read, an obsolete one (`#~`) and the header are not.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mtqa.document import Document, Edit
from mtqa.errors import MtqaError
from mtqa.read._declared import decode_declared
from mtqa.read._decode import Decoded
from mtqa.read._language import check_languages
from mtqa.read._units import MARKUP, Flow, Layout, Piece, Unit, lay_out, one_line, rewrite
from mtqa.read._writing import FIXED, PO

SUFFIXES = (".po",)
_CHARSET = re.compile(rb'"Content-Type:[^"\n]{0,200}?charset=\s*(?!CHARSET)([A-Za-z0-9._-]{1,40})')
_LINE = re.compile(r'[ \t]*(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d{1,3})\])?)?[ \t]*("[^\n]*")?')
_ESCAPE = re.compile(r"\\[^\n]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_FORMAT = re.compile(r"(?<!no)[ ,-][a-z]+-format\b")
# Placeholders of printf, Python and brace formats, in messages that a flag says to hold them.
_PLACEHOLDER = re.compile(
    MARKUP.pattern + r"|%(?:\d{1,3}\$)?(?:\([^()\n]{1,100}\))?[-+ #0]{0,5}(?:\d{1,5}|\*)?(?:\.(?:\d{1,5}|\*))?"
    r"(?:hh?|ll?|[Lqjzt])?[A-Za-z@%]|\{[^{}\n]{0,100}\}"
)


class _Quoted(NamedTuple):
    """Hold a string of a PO file, quotes and all, and where its opening quote stands."""

    raw: str
    start: int
    line: int
    column: int


_Message = dict[int, list[_Quoted]]
"""The strings of a message's msgstr by plural number."""


def read(data: bytes, name: str) -> Document:
    """Read PO, a line for each msgstr.

    Raises MtqaError when it is malformed, or its messages are not Chinese or not translated into English.
    """
    return _layout(data, name).document


def write(data: bytes, name: str, edits: Sequence[Edit]) -> bytes:
    """Return the file with edits of its document. Raises MtqaError for an edit that crosses a line break."""
    return rewrite(_layout(data, name), data, edits)


def _layout(data: bytes, name: str) -> Layout:
    decoded = decode_declared(data, name, _CHARSET)
    if decoded.encoding.startswith("utf-16"):
        raise MtqaError(name, "is UTF-16, which gettext does not read; save it as UTF-8")
    store = _parsed(_as_utf8(data, decoded), name)
    units = [unit for unit in store.units if not unit.isobsolete() and unit.msgstr]
    _check_languages(store, units, name)
    return lay_out(name, decoded, _units(units, _messages(decoded, name), name))


def _as_utf8(data: bytes, decoded: Decoded) -> bytes:
    """Return the file in UTF-8 and saying so: the toolkit decodes no other encoding rightly (3.20)."""
    found = _CHARSET.search(data)
    if decoded.encoding == "utf-8" or not found:
        return data[len(decoded.mark) :]
    return b"".join((data[: found.start(1)], b"UTF-8", data[found.end(1) :].decode(decoded.encoding).encode()))


def _parsed(data: bytes, name: str) -> Any:
    from translate.storage import pypo

    toolkit: Any = pypo
    try:
        return toolkit.pofile.parsestring(data)
    except (ValueError, IndexError, TypeError) as error:
        found = re.search(r"(.*?) on line (\d+)", str(error))
        where, what = (f"{name}:{found[2]}", found[1].lower()) if found else (name, "syntax error")
        raise MtqaError(where, f"is not PO ({what}); the file is cut off or broken, export it again") from None


def _check_languages(store: Any, units: list[Any], name: str) -> None:
    header = store.parseheader()
    check_languages(name, header.get("X-Source-Language", ""), header.get("Language", ""))
    messages = [unit for unit in units if not unit.isheader()]
    if messages and not any(_HAN.search(str(unit.source)) for unit in messages):
        turned = any(_HAN.search(str(unit.target)) for unit in messages)
        what = "its msgid hold no Chinese" + (" and its msgstr do: it is the other way round" if turned else "")
        raise MtqaError(name, f"{what}; mtqa reads Chinese into English")


def _messages(decoded: Decoded, name: str) -> Iterator[_Message]:
    """Yield the msgstr of each message that is not obsolete, with its places.

    Raises MtqaError when one breaks off.
    """
    message: _Message = {}
    strings: list[_Quoted] | None = None
    start = 0
    keyword = ""
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if (found := _LINE.match(line)) and not line.startswith("#"):
            keyword = found[1] or keyword
            if found[1] == "msgstr":
                strings = message.setdefault(int(found[2] or 0), [])
            elif found[1]:
                if message:
                    yield message
                message, strings = {}, None
            if found[3] and strings is not None:
                strings.append(_Quoted(found[3], start + found.start(3), number, found.start(3) + 1))
        start += len(line) + 1
    # The toolkit passes over a message that breaks off before its msgstr.
    if keyword not in ("msgstr", ""):
        raise MtqaError(name, f"holds a {keyword} without its msgstr; the file is cut off or broken, export it again")
    if message:
        yield message


def _units(units: list[Any], messages: Iterator[_Message], name: str) -> Iterator[Unit]:
    for unit in units:
        message = next(messages, {})
        strings = unit.msgstr if isinstance(unit.msgstr, dict) else {0: unit.msgstr}
        if unit.isheader():
            continue
        if {number: [quoted.raw for quoted in found] for number, found in message.items()} != strings:
            line = next((f":{found[0].line}" for found in message.values() if found), "")
            raise MtqaError(f"{name}{line}", "is not PO (a message out of its place); write it anew with msgcat")
        flagged = any(_FORMAT.search(flags) for flags in unit.typecomments)
        sources = [one_line(source) for source in getattr(unit.source, "strings", [unit.source])]
        for number, found in sorted(message.items()):
            source = sources[min(number, len(sources) - 1)].strip(" ")
            yield Unit(_flow(found), source, _PLACEHOLDER if flagged else MARKUP)
    if next(messages, None):
        raise MtqaError(name, "is not PO (a message without its msgid); the file is cut off or broken, export it again")


def _flow(strings: list[_Quoted]) -> Flow:
    """Return the words of a message but for the line breaks at its beginning and end."""
    from translate.storage.pypo import unescape

    flow: Flow = []
    for raw, start, line, column in strings:
        here, end = 1, len(raw) - 1
        for found in _ESCAPE.finditer(raw, 1, end):
            if here < found.start():
                flow.append(Piece(start + here, start + found.start(), line, column + here, None, PO))
            low, here = found.span()
            char = one_line(unescape(found[0]))
            piece = Piece(start + low, start + here, line, column + low, char, PO)
            flow += [None, piece._replace(writing=FIXED), None] if found[0] in (r"\n", r"\r") else [piece]
        if here < end:
            flow.append(Piece(start + here, start + end, line, column + here, None, PO))
    return _trimmed(flow)


def _trimmed(flow: Flow) -> Flow:
    kept = [index for index, piece in enumerate(flow) if piece and piece.writing != FIXED]
    return flow[kept[0] : kept[-1] + 1] if kept else []
