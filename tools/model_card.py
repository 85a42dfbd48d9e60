"""Write the figures of metrics.json into the card beside it, between its two `figures` comments.

.venv/bin/python tools/model_card.py models/press-small
"""

import json
import sys
from pathlib import Path
from typing import Any

START, END = "<!-- figures: tools/model_card.py -->", "<!-- end of figures -->"
VERDICTS = ("flag", "note", "pass")


def tables(figures: dict[str, Any]) -> str:
    """Return the figures as Markdown."""
    terms, articles, calques = figures["terms"], figures["articles"], figures["calques"]
    lines = [
        "### (a) Marked uses of terms that training never saw",
        "",
        (
            f"{terms['sentences']:,} sentences of {terms['terms']} development terms, calque against right use of the same"
            f" words, English only: AUROC **{terms['auroc_by_term']}** averaged over terms, {terms['auroc_pooled']} pooled;"
            f" expected calibration error {terms['calibration_error']}."
        ),
        "",
        "| domain | terms | AUROC |",
        "|---|---|---|",
        *(f"| {name} | {count} | {value} |" for name, (count, value) in terms["domains"].items()),
        "",
    ]
    if terms["real_translations"][0]:
        count, value = terms["real_translations"]
        lines += [
            (
                f"In {count} uses in real systems' output (WMT20 development documents; the label is whether the term's"
                f" Chinese stands in the source, so it is noisy): AUROC {value}."
            ),
            "",
        ]
    lines += [
        "### What becomes of glossary matches in held-out articles",
        "",
        (
            "`tests/heldout`, marked by a hand that had seen neither glossaries nor output. Words not marked are counted as"
            " right, defensible or not."
        ),
        "",
        "| the glossary's evidence | marked: flagged / note / silent | not marked: flagged / note / silent |",
        "|---|---|---|",
    ]
    for kind, row in articles.items():
        marked, right = (" / ".join(map(str, row[key])) for key in ("marked", "right"))
        lines.append(f"| {kind} | {marked} | {right} |")
    lines += [
        "",
        "### (b) Calques that no glossary lists, in the same articles",
        "",
        (
            f"At the threshold of rule `calque`: {calques['found']} of {calques['marks']} found"
            f" ({calques['recall']:.0%}); {calques['right']} of {calques['runs']} runs of words overlap a mark (precision"
            f" {calques['precision']:.2f})."
        ),
        "",
        "| logit from | recall | precision |",
        "|---|---|---|",
        *(f"| {score} | {recall} | {precision} |" for score, recall, precision in calques["curve"]),
        "",
    ]
    if "errors" in figures:
        errors, clean = figures["errors"], figures["clean"]
        lines += [
            "### Raters' word-level marks, and native English",
            "",
            (
                f"MQM documents of WMT20 that were kept back: {errors['words']:,} words, {errors['marked']:.1%} marked by"
                f" at least two of three raters; Matthews correlation **{errors['mcc']}**, AUROC {errors['auroc']}. The best"
                " systems of WMT22's task reach 0.36 with over 500 M parameters; their documents and raters are others."
            ),
            "",
            (
                f"English news written in English, documents kept back: {clean['words']:,} words, {clean['flags']} major or"
                f" minor flags, {clean['per_1000_words']} for 1,000 words."
            ),
            "",
        ]
    return "\n".join(lines)


def filled(card: str, figures: dict[str, Any]) -> str:
    """Return the card with the figures in their place. Raises ValueError when it has no place for them."""
    before, _, rest = card.partition(START)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"the card lacks {START} or {END}")
    return f"{before}{START}\n\n{tables(figures)}\n{END}{after}"


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    path = folder / "card.md"
    figures = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    path.write_text(filled(path.read_text(encoding="utf-8"), figures), encoding="utf-8")
