"""Writes the page that shows the figures of detection with their plots: one HTML file, no script, no request."""

import base64
import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mtqa.evaluate.curves import Bin, CurvePoint, labelled, precision_recall, reliability
from mtqa.evaluate.detection import PER_WORDS, Figures, Rate, by_rule, by_term, confusions
from mtqa.evaluate.results import Result
from mtqa.evaluate.shared import shared_literal
from mtqa.glossary import Glossary

if TYPE_CHECKING:
    from jinja2 import Environment

MAX_POINTS = 400
"""A curve is drawn with so many points at most; more would not be seen."""
_ASSETS = Path(__file__).parent / "assets"
_LEFT, _TOP, _SIDE = 50, 10, 250
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff\ud800-\udfff]"
)


class Tick(NamedTuple):
    """Hold where a value of both axes stands in a plot, and how it is written."""

    x: float
    y: float
    label: str


class Bar(NamedTuple):
    """Hold a bin of the reliability diagram: a bar, a dot at its mean score, and what the table says of it."""

    x: float
    y: float
    width: float
    height: float
    dot: tuple[float, float]
    range: str
    number: int
    score: float
    share: float

    @property
    def title(self) -> str:
        """Say what a bar shows."""
        return f"{self.range}: {self.number} candidates, mean score {self.score:.3f}, {self.share:.3f} marked"


def render_page(result: Result, figures: Figures, glossary: Glossary) -> str:
    """Return the page as HTML. All that comes from files is escaped, and shows no control or direction marks."""
    from markupsafe import Markup

    style = _style()
    outcomes = result.outcomes
    return (
        _environment()
        .get_template("detection.html")
        .render(
            # Our own file: all that goes in without jinja2's escaping.
            style=Markup(style),  # noqa: S704
            policy=f"default-src 'none'; style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'",
            signature=result.signature,
            data=result.data,
            figures=figures,
            rates=_rates(figures),
            ticks=[Tick(*_place(i / 5, i / 5), f"{i / 5:.1f}") for i in range(6)],
            curve=_curve(precision_recall(outcomes)),
            operating=_operating(figures),
            bins=[_bar(one) for one in reliability(labelled(outcomes))],
            tables=(
                ("Rules", "What each rule flags; recall is of all that is marked.", by_rule(outcomes)),
                ("Terms", "The worst first. A marked span counts for its own term, whatever it was reported as.",
                 by_term(outcomes)),
            ),
            confusions=[(one, shared_literal(glossary, one.gold, one.reported)) for one in confusions(outcomes)],
        )
    )  # fmt: skip


def shown(text: str) -> str:
    r"""Return a text whose control and direction marks can be seen, and do nothing.

    >>> shown("a\x00b\u202ec")
    'a[U+0000]b[U+202E]c'
    """
    return _HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def _rates(figures: Figures) -> list[tuple[str, Rate, str]]:
    counts = figures.counts
    return [
        ("Precision", figures.precision, f"{counts.right:,} of {counts.flagged:,} flagged spans are right"),
        ("Recall", figures.recall, f"{counts.found:,} of {counts.gold:,} marked spans are found"),
        ("F1", figures.f1, ""),
        (f"False alarms for {PER_WORDS:,} words of clean English", figures.alarms, f"{figures.clean_flags:,} flagged"),
        ("Expected calibration error", figures.calibration, _count(figures.candidates, "scored candidate")),
    ]


def _place(x: float, y: float) -> tuple[float, float]:
    """Return where a point of the unit square stands in a plot."""
    return round(_LEFT + _SIDE * x, 2), round(_TOP + _SIDE * (1 - y), 2)


def _curve(points: Sequence[CurvePoint]) -> str:
    """Return the points of a curve as SVG writes them, thinned out evenly where there are many."""
    step = max(1, -(-len(points) // MAX_POINTS))
    kept = [point for number, point in enumerate(points) if number % step == 0 or number == len(points) - 1]
    return " ".join(f"{x},{y}" for x, y in (_place(point.recall, point.precision) for point in kept))


def _operating(figures: Figures) -> tuple[float, float] | None:
    precision, recall = figures.precision.value, figures.recall.value
    return None if precision is None or recall is None else _place(recall, precision)


def _bar(one: Bin) -> Bar:
    left, top = _place(one.low, one.share)
    right, bottom = _place(one.high, 0)
    width, height = round(right - left, 2), round(bottom - top, 2)
    name = f"{one.low:.1f} – {one.high:.1f}"
    return Bar(left, top, width, height, _place(one.score, one.share), name, one.number, one.score, one.share)


def _places(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _style() -> str:
    return (_ASSETS / "detection.css").read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(sha256(text.encode()).digest()).decode("ascii")


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
    environment.filters |= {"shown": shown, "places": _places, "count": _count}
    return environment
