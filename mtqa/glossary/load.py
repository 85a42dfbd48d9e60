"""Loads glossaries and their examples from TSV, or says exactly which cell is wrong."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from mtqa.bundled import bundled_folder
from mtqa.errors import MtqaError
from mtqa.finding import CATEGORIES, SEVERITIES
from mtqa.glossary import cells
from mtqa.glossary.stack import Entry, Glossary, stack
from mtqa.term import Example, Term

COLUMNS = ("id", "zh", "literal", "idiomatic", "category", "severity", "domain", "unless", "when", "note", "source")
REQUIRED = ("id", "zh", "literal", "idiomatic")
EXAMPLE_COLUMNS = ("id", "label", "sentence", "zh")
MAX_BYTES = 64 * 2**20
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOUNS = {"mass": "n", "pl": "n", "name": "n"}
_Value = TypeVar("_Value")


class _Row(NamedTuple):
    """Hold one line of a table with what is needed to complain of it."""

    path: Path
    line: int
    cells: dict[str, str]

    @property
    def where(self) -> str:
        """Return `path:line`."""
        return f"{self.path}:{self.line}"

    def parse(self, column: str, read: Callable[[str], _Value]) -> _Value:
        """Read one cell; raises MtqaError naming file, line and column."""
        try:
            return read(self.cells.get(column, ""))
        except ValueError as error:
            raise MtqaError(self.where, f"{column}: {error}") from None

    def one_of(self, column: str, allowed: tuple[str, ...], default: str) -> str:
        """Read a cell that holds one of several words, or nothing."""
        value = self.cells.get(column) or default
        if value not in allowed:
            raise MtqaError(self.where, f"{column}: {value!r} is unknown; write one of {', '.join(allowed)}")
        return value


def _table(path: Path, text: str, allowed: tuple[str, ...], required: tuple[str, ...]) -> Iterator[_Row]:
    lines = text.split("\n")
    header = lines[0].rstrip("\r").split("\t")
    for name in header:
        if name not in allowed:
            raise MtqaError(f"{path}:1", f"column {name!r} is unknown; allowed are {', '.join(allowed)}")
    if missing := [name for name in required if name not in header]:
        raise MtqaError(f"{path}:1", f"column {missing[0]!r} is missing; the header needs {', '.join(required)}")
    for number, line in enumerate(lines[1:], 2):
        line = line.rstrip("\r")
        if not line.strip():
            continue
        fields = line.split("\t")
        if len(fields) != len(header):
            what = f"{len(fields)} cells where the header has {len(header)}"
            raise MtqaError(f"{path}:{number}", f"{what}; separate the cells by tabs, one row a line")
        yield _Row(path, number, dict(zip(header, fields, strict=True)))


def _read(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise MtqaError(str(path), f"{size:,} bytes; a glossary has {MAX_BYTES:,} at most, split it")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise MtqaError(f"{path}:{line}", "not UTF-8; save the glossary as UTF-8 text") from None
    except OSError as error:
        raise MtqaError(str(path), f"cannot be read: {error.strerror}; name a .tsv glossary") from None
    if "\0" in text:
        raise MtqaError(str(path), "holds NUL bytes, so it is no text file; name a .tsv glossary")
    if not text.strip():
        raise MtqaError(str(path), f"is empty; the first line names the columns: {', '.join(REQUIRED)} ...")
    return text


def _entry(row: _Row, name: str, tested: bool) -> Entry:
    """Return a row as an entry, which is read in full when somebody asks.

    A row is checked at once unless it is `tested`: the bundled glossaries are, by `mtqa glossary check` and the
    tests, and checking them again at every start would cost more than linting an article.
    """
    identifier = row.cells["id"].strip()
    if tested:
        read = partial(_term, row, name, tested=True)
        return Entry(identifier, row.cells["zh"], row.cells["literal"], _first_class(row), row.cells["idiomatic"], read)
    if not _ID.fullmatch(identifier):
        raise MtqaError(row.where, f"id: {identifier!r}; write lower-case words joined by hyphens")
    read = partial(_term, row, name)
    if not cells.is_sound(row.cells):
        read()  # raises where something is wrong
    for column in REQUIRED:
        if not row.cells[column].strip(" |"):
            raise MtqaError(row.where, f"{column}: empty; write at least one value")
    row.one_of("category", CATEGORIES, CATEGORIES[0])
    row.one_of("severity", SEVERITIES, "major")
    return Entry(identifier, row.cells["zh"], row.cells["literal"], _first_class(row), row.cells["idiomatic"], read)


def _first_class(row: _Row) -> str:
    tag = row.cells["idiomatic"].lstrip().partition(":")[0]
    return _NOUNS.get(tag, tag)


def _term(row: _Row, name: str, tested: bool = False) -> Term:
    return Term(
        id=row.cells["id"].strip(),
        zh=cells.values(row.cells["zh"]),
        literal=row.parse("literal", partial(cells.literals, default_class=_first_class(row))),
        idiomatic=row.parse("idiomatic", cells.renderings),
        category=row.one_of("category", CATEGORIES, CATEGORIES[0]),
        severity=row.one_of("severity", SEVERITIES, "major"),
        domain=row.cells.get("domain", "") or name,
        unless=row.parse("unless", cells.contexts),
        when=row.parse("when", cells.contexts),
        note=row.cells.get("note", ""),
        source=row.cells.get("source", ""),
        glossary=name,
        tested=tested,
    )


def _entries(path: Path, text: str, tested: bool) -> list[Entry]:
    entries: dict[str, Entry] = {}
    for row in _table(path, text, COLUMNS, REQUIRED):
        entry = _entry(row, path.stem, tested)
        if entry.id in entries:
            raise MtqaError(row.where, f"id: {entry.id!r} stands twice in this file; rename one of them")
        entries[entry.id] = entry
    return list(entries.values())


def load_glossary(paths: Iterable[Path], *, check_bundled: bool = False) -> Glossary:
    """Load glossaries and stack them; where two share an id, the later file wins.

    Only with `check_bundled` are the rows of the bundled glossaries checked as others are.

    Raises MtqaError (`path:line: column: what`) for a file that cannot be read, a broken row or an id that stands
    twice in one file.
    """
    layers = []
    for path in paths:
        text = _read(path)
        bundled = path.parent == bundled_folder("glossaries")
        entries = _entries(path, text, bundled and not check_bundled)
        layers.append(("press" if bundled else path.stem, text, entries))
    return stack(layers)


def examples_path(path: Path) -> Path:
    """Return the file that holds the examples of a glossary."""
    return path.with_name(path.stem + ".examples.tsv")


def load_examples(path: Path) -> list[Example]:
    """Load the examples that stand beside the glossary at `path`; none when there is no such file.

    Raises MtqaError (`path:line: column: what`) for a broken row.
    """
    path = examples_path(path)
    return load_examples_file(path) if path.exists() else []


def load_examples_file(path: Path) -> list[Example]:
    """Load a file of examples. Raises MtqaError (`path:line: column: what`) for a broken row."""
    found = []
    for row in _table(path, _read(path), EXAMPLE_COLUMNS, EXAMPLE_COLUMNS[:3]):
        bad = row.one_of("label", ("bad", "good"), "") == "bad"
        text, spans = row.parse("sentence", cells.marked)
        zh = row.cells.get("zh") or None
        found.append(Example(row.cells["id"], "bad" if bad else "good", text, spans, zh, row.line))
    return found


def bundled_paths() -> list[Path]:
    """Return the bundled glossaries, sorted by name."""
    return sorted(
        path for path in bundled_folder("glossaries").glob("*.tsv") if not path.name.endswith(".examples.tsv")
    )
