"""Print how often raters marked what each rule finds with the Chinese, on real MT: WMT20 news, development documents.

    .venv/bin/python tools/measure_mqm.py [--rules composed,numbers] [--split dev] [--list 50] [--human]

Reads ../shared/data/mqm_newstest2020.jsonl. A finding counts as marked when a span of any rater overlaps it, in a
category that can mean the same; raters mark at most five errors a segment, so an unmarked finding need not be wrong.
`--list` prints that many unmarked findings of each rule, drawn by seed, for reading.
"""

import argparse
import json
import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from mtqa.chinese.script import simplified
from mtqa.document import Document, Link, Span, make_document
from mtqa.finding import Finding
from mtqa.glossary import bundled_paths, load_glossary
from mtqa.pairs import prepared
from mtqa.pipeline import Linter
from mtqa.settings import classifier_for

DATA = Path(__file__).parents[2] / "shared" / "data" / "mqm_newstest2020.jsonl"
RULES = "literal,composed,calque,numbers,names,consistency,adherence,omission"


class Case(NamedTuple):
    """Hold a finding on real MT, the sentence and the Chinese it stands in, and what raters marked there."""

    finding: Finding
    words: str
    english: str
    chinese: str
    marks: tuple[str, ...]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", default=RULES, help="rules to measure, separated by commas")
    parser.add_argument("--split", default="dev", choices=("dev", "train"))
    parser.add_argument("--list", type=int, default=0, help="print so many unmarked findings of each rule")
    parser.add_argument("--human", action="store_true", help="the human translations instead of the systems'")
    parser.add_argument("--notes", action="store_true", help="count notes too")
    parser.add_argument("--model", default="none", help='ask a model; "" for the bundled one (default: none)')
    arguments = parser.parse_args()
    if not DATA.exists():
        print(f"{DATA} is not there: nothing to measure")
        return 0
    classifier = classifier_for(arguments.model)
    linter = Linter(load_glossary(bundled_paths()), arguments.rules.split(","), classifier=classifier)
    cases = defaultdict(list)
    words = 0
    for rows in documents(arguments.split, arguments.human):
        document, starts = joined(rows)
        words += len(document.prose.split())
        for finding in linter.lint(document):
            if arguments.notes or finding.severity != "note":
                cases[finding.rule].append(case(document, finding, rows, starts))
    print(f"{words:,} words")
    for rule, found in sorted(cases.items()):
        marked = sum(bool(one.marks) for one in found)
        print(f"{rule:<12}{len(found):>6} findings {marked:>6} marked {marked / len(found):>6.2f}")
        unmarked = [one for one in found if not one.marks]
        for one in random.Random(1).sample(unmarked, min(arguments.list, len(unmarked))):  # noqa: S311
            print(f"    «{one.words}» {one.finding.message}\n        {one.english}\n        {one.chinese}")
    return 0


def documents(split: str, human: bool) -> list[list[dict[str, Any]]]:
    """Return the rows of each document and system, in the order of the document."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    if not DATA.exists():
        return []
    for line in DATA.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == split and row["human"] == human:
            found[row["doc"], row["system"]].append(row)
    return [sorted(rows, key=lambda row: row["doc_seg"]) for _, rows in sorted(found.items())]


def joined(rows: list[dict[str, Any]]) -> tuple[Document, list[int]]:
    """Return rows as one document, each row a unit, and where each begins in its text."""
    starts, sources, here, there = [], [], 0, 0
    for row in rows:
        starts.append(here)
        sources.append(Span(there, there + len(row["zh"])))
        here += len(row["en"]) + 1
        there += len(row["zh"]) + 1
    text, source = "\n".join(row["en"] for row in rows), "\n".join(row["zh"] for row in rows)
    document = prepared(make_document(rows[0]["doc"], text))
    units = list(zip(starts, sources, strict=True))
    segments = []
    for segment in document.segments:
        beside = max((start, span) for start, span in units if start <= segment.span.start)[1]
        segments.append(segment._replace(source=source[slice(*beside)], source_span=beside))
    links = tuple(Link(Span(s, s + len(row["en"])), span) for (s, span), row in zip(units, rows, strict=True))
    return document._replace(source=source, chinese=simplified(source), segments=tuple(segments), links=links), starts


def case(document: Document, finding: Finding, rows: list[dict[str, Any]], starts: list[int]) -> Case:
    """Return a finding with what the raters marked in its place."""
    number = max(i for i, start in enumerate(starts) if start <= finding.span.start)
    row, start = rows[number], starts[number]
    local = Span(finding.span.start - start, finding.span.end - start)
    marks = tuple(
        span["category"]
        for span in row["spans"]
        if Span(span["start"], span["end"]).overlaps(local) and span["end"] - span["start"] < len(row["en"])
    )
    return Case(finding, document.text[slice(*finding.span)], row["en"], row["zh"], marks)


if __name__ == "__main__":
    sys.exit(main())
