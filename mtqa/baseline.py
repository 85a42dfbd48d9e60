"""Holds findings against an earlier report, so that only new ones count."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from mtqa.document import Document
from mtqa.errors import MtqaError
from mtqa.finding import Finding

_Key = tuple[str, str, str, str]


def load_baseline(path: Path) -> "Counter[_Key]":
    """Read the findings of a JSON report, counted by path, rule, term and marked words.

    Raises MtqaError for a file that is no JSON report of version 1.
    """
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        if report["version"] != 1:
            raise MtqaError(str(path), f"is a report of version {report['version']!r}; this mtqa reads version 1")
        return Counter(
            (file["path"], finding["rule"], (finding["term"] or {}).get("id", ""), finding["text"])
            for file in report["files"]
            for finding in file["findings"]
        )
    except OSError as error:
        raise MtqaError(
            str(path), f"cannot be read: {error.strerror}; write one with mtqa lint --format json"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise MtqaError(str(path), "is no mtqa report; write one with mtqa lint --format json") from None


def new_findings(document: Document, findings: Sequence[Finding], known: "Counter[_Key]") -> list[Finding]:
    """Return the findings that the baseline does not account for, taking each of its entries once."""
    left = known.copy()
    found = []
    for finding in findings:
        words = document.text[finding.span.start : finding.span.end]
        key = (document.path, finding.rule, finding.term.id if finding.term else "", words)
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(finding)
    return found
