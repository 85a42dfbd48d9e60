"""Training on a toy encoder: rows, labels, the same seed the same weights, a network that says what torch says."""

import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mtqa.document import Span
from mtqa.glossary import Glossary
from mtqa.match import Matcher
from mtqa.term import Example
from mtqa.train.articles import article_pairs, article_tokens
from mtqa.train.examples import example_pairs, example_tokens, right_uses, rival_pairs, rivals
from mtqa.train.rows import Mark, PairRow, Rows, TokenRow, families, split_of

torch = pytest.importorskip("torch")
SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture
def rows(mini: Glossary) -> Rows:
    term = mini["wool-party"]
    texts = ["The wool party came for coupons.", "The railway track in the city."]
    pairs = [PairRow(texts[0], Span(4, 14), term, 1, "bad"), PairRow(texts[1], Span(4, 17), term, 0, "good")]
    tokens = [TokenRow(texts[0], (Mark(Span(4, 14)),), None, "bad"), TokenRow(texts[1], (), (), "clean")]
    return Rows(pairs * 8, tokens * 8)


def test_the_same_seed_gives_the_same_weights(base: Path, rows: Rows, tmp_path: Path) -> None:
    first, second, other = (trained(base, rows, seed, tmp_path / str(i)) for i, seed in enumerate((1, 1, 2)))
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))
    assert not all(torch.equal(a, b) for a, b in zip(first, other, strict=True))


def trained(base: Path, rows: Rows, seed: int, folder: Path) -> list[object]:
    from mtqa.train.recipe import Recipe

    return list(taught(base, rows, Recipe(epochs=1, tokens=64, seed=seed, bf16=False), folder).state_dict().values())


def taught(base: Path, rows: Rows, recipe: Any, folder: Path) -> Any:
    from mtqa.train.batches import RowEncoder
    from mtqa.train.encoder import on_encoder
    from mtqa.train.loop import train
    from mtqa.train.plan import plan

    torch.manual_seed(recipe.seed)
    return train(on_encoder(base), plan(RowEncoder(base), rows, recipe), recipe, folder, lambda _: None)


def test_training_learns_both_heads(base: Path, rows: Rows, tmp_path: Path) -> None:
    from mtqa.train.batches import RowEncoder, collate
    from mtqa.train.recipe import Recipe

    encoder = RowEncoder(base)
    model = taught(base, rows, Recipe(epochs=12, tokens=64, rate=1e-2, bf16=False), tmp_path)
    pairs = collate([encoder.pair(row) for row in rows.pairs[:2]], is_pair=True)
    right, wrong = model(pairs.input_ids, pairs.token_type_ids)[0].sigmoid().tolist()
    assert right > 0.8 > 0.2 > wrong
    words = collate(encoder.sentence(rows.tokens[0]), is_pair=False)
    calque = model(words.input_ids, words.token_type_ids)[1][0, :, 0].sigmoid().tolist()
    assert min(calque[2:4]) > 0.5 > max(calque[4:7])


def test_the_network_says_what_torch_says(base: Path, tmp_path: Path) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    from mtqa.classify.quantize import quantize
    from mtqa.train.encoder import on_encoder
    from mtqa.train.export import load_weights, network, save_weights

    torch.manual_seed(3)
    model = on_encoder(base).eval()
    save_weights(model, tmp_path / "model.safetensors")
    model = load_weights(on_encoder(base), tmp_path / "model.safetensors")
    session = onnxruntime.InferenceSession(quantize(network(model)))
    ids = torch.randint(4, 20, (5, 17))
    ids[2, 9:] = 0
    types = torch.zeros_like(ids)
    types[:, 3:5], types[:, 8:9] = 1, 2
    with torch.no_grad():
        pair, tokens = model(ids, types)
    found = session.run(["pair", "tokens"], {"input_ids": ids.numpy(), "token_type_ids": types.numpy()})
    assert torch.allclose(torch.from_numpy(found[0]).sigmoid(), pair.sigmoid(), atol=0.02)
    assert torch.allclose(torch.from_numpy(found[1]).sigmoid(), tokens.sigmoid(), atol=0.02)


def test_a_killed_training_goes_on_to_the_same_weights(base: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file

    def command(name: str) -> list[str]:
        script = str(Path(__file__).with_name("toy_training.py"))
        return [sys.executable, script, str(base), str(tmp_path / name), str(tmp_path / f"{name}.safetensors")]

    whole = subprocess.run(command("whole"), check=True, capture_output=True, text=True)
    step = random.randrange(5, int(whole.stdout.split()[-1]) - 3)
    with subprocess.Popen(command("killed"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        for line in process.stdout or ():
            if int(line) >= step:
                process.send_signal(signal.SIGKILL)
                break
    assert not (tmp_path / "killed.safetensors").exists()
    again = subprocess.run(command("killed"), check=True, capture_output=True, text=True)
    assert int(again.stdout.split()[0]) > 1
    first, second = (load_file(tmp_path / f"{name}.safetensors") for name in ("whole", "killed"))
    assert all(torch.equal(value, second[key]) for key, value in first.items())


def test_a_checkpoint_that_was_cut_off_is_passed_over(tmp_path: Path) -> None:
    from mtqa.train.loop import last_checkpoint

    for number, state in ((9, '{"global_step": 9}'), (10, '{"global_st'), (100, None)):
        folder = tmp_path / f"checkpoint-{number}"
        folder.mkdir()
        if state:
            (folder / "trainer_state.json").write_text(state, encoding="utf-8")
    assert last_checkpoint(tmp_path) == tmp_path / "checkpoint-9"
    assert last_checkpoint(tmp_path / "none") is None


def test_words_that_nobody_judged_teach_nothing(base: Path) -> None:
    from mtqa.train.batches import IGNORED, RowEncoder

    encoder = RowEncoder(base)
    text = "The wool party came."
    marks = (Mark(Span(4, 14), 0.5),)
    (closed,) = encoder.sentence(TokenRow(text, marks, None, "x"))
    (open_,) = encoder.sentence(TokenRow(text, marks, (), "x", open_calques=True))
    assert [label for label, _ in closed.tokens[1:-1]] == [0, 0.5, 0.5, 0, 0]
    assert {label for _, label in closed.tokens} == {IGNORED}
    assert [label for label, _ in open_.tokens[1:-1]] == [IGNORED, 0.5, 0.5, IGNORED, IGNORED]
    assert closed.tokens[0] == closed.tokens[-1] == (IGNORED, IGNORED)


def test_batches_are_full_and_lose_nothing(base: Path, rows: Rows) -> None:
    from mtqa.train.batches import RowEncoder, batches

    encoder = RowEncoder(base)
    examples = [encoder.pair(row) for row in rows.pairs]
    found = list(batches(examples, 64, random.Random(1)))
    assert sum(len(batch) for batch in found) == len(examples)
    assert all(len(batch) * max(len(e.features.ids) for e in batch) <= 64 for batch in found)
    assert list(batches([], 64, random.Random(1))) == []


def test_marked_uses_of_an_example(mini: Glossary) -> None:
    term = mini["wool-party"]
    example = Example("wool-party", "bad", "The wool party came.", (Span(4, 14),))
    assert list(example_pairs(term, example)) == [PairRow(example.text, Span(4, 14), term, 1, "bad")]
    assert example_tokens(example).calques == (Mark(Span(4, 14)),)
    assert example_tokens(example._replace(label="good")).calques == ()


def test_rivals_share_words_but_not_meaning(bundled: Glossary) -> None:
    found = rivals(list(bundled.terms.values()))
    for name, others in found.items():
        for other in others:
            assert not set(other.zh) & set(bundled[name].zh)
    sea = next(term for term in bundled.terms.values() if "出海口" in term.zh)
    assert found[sea.id]
    example = Example(sea.id, "bad", "It needs an outlet.", (Span(12, 18),))
    assert all(row.label == 0 and row.term.id != sea.id for row in rival_pairs(sea, example, found))


def test_what_stands_in_right_english_is_right(mini: Glossary) -> None:
    (row,) = right_uses(Matcher(mini), ["It opened an outlet there."], "clean")
    assert (row.label, row.text[slice(*row.span)], row.origin) == (0, "outlet", "clean")


def test_terms_that_share_words_stay_together(bundled: Glossary) -> None:
    found = families(bundled.terms.values())
    by_zh: dict[str, set[str]] = {}
    for term in bundled.terms.values():
        for zh in term.zh:
            by_zh.setdefault(zh, set()).add(found[term.id])
    assert all(len(together) == 1 for together in by_zh.values())
    shares = [split_of(family) for family in set(found.values())]
    assert 0.05 < shares.count("dev") / len(shares) < 0.15


def test_rows_of_a_sample_article(bundled: Glossary) -> None:
    tokens = list(article_tokens(SEEDS / "ev-price-war"))
    marked = [row.text[slice(*mark.span)] for row in tokens for mark in row.calques or ()]
    assert "killing with red eyes" in marked
    assert [row for row in tokens if row.origin == "edited" and row.calques] == []
    pairs = list(article_pairs(SEEDS / "ev-price-war", Matcher(bundled)))
    assert {row.label for row in pairs} == {0, 1}
