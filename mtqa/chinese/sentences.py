"""Splits Chinese into paragraphs and sentences.

A sentence ends at 。！？ or their ASCII forms, with the quotes and brackets that close behind them. ； and …… go on: a
translator mostly keeps what they join in one sentence. A line of its own without an end mark is a sentence too.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import east_asian_width

from mtqa.document import Span

_CLOSING = "”’」』）)】］\"'"
_END = re.compile(
    # an ASCII stop ends a sentence after a Chinese character only, so never in 3.5, example.com or J. Smith
    rf"(?:[。！？]|[!?](?=[\s{_CLOSING}\u3400-\u9fff]|$)|(?<=[\u3400-\u9fff])\.(?![\d.]))"
    # some typesetters put a space before a full-width closing mark
    rf"[。！？!?…—]*[{_CLOSING}]*(?:[ \t]+[”’」』）】］]+)*"
)
_GOES_ON = "，、；：,;:的地得和与或及等是"
"""After a quotation that ends like a sentence, these carry the sentence on that it stands in."""
_SPOKEN = re.compile(
    r"[^，。！？；：“”、\s]{0,12}?(?:说|说道|表示|称|问|答|道|写道|喊道|坦言|直言|透露|感叹|解释|回忆|指出)[，。：]"
)
"""Who said the quotation before it."""
_TITLES = re.compile(r"《[^》\n]{1,80}》|〈[^〉\n]{1,80}〉")
_BRACKETS = re.compile(r"（[^（）\n]{1,160}）|\([^()\n]{1,160}\)")
_NO_LINE_START = "，。、！？；：”’」』）】》,.!?;:)"
_LAST = re.compile(rf"[。！？!?.…；：:;][{_CLOSING}]*$")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_SHORTFALL = 5
"""Columns by which a full line of a wrapped text may miss the width: two characters, as no mark may begin a line."""


def paragraphs(text: str) -> list[Span]:
    r"""Return the paragraphs of a text, in code points, without white space round them.

    A line break ends a paragraph unless the text is hard-wrapped and the line a full one.

    >>> paragraphs("涨价\n油价涨了。\n")
    [Span(start=0, end=2), Span(start=3, end=8)]
    """
    found: list[Span] = []
    width = _wrap_width(text)
    whole = False
    for line in _LINE.finditer(text):
        words = line[0].strip()
        if not words:
            whole = True
            continue
        start = line.start() + line[0].index(words[0])
        span = Span(start, start + len(words))
        blank = whole or (bool(found) and text.count("\n", found[-1].end, start) > 1)
        if found and not blank and _continues(text, found[-1], words, width):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
        whole = False
    return found


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text, in code points.

    Spans neither begin nor end in white space, and together hold every other code point.

    >>> text = "“他走了。我没走。”她说。油价涨到3.5元！"
    >>> [text[slice(*span)] for span in sentences(text)]
    ['“他走了。', '我没走。”她说。', '油价涨到3.5元！']
    """
    return [span for paragraph in paragraphs(text) for span in _split(text, paragraph)]


def _split(text: str, paragraph: Span) -> Iterator[Span]:
    here, end = paragraph
    closed = [match.span() for match in _TITLES.finditer(text, here, end)]
    asides = [match.span() for match in _BRACKETS.finditer(text, here, end)]
    for found in _END.finditer(text, here, end):
        stop = found.end()
        if stop >= end:
            break
        if found.start() < here or any(start < found.start() < last for start, last in closed):
            continue
        # an aside that opens within the sentence is part of it, whatever it ends with
        if any(here < start < found.start() < last for start, last in asides):
            continue
        if _is_end(text, found, end):
            yield Span(here, stop)
            here = stop
            while text[here].isspace():
                here += 1
    yield Span(here, end)


def _is_end(text: str, found: re.Match[str], end: int) -> bool:
    if found[0][-1] not in _CLOSING:
        return True
    stop = found.end()
    return text[stop] not in _GOES_ON and not _SPOKEN.match(text, stop, end)


def _columns(line: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in line)


def _wrap_width(text: str) -> int:
    """Return the width in columns that a hard-wrapped text was wrapped to, 0 for any other text."""
    lines = [line.rstrip() for line in text.splitlines()]
    inner = [before for before, after in pairwise(lines) if before.strip() and after.strip()]
    if len(inner) < 3:
        return 0
    widths = sorted(_columns(line) for line in inner)
    width = widths[-1]
    full = [line for line in inner if _columns(line) >= width - _SHORTFALL]
    cut = sum(not _LAST.search(line) for line in full)
    return width if 2 * len(full) >= len(inner) and 2 * cut >= len(full) and 20 <= width <= 160 else 0


def _continues(text: str, before: Span, words: str, width: int) -> bool:
    if words[0] in _NO_LINE_START and not _LAST.search(text[before.start : before.end]):
        return True
    if not width:
        return False
    line = _LINE.search(text, max(text.rfind("\n", 0, before.end), text.rfind("\r", 0, before.end)) + 1)
    return bool(line and _columns(line[0].rstrip()) >= width - _SHORTFALL)
