"""Turns decisions into examples for a curator: what was mended is bad, what was left standing is good."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from mtqa.document import Span, make_document
from mtqa.glossary import Glossary, of_terms
from mtqa.match import Matcher
from mtqa.match.index import forms
from mtqa.match.words import ARTICLES, lower_words
from mtqa.review.records import Decision, short
from mtqa.segment import segment
from mtqa.term import Example, Term

COLUMNS = ("id", "label", "sentence", "zh")
_MOST_SENTENCE = 1_000
_QUOTES = {"«": "“", "»": "”"}


class Candidate(NamedTuple):
    """Hold words that editors wrote for a term and that are none of its renderings, and how often they did."""

    term: str
    text: str
    times: int


class Lessons(NamedTuple):
    """Hold new examples, sorted by term and label, what was left out and why, and new renderings."""

    examples: tuple[Example, ...]
    left_out: tuple[str, ...]
    candidates: tuple[Candidate, ...]


class _Sentence(NamedTuple):
    """Collect the marks of a term in a sentence: `bad` and `good` ones."""

    term: str
    text: str
    zh: str | None
    bad: set[Span]
    good: set[Span]

    def words(self, span: Span) -> str:
        return self.text[span.start : span.end].lower()


def learn(decisions: Iterable[Decision], glossary: Glossary, known: Iterable[Example] = ()) -> Lessons:
    """Return the examples that decisions on terms give, without those that are `known`.

    Left out is a sentence in which the same words were both mended and left standing, or were before: one of the two
    is a mistake, and only a reader can say which.
    """
    left_out: list[str] = []
    sentences: dict[tuple[str, str], _Sentence] = {}
    unknown: Counter[str] = Counter()
    written: Counter[tuple[str, str]] = Counter()
    for decision in decisions:
        if decision.term is None:
            continue
        if decision.term not in glossary:
            unknown[decision.term] += 1
            continue
        text, span = plain(decision.sentence, Span(decision.start, decision.end))
        if len(text) > _MOST_SENTENCE:
            left_out.append(f"{decision.name}: a sentence of {len(text):,} characters is no example")
            continue
        if decision.state == "edited" and decision.text and _is_new(decision.text, glossary[decision.term]):
            written[decision.term, " ".join(decision.text.split())] += 1
        zh = " ".join((decision.zh or "").split()) or None
        sentence = sentences.setdefault((decision.term, text), _Sentence(decision.term, text, zh, set(), set()))
        (sentence.good if decision.text is None else sentence.bad).add(span)
    for term, count in unknown.items():
        left_out.append(f"no term is called {short(term)!r}; {count} decision{' names' if count == 1 else 's name'} it")
    have: dict[tuple[str, str], list[Example]] = {}
    for example in known:
        have.setdefault((example.term, example.text), []).append(example)
    matcher = Matcher(of_terms(glossary[term] for term in {term for term, _ in sentences}))
    examples = [
        example
        for place, sentence in sentences.items()
        for example in _examples(sentence, matcher, have.get(place, []), left_out)
    ]
    candidates = tuple(Candidate(term, text, count) for (term, text), count in sorted(written.items()))
    return Lessons(tuple(sorted(examples, key=lambda e: (e.term, e.label))), tuple(left_out), candidates)


def plain(sentence: str, span: Span) -> tuple[str, Span]:
    r"""Return a sentence as one line without guillemets, which mark words in an examples file, and a span of it.

    >>> plain("The\twool\n  party «won».", Span(4, 16))
    ('The wool party “won”.', Span(start=4, end=14))
    """
    parts: list[str] = []
    places = [0]
    for char in sentence:
        blank = char.isspace() or not (char.isprintable() or char == "\u00ad")
        if not blank:
            parts.append(_QUOTES.get(char, char))
        elif parts and parts[-1] != " ":
            parts.append(" ")
        places.append(len(parts))
    text = "".join(parts).rstrip()
    return text, Span(min(places[span.start], len(text)), min(places[span.end], len(text)))


def lines(examples: Iterable[Example]) -> Iterator[str]:
    """Yield examples as lines of an examples file, without its header."""
    for example in examples:
        parts = []
        here = 0
        for start, end in example.spans:
            parts += [example.text[here:start], "«", example.text[start:end], "»"]
            here = end
        yield "\t".join((example.term, example.label, "".join([*parts, example.text[here:]]), example.zh or ""))


def _examples(
    sentence: _Sentence, matcher: Matcher, known: Iterable[Example], left_out: list[str]
) -> Iterator[Example]:
    """Yield the examples of a sentence, bad ones only where some of its words are bad: a good one would be flagged."""
    before = {label: {s for e in known if e.label == label for s in e.spans} for label in ("bad", "good")}
    where = f"{sentence.term}: {short(sentence.text, 200)!r}"
    bad = {sentence.words(span) for span in sentence.bad | before["bad"]}
    both = bad & {sentence.words(span) for span in sentence.good | before["good"]}
    left_out += [f"{where}: {w!r} was both mended and left standing; decide which is right" for w in sorted(both)]
    new_bad = [s for s in _apart(sentence.bad) if sentence.words(s) not in both and s not in before["bad"]]
    new_good = [s for s in _apart(sentence.good) if sentence.words(s) not in both and s not in before["good"]]
    if new_bad:
        document = segment(make_document("example", sentence.text))
        found = {candidate.span for candidate in matcher.candidates(document) if candidate.term.id == sentence.term}
        for span in [span for span in new_bad if span not in found]:
            new_bad.remove(span)
            left_out.append(
                f"{where}: no literal of the term matches {sentence.words(span)!r}; add one to learn from it"
            )
    if new_good and bad:
        words = ", ".join(repr(sentence.words(span)) for span in new_good)
        left_out.append(
            f"{where}: {words} was left standing where other words were mended; write a sentence without these"
        )
        new_good = []
    for label, spans in (("bad", new_bad), ("good", new_good)):
        if spans:
            yield Example(sentence.term, _label(label), sentence.text, tuple(spans), sentence.zh)


def _label(label: str) -> Literal["bad", "good"]:
    return "bad" if label == "bad" else "good"


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, of those that overlap the first and longest."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if span.end > span.start and not (found and found[-1].overlaps(span)):
            found.append(span)
    return found


def _is_new(text: str, term: Term) -> bool:
    """Tell whether words are none of a term's renderings, inflected or not."""
    words = _bare(text)
    for rendering in term.idiomatic:
        wanted = _bare(rendering.text)
        if len(wanted) == len(words) and all(w in forms(word) for w, word in zip(wanted, words, strict=True)):
            return False
    return bool(words)


def _bare(text: str) -> list[str]:
    return [word for word in lower_words(text) if word not in ARTICLES]
