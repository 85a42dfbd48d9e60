"""Find and mend the literal mistranslations in machine-translated Chinese press prose."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mtqa.scores import word_scores

__all__ = ["__version__", "word_scores"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import what is heavy when it is first asked for."""
    if name == "word_scores":
        from mtqa.scores import word_scores

        return word_scores
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
