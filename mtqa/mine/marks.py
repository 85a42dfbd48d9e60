"""Collects marks of words that no glossary lists, from what the checks find in articles and from decisions."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mtqa.document import Document, Segment, Span
from mtqa.finding import Finding
from mtqa.glossary import Glossary
from mtqa.match.words import WORD
from mtqa.review.learn import plain
from mtqa.review.records import Decision, Reviewed

RULES = ("composed", "calque")
"""The rules that mark what no glossary lists."""

_MOST_SENTENCE = 1_000
_SAYING = 4


class Mark(NamedTuple):
    """Hold marked words in a sentence of one line.

    `span` counts code points of `sentence`. `word` is the Chinese of the words, `zh` that of the sentence, in
    simplified characters, each "" where it is not known. `score` is what the token head made of the words, `text` what
    an editor wrote instead; `rejected` says that an editor let the words stand.
    """

    article: str
    sentence: str
    span: Span
    word: str = ""
    zh: str = ""
    score: float = 0.0
    text: str = ""
    rejected: bool = False


class Lexicon:
    """Hold the lower-case words seen so far, which tell what is a lemma and what only looks like one."""

    def __init__(self, glossary: Glossary) -> None:
        """Take the words of the glossary's literals and renderings, which are lemmas."""
        self._words = {word for entry in glossary.entries() for word in WORD.findall(entry.literal)}
        for rendering in glossary.renderings():
            self._words.update(WORD.findall(rendering))

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def add(self, text: str) -> None:
        """Take the words of a text that it has in lower case."""
        self._words.update(word for word in WORD.findall(text) if word.islower())


def found(document: Document, composed: Iterable[Finding], calques: Iterable[Finding]) -> Iterator[Mark]:
    """Yield what the two rules mark in a document; a composition and a calque that overlap are one mark of both."""
    runs = list(calques)
    taken: set[Span] = set()
    for finding in composed:
        over = [run for run in runs if run.span.overlaps(finding.span)]
        taken.update(run.span for run in over)
        score = max((run.score or 0.0 for run in over), default=0.0)
        word = (document.chinese or "")[slice(*finding.source)] if finding.source else ""
        yield from _mark(document, _whole(document, finding.span, [run.span for run in over], word), word, score)
    for run in runs:
        if run.span not in taken:
            yield from _mark(document, run.span, "", run.score or 0.0)


def _whole(document: Document, span: Span, runs: Sequence[Span], word: str) -> Span:
    """Return the words of a composition, or what the runs that overlap it make of them.

    A saying of the dictionary is composition and runs together, for each sees a part of it. A shorter word grows by
    one word at most: a run that is longer says more than the word. What the dictionary does not have is two neighbours
    that need not belong together, and there the longest run knows better.
    """
    from mtqa.chinese.dictionary import is_word

    if not is_word(word):
        return max(runs, key=lambda run: run.end - run.start, default=span)
    for run in runs:
        both = Span(min(span.start, run.start), max(span.end, run.end))
        more = len(document.text[slice(*both)].split()) - len(document.text[slice(*span)].split())
        if len(word) >= _SAYING or more <= 1:
            span = both
    return span


def _mark(document: Document, span: Span, word: str, score: float) -> Iterator[Mark]:
    segment = document.segment_at(span.start) or Segment(span)
    last = document.segment_at(span.end - 1) or segment
    stretch = Span(min(segment.span.start, span.start), max(last.span.end, span.end))
    if stretch.end - stretch.start <= _MOST_SENTENCE:
        inside = Span(span.start - stretch.start, span.end - stretch.start)
        sentence, inside = plain(document.text[slice(*stretch)], inside)
        yield Mark(document.path, sentence, inside, word, " ".join((segment.source or "").split()), score)


def decided(articles: Iterable[Reviewed]) -> Iterator[Mark]:
    """Yield the decisions on words that no glossary lists."""
    for article in articles:
        for decision in article.decisions:
            if decision.term is None and decision.rule in RULES and len(decision.sentence) <= _MOST_SENTENCE:
                yield _decided(article.path, decision)


def _decided(path: str, decision: Decision) -> Mark:
    sentence, span = plain(decision.sentence, Span(decision.start, decision.end))
    text = " ".join((decision.text or "").split())
    zh = " ".join((decision.zh or "").split())
    return Mark(path, sentence, span, "", zh, 0.0, text, decision.text is None)


def united(marks: Iterable[Mark], decisions: Iterable[Mark]) -> list[Mark]:
    """Put marks and decisions on the same words together, and leave out what an editor let stand.

    The words an editor wrote go with the mark; a decision on words that nothing marks any more is a mark itself.
    """
    kept = list(marks)
    by_sentence: dict[str, list[int]] = {}
    for number, mark in enumerate(kept):
        by_sentence.setdefault(mark.sentence, []).append(number)
    gone: set[int] = set()
    for decision in decisions:
        same = [n for n in by_sentence.get(decision.sentence, ()) if kept[n].span.overlaps(decision.span)]
        for number in same:
            kept[number] = kept[number]._replace(text=decision.text or kept[number].text)
        if decision.rejected:
            gone.update(same)
        elif not same:
            by_sentence.setdefault(decision.sentence, []).append(len(kept))
            kept.append(decision)
    return [mark for number, mark in enumerate(kept) if number not in gone]
