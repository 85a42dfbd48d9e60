"""Measure rule numbers: false alarms on sample articles and human translations, recall on corrupted numbers.

python tools/measure_numbers.py            the seeds and, where ../shared is at hand, newstest2020
python tools/measure_numbers.py --show     with every finding and every miss
"""

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from mtqa.checks import load, options_for
from mtqa.chinese.script import simplified
from mtqa.document import Document, Link, Span, make_document
from mtqa.finding import Finding
from mtqa.glossary import Glossary
from mtqa.match import Matcher
from mtqa.pairs import prepared

ROOT = Path(__file__).parents[1]
NEWSTEST = ROOT.parent / "shared" / "data" / "mqm_newstest2020.jsonl"
READER = Matcher(Glossary(()))


def findings(document: Document) -> list[Finding]:
    return list(load("numbers").check(document, READER, options_for("numbers", {})))


def by_line(english: Sequence[str], chinese: Sequence[str], path: str = "article") -> Document:
    """Return a document whose lines belong together, one of English to one of Chinese."""
    links, here, there = [], 0, 0
    for ours, theirs in zip(english, chinese, strict=True):
        if ours.strip() or theirs.strip():
            links.append(Link(Span(here, here + len(ours)), Span(there, there + len(theirs))))
        here, there = here + len(ours) + 1, there + len(theirs) + 1
    source = "\n".join(chinese)
    document = make_document(path, "\n".join(english), source=source)
    return document._replace(chinese=simplified(source), links=tuple(links))


def told(document: Document, finding: Finding) -> str:
    line, _ = document.position(finding.span.start)
    link = next(link for link in document.links if link.target and link.target.covers(finding.span))
    chinese = (document.source or "")[slice(*link.source)] if link.source else ""
    english = document.text[slice(*link.target)] if link.target else ""
    instead = [suggestion.text for suggestion in finding.suggestions]
    return f"{document.path}:{line}: {finding.message} -> {instead}\n    {chinese}\n    {english}"


def articles(folders: Iterable[Path], name: str, *, aligned: bool) -> Iterator[Document]:
    for folder in sorted(folders):
        if not (folder / name).exists() or not (folder / "zh.txt").exists():
            continue
        english, chinese = ((folder / part).read_text(encoding="utf-8") for part in (name, "zh.txt"))
        path = f"{folder.name}/{name}"
        if aligned:
            yield prepared(make_document(path, english, source=chinese))
        else:
            yield by_line(english.splitlines(), chinese.splitlines(), path)


# How systems get a number wrong, each a regular expression and what it makes of a match.
_NEXT = {"thousand": "million", "million": "billion", "billion": "million", "trillion": "billion"}
CORRUPTIONS: dict[str, tuple[str, Callable[[re.Match[str], random.Random], str]]] = {
    "scale word": (r"(?<=\d )(million|billion|trillion)\b", lambda m, _: _NEXT[m[1]]),
    "power of ten": (r"\b\d+(?:\.\d+)?(?= (?:million|billion|trillion))", lambda m, r: _shifted(m[0], r)),
    "thousands": (r"\b\d{1,3}(?:,\d{3})+\b(?!-)", lambda m, r: _shifted(m[0], r)),
    "per cent": (r"\b\d+(?:\.\d+)?(?=%| percent)", lambda m, r: _shifted(m[0], r)),
    "digit": (r"(?<![\d,.])\d{3,}\b(?! ?(?:million|billion))(?!,|-year)", lambda m, r: _digit(m[0], r)),
    "small digits": (r"(?<![\d.,:])\b\d{2}\b(?=%| percent| yuan| people)", lambda m, r: _digit(m[0], r)),
}  # fmt: skip


def _shifted(number: str, rng: random.Random) -> str:
    moved = float(number.replace(",", "")) * rng.choice((10, 0.1))
    return f"{round(moved):,}" if "," in number else f"{moved:.6g}"


def _digit(number: str, rng: random.Random) -> str:
    if len(number) == 4 and number[0] in "12":  # a year
        return number[:3] + rng.choice([d for d in "0123456789" if d != number[3]])
    digit = rng.choice([d for d in "23456789" if abs(int(d) - int(number[0])) > 1])
    return digit + number[1:]


def corrupted(text: str, how: str, rng: random.Random) -> tuple[str, Span] | None:
    """Return the text with one of its numbers made wrong, and the span of what was changed."""
    pattern, change = CORRUPTIONS[how]
    places = list(re.finditer(pattern, text))
    if not places:
        return None
    found = rng.choice(places)
    new = change(found, rng)
    if new == found[0]:
        return None
    return text[: found.start()] + new + text[found.end() :], Span(found.start(), found.start() + len(new))


def recall(folders: Sequence[Path], *, aligned: bool, show: bool, rounds: int = 2) -> None:
    rng = random.Random(4)  # noqa: S311 - to measure, not to hide
    hits: dict[str, list[bool]] = defaultdict(list)
    others = 0
    for folder in sorted(folders):
        english, chinese = ((folder / part).read_text(encoding="utf-8") for part in ("mt.txt", "zh.txt"))
        for how in CORRUPTIONS:
            for _ in range(rounds):
                made = corrupted(english, how, rng)
                if made is None:
                    continue
                text, span = made
                if aligned:
                    document = prepared(make_document(folder.name, text, source=chinese))
                else:
                    document = by_line(text.splitlines(), chinese.splitlines(), folder.name)
                found = findings(document)
                hit = any(f.span.overlaps(span) or f.span.end == span.start - 1 for f in found)
                others += sum(not f.span.overlaps(span) for f in found)
                hits[how].append(hit)
                if show and not hit:
                    line, _ = document.position(span.start)
                    print(f"  MISS {how} {folder.name}:{line}: {text[span.start - 12 : span.end + 12]!r}")
                    print(f"      {chinese.splitlines()[line - 1]}\n      {text.splitlines()[line - 1]}")
    for how, all_hits in hits.items():
        print(f"  {how}: {sum(all_hits)} of {len(all_hits)} ({sum(all_hits) / len(all_hits):.3f})")
    every = [hit for all_hits in hits.values() for hit in all_hits]
    print(f"  all: {sum(every)} of {len(every)} ({sum(every) / len(every):.3f}); {others} findings elsewhere")


def planted(*, show: bool) -> None:
    """Print how many of the wrong numbers that were written into the articles of tests/numbers are found."""
    totals = [0, 0, 0, 0]
    for folder in sorted(path.parent for path in (ROOT / "tests" / "numbers").glob("*/wrong.tsv")):
        english, chinese = ((folder / name).read_text(encoding="utf-8") for name in ("mt.txt", "zh.txt"))
        document = prepared(make_document(folder.name, english, source=chinese))
        starts = [0, *(i + 1 for i, char in enumerate(english) if char == "\n")]
        wrong = {}
        for row in (folder / "wrong.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            line, words, zh, right = row.split("\t")
            start = english.index(words, starts[int(line) - 1])
            wrong[Span(start, start + len(words))] = f"{folder.name}:{line}: {words!r} for {zh}: {right}"
        found = findings(document)
        false = [f for f in found if not any(f.span.overlaps(span) for span in wrong)]
        missed = [what for span, what in wrong.items() if not any(f.span.overlaps(span) for f in found)]
        counts = (len(wrong), len(wrong) - len(missed), len(found), len(false))
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        if show:
            print("\n".join([*(f"  missed {what}" for what in missed), *(f"  false {f.message}" for f in false)]))
    print(f"planted in articles: {totals[1]} of {totals[0]} found; {totals[3]} of {totals[2]} findings false")


def newstest(*, human: bool, show: bool, split: str) -> None:
    rows: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for line in NEWSTEST.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["human"] == human and (human or row["split"] == split):
            rows[row["doc"], row["system"]].append(row)
    count = marked = 0
    for (doc, system), segments in rows.items():
        segments.sort(key=lambda row: row["seg"])
        english = [row["en"].replace("\n", " ") for row in segments]
        document = by_line(english, [row["zh"].replace("\n", " ") for row in segments], f"{doc}/{system}")
        for finding in findings(document):
            count += 1
            line, column = document.position(finding.span.start)
            span = Span(column - 1, column - 1 + finding.span.end - finding.span.start)
            marks = [s for s in segments[line - 1]["spans"] if Span(s["start"], s["end"]).overlaps(span)]
            hit = sorted(
                {m["category"] for m in marks if m["category"].startswith(("Accuracy", "Locale", "Non-translation"))}
            )
            marked += bool(hit)
            if show:
                print(f"  {'MARKED' if hit else 'UNMARKED'} {hit} {told(document, finding)}")
    sentences = sum(map(len, rows.values()))
    print(f"  {sentences} sentences: {count} findings, {marked} on words that a rater marked")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print every finding and every miss")
    parser.add_argument(
        "--aligned", action="store_true", help="let mtqa align the articles instead of pairing their lines"
    )
    parser.add_argument("--split", default="dev", help="of newstest2020 for systems: dev, train")
    parser.add_argument("--only", choices=("alarms", "planted", "recall", "human", "systems"), help="one part alone")
    args = parser.parse_args()
    folders = [path.parent for path in (ROOT / "seeds").glob("*/zh.txt")]
    heldout = [path.parent for path in (ROOT / "tests" / "heldout").glob("*/zh.txt")]
    if args.only in (None, "alarms"):
        for name in ("mt.txt", "en.txt"):
            count = 0
            for document in articles([*folders, *heldout], name, aligned=args.aligned):
                for finding in findings(document):
                    count += 1
                    if args.show:
                        print(" ", told(document, finding))
            print(f"alarms on {len(folders) + len(heldout)} articles, {name}: {count}")
    if args.only in (None, "planted"):
        planted(show=args.show)
    if args.only in (None, "recall"):
        print("recall of corrupted numbers")
        recall([*folders, *heldout], aligned=args.aligned, show=args.show)
    for part, human in (("human", True), ("systems", False)):
        if args.only in (None, part):
            print(f"newstest2020, {part}")
            if NEWSTEST.exists():
                newstest(human=human, show=args.show, split=args.split)
            else:
                print(f"  skipped: {NEWSTEST} is not there")


if __name__ == "__main__":
    main()
