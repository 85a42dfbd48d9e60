"""Markdown: code, links' targets, raw HTML and front matter are not prose.

markdown-it-py finds the blocks and the inline marks; this module only works out where they stand in the file.
"""

import re
from collections.abc import Iterator

from mtqa.document import Document, make_document
from mtqa.read._blank import blank, blank_comments
from mtqa.read._decode import decode

SUFFIXES = (".md", ".markdown")
_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_MARKUP = re.compile(r"^[ \t]{0,3}(?:[#>]+|[-*+]|\d+[.)])(?=\s)|\*\*|__|~~|\|", re.MULTILINE)
_REFERENCE = re.compile(r"^[ \t]{0,3}\[[^\]\n]+\]:[^\n]*", re.MULTILINE)


def read(data: bytes, name: str) -> Document:
    """Read Markdown. Raises MtqaError when it is empty, binary or in an unknown encoding."""
    text, encoding, mark = decode(data, name)
    return make_document(name, text, prose=prose_of(text), encoding=encoding, mark=mark)


def prose_of(text: str) -> str:
    """Return the text with everything that is not prose blanked out, as long as before."""
    spans: list[tuple[int, int]] = []
    body = text
    if found := _FRONT_MATTER.match(text):
        spans.append(found.span())
        body = blank(text, spans)
    spans += [found.span() for found in _REFERENCE.finditer(body)]
    spans += _code_and_html(body)
    body = blank_comments(blank(text, spans))
    return blank(body, [found.span() for found in _MARKUP.finditer(body)])


def _code_and_html(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of blocks of code and HTML, and of the inline code, HTML and link targets between them."""
    from markdown_it import MarkdownIt

    # markdown-it counts lines at \n alone and drops \r; offsets are taken from the text itself.
    lines = (
        text.splitlines(keepends=True) if "\r" not in text.replace("\r\n", "") else re.findall(r"[^\n]*\n|[^\n]+", text)
    )
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    parser = MarkdownIt("commonmark").enable("table")
    for token in parser.parse(text):
        if token.map is None:
            continue
        first, last = (starts[min(number, len(lines))] for number in token.map)
        if token.type in ("fence", "code_block", "html_block"):
            yield first, last
        elif token.type == "inline":
            yield from _inline(text, first, last)


_INLINE = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`{1,9})(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<target>(?<=\])\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)|(?<=\])\[[^\]\n]{0,500}\])"
    r"|(?P<auto><[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]{0,2000}>|<[^<>\s@]{1,200}@[^<>\s]{1,200}>)"
    r"|(?P<html></?[A-Za-z][^<>\n]{0,2000}>)"
    r"|(?P<bare>https?://[^\s)>\]]+)",
    re.DOTALL,
)


def _inline(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in _INLINE.finditer(text, start, end):
        yield found.span()
