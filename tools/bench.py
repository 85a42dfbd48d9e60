"""Print what a lint costs, as ratios measured in one run (design, section 7).

    make bench              codespell and proselint are installed with it
    npm install --prefix /tmp/textlint textlint textlint-rule-terminology
    TEXTLINT=/tmp/textlint make bench        with textlint as well

Every figure is the best of several runs. The other tools get the same terms: proselint and textlint every literal of
the bundled glossaries, codespell, which knows single words only, as many made-up words.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mtqa.document import make_document
from mtqa.glossary import bundled_paths, load_examples, load_glossary, of_terms
from mtqa.match import Matcher
from mtqa.pipeline import Linter
from mtqa.segment import segment
from mtqa.term import LiteralForm, Rendering, Term

RUNS = 7
BUDGETS = {"help": 0.15, "lint": 0.25, "MB/s": 5.0, "flat": 2.0}
MTQA = [sys.executable, "-m", "mtqa"]


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        article = work / "article.txt"
        article.write_text(make_article(2_000), encoding="utf-8")
        start_up(article)
        throughput()
        others(work, article)
    return 0


def sentences() -> list[str]:
    """Return the examples' sentences, in an order that is always the same."""
    found = [example.text for path in bundled_paths() for example in load_examples(path)]
    random.Random(1).shuffle(found)  # noqa: S311
    return found


def make_article(words: int) -> str:
    """Return an article of some number of words, in paragraphs of four sentences."""
    lines: list[str] = []
    count = 0
    for number, sentence in enumerate(sentences()):
        lines.append(sentence + ("\n\n" if number % 4 == 3 else " "))
        count += len(sentence.split())
        if count >= words:
            break
    return "".join(lines)


def best(run: Callable[[], object], runs: int = RUNS) -> float:
    """Return the shortest of several runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def command(*words: str) -> Callable[[], object]:
    """Return a function that runs a command and forgets what it prints."""
    return lambda: subprocess.run(words, capture_output=True, check=False)


def start_up(article: Path) -> None:
    """Print wall time of whole commands against a bare interpreter start."""
    bare = best(command(sys.executable, "-c", "pass"))
    print(f"bare interpreter start                         {bare:7.3f} s    1.0")
    for name, words in (("help", ["--help"]), ("lint", ["lint", str(article), "--model", "none"])):
        took = best(command(*MTQA, *words), 15)
        terms = len(load_glossary(bundled_paths()))
        what = f"mtqa {words[0]}" + (f", 2,000 words, {terms} terms" if name == "lint" else "")
        print(f"{what:<46} {took:7.3f} s  {took / bare:5.1f}    budget {BUDGETS[name]} s")


def throughput() -> None:
    """Print the speed of matching with the bundled glossaries and with 500 to 100,000 made-up terms."""
    text = "\n".join(sentences())
    text = (text * (5_000_000 // len(text) + 1))[:5_000_000]
    glossary = load_glossary(bundled_paths())
    took = best(lambda: Linter(glossary, ["literal"]).lint(segment(make_document("bench", text))), 1)
    print(f"\nlint of 5 MB full of literals, rewrites and all     {len(text) / took / 1e6:6.2f} MB/s")
    plain = plain_english(text)
    speeds = {}
    for count in (500, 5_000, 100_000):
        matcher = Matcher(made_up(count))
        document = segment(make_document("bench", plain))
        matcher.candidates(document)
        took = best(lambda document=document, matcher=matcher: matcher.candidates(segment(document)), 3)
        speeds[count] = len(plain) / took / 1e6
        print(f"matching of 5 MB of plain English, {count:>7,} terms  {speeds[count]:6.2f} MB/s", end="")
        print(f"  {speeds[500] / speeds[count]:4.2f}    budgets {BUDGETS['MB/s']} MB/s, {BUDGETS['flat']}")


def plain_english(text: str) -> str:
    """Return 5 MB of sentences in which the bundled glossaries find nothing."""
    linter = Linter(load_glossary(bundled_paths()), ["literal"])
    lines = [line for line in text.split("\n")[:6_000] if not linter.lint(segment(make_document("", line)))]
    clean = "\n".join(lines)
    return (clean * (5_000_000 // len(clean) + 1))[:5_000_000]


def made_up(count: int) -> "object":
    """Return a glossary of that many terms, each with two literals of two or three words of the vocabulary."""
    rng = random.Random(2)  # noqa: S311
    words = sorted({word.lower() for line in sentences()[:4_000] for word in line.split() if word.isalpha()})
    terms = []
    for number in range(count):
        literal = tuple(LiteralForm(" ".join(rng.sample(words, rng.randint(2, 3))), "n") for _ in range(2))
        rendering = (Rendering(f"right rendering {number}", "n"),)
        terms.append(Term(f"t-{number}", ("词",), literal, rendering, "accuracy/mistranslation", "major", "bench"))
    return of_terms(terms)


def others(work: Path, article: Path) -> None:
    """Print whole runs of other tools on the same article and terms, against mtqa's."""
    glossary = load_glossary(bundled_paths())
    pairs = {form.text: term.idiomatic[0].text for term in glossary.terms.values() for form in term.literal}
    own = best(command(*MTQA, "lint", str(article), "--model", "none"))
    print(f"\nthe article of 2,000 words with {len(pairs):,} literals      {own:7.3f} s    1.0    mtqa")
    rows = [("codespell", codespell(work, article, pairs)), ("proselint", proselint(work, article, pairs))]
    rows.append(("textlint", textlint(work, article, pairs)))
    for name, run in rows:
        if run is None:
            print(f"{'':47} not installed    {name}")
        else:
            took = best(run, 1 if name == "textlint" else 3)
            print(f"{'':47}{took:7.3f} s  {took / own:5.1f}    {name}")


def codespell(work: Path, article: Path, pairs: dict[str, str]) -> Callable[[], object] | None:
    """Return a run of codespell with as many single words."""
    program = Path(sys.executable).with_name("codespell")
    if not program.exists():
        return None
    dictionary = work / "codespell.txt"
    lines = [f"{literal.replace(' ', 'q')}x{number}->word" for number, literal in enumerate(pairs) if literal.isascii()]
    dictionary.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return command(str(program), "--dictionary", str(dictionary), str(article))


PROSELINT = """
import json, sys
from itertools import islice
from pathlib import Path
from proselint.registry.checks import Check, types
pairs = iter(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")).items())
text = Path(sys.argv[2]).read_text(encoding="utf-8")
found = 0
while part := dict(islice(pairs, 1000)):  # RE2 refuses to compile them all into one set
    check = Check(check_type=types.PreferredFormsSimple(items=part), path="mtqa", message="{} {}")
    found += sum(1 for _ in check.check_type.check(f"\\n{text}\\n", check))
sys.exit(0 if found else "found nothing: this is no measurement")
"""


def proselint(work: Path, article: Path, pairs: dict[str, str]) -> Callable[[], object] | None:
    """Return a run of proselint with every literal as a preferred form."""
    if not Path(sys.executable).with_name("proselint").exists():
        return None
    terms = work / "pairs.json"
    terms.write_text(json.dumps({k.lower(): v for k, v in pairs.items()}), encoding="utf-8")
    words = [sys.executable, "-c", PROSELINT, str(terms), str(article)]
    if (probe := subprocess.run(words, capture_output=True, text=True, check=False)).returncode:
        print(f"proselint: {probe.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    return command(*words)


def textlint(work: Path, article: Path, pairs: dict[str, str]) -> Callable[[], object] | None:
    """Return a run of textlint with every literal as a term of textlint-rule-terminology."""
    home = os.environ.get("TEXTLINT", "")
    program = Path(home) / "node_modules" / ".bin" / "textlint"
    if not home or not program.exists():
        return None
    rules = {"terminology": {"defaultTerms": False, "terms": [[k, v] for k, v in pairs.items()]}}
    config = work / "textlintrc.json"
    config.write_text(json.dumps({"rules": rules}), encoding="utf-8")
    # textlint looks for its rules from the folder that it runs in; without any it says nothing at all.
    words = [str(program), "--config", str(config), str(article)]
    if "problem" not in subprocess.run(words, cwd=home, capture_output=True, text=True, check=False).stdout:
        return None
    return lambda: subprocess.run(words, cwd=home, capture_output=True, check=False)


if __name__ == "__main__":
    sys.exit(main())
