"""Print what the model costs: a cold lint with it, and its share of a bare onnxruntime loop over the same batches.

make bench
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import MTQA, best, make_article

from mtqa.bundled import bundled_model
from mtqa.classify import Classifier, ModelReader
from mtqa.document import make_document
from mtqa.glossary import bundled_paths, load_glossary
from mtqa.match import Matcher
from mtqa.segment import segment

ROOT = Path(__file__).parents[1]
RUNS = 5
BUDGETS = {"wall": 1.2, "memory": 400, "share": 0.9}


class Recorder:
    """Stand in for an onnxruntime session and remember what it was fed."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.feeds: list[dict[str, Any]] = []

    def run(self, outputs: Any, feed: dict[str, Any]) -> Any:
        """Run the session."""
        self.feeds.append(feed)
        return self.session.run(outputs, feed)


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        dense = Path(folder) / "dense.txt"
        dense.write_text(make_article(2_000), encoding="utf-8")
        press = Path(folder) / "press.txt"
        press.write_text(sample_articles(2_000), encoding="utf-8")
        for name, path in (("sample articles", press), ("glossary examples", dense)):
            cold(name, path)
        for name, path in (("sample articles", press), ("glossary examples", dense)):
            share(name, path.read_text(encoding="utf-8"))
    return 0


def sample_articles(words: int) -> str:
    """Return the first words of the sample articles' translations."""
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*/mt.txt")))
    lines, count = [], 0
    for line in text.splitlines(keepends=True):
        lines.append(line)
        count += len(line.split())
        if count >= words:
            break
    return "".join(lines)


def cold(name: str, article: Path) -> None:
    """Print wall time and resident memory of whole runs of `mtqa lint` with the model."""
    times, memory = [], 0
    for _ in range(RUNS):
        start = time.perf_counter()
        child = subprocess.Popen([*MTQA, "lint", str(article)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(child.pid, 0)
        times.append(time.perf_counter() - start)
        memory = max(memory, usage.ru_maxrss // 1024)
    print(
        f"mtqa lint with the model, 2,000 words of {name:<18} {min(times):6.2f} s, {memory} MB"
        f"    budgets {BUDGETS['wall']} s, {BUDGETS['memory']} MB"
    )


def share(name: str, text: str) -> None:
    """Print how near scoring comes to a bare loop over its own batches."""
    classifier = Classifier(bundled_model())
    network: Any = classifier._network
    network._session = recorder = Recorder(network._session)
    matcher = Matcher(load_glossary(bundled_paths()))
    document = segment(make_document("bench", text))
    matcher.candidates(document)

    def ours() -> None:
        reader = ModelReader(matcher, classifier)
        reader.candidates(document)
        reader.words(document)

    ours()
    feeds = list(recorder.feeds)
    tokens = sum(feed["input_ids"].size for feed in feeds)
    whole = best(ours, RUNS)
    bare = best(lambda: [recorder.session.run(None, feed) for feed in feeds], RUNS)
    print(
        f"scoring 2,000 words of {name:<18} {len(feeds)} batches, {tokens / whole:,.0f} tokens/s,"
        f" {bare / whole:4.2f} of a bare loop    budget {BUDGETS['share']}"
    )


if __name__ == "__main__":
    sys.exit(main())
