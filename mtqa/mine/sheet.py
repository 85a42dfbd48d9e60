"""Reads and writes the sheet that a curator works in: a glossary with rows that may not be finished."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from mtqa.errors import MtqaError
from mtqa.glossary import Glossary
from mtqa.glossary.cells import values
from mtqa.glossary.load import COLUMNS, EXAMPLE_COLUMNS, MAX_BYTES, REQUIRED
from mtqa.match.words import lower_words
from mtqa.mine.marks import Lexicon
from mtqa.mine.propose import Proposal
from mtqa.mine.wording import key
from mtqa.review.learn import lines
from mtqa.term import Example

_MOST_ID = 60
_FORMULA = "=+-@＝＋－＠"
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Sheet(NamedTuple):
    """Hold the column names of a table and its lines below them, as they stand in its file."""

    header: tuple[str, ...]
    rows: tuple[str, ...]

    def cells(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the number of each line that is not empty with its cells."""
        for number, row in enumerate(self.rows, 2):
            if row.strip():
                yield number, dict(zip(self.header, row.split("\t"), strict=False))


def read_sheet(path: Path, columns: tuple[str, ...], required: tuple[str, ...]) -> Sheet:
    """Read a table whose rows need not be finished; an absent file is a sheet without rows.

    Raises MtqaError for a file that cannot be read or that is no such table.
    """
    if not path.exists():
        return Sheet(columns, ())
    try:
        if path.stat().st_size > MAX_BYTES:
            raise MtqaError(str(path), f"more than {MAX_BYTES:,} bytes; a glossary has that many at most, split it")
        if not path.is_file():
            raise MtqaError(str(path), "is no file; name a .tsv")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MtqaError(str(path), "is not UTF-8; save it as UTF-8 text, or name a new file") from None
    except OSError as error:
        raise MtqaError(str(path), f"cannot be read: {(error.strerror or str(error)).lower()}; name a .tsv") from None
    header, *rows = [line.rstrip("\r") for line in text.split("\n")] if text.strip() else ["\t".join(columns)]
    names = tuple(header.split("\t"))
    if unknown := [name for name in names if name not in columns]:
        what = f"column {unknown[0][:40]!r} is unknown; allowed are {', '.join(columns)}"
        raise MtqaError(f"{path}:1", f"{what}; name a new file for what is mined")
    if missing := [name for name in required if name not in names]:
        raise MtqaError(f"{path}:1", f"column {missing[0]!r} is missing; the header needs {', '.join(required)}")
    while rows and not rows[-1]:
        rows.pop()
    return Sheet(names, tuple(rows))


def undone(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and complaint for each row in which a cell that a glossary needs is empty.

    Nothing is said of a file that is no glossary at all: whoever loads it says that better.
    """
    try:
        sheet = read_sheet(path, COLUMNS, REQUIRED)
    except MtqaError:
        return
    for number, cells in sheet.cells():
        if missing := [name for name in REQUIRED if not cells.get(name, "").strip(" |")]:
            name = cells.get("id", "").strip() or "row"
            yield number, f"{name}: {', '.join(missing)}: empty; write at least one value, or take the row out"


def row_of(proposal: Proposal, identifier: str, header: Iterable[str]) -> str:
    """Return a proposal as a line of a glossary."""
    cells = {
        "id": identifier,
        "zh": " | ".join(proposal.zh),
        "literal": " | ".join(f"{word_class}: {text}" for text, word_class, _ in proposal.literals),
        "idiomatic": " | ".join(f"{draft.word_class}: {draft.text}" for draft in proposal.drafts),
        "category": "accuracy/mistranslation",
        "severity": "minor",
        "note": _note(proposal),
        "source": "mined",
    }
    return "\t".join(safe(cells.get(name, "")) for name in header)


def _note(proposal: Proposal) -> str:
    times = f"{proposal.times} time{'s' * (proposal.times > 1)}"
    articles = f"{proposal.articles} article{'s' * (proposal.articles > 1)}"
    counts = ", ".join(f"{text.replace(',', '')} {count}" for text, _, count in proposal.literals)
    said = [f"{times} in {articles}: {counts}", "word class guessed"]
    if proposal.guessed:
        said.append("Chinese guessed")
    if proposal.drafts:
        said.append(f"draft rewrite from {proposal.drafts[0].source}")
    return "; ".join(said)


def example_rows(examples: Iterable[Example], identifier: str, header: Iterable[str]) -> Iterator[str]:
    """Yield examples of an entry as lines of an examples file."""
    for line in lines(e._replace(term=identifier, zh=safe(e.zh or "")) for e in examples):
        cells = dict(zip(EXAMPLE_COLUMNS, line.split("\t"), strict=True))
        yield "\t".join(safe(cells[name]) for name in header)


def safe(cell: str) -> str:
    r"""Return text as one cell that a spreadsheet shows and does not run, and that does not swallow its neighbours.

    >>> safe('=HYPERLINK("x")'), safe('"Go," he\tsaid.')
    ('HYPERLINK("x")', '“Go," he said.')
    """
    cell = _BREAKS.sub(" ", cell).strip().lstrip(_FORMULA + " ")
    return "“" + cell[1:] if cell.startswith('"') else cell


def added(proposals: Iterable[Proposal], glossary: Glossary, sheet: Sheet, known: Lexicon) -> dict[str, Proposal]:
    """Return the proposals that the sheet does not hold yet, by new ids.

    It holds what shares a Chinese word or a literal with one of its rows, finished or not.
    """
    taken = set(glossary.ids)
    held: set[object] = set()
    for _, cells in sheet.cells():
        taken.add(cells.get("id", "").strip())
        held.update(values(cells.get("zh", "")))
        held.update(_key(value.partition(":")[2] or value, known) for value in values(cells.get("literal", "")))
    new = {}
    for proposal in proposals:
        if held.isdisjoint(proposal.zh) and held.isdisjoint(_key(text, known) for text, *_ in proposal.literals):
            identifier = identifier_of(proposal, taken)
            taken.add(identifier)
            new[identifier] = proposal
    return new


def _key(text: str, known: Lexicon) -> tuple[str, ...]:
    return key(lower_words(text), known)


def extended(sheet: Sheet, rows: Iterable[str]) -> str:
    """Return a sheet with rows that it does not hold yet behind its own, as the text of a file."""
    old = set(sheet.rows)
    return "\n".join(["\t".join(sheet.header), *sheet.rows, *(row for row in rows if row not in old)]) + "\n"


def identifier_of(proposal: Proposal, taken: Container[str]) -> str:
    """Return an id made from the commonest literal that is not `taken` yet.

    >>> identifier_of(Proposal((), (("hit one's soft rib", "v", 2),), (), 2, 1, 1.0, ()), {"hit-ones-soft-rib"})
    'hit-ones-soft-rib-2'
    """
    plain = unicodedata.normalize("NFKD", proposal.literals[0][0]).replace("'", "").lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:_MOST_ID].rstrip("-") or "entry"
    number = 1
    while (name := slug if number == 1 else f"{slug}-{number}") in taken:
        number += 1
    return name
