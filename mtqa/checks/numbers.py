"""Wrong numbers: the English gives another value, magnitude, currency or period than the Chinese.

万 is ten thousand and 亿 a hundred million, so every large number is worked out anew, and systems slip by a power of
ten (1.2亿 as "1.2 billion"); so do they with 折 (八折 is 20 percent off), 倍 (增至3倍 is not "by 3 times"), percentage
points, 同比 and 环比. Both texts' quantities are read with their units, the equal ones of the aligned sentences are
paired in whatever wording, and of what is left over on both sides those that can only be meant for each other are
reported.

Right after all: a number that moved to a neighbouring sentence, is rounded, converted (亩, 斤, currencies in brackets),
or left out. None of these is reported, nor are numbers in names and idioms (5G, 双十一, 千家万户).

Source: the desks' own lists of what to check first in a translation from Chinese; the category Number of WMT's raters.
"""

from collections.abc import Iterator
from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.finding import Finding, Suggestion
from mtqa.match import Reader

SEVERITY = "major"
PASS = (
    ("The company lost 120 million yuan, or 0.12 billion.", "公司亏损1.2亿元。"),
    (
        "Some 290 million users, nearly a third of them new, paid 20 percent less.",
        "近3亿用户付了八折的价钱，近三分之一是新用户。",
    ),
)
FAIL = (
    ("The company lost «1.2 billion» yuan.", "公司亏损1.2亿元。"),
    ("The rate rose by «0.5 percent».", "利率上升0.5个百分点。"),
    ("Old stock was sold at «80%» off.", "旧货八折出售。"),
)


class Options(NamedTuple):
    """Hold nothing: there is nothing to set."""


def check(document: Document, reader: Reader, options: Options) -> Iterator[Finding]:
    """Yield a finding for each English quantity that differs from the Chinese one it stands for."""
    if document.source is None:
        return
    from mtqa.chinese.quantities import chinese_quantities
    from mtqa.quantity.disputes import disputes, periods
    from mtqa.quantity.english import english_quantities
    from mtqa.quantity.pairing import mismatches, passages
    from mtqa.quantity.wording import in_style, spelled

    found = passages(document, chinese_quantities, english_quantities)
    findings = [
        _finding(document, e.span, z.span, spelled(z), in_style(z, document.text[slice(*e.span)]))
        for z, e in mismatches(found)
    ]
    for n, passage in enumerate(found):
        around = "".join((document.chinese or "")[slice(*p.source)] for p in found[max(0, n - 2) : n + 3])
        told = [dispute for pair in passage.pairs for dispute in disputes(pair, document, around)]
        findings += [_finding(document, *dispute) for dispute in (*told, *periods(passage, document))]
    yield from sorted(findings, key=lambda finding: finding.span)


def _finding(document: Document, span: Span, source: Span, meaning: str, instead: str | None) -> Finding:
    chinese = (document.source or "")[slice(*source)]
    told = f", which is {meaning}" if meaning != chinese else ""
    return Finding(
        rule="numbers",
        span=span,
        message=f'"{document.text[slice(*span)]}" for {chinese}{told}',
        category="accuracy/mistranslation",
        severity=SEVERITY,
        suggestions=(Suggestion(instead),) if instead else (),
        source=source,
    )
