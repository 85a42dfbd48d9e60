"""Goes through the linked sentences of a document and weighs every composition in them."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mtqa.composition import meaning, weigh
from mtqa.composition.unit import Unit, units
from mtqa.composition.window import Window, best_window
from mtqa.document import Document, Span
from mtqa.match import SourceIndex, Words, split_words

_NEAR = 3
_SAYING = 4
"""Words of this many characters may be whole sayings: several clauses."""


class Composition(NamedTuple):
    """Hold English words that follow a Chinese word character by character, and the facts that were weighed.

    `span` counts code points of the document's text, `source` of its source. `said` pairs characters with the English
    words that render them; `terms` are the ids of the glossary's terms with this Chinese; `joined` says that `word` is
    two neighbours that the dictionary only has apart.
    """

    span: Span
    source: Span
    word: str
    said: tuple[tuple[str, str], ...]
    evidence: weigh.Evidence
    terms: tuple[str, ...] = ()
    joined: bool = False

    @property
    def weights(self) -> weigh.Weights:
        """Return the weights for this kind of word."""
        return weigh.JOINED if self.joined else weigh.WORDS

    def odds(self, calque: float | None = None) -> float:
        """Return the logarithm of the odds that an editor would mark the words.

        `calque` is the highest score of the words, in [0, 1], where a model was asked; without one two neighbours that
        the dictionary only has apart are as good as never reported.
        """
        own = weigh.logit(self.weights, self.evidence)
        if calque is None:
            return -math.inf if self.joined else own
        return weigh.with_model(self.weights, own, calque)


def compositions(document: Document, index: SourceIndex) -> Iterator[Composition]:
    """Yield what may be a composition in the linked sentences of a document; they may overlap one another.

    Left out is what a right rendering of the glossary stands for in the English, and words that are part of one.
    """
    for link in document.links:
        if link.target and link.source:
            words = split_words(document.prose, *link.target)
            for composition in _of_link(document, link.target, link.source, words, index):
                if not index.rendered(words.lower, index.overlapping(document, composition.source)):
                    yield composition


def _of_link(document: Document, target: Span, source: Span, words: Words, index: SourceIndex) -> Iterator[Composition]:
    sentence = [meaning.forms(word.removesuffix("'s")) for word in words.lower]
    sentences, clauses = _breaks(words, ".;:!?—–"), _breaks(words, ".,;:!?—–()")
    for unit in units(document.chinese or "", source, index.cutter):
        window = best_window(unit.text, sentence, clauses if unit.joined or len(unit.text) < _SAYING else sentences)
        if window and _is_plain(unit.text, sentence):
            continue
        if window and not index.is_rendering(" ".join(words.lower[window.first : window.last + 1])):
            span = Span(words.spans[window.first][0], words.spans[window.last][1])
            said = tuple(
                ("".join(unit.text[i] for i in sorted(places)), words.lower[number])
                for number, places in window.said.items()
            )
            distance = _middle(unit.span, source) - _middle(span, target)
            evidence = _evidence(unit, window, sentence, words, index, distance)
            yield Composition(span, unit.span, unit.text, said, evidence, tuple(index.terms(unit.text)), unit.joined)


def _breaks(words: Words, marks: str) -> frozenset[int]:
    """Return the numbers of the words behind which one of the marks stands."""
    return frozenset(
        number
        for number in range(len(words.spans) - 1)
        if any(mark in marks for mark in words.text[words.spans[number][1] : words.spans[number + 1][0]])
    )


def _middle(span: Span, whole: Span) -> float:
    return ((span.start + span.end) / 2 - whole.start) / max(1, whole.end - whole.start)


def _evidence(
    unit: Unit, window: Window, sentence: Sequence[frozenset[str]], words: Words, index: SourceIndex, distance: float
) -> weigh.Evidence:
    whole, length, terms = meaning.of_word(unit.text), len(unit.text), index.terms(unit.text)
    literal = frozenset().union(whole.literal, *(meaning.of_character(char) for char in unit.text))
    own = whole.sense - literal
    near = sentence[max(0, window.first - _NEAR) : window.last + _NEAR + 1]
    inside = sentence[window.first : window.last + 1]
    unsaid = (number for number in range(window.first, window.last + 1) if number not in window.said)
    gap = min(4, sum(not meaning.is_empty(words.lower[number]) for number in unsaid))
    share = sum(not forms.isdisjoint(whole.sense) for forms in inside) / len(window.said)
    transparent = bool(whole.sense) and all(forms & whole.sense or not forms & literal for forms in inside)
    frequency, numerals = weigh.frequency(index.cutter.count(unit.text)), weigh.numerals(unit.text)
    shown = words.text[words.spans[window.first][0] : words.spans[window.last][1]]
    return weigh.Evidence(
        bias=1,
        marked=whole.marked,
        listed=whole.listed,
        coverage=len(window.covered) / length,
        two=length == 2,
        three=length == 3,
        four=length == 4,
        longer=length > 4,
        gap=gap,
        gap_marked=gap * whole.marked,
        frequency=frequency,
        frequency_listed=frequency * whole.listed,
        sense_there=any(not forms.isdisjoint(own) for forms in sentence),
        sense_near=any(not forms.isdisjoint(own) for forms in near),
        sense_share=share,
        sense_share_listed=share * whole.listed,
        transparent=transparent,
        numerals=numerals,
        numerals_marked=numerals * whole.marked,
        cut=unit.cut,
        distance=abs(distance),
        quoted=unit.quoted,
        capitals=all(word[:1].isupper() for word in shown.split()),
        several=len(window.said) > 2,
        term=bool(terms),
        parts=_parts_rendered(unit.text, sentence),
        stray=_stray(unit.text, window),
        term_missed=bool(terms) and not index.touched(words.lower, terms),
    )


def _parts_rendered(word: str, sentence: Sequence[frozenset[str]]) -> float:
    """Return the share of a compound's shorter words whose meaning stands in the sentence: it is transparent then."""
    parts = [meaning.of_word(word[start:end]).sense for start, end in meaning.parts_of(word)]
    return sum(any(not forms.isdisjoint(sense) for forms in sentence) for sense in parts) / max(1, len(parts))


def _is_plain(word: str, sentence: Sequence[frozenset[str]]) -> bool:
    """Tell whether a word is a compound of words whose meanings all stand in the English, as 两国关系 is."""
    parts = meaning.parts_of(word)
    whole = len(parts) > 1 and sum(end - start for start, end in parts) == len(word)
    return whole and not meaning.of_word(word).marked and _parts_rendered(word, sentence) == 1


def _stray(word: str, window: Window) -> float:
    """Return the share of rendered characters that are only rendered apart from the shorter word they belong to."""
    whole = [frozenset(range(start, end)) for start, end in meaning.parts_of(word)]
    covered = window.covered
    astray = {
        place for part in whole if not any(part <= said for said in window.said.values()) for place in part & covered
    }
    return len(astray) / len(covered)
