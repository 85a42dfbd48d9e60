"""JSON, version 1 (design, section 6): offsets are code points of the decoded file."""

from __future__ import annotations

import json
from typing import Any

from mtqa.document import Document, Span
from mtqa.finding import Finding
from mtqa.report import Report, Style


def render(report: Report, style: Style) -> str:
    """Return the report as one JSON object, indented, non-ASCII as it stands."""
    files = [
        {"path": document.path, "findings": [_finding(document, finding) for finding in findings]}
        for document, findings in report.files
    ]
    whole = {"version": 1, "signature": report.signature, "files": files, "summary": report.summary()._asdict()}
    # Lone surrogates cannot come in: input is decoded strictly.
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _finding(document: Document, finding: Finding) -> dict[str, Any]:
    line, column = document.position(finding.span.start)
    term = finding.term
    return {
        "rule": finding.rule,
        "start": finding.span.start,
        "end": finding.span.end,
        "line": line,
        "column": column,
        "text": document.text[finding.span.start : finding.span.end],
        "category": finding.category,
        "severity": finding.severity,
        "score": finding.score,
        "message": finding.message,
        "term": {"id": term.id, "zh": list(term.zh), "glossary": term.glossary} if term else None,
        "source": _source(document, finding.source),
        "suggestions": [{"text": s.text, "note": s.note} for s in finding.suggestions],
    }


def _source(document: Document, span: Span | None) -> dict[str, Any] | None:
    if span is None or document.source is None:
        return None
    return {"text": document.source[slice(*span)], "start": span.start, "end": span.end}
