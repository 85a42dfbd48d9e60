"""Untranslated: Chinese characters left standing in the English.

Systems copy what they do not know: names of small companies, slang, units. An English reader cannot read them.

Right after all: an editor may give the Chinese once in brackets behind its English ("involution (内卷)"), and in
quotation marks where the article is about the word; those are left alone.

Source: MQM, accuracy/untranslated (themqm.org).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.finding import Finding
from mtqa.match import Reader

SEVERITY = "major"
PASS = (
    "The word involution (内卷, neijuan) is everywhere.",
    "The sign read “拆”, or demolish.",
)
FAIL = (
    "The platform said that «仅退款» would be scrapped.",
    "Sales of «白酒»-based cocktails rose.",
    "«这一行没有翻译。»\nThe next one is English.",
)


class Options(NamedTuple):
    """Hold Chinese words that may stand in the English."""

    allow: tuple[str, ...] = ()


_CHARACTER = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
_HAN = re.compile(rf"[{_CHARACTER}](?:[{_CHARACTER}\u3000-\u303f\uff00-\uffef·\d ]*[{_CHARACTER}。！？])?")
_BRACKETS = {")": "(", "）": "（", "]": "[", "”": "“", '"': '"', "’": "‘", "»": "«"}


def check(document: Document, reader: Reader, options: Options) -> Iterator[Finding]:
    """Yield a finding for each run of Chinese characters that neither brackets nor quotes hold."""
    for found in _HAN.finditer(document.prose):
        if found[0] in options.allow or _is_gloss(document.prose, *found.span()):
            continue
        yield Finding(
            rule="untranslated",
            span=Span(*found.span()),
            message=f"{found[0][:20]} is left in Chinese",
            category="accuracy/untranslated",
            severity=SEVERITY,
        )


def _is_gloss(text: str, start: int, end: int) -> bool:
    """Tell whether brackets or quotes on the same line, with little else in them, hold the run."""
    after = re.match(r"[^\n()（）\[\]“”\"’»]{0,40}([)）\]”\"’»])", text[end : end + 41])
    if not after:
        return False
    before = text[max(0, start - 40) : start].rsplit("\n", 1)[-1]
    return _BRACKETS[after[1]] in before or ("(" in before and after[1] == "）")
