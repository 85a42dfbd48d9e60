"""Counts what a page shows at a glance, and lays out its charts; the templates draw them."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.finding import MQM_WEIGHTS, SEVERITIES, Finding
from mtqa.match import split_words

LITERAL_RULES = frozenset(("literal", "composed", "calque"))
"""Rules whose marked words are the translator's literal ones."""
STRETCHES = 40
"""The chart of findings along the article has this many bars."""
WORST_LITERALNESS = 200
"""Flagged literal words in 1,000 at which its scale ends; the raw machine translations in seeds/ stay below it."""


class Bar(NamedTuple):
    """Place a bar of a chart, in units of its view box."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    label: str


class Category(NamedTuple):
    """Count the findings of a category by severity."""

    name: str
    total: int
    bars: tuple[Bar, ...]


class Summary(NamedTuple):
    """Hold the numbers of one article; `words` are English words of prose."""

    words: int
    findings: int
    severities: dict[str, int]
    literal_words: int
    points: int
    along: tuple[Bar, ...]
    categories: tuple[Category, ...]

    @property
    def literalness(self) -> float:
        """Return the flagged literal words in 1,000 words."""
        return round(1000 * self.literal_words / self.words, 1) if self.words else 0.0

    @property
    def literal_share(self) -> float:
        """Return how far along its scale the literalness stands, in per cent."""
        return min(100.0, 100 * self.literalness / WORST_LITERALNESS)

    @property
    def mqm(self) -> float:
        """Return the MQM score: 100 less the points for 100 words, at least 0."""
        return max(0.0, round(100 - 100 * self.points / self.words, 1)) if self.words else 100.0


def summarise(document: Document, findings: Sequence[Finding]) -> Summary:
    """Count the findings of an article and lay out its charts."""
    spans = [Span(*span) for span in split_words(document.prose).spans]
    severities = Counter(finding.severity for finding in findings)
    return Summary(
        words=len(spans),
        findings=len(findings),
        severities={severity: severities[severity] for severity in reversed(SEVERITIES)},
        literal_words=_covered(spans, (f.span for f in findings if f.rule in LITERAL_RULES)),
        points=sum(MQM_WEIGHTS[finding.severity] for finding in findings),
        along=_along(len(document.text), findings),
        categories=_categories(findings),
    )


def _covered(words: Sequence[Span], marked: Iterable[Span]) -> int:
    """Count the words that any of the spans touches, each once."""
    ends = [word.end for word in words]
    touched: set[int] = set()
    for span in marked:
        index = bisect_right(ends, span.start)
        while index < len(words) and words[index].start < span.end:
            touched.add(index)
            index += 1
    return len(touched)


def _along(length: int, findings: Sequence[Finding]) -> tuple[Bar, ...]:
    """Lay out stacked bars, one for each stretch of the article, in a box of STRETCHES x 1."""
    stretches: list[Counter[str]] = [Counter() for _ in range(STRETCHES)]
    for finding in findings:
        stretches[min(STRETCHES - 1, STRETCHES * finding.span.start // max(1, length))][finding.severity] += 1
    tallest = max(map(Counter.total, stretches)) or 1
    bars: list[Bar] = []
    for x, counts in enumerate(stretches):
        y = 1.0
        for severity in reversed(SEVERITIES):
            if counts[severity]:
                height = counts[severity] / tallest
                y -= height
                label = f"{100 * x // STRETCHES}% into the article: {counts[severity]} {severity}"
                bars.append(Bar(severity, x, round(y, 4), 1, round(height, 4), label))
    return tuple(bars)


def _categories(findings: Sequence[Finding]) -> tuple[Category, ...]:
    """Lay out a bar for each category, the commonest first, in a box of 100 x 1."""
    counts = Counter((finding.category, finding.severity) for finding in findings)
    totals = Counter(finding.category for finding in findings)
    most = max(totals.values(), default=1)
    found = []
    for name, total in sorted(totals.items(), key=lambda item: (-item[1], item[0])):
        bars, x = [], 0.0
        for severity in reversed(SEVERITIES):
            count = counts[name, severity]
            if count:
                width = round(100 * count / most, 2)
                bars.append(Bar(severity, x, 0, width, 1, f"{count} {severity}"))
                x += width
        found.append(Category(name, total, tuple(bars)))
    return tuple(found)
