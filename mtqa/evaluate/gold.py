"""Reads texts in which somebody has marked what is to be found: articles, a glossary's examples, JSON lines."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from mtqa.document import Span, make_document
from mtqa.errors import MtqaError
from mtqa.evaluate.goldlines import read_json_lines, read_text
from mtqa.evaluate.marked import Gold, Marked
from mtqa.glossary.load import load_examples_file
from mtqa.pairs import prepared, with_source
from mtqa.read import articles, read
from mtqa.term import Example

__all__ = ["Gold", "Marked", "read_clean", "read_gold"]

ARTICLE, MARKS, CHINESE = "mt.txt", "marks.tsv", "zh.txt"
_COLUMNS = ("line", "text", "zh")
_SHAPES = f"a folder with {ARTICLE} and {MARKS}, a glossary's .examples.tsv, or .jsonl"


class _Row(NamedTuple):
    """Hold a row of marks.tsv: the number of the line, from 1, the words marked on it, and their Chinese."""

    line: int
    words: str
    zh: str


def read_gold(path: Path, *, source: bool = True) -> list[Marked]:
    """Read marked texts; with `source` also their Chinese, where they have it.

    Raises MtqaError, with `path:line` where a line is to blame, for data that cannot be read, a mark whose words are
    not there, or data of no known shape.
    """
    try:
        folders = _folders(path) if path.is_dir() else []
        missing = not path.exists()
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise MtqaError(str(path), f"cannot be read: {what}; --data takes {_SHAPES}") from None
    if folders:
        return [_article(folder, source) for folder in folders]
    if missing:
        raise MtqaError(str(path), f"does not exist; --data takes {_SHAPES}")
    if path.suffix in (".jsonl", ".ndjson"):
        return read_json_lines(path, source=source)
    if path.suffix == ".tsv":
        return _examples(path, source)
    raise MtqaError(str(path), f"is neither .tsv nor .jsonl; --data takes {_SHAPES}")


def _folders(path: Path) -> list[Path]:
    """Return the folders of articles in a folder, or the folder itself when it is one."""
    if (path / ARTICLE).is_file():
        return [path]
    folders = sorted(folder for folder in path.iterdir() if (folder / ARTICLE).is_file())
    if not folders:
        raise MtqaError(str(path), f"holds no {ARTICLE} and no folder with one; --data takes {_SHAPES}")
    return folders


def read_clean(path: Path) -> list[Marked]:
    """Read clean English, a text or a folder of texts, in which nothing is to be found. Raises MtqaError."""
    found = []
    for file in articles([path]):
        document = read(file)
        if document.source is not None:
            raise MtqaError(str(file), "holds its Chinese, so it is a translation; --clean takes good English alone")
        found.append(Marked(str(file), prepared(document), (), (), clean=True))
    return found


def _article(folder: Path, source: bool) -> Marked:
    """Read an article as `mtqa lint mt.txt --source zh.txt` would, and its marks."""
    document = read(folder / ARTICLE)
    if source and (folder / CHINESE).is_file():
        document = with_source(document, read(folder / CHINESE))
    lines = document.text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    marks, taken = [], dict[tuple[int, str], int]()
    for number, row in _marks(folder / MARKS):
        where = f"{folder / MARKS}:{number}"
        if not 1 <= row.line <= len(lines):
            raise MtqaError(where, f"line {row.line} is marked, but {ARTICLE} has {len(lines)}; count lines from 1")
        # Words that are marked twice on a line stand there twice.
        place = lines[row.line - 1].find(row.words, taken.get((row.line, row.words), 0))
        if place < 0:
            what = f"{row.words!r} is not on line {row.line} of {ARTICLE}, or not once more; copy the words from there"
            raise MtqaError(where, what)
        taken[row.line, row.words] = place + len(row.words)
        start = starts[row.line - 1] + place
        marks.append(Gold(Span(start, start + len(row.words)), zh=row.zh))
    return Marked(str(folder), prepared(document), tuple(marks))


def _marks(path: Path) -> Iterator[tuple[int, _Row]]:
    """Yield the rows of a file of marks with the numbers of their lines."""
    text = read_text(path)
    header, *rows = text.split("\n")
    columns = header.rstrip("\r").split("\t")
    if missing := [name for name in _COLUMNS if name not in columns]:
        raise MtqaError(f"{path}:1", f"column {missing[0]!r} is missing; the header needs {', '.join(_COLUMNS)}")
    for number, line in enumerate(rows, 2):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != len(columns):
            raise MtqaError(f"{path}:{number}", f"{len(cells)} cells where the header has {len(columns)}")
        row = dict(zip(columns, cells, strict=True))
        # isdecimal alone takes digits of all scripts and any length.
        if not (row["line"].isascii() and row["line"].isdecimal() and len(row["line"]) < 10):
            raise MtqaError(f"{path}:{number}", f"line: {row['line']!r} found; write the number of a line, from 1")
        if not row["text"].strip():
            raise MtqaError(f"{path}:{number}", "text: empty; write the marked words as they stand in the line")
        yield number, _Row(int(row["line"]), row["text"], row["zh"].strip())


def _examples(path: Path, source: bool) -> list[Marked]:
    """Read a glossary's examples; lines with the same sentence are one text."""
    together: dict[tuple[str, str | None], list[Example]] = {}
    for example in load_examples_file(path):
        together.setdefault((example.text, example.zh if source else None), []).append(example)
    return [_example(path, examples, zh) for (_, zh), examples in together.items()]


def _example(path: Path, examples: Sequence[Example], zh: str | None) -> Marked:
    document = make_document(f"{path}:{examples[0].line}", examples[0].text, source=zh)
    marked = [(example.label, Gold(span, example.term)) for example in examples for span in example.spans]
    bad = tuple(gold for label, gold in marked if label == "bad")
    return Marked(
        document.path,
        prepared(document),
        bad,
        tuple(gold for label, gold in marked if label == "good"),
        # A good sentence is good throughout; in a bad one only its own term was looked for.
        judged=frozenset(example.term for example in examples) if bad else None,
    )
