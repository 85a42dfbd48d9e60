"""Literal mistranslation: a glossary knows these words as the word-by-word rendering of a Chinese term.

Machine translation takes jargon, slang and idioms apart and renders the pieces: 内卷 becomes "internal volume", and
no English reader can tell that cut-throat competition is meant. The glossaries list what systems really write.

Right after all: words that are also ordinary English ("outlet", "top student") are reported on evidence only, that is
scare quotes or neighbours that the glossary names; without any they are a note, or, if they are very ordinary, nothing
unless the article is full of literal renderings. Where the Chinese is given it decides: if the term stands in the
aligned sentence the words are reported as listed, and if it does not they are left in peace. A context of the
glossary's `unless` column excuses them. A wrong flag on one line: `<!-- mtqa: ignore literal TERM -->`.

Source: the entries, each with its own; the typology is MQM's accuracy/mistranslation (themqm.org).
"""

from collections.abc import Iterator
from typing import NamedTuple

from mtqa.document import Document
from mtqa.finding import Finding
from mtqa.match import Candidate, Reader, is_dense

SEVERITY = "major"
PASS = (
    "The outlet mall outside Leeds reopened on Friday after a refit.",
    "Analysts blamed cut-throat competition for the fall in margins.",
)
FAIL = (
    "Analysts blamed «internal volume» for the fall in margins.",
    "The platform wants to keep out the «wool party», said its chief executive.",
)


class Options(NamedTuple):
    """Hold whether ordinary words without evidence are shown as notes."""

    notes: bool = True


def check(document: Document, reader: Reader, options: Options) -> Iterator[Finding]:
    """Yield a finding for each literal of the glossary that evidence does not excuse."""
    candidates = reader.candidates(document)
    dense = is_dense(document, candidates)
    for candidate in candidates:
        severity = _severity(candidate, dense)
        if severity and (options.notes or severity == candidate.term.severity):
            yield Finding(
                rule="literal",
                span=candidate.span,
                message=_message(candidate, document, severity),
                category=candidate.term.category,
                severity=severity,
                term=candidate.term,
                score=candidate.score,
                source=candidate.source,
            )


def _severity(candidate: Candidate, dense: bool) -> str | None:
    if candidate.verdict:
        return {"flag": candidate.term.severity, "note": "note"}.get(candidate.verdict)
    if candidate.evidence != "doubtful" or candidate.source:
        return candidate.term.severity
    return "note" if candidate.literal.doubt == 1 or dense else None


def _message(candidate: Candidate, document: Document, severity: str) -> str:
    words = " ".join(document.text[candidate.span.start : candidate.span.end].split())
    zh = (document.source or "")[slice(*candidate.source)] if candidate.source else candidate.term.zh[0]
    if severity == "note" != candidate.term.severity:
        return f'"{words}" may be a literal rendering of {zh}; right if the words are meant as they stand'
    if candidate.term.category == "name":
        return f'"{words}" is not the English name of {zh}'
    return f'"{words}" is a literal rendering of {zh}'
