"""PO, the message files of gettext: msgstr is the article, msgid its Chinese.

polib reads the messages; but it wraps again what it writes, so an edit goes into the file's own lines, and what they
say must be what polib read. A fuzzy message is read, an obsolete one (`#~`) and the header are not.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, NoReturn

from mtqa.document import Document, Edit
from mtqa.errors import MtqaError
from mtqa.read._declared import decode_declared
from mtqa.read._decode import Decoded
from mtqa.read._language import check_languages
from mtqa.read._units import MARKUP, Flow, Layout, Piece, Unit, lay_out, one_line, rewrite
from mtqa.read._writing import FIXED, PO

SUFFIXES = (".po",)
_CHARSET = re.compile(rb'"Content-Type:[^"\n]{0,200}?charset=\s*(?!CHARSET)([A-Za-z0-9._-]{1,40})')
_LINE = re.compile(r'[ \t]*(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]\])?)?[ \t]*("[^\n]*)?')
_ESCAPE = re.compile(r"\\[^\n]")
_EDITED = {r"\t": "\t", r"\"": '"', r"\\": "\\"}
_BLANKS = {rf"\{letter}": " " for letter in "nrvfb"}
"""The escapes polib knows: edits may take some; a line break is a space that no edit enters. Others stay as written."""
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


class _Message(NamedTuple):
    """Hold a message: whether a flag (`#, c-format`) says placeholders, and its strings by keyword (`msgstr[1]`)."""

    flagged: bool
    fields: dict[str, list[_Quoted]]

    def value(self, keyword: str) -> str:
        from polib import unescape

        return "".join(str(unescape(quoted.raw[1:-1])) for quoted in self.fields.get(keyword, []))

    def is_header(self) -> bool:
        return not self.value("msgid") and not self.value("msgctxt")


class _Lines(NamedTuple):
    r"""Give polib lines in the place of a text.

    A text it would open, were there a file of that name, and cut at every U+2028, \v and \f as well. What is no
    string is no path, and is asked for its lines.
    """

    lines: list[str]

    def splitlines(self) -> list[str]:
        return self.lines


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
    messages = _messages(decoded, name)
    parsed = _parsed(messages, name)
    # polib takes one header off the list; a file put together from several has more.
    entries = [entry for entry in parsed if entry.msgid or entry.msgctxt]
    _check_languages(parsed.metadata, entries, name)
    messages = [message for message in messages if not message.is_header()]
    return lay_out(name, decoded, _units(entries, messages, name))


def _messages(decoded: Decoded, name: str) -> list[_Message]:
    """Return the messages that are not obsolete, with the places of their strings.

    Raises MtqaError for a line that is not PO, and when the last message breaks off.
    """
    messages: list[_Message] = []
    flagged = False
    keyword = ""
    start = 0
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if line.lstrip().startswith("#"):
            flagged = _flagged(line.lstrip(), flagged)
        elif line.strip():
            opened, quoted = _string(line, start, number, name)
            keyword = opened or keyword
            if opened and (not messages or (_ended(messages[-1]) and not opened.startswith("msgstr"))):
                messages.append(_Message(flagged, {}))
                flagged = False
            if not keyword or (opened and opened in messages[-1].fields):
                _refuse(f"{name}:{number}", "syntax error")
            messages[-1].fields.setdefault(keyword, []).append(quoted)
        start += len(line) + 1
    if messages and not _ended(messages[-1]):
        raise MtqaError(name, f"holds a {keyword} without its msgstr; the file is cut off or broken, export it again")
    return messages


def _flagged(comment: str, before: bool) -> bool:
    """Return whether the message to come is flagged, as of this comment; the flags of an obsolete one are its own."""
    if comment.startswith("#~"):
        return False
    return before or (comment.startswith(("#,", "#=")) and bool(_FORMAT.search(comment)))


def _ended(message: _Message) -> bool:
    return any(keyword.startswith("msgstr") for keyword in message.fields)


def _string(line: str, start: int, number: int, name: str) -> tuple[str, _Quoted]:
    """Return the keyword of a line, if it has one, and its string. Raises MtqaError when it is not just that."""
    found = _LINE.match(line)
    if not found or not found[2]:
        _refuse(f"{name}:{number}", "syntax error")
    raw = found[2].rstrip()
    after = _ESCAPE.sub("", raw[1:])
    if after.find('"') != len(after) - 1 or not after:
        _refuse(f"{name}:{number}", "syntax error" if '"' in after else "end-of-line within string")
    return found[1] or "", _Quoted(raw, start + found.start(2), number, found.start(2) + 1)


def _refuse(where: str, what: str) -> NoReturn:
    raise MtqaError(where, f"is not PO ({what}); the file is cut off or broken, export it again")


def _parsed(messages: list[_Message], name: str) -> Any:
    """Return what polib reads. It is given each string on one line, as it takes the square of a string's lines."""
    import polib

    fields = [(keyword, strings) for message in messages for keyword, strings in message.fields.items()]
    lines = [""] * max((strings[0].line for _, strings in fields), default=0)
    for keyword, strings in fields:
        lines[strings[0].line - 1] = f'{keyword} "{"".join(quoted.raw[1:-1] for quoted in strings)}"'
    try:
        return polib.pofile(_Lines(lines), encoding="utf-8")
    except OSError as error:
        found = re.search(r"\(line (\d+)\)(?:: (.*))?", str(error))
        _refuse(f"{name}:{found[1]}" if found else name, (found and found[2]) or "syntax error")


def _check_languages(header: dict[str, str], entries: list[Any], name: str) -> None:
    # polib adds a line without a colon to the field before it.
    source, target = (header.get(field, "").partition("\n")[0] for field in ("X-Source-Language", "Language"))
    check_languages(name, source, target)
    if entries and not any(_HAN.search(entry.msgid) for entry in entries):
        turned = any(_HAN.search(text) for entry in entries for text in _translations(entry).values())
        what = "its msgid hold no Chinese" + (" and its msgstr do: it is the other way round" if turned else "")
        raise MtqaError(name, f"{what}; mtqa reads Chinese into English")


def _translations(entry: Any) -> dict[str, str]:
    """Return the msgstr of a message by keyword."""
    plural = {f"msgstr[{number}]": text for number, text in entry.msgstr_plural.items()}
    return plural or {"msgstr": entry.msgstr}


def _units(entries: list[Any], messages: list[_Message], name: str) -> Iterator[Unit]:
    if len(entries) != len(messages):
        raise MtqaError(name, "is not PO (a message out of its place); write it anew with msgcat")
    for entry, message in zip(entries, messages, strict=True):
        translations = _translations(entry)
        read = {"msgid": entry.msgid, "msgid_plural": entry.msgid_plural, "msgctxt": entry.msgctxt or ""} | translations
        if message.fields.keys() - read or any(message.value(keyword) != text for keyword, text in read.items()):
            where = f"{name}:{next(iter(message.fields.values()))[0].line}"
            raise MtqaError(where, "is not PO (a message out of its place); write it anew with msgcat")
        markup = _PLACEHOLDER if message.flagged else MARKUP
        sources = [one_line(source).strip(" ") for source in (entry.msgid, entry.msgid_plural) if source]
        for keyword in sorted(translations):
            number = int(keyword[len("msgstr[") : -1] or 0)
            source = sources[min(number, len(sources) - 1)] if sources else ""
            yield Unit(_flow(message.fields.get(keyword, [])), source, markup)


def _flow(strings: list[_Quoted]) -> Flow:
    """Return the words of a msgstr but for the line breaks at its beginning and end."""
    flow: Flow = []
    for raw, start, line, column in strings:
        here, end = 1, len(raw) - 1
        for found in _ESCAPE.finditer(raw, 1, end):
            if here < found.start():
                flow.append(Piece(start + here, start + found.start(), line, column + here, None, PO))
            low, here = found.span()
            text = _EDITED.get(found[0]) or _BLANKS.get(found[0], found[0])
            piece = Piece(start + low, start + here, line, column + low, text, PO)
            flow += [piece] if found[0] in _EDITED else [None, piece._replace(writing=FIXED), None]
        if here < end:
            flow.append(Piece(start + here, start + end, line, column + here, None, PO))
    return _trimmed(flow)


def _trimmed(flow: Flow) -> Flow:
    kept = [index for index, piece in enumerate(flow) if piece and (piece.writing != FIXED or piece.text != " ")]
    return flow[kept[0] : kept[-1] + 1] if kept else []
