"""Write mtqa/data/irregular.tsv: the inflections that the rules of mtqa/morphology.py get wrong.

    pip install lemminflect numpy wordfreq && python tools/make_irregular.py

The forms are facts from lemminflect's lexicon (MIT), itself drawn from the NIH SPECIALIST lexicon. Words that
wordfreq counts less often than once in fifteen million are left out.
"""

import csv
import gzip
import re
import sys
from pathlib import Path

import lemminflect
import wordfreq

from mtqa.morphology import regular_ed, regular_ing, regular_s

OUT = Path(__file__).parents[1] / "mtqa" / "data" / "irregular.tsv"
LEXICON = Path(lemminflect.__file__).parent / "resources" / "infl_lu.csv.gz"
# Where the lexicon lists a rare form first, the press writes the other.
PRESS = {
    ("leaf", "NNS"): "leaves",
    ("quit", "VBN"): "quit",
    ("data", "NNS"): "data",
    ("get", "VBN"): "got",
    ("bus", "NNS"): "buses",
}
OWN_PLURALS = frozenset(
    "data aircraft spacecraft hovercraft series species sheep fish deer offspring crossroads".split()
)
# Auxiliaries are not in the lexicon's verb table.
AUXILIARIES = [
    ("be", "VBP", "are am"),
    ("be", "VBZ", "is"),
    ("be", "VBD", "was were"),
    ("be", "VBN", "been"),
    ("be", "VBG", "being"),
]


def rows() -> list[tuple[str, str, str]]:
    """Return (lemma, tag, forms), best form first, wherever the rules do not give the lexicon's best form alone."""
    with gzip.open(LEXICON, "rt", encoding="utf-8") as file:
        lemmas = {line[0] for line in csv.reader(file) if re.fullmatch(r"[a-z]{2,}", line[0])} - {"be"}
    found = set(AUXILIARIES)
    for lemma in lemmas:
        if wordfreq.zipf_frequency(lemma, "en") < 1.8:
            continue
        forms = lemminflect.getAllInflections(lemma)
        regular = {"NNS": regular_s, "VBZ": regular_s, "VBD": regular_ed, "VBG": regular_ing, "VBN": regular_ed}
        for tag, rule in regular.items():
            listed = forms.get(tag) or (tag == "VBN" and forms.get("VBD")) or ()
            kept = best_first(lemma, tag, [f for f in listed if re.fullmatch(r"[a-z]+", f)], rule(lemma))
            # A mass noun needs no plural; of nouns that are their own plural the press writes these.
            if tag == "NNS" and kept == [lemma] and lemma not in OWN_PLURALS:
                continue
            if kept and kept != [rule(lemma)]:
                found.add((lemma, tag, " ".join(kept)))
    return sorted(found)


def best_first(lemma: str, tag: str, forms: list[str], regular: str) -> list[str]:
    """Order the lexicon's forms: the press's own choice, then for nouns the regular plural, then as listed."""
    if tag == "NNS" and lemma in OWN_PLURALS:
        return [lemma]
    if (lemma, tag) in PRESS:
        forms = [PRESS[lemma, tag], *forms]
    elif tag == "NNS" and regular in forms:
        forms = [regular, *(form for form in forms if form != lemma)]
    return list(dict.fromkeys(forms))


def main() -> int:
    """Write the table."""
    lines = ["lemma\ttag\tforms", *("\t".join(row) for row in rows())]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUT}: {len(lines) - 1} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
