"""Finds the sentences that were decided on in the article as it stands now, untouched or with decisions in them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from mtqa.document import Document, Edit, Span, edited
from mtqa.match.words import lower_words
from mtqa.review.key import Places
from mtqa.review.records import Decision

_MOST_SUBSETS = 4
_ALIKE = 0.5
_RAREST = 8
_MOST_HOLDING = 50


class Sentence(NamedTuple):
    """Hold the decisions about one sentence at one of its places, by where the words stand."""

    text: str
    occurrence: int
    decisions: tuple[Decision, ...]

    def edits(self) -> list[Decision]:
        """Return the decisions that change words, each change once."""
        found = {(d.start, d.end, d.text): d for d in reversed(self.decisions) if d.text is not None}
        return sorted(found.values(), key=lambda d: (d.start, d.end))

    def after(self, edits: Iterable[Decision]) -> str:
        """Return the sentence with some of its changes made."""
        return edited(self.text, [Edit(Span(d.start, d.end), d.text or "") for d in edits])

    def overlaps(self) -> bool:
        """Tell whether two of its changes are about the same words."""
        edits = self.edits()
        return any(first.end > second.start for first, second in pairwise(edits))


class Place(NamedTuple):
    """Say that a sentence begins at code point `start` and has the changes `made` in it already.

    `start` is -1 for one that was found changed once more by later decisions.
    """

    sentence: Sentence
    start: int
    made: tuple[Decision, ...]

    def span(self, decision: Decision) -> Span:
        """Return where the words of a decision stand now, or what replaces them."""
        shift = sum(len(d.text or "") - len(d.words) for d in self.made if d.end <= decision.start)
        start = self.start + decision.start + shift
        words = decision.text or "" if self.holds(decision) else decision.words
        return Span(start, start + len(words))

    def holds(self, decision: Decision) -> bool:
        """Tell whether the decision's change has been made."""
        return any((d.start, d.end, d.text) == (decision.start, decision.end, decision.text) for d in self.made)


class Found(NamedTuple):
    """Hold the sentences that were found, and those that were not."""

    places: tuple[Place, ...]
    lost: tuple[Sentence, ...]


def sentences(decisions: Iterable[Decision]) -> list[Sentence]:
    """Group decisions by sentence and occurrence."""
    groups: dict[tuple[str, int], list[Decision]] = {}
    for decision in decisions:
        groups.setdefault((decision.sentence, decision.occurrence), []).append(decision)
    return [
        Sentence(text, occurrence, tuple(sorted(found, key=lambda d: (d.start, d.end))))
        for (text, occurrence), found in groups.items()
    ]


def locate(document: Document, decisions: Sequence[Decision]) -> Found:
    """Find each sentence in the article.

    Where a sentence stands several times and was decided on once, the changed sentence beside unchanged ones may be
    that decision, made before, or the author's own: what has become of the other decisions tells, as all are made at
    once.
    """
    places = Places(document)
    groups: dict[str, list[Sentence]] = {}
    for sentence in sentences(decisions):
        groups.setdefault(sentence.text, []).append(sentence)
    found: list[Place] = []
    lost: list[Sentence] = []
    doubtful: list[tuple[list[Place], list[Place]]] = []
    for text, group in groups.items():
        untouched, made = _readings(places, text, group)
        if untouched and made:
            doubtful.append((untouched, made))
        elif untouched or made:
            found += untouched or made
        else:
            for sentence in group:
                place = _alone(document, places, sentence, groups)
                found += [place] if place else []
                lost += [] if place else [sentence]
    open_ = any(place.sentence.edits() and not place.made for place in found)
    closed = any(place.made for place in found)
    for untouched, made in doubtful:
        found += untouched if open_ and not closed else made
    return Found(tuple(found), tuple(lost))


def _readings(places: Places, text: str, group: list[Sentence]) -> tuple[list[Place], list[Place]]:
    """Return the places of a sentence if nothing was changed, and if all changes were; none where that cannot be."""
    here = places.starts(text)
    untouched = [
        Place(sentence, here[sentence.occurrence], ()) for sentence in group if sentence.occurrence < len(here)
    ]
    changed = {
        start: sentence
        for sentence in group
        if sentence.edits() and not sentence.overlaps() and sentence.after(sentence.edits()) != text
        for start in places.whole(sentence.after(sentence.edits()))
    }
    made = []
    if changed:
        order = sorted([*here, *changed])
        for sentence in group:
            start = order[sentence.occurrence] if sentence.occurrence < len(order) else -1
            if start in changed and start in places.whole(sentence.after(sentence.edits())):
                made.append(Place(sentence, start, tuple(sentence.edits())))
            elif start in here and not sentence.edits():
                made.append(Place(sentence, start, ()))
    whole = len(group)
    return untouched if len(untouched) == whole else [], made if len(made) == whole else []


def _alone(document: Document, places: Places, sentence: Sentence, groups: dict[str, list[Sentence]]) -> Place | None:
    """Find a sentence by itself: untouched, with some of its changes made, or with all of them and later ones."""
    here = places.starts(sentence.text)
    if sentence.occurrence < len(here):
        return Place(sentence, here[sentence.occurrence], ())
    edits = sentence.edits()
    if not edits or sentence.overlaps():
        return None
    for some in _subsets(edits):
        starts = places.whole(sentence.after(some))
        if len(starts) == 1 or (starts and len(some) == len(edits)):
            return Place(sentence, starts[min(sentence.occurrence, len(starts) - 1)], tuple(some))
    after = sentence.after(edits)
    # A change can join a sentence to its neighbour, so that it is no sentence of its own any more.
    start = document.text.find(after)
    if start >= 0 and after != sentence.text:
        return Place(sentence, start, tuple(edits))
    seen = {sentence.text}
    while after in groups and after not in seen:
        seen.add(after)
        later = groups[after][0]
        after = later.after(later.edits()) if not later.overlaps() else ""
        if after and places.whole(after):
            return Place(sentence, -1, tuple(edits))
    return None


def _subsets(edits: list[Decision]) -> Iterator[Sequence[Decision]]:
    yield edits
    if len(edits) <= _MOST_SUBSETS:
        for size in range(len(edits) - 1, 0, -1):
            yield from combinations(edits, size)


class Nearest:
    """Find the sentence of an article that is most like another one, by the words they share."""

    def __init__(self, document: Document) -> None:
        self._sentences = [document.text[slice(*segment.span)] for segment in document.segments]
        self._words = [frozenset(lower_words(sentence)) for sentence in self._sentences]
        self._holding: dict[str, list[int]] = {}
        for number, words in enumerate(self._words):
            for word in words:
                self._holding.setdefault(word, []).append(number)

    def to(self, sentence: str) -> str | None:
        """Return that sentence, or None when none shares half of the words."""
        words = frozenset(lower_words(sentence))
        rarest = sorted((self._holding[word] for word in words if word in self._holding), key=len)[:_RAREST]
        near = {number for numbers in rarest for number in numbers[:_MOST_HOLDING]}

        def alike(number: int) -> float:
            return len(words & self._words[number]) / len(words | self._words[number])

        best = max(sorted(near), key=alike, default=None)
        return self._sentences[best] if best is not None and alike(best) >= _ALIKE else None
