"""Print how far the glossaries reach on the articles of seeds/: marks found, marks right, by article.

    .venv/bin/python tools/reach.py [--source] [--missed] [--wrong] [--doubtful] [--model DIR] [FOLDER]

A mark of marks.tsv counts as found when a finding above `note` overlaps it; a finding above `note` counts as right when
it overlaps a mark. Some entries were written for what was missed in seeds/, so measure reach on a folder of articles
that nobody has worked on.
"""

import argparse
import sys
from pathlib import Path

from model_articles import article, hit

from mtqa.checks import rules
from mtqa.glossary import bundled_paths, load_glossary
from mtqa.match import Matcher
from mtqa.pipeline import Linter
from mtqa.settings import classifier_for
from mtqa.train.articles import article_folders

SEEDS = Path(__file__).parents[1] / "seeds"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How far do the glossaries reach on the sample articles?")
    parser.add_argument("folder", nargs="?", type=Path, default=SEEDS, help="folder of articles like those of seeds/")
    parser.add_argument("--source", action="store_true", help="lint with the Chinese article beside it")
    parser.add_argument("--missed", action="store_true", help="list the marks that no finding overlaps")
    parser.add_argument("--wrong", action="store_true", help="list the findings that overlap no mark")
    parser.add_argument("--doubtful", action="store_true", help="count what is right among the doubtful candidates")
    parser.add_argument("--model", default="none", help='ask a model; "" for the bundled one (default: none)')
    arguments = parser.parse_args()
    linter = Linter(load_glossary(bundled_paths()), rules(), classifier=classifier_for(arguments.model))
    totals = [0, 0, 0, 0]
    doubtful = [0, 0]
    by_rule: dict[str, tuple[int, int]] = {}
    matcher = Matcher(linter.glossary)
    print(f"{'article':<18}{'marks':>7}{'found':>7}{'recall':>8}{'findings':>10}{'right':>7}{'precision':>11}")
    for folder in article_folders(arguments.folder):
        _, document, wanted, chinese = article(folder, arguments.source)
        findings = [finding for finding in linter.lint(document) if finding.severity != "note"]
        spans = [finding.span for finding in findings]
        missed = [(span, zh) for span, zh in zip(wanted, chinese, strict=True) if not hit(span, spans)]
        for finding in findings:
            right, count = by_rule.get(finding.rule, (0, 0))
            by_rule[finding.rule] = right + hit(finding.span, wanted), count + 1
        wrong = [finding for finding in findings if not hit(finding.span, wanted)]
        for candidate in matcher.candidates(document) if arguments.doubtful else ():
            if candidate.evidence == "doubtful":
                doubtful[hit(candidate.span, wanted)] += 1
        counts = [len(wanted), len(wanted) - len(missed), len(findings), len(findings) - len(wrong)]
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        print(line(folder.name, counts))
        for span, zh in missed if arguments.missed else ():
            print(f"    missed {document.text[slice(*span)]!r} {zh}")
        for finding in wrong if arguments.wrong else ():
            what = finding.term.id if finding.term else finding.rule
            print(f"    unmarked {document.text[slice(*finding.span)]!r} {what}")
    print(line("all", totals))
    print("right by rule:", ", ".join(f"{rule} {right}/{count}" for rule, (right, count) in sorted(by_rule.items())))
    if arguments.doubtful:
        print(f"doubtful candidates: {sum(doubtful)}, right: {doubtful[True]}")
    return 0


def line(name: str, counts: list[int]) -> str:
    """Format one row of the table."""
    wanted, found, findings, right = counts
    recall, precision = found / max(1, wanted), right / max(1, findings)
    return f"{name:<18}{wanted:>7}{found:>7}{recall:>8.2f}{findings:>10}{right:>7}{precision:>11.2f}"


if __name__ == "__main__":
    sys.exit(main())
