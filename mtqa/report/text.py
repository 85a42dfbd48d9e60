"""Plain text for the terminal: where, what, the words in their sentence, and what to write instead."""

import unicodedata
from collections.abc import Sequence

from mtqa.document import Document, Span
from mtqa.finding import Finding
from mtqa.printable import safe
from mtqa.report import Report, Style

_COLOURS = {"major": "31;1", "minor": "33;1", "note": "36", "where": "1", "dim": "2", "good": "32"}
_INDENT = "    "


def render(report: Report, style: Style) -> str:
    """Return a block for each finding; control and direction characters of the article are made harmless."""
    blocks = [_block(document, f, style) for document, findings in report.files for f in findings]
    return "".join(blocks)


def _paint(text: str, colour: str, style: Style) -> str:
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if style.colour and text else text


def _block(document: Document, finding: Finding, style: Style) -> str:
    line, column = document.position(finding.span.start)
    where = _paint(f"{safe(document.path)}:{line}:{column}:", "where", style)
    tag = f"{finding.rule} {finding.term.id}" if finding.term else finding.rule
    head = f"{where} {_paint(finding.severity, finding.severity, style)}: {safe(finding.message)} [{tag}]"
    lines = [head, *_snippet(document, finding, style)]
    if finding.suggestions:
        lines.append(f"{_INDENT}{_paint('try:', 'dim', style)} {_suggestions(finding, style)}")
    return "\n".join(lines) + "\n"


def _suggestions(finding: Finding, style: Style) -> str:
    shown: list[str] = []
    for suggestion in finding.suggestions:
        text = _paint(safe(suggestion.text), "good", style)
        note = _paint(f"({safe(suggestion.note)})", "dim", style) if suggestion.note else ""
        shown.append(" ".join(part for part in (text, note) if part))
    return " | ".join(shown)


def _snippet(document: Document, finding: Finding, style: Style) -> Sequence[str]:
    """Return the sentence, clipped to the width round the marked words, and a line with carets under them."""
    segment = document.segment_at(finding.span.start)
    whole = segment.span if segment else finding.span
    end = max(whole.end, finding.span.end)
    room = max(20, style.width - len(_INDENT) - 2)
    span = _window(document.text, Span(whole.start, end), finding.span, room)
    before = safe(document.text[span.start : finding.span.start])
    marked = safe(document.text[finding.span.start : min(finding.span.end, span.end)])
    after = safe(document.text[finding.span.end : span.end])
    lead = "…" if span.start > whole.start else ""
    tail = "…" if span.end < end else ""
    text = f"{lead}{before}{_paint(marked, finding.severity, style)}{after}{tail}"
    carets = " " * _width(lead + before) + _paint("^" * max(1, _width(marked)), finding.severity, style)
    return f"{_INDENT}{text}", f"{_INDENT}{carets}"


def _window(text: str, whole: Span, mark: Span, room: int) -> Span:
    """Return the part of `whole` that shows the mark in at most `room` code points, the mark's start in any case."""
    if whole.end - whole.start <= room:
        return whole
    spare = max(0, room - (mark.end - mark.start))
    start = max(whole.start, mark.start - spare // 2)
    end = min(whole.end, start + room)
    start = max(whole.start, min(start, end - room))
    # Cut between words where a space is near.
    if start > whole.start and (space := text.find(" ", start, min(start + 15, mark.start))) > 0:
        start = space + 1
    if end < whole.end and (space := text.rfind(" ", max(mark.end, end - 15), end)) > 0:
        end = space
    return Span(start, end)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)
