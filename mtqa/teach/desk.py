"""Reads what a desk teaches: its glossaries, their examples, the decisions of its reviews."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from mtqa.errors import MtqaError
from mtqa.glossary import Glossary, bundled_paths, load_examples, load_glossary
from mtqa.glossary.load import examples_path
from mtqa.review.decisions import load
from mtqa.review.learn import learn
from mtqa.term import Example, Term

Taught = tuple[Term, Example]

_SPARE = 4
"""Examples of one label from which on one is kept back to measure with."""


class Desk(NamedTuple):
    """Hold what is taught: the desk's terms, examples to train on, some kept back, and where each example stands.

    `glossary` are the bundled terms and the desk's, which win; `terms` are the desk's alone. `left_out` says what
    decisions could not be used.
    """

    glossary: Glossary
    terms: tuple[Term, ...]
    examples: tuple[Taught, ...]
    kept: tuple[Taught, ...]
    left_out: tuple[str, ...] = ()


def read_desk(glossaries: Sequence[Path], decisions: Sequence[Path]) -> Desk:
    """Read glossaries and decisions.

    Raises MtqaError for a file that cannot be read, an example of no term, and when nothing is left to teach.
    """
    glossary = load_glossary([*bundled_paths(), *glossaries])
    own = load_glossary(glossaries).terms
    written = [(path, example) for path in glossaries for example in load_examples(path)]
    for path, example in written:
        if example.term not in own:
            where = f"{examples_path(path)}:{example.line}"
            raise MtqaError(where, f"no term of {path.name} is called {example.term!r}; add the term or mend the id")
    reviewed = [d for path in decisions for article in load(path).articles for d in article.decisions]
    lessons = learn(reviewed, glossary, [example for _, example in written])
    examples = [(glossary[e.term], e) for e in (*(example for _, example in written), *lessons.examples)]
    if not own and not examples:
        raise MtqaError("", "nothing to teach: no term in the glossaries, no decision on a term in the reviews")
    used, kept = _parted(examples)
    return Desk(glossary, tuple(own.values()), tuple(used), tuple(kept), lessons.left_out)


def _parted(examples: Iterable[Taught]) -> tuple[list[Taught], list[Taught]]:
    """Part examples into those to train on and, of each term and label with some to spare, one to measure with."""
    groups: dict[tuple[str, str], list[Taught]] = {}
    for term, example in examples:
        groups.setdefault((term.id, example.label), []).append((term, example))
    used: list[Taught] = []
    kept: list[Taught] = []
    for group in groups.values():
        spare = min(group, key=lambda taught: crc32(taught[1].text.encode())) if len(group) >= _SPARE else None
        for taught in group:
            (kept if taught is spare else used).append(taught)
    return used, kept
