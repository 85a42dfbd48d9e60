"""Consistency: a name that the Chinese keeps and the English changes, "Work Plan" here and "Work Program" there.

Systems translate sentence by sentence, so one bureau, programme or document gets two English names in one article, and
the reader takes it for two things. One finding holds all places.

Right after all: ordinary words should vary; a short form or an abbreviation after the full name is good style. So only
what is surely a name counts: what quotes or 《》 hold, organisations, names of the glossary.

Source: MQM, terminology/inconsistent-use (themqm.org).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mtqa.checks._renderings import Rendering, coverage, renderings, same, share, stems
from mtqa.chinese.titles import Title, titles, within
from mtqa.document import Document, Span
from mtqa.finding import Finding, Suggestion
from mtqa.match import Reader

SEVERITY = "minor"
PASS = (
    (
        "The Market Regulation Bureau fined three shops.\n\nThe bureau said more would follow.",
        "市场监管局处罚了三家商店。\n\n市场监管局称，还会有更多。",
    ),
    (
        'The "Work Plan" was issued on Monday.\n\nThe work plan sets no date.',
        "《工作方案》周一印发。\n\n《工作方案》未定日期。",
    ),
)
FAIL = (
    (
        'The "Work Plan" was issued on Monday.\n\nThe "«Work Program»" sets no date.\n\nThe "Work Plan" is short.',
        "《工作方案》周一印发。\n\n《工作方案》未定日期。\n\n《工作方案》很短。",
    ),
)


class Options(NamedTuple):
    """Hold names, in Chinese, that may be rendered in several ways."""

    allow: tuple[str, ...] = ()


_KNOWN = 0.5
"""Share of the English words that must be renderings of something in the Chinese name."""
_COVERED = 0.6
"""Share of the Chinese name that the English words must account for."""


class _Use(NamedTuple):
    rendering: Rendering
    source: Span


def check(document: Document, reader: Reader, options: Options) -> Iterator[Finding]:
    """Yield a finding for each name that has several renderings, at the first of the rarer ones."""
    if document.source is None or document.chinese is None:
        return
    found = []
    for title in titles(document.chinese):
        if title.name not in options.allow:
            found += _clashes(document, title.name, list(_uses(document, title)))
    for name, uses in _listed(document, reader).items():
        if name not in options.allow:
            found += _clashes(document, name, uses)
    yield from sorted(found, key=lambda finding: finding.span)


def _uses(document: Document, title: Title) -> Iterator[_Use]:
    for link in document.links:
        if link.source is None or link.target is None:
            continue
        places = within(title.places, link.source)
        if len(places) == 1 and (rendering := _rendering(document, link.target, title)):
            yield _Use(rendering, places[0])


def _rendering(document: Document, target: Span, title: Title) -> Rendering | None:
    """Return the words that render a name in one group of sentences, if it is plain which."""
    for quoted in (True, False) if title.quoted else (False,):
        scored = []
        for found in renderings(document, target, title.name, quoted=quoted):
            known, covered = share(found.words, title.name), coverage(found.words, title.name)
            if known >= _KNOWN and covered >= _COVERED and (quoted or len(found.words) > 1):
                scored.append((known + covered, found))
        scored.sort(key=lambda entry: entry[0], reverse=True)
        if scored and (len(scored) == 1 or scored[0][0] > scored[1][0]):
            return scored[0][1]
    return None


def _listed(document: Document, reader: Reader) -> dict[str, list[_Use]]:
    """Return the uses of each name in the glossary that one of its listed renderings renders."""
    uses: dict[str, list[_Use]] = {}
    for link in document.links:
        if link.source is None or link.target is None:
            continue
        for place, ids in reader.source.find(document, link.source):
            term = reader.glossary[ids[0]]
            if term.category != "name" or len(term.idiomatic) < 2:
                continue
            texts = sorted((rendering.text for rendering in term.idiomatic), key=len, reverse=True)
            pattern = rf"\b(?:{'|'.join(map(re.escape, texts))})\b"
            found = [*re.finditer(pattern, document.prose[slice(*link.target)])]
            if len({match[0] for match in found}) == 1:
                start = link.target.start + found[0].start()
                rendering = Rendering(Span(start, start + len(found[0][0])), found[0][0], stems(found[0][0]))
                uses.setdefault((document.chinese or "")[slice(*place)], []).append(_Use(rendering, place))
    return uses


def _clashes(document: Document, name: str, uses: Sequence[_Use]) -> list[Finding]:
    """Return what is wrong with the renderings of one name: a finding at the first of the rarer ones, or none."""
    kinds: list[list[_Use]] = []
    for use in uses:
        home = next((kind for kind in kinds if any(same(use.rendering, other.rendering) for other in kind)), None)
        if home is None:
            kinds.append([use])
        else:
            home.append(use)
    if len(kinds) < 2:
        return []
    usual = max(kinds, key=len)
    odd = next((kind for kind in kinds if kind is not usual and _clash(document, kind, usual)), None)
    if odd is None:
        return []
    rest = [kind for kind in kinds if kind is not odd]
    others = "; ".join(f'"{kind[0].rendering.text}" in {_lines(document, kind)}' for kind in rest)
    again = f" (and in {_lines(document, odd[1:])})" if len(odd) > 1 else ""
    text = Counter(use.rendering.text for use in usual).most_common(1)[0][0]
    finding = Finding(
        rule="consistency",
        span=odd[0].rendering.span,
        message=f'"{odd[0].rendering.text}" here{again}, {others}: all for {name}',
        category="terminology/inconsistent",
        severity=SEVERITY,
        suggestions=(Suggestion(text, "the usual rendering here; look up which is right", False),),
        source=odd[0].source,
    )
    return [finding]


def _clash(document: Document, odd: Sequence[_Use], usual: Sequence[_Use]) -> bool:
    """Tell whether a rendering stands where the usual one should: not beside it, and not for something else."""
    words = {word for use in usual for word in use.rendering.words}
    for use in odd:
        link = next(link for link in document.links if link.source and link.source.covers(use.source))
        here = stems(document.prose[slice(*(link.target or Span(0, 0)))])
        if any(other.rendering.words <= here for other in usual) or not words & use.rendering.words:
            return False
    return True


def _lines(document: Document, uses: Sequence[_Use]) -> str:
    lines = sorted({document.position(use.rendering.span.start)[0] for use in uses})
    return ("lines " if len(lines) > 1 else "line ") + ", ".join(map(str, lines))
