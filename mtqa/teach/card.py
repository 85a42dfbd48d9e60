"""Writes the card of a taught model: what it was taught from what, how good it is by term, what it lost."""

from collections.abc import Iterator, Mapping, Sequence

from mtqa.classify import Classifier
from mtqa.teach.desk import Desk
from mtqa.teach.gate import Verdict
from mtqa.teach.lessons import KNOWN, Lessons
from mtqa.teach.regression import Loss, Scores, total
from mtqa.teach.variants import VARIED
from mtqa.train.recipe import Recipe
from mtqa.train.slots import ORIGIN

_ORIGINS = {
    "bad": "own examples of literal renderings",
    "good": "own examples of right words",
    "right": "ordinary uses of the same words in good English",
    VARIED: "made sentences: own examples with the other words of their term",
    ORIGIN: "made sentences: words put into the slots of bundled sentences (grammatical, often nonsense)",
    KNOWN: "bundled examples labelled by the base, so that they are not forgotten",
}


def counted(rows: Lessons) -> str:
    """Return in one line what is trained on."""
    made = rows.origins.get(VARIED, 0) + rows.origins.get(ORIGIN, 0)
    held = rows.origins.get(KNOWN, 0)
    own = sum(rows.origins.values()) - made - held
    return f"{own} rows of the desk and {made} made ones; {held} known ones are read again"


def text(name: str, desk: Desk, base: Classifier, rows: Lessons, recipe: Recipe, verdict: Verdict) -> str:
    """Return a card in Markdown."""
    return "\n".join(
        [
            f"# {name}",
            "",
            f"{base.signature}, taught {len(desk.terms)} terms of a desk by `mtqa train`. Its licence is that of its",
            "base, as far as the desk's own glossary does not restrict it.",
            "",
            "## What it was taught from",
            "",
            "| rows | from |",
            "|---|---|",
            *(f"| {rows.origins[origin]} | {what} |" for origin, what in _ORIGINS.items() if origin in rows.origins),
            "",
            *_left_out(desk),
            f"Recipe: {', '.join(f'{key} {value}' for key, value in recipe._asdict().items())}.",
            "",
            "## How good it is, by term",
            "",
            *_by_term(verdict),
            "",
            "## The gate: what its base knew",
            "",
            *gate_table(verdict.whole),
            "",
            f"Of {len(verdict.terms)} bundled terms {sum(loss.is_lost for loss in verdict.terms)} lost",
            "more than is allowed.",
            "",
            *(gate_table(verdict.lost) if verdict.lost else []),
        ]
    ).rstrip() + "\n"  # fmt: skip


def gate_table(losses: Sequence[Loss]) -> Iterator[str]:
    """Yield figures before and after as a Markdown table."""
    yield "| | before | after | may worsen by |"
    yield "|---|---|---|---|"
    for loss in losses:
        yield f"| {loss.name} | {loss.before:.2f} | {loss.after:.2f} | {loss.allowed:g} |"


def _left_out(desk: Desk) -> Iterator[str]:
    if desk.left_out:
        yield f"{len(desk.left_out)} decisions could not be used."
        yield ""


def _by_term(verdict: Verdict) -> Iterator[str]:
    if not verdict.kept_after:
        yield "No examples were kept back (that needs four of one label), so these figures are of what was trained on."
    yield "F1 of what lint flags, before and after; what was trained on says little about other sentences."
    yield ""
    yield "| term | kept back: before | after | trained on: before | after |"
    yield "|---|---|---|---|---|"
    for term in ("all", *sorted({*verdict.kept_after, *verdict.taught_after})):
        cells = (verdict.kept_before, verdict.kept_after, verdict.taught_before, verdict.taught_after)
        yield f"| {term} | {' | '.join(_cell(scores, term) for scores in cells)} |"


def _cell(scores: Mapping[str, Scores], term: str) -> str:
    if term == "all":
        return f"{total(scores.values()).f1:.3f}" if scores else ""
    return f"{scores[term].f1:.2f}" if term in scores else ""


_MOST_SHOWN = 20


def summary(verdict: Verdict) -> str:
    """Return for a terminal how good a model is on its desk's terms, and what it lost."""
    parts = [("kept back", verdict.kept_before, verdict.kept_after)]
    parts.append(("trained on", verdict.taught_before, verdict.taught_after))
    lines = [f"{'F1 of the desk':<44}{'before':>8}{'after':>8}"]
    for what, before, after in parts:
        if after:
            old, new = total(before.values()), total(after.values())
            lines.append(f"{f'examples {what}, {len(after)} terms':<44}{old.f1:>8.3f}{new.f1:>8.3f}")
            worst = sorted((scores.f1, term) for term, scores in after.items() if scores.f1 < 1)
            lines += [f"  {term:<42}{before[term].f1:>8.2f}{value:>8.2f}" for value, term in worst[:_MOST_SHOWN]]
    lines.append(f"{'what the base knew':<44}{'before':>8}{'after':>8}")
    shown = [*verdict.whole, *(loss for loss in verdict.terms if loss.is_lost)]
    for loss in shown[: _MOST_SHOWN + 3]:
        lines.append(f"{loss.name:<44}{loss.before:>8.2f}{loss.after:>8.2f}{'  lost' if loss.is_lost else ''}")
    if len(shown) > _MOST_SHOWN + 3:
        lines.append(f"and {len(shown) - _MOST_SHOWN - 3} more, see card.md")
    return "\n".join(lines) + "\n"
