"""Reads marked texts from JSON lines, one text a line."""

import json
import re
from pathlib import Path
from typing import Any

from mtqa.document import Span, make_document
from mtqa.errors import MtqaError
from mtqa.evaluate.marked import Gold, Marked
from mtqa.pairs import prepared

MAX_BYTES = 64 * 2**20
MAX_SPANS = 10_000
"""A text may have this many marked spans."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_text(path: Path, limit: int = MAX_BYTES) -> str:
    """Return the text of a file in UTF-8. Raises MtqaError when it cannot be read, is too large or no such text."""
    try:
        size = path.stat().st_size
        if size > limit:
            raise MtqaError(str(path), f"{size:,} bytes; {limit:,} at most are read, split it")
        with path.open("rb") as file:
            # A pipe or a device tells no size.
            data = file.read(limit + 1)
        if len(data) > limit:
            raise MtqaError(str(path), f"more than {limit:,} bytes; so many at most are read, split it")
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise MtqaError(f"{path}:{line}", "not UTF-8; save the file as UTF-8 text") from None
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise MtqaError(str(path), f"cannot be read: {what}; name a readable file") from None
    if "\0" in text:
        raise MtqaError(str(path), "holds NUL bytes, so it is no text file")
    return text


def read_json_lines(path: Path, *, source: bool = True) -> list[Marked]:
    """Read `{"id"?, "en", "zh"?, "spans": [{"start", "end", "term"?, "zh"?}]}` a line; offsets are code points of "en".

    Raises MtqaError (`path:line: what`) for a line that is no such object, and for a file without any.
    """
    found = []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            value = json.loads(line)
            whole = json.dumps(value, ensure_ascii=False)
        except (ValueError, RecursionError) as error:
            raise MtqaError(where, f"is no JSON ({_reason(error)}); write one object a line") from None
        if not isinstance(value, dict):
            raise MtqaError(where, 'holds no object; write {"en": "...", "spans": [...]}')
        if _SURROGATE.search(whole):
            raise MtqaError(where, "holds half a character (an escape \\ud800 to \\udfff alone); write it whole")
        found.append(_marked(value, where, source))
    if not found:
        raise MtqaError(str(path), 'holds no texts; write {"en": "...", "spans": [...]} a line')
    return found


def _reason(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply or a number too long"


def _marked(value: dict[str, Any], where: str, source: bool) -> Marked:
    english, spans = value.get("en"), value.get("spans")
    if not isinstance(english, str) or not english.strip():
        raise MtqaError(where, f'"en" is {_shown(english)}; write the English text')
    if not isinstance(spans, list) or len(spans) > MAX_SPANS:
        found = f"{len(spans):,} spans" if isinstance(spans, list) else _shown(spans)
        raise MtqaError(where, f'"spans" is {found}; write a list of {MAX_SPANS:,} at most, [] where nothing is wrong')
    chinese = _text(value, "zh", where)
    gold = tuple(_gold(span, english, f"{where}: spans[{i}]") for i, span in enumerate(spans))
    document = make_document(where, english, source=chinese if source and chinese.strip() else None)
    return Marked(_text(value, "id", where) or where, prepared(document), gold)


def _gold(value: object, english: str, where: str) -> Gold:
    if not isinstance(value, dict):
        raise MtqaError(where, f'is {_shown(value)}; write {{"start": 0, "end": 1}}')
    start, end = value.get("start"), value.get("end")
    # True and False are ints to Python.
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(english):
        what = f"start {_shown(start)}, end {_shown(end)}; write offsets with 0 <= start < end <= {len(english)}"
        raise MtqaError(where, f"{what}, code points of this text")
    return Gold(Span(start, end), _text(value, "term", where), _text(value, "zh", where))


def _text(value: dict[str, Any], key: str, where: str) -> str:
    found = value.get(key)
    if found is not None and not isinstance(found, str):
        raise MtqaError(where, f'"{key}" is {_shown(found)}; write a text, or leave it out')
    return found or ""


def _shown(value: object) -> str:
    return "missing" if value is None else brief(value)


def brief(value: object) -> str:
    """Return what was found as JSON, cut short, without what would break the line.

    >>> brief({"start": "x" * 80})
    '{"start": "xxxxxxxxxxxxxxxxxxxxxxxxxx...'
    """
    try:
        text = json.dumps(value)
    except RecursionError:
        return "nested too deeply"
    return text if len(text) <= 40 else text[:37] + "..."
