"""Writes the review page: one HTML file that holds the article, its findings and all that shows them.

The page asks nothing of the network: its Content-Security-Policy names its own style and script by their hashes and
forbids the rest. What comes from outside goes into a block of JSON, from which the script makes text, never markup.
"""

import base64
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mtqa.document import Document, Span
from mtqa.finding import MQM_WEIGHTS, Finding
from mtqa.review.key import Mark, marks
from mtqa.review.rows import Row, rows
from mtqa.review.summary import summarise

if TYPE_CHECKING:
    from jinja2 import Environment

VERSION = 1
"""Version of the decisions that the page keeps, exports and imports."""
_ASSETS = Path(__file__).parent / "assets"
# Markup and what ends a line in a script; then what hides or turns text round in an editor that opens the page.
_ESCAPED = re.compile(
    "[<>&\u2028\u2029\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def render_page(
    document: Document, findings: Sequence[Finding], signature: str, *, serve_token: str | None = None
) -> str:
    """Return the page of an article with its sentences, as HTML.

    With `serve_token` the page sends each decision to the server that it came from.
    """
    summary = summarise(document, findings)
    return rendered(
        "page.html",
        "review",
        connect=serve_token is not None,
        title=Path(document.path).name,
        path=document.path,
        signature=signature,
        summary=summary,
        data=page_data(document, findings, signature, summary.words, serve_token),
    )


def rendered(template: str, assets: str, *, connect: bool = False, data: dict[str, Any], **values: object) -> str:
    """Return a template filled in, with the script `assets`*.js, the style sheet, the data and the policy for them."""
    from markupsafe import Markup

    style, code = style_sheet(), script(assets)
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(code)}'; img-src data:; "
        f"connect-src {chr(39)}{'self' if connect else 'none'}{chr(39)}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    page = _environment().get_template(template)
    # Our own files and escaped JSON: all that goes in without jinja2's escaping.
    return page.render(style=Markup(style), script=Markup(code), data=Markup(as_json(data)), policy=policy, **values)  # noqa: S704


def shown(text: str) -> str:
    r"""Return a text whose control and direction marks can be seen, and do nothing.

    >>> shown("a\x00b\u202ec")
    'a␀b[U+202E]c'
    """
    return _HIDDEN.sub(lambda found: _symbol(ord(found[0])), text)


def _symbol(code: int) -> str:
    return chr(0x2400 + code) if code < 0x20 else f"[U+{code:04X}]"


def store_key(document: Document) -> str:
    """Return the name under which a browser keeps the decisions on an article."""
    return "mtqa:" + sha256((document.path + document.text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def as_json(data: dict[str, Any]) -> str:
    r"""Return data as JSON that can stand in a script element, and shows its reader no control marks.

    >>> as_json({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def page_data(
    document: Document, findings: Sequence[Finding], signature: str, words: int, serve_token: str | None = None
) -> dict[str, Any]:
    """Return what the page's script works on; offsets count UTF-16 units, as JavaScript does."""
    ordered = sorted(findings, key=lambda finding: finding.span)
    at, source_at = utf16(document.text), utf16(document.source or "")
    return {
        "version": VERSION,
        "signature": signature,
        "path": document.path,
        "store": store_key(document),
        "serve": serve_token,
        "text": document.text,
        "source": document.source,
        "words": words,
        "weights": MQM_WEIGHTS,
        "rows": [_row(row, at, source_at) for row in rows(document)],
        "marks": [
            _mark(document, finding, mark, at, source_at)
            for finding, mark in zip(ordered, marks(document, ordered), strict=True)
        ],
    }


def utf16(text: str) -> Callable[[int], int]:
    """Return a function from an offset in code points to one in UTF-16 units.

    >>> utf16("a😀b")(2)
    3
    """
    wide = [index for index, char in enumerate(text) if char > "\uffff"] if text and max(text) > "\uffff" else []
    return lambda offset: offset + bisect_left(wide, offset)


def _row(row: Row, at: Callable[[int], int], source_at: Callable[[int], int]) -> dict[str, Any]:
    return {
        "en": [at(row.span.start), at(row.span.end)] if row.span else None,
        "zh": [source_at(row.source.start), source_at(row.source.end)] if row.source else None,
        "before": row.before,
        "heading": row.heading,
        "prose": row.prose,
    }


def _mark(
    document: Document, finding: Finding, mark: Mark, at: Callable[[int], int], source_at: Callable[[int], int]
) -> dict[str, Any]:
    term, source = finding.term, finding.source
    zh = document.source[source.start : source.end] if source and document.source else None
    return {
        "en": [at(finding.span.start), at(finding.span.end)],
        "zh": [source_at(source.start), source_at(source.end)] if source and document.source else None,
        "original": zh,
        "group": term.id if term else f"{finding.rule} {zh or mark.words.lower()}",
        "message": finding.message,
        "category": finding.category,
        "score": None if finding.score is None else round(finding.score, 3),
        "suggestions": [{"text": s.text, "note": s.note, "fits": s.fits} for s in finding.suggestions],
        "markup": _crosses(document, finding.span),
        "term": {
            "id": term.id,
            "zh": list(term.zh),
            "literal": [form.text for form in term.literal],
            "note": term.note,
            "source": term.source,
            "glossary": term.glossary,
        }
        if term
        else None,
        # What a decision on this mark carries, so that it finds its place again.
        "decision": {
            "key": mark.key,
            "rule": finding.rule,
            "term": term.id if term else None,
            "severity": finding.severity,
            "sentence": mark.sentence,
            "occurrence": mark.occurrence,
            "start": mark.start,
            "end": mark.end,
            "words": mark.words,
            "zh": mark.zh,
        },
    }


def _crosses(document: Document, span: Span) -> bool:
    inside = bisect_right(document.barriers, span.start)
    return inside < len(document.barriers) and document.barriers[inside] < span.end


@lru_cache(maxsize=1)
def style_sheet() -> str:
    """Return the style sheet of all pages."""
    return (_ASSETS / "review.css").read_text(encoding="utf-8")


@lru_cache(maxsize=4)
def script(name: str) -> str:
    """Return the script of a page: the files that begin with its name, one after the other, in one scope."""
    files = sorted(path for path in _ASSETS.glob(f"{name}*.js"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return f'(() => {{\n"use strict";\n{code}\nstart();\n}})();\n'


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = shown
    return environment
