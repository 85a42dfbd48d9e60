"""Runs expat over a text and says which code points of it each event spans.

Nothing is ever fetched and no entity is ever declared: a document type with declarations of its own is refused before
one is read.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from mtqa.errors import MtqaError

_CHUNK = 1 << 16


class Event(NamedTuple):
    """Hold a tag, some text or another thing at code points `start` to `end`.

    `kind` is start, end, text, cdata, comment (or an instruction, or the end of a CDATA section) or other; `name` the
    tag, or the text as it reads; `cdata` whether it lies in a CDATA section.
    """

    kind: str
    name: str
    attributes: Mapping[str, str]
    start: int
    end: int
    cdata: bool


_Seen = tuple[str, str, Mapping[str, str], int]
"""Kind, name, attributes and the byte at which it begins; a plain tuple, since a file has millions."""


def events(text: str, name: str, doctype: str) -> Iterator[Event]:
    """Yield the events of a document in order, in memory that does not grow with it.

    `doctype` matches the address of a DTD that may be named. Raises MtqaError when the text is not well-formed or has
    declarations.
    """
    data = text.encode("utf-8")
    ascii_only = len(data) == len(text)
    byte = place = 0
    cdata = False
    held: _Seen | None = None
    for seen in _seen(data, name, doctype):
        start = place
        place += seen[3] - byte if ascii_only else len(data[byte : seen[3]].decode("utf-8"))
        byte = seen[3]
        if held:
            kind, value, attributes, _ = held
            cdata = kind == "cdata" or (cdata and kind == "text")
            yield Event(kind, value, attributes, start, place, cdata)
        held = seen
    if held:
        yield Event(*held[:3], place, len(text), False)


def _seen(data: bytes, name: str, doctype: str) -> Iterator[_Seen]:
    """Yield what expat finds and at which byte it begins, as it is fed."""
    parser = expat.ParserCreate("utf-8")
    seen: list[_Seen] = []

    none: Mapping[str, str] = {}
    put = seen.append

    def refuse(what: str) -> NoReturn:
        todo = "mtqa expands no entities and loads no DTD, so take it out or export the file again"
        raise MtqaError(f"{name}:{parser.CurrentLineNumber}", f"{what}; {todo}")

    def check_doctype(root: str, system: str | None, public: str | None, internal: int) -> None:
        if internal or not doctype or not re.fullmatch(doctype, system or ""):
            refuse(f"has a document type, <!DOCTYPE {root[:40]} ...>")

    parser.StartElementHandler = lambda tag, attributes: put(("start", tag, attributes, parser.CurrentByteIndex))
    parser.EndElementHandler = lambda tag: put(("end", tag, none, parser.CurrentByteIndex))
    parser.CharacterDataHandler = lambda characters: put(("text", characters, none, parser.CurrentByteIndex))
    parser.StartCdataSectionHandler = lambda: put(("cdata", "", none, parser.CurrentByteIndex))
    parser.EndCdataSectionHandler = lambda: put(("comment", "", none, parser.CurrentByteIndex))
    parser.CommentHandler = lambda _: put(("comment", "", none, parser.CurrentByteIndex))
    parser.ProcessingInstructionHandler = lambda *_: put(("comment", "", none, parser.CurrentByteIndex))
    parser.DefaultHandler = lambda _: put(("other", "", none, parser.CurrentByteIndex))
    parser.StartDoctypeDeclHandler = check_doctype
    parser.EntityDeclHandler = lambda *_: refuse("declares an entity")
    # An entity that nobody declared, in a file that names a DTD where it might have been.
    parser.SkippedEntityHandler = lambda entity, _: refuse(f"has the entity &{entity[:40]};, which XML does not define")
    for start in range(0, len(data) + 1, _CHUNK):
        try:
            parser.Parse(data[start : start + _CHUNK], start + _CHUNK > len(data))
        except expat.ExpatError as error:
            reason = (expat.ErrorString(error.code) or "").removeprefix("not well-formed (").removesuffix(")")
            what = f"is not well-formed XML ({reason}, column {error.offset + 1})"
            raise MtqaError(f"{name}:{error.lineno}", f"{what}; it is cut off or broken, export it again") from None
        yield from seen
        seen.clear()
