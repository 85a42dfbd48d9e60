"""Records of what editors decided about the marks of articles."""

from typing import NamedTuple


class Decision(NamedTuple):
    """Hold what an editor decided about one mark.

    `text` replaces the words, and is None for a rejected flag; `start` and `end` count code points of `sentence`.
    """

    key: str
    state: str
    text: str | None
    reason: str
    time: str
    editor: str
    rule: str
    term: str | None
    severity: str
    sentence: str
    occurrence: int
    start: int
    end: int
    words: str
    zh: str | None

    @property
    def outcome(self) -> str | None:
        """Return what the words become, or None when they stay; equal outcomes do not contradict."""
        return self.text

    @property
    def name(self) -> str:
        """Return the words and what was said against them, as a reader knows the mark."""
        return f'"{short(self.words)}" [{" ".join((self.rule, self.term or "")).strip()}]'

    @property
    def choice(self) -> str:
        """Return what was decided, and by whom where that is known."""
        what = self.state if self.text is None else f'{self.state} "{short(self.text)}"'
        reason = f" ({short(self.reason)})" if self.reason else ""
        return what + reason + (f" by {short(self.editor)}" if self.editor else "")


class Reviewed(NamedTuple):
    """Hold the decisions about the article at `path`, each mark once."""

    path: str
    decisions: tuple[Decision, ...]


class Decisions(NamedTuple):
    """Hold the decisions of one or more editors; `signature` names what the articles were linted with."""

    signature: str
    articles: tuple[Reviewed, ...]


class Conflict(NamedTuple):
    """Hold two decisions about one mark of the article at `path` that cannot both be followed."""

    path: str
    first: Decision
    second: Decision

    def __str__(self) -> str:
        return f"{self.path}: {self.first.name}: {self.first.choice}, but also {self.second.choice}"


def short(text: str, most: int = 80) -> str:
    r"""Return a text on one line, safe to print: at most `most` characters, what cannot be seen spelt out.

    >>> short("wool\nparty\x1b[31m")
    'wool party\\x1b[31m'
    """
    text = " ".join(text[: most * 4].split())
    text = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
    return text if len(text) <= most else text[: most - 1] + "…"
