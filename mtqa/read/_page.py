"""Parses a web page into blocks of text, with the standard library's parser, and tells where each stretch stands."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from mtqa.read._tags import BLOCKS, CLOSES, CODE, DROPPED, HEADINGS, SILENT, VOID

_MTQA = re.compile(r"\s*mtqa:")
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


class Stretch(NamedTuple):
    """Hold a stretch of a page's text, in code points; `comment` if it is one meant for mtqa.

    `after_tag` says that markup stands before it, `prose` that it is no code.
    """

    start: int
    end: int
    prose: bool
    after_tag: bool
    comment: bool = False


class Block(NamedTuple):
    """Hold the text of one block."""

    stretches: list[Stretch]
    heading: bool


class _Open(NamedTuple):
    tag: str
    hidden: bool
    code: bool
    heading: bool


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a page that hold text, in order."""
    tame = _tame(text)
    parser = _Parser(tame)
    parser.feed(tame)
    parser.close()
    parser.finish()
    return (block for block in parser.blocks if block.stretches)


def _tame(text: str) -> str:
    """Return a page without what the parser would look for to the end of the file, over and over, each offset kept.

    Character references are left to the reader of the text, an unclosed comment ends at the next tag's end as in a
    browser's bogus comment, and a tag that the end of the file cuts off is dropped.
    """
    text = text.replace("&", "+")
    closed = text.rfind("-->") + 1
    text = text[:closed] + text[closed:].replace("<!--", "<!__")
    last = text.rfind(">") + 1
    cut = text.find("<", last)
    return text if cut < 0 else text[:cut]


class _Parser(HTMLParser):
    """Collect stretches of text by block; a parser of the standard library is a class to fill in."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[Block] = []
        self._text = text
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._open = [_Open("", False, False, False)]
        self._count: Counter[str] = Counter()
        self._stretches: list[Stretch] = []
        self._heading = False
        self._tag_before = False

    def finish(self) -> None:
        """End the block that is open."""
        if self._stretches:
            self.blocks.append(Block(self._stretches, self._heading))
        self._stretches = []
        self._heading = self._open[-1].heading
        self._tag_before = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._end_before(tag)
            self.finish()
        elif tag not in SILENT:
            self._tag_before = True
        if tag in VOID:
            return
        around = self._open[-1]
        given = dict(attrs)
        hidden = tag in DROPPED or "hidden" in given or bool(_HIDDEN.search(given.get("style") or ""))
        heading = around.heading or tag in HEADINGS
        self._count[tag] += 1
        self._open.append(_Open(tag, around.hidden or hidden, around.code or tag in CODE, heading))
        self._heading = self._heading or (heading and not self._stretches)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID and tag != "br":
            return
        if self._count[tag]:
            while self._pop() != tag:
                pass
        if tag in BLOCKS:
            self.finish()
        else:
            self._tag_before = True

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_comment(self, data: str) -> None:
        raw = f"<!--{data}-->"
        self._tag_before = True
        if _MTQA.match(data) and self._add(raw, comment=True):
            self._tag_before = True

    def handle_pi(self, data: str) -> None:  # noqa: ARG002
        self._tag_before = True

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002
        self._tag_before = True

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002
        """Pass over `<![if ...]>` of Word and the like, which the parser knows or fails on, as browsers do."""
        return self.parse_bogus_comment(i)

    def _add(self, raw: str, *, comment: bool = False) -> bool:
        """Add text that stands at the parser's place."""
        if self._open[-1].hidden:
            return False
        line, column = self.getpos()
        start = self._lines[line - 1] + column
        if not self._text.startswith(raw, start):
            return False
        prose = not comment and not self._open[-1].code
        last = self._stretches[-1] if self._stretches else None
        if last and last.end == start and not self._tag_before and not comment:
            self._stretches[-1] = last._replace(end=start + len(raw))
        else:
            self._stretches.append(Stretch(start, start + len(raw), prose, self._tag_before, comment))
        self._tag_before = False
        return True

    def _end_before(self, tag: str) -> None:
        """Close what a block's start tag closes: a paragraph, a cell before a cell, and marks left open in them."""
        closes = CLOSES.get(tag, frozenset())
        while self._open[-1].tag and (
            self._open[-1].tag not in BLOCKS or self._open[-1].tag == "p" or self._open[-1].tag in closes
        ):
            self._pop()

    def _pop(self) -> str:
        tag = self._open.pop().tag
        self._count[tag] -= 1
        return tag
