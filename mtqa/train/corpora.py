"""Rows from collections outside the repository, in JSON lines: raters' spans, real systems' calques, clean English."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mtqa.document import Span, make_document
from mtqa.match import Matcher
from mtqa.segment import segment
from mtqa.train.rows import Mark, PairRow, TokenRow


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines. Raises OSError and ValueError."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def rated_tokens(row: dict[str, Any]) -> TokenRow:
    """Return a sentence with raters' MQM spans: a word is an error as far as raters marked it.

    A human translation has no calques that anybody looked for and few that anybody would find.
    """
    share = 1 / row["n_raters"]
    spans = [Span(s["start"], s["end"]) for s in row["spans"]]
    marks = tuple(Mark(span, share) for span in spans if span.end - span.start < len(row["en"]))
    origin = "human" if row["human"] else "rated"
    return TokenRow(row["en"], () if row["human"] else None, marks, origin, document=row["doc"])


def rated_pairs(row: dict[str, Any], matcher: Matcher) -> Iterator[PairRow]:
    """Yield what the glossary's literals find in a translation; the Chinese tells whether it is the term's.

    Where the term's Chinese stands in the source, its literal is a mistranslation. Where it does not, an ordinary word
    is right, and one that is never right English is left out: the source may say the same in other words.
    """
    for candidate in matcher.candidates(segment(make_document("row", row["en"]))):
        present = any(zh in row["zh"] for zh in candidate.term.zh)
        if present and not row["human"]:
            yield PairRow(row["en"], candidate.span, candidate.term, 1, "translation")
        elif not present and candidate.literal.doubt:
            yield PairRow(row["en"], candidate.span, candidate.term, 0, "translation")


def calque_tokens(row: dict[str, Any], rated: TokenRow | None) -> TokenRow:
    """Return a translation whose listed calques were found by hand; others may stand in it."""
    marks = tuple(Mark(Span(s["start"], s["end"])) for s in row["spans"] if s["tier"] in ("A", "B"))
    return TokenRow(row["en"], marks, rated.errors if rated else None, "calques", open_calques=True)


def clean_tokens(texts: Iterable[str]) -> Iterator[TokenRow]:
    """Yield native English: no calques, no errors."""
    for text in texts:
        yield TokenRow(text, (), (), "clean")
