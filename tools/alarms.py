"""Print the false alarms of the glossaries on clean English, for 1,000 words.

    .venv/bin/python tools/alarms.py ../shared/data/clean_en.jsonl

Each line of the file is a JSON object whose `text` is English that no machine translated: every finding is false.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from mtqa.document import make_document
from mtqa.glossary import bundled_paths, load_glossary
from mtqa.match import split_words
from mtqa.pipeline import Linter
from mtqa.segment import segment


def main() -> int:
    """Measure and print."""
    linter = Linter(load_glossary(bundled_paths()), ["literal"])
    words = 0
    counts: Counter[str] = Counter()
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        document = segment(make_document("clean", json.loads(line)["text"]))
        words += len(split_words(document.text).lower)
        for finding in linter.lint(document):
            counts[finding.severity] += 1
            print(f"{finding.severity}: {document.text[slice(*finding.span)]!r} in {document.text[:100]!r}")
    for severity in ("major", "minor", "note"):
        print(f"{severity}: {counts[severity]} in {words:,} words, {1000 * counts[severity] / words:.2f} for 1,000")
    return 0


if __name__ == "__main__":
    sys.exit(main())
