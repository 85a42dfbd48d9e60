"""Reads and writes `ARTICLE.mtqa.json`: the flags that a review waved through, so that they do not come back."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from mtqa.document import Document, Span
from mtqa.errors import MtqaError
from mtqa.finding import Finding
from mtqa.review.key import marks
from mtqa.review.records import Decision, short

VERSION = 1
SUFFIX = ".mtqa.json"
_MAX_BYTES = 32 * 2**20
_FIELDS = ("key", "rule", "term", "sentence", "occurrence", "start", "end", "words", "reason", "editor", "time")
_REST = {"state": "rejected", "text": None, "severity": "note", "zh": None}


class Sifted(NamedTuple):
    """Hold the findings to report, and those that were waved through."""

    findings: list[Finding]
    waved: list[Finding]


def waved_path(article: Path) -> Path:
    """Return the file that holds what was waved through in an article."""
    return article.with_name(article.name + SUFFIX)


def load_waved(article: Path) -> list[Decision]:
    """Read what was waved through in an article, as rejected decisions; nothing when there is no such file.

    Raises MtqaError (`path: waved[3].key: what`) for a broken file.
    """
    from mtqa.review.schema import decision_of, parsed

    path = waved_path(article)
    try:
        if path.is_symlink():
            raise MtqaError(str(path), "is a link; put the file itself beside the article, or take it away")
        if not path.exists():
            return []
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        what = f"cannot be read: {(error.strerror or str(error)).lower()}; mend or remove it, or say --no-waved"
        raise MtqaError(str(path), what) from None
    if len(data) > _MAX_BYTES:
        raise MtqaError(str(path), f"more than {_MAX_BYTES:,} bytes; remove it, or say --no-waved")
    whole = parsed(data, str(path), "mend or remove it, or say --no-waved")
    if not isinstance(whole, dict) or sorted(whole) != ["version", "waved"] or not isinstance(whole["waved"], list):
        raise MtqaError(str(path), "holds no version and list of what was waved through; mtqa apply writes such a file")
    if type(whole["version"]) is not int or whole["version"] != VERSION:
        raise MtqaError(str(path), f"version: {short(str(whole['version']))} found; this mtqa reads version {VERSION}")
    found = []
    for number, entry in enumerate(whole["waved"]):
        place = f"waved[{number}]"
        if not isinstance(entry, dict) or set(entry) & set(_REST):
            raise MtqaError(str(path), f"{place}: is not what mtqa apply writes: {', '.join(_FIELDS)}")
        found.append(decision_of({**entry, **_REST}, str(path), place))
    return found


def dump_waved(waved: Iterable[Decision]) -> str:
    """Return rejected decisions as the text of the file."""
    entries = [{name: getattr(decision, name) for name in _FIELDS} for decision in waved]
    return json.dumps({"version": VERSION, "waved": entries}, ensure_ascii=False, indent=1) + "\n"


def sift(document: Document, findings: Sequence[Finding], waved: Sequence[Decision]) -> Sifted:
    """Part the findings that were waved through from the others.

    A finding was when its key was, or when it is of the same rule and term about the same words of the same
    sentence, wherever that stands.
    """
    if not waved:
        return Sifted(list(findings), [])
    keys = {decision.key for decision in waved}
    spans: dict[tuple[str, str | None, str], list[Span]] = {}
    for decision in waved:
        place = (decision.rule, decision.term, decision.sentence)
        spans.setdefault(place, []).append(Span(decision.start, decision.end))
    kept: list[Finding] = []
    quiet: list[Finding] = []
    for finding, mark in zip(findings, marks(document, findings), strict=True):
        place = (finding.rule, finding.term.id if finding.term else None, mark.sentence)
        here = Span(mark.start, mark.end)
        known = mark.key in keys or any(here.overlaps(span) for span in spans.get(place, ()))
        (quiet if known else kept).append(finding)
    return Sifted(kept, quiet)
