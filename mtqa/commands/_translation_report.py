"""Prints the measurements of translation systems as text or JSON."""

import json
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from mtqa.commands._translation_systems import Row
from mtqa.evaluate.bleu import Metric, Score
from mtqa.evaluate.corpus import Side
from mtqa.evaluate.rates import Draw, Rate
from mtqa.evaluate.terminology import WINDOWS
from mtqa.printable import safe

VERSION = 1
_NO_REFERENCE = "No reference was given: BLEU, chrF++, TER and the window overlap of terms are left out."
_NAME = 40
"""Columns of a system's name that are shown."""


class Table(NamedTuple):
    """Hold all that was measured: a row for each system, in order, one for each reference, the metrics of the systems.

    `terms` counts the term occurrences in the Chinese; `signature` is the linter's.
    """

    source: Side
    draw: Draw
    terms: int
    systems: Sequence[Row]
    references: Sequence[Row]
    metrics: Sequence[Metric]
    signature: str


def as_text(table: Table) -> str:
    """Return three tables, a row for each system, and the signatures of what measured them."""
    lines = [*_metrics(table), "", *_terms(table), "", *_flags(table), "", *_foot(table)]
    return "\n".join(lines) + "\n"


def _metrics(table: Table) -> list[str]:
    if not table.metrics:
        return [_NO_REFERENCE]
    head = ["Against the reference", *(metric.name for metric in table.metrics)]
    rows = [
        [_name(row), *(_score(metric.scores[number]) for metric in table.metrics)]
        for number, row in enumerate(table.systems)
    ]
    return _grid(head, rows)


def _terms(table: Table) -> list[str]:
    compared = bool(table.references)
    windows = [f"words around, {size}" for size in WINDOWS] if compared else []
    rows = [
        [
            _name(row),
            _rate(row.terms.exact, percent=True),
            _rate(row.terms.lemma, percent=True),
            *([_value(rate, percent=True) for rate in row.terms.windows] if compared else []),
        ]
        for row in (*table.systems, *table.references)
    ]
    for number, row in enumerate(table.references, len(table.systems)):
        rows[number][0] = f"{_shown(row.name)} (reference)"
    return _grid([f"Terms rendered, of {table.terms:,}", "as listed", "in any inflection", *windows], rows)


def _flags(table: Table) -> list[str]:
    head = ["Literal renderings", "share of terms", "major/1,000 words", "minor/1,000 words", "MQM points/100 words"]
    rows = [
        [
            _name(row),
            _rate(row.flags.literal, percent=True),
            *(_rate(rate) for rate in (row.flags.major, row.flags.minor, row.flags.points)),
        ]
        for row in table.systems
        if row.flags
    ]
    return _grid(head, rows)


def _foot(table: Table) -> list[str]:
    draw = table.draw
    segments, files = len(table.source.lines), len(table.source.texts)
    said = f"{segments:,} segment{'s' * (segments != 1)} in {files:,} file{'s' * (files != 1)}"
    drawn = f"95% intervals by bootstrap over {draw.kind}, {draw.samples:,} samples, seed {draw.seed}"
    lines = [f"{said}; {drawn}"]
    if len(table.systems) > 1:
        lines.append(f"p: chance of such a difference from {_name(table.systems[0])} if there were none")
    return [*lines, *(metric.signature for metric in table.metrics), table.signature]


def _name(row: Row) -> str:
    return _shown(row.name) + ("" if row.rewrites is None else f" + fix ({row.rewrites})")


def _shown(name: str) -> str:
    return safe(name if len(name) <= _NAME else f"…{name[1 - _NAME :]}")


def _score(score: Score) -> str:
    return f"{score.score:5.1f} ± {score.half:.1f}{_p(score.p)}"


def _rate(rate: Rate | None, *, percent: bool = False) -> str:
    if rate is None:
        return "    –"
    scale = 100 if percent else 1
    ends = "" if rate.low is None or rate.high is None else f" [{rate.low * scale:.1f}, {rate.high * scale:.1f}]"
    return _value(rate, percent=percent) + ends + _p(rate.p)


def _value(rate: Rate | None, *, percent: bool) -> str:
    if rate is None:
        return "    –"
    return f"{rate.value * 100:5.1f}%" if percent else f"{rate.value:5.1f}"


def _p(p: float | None) -> str:
    if p is None:
        return ""
    return f" p={p:.3f}" if p >= 0.001 else " p<0.001"


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return lines with columns one under the other."""
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (head, *rows)
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def as_json(table: Table) -> str:
    """Return everything as one JSON object, version 1; shares are in [0, 1], sacreBLEU's scores on its own scale."""
    draw = table.draw
    whole = {
        "version": VERSION,
        "signature": table.signature,
        "source": table.source.name,
        "files": len(table.source.texts),
        "segments": len(table.source.lines),
        "terms": table.terms,
        "bootstrap": {"over": draw.kind, "units": len(draw.units), "samples": draw.samples, "seed": draw.seed},
        "metrics": {metric.name: metric.signature for metric in table.metrics},
        "systems": [_system(row, number, table) for number, row in enumerate(table.systems)],
        "references": [{"name": row.name, "terminology": _terminology(row)} for row in table.references],
    }
    # A file name may hold bytes that are no UTF-8; as escapes they can be written.
    return json.dumps(whole, indent=1) + "\n"


def _system(row: Row, number: int, table: Table) -> dict[str, object]:
    flags = row.flags
    return {
        "name": row.name,
        "baseline": number == 0,
        "rewrites": row.rewrites,
        "metrics": {metric.name: _metric(metric.scores[number]) for metric in table.metrics},
        "terminology": _terminology(row),
        "literalness": {
            "literal_share": flags and _json(flags.literal),
            "major_per_1000_words": flags and _json(flags.major),
            "minor_per_1000_words": flags and _json(flags.minor),
            "mqm_per_100_words": flags and _json(flags.points),
        },
    }


def _terminology(row: Row) -> dict[str, object]:
    windows = {f"window_{size}": _json(rate) for size, rate in zip(WINDOWS, row.terms.windows, strict=True)}
    return {"exact": _json(row.terms.exact), "lemma": _json(row.terms.lemma), **windows}


def _metric(score: Score) -> dict[str, float | None]:
    return {"score": score.score, "mean": score.mean, "half_interval": score.half, "p": score.p}


def _json(rate: Rate | None) -> dict[str, float | None] | None:
    return rate._asdict() if rate else None
