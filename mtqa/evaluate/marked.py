"""Texts with what is marked in them: the gold that findings are measured against."""

from typing import NamedTuple

from mtqa.document import Document, Span


class Gold(NamedTuple):
    """Mark words of a text, in code points; `term` is the glossary's id or "", `zh` the Chinese behind them or ""."""

    span: Span
    term: str = ""
    zh: str = ""


class Marked(NamedTuple):
    """Hold a text, prepared for a lint, the words that are to be found in it, and those that are to be left alone.

    `clean` says that it holds nothing to be found, and is counted for false alarms alone. `judged` are the terms that
    were looked for when the text was marked; None says that everything was.
    """

    name: str
    document: Document
    gold: tuple[Gold, ...]
    guards: tuple[Gold, ...] = ()
    clean: bool = False
    judged: frozenset[str] | None = None
