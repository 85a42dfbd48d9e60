"""Loads, merges and writes what editors decided: `decisions.json`, version 1."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from mtqa.errors import MtqaError
from mtqa.review.records import Conflict, Decision, Decisions, Reviewed
from mtqa.review.schema import VERSION, checked, parsed

MAX_BYTES = 32 * 2**20
_SQLITE = b"SQLite format 3\0"


class Merged(NamedTuple):
    """Hold merged decisions, the first of each conflict among them, and the conflicts."""

    decisions: Decisions
    conflicts: tuple[Conflict, ...]


def is_decisions(path: Path) -> bool:
    """Tell by its name whether a file holds decisions rather than an article."""
    return path.suffix.lower() in (".json", ".sqlite")


def load(path: Path) -> Decisions:
    """Read a `decisions.json`, or the SQLite file that `mtqa review --serve` keeps.

    Raises MtqaError (`path: articles[0].decisions[3].state: what`) for anything that is not as it must be.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        what = f"cannot be read: {(error.strerror or str(error)).lower()}; name a decisions.json"
        raise MtqaError(str(path), what) from None
    if data.startswith(_SQLITE):
        from mtqa.review.store import exported

        return checked(exported(path), str(path))
    if len(data) > MAX_BYTES:
        raise MtqaError(str(path), f"more than {MAX_BYTES:,} bytes; decisions.json has that many at most")
    return checked(parsed(data, str(path)), str(path))


def merge(first: Decisions, second: Decisions) -> Merged:
    """Put the decisions of two editors together by article and mark.

    Where both say the same, the later record stays; where they do not, the first one, and the conflict is named.
    """
    articles: dict[str, dict[str, Decision]] = {
        article.path: {decision.key: decision for decision in article.decisions} for article in first.articles
    }
    conflicts = []
    for path, decisions in second.articles:
        mine = articles.setdefault(path, {})
        for decision in decisions:
            other = mine.setdefault(decision.key, decision)
            if other.outcome != decision.outcome:
                conflicts.append(Conflict(path, other, decision))
            elif (bool(decision.reason), decision.time) > (bool(other.reason), other.time):
                mine[decision.key] = decision
    signature = first.signature if first.signature == second.signature else ""
    merged = tuple(Reviewed(path, tuple(decisions.values())) for path, decisions in articles.items())
    return Merged(Decisions(signature, merged), tuple(conflicts))


def merge_all(several: Iterable[Decisions], preferred: Decisions | None = None) -> Merged:
    """Put the decisions of several editors together; those of `preferred` win any conflict with others."""
    whole = preferred or Decisions("", ())
    signatures = []
    conflicts: list[Conflict] = []
    for decisions in several:
        signatures.append(decisions.signature)
        whole, found = merge(whole, decisions)
        wins = {(a.path, d.key) for a in preferred.articles for d in a.decisions} if preferred else set()
        conflicts += [conflict for conflict in found if (conflict.path, conflict.first.key) not in wins]
    same = signatures[0] if len(set(signatures)) == 1 else ""
    return Merged(whole._replace(signature=same), tuple(conflicts))


def dump(decisions: Decisions) -> str:
    """Return decisions as JSON, which `load` reads back as they are."""
    whole = {
        "version": VERSION,
        "signature": decisions.signature,
        "articles": [
            {"path": path, "decisions": [decision._asdict() for decision in found]}
            for path, found in decisions.articles
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
