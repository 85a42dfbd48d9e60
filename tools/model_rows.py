"""The rows behind models/press-small: glossaries, sample articles and, where they are at hand, the corpora of shared.

Rows of development terms and documents never reach training. Prints how many rows there are of each kind.

    .venv/bin/python tools/model_rows.py
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from mtqa.glossary import Glossary, bundled_paths, load_glossary
from mtqa.match import Matcher
from mtqa.train.articles import article_folders, article_pairs, article_tokens
from mtqa.train.corpora import calque_tokens, clean_tokens, rated_pairs, rated_tokens, read_lines
from mtqa.train.corrupt import corrupted
from mtqa.train.examples import example_pairs, example_tokens, examples_of, right_uses, rival_pairs, rivals
from mtqa.train.rows import ARTICLE_SHARE, PairRow, Rows, Split, TokenRow, families, split_of

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
CLEAN_SHARE = 0.3
"""Share of native English documents kept for measuring: false alarms are rare, so many words are needed."""

SYSTEMS = 5
"""Translations of one sentence that training sees; the others are too much like them."""


class Collection(NamedTuple):
    """Hold the rows of both splits, the glossary, and the split of each term."""

    rows: dict[Split, Rows]
    glossary: Glossary
    split: dict[str, Split]

    def add_pairs(self, pairs: Iterable[PairRow], split: Split) -> None:
        """Add pairs of a document of one split; training sees none of a development term."""
        self.rows[split].pairs.extend(p for p in pairs if split == "dev" or self.split[p.term.id] == "train")


def collect() -> Collection:
    """Gather all rows."""
    glossary = load_glossary(bundled_paths())
    terms = list(glossary.terms.values())
    split = {term: split_of(family) for term, family in families(terms).items()}
    found = Collection({"train": Rows([], []), "dev": Rows([], [])}, glossary, split)
    sharing = rivals(terms)
    for term, example in examples_of(bundled_paths(), glossary):
        rows = found.rows[split[term.id]]
        rows.pairs.extend(example_pairs(term, example))
        rows.tokens.append(example_tokens(example))
        found.add_pairs(rival_pairs(term, example, sharing), split[term.id])
    matcher = Matcher(glossary)
    for folder in article_folders(ROOT / "seeds"):
        kept: Split = split_of(folder.name, ARTICLE_SHARE)
        found.rows[kept].tokens.extend(article_tokens(folder))
        found.add_pairs(article_pairs(folder, matcher), kept)
    right = (ROOT / "seeds" / "right.txt").read_text(encoding="utf-8").splitlines()
    for number, text in enumerate(right):
        found.rows[split_of(f"right {number}")].tokens.append(TokenRow(text, (), None, "right"))
    if SHARED.is_dir():
        _add_shared(found, matcher)
    tokens = found.rows["train"].tokens
    articles = [row for row in tokens if row.origin in ("article", "right")]
    good = [row.text for row in tokens if row.origin in GOOD]
    tokens += [*articles * (REPEATS - 1), *corrupted(good, CORRUPTED, seed=3)]
    return found


GOOD = ("good", "edited", "right", "clean", "human")
CORRUPTED = 16_000
REPEATS = 3
"""How often training sees the lines of sample articles: they are what the model will read, and few."""


def polish(rows: Rows, seed: int = 4) -> Rows:
    """Return rows for a last, slow pass: all sample articles and raters' sentences, a share of the rest.

    What the model will read are articles; glossary sentences show one calque each and outnumber them.
    """
    chance = random.Random(seed)  # noqa: S311
    often = [row for row in rows.tokens if row.origin in ("article", "edited", "right", "calques")]
    good = [row.text for row in rows.tokens if row.origin in GOOD]
    kept = [row for row in rows.tokens if row.origin in ("rated", "human", "clean")]
    shown = chance.sample([row for row in rows.tokens if row.origin in ("bad", "good")], 8_000)
    pairs = chance.sample(rows.pairs, 10_000)
    return Rows(pairs, [*often, *kept, *shown, *corrupted(good, CORRUPTED // 2, seed)])


def _add_shared(found: Collection, matcher: Matcher) -> None:
    for row in read_lines(SHARED / "clean_en.jsonl"):
        split = split_of(row["doc"], CLEAN_SHARE)
        found.add_pairs(right_uses(matcher, [row["text"]], "clean"), split)
        found.rows[split].tokens.extend(clean_tokens([row["text"]]))
    chance = random.Random(1)  # noqa: S311
    rated = {}
    segments = defaultdict(list)
    for row in read_lines(SHARED / "mqm_newstest2020.jsonl"):
        rated[row["doc"], row["seg"], row["system"]] = row
        segments[row["doc"], row["seg"], row["split"]].append(row)
    for (_, _, split), rows in segments.items():
        kept = rows if split == "dev" else chance.sample(rows, min(SYSTEMS, len(rows)))
        found.rows[split].tokens.extend(rated_tokens(row) for row in kept)
        found.add_pairs(_different(pair for row in rows for pair in rated_pairs(row, matcher)), split)
    for row in read_lines(SHARED / "calques_newstest2020.jsonl"):
        if row["label"] is not None:
            base = rated.get((row["doc"], row["seg"], row["system"]))
            found.rows[row["split"]].tokens.append(calque_tokens(row, rated_tokens(base) if base else None))


def _different(pairs: Iterable[PairRow]) -> Iterator[PairRow]:
    """Leave out uses whose surroundings another system wrote just so."""
    seen = set()
    for pair in pairs:
        key = (pair.term.id, pair.text[max(0, pair.span.start - 25) : pair.span.end + 25], pair.label)
        if key not in seen:
            seen.add(key)
            yield pair


if __name__ == "__main__":
    collection = collect()
    for name, kept in collection.rows.items():
        print(name, "pairs", dict(Counter((pair.origin, pair.label) for pair in kept.pairs)))
        print(name, "sentences", dict(Counter(row.origin for row in kept.tokens)))
    print("terms", dict(Counter(collection.split.values())))
