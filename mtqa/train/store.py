"""Keeps planned batches on disk, so that a resumed training reads what the first one would have read."""

from pathlib import Path

import datasets
from datasets import Dataset


def save(batches: Dataset, folder: Path) -> None:
    """Write batches to a folder."""
    datasets.disable_progress_bars()
    batches.save_to_disk(str(folder))


def load(folder: Path) -> Dataset:
    """Read batches from a folder. Raises OSError."""
    return Dataset.load_from_disk(str(folder))
