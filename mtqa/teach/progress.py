"""Shows how far a training is: a bar on a terminal, a line now and then elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from mtqa.train.loop import Progress, Status


@contextmanager
def bar(what: str) -> Iterator[Progress]:
    """Show a bar on stderr with the loss and the time left, for as long as the block runs."""
    from tqdm import tqdm

    shown = tqdm(desc=what, unit="step", mininterval=0.5 if sys.stderr.isatty() else 20, dynamic_ncols=True)
    losses: dict[str, str] = {}

    def show(status: Status) -> None:
        if status.loss is not None:
            losses["loss"] = f"{status.loss:.3f}"
        if status.dev_loss is not None:
            losses["held out"] = f"{status.dev_loss:.3f}"
        shown.total = status.steps
        shown.set_postfix(losses, refresh=False)
        shown.update(status.done - shown.n)

    with shown:
        yield show
