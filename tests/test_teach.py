"""Teaching a desk's glossary: what is read, what is made of it, the gate, and one whole folder at the end or none."""

import json
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mtqa.commands import main
from mtqa.glossary import load_glossary

pytest.importorskip("torch")
ROOT = Path(__file__).parents[1]
MINI = Path(__file__).parent / "data" / "mini.tsv"
TERMS = """\
id	zh	literal	idiomatic
old-fritter	老油条	n: old fritter	n: old hand
sweet-spot	甜点	n: dessert ??	n: sweet spot
"""
EXAMPLES = """\
id	label	sentence
old-fritter	bad	An «old fritter» of the trade left in May.
old-fritter	bad	The city hired «old fritters».
old-fritter	good	An «old hand» of the trade left in May.
sweet-spot	bad	The price is a «dessert» for coupons.
sweet-spot	good	They left a «dessert» for the party.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "desk.tsv").write_text(TERMS, encoding="utf-8")
    (tmp_path / "desk.examples.tsv").write_text(EXAMPLES, encoding="utf-8")
    return tmp_path / "desk.tsv"


@pytest.fixture(scope="session")
def toy(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder that nobody trained."""
    import shutil

    import torch

    from mtqa.teach.folder import write_model
    from mtqa.train.encoder import on_encoder

    folder = tmp_path_factory.mktemp("toy")
    torch.manual_seed(1)
    write_model(on_encoder(base), base, folder)
    shutil.copyfile(ROOT / "models" / "press-small" / "thresholds.json", folder / "thresholds.json")
    return folder


@pytest.fixture
def train(toy: Path, desk: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run `mtqa train` with a small glossary in the place of the bundled ones."""
    for module in ("desk", "regression", "run"):
        monkeypatch.setattr(f"mtqa.teach.{module}.bundled_paths", lambda: [MINI])
    for module in ("regression", "lessons"):
        monkeypatch.setattr(f"mtqa.teach.{module}.sample_articles", lambda _: iter([ROOT / "seeds" / "ev-price-war"]))
    fixed = ["train", "--base", str(toy), "--glossary", str(desk), "--epochs", "2", "--precision", "fp32"]
    return lambda *arguments: main([*fixed, *map(str, arguments)])


def test_a_taught_folder_is_whole_and_the_same_again(
    train: Callable[..., int], toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from mtqa.classify import Classifier, Use
    from mtqa.document import Span

    assert [train("-o", tmp_path / name, "--seed", seed) for name, seed in (("a", 1), ("b", 1), ("c", 2))] == [0, 0, 0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c", "desk.examples.tsv", "desk.tsv"]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [
        "card.md", "config.json", "metrics.json", "model.onnx", "model.safetensors", "thresholds.json", "tokenizer.json",
    ]  # fmt: skip
    weights = [(tmp_path / name / "model.safetensors").read_bytes() for name in "abc"]
    assert weights[0] == weights[1] != weights[2]
    before, after = Classifier(toy), Classifier(tmp_path / "a")
    assert after.folder.thresholds.taught == {"old-fritter", "sweet-spot"}
    wool, fritter = load_glossary([MINI])["wool-party"], load_glossary([tmp_path / "desk.tsv"])["old-fritter"]
    text = "The wool party came for an old fritter."
    uses = [Use(text, Span(4, 14), wool), Use(text, Span(27, 38), fritter)]
    (known, new), (known_after, new_after) = before.use_logits(uses), after.use_logits(uses)
    assert known == pytest.approx(known_after, abs=1e-5)
    assert new != pytest.approx(new_after, abs=1e-5)
    assert before.token_logits([text]) == after.token_logits([text])
    card = (tmp_path / "a" / "card.md").read_text(encoding="utf-8")
    assert "made sentences" in card
    assert "| old-fritter |" in card
    err = capsys.readouterr().err
    assert "desk.tsv:3: sweet-spot: has 1 bad example; write 2 or more\n" in err


def test_what_stands_in_the_way_is_named(
    train: Callable[..., int], desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refusal(*arguments: object) -> str:
        assert train(*arguments) == 2
        return [line for line in capsys.readouterr().err.splitlines() if line.startswith("mtqa: ")][-1]

    (tmp_path / "there").mkdir()
    assert refusal("-o", tmp_path / "there") == (
        f"mtqa: {tmp_path}/there: is there already; give --output another name, or move the old model away"
    )
    (tmp_path / "half.work").mkdir()
    assert refusal("-o", tmp_path / "half") == (
        f"mtqa: {tmp_path}/half.work: holds an unfinished training; go on with --resume, or remove it"
    )
    assert refusal("-o", tmp_path / "new", "--resume") == (
        f"mtqa: {tmp_path}/new.work: is not there, so nothing is to be resumed; leave out --resume"
    )
    assert refusal("-o", tmp_path / "new", "--epochs", 0) == "mtqa: --epochs: 0 found; say 1 to 1000"
    assert refusal("-o", tmp_path / "new", "--points", "nan") == "mtqa: --points: nan found; say 0 to 100"
    assert refusal("-o", desk / "new") == f"mtqa: {desk}/new.work: cannot be made: not a directory"
    desk.with_name("desk.examples.tsv").write_text(EXAMPLES + "new-term\tbad\tA «new term».\n", encoding="utf-8")
    assert refusal("-o", tmp_path / "new") == (
        f"mtqa: {tmp_path}/desk.examples.tsv:7: no term of desk.tsv is called 'new-term'; add the term or mend the id"
    )
    assert main(["train", "-o", str(tmp_path / "new")]) == 2
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "new.work").exists()


def test_a_base_without_weights_is_refused(
    train: Callable[..., int], toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    bare = tmp_path / "bare"
    shutil.copytree(toy, bare, ignore=shutil.ignore_patterns("*.safetensors"))
    assert train("--base", bare, "-o", tmp_path / "new") == 2
    assert f"mtqa: {bare}: has no model.safetensors to go on from" in capsys.readouterr().err
    (bare / "model.safetensors").write_bytes((toy / "model.safetensors").read_bytes()[:5000])
    assert train("--base", bare, "-o", tmp_path / "new") == 2
    assert f"mtqa: {bare}/model.safetensors: does not fit its config.json" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"model_type": "gpt2"}, "model_type is 'gpt2', bert is read"),
        ({"vocab_size": 10**9}, "vocab_size is 1000000000, at most 500,000 is read"),
        ({"hidden_size": "x"}, "hidden_size is 'x', at most 4,096 is read"),
        ({"adapter_rank": "x"}, "adapter_rank is 'x', at most 1,024 is read"),
        ({"auto_map": {"AutoConfig": "evil.Config"}, "model_type": "evil"}, "model_type is 'evil', bert is read"),
    ],
)
def test_a_hostile_base_is_refused(
    train: Callable[..., int],
    toy: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    changes: dict[str, object],
    what: str,
) -> None:
    import shutil

    folder = tmp_path / "hostile"
    shutil.copytree(toy, folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps({**config, **changes}), encoding="utf-8")
    assert train("--base", folder, "-o", tmp_path / "new") == 2
    assert f"mtqa: {folder}/model.safetensors: does not fit its config.json ({what}" in capsys.readouterr().err
    assert not (tmp_path / "new.work").exists()


def test_terms_taught_before_must_be_given_again(
    train: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train("-o", tmp_path / "first") == 0
    (tmp_path / "other.tsv").write_text(
        "id\tzh\tliteral\tidiomatic\nx-y\t空\tn: wool railway\tn: line\n", encoding="utf-8"
    )
    capsys.readouterr()
    base = ["--base", str(tmp_path / "first"), "-o", str(tmp_path / "second")]
    assert main(["train", "--glossary", str(tmp_path / "other.tsv"), *base]) == 2
    assert (
        "was taught old-fritter and 1 more, which no glossary here holds; name that one too" in capsys.readouterr().err
    )


def test_a_model_that_lost_is_put_aside(
    train: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from mtqa.teach.regression import Loss

    monkeypatch.setattr("mtqa.teach.gate._rest", lambda *_: [Loss("clean", 1, 1, 0), Loss("wild", 15, 13, 0)])
    assert train("-o", tmp_path / "worse") == 1
    assert not (tmp_path / "worse").exists()
    assert "| wild | 15.00 | 13.00 | 0 |" in (tmp_path / "worse.rejected" / "card.md").read_text(encoding="utf-8")
    out, err = capsys.readouterr()
    assert "wild                                           15.00   13.00  lost\n" in out
    assert f"the model is put aside as {tmp_path}/worse.rejected" in err
    assert train("-o", tmp_path / "worse", "--accept-regression") == 0
    assert (tmp_path / "worse" / "model.onnx").exists()


def test_a_network_that_disagrees_with_torch_is_not_shipped(
    train: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("mtqa.teach.run.torch_logits", lambda _model, _encoder, rows: [9.0] * len(rows))
    assert train("-o", tmp_path / "odd") == 2
    assert "says something else than torch: scores are up to" in capsys.readouterr().err
    assert not (tmp_path / "odd").exists()


_KILLED = """
import sys
from mtqa.commands import main
from pathlib import Path
from mtqa.teach import desk, regression, run
from mtqa.train import loop
mini, article, *arguments = sys.argv[1:]
for module in (desk, regression, run):
    module.bundled_paths = lambda: [Path(mini)]
regression.sample_articles = lambda _: iter([Path(article)])
run.RECIPE = run.RECIPE._replace(tokens=64)
sys.exit(main(arguments))
"""


def test_a_killed_command_resumes_to_the_same_weights(toy: Path, desk: Path, tmp_path: Path) -> None:
    def command(name: str, *more: str) -> list[str]:
        fixed = [str(MINI), str(ROOT / "seeds" / "ev-price-war"), "train", "--base", str(toy), "--glossary", str(desk)]
        return [sys.executable, "-c", _KILLED, *fixed, "--precision", "fp32", "-o", str(tmp_path / name), *more]

    subprocess.run(command("whole"), check=True, capture_output=True)
    least = random.choice((1, 2))
    with subprocess.Popen(command("killed"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        steps = tmp_path / "killed.work" / "steps"
        while process.poll() is None:
            if steps.is_dir() and sum(1 for _ in steps.glob("checkpoint-*/trainer_state.json")) >= least:
                process.send_signal(signal.SIGKILL)
                break
    assert not (tmp_path / "killed").exists()
    assert json.loads((tmp_path / "killed.work" / "job.json").read_text(encoding="utf-8"))["known"] == 1500
    text = desk.read_text(encoding="utf-8")
    desk.write_text(text.replace("old hand", "veteran"), encoding="utf-8")
    changed = subprocess.run(command("killed", "--resume"), capture_output=True, text=True, check=False)
    assert changed.returncode == 2
    assert "was begun with another base, glossary or setting" in changed.stderr
    desk.write_text(text, encoding="utf-8")
    subprocess.run(command("killed", "--resume"), check=True, capture_output=True)
    first, second = ((tmp_path / name / "model.safetensors").read_bytes() for name in ("whole", "killed"))
    assert first == second


def test_what_training_needs_is_named(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded: dict[str, Any] = {name: None for name in sys.modules if name.startswith(("mtqa.teach.run", "mtqa.train"))}
    for name in loaded:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "torch", None)
    assert main(["train", "-g", str(desk), "-o", str(tmp_path / "x")]) == 2
    assert "mtqa: training needs torch, which is not installed; pip install 'mtqa[train]'\n" in capsys.readouterr().err
