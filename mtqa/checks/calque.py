"""Calque that no glossary lists: the model reads these words as a word-by-word rendering of Chinese.

Glossaries list what systems were seen to write; new slang and rare idioms are rendered word by word all the same. A
token classifier over the whole sentence marks the words that read so, and neighbours among them are reported as one.

Right after all: bold but good metaphors, and names that the model does not know. So the rule reports a minor issue at
most, and nothing unless it is right in four of five cases on articles that the model was not trained on (its card says
how often it is); `always = true` wants to see it all the same. Without a model (`--model none`) it is silent.

Source: word-level quality estimation as a token classification task (Kepler et al., OpenKiwi, 2019).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.finding import Finding
from mtqa.match import Reader, WordScore

SEVERITY = "minor"
PASS = ("The company said its profit rose by 12 percent in the third quarter.",)
FAIL = ()

_PRECISION = 0.8


class Options(NamedTuple):
    """Hold whether to report where the model is right less often than in four of five cases, and from what score on."""

    always: bool = False
    threshold: float = 0.5


def check(document: Document, reader: Reader, options: Options) -> Iterator[Finding]:
    """Yield a finding for each run of words that the model takes for a calque and no glossary literal overlaps."""
    if reader.calque_precision < _PRECISION and not options.always:
        return
    listed = [candidate.span for candidate in reader.candidates(document)]
    for span, score in runs(document, reader.words(document), options.threshold):
        if not any(span.overlaps(other) for other in listed):
            words = " ".join(document.text[slice(*span)].split())
            yield Finding(
                rule="calque",
                span=span,
                message=f'"{words}" reads like a word-by-word rendering of Chinese; no glossary lists it',
                category="accuracy/mistranslation",
                severity=SEVERITY,
                score=round(score, 4),
            )


def runs(document: Document, words: Sequence[WordScore], threshold: float) -> Iterator[tuple[Span, float]]:
    """Yield the runs of words from the threshold on, parted by nothing but space or hyphen, and their highest score.

    Names are left out, and single words: at the same threshold 30 of 33 runs of several words in held-out articles were
    calques, and 10 of 26 single ones (`tests/heldout`, by logit 4).
    """
    run: list[WordScore] = []
    for word in (*words, None):
        apart = run and word and document.text[run[-1].span.end : word.span.start].strip(" -\n\r")
        if run and (word is None or word.calque < threshold or apart):
            span = Span(run[0].span.start, run[-1].span.end)
            if len(run) > 1 and not _is_name(document.text[slice(*span)]):
                yield span, max(other.calque for other in run)
            run = []
        if word and word.calque >= threshold:
            run.append(word)


def _is_name(words: str) -> bool:
    """Tell whether all words are capitalised; of 34 such runs in held-out articles one was a calque, the rest names."""
    return all(word[:1].isupper() for word in words.replace("-", " ").split())
