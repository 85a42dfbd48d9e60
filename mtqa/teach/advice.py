"""Says what is wrong with a desk's examples before hours go into learning them: too few, contradictory, twice."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from mtqa.document import make_document
from mtqa.glossary import load_examples, load_glossary, of_terms
from mtqa.glossary.load import examples_path
from mtqa.glossary.stack import Glossary
from mtqa.match import Matcher
from mtqa.match.words import split_words
from mtqa.segment import segment
from mtqa.term import Example, Term

FEWEST = 2
"""Examples of a label below which a term learns mostly from made sentences."""


def advice(paths: Sequence[Path]) -> Iterator[str]:
    """Yield one line for each thing that an author should mend, by file, line and name.

    Training goes on all the same: made sentences stand in for what is missing.
    """
    for path in paths:
        glossary = load_glossary([path])
        examples = load_examples(path)
        for term in glossary.terms.values():
            own = [example for example in examples if example.term == term.id]
            yield from (f"{_line_of(path, term)}: {term.id}: {what}" for what in _few(term, own))
        where = examples_path(path)
        yield from (f"{where}:{example.line}: {example.term}: {what}" for example, what in _contradictory(examples))
        yield from (f"{where}:{example.line}: {example.term}: {what}" for example, what in _unfound(examples, glossary))


def _line_of(path: Path, term: Term) -> str:
    with path.open(encoding="utf-8-sig") as file:
        column = next(file).rstrip("\n").split("\t").index("id")
        found = next(
            (n for n, line in enumerate(file, 2) if line.rstrip("\n").split("\t")[column:][:1] == [term.id]), 0
        )
    return f"{path}:{found}"


def _few(term: Term, examples: Sequence[Example]) -> Iterator[str]:
    bad = sum(example.label == "bad" for example in examples)
    if not examples:
        yield "has no examples; made sentences stand in for them, write two bad and two good ones"
        return
    if bad < FEWEST:
        yield f"has {bad} bad example{'s' * (bad != 1)}; write {FEWEST} or more"
    if any(form.doubt for form in term.literal) and len(examples) - bad < FEWEST:
        good = len(examples) - bad
        what = f"{good} good example{'s' * (good != 1)} of words that are also ordinary English"
        yield f"has {what}; write {FEWEST} or more"


def _contradictory(examples: Sequence[Example]) -> Iterator[tuple[Example, str]]:
    """Yield examples that say again, or the contrary of, what another says of the same words."""
    seen: dict[tuple[str, tuple[str, ...], tuple[str, ...]], Example] = {}
    for example in examples:
        for span in example.spans:
            key = (example.term, _plain(example.text), _plain(example.text[slice(*span)]))
            first = seen.setdefault(key, example)
            if first.label != example.label:
                yield example, f"calls {example.label} what line {first.line} calls {first.label}; take one of them out"
            elif first is not example:
                yield example, f"says the same as line {first.line}; write another sentence"


def _plain(text: str) -> tuple[str, ...]:
    return tuple(split_words(text).lower)


def _unfound(examples: Sequence[Example], glossary: Glossary) -> Iterator[tuple[Example, str]]:
    """Yield bad examples whose marked words are no literal of their term."""
    matchers: dict[str, Matcher] = {}
    for example in examples:
        if example.label == "good" or example.term not in glossary:
            continue
        matcher = matchers.setdefault(example.term, Matcher(of_terms([glossary[example.term]._replace(unless=())])))
        found = [candidate.span for candidate in matcher.candidates(segment(make_document("", example.text)))]
        for span in example.spans:
            if not any(span.overlaps(other) for other in found):
                words = example.text[slice(*span)]
                yield example, f"marks {words!r}, which is none of the term's literals; add it to them"
