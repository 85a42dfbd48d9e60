"""Measures translation systems with a linter: a row for each, and one for what fix makes of it."""

import sys
from collections.abc import Sequence
from typing import NamedTuple

from mtqa.evaluate.corpus import Side, Text, beside
from mtqa.evaluate.literalness import FlagCounts, count_flags
from mtqa.evaluate.rates import Draw, FlagRates, TermRates, flag_rates, term_rates
from mtqa.evaluate.terminology import Occurrence, Rendered, TermCounts, TermSearch, count_terms
from mtqa.fix import fix
from mtqa.settings import Settings


class Row(NamedTuple):
    """Hold what was measured of a system; `rewrites` is None for it as it came, else how many were written into it.

    `flags` is None for a reference, which is not linted.
    """

    name: str
    rewrites: int | None
    lines: Sequence[str]
    terms: TermRates
    flags: FlagRates | None


class _Linted(NamedTuple):
    name: str
    rewrites: int | None
    lines: list[str]
    flags: list[FlagCounts]


class Measuring:
    """Measure translations of one text."""

    def __init__(self, settings: Settings, source: Side, references: Sequence[Side], draw: Draw) -> None:
        self._settings = settings
        self._source = source
        self._draw = draw
        self._search = TermSearch(settings.linter.glossary)
        self._by_text = [self._search.occurrences(text.lines) for text in source.texts]
        self._occurrences = [occurrences for text in self._by_text for occurrences in text]
        self._references = [(side, self._rendered(side.lines)) for side in references]

    @property
    def terms(self) -> int:
        """Return how many terms the Chinese holds."""
        return sum(map(len, self._occurrences))

    def systems(self, sides: Sequence[Side], *, fixed: bool) -> list[Row]:
        """Return a row for each system, with `fixed` each followed by one for what `fix` makes of it.

        The first row is the baseline. Raises MtqaError like `Linter.lint`.
        """
        linted: list[_Linted] = []
        for number, side in enumerate(sides, 1):
            if sys.stderr.isatty():
                print(f"mtqa: reading system {number} of {len(sides)}", file=sys.stderr)
            linted += self._linted(side, fixed=fixed)
        every = [self._counted(self._rendered(system.lines), self._references) for system in linted]
        return [
            Row(
                system.name,
                system.rewrites,
                system.lines,
                term_rates(counts, self._draw, every[0] if number else None),
                flag_rates(system.flags, self._draw, linted[0].flags if number else None),
            )
            for number, (system, counts) in enumerate(zip(linted, every, strict=True))
        ]

    def references(self) -> list[Row]:
        """Return a row for each reference: how many of the terms a human rendered so, which is the most to expect."""
        rows = []
        for side, rendered in self._references:
            others = [reference for reference in self._references if reference[0] is not side]
            rates = term_rates(self._counted(rendered, others), self._draw)
            rows.append(Row(side.name, None, side.lines, rates, None))
        return rows

    def _rendered(self, lines: Sequence[str]) -> list[Rendered]:
        return [self._search.rendered(*parts) for parts in zip(self._occurrences, lines, strict=True)]

    def _counted(
        self, ours: Sequence[Rendered], references: Sequence[tuple[Side, Sequence[Rendered]]]
    ) -> list[TermCounts]:
        return [
            count_terms(occurrences, ours[number], [rendered[number] for _, rendered in references])
            for number, occurrences in enumerate(self._occurrences)
        ]

    def _linted(self, side: Side, *, fixed: bool) -> list[_Linted]:
        before = _Linted(side.name, None, [], [])
        after = _Linted(side.name, 0, [], [])
        rewrites = 0
        for text, chinese, occurrences in zip(side.texts, self._source.texts, self._by_text, strict=True):
            counts, written, better = self._lint(text, chinese, occurrences)
            before.lines.extend(text.lines)
            before.flags.extend(counts)
            if fixed:
                rewrites += written
                after.lines.extend(better.lines)
                after.flags.extend(self._lint(better, chinese, occurrences)[0] if written else counts)
        return [before, after._replace(rewrites=rewrites)] if fixed else [before]

    def _lint(
        self, text: Text, chinese: Text, occurrences: Sequence[Sequence[Occurrence]]
    ) -> tuple[list[FlagCounts], int, Text]:
        """Return the counts by line, how many safe rewrites there are, and the text with them."""
        laid = beside(text, chinese)
        findings = self._settings.lint(laid.document)
        mended = fix(laid.document, findings)
        better = text._replace(lines=tuple(mended.text.split("\n")))
        return count_flags(laid, occurrences, findings), len(mended.done), better
