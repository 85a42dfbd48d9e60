"""Keeps what came of a run as JSON, text by text, so that two runs can be compared later."""

import json
import math
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from mtqa.errors import MtqaError
from mtqa.evaluate.detection import Figures
from mtqa.evaluate.goldlines import brief, read_text
from mtqa.evaluate.marked import Marked
from mtqa.evaluate.spans import Characters, FoundResult, GoldResult, Outcome, ScoredResult

FORMAT = 1
"""Version of the file."""
MAX_BYTES = 512 * 2**20
_LARGEST = 2**40
_HINT = "write it again with mtqa evaluate detection --save"


class Result(NamedTuple):
    """Hold what came of each text, what was run, and a fingerprint of the texts and their marks.

    Results with different fingerprints cannot be compared.
    """

    signature: str
    data: str
    outcomes: tuple[Outcome, ...]


def fingerprint(texts: Iterable[Marked]) -> str:
    """Return a checksum of texts and what is marked in them, whatever their names and with or without their Chinese."""
    checksum = sha256()
    for text in texts:
        marks = [[[*gold.span, gold.term, gold.zh] for gold in golds] for golds in (text.gold, text.guards)]
        judged = None if text.judged is None else sorted(text.judged)
        record = json.dumps([text.document.text, marks, text.clean, judged], separators=(",", ":"))
        checksum.update(record.encode() + b"\n")
    return checksum.hexdigest()[:16]


def as_json(result: Result, figures: Figures) -> str:
    """Return a result as JSON; the figures are for readers, and not read again."""
    head = {
        "mtqa_detection": FORMAT,
        "signature": result.signature,
        "data": result.data,
        "figures": _plain(figures),
    }
    # A text a line: small, and still to be compared line by line. ASCII alone, since a file may have any name.
    texts = ",\n".join(json.dumps(_plain(outcome)) for outcome in result.outcomes)
    return json.dumps(head, indent=1).removesuffix("\n}") + f',\n "texts": [\n{texts}\n]}}\n'


def _plain(value: Any) -> Any:
    """Return records as objects with their fields' names."""
    if hasattr(value, "_asdict"):
        return {key: _plain(part) for key, part in value._asdict().items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def load(path: Path) -> Result:
    """Read a result. Raises MtqaError when the file is no result, is broken, or is from another version."""
    try:
        value = json.loads(read_text(path, MAX_BYTES))
    except (ValueError, RecursionError):
        raise MtqaError(str(path), f"is no JSON; {_HINT}") from None
    if not isinstance(value, dict) or "mtqa_detection" not in value:
        raise MtqaError(str(path), f"is no result of detection; {_HINT}")
    if value["mtqa_detection"] != FORMAT or isinstance(value["mtqa_detection"], bool):
        raise MtqaError(str(path), f"mtqa_detection is {brief(value['mtqa_detection'])}, not {FORMAT}; {_HINT}")
    try:
        texts = _list(value, "texts", _outcome)
        return Result(_text(value, "signature"), _text(value, "data"), tuple(texts))
    except ValueError as error:
        raise MtqaError(str(path), f"{error}; {_HINT}") from None


def _outcome(value: Any) -> Outcome:
    gold = _list(value, "gold", _gold)
    return Outcome(
        _text(value, "name"),
        _truth(value, "clean"),
        _count(value, "words"),
        tuple(gold),
        tuple(_list(value, "found", _found)),
        _count(value, "unjudged"),
        Characters(*(_count(_field(value, "characters"), name) for name in Characters._fields)),
        tuple(_list(value, "scored", lambda one: _scored(one, len(gold)))),
    )


def _gold(value: Any) -> GoldResult:
    terms, rules = ([_string(one, name) for one in _sequence(value, name)] for name in ("terms", "rules"))
    return GoldResult(_count(value, "start"), _count(value, "end"), _text(value, "term"), tuple(terms), tuple(rules))


def _found(value: Any) -> FoundResult:
    start, end = _count(value, "start"), _count(value, "end")
    return FoundResult(start, end, _text(value, "rule"), _text(value, "term"), _truth(value, "right"))


def _scored(value: Any, gold: int) -> ScoredResult:
    score = _field(value, "score")
    if not isinstance(score, int | float) or isinstance(score, bool) or not 0 <= score <= 1 or math.isnan(score):
        raise ValueError(f"score is {brief(score)}, not between 0 and 1")
    hits = _sequence(value, "hits")
    for hit in hits:
        if type(hit) is not int or not 0 <= hit < gold:
            raise ValueError(f"hits holds {brief(hit)}, and the text has {gold} marked spans")
    return ScoredResult(float(score), tuple(hits))


def _field(value: Any, name: str) -> Any:
    if not isinstance(value, dict) or name not in value:
        raise ValueError(f"{name} is missing")
    return value[name]


def _list(value: Any, name: str, read: Callable[[Any], Any]) -> list[Any]:
    return [read(one) for one in _sequence(value, name)]


def _sequence(value: Any, name: str) -> Sequence[Any]:
    found = _field(value, name)
    if not isinstance(found, list):
        raise ValueError(f"{name} is {brief(found)}, not a list")
    return found


def _text(value: Any, name: str) -> str:
    return _string(_field(value, name), name)


def _string(found: Any, name: str) -> str:
    if not isinstance(found, str):
        raise ValueError(f"{name} is {brief(found)}, not a text")
    return found


def _truth(value: Any, name: str) -> bool:
    found = _field(value, name)
    if not isinstance(found, bool):
        raise ValueError(f"{name} is {brief(found)}, neither true nor false")
    return found


def _count(value: Any, name: str) -> int:
    found = _field(value, name)
    if type(found) is not int or not 0 <= found < _LARGEST:
        raise ValueError(f"{name} is {brief(found)}, no count")
    return found
