"""Finds what comes with mtqa, in a wheel or in a checkout."""

from pathlib import Path

MODEL = "press-small"


def bundled_folder(name: str) -> Path:
    """Return the folder of the bundled `glossaries` or `models`."""
    package = Path(__file__).parent
    inside = package / "bundled" / name
    return inside if inside.is_dir() else package.parent / name


def bundled_model() -> Path:
    """Return the folder of the classifier that comes with mtqa."""
    return bundled_folder("models") / MODEL
