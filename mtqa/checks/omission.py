"""Omission: a sentence of the Chinese that has no English, or English that no Chinese stands behind.

Systems drop sentences and long clauses, and now and then repeat or invent one; the English reads well all the same, and
only the Chinese tells. A dropped sentence is a finding at the last word before the gap. A part of a sentence that is
gone, and a sentence that was added, are notes.

Right after all: an editor cuts what readers abroad do not need, explains what they do not know, and moves what belongs
elsewhere. What stands in the sentences round it is not gone, and a note never fails a build.

Source: MQM, accuracy/omission and accuracy/addition (themqm.org); length ratios after Gale and Church (1993).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median
from typing import NamedTuple

from mtqa.checks._support import Support
from mtqa.document import Document, Link, Span
from mtqa.finding import Finding
from mtqa.match import Reader

SEVERITY = "minor"
PASS = (
    (
        "Oil prices rose sharply on Monday.\n\nDrivers queued for hours at filling stations.",
        "周一油价大幅上涨。\n\n司机在加油站排了几个小时的队。",
    ),
)
FAIL = (
    (
        "Oil prices rose sharply on «Monday».\n\nDrivers queued for hours at filling stations in the capital.",
        "周一油价大幅上涨。\n\n经济学家警告说，农产品出口企业今年会严重亏损。\n\n首都的司机在加油站排了几个小时的队。",
    ),
)


class Options(NamedTuple):
    """Hold how many Chinese characters a sentence must have to be missed, and whether notes are wanted."""

    shortest: int = 8
    notes: bool = True


_HAN = re.compile(r"[\u3400-\u9fff]")
_NO_ARTICLE = re.compile(
    # who wrote and edited it, where the picture is from, how to follow: an editor cuts it without a word
    r"[\s（(【\[]*(?:责任?编辑|编辑|责编|校对|来源|图源|图片来源|供图|摄影|作者|原标题|文[|｜/／:：]|图["
    r"|｜/／:：]|记者[ 　:：|｜]|实习生|点击|扫码|关注|转载|版权|声明|本文|更多|相关阅读|延伸阅读"
    r"|广告|完[）)]?$|新华社|中新社|中新网|本报)"
)
_CLAUSE = re.compile(r"[^，；。！？：\n]+")
_LONGEST_QUOTE = 30
_SHORT, _LONG = 0.6, 1.5
"""Letters of English for a character of Chinese, against the article's own, at which a part may be missing or new."""
_CLAUSE_LENGTH = 12
_SHIFT = 2
"""Links between a sentence without English and one without Chinese at which the two may belong together."""
_ABRIDGED, _CUTS = 0.3, 5
"""Share of the Chinese, and sentences, without English from which on somebody must have cut them on purpose."""
_WORD = re.compile(r"\w[\w'’-]*")


def check(document: Document, reader: Reader, options: Options) -> Iterator[Finding]:
    """Yield a finding for each gap in the English, and notes for parts dropped and sentences added."""
    if document.source is None or document.chinese is None or not any(link.target for link in document.links):
        return
    support = Support(document)
    found = list(_dropped(document, support, options))
    if options.notes:
        found += [*_added(document, support), *_shortened(document, support, options)]
    yield from sorted(found, key=lambda finding: finding.span)


def _dropped(document: Document, support: Support, options: Options) -> Iterator[Finding]:
    numbered = enumerate(document.links)
    for missing, group in groupby(numbered, key=lambda entry: entry[1].target is None):
        links = list(group)
        if not missing:
            continue
        first, last = links[0][0], links[-1][0]
        gone = [
            link.source
            for _, link in links
            if link.source and _counts(document, link.source, options) and not support.has(link.source, first, last)
        ]
        near = document.links[max(0, first - _SHIFT) : last + _SHIFT + 1]
        if any(link.source is None for link in near):
            continue  # one is a translation of the other, too free for the alignment to see
        yield from _gap(document, gone, document.links[:first])


def _counts(document: Document, source: Span, options: Options) -> bool:
    """Tell whether a Chinese sentence is long enough, and one of the article, to be missed."""
    text = (document.chinese or "")[slice(*source)]
    return len(_HAN.findall(text)) >= options.shortest and not _NO_ARTICLE.match(text)


def _gap(document: Document, gone: Sequence[Span], before: Sequence[Link]) -> Iterator[Finding]:
    """Yield the finding for sentences dropped between two of the English: at the last word before them."""
    target = next((link.target for link in reversed(before) if link.target), None)
    words = list(_WORD.finditer(document.prose, *(target or Span(0, len(document.prose)))))
    if not gone or not words:
        return
    where = "after this" if target else "before this"
    count = "a sentence" if len(gone) == 1 else f"{len(gone)} sentences"
    yield Finding(
        rule="omission",
        span=Span(*words[-1 if target else 0].span()),
        message=f"{count} of the Chinese missing {where}: {_quote(document, gone[0])}",
        category="accuracy/omission",
        severity="note" if _is_abridged(document) else SEVERITY,
        source=Span(gone[0].start, gone[-1].end),
    )


def _is_abridged(document: Document) -> bool:
    """Tell whether so much of the Chinese is missing that somebody must have cut it on purpose."""
    lost = [link.source.end - link.source.start for link in document.links if link.source and not link.target]
    return len(lost) >= _CUTS and sum(lost) > _ABRIDGED * len(document.chinese or "")


def _quote(document: Document, source: Span) -> str:
    text = " ".join((document.source or "")[slice(*source)].split())
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"


def _added(document: Document, support: Support) -> Iterator[Finding]:
    usual = _usual(document)
    for number, link in enumerate(document.links):
        if link.target is None:
            continue
        near = document.links[max(0, number - _SHIFT) : number + _SHIFT + 1]
        lone = link.source is None and all(other.target for other in near)
        spans = [link.target] if lone else []
        if link.source and _ratio(document, link) > _LONG * usual:
            spans = [segment.span for segment in document.segments if link.target.covers(segment.span)]
            spans = spans if len(spans) > 1 else []
        for span in spans:
            if support.is_added(span, number):
                yield Finding(
                    rule="omission",
                    span=span,
                    message="nothing in the Chinese says this",
                    category="accuracy/addition",
                    severity="note",
                    source=_place(document, number),
                )


def _place(document: Document, number: int) -> Span | None:
    """Return the Chinese beside a sentence that has none: that before it, or else the first."""
    near = [link.source for link in (*document.links[number::-1], *document.links[number:]) if link.source]
    return near[0] if near else None


def _shortened(document: Document, support: Support, options: Options) -> Iterator[Finding]:
    """Yield a note for each clause that a sentence far too short has nothing of."""
    usual = _usual(document)
    for number, link in enumerate(document.links):
        if link.source is None or link.target is None or _ratio(document, link) > _SHORT * usual:
            continue
        for found in _CLAUSE.finditer(document.chinese or "", *link.source):
            clause = Span(*found.span())
            if _counts(document, clause, options._replace(shortest=_CLAUSE_LENGTH)) and support.lacks(clause, number):
                last = list(_WORD.finditer(document.prose, *link.target))[-1:]
                span = Span(*last[0].span()) if last else link.target
                yield Finding(
                    rule="omission",
                    span=span,
                    message=f"this sentence is short for its Chinese and has nothing of {_quote(document, clause)}",
                    category="accuracy/omission",
                    severity="note",
                    source=clause,
                )
                break


def _usual(document: Document) -> float:
    return median([_ratio(document, link) for link in document.links if link.source and link.target] or [0.0])


def _ratio(document: Document, link: Link) -> float:
    target, source = link.target or Span(0, 0), link.source or Span(0, 0)
    return (target.end - target.start) / max(1, source.end - source.start)
