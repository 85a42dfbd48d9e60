"""Full-width mark: Chinese punctuation, digits or letters left in English prose.

A system that copies the source's punctuation leaves "，" or "《" in an English sentence, where fonts and line breaking
stumble over it and readers see a foreign hand.

Right after all: inside Chinese words that are quoted or glossed; marks beside a Chinese character are left to the
rule `untranslated`.

Source: Unicode Standard Annex 11 (East Asian width); MQM, locale convention.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.finding import Finding, Suggestion
from mtqa.match import Reader

SEVERITY = "minor"
PASS = (
    "The word (内卷，or involution) is everywhere.",
    "“Curly quotes”, dashes – and ellipses… are English.",
)
FAIL = (
    "Sales rose«，»but profits fell«。»",
    "Growth was «３０％» in the third quarter.",
    "Leonardo«·»DiCaprio starred in «《»Inception«》».",
)


class Options(NamedTuple):
    """Hold marks that may stand in the English."""

    allow: tuple[str, ...] = ()


_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_MARKS = r"[０-９Ａ-Ｚａ-ｚ％．]{2,}|[\u3000-\u3020\uff01-\uff5e\uffe0-\uffe6]|(?<=[A-Za-z])·(?=[A-Za-z])"
_MARK = re.compile(rf"(?<![{_HAN}])(?:{_MARKS})(?![{_HAN}])")
_ENGLISH = {
    "。": ".",
    "、": ",",
    "《": "“",
    "》": "”",
    "〈": "“",
    "〉": "”",
    "「": "“",
    "」": "”",
    "『": "“",
    "』": "”",
}
_ENGLISH |= {"【": "[", "】": "]", "〔": "(", "〕": ")", "·": " ", "～": "–", "\u3000": " "}
_SPACED = frozenset(",.;:!?")


def check(document: Document, reader: Reader, options: Options) -> Iterator[Finding]:
    """Yield a finding for each full-width mark, or run of full-width digits and letters."""
    for found in _MARK.finditer(document.prose):
        marks = found[0]
        if marks in options.allow or (
            marks == "\u3000" and not document.prose[: found.start()].rsplit("\n", 1)[-1].strip()
        ):
            continue
        english = _ENGLISH.get(marks) or unicodedata.normalize("NFKC", marks)
        following = document.prose[found.end() : found.end() + 1]
        if english in _SPACED and following and (following.isalnum() or following in "“\"'‘"):
            english += " "
        shown = "the ideographic space" if marks == "\u3000" else marks
        yield Finding(
            rule="fullwidth",
            span=Span(*found.span()),
            message=f"{shown} is a Chinese full-width character",
            category="locale/punctuation",
            severity=SEVERITY,
            suggestions=(Suggestion(english),),
        )
