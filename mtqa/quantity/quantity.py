"""The record of a quantity."""

from typing import Literal, NamedTuple

from mtqa.document import Span

KINDS = (
    "number",
    "money",
    "percent",
    "point",  # percentage points
    "price",  # per cent of the full price: 八折 is 80
    "multiple",
    "ordinal",
    "year",
    "decade",
    "month",
    "day",
    "time",  # hours + minutes / 100: 10:02 is 10.02
)
"""What a quantity can be."""

PHYSICAL = frozenset(
    "km m cm mm li mile foot inch sqm sqkm sqft hectare acre mu cum kg g mg jin ton pound ounce litre ml barrel degree"
    " kwh kw mw gw watt".split()
)
"""Units that a translator may convert."""


Bound = Literal["", "<", ">", "~"]
"""An approximation: `<` nearly (近), `>` more than (逾), `~` about (约)."""
BOUNDS: dict[str, Bound] = {"below": "<", "above": ">", "near": "~"}


class Quantity(NamedTuple):
    """Hold one quantity of a text.

    `span` counts code points and covers the number with its scale (`1.2亿`, `1.2 billion`) and with its per cent sign;
    not currencies and units. `low` and `high` are its value, alike where it is exact; `others` what else it may mean.
    `unit` is a currency code or a unit in English, empty where it is unknown; `place` the span with the unit.
    `about` tells an approximation (近, some) and on which side of it the truth is. `sure` is false where it may be no
    quantity at all (一 in a word, "one"). `scale` is the magnitude it is written with (1e8 in 1.2亿).
    `mode` tells `by` from `to` in a multiple, and is `off` for a discount.
    """

    span: Span
    low: float
    high: float
    kind: str = "number"
    unit: str = ""
    others: tuple[float, ...] = ()
    about: Bound = ""
    sure: bool = True
    mode: str = ""
    scale: float = 1.0
    place: Span = Span(0, 0)

    @property
    def exact(self) -> bool:
        """Tell whether the quantity is one value, not a vague "hundreds"."""
        return self.low == self.high
