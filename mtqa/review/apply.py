"""Turns decisions into edits of an article, or says what moved under them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from mtqa.document import Document, Edit, Span, edited
from mtqa.review.key import Places
from mtqa.review.locate import Found, Nearest, Sentence, locate
from mtqa.review.records import Decision, short

_LINE_END = re.compile(r"\r\n?|\n")
_TAG = re.compile(r"<[A-Za-z!/?][^\s<]{0,20}")
_SHOWN = 300


class Left(NamedTuple):
    """Hold a decision that cannot be followed, and why."""

    decision: Decision
    why: str

    def __str__(self) -> str:
        return f"{self.decision.name}, {self.decision.choice}: {self.why}"


class Plan(NamedTuple):
    """Hold what becomes of the decisions about one article.

    `edits` make the changes of `done`; those of `already` have been made; `rejected` are flags whose words still stand,
    as decisions about the article with the edits in it.
    """

    text: str
    edits: tuple[Edit, ...]
    done: tuple[Decision, ...]
    already: tuple[Decision, ...]
    left: tuple[Left, ...]
    rejected: tuple[tuple[Decision, Span], ...]


def plan(document: Document, decisions: Sequence[Decision]) -> Plan:
    """Work out what the decisions about an article change in it; nothing is written."""
    suited = [_suited(document, decision) for decision in decisions]
    found = locate(document, suited)
    wanted: list[tuple[Edit, Decision]] = []
    already: list[Decision] = []
    left = list(_lost(document, found.lost))
    for place in found.places:
        for decision in place.sentence.decisions:
            if decision.text is None:
                continue
            if place.holds(decision) or decision.text == decision.words:
                already.append(decision)
                continue
            edit = Edit(place.span(decision), decision.text)
            if why := _refused(document, edit):
                left.append(Left(decision, why))
            else:
                wanted.append((edit, decision))
    wanted, overlapping = _apart(wanted)
    left += overlapping
    edits = tuple(sorted({edit for edit, _ in wanted}))
    return Plan(
        text=edited(document.text, edits),
        edits=edits,
        done=tuple(decision for _, decision in wanted),
        already=tuple(already),
        left=tuple(left),
        rejected=tuple(_rejected(found, edits)),
    )


def rekeyed(document: Document, rejected: Sequence[tuple[Decision, Span]]) -> list[Decision]:
    """Return rejected flags, whose words stand at the spans of `document`, as decisions about that article."""
    places = Places(document)
    found = []
    for decision, span in rejected:
        if document.text[slice(*span)] != decision.words:
            continue
        mark = places.mark_at(decision.rule, decision.term, span)
        found.append(
            decision._replace(
                key=mark.key, sentence=mark.sentence, occurrence=mark.occurrence, start=mark.start, end=mark.end
            )
        )
    return found


def _suited(document: Document, decision: Decision) -> Decision:
    """Return a decision with its line ends as the article has them."""
    if decision.text is None or not _LINE_END.search(decision.text):
        return decision
    return decision._replace(text=_LINE_END.sub("\r\n" if "\r\n" in document.text else "\n", decision.text))


def _refused(document: Document, edit: Edit) -> str:
    """Say why a format cannot take an edit, if so."""
    span, text = edit
    inside = bisect_right(document.barriers, span.start)
    if inside < len(document.barriers) and document.barriers[inside] < span.end:
        return "the words cross markup; edit them by hand"
    if document.file is not None and _LINE_END.search(text):
        return "the new words hold a line end, which this format cannot take there; write them on one line"
    if document.file is None and (tag := _TAG.search(text)):
        return f"the new words hold markup ({tag[0]}), which no review writes; edit the article by hand"
    return ""


def _apart(wanted: list[tuple[Edit, Decision]]) -> tuple[list[tuple[Edit, Decision]], list[Left]]:
    """Part the edits that stand alone from those that overlap another one."""
    ordered = sorted(wanted, key=lambda pair: pair[0])
    against: dict[int, int] = {}
    widest = 0
    for number in range(1, len(ordered)):
        edit, before = ordered[number][0], ordered[widest][0]
        if edit.span.start < before.span.end and edit != before:
            against.setdefault(widest, number)
            against[number] = widest
        if edit.span.end > before.span.end:
            widest = number
    left = []
    for number, other in sorted(against.items()):
        decision, second = ordered[number][1], ordered[other][1]
        left.append(Left(decision, f"overlaps {second.name}, {second.choice}; keep one of the two"))
    return [pair for number, pair in enumerate(ordered) if number not in against], left


def _rejected(found: Found, edits: Sequence[Edit]) -> list[tuple[Decision, Span]]:
    """Return the rejected flags with the place of their words after the edits, if these leave the words standing."""
    kept = []
    for place in found.places:
        if place.start < 0:
            continue
        for decision in place.sentence.decisions:
            if decision.text is not None or any(
                made.start < decision.end and decision.start < made.end for made in place.made
            ):
                continue
            span = place.span(decision)
            last = bisect_right(edits, span.start, key=lambda edit: edit.span.end)
            if last < len(edits) and edits[last].span.overlaps(span):
                continue
            shift = sum(len(edit.text) - (edit.span.end - edit.span.start) for edit in edits[:last])
            kept.append((decision, Span(span.start + shift, span.end + shift)))
    return kept


def _lost(document: Document, lost: Sequence[Sentence]) -> list[Left]:
    """Say of each decision on a sentence that was not found what has become of the sentence."""
    nearest = Nearest(document) if lost else None
    places = Places(document) if lost else None
    left = []
    for sentence in lost:
        if not sentence.edits() or nearest is None or places is None:
            continue
        quoted = f'"{short(sentence.text, _SHOWN)}"'
        count = len(places.starts(sentence.text))
        times = "once" if count == 1 else f"{count} times"
        near = nearest.to(sentence.text) or nearest.to(
            sentence.after(sentence.edits()) if not sentence.overlaps() else ""
        )
        if count:
            why = f"this is about number {sentence.occurrence + 1} of a sentence that stands {times} now: {quoted}"
        elif near is None:
            why = f"the sentence is gone: {quoted}"
        else:
            why = f'the sentence was changed: {quoted} now reads "{short(near, _SHOWN)}"'
        left += [Left(decision, why) for decision in sentence.decisions if decision.text is not None]
    return left
