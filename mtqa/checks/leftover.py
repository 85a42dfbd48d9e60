"""Web leftover: a line that belongs to the page, not to the article.

Articles are copied from web pages and apps, and the page's own words come along: "Advertisement", "Editor in charge:
Li Wei", "Long press the QR code to follow us". They are no part of what the reporter wrote.

Right after all: in an article about advertising the word stands in a sentence; only whole lines are flagged.

Source: machine-translated articles read for this project.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.errors import MtqaError
from mtqa.finding import Finding, Suggestion
from mtqa.match import Reader

SEVERITY = "minor"
PASS = (
    "Advertisement revenue rose by 4 percent.",
    "Source code was published on Monday.",
    "The editor in charge of the paper resigned.",
    "Follow the money, the auditors were told.",
)
FAIL = (
    "«Advertisement»",
    "The deal closed on Friday.\n\n«Editor in charge: Li Wei»\n",
    "«Long press the QR code to follow us»",
    "«(Click to enlarge)»",
)


class Options(NamedTuple):
    """Hold further lines, as regular expressions that a whole line must match."""

    lines: tuple[str, ...] = ()


_LINES = (
    r"advertisements?|advertise(?:ment)? here|ad|ads|sponsored(?: content)?|promoted",
    r"(?:(?:responsible|duty|executive) )?editor(?:-in-charge| in charge| on duty)?\s*[:：|/].{0,60}",
    r"(?:proofread(?:er|ing)?|typesett(?:er|ing)|producer|reviewer|coordinator|layout editor)\s*[:：|/].{0,60}",
    r"(?:please )?(?:long[- ]press|scan|identify)(?: the| this| and identify)* (?:qr|two-dimensional) codes?.{0,60}",
    r"(?:please )?(?:click|tap) (?:here|to|the|on|above|below|\"|“).{0,60}",
    r"(?:please )?(?:swipe|slide) (?:up|down|left|right|to)\b.{0,40}",
    r"(?:please )?open (?:it )?in (?:the )?(?:wechat|app|browser)\b.{0,40}",
    r"(?:read|view|see|show|load|expand)(?: the)? (?:more|full text|original(?: text| article)?|all)\s*[>»…]*",
    r"(?:original|article) (?:title|link|address|source)\s*[:：].{0,160}",
    r"(?:image|picture|photo|cover|figure|video) (?:source|credit|from|caption)\s*[:：/|].{0,80}",
    r"(?:share|forward|like|collect|watch|comment|favorite|follow)(?: (?:to|on|us|share|like|collect|forward))*",
    r"(?:follow|subscribe to|star) (?:us|our (?:official|public) (?:account|number)).{0,60}",
    r"(?:recommended|related|extended|previous|hot|popular) (?:reading|articles?|news|recommendations?)\s*[:：]?",
    r"th(?:is|e) article (?:is|was) (?:reproduced|reprinted|reposted|transferred) (?:from|with)\b.{0,120}",
    r"(?:disclaimer|statement|copyright notice)\s*[:：].{0,300}",
    r"(?:all rights reserved|copyright ©?.{0,60}|©.{0,80})",
    r"back to (?:sohu|top|the top|home(?:page)?).{0,30}|return to sohu, see more",
)
_WRAP = re.compile(r"^[\s\[(（【<>《*#|—–-]+|[\s\])）】<>》*|—–.-]+$")
_LINE = re.compile(r"[^\r\n]+")
_FIRST = re.compile(
    r"[\s\[(（【<>《*#|—–-]*(?:ad|spons|promo|edit|resp|duty|exec|proof|types|produc|review|coord|layout|please|long|scan"
    r"|ident|click|tap|swipe|slide|open|read|view|see|show|load|expand|orig|art|imag|pict|photo|cover|fig|video|share|forw"
    r"|like|coll|watch|comm|fav|foll|subs|star|recom|rel|ext|prev|hot|pop|this|the|disc|stat|copy|all|©|back|return)",
    re.IGNORECASE,
)


def check(document: Document, reader: Reader, options: Options) -> Iterator[Finding]:
    """Yield a finding for each line that is a leftover, without the white space and brackets' line end round it.

    Raises MtqaError for an option that is no regular expression.
    """
    own = _compile(options.lines)
    for found in _LINE.finditer(document.prose):
        line = found[0].strip()
        if not line or len(line) > 320:
            continue
        bare = _WRAP.sub("", line)
        if (_FIRST.match(line) and _known().fullmatch(bare)) or (own and own.fullmatch(line)):
            start = found.start() + found[0].index(line)
            yield Finding(
                rule="leftover",
                span=Span(start, start + len(line)),
                message="belongs to the web page, not to the article",
                category="accuracy/addition",
                severity=SEVERITY,
                suggestions=(Suggestion("", "delete the line"),),
            )


@lru_cache(maxsize=1)
def _known() -> re.Pattern[str]:
    """Compile the lines only when one begins like them: it takes longer than linting a short article."""
    return re.compile("|".join(f"(?:{line})" for line in _LINES), re.IGNORECASE)


def _compile(lines: tuple[str, ...]) -> re.Pattern[str] | None:
    for line in lines:
        try:
            re.compile(line)
        except re.error as error:
            raise MtqaError("rules.leftover.lines", f"{line!r} is no regular expression: {error}") from None
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE) if lines else None
