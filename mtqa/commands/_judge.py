"""Says of a sentence what stands in it, how sure mtqa is, and from what."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mtqa.document import Document, make_document

if TYPE_CHECKING:
    from mtqa.classify import Classifier
    from mtqa.glossary import Glossary
    from mtqa.match import Candidate

_EVIDENCE = {
    "certain": "never right English, as far as the glossary's makers found",
    "listed": "a glossary lists these words without a doubt",
    "evidence": "ordinary words, but quotes or the words round them speak for the Chinese sense",
    "ordinary": "also ordinary English, and nothing round it decides",
    "very ordinary": "very ordinary English, and nothing round it decides",
}


def judge(text: str, glossary: "Glossary", wanted: set[str], classifier: "Classifier | None") -> Iterator[str]:
    """Yield a paragraph for each candidate of one of the `wanted` terms that stands in a sentence."""
    from mtqa.match import Matcher
    from mtqa.segment import segment

    document = segment(make_document("sentence", text))
    matcher = Matcher(glossary)
    if classifier is None:
        found = matcher.candidates(document)
    else:
        from mtqa.classify import ModelReader

        found = ModelReader(matcher, classifier).candidates(document)
    for candidate in found:
        if candidate.term.id in wanted:
            yield _describe(document, candidate, classifier)


def _describe(document: Document, candidate: "Candidate", classifier: "Classifier | None") -> str:
    start, end = candidate.span
    kind = candidate.kind
    lines = [
        f"{document.text[:start]}«{document.text[start:end]}»{document.text[end:]}",
        f"matches:  {candidate.literal.text} [{candidate.literal.word_class}] of {candidate.term.id}",
        f"evidence: {_EVIDENCE[kind]}",
    ]
    if classifier is None or candidate.score is None:
        return "\n".join([*lines, "model:    not asked"])
    lower, upper = classifier.folder.thresholds.bands[kind]
    outcome = {"flag": candidate.term.severity, "note": "a note", "pass": "left alone"}[candidate.verdict or "pass"]
    scale = f"a note from {lower:.2f} on, {candidate.term.severity} from {upper:.2f} on"
    return "\n".join([*lines, f"model:    {candidate.score:.2f} ({scale}): {outcome}"])
