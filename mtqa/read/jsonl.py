"""JSON lines of Chinese and English: an object a line, with keys `zh` and `en`, `source` and `target`, `src` and `mt`.

The json module reads, and says where each value ends, so that an edit replaces the edited characters of one string and
every other byte stays.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mtqa.document import Document, Edit, Span
from mtqa.errors import MtqaError
from mtqa.read._columns import Columns, by_name
from mtqa.read._decode import decode
from mtqa.read._units import Flow, Layout, Piece, Unit, lay_out, rewrite
from mtqa.read._writing import FIXED, JSON, JSON_ASCII

SUFFIXES = (".jsonl", ".ndjson")
IS_TABLE = True
_NEST = "translation"
"""The key under which data sets of pairs keep them: {"translation": {"zh": ..., "en": ...}}."""
# A pair of surrogates is one code point; a lone one is none, and no program could print it.
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[\ud800-\udfff]|[^\\\ud800-\udfff]+",
    re.DOTALL,
)
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Line(NamedTuple):
    start: int
    end: int
    number: int

    def place(self, offset: int) -> tuple[int, int]:
        return self.number, offset - self.start + 1


def read(data: bytes, name: str) -> Document:
    """Read JSON lines; without Chinese beside it, the English alone. Raises MtqaError for a line that is no object."""
    return _layout(data, name).document


def write(data: bytes, name: str, edits: Sequence[Edit]) -> bytes:
    """Return the lines with the edits in their strings, escaped as these were. Raises MtqaError."""
    return rewrite(_layout(data, name), data, edits)


def _layout(data: bytes, name: str) -> Layout:
    file = decode(data, name)
    return lay_out(name, file, _units(file.text, name))


def _units(text: str, name: str) -> Iterator[Unit]:
    ascii_file = text.isascii() and "\\u" in text
    keys: tuple[str | None, str] | None = None
    for line in _lines(text):
        strings = _strings(text, line, name)
        if keys is None:
            keys = _keys(list(strings), f"{name}:{line.number}")
        chinese, english = keys
        if english not in strings:
            found = ", ".join(list(strings)[:8]) or "none"
            what = f"no text under {english!r}, as the first object has (keys with text: {found})"
            raise MtqaError(f"{name}:{line.number}", f"{what}; give every object the same keys")
        source = strings[chinese][0] if chinese in strings else ""
        flow = _flow(text, strings[english][1], line, ascii_file=ascii_file)
        yield Unit(flow, _SURROGATE.sub("\ufffd", source), None, row=True)


def _lines(text: str) -> Iterator[_Line]:
    start = number = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        number += 1
        if start < end and not text[start:end].isspace():
            yield _Line(start, end, number)
        start = end + 1


def _strings(text: str, line: _Line, name: str) -> dict[str, tuple[str, Span]]:
    """Return the strings of an object by key, the last of each, with where they stand between their quotes."""
    import json

    where = f"{name}:{line.number}"
    raw = text[line.start : line.end]
    try:
        value = json.loads(raw)
    except json.JSONDecodeError as error:
        raise MtqaError(f"{where}:{error.colno}", f"is no JSON ({error.msg}); write one object a line") from None
    except ValueError as error:
        raise MtqaError(where, f"is no JSON that can be read ({error}); write one object a line") from None
    except RecursionError:
        raise MtqaError(where, "is nested too deep to be read; write one flat object a line") from None
    if not isinstance(value, dict):
        what = f"is a JSON {_KINDS.get(type(value), 'number')}, not an object"
        raise MtqaError(where, f'{what}; write one {{"zh": "...", "en": "..."}} a line')
    found = dict(_members(raw, raw.index("{")))
    return {key: (string, Span(line.start + at.start, line.start + at.end)) for key, (string, at) in found.items()}


_KINDS: dict[type[Any], str] = {list: "array", str: "string", bool: "boolean", type(None): "null"}


def _members(raw: str, here: int) -> Iterator[tuple[str, tuple[str, Span]]]:
    """Yield the keys whose values are strings, of an object known to be well-formed that begins at `here`.

    A null counts as an empty string: the sentence is not translated yet.
    """
    from json import JSONDecoder

    decoder = JSONDecoder()
    here = _skip(raw, here + 1)
    while raw[here] != "}":
        if raw[here] == ",":
            here = _skip(raw, here + 1)
        key, here = decoder.raw_decode(raw, here)
        start = _skip(raw, _skip(raw, here) + 1)
        value, here = decoder.raw_decode(raw, start)
        if isinstance(value, str):
            yield key, (value, Span(start + 1, here - 1))
        elif value is None:
            yield key, ("", Span(start, start))
        elif key == _NEST and isinstance(value, dict):
            yield from _members(raw, start)
        here = _skip(raw, here)


def _skip(raw: str, here: int) -> int:
    while raw[here] in " \t\r\n":
        here += 1
    return here


def _keys(keys: list[str], where: str) -> tuple[str | None, str]:
    columns = by_name(keys) or (Columns(None, 0) if len(keys) == 1 else None)
    if columns is None:
        found = ", ".join(keys[:8]) or "none"
        raise MtqaError(where, f"no key says which text is the English (keys with text: {found}); name it en or mt")
    return None if columns.source is None else keys[columns.source], keys[columns.text]


def _flow(text: str, span: Span, line: _Line, *, ascii_file: bool) -> Flow:
    """Return what stands between the quotes of a string: escapes, and what is as it is. A null takes no edit."""
    import json

    if text[span.start - 1] != '"':
        return [Piece(*span, *line.place(span.start), "", FIXED)]
    token = text[slice(*span)]
    writing = JSON_ASCII if token.isascii() and (ascii_file or "\\u" in token) else JSON
    if "\\" not in token and not _SURROGATE.search(token):
        return [Piece(*span, *line.place(span.start), None, writing)]
    flow: Flow = []
    for found in _ESCAPE.finditer(text, *span):
        plain = found[0][0] != "\\" and not _SURROGATE.match(found[0])
        string = None if plain else _SURROGATE.sub("\ufffd", json.loads(f'"{found[0]}"'))
        flow.append(Piece(*found.span(), *line.place(found.start()), string, writing))
    return flow
