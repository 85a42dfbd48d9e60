"""Finds the units of an XML file of a translation tool and the place of each word, so that edits can be spliced.

A tree library would be shorter, but none writes a file back as it was: quotes, white space, entities and line ends of
the whole file change with the first edit.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mtqa.errors import MtqaError
from mtqa.read._declared import decode_as, decode_declared
from mtqa.read._decode import Decoded
from mtqa.read._events import Event, events

MAX_DEPTH = 200
MAX_ATTRIBUTES = 1_000
MAX_MARKS = 100_000
"""Tags and entities of one unit: bounds the memory that a unit of nothing but `&lt;` can ask for."""

_DECLARATION = re.compile(rb"""\A<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_SIXTEEN = {b"<\0?\0": "utf-16-le", b"\0<\0?": "utf-16-be"}


class Text(NamedTuple):
    """Hold code points `start` to `end` of a file; `char` is what an entity stands for, else None."""

    start: int
    end: int
    line: int
    column: int
    char: str | None
    cdata: bool


class Element(NamedTuple):
    """Hold an element, or a comment or processing instruction as one without name.

    `name` is the local name in the namespace of the root, else the name as written after a `:`. `start` and `end` are
    the code points of its start tag.
    """

    name: str
    attributes: Mapping[str, str]
    parent: "Element | None"
    line: int
    column: int
    start: int
    end: int
    children: "list[Element | Text]"

    def find(self, name: str) -> "Element | None":
        """Return the first child of a name."""
        return next((child for child in self.elements() if child.name == name), None)

    def elements(self) -> "Iterator[Element]":
        """Yield the children that are elements."""
        return (child for child in self.children if isinstance(child, Element))

    def inherited(self, *names: str) -> str:
        """Return the first attribute of these names here or on the nearest element around that has one, or ''."""
        element: Element | None = self
        while element is not None:
            for name in names:
                if name in element.attributes:
                    return element.attributes[name]
            element = element.parent
        return ""


def decode_xml(data: bytes, name: str) -> Decoded:
    """Decode an XML file: a byte-order mark decides, then its declaration, else it is UTF-8.

    Raises MtqaError when it is too large, binary, in an encoding not known here or not in the one it declares.
    """
    if sixteen := _SIXTEEN.get(data[:4]):
        return decode_as(data, sixteen, name)
    return decode_declared(data, name, _DECLARATION)


class _Cursor:
    """Turn code points, given in order, into lines and columns in time linear in the file."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._here = self._begin = 0
        self._line = 1

    def at(self, place: int) -> tuple[int, int]:
        """Return the line and column of a code point, both from 1."""
        if breaks := self._text.count("\n", self._here, place):
            self._line += breaks
            self._begin = self._text.rfind("\n", self._here, place) + 1
        self._here = place
        return self._line, place - self._begin + 1


def walk(text: str, name: str, root: str, units: frozenset[str], doctype: str = "") -> Iterator[Element]:
    """Yield the elements named in `units`, each with all that is in it; of those around them only the attributes.

    `doctype` matches the address of a DTD that may be named. Raises MtqaError for XML that is not well-formed, has
    declarations, another root, or is nested or marked beyond measure.
    """
    cursor = _Cursor(text)
    path: list[_Open] = []
    unit: Element | None = None
    marks = 0
    for event in events(text, name, doctype):
        if unit is None and event.kind != "start":
            if event.kind == "end":
                path.pop()
            continue
        line, column = cursor.at(event.start)
        if event.kind == "start":
            if not path:
                _check_root(f"{name}:{line}", event.name, root)
            path.append(_opened(path, event, (line, column), name))
            if unit is not None:
                path[-2].element.children.append(path[-1].element)
            elif path[-1].element.name in units:
                unit, marks = path[-1].element, 0
        elif event.kind == "end":
            if path.pop().element is unit:
                yield unit
                unit = None
        else:
            _add(path[-1].element, event, (line, column), text)
        marks += 1
        if marks > MAX_MARKS and unit is not None:
            raise MtqaError(f"{name}:{line}", f"one unit with more than {MAX_MARKS:,} tags and entities; split it")


class _Open(NamedTuple):
    """Hold an element whose end has not come, the namespaces known in it by prefix, and its own."""

    element: Element
    scope: Mapping[str, str]
    space: str


def _opened(path: list[_Open], event: Event, position: tuple[int, int], name: str) -> _Open:
    """Return the element that an event opens. Raises MtqaError when it lies too deep or has too many attributes."""
    if len(path) >= MAX_DEPTH:
        raise MtqaError(f"{name}:{position[0]}", f"elements nested more than {MAX_DEPTH} deep; export the file again")
    if len(event.attributes) > MAX_ATTRIBUTES:
        what = f"an element with more than {MAX_ATTRIBUTES} attributes; export the file again"
        raise MtqaError(f"{name}:{position[0]}", what)
    parent = path[-1] if path else None
    scope = _scope(parent.scope if parent else {"xml": "xml"}, event.attributes)
    space = _space(scope, event.name)
    local = event.name.rpartition(":")[2] if not path or space == path[0].space else f":{event.name}"
    element = Element(local, event.attributes, parent and parent.element, *position, event.start, event.end, [])
    return _Open(element, scope, space)


def _add(element: Element, event: Event, position: tuple[int, int], text: str) -> None:
    """Add to an element text, or as an element without name whatever parts two texts."""
    if event.kind == "text":
        char = event.name if text.startswith("&", event.start) and not event.cdata else None
        _append(element.children, Text(event.start, event.end, *position, char, event.cdata))
    elif event.kind != "other":
        element.children.append(Element("", {}, element, *position, event.start, event.end, []))


def _append(children: "list[Element | Text]", text: Text) -> None:
    """Add text to an element, as one with the text before it where nothing stands between."""
    last = children[-1] if children else None
    if isinstance(last, Text) and last.end == text.start and last.char is None and text.char is None:
        children[-1] = last._replace(end=text.end)
    else:
        children.append(text)


def _scope(scope: Mapping[str, str], attributes: Mapping[str, str]) -> Mapping[str, str]:
    declared = {key[6:]: value for key, value in attributes.items() if key == "xmlns" or key.startswith("xmlns:")}
    return {**scope, **declared} if declared else scope


def _space(scope: Mapping[str, str], tag: str) -> str:
    """Return the namespace of a tag; a prefix that nobody declared is one of its own."""
    prefix, colon, _ = tag.rpartition(":")
    return scope.get(prefix, f"{prefix}{colon}")


def _check_root(where: str, tag: str, root: str) -> None:
    if tag.rpartition(":")[2] != root:
        raise MtqaError(where, f"the root is <{tag[:40]}>, not <{root}>; give the file the ending of its format")
