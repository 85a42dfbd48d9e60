"""Rows from sample articles like those of seeds/: a machine translation, its marks, and the edited English."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mtqa.document import Span, make_document
from mtqa.match import Matcher
from mtqa.segment import segment
from mtqa.train.rows import Mark, PairRow, TokenRow


class Line(NamedTuple):
    """Hold one line of a sample article: its translation, the Chinese, the edited English, what is marked."""

    mt: str
    zh: str
    en: str
    marks: tuple[tuple[Span, str], ...]


def article_folders(folder: Path) -> Iterator[Path]:
    """Yield the sample articles of a folder by name."""
    return (path for path in sorted(folder.iterdir()) if (path / "marks.tsv").exists())


def lines(folder: Path) -> Iterator[Line]:
    """Yield the lines of an article that say something; a mark is a span of `mt` and the Chinese behind it.

    Raises ValueError for a mark whose words are not on its line.
    """
    texts = {name: _lines(folder / f"{name}.txt") for name in ("mt", "zh", "en")}
    marked: dict[int, list[tuple[str, str]]] = {}
    for row in _lines(folder / "marks.tsv")[1:]:
        place, words, zh, _ = row.split("\t")
        marked.setdefault(int(place) - 1, []).append((words, zh))
    for number, mt in enumerate(texts["mt"]):
        if mt.strip():
            spans = tuple((_find(folder, number, mt, words), zh) for words, zh in marked.get(number, ()))
            en = texts["en"][number] if texts["en"] else ""
            yield Line(mt, texts["zh"][number], en, spans)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _find(folder: Path, number: int, text: str, words: str) -> Span:
    start = text.find(words)
    if start < 0:
        raise ValueError(f"{folder / 'marks.tsv'}: {words!r} is not on line {number + 1}")
    return Span(start, start + len(words))


def article_tokens(folder: Path) -> Iterator[TokenRow]:
    """Yield the lines of an article as rows of words, and the edited ones as right throughout."""
    for line in lines(folder):
        yield TokenRow(line.mt, tuple(Mark(span) for span, _ in line.marks), None, "article", weight=2)
        if line.en and line.en != line.mt:
            yield TokenRow(line.en, (), None, "edited")


def article_pairs(folder: Path, matcher: Matcher) -> Iterator[PairRow]:
    """Yield what the glossary's literals find in an article, right or wrong by the article's marks."""
    for line in lines(folder):
        for candidate in matcher.candidates(segment(make_document("line", line.mt))):
            hit = any(candidate.span.overlaps(span) for span, _ in line.marks)
            yield PairRow(line.mt, candidate.span, candidate.term, int(hit), "article", 2)
