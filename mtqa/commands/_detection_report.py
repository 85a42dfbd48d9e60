"""Prints the figures of detection as compact tables."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mtqa.evaluate.detection import PER_WORDS, Counts, Figures, Rate, by_rule, by_term, confusions
from mtqa.evaluate.shared import shared_literal
from mtqa.printable import safe

if TYPE_CHECKING:
    from mtqa.evaluate.results import Result
    from mtqa.glossary import Glossary

SHOWN = 20
"""Rows of terms and confusions that a terminal shows."""
NO_TERM = "(no term)"
_NAME = 36


def as_text(result: "Result", figures: Figures, glossary: "Glossary") -> str:
    """Return the figures, the rules, the worst terms and the confusions, and the signature of what was measured."""
    parts = [_whole(figures)]
    if rules := by_rule(result.outcomes):
        head = ("rule", "flagged", "right", "P", "found", "R")
        parts.append(
            grid(
                head,
                [
                    (r.name, c.flagged, c.right, p3(c.precision), c.found, p3(c.recall))
                    for r in rules
                    for c in [r.counts]
                ],
            )
        )
    parts += _terms(result)
    parts += _confusions(result, glossary)
    parts.append([safe(f"signature {result.signature}"), f"data {result.data}"])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _whole(figures: Figures) -> list[str]:
    counts, characters = figures.counts, figures.characters
    of_words = f"{figures.clean_flags:,} in {figures.clean_words:,} words, {plural(figures.clean_texts, 'text')}"
    rows = [
        ("precision", *_rate(figures.precision), f"{counts.right:,} of {counts.flagged:,} flagged are right"),
        ("recall", *_rate(figures.recall), f"{counts.found:,} of {counts.gold:,} marked are found"),
        ("F1", *_rate(figures.f1), plural(figures.texts, "marked text")),
        (
            f"alarms / {PER_WORDS:,} clean words",
            *_rate(figures.alarms),
            of_words if figures.clean_texts else "no --clean",
        ),
        (
            "calibration error (ECE)",
            *_rate(figures.calibration),
            plural(figures.candidates, "scored candidate") if figures.candidates else "no scores without a model",
        ),
    ]
    lines = grid(("", "", "95% interval", ""), rows, left=(0, 3))
    each = f"P {p3(characters.precision)}, R {p3(characters.recall)}, F1 {p3(characters.f1)}"
    lines.append(f"by characters: {each}")
    if figures.unjudged:
        lines.append(f"{plural(figures.unjudged, 'finding')} unjudged: on other terms in bad examples, left out")
    return lines


def _terms(result: "Result") -> list[list[str]]:
    rows = by_term(result.outcomes)
    worst = [row for row in rows if not row.counts.flawless]
    if not rows:
        return []
    head = ("term", "gold", "found", "flagged", "right", "P", "R", "F1")
    lines = (
        grid(head, [(row.name or NO_TERM, *row.counts, *rates(row.counts)) for row in worst[:SHOWN]]) if worst else []
    )
    flawless = sum(bool(row.name) and row.counts.flawless for row in rows)
    perfect = f"{plural(flawless, 'term')} without a miss or a false alarm"
    more = f"{plural(len(worst) - SHOWN, 'further term')} (-o page.html shows all), " if len(worst) > SHOWN else ""
    return [[*lines, more + perfect]]


def _confusions(result: "Result", glossary: "Glossary") -> list[list[str]]:
    rows = confusions(result.outcomes)
    if not rows:
        return []
    head = ("marked as", "reported as", "times", "literal of both")
    cells = [(c.gold, c.reported, c.times, shared_literal(glossary, c.gold, c.reported)) for c in rows[:SHOWN]]
    lines = grid(head, cells, left=(0, 1, 3))
    return [lines + [f"and {len(rows) - SHOWN} more (-o page.html shows all)"] * (len(rows) > SHOWN)]


def rates(counts: Counts) -> tuple[str, str, str]:
    """Return precision, recall and F1 of counts."""
    return p3(counts.precision), p3(counts.recall), p3(counts.f1)


def p3(value: float | None) -> str:
    """Return a figure with three places, or a dash where there is none."""
    return "-" if value is None else f"{value:.3f}"


def plural(number: int, noun: str) -> str:
    """Count things: "1 text", "1,200 texts"."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _rate(rate: Rate) -> tuple[str, str]:
    return p3(rate.value), "" if rate.low is None else f"{p3(rate.low)} - {p3(rate.high)}"


def grid(head: Sequence[str], rows: Sequence[Sequence[object]], left: Sequence[int] = (0,)) -> list[str]:
    """Return a table with columns as wide as they need be, numbers to the right, those of `left` to the left.

    What comes from files shows no control characters and is cut short.
    """
    cells = [[_cut(safe(str(cell))) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    return [
        "  ".join(
            cell.ljust(width) if i in left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def _cut(text: str) -> str:
    return text if len(text) <= _NAME else text[: _NAME - 1] + "…"
