"""Print what the Chinese costs: a lint of 2,000 words with and without it, with and without the model.

.venv/bin/python tools/bench_source.py
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 3


def main() -> int:
    """Measure and print."""
    folders = [path for path in sorted((ROOT / "seeds").iterdir()) if (path / "marks.tsv").exists()]
    with tempfile.TemporaryDirectory() as name:
        english, chinese = Path(name, "article.txt"), Path(name, "article.zh.txt")
        words, texts = 0, ([], [])
        for folder in folders:
            if words < 2000:
                for text, file in zip(texts, ("mt.txt", "zh.txt"), strict=True):
                    text.append((folder / file).read_text(encoding="utf-8"))
                words = sum(len(text.split()) for text in texts[0])
        english.write_text("\n".join(texts[0]), encoding="utf-8")
        chinese.write_text("\n".join(texts[1]), encoding="utf-8")
        print(f"an article of {words:,} words")
        base = None
        for model in ("none", ""):
            for source in ((), ("--source", str(chinese))):
                flags = ["--fail-on", "never", *(("--model", model) if model else ())]
                seconds = best([sys.executable, "-m", "mtqa", "lint", str(english), *flags, *source])
                base = base or seconds
                what = ("with" if not model else "without") + " the model, " + ("with" if source else "without")
                print(f"    {what} the Chinese {seconds:>7.2f} s {seconds / base:>6.1f}")
    return 0


def best(command: list[str]) -> float:
    """Return the shortest wall time of some runs, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
