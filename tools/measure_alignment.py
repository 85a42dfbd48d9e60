"""Measure the sentence alignment on the articles of seeds/ and tests/heldout, damaged in several ways.

    .venv/bin/python tools/measure_alignment.py [--english en.txt] [--heldout] [--without dictionary]

`--english` also takes a file of WMT's MQM rows (../shared/data/mqm_newstest2020.jsonl) in place of the articles.

Line n of `zh.txt` is line n of the English: that is the truth. Sentences that share a line belong to one group, and so
do all those of lines that a damage ran together. A predicted link is right when its English and its Chinese sentences
come from one and the same group; a group is found when each of its sentences is in a right link. Strict F1 is of right
links among the predicted ones (precision) and found groups among those with both sides (recall); lax F1 is of the pairs
of an English and a Chinese line that are linked at all. Links that drop or add a sentence count on neither side.
"""

import argparse
import json
import re
import sys
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from mtqa.align import align, clues, evidence
from mtqa.document import Document, Span, make_document
from mtqa.segment import segment

ROOT = Path(__file__).parents[1]
SEED = 4


class Damage(NamedTuple):
    """Say what is done to an article: breaks are `kept`, `paragraphs`, `headings` or `none`."""

    english_breaks: str = "kept"
    chinese_breaks: str = "kept"
    drop: float = 0.0
    merge: float = 0.0
    wrap: bool = False


VARIANTS = {
    "1 as they are": Damage(),
    "1b paragraph a line": Damage("paragraphs", "paragraphs"),
    "1c English hard-wrapped": Damage("paragraphs", "paragraphs", wrap=True),
    "2 no breaks": Damage("none", "none"),
    "2b headings alone": Damage("headings", "headings"),
    "2c English no breaks": Damage("none", "paragraphs"),
    "2d Chinese no breaks": Damage("paragraphs", "none"),
    "3 dropped": Damage("paragraphs", "paragraphs", drop=0.075),
    "4 merged": Damage("paragraphs", "paragraphs", merge=0.1),
    "5 all": Damage("none", "none", drop=0.075, merge=0.1),
    "5b all, paragraphs": Damage("paragraphs", "paragraphs", drop=0.075, merge=0.1),
}


class Side(NamedTuple):
    """Hold a text and where each line's part of it starts, with the number of the line."""

    text: str
    starts: list[tuple[int, int]]

    def lines(self, span: Span) -> set[int]:
        """Return the numbers of the lines that a span touches."""
        ends = [start for start, _ in self.starts[1:]] + [len(self.text) + 1]
        return {
            line
            for (start, line), end in zip(self.starts, ends, strict=True)
            if start < span.end and span.start < end and self.text[max(start, span.start) : min(end, span.end)].strip()
        }


def is_heading(line: str) -> bool:
    return not re.search(r"[.!?。！？…:：；;][\"”’」』）)]*$", line)


def build(lines: list[str], breaks: str, damage: Damage, chance: Random, chinese: bool) -> Side:
    """Join the lines of one side with what is left of the breaks, dropping and merging at random."""
    space = "" if chinese else " "
    text, starts = "", []
    blank = merged = last_heading = False
    for number, line in enumerate(lines):
        if not line.strip():
            blank = True
            continue
        if chance.random() < damage.drop:
            continue
        heading = is_heading(line)
        apart = heading or last_heading or not starts
        joint = space
        if breaks == "kept":
            joint = "\n\n" if blank else "\n"
        elif (breaks == "paragraphs" and (blank or apart)) or (breaks == "headings" and apart):
            joint = "\n"
        if text and not merged:
            text += joint
        elif text:
            text += space
        merged = not heading and chance.random() < damage.merge and number + 1 < len(lines) and bool(lines[number + 1])
        starts.append((len(text), number))
        text += run_on(line, chinese) if merged else line
        blank, last_heading = False, heading
    return Side(wrapped(text, 76) if damage.wrap and not chinese else text, starts)


def run_on(line: str, chinese: bool) -> str:
    """Return a line whose end mark no longer ends it."""
    return re.sub(r"[。！？](?=[”’」』）]*$)", "，", line) if chinese else re.sub(r"[.!?](?=[\"”’)]*$)", ";", line)


def wrapped(text: str, width: int) -> str:
    """Wrap English lines at their spaces, so that no code point moves."""
    out = list(text)
    start, space = 0, -1
    for place, char in enumerate(text):
        if char == "\n":
            start, space = place + 1, -1
        elif char == " ":
            space = place
        if place - start >= width and space > start:
            out[space] = "\n"
            start, space = space + 1, -1
    return "".join(out)


class Result(NamedTuple):
    """Count right and predicted links, found and true groups, right, predicted and true pairs of lines."""

    right: int
    predicted: int
    found: int
    groups: int
    pairs_right: int
    pairs_predicted: int
    pairs: int


def judge(document: Document, english: Side, chinese: Side, errors: bool) -> Result:
    """Compare a document's links with the lines their sentences come from."""
    links = [
        (
            english.lines(link.target) if link.target else set[int](),
            chinese.lines(link.source) if link.source else set[int](),
        )
        for link in document.links
    ]
    group = groups_of([english.lines(s.span) for s in document.segments], chinese_lines(document, chinese))
    ours = {group[line] for _, line in english.starts}
    theirs = {group[line] for _, line in chinese.starts}
    both = ours & theirs
    spoilt, right, predicted = set[int](), 0, 0
    pairs = set[tuple[int, int]]()
    for link, (left, middle) in zip(document.links, links, strict=True):
        ours_here, theirs_here = {group[line] for line in left}, {group[line] for line in middle}
        pairs |= {(a, b) for a in ours_here for b in theirs_here}
        if ours_here == theirs_here and len(ours_here) == 1:
            right += 1
        else:
            spoilt |= ours_here | theirs_here
        predicted += bool(left and middle)
        if errors and not (ours_here == theirs_here and len(ours_here) == 1) and ((ours_here | theirs_here) & both):
            show(document, link, ours_here, theirs_here)
    found = len(both - spoilt)
    return Result(right, predicted, found, len(both), len({(g, g) for g in both} & pairs), len(pairs), len(both))


def show(document: Document, link: object, ours: set[int], theirs: set[int]) -> None:
    target, source = link  # type: ignore[misc, attr-defined]
    print(sorted(ours), target and document.text[slice(*target)])
    print("   ", sorted(theirs), source and (document.source or "")[slice(*source)])


def chinese_lines(document: Document, chinese: Side) -> list[set[int]]:
    from mtqa.chinese.sentences import sentences

    return [chinese.lines(span) for span in sentences(document.chinese or "")]


def groups_of(ours: list[set[int]], theirs: list[set[int]]) -> dict[int, int]:
    """Return for each line the least line that a chain of sentences joins it with."""
    group: dict[int, int] = {}

    def root(line: int) -> int:
        while group.setdefault(line, line) != line:
            line = group[line]
        return line

    for lines in (*ours, *theirs):
        least = min(root(line) for line in lines)
        for line in lines:
            group[root(line)] = least
    return {line: root(line) for line in list(group)}


def f1(right: float, predicted: float, found: float, true: float) -> float:
    precision, recall = right / max(1, predicted), found / max(1, true)
    return 2 * precision * recall / max(1e-9, precision + recall)


def articles(heldout: bool, english: str) -> Iterator[tuple[Path, list[str], list[str]]]:
    if english.endswith(".jsonl"):
        yield from news(Path(english))
        return
    folders = [*(ROOT / "tests/heldout").iterdir()] if heldout else [*(ROOT / "seeds").iterdir()]
    for folder in sorted(folders):
        if (folder / "zh.txt").exists() and (folder / english).exists():
            yield (
                folder,
                (folder / english).read_text(encoding="utf-8").splitlines(),
                (folder / "zh.txt").read_text(encoding="utf-8").splitlines(),
            )


def news(path: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Yield the documents of WMT's news test, each by one of its translators."""
    documents = defaultdict[str, dict[str, list[tuple[str, str]]]](lambda: defaultdict(list))
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        documents[row["doc"]][row["system"]].append((row["en"], row["zh"]))
    for name, systems in sorted(documents.items()):
        whole = max(map(len, systems.values()))
        complete = [rows for _, rows in sorted(systems.items()) if len(rows) == whole]
        rows = Random(name).choice(complete)  # noqa: S311
        yield Path(name), [english for english, _ in rows], [chinese for _, chinese in rows]


def measure(arguments: argparse.Namespace, name: str, damage: Damage) -> None:
    total, seconds = Counter[str](), 0.0
    for folder, ours, theirs in articles(arguments.heldout, arguments.english):
        for repeat in range(arguments.repeat if damage.drop or damage.merge else 1):
            chance = Random(f"{SEED} {folder.name} {repeat}")  # noqa: S311
            english = build(ours, damage.english_breaks, damage, chance, False)
            chinese = build(theirs, damage.chinese_breaks, damage, chance, True)
            document = segment(make_document(folder.name, english.text, source=chinese.text))
            start = time.process_time()
            document = align(document)
            seconds += time.process_time() - start
            result = judge(document, english, chinese, name.startswith(arguments.errors))
            total.update(result._asdict())
            total["articles"] += 1
    strict = f1(total["right"], total["predicted"], total["found"], total["groups"])
    lax = f1(total["pairs_right"], total["pairs_predicted"], total["pairs_right"], total["pairs"])
    print(
        f"{name:24} strict P {total['right'] / total['predicted']:.4f} R {total['found'] / total['groups']:.4f}"
        f" F1 {strict:.4f}  lax F1 {lax:.4f}  {1000 * seconds / total['articles']:.0f} ms an article",
        flush=True,
    )


def without(parts: list[str]) -> None:
    """Take kinds of evidence away."""
    kinds = {"numbers": "number", "latin": "latin", "names": "name"}
    gone = {clues.RATES[kinds[part]] + 0.0 for part in parts if part in kinds}
    original = clues.chinese_clues
    if "dictionary" in parts:
        clues.gloss_keys = lambda _: ()  # type: ignore[assignment]
    if "words" in parts:  # all but length
        evidence.chinese_clues = lambda *_: iter(())  # type: ignore[assignment]
        evidence.english_clues = lambda *_: iter(())  # type: ignore[assignment]
    elif gone:
        evidence.chinese_clues = lambda *a: (c for c in original(*a) if c.rate not in gone)  # type: ignore[assignment]
    if "length" in parts:
        evidence.Evidence.length = lambda *_: 0.0  # type: ignore[method-assign, assignment]


def rates(arguments: argparse.Namespace) -> None:
    """Print how often each kind of clue is kept by the English of its line, and the length's log ratio."""
    kept, count = Counter[float](), Counter[float]()
    for _, ours, theirs in articles(arguments.heldout, arguments.english):
        names = clues.capitalised("\n".join(ours))
        for line, original in zip(ours, theirs, strict=True):
            both = set(clues.english_clues(line)), set(clues.chinese_clues(original, names))
            for these, others in (both, both[::-1]):
                keys = {key for clue in others for key in clue.keys}
                for clue in these:
                    count[clue.rate] += 1
                    kept[clue.rate] += any(key in keys for key in clue.keys)
    for kind, rate in clues.RATES.items():
        print(f"{kind:10} {kept[rate] / max(1, count[rate]):.3f} of {count[rate]}")
    offs = defaultdict(list)
    from math import log, sqrt

    for _, ours, theirs in articles(arguments.heldout, arguments.english):
        ratio = sum(map(len, ours)) / sum(map(len, theirs))
        for line, original in zip(ours, theirs, strict=True):
            if line:
                offs[min(6, len(original) // 8)].append(log((len(line) + 6) / (ratio * len(original) + 6)))
    for size, values in sorted(offs.items()):
        mean = sum(values) / len(values)
        spread = sqrt(sum((value - mean) ** 2 for value in values) / len(values))
        print(f"{size * 8} characters: mean {mean:.3f} spread {spread:.3f} of {len(values)}")


def book(most: int) -> None:
    """Align articles run together without breaks into books of up to so many sentences: time and memory by length."""
    lines = [(o, z) for _, ours, theirs in articles(False, "mt.txt") for o, z in zip(ours, theirs, strict=True)]
    for share in (4, 2, 1):
        count = most // share
        chosen = (lines * (1 + count // len(lines)))[:count]
        english, chinese = (
            build([pair[side] for pair in chosen], "none", VARIANTS["5 all"], Random(SEED), side == 1)  # noqa: S311
            for side in (0, 1)
        )
        document = segment(make_document("book", english.text, source=chinese.text))
        start = time.process_time()
        align(document)
        seconds = time.process_time() - start
        tracemalloc.start()
        align(document)
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        print(f"{len(document.segments):>7} sentences {seconds:>7.1f} s {peak:>7.0f} MB", flush=True)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--english", default="mt.txt")
    parser.add_argument("--heldout", action="store_true")
    parser.add_argument("--rates", action="store_true")
    parser.add_argument("--errors", default="-", help="print the wrong links of this variant")
    parser.add_argument("--only", default="", help="measure variants whose name starts so")
    parser.add_argument("--repeat", type=int, default=3, help="random damages of each article")
    parser.add_argument("--without", nargs="*", default=[], help="numbers latin names dictionary words length")
    parser.add_argument("--book", type=int, default=0, help="time and memory on a book of so many lines")
    arguments = parser.parse_args()
    if arguments.book:
        book(arguments.book)
        return 0
    if arguments.rates:
        rates(arguments)
        return 0
    without(arguments.without)
    for name, damage in VARIANTS.items():
        if name.startswith(arguments.only):
            measure(arguments, name, damage)
    return 0


if __name__ == "__main__":
    sys.exit(main())
