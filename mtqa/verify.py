"""Examines glossaries as data: each entry is consistent, each example behaves, each rewrite is clean."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from mtqa.document import Document, make_document
from mtqa.finding import Finding
from mtqa.glossary import Glossary, load_examples, load_glossary
from mtqa.match import Matcher
from mtqa.pipeline import Linter
from mtqa.segment import segment
from mtqa.term import Example, Term

MIN_EXAMPLES = {False: (2, 1), True: (6, 6)}
"""Examples (bad, good) that a term wants at least, by whether one of its literals is also ordinary English."""


class Problem(NamedTuple):
    """Hold what is wrong with a glossary, where, and whether it is an error or a warning."""

    where: str
    what: str
    error: bool = True


def verify(path: Path, others: Sequence[Path] = ()) -> Iterator[Problem]:
    """Yield what is wrong with the glossary at `path` and its examples, linted together with the glossaries `others`.

    Raises MtqaError for a file that does not load.
    """
    own = load_glossary([path], check_bundled=True)
    examples = load_examples(path)
    everything = load_glossary([*(other for other in others if other.resolve() != path.resolve()), path])
    lines = {id_: number for number, id_ in enumerate(own.terms, 2)}
    yield from _order(path, own)
    for term in own.terms.values():
        for what in _entry(term):
            yield Problem(f"{path}:{lines[term.id]}", f"{term.id}: {what}")
    yield from _counts(path, own, examples, lines)
    yield from _behaviour(path, own, everything, examples)


def _order(path: Path, glossary: Glossary) -> Iterator[Problem]:
    ids = list(glossary.terms)
    for number, (first, second) in enumerate(pairwise(ids), 3):
        if first > second:
            yield Problem(f"{path}:{number}", f"{second!r} stands after {first!r}; sort the rows by id")
            return


def _entry(term: Term) -> Iterator[str]:
    literals = [literal.text.lower() for literal in term.literal]
    for text in literals:
        if literals.count(text) > 1:
            yield f"literal {text!r} stands twice"
            return
    for rendering in term.idiomatic:
        if rendering.text.lower() in literals:
            yield f"{rendering.text!r} is both literal and idiomatic"


def _counts(path: Path, glossary: Glossary, examples: list[Example], lines: dict[str, int]) -> Iterator[Problem]:
    counts = {id_: {"bad": 0, "good": 0} for id_ in glossary.terms}
    for example in examples:
        where = f"{path.stem}.examples.tsv:{example.line}"
        if example.term not in counts:
            yield Problem(where, f"no term is called {example.term!r}")
        else:
            counts[example.term][example.label] += 1
    for term in glossary.terms.values():
        bad, good = MIN_EXAMPLES[any(literal.doubt for literal in term.literal)]
        found = counts[term.id]
        if found["bad"] < bad or found["good"] < good:
            what = f"{term.id}: has {found['bad']} bad and {found['good']} good examples; wants {bad} and {good}"
            yield Problem(f"{path}:{lines[term.id]}", what, error=False)


def _behaviour(path: Path, own: Glossary, everything: Glossary, examples: list[Example]) -> Iterator[Problem]:
    matcher = Matcher(own)
    linter = Linter(everything, ["literal"])
    for example in examples:
        if example.term not in own.terms:
            continue
        document = segment(make_document("example", example.text))
        where = f"{path.stem}.examples.tsv:{example.line}"
        bad = example.label == "bad"
        for what in _bad(document, example, matcher, linter) if bad else _good(document, example, linter):
            yield Problem(where, f"{example.term}: {what}")


def _bad(document: Document, example: Example, matcher: Matcher, linter: Linter) -> Iterator[str]:
    found = {c.span for c in matcher.candidates(document) if c.term.id == example.term}
    for span in example.spans:
        if span not in found:
            words = document.text[slice(*span)]
            near = [document.text[slice(*other)] for other in found if other.overlaps(span)]
            yield f"no literal matches the marked words {words!r}" + (f", but {near[0]!r} does" if near else "")
    for finding in linter.lint(document):
        if any(finding.span.overlaps(span) for span in example.spans):
            yield from _clean(document, finding, linter)


def _good(document: Document, example: Example, linter: Linter) -> Iterator[str]:
    for finding in linter.lint(document):
        mine = finding.term and finding.term.id == example.term
        marked = any(finding.span.overlaps(span) for span in example.spans)
        if finding.severity != "note" and (mine or marked):
            term = finding.term.id if finding.term else ""
            yield f"a good example is flagged: {document.text[slice(*finding.span)]!r} ({term})"


def _clean(document: Document, finding: Finding, linter: Linter) -> Iterator[str]:
    """Yield the rewrites of a finding that leave it standing or bring a new one in."""
    for suggestion in finding.suggestions:
        text = document.text[: finding.span.start] + suggestion.text + document.text[finding.span.end :]
        end = finding.span.start + len(suggestion.text)
        for new in linter.lint(segment(make_document("example", text))):
            if new.severity != "note" and new.span.start < end and new.span.end > finding.span.start:
                term = new.term.id if new.term else new.rule
                yield f"the rewrite {suggestion.text!r} is itself flagged: {text[slice(*new.span)]!r} ({term})"
