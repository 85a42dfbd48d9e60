"""Measure rules names, consistency and omission: false alarms on good English, findings on machines', planted errors.

    .venv/bin/python tools/measure_names.py articles            seeds/ and tests/heldout, aligned by mtqa
    .venv/bin/python tools/measure_names.py human ROWS.jsonl    human translations of WMT's MQM rows, line by line
    .venv/bin/python tools/measure_names.py machine ROWS.jsonl [--split dev]      machine translations of the same
    .venv/bin/python tools/measure_names.py planted             names misspelt and sentences dropped at random in seeds/

Findings are printed to be read by hand, one a line; a finding in a human translation is a false alarm unless the
translator slipped. With rows, `rated` says that a rater marked some of the same words.
"""

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from mtqa import checks
from mtqa.chinese.names import persons
from mtqa.chinese.pinyin import plain, spellings
from mtqa.document import Document, Span, make_document
from mtqa.finding import Finding
from mtqa.glossary.load import bundled_paths, load_glossary
from mtqa.match import Matcher
from mtqa.pairs import prepared

ROOT = Path(__file__).parents[1]
RULES = ("names", "consistency", "omission")
SEED = 4
SLIPS = (
    ("zh", "z"),
    ("sh", "s"),
    ("ch", "c"),
    ("ng", "n"),
    ("n", "ng"),
    ("ei", "ai"),
    ("ia", "a"),
    ("u", "i"),
    ("i", "e"),
)


def articles() -> Iterator[tuple[str, Document, list[Span]]]:
    for folder in sorted([*(ROOT / "seeds").iterdir(), *(ROOT / "tests" / "heldout").iterdir()]):
        for name in ("mt.txt", "en.txt"):
            if (folder / name).is_file():
                chinese = (folder / "zh.txt").read_text(encoding="utf-8")
                english = (folder / name).read_text(encoding="utf-8")
                yield f"{folder.name}/{name}", prepared(make_document(name, english, source=chinese)), []


def rows(path: Path, *, human: bool, split: str) -> Iterator[tuple[str, Document, list[Span]]]:
    """Yield the documents of WMT's rows, each line one segment, and what raters marked in them."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["human"] == human and split in ("", row["split"]):
            found[row["doc"], row["system"]].append(row)
    for (doc, system), group in sorted(found.items()):
        group.sort(key=lambda row: (row["doc_seg"], row["seg"]))
        yield f"{doc}/{system}", *paired(group)


def paired(group: list[dict[str, Any]]) -> tuple[Document, list[Span]]:
    """Return a document in which the English of each row is aligned with its Chinese, and the raters' spans."""
    from mtqa.chinese.script import simplified
    from mtqa.document import Link
    from mtqa.segment import segment

    english = [row["en"].replace("\n", " ") for row in group]
    source = "\n".join(row["zh"].replace("\n", " ") for row in group)
    document = segment(make_document("rows", "\n".join(english), source=source))
    links, marks, here, there = [], [], 0, 0
    for row, line in zip(group, english, strict=True):
        marks += [Span(here + mark["start"], here + mark["end"]) for mark in row["spans"]]
        links.append(Link(Span(here, here + len(line)), Span(there, there + len(row["zh"]))))
        here, there = here + len(line) + 1, there + len(row["zh"]) + 1
    return document._replace(chinese=simplified(source), links=tuple(links)), marks


def planted(matcher: Matcher) -> None:
    """Misspell a name, or drop a sentence, in each article of seeds/, and count what is found where."""
    draw = Random(SEED)  # noqa: S311
    counts: dict[str, int] = defaultdict(int)
    for folder in sorted(path for path in (ROOT / "seeds").iterdir() if path.is_dir()):
        chinese = (folder / "zh.txt").read_text(encoding="utf-8")
        for name in ("mt.txt", "en.txt"):
            english = (folder / name).read_text(encoding="utf-8")
            for wrong, start in misspelt(english, chinese, draw):
                found = run("names", prepared(make_document(name, wrong, source=chinese)), matcher)
                counts["names planted"] += 1
                hit = any(finding.span.start <= start < finding.span.end for finding in found)
                counts["names found"] += hit
                if not hit:
                    print("missed", folder.name, wrong[start : start + 20].replace("\n", " "), sep="\t")
                counts["findings beside a planted name"] += sum(
                    f.severity != "note" and _stands(wrong, f, english) for f in found
                )
            lines, source = english.split("\n"), chinese.split("\n")
            number = draw.choice([n for n, line in enumerate(source) if len(line) >= 12 and n and lines[n].strip()])
            short = "\n".join(lines[:number] + lines[number + 1 :])
            document = prepared(make_document(name, short, source=chinese))
            found = run("omission", document, matcher)
            right = [f for f in found if f.source and source[number][:8] in chinese[slice(*f.source)]]
            counts["sentences dropped"] += 1
            counts["sentences missed by omission"] += not right
            if not right:
                print("missed", folder.name, source[number][:40], sep="\t")
            counts["findings beside a dropped sentence, without notes"] += sum(
                f.severity != "note" for f in found if f not in right
            )
    for what, count in counts.items():
        print(count, what)


def _stands(text: str, finding: Finding, other: str) -> bool:
    """Tell whether the words of a finding stand in another text too."""
    return re.search(rf"\b{re.escape(text[slice(*finding.span)])}\b", other) is not None


def misspelt(english: str, chinese: str, draw: Random) -> Iterator[tuple[str, int]]:
    """Yield an article with one name of a person misspelt throughout, and where it stands first."""
    right = {}
    for person in persons(chinese):
        for surname in spellings(person.surname):
            for given in spellings(person.given):
                right[surname, given] = person
    names = {match[0] for match in re.finditer(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b", english)}
    known = sorted(name for name in names if tuple(map(plain, name.split())) in right)
    for name in draw.sample(known, min(2, len(known))):
        surname, given = name.split()
        slips = [given.lower().replace(old, new, 1) for old, new in SLIPS if old in given.lower()]
        slips = [slip for slip in slips if all(slip != spelt for _, spelt in right)]
        if slips:
            yield english.replace(name, f"{surname} {draw.choice(slips).capitalize()}"), english.index(name)


def run(rule: str, document: Document, matcher: Matcher) -> list[Finding]:
    check = checks.load(rule)
    return list(check.check(document, matcher, check.Options()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("articles", "human", "machine", "planted"))
    parser.add_argument("rows", nargs="?", type=Path)
    parser.add_argument("--split", default="")
    parser.add_argument("--rule", action="append", choices=RULES)
    arguments = parser.parse_args()
    matcher = Matcher(load_glossary(bundled_paths()))
    if arguments.what == "planted":
        planted(matcher)
        return
    if arguments.what == "articles":
        documents = articles()
    else:
        documents = rows(arguments.rows, human=arguments.what == "human", split=arguments.split)
    counts: dict[tuple[str, str, bool], int] = defaultdict(int)
    number = 0
    for number, (name, document, marks) in enumerate(documents, 1):  # noqa: B007
        for rule in arguments.rule or RULES:
            for finding in run(rule, document, matcher):
                rated = any(finding.span.overlaps(mark) for mark in marks)
                counts[rule, finding.severity, rated] += 1
                line, _ = document.position(finding.span.start)
                print(rule, finding.severity, "rated" if rated else "-", f"{name}:{line}", finding.message, sep="\t")
    print(number, "documents")
    for (rule, severity, rated), count in sorted(counts.items()):
        print(count, rule, severity, "rated" if rated else "not rated")


if __name__ == "__main__":
    main()
