"""Literal mistranslation: a glossary knows these words as the word-by-word rendering of a Chinese term.

Machine translation takes jargon, slang and idioms apart and renders the pieces: 内卷 becomes "internal volume", and
no English reader can tell that cut-throat competition is meant. The glossaries list what systems really write.

Right after all: words that are also ordinary English ("outlet", "top student") are reported on evidence only, that is
scare quotes or neighbours that the glossary names; without any they are a note, and a context of the glossary's
`unless` column excuses them. A wrong flag on one line: `<!-- mtqa: ignore literal TERM -->`.

Source: the entries, each with its own; the typology is MQM's accuracy/mistranslation (themqm.org).
"""

from collections.abc import Iterator
from typing import NamedTuple

from mtqa.document import Document
from mtqa.finding import Finding
from mtqa.match import Candidate, Matcher

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


def check(document: Document, matcher: Matcher, options: Options) -> Iterator[Finding]:
    """Yield a finding for each literal of the glossary that evidence does not excuse."""
    for candidate in matcher.candidates(document):
        severity = _severity(candidate)
        if severity and (options.notes or candidate.evidence != "doubtful"):
            yield Finding(
                rule="literal",
                span=candidate.span,
                message=_message(candidate, document),
                category=candidate.term.category,
                severity=severity,
                term=candidate.term,
            )


def _severity(candidate: Candidate) -> str | None:
    if candidate.evidence != "doubtful":
        return candidate.term.severity
    return "note" if candidate.literal.doubt == 1 else None


def _message(candidate: Candidate, document: Document) -> str:
    words = " ".join(document.text[candidate.span.start : candidate.span.end].split())
    zh = candidate.term.zh[0]
    if candidate.evidence == "doubtful":
        return f'"{words}" may be a literal rendering of {zh}; right if the words are meant as they stand'
    if candidate.term.category == "name":
        return f'"{words}" is not the English name of {zh}'
    return f'"{words}" is a literal rendering of {zh}'
