"""Pairs the Chinese and the English quantities of one article, link by link.

Equal quantities are paired within a link first, then with the two links on either side, for sums move. What is left of
both languages in one link and alike in kind is a mismatch.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.quantity.comparison import agreement, compatible, strength
from mtqa.quantity.quantity import Quantity

Read = Callable[[str, int], list[Quantity]]
_REACH = 2
_LONGEST = 4000
"""Code points of a passage, beyond which it is a table or worse and no sentence; reading it would take long."""


class Pair(NamedTuple):
    """Join an English quantity with the Chinese one that it renders."""

    chinese: Quantity
    english: Quantity


class Passage(NamedTuple):
    """Hold the quantities of one alignment link, and the pairs of them that are equal."""

    target: Span
    source: Span
    chinese: list[Quantity]
    english: list[Quantity]
    pairs: list[Pair]


def passages(document: Document, read_chinese: Read, read_english: Read) -> list[Passage]:
    """Return the document's links with their quantities, the equal ones paired."""
    found = []
    for target, source in document.links:
        if any(span and span.end - span.start > _LONGEST for span in (target, source)):
            continue
        chinese = read_chinese((document.chinese or "")[slice(*source)], source.start) if source else []
        english = read_english(document.prose[slice(*target)], target.start) if target else []
        pairs = _equal(chinese, english, source or Span(0, 1), target or Span(0, 1))
        found.append(Passage(target or Span(0, 0), source or Span(0, 0), chinese, english, pairs))
    return found


def _equal(chinese: Sequence[Quantity], english: Sequence[Quantity], source: Span, target: Span) -> list[Pair]:
    """Pair equal quantities one to one, the best and the nearest in position first."""

    def distance(z: Quantity, e: Quantity) -> float:
        return abs(
            (z.span.start - source.start) / (source.end - source.start)
            - (e.span.start - target.start) / (target.end - target.start)
        )

    ranked = []
    for i, z in enumerate(chinese):
        for j, e in enumerate(english):
            grade = agreement(z, e)
            if grade is not None:
                ranked.append((grade, distance(z, e), i, j))
    pairs: list[Pair] = []
    ours, theirs = set(range(len(english))), set(range(len(chinese)))
    for _, _, i, j in sorted(ranked):
        if i in theirs and j in ours:
            theirs.discard(i)
            ours.discard(j)
            pairs.append(Pair(chinese[i], english[j]))
    return pairs


def mismatches(found: Sequence[Passage]) -> list[Pair]:
    """Return pairs of quantities that belong together and differ."""
    wrong = []
    for n, passage in enumerate(found):
        near = [p for k, p in enumerate(found) if k != n and abs(k - n) <= _REACH]
        paired = {pair.chinese.span for pair in passage.pairs}, {pair.english.span for pair in passage.pairs}
        chinese = [z for z in passage.chinese if z.sure and z.span not in paired[0]]
        english = [e for e in passage.english if e.sure and e.span not in paired[1]]
        chinese = [z for z in chinese if not any(_free_equal(z, e) for p in near for e in _free(p)[1])]
        english = [e for e in english if not any(_free_equal(z, e) for p in near for z in _free(p)[0])]
        # 七八毛 is one quantity, "70 or 80 cents" are two
        english = [e for e in english if not any(z.low < z.high and _spans(z, e) for z in passage.chinese)]
        wrong += _left_over(chinese, english, passage, near)
    return wrong


def _free(passage: Passage) -> tuple[list[Quantity], list[Quantity]]:
    """Return the quantities of a passage that have no equal in it."""
    zh, en = {pair.chinese.span for pair in passage.pairs}, {pair.english.span for pair in passage.pairs}
    return [z for z in passage.chinese if z.span not in zh], [e for e in passage.english if e.span not in en]


def _free_equal(chinese: Quantity, english: Quantity) -> bool:
    return agreement(chinese, english) is not None


def _spans(chinese: Quantity, english: Quantity) -> bool:
    return (
        chinese.high <= 2 * chinese.low and chinese.low <= english.low * 1.001 and english.high <= chinese.high * 1.001
    )


def _left_over(
    chinese: list[Quantity], english: list[Quantity], passage: Passage, near: Sequence[Passage]
) -> list[Pair]:
    """Pair what is left in a passage, the strongest first; weak ties only where nothing else could be meant."""
    wrong: list[Pair] = []
    ties = sorted(
        (-strength(z, e), abs(chinese.index(z) - english.index(e)), z.span, e.span, z, e)
        for z in chinese
        for e in english
        if compatible(z, e)
    )
    for score, _, _, _, z, e in ties:
        if any((z == pair.chinese and z.exact) or e == pair.english for pair in wrong):
            continue
        if -score == 3 or (not _elsewhere(e, passage, near) and _alone(z, e, chinese, english, -score)):
            wrong.append(Pair(z, e))
    return wrong


def _elsewhere(english: Quantity, passage: Passage, near: Sequence[Passage]) -> bool:
    """Tell whether the Chinese of the same or a neighbouring passage says the same, paired or not: a repetition.

    Within a passage that has as many per cents (sums, years) in one language as in the other, nothing is repeated.
    """
    kind = english.kind
    counts = sum(z.kind == kind for z in passage.chinese), sum(e.kind == kind for e in passage.english)
    own = () if kind in ("percent", "money", "year") and counts[0] == counts[1] else (passage,)
    return any(
        agreement(z, english) in (0, 1)
        for p in (*own, *near)
        for z in p.chinese
        if z.exact or (english.kind == "number" and not z.about)
    )


def _alone(chinese: Quantity, english: Quantity, theirs: list[Quantity], ours: list[Quantity], score: int) -> bool:
    """Tell whether no other quantity left over, of about the same size, could be the one that was meant."""
    rivals = (
        [z for z in theirs if compatible(z, english) and _of_a_size(z, english)],
        [e for e in ours if compatible(chinese, e) and _of_a_size(chinese, e)],
    )
    if chinese not in rivals[0]:
        return False
    if score == 2:
        return len(rivals[0]) == len(rivals[1]) <= 3
    return len(rivals[0]) == len(rivals[1]) == 1 and min(chinese.low, english.low) >= 10


def _of_a_size(chinese: Quantity, english: Quantity) -> bool:
    if chinese.kind not in ("number", "money", "percent"):
        return True
    return english.low <= 20 * chinese.low and chinese.low <= 20 * english.low
