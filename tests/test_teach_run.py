"""`mtqa train` interrupted, with early stopping, and at the gate: one whole folder at the end or none.

What else the command does stands in test_teach.py; one training here takes seconds, so runs are shared.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from mtqa.commands import main
from mtqa.document import Span
from mtqa.errors import MtqaError
from mtqa.glossary import load_glossary

pytest.importorskip("torch")
ROOT = Path(__file__).parents[1]
MINI = Path(__file__).parent / "data" / "mini.tsv"
NAMES = ("old fritter", "sour melon", "iron rice", "long tail", "blue sea")
FILES = [
    "card.md",
    "config.json",
    "metrics.json",
    "model.onnx",
    "model.safetensors",
    "thresholds.json",
    "tokenizer.json",
]

Run = Callable[..., int]


@pytest.fixture(scope="session")
def shaped(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder that nobody trained."""
    import torch

    from mtqa.teach.folder import write_model
    from mtqa.train.encoder import on_encoder

    folder = tmp_path_factory.mktemp("shaped")
    torch.manual_seed(1)
    write_model(on_encoder(base), base, folder)
    shutil.copyfile(ROOT / "models" / "press-small" / "thresholds.json", folder / "thresholds.json")
    return folder


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five terms with four bad and four good examples each, so that ten are kept back: enough to stop early by."""
    path = tmp_path_factory.mktemp("desk") / "desk.tsv"
    ids = [name.replace(" ", "-") for name in NAMES]
    terms = [f"{id_}\t词{i}\t{name}\tn: sector {i}" for i, (id_, name) in enumerate(zip(ids, NAMES, strict=True))]
    path.write_text("\n".join(["id\tzh\tliteral\tidiomatic", *terms, ""]), encoding="utf-8")
    rows = [
        f"{id_}\t{label}\tThe «{name}» of {place} left in May."
        for id_, name in zip(ids, NAMES, strict=True)
        for label, places in (
            ("bad", ("coupons", "city", "outlet", "track")),
            ("good", ("May", "hunters", "party", "wool")),
        )
        for place in places
    ]
    path.with_name("desk.examples.tsv").write_text("\n".join(["id\tlabel\tsentence", *rows, ""]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Put a small glossary in the place of the bundled ones, one sample article in that of all, and short batches."""
    folder = tmp_path_factory.mktemp("mini")
    mini = folder / "mini.tsv"
    shutil.copyfile(MINI, mini)
    rows = ["id\tlabel\tsentence", "wool-party\tbad\tThe «wool party» came.", "top-student\tbad\tA «top student» left."]
    (folder / "mini.examples.tsv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    import torch

    from mtqa.teach import run

    threads = torch.get_num_threads()
    # On busy cores the threads of a toy wait for each other longer than they work.
    torch.set_num_threads(1)
    with pytest.MonkeyPatch.context() as patch:
        for module in ("desk", "regression", "run"):
            patch.setattr(f"mtqa.teach.{module}.bundled_paths", lambda: [mini])
        for module in ("lessons", "regression"):
            patch.setattr(f"mtqa.teach.{module}.sample_articles", lambda _: iter([ROOT / "seeds" / "ev-price-war"]))
        patch.setattr("mtqa.teach.regression.wild", lambda _: 0)
        patch.setattr("mtqa.teach.run.RECIPE", run.RECIPE._replace(tokens=128))
        yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def train(shaped: Path, desk: Path, small: None) -> Run:
    fixed = ["train", "--base", str(shaped), "--glossary", str(desk), "--epochs", "2", "--precision", "fp32"]
    # What a toy forgets is not asked here but where the test says so.
    return lambda *arguments: main([*fixed, "--points", "100", *map(str, arguments)])


@pytest.fixture(scope="module")
def whole(train: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an undisturbed run writes."""
    folder = tmp_path_factory.mktemp("whole")
    assert train("-o", folder / "deep" / "mine") == 0
    return folder / "deep" / "mine"


def weights(folder: Path) -> bytes:
    return (folder / "model.safetensors").read_bytes()


def test_one_whole_folder_and_nothing_else(whole: Path) -> None:
    assert [path.name for path in whole.parent.iterdir()] == ["mine"]
    assert sorted(path.name for path in whole.iterdir()) == FILES


def test_the_folder_opens_and_says_what_it_was_taught(whole: Path, shaped: Path) -> None:
    from mtqa.classify import Classifier, Use

    model = Classifier(whole)
    assert model.folder.thresholds.taught == {name.replace(" ", "-") for name in NAMES}
    assert model.folder.thresholds._replace(taught=frozenset()) == Classifier(shaped).folder.thresholds
    term = load_glossary([MINI])["wool-party"]
    (logit,) = model.use_logits([Use("The wool party came.", Span(4, 14), term)])
    assert -50 < logit < 50
    settings = json.loads((whole / "config.json").read_text(encoding="utf-8"))
    assert (settings["mtqa_format"], settings["adapter_rank"]) == (1, 64)
    assert "_name_or_path" not in settings


def test_figures_are_of_the_examples_kept_back(whole: Path) -> None:
    figures = json.loads((whole / "metrics.json").read_text(encoding="utf-8"))
    assert sorted(figures["kept back"]["terms"]) == sorted(name.replace(" ", "-") for name in NAMES)
    assert [gate["name"] for gate in figures["gate"]] == [
        "all bundled terms", "flags in 1,000 words of good English", "cases met in real articles",
    ]  # fmt: skip
    card = (whole / "card.md").read_text(encoding="utf-8")
    assert card.startswith("# mine\n\nshaped")
    assert "No examples were kept back" not in card


def interrupted(at: int, seen: list[Any]) -> Callable[[str], AbstractContextManager[Any]]:
    """Return a progress bar that somebody presses ctrl-c at."""

    @contextmanager
    def bar(_: str) -> Iterator[Any]:
        def show(status: Any) -> None:
            seen.append(status)
            if status.done >= at:
                raise KeyboardInterrupt

        yield show

    return bar


def test_interrupted_and_resumed_is_as_if_nothing_was(
    train: Run, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "mine"
    seen: list[Any] = []
    with monkeypatch.context() as patch:
        patch.setattr("mtqa.teach.run.bar", interrupted(10**9, seen))
        patch.setattr("mtqa.teach.run.write_model", stop)
        assert train("-o", tmp_path / "other") == 130
    steps = seen[-1].steps
    assert sum(status.dev_loss is not None for status in seen) == 4  # it looked at what was kept back
    seen.clear()
    with monkeypatch.context() as patch:
        patch.setattr("mtqa.teach.run.bar", interrupted(steps * 2 // 3, seen))
        assert train("-o", output) == 130
    assert capsys.readouterr().err.endswith("mtqa: interrupted\n")
    assert not output.exists()
    assert sorted(path.name for path in output.with_name("mine.work").iterdir()) == [
        "batches",
        "dev",
        "job.json",
        "steps",
    ]
    assert train("-o", output) == 2
    assert (
        f"mtqa: {output}.work: holds an unfinished training; go on with --resume, or remove it"
        in capsys.readouterr().err
    )
    # To export again takes longest; the network of the undisturbed run is held against these weights.
    monkeypatch.setattr("mtqa.teach.folder.network", lambda _: b"")
    monkeypatch.setattr("mtqa.teach.folder.quantize", lambda _: (whole / "model.onnx").read_bytes())
    seen.clear()
    with monkeypatch.context() as patch:
        patch.setattr("mtqa.teach.run.bar", interrupted(10**9, seen))
        assert train("-o", output, "--resume") == 0
    assert seen[0].done > steps // 4  # the first steps were not done again
    assert weights(output) == weights(whole)
    assert not output.with_name("mine.work").exists()
    # The other one was stopped when all steps were done, and has only to be written.
    seen.clear()
    with monkeypatch.context() as patch:
        patch.setattr("mtqa.teach.run.bar", interrupted(10**9, seen))
        patch.setattr("mtqa.teach.gate.judge", stop)
        assert train("-o", tmp_path / "other", "--resume") == 130
    assert not [status for status in seen if status.loss is not None]
    assert not (tmp_path / "other").exists()
    assert weights(tmp_path / "other.work" / "model") == weights(whole)


def stop(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "change", [("--seed", 2), ("--epochs", 3), ("--replay", 1), ("--precision", "bf16")], ids=lambda change: change[0]
)
def test_a_resumed_training_must_be_the_same(
    train: Run, shaped: Path, desk: Path, tmp_path: Path, change: tuple[str, object], capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("mtqa.teach.run.train", stop)
    assert train("-o", tmp_path / "mine") == 130
    assert train("-o", tmp_path / "mine", "--resume", *change) == 2
    what = "was begun with another base, glossary or setting; give the same ones, or remove it and begin anew"
    assert capsys.readouterr().err.endswith(f"mtqa: {tmp_path}/mine.work: {what}\n")
    assert train("-o", tmp_path / "mine", "--resume") == 130


def test_other_examples_are_another_training(
    train: Run, desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mtqa.teach.run.train", stop)
    mine = tmp_path / "own.tsv"
    mine.write_bytes(desk.read_bytes())
    assert train("--glossary", mine, "-o", tmp_path / "mine") == 130
    examples = "id\tlabel\tsentence\nold-fritter\tbad\tAn «old fritter» spoke.\n"
    (tmp_path / "own.examples.tsv").write_text(examples, encoding="utf-8")
    assert train("--glossary", mine, "-o", tmp_path / "mine", "--resume") == 2
    assert "was begun with another base, glossary or setting" in capsys.readouterr().err


def test_work_that_had_hardly_begun_begins_anew(train: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("mtqa.teach.run.write_json", stop)
        assert train("-o", tmp_path / "mine") == 130
    assert not (tmp_path / "mine.work" / "job.json").exists()
    monkeypatch.setattr("mtqa.teach.run.train", stop)
    assert train("-o", tmp_path / "mine", "--resume") == 130
    assert (tmp_path / "mine.work" / "job.json").exists()


def test_the_gate_puts_aside_and_lists_what_was_lost(
    train: Run, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Training and export are those of `whole`; only the gate sees a loss."""
    from mtqa.teach.regression import Loss

    monkeypatch.setattr(
        "mtqa.teach.regression.losses", lambda *_: [Loss("all bundled terms", 90, 88, 1), Loss("a-b", 80, 60, 1)]
    )
    monkeypatch.setattr("mtqa.teach.run.train", lambda model, *_: model)
    monkeypatch.setattr("mtqa.teach.run.write_model", lambda *to: shutil.copytree(whole, to[-1]))
    monkeypatch.setattr("mtqa.teach.run._check_network", lambda *_: None)
    output, rejected = tmp_path / "mine", tmp_path / "mine.rejected"
    rejected.mkdir()
    (rejected / "old.txt").write_text("an earlier try", encoding="utf-8")
    assert train("-o", output) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.rejected"]
    assert sorted(path.name for path in rejected.iterdir()) == FILES
    card = (rejected / "card.md").read_text(encoding="utf-8")
    assert card[card.index("Of 1 bundled terms 1 lost") :] == (
        "Of 1 bundled terms 1 lost\nmore than is allowed.\n\n| | before | after | may worsen by |\n|---|---|---|---|\n"
        "| all bundled terms | 90.00 | 88.00 | 1 |\n| a-b | 80.00 | 60.00 | 1 |\n"
    )
    out, err = capsys.readouterr()
    assert out.endswith(f"{'a-b':<44}   80.00   60.00  lost\n")
    told = f"mtqa: 2 figures fell too far; the model is put aside as {rejected} (--accept-regression keeps it all the same)\n"
    assert err.endswith(told)
    assert train("-o", output, "--accept-regression") == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "mine.rejected"]
    assert capsys.readouterr().err.endswith(f"{output}: mtqa lint ARTICLE --model {output}\n")


def test_bundled_terms_that_reviews_taught_are_no_obstacle(
    shaped: Path, desk: Path, tmp_path: Path, small: None
) -> None:
    from mtqa.teach import run
    from mtqa.teach.desk import read_desk
    from mtqa.term import Example

    again = shutil.copytree(shaped, tmp_path / "again")
    thresholds = json.loads((again / "thresholds.json").read_text(encoding="utf-8"))
    (again / "thresholds.json").write_text(json.dumps({**thresholds, "taught": ["wool-party"]}), encoding="utf-8")
    mine = read_desk([desk], [])
    reviewed = (mine.glossary["wool-party"], Example("wool-party", "bad", "The wool party left.", (Span(4, 14),)))
    run._look_round(mine._replace(examples=(*mine.examples, reviewed)), run.Job(again, tmp_path / "new", run.RECIPE))


def test_nothing_to_train_on_is_said(
    shaped: Path, tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A term of ordinary words without examples, and nothing read again, leaves no row."""
    (tmp_path / "bare.tsv").write_text(
        "id\tzh\tliteral\tidiomatic\nx-y\t空\tx: zzyzx ??\tx: so be it\n", encoding="utf-8"
    )
    flags = ["--replay", "0", "--epochs", "1", "--precision", "fp32"]
    arguments = ["train", "--base", str(shaped), "-g", str(tmp_path / "bare.tsv"), "-o", str(tmp_path / "new"), *flags]
    assert main(arguments) == 2
    assert "mtqa: " in capsys.readouterr().err


def test_model_settings_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    from mtqa.classify import read_json
    from mtqa.teach.folder import write_json

    path = tmp_path / "x.json"
    write_json(path, {"b": 1, "a": Path("y")})
    assert path.read_text(encoding="utf-8") == '{\n  "a": "y",\n  "b": 1\n}\n'
    assert read_json(path) == {"a": "y", "b": 1}
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(MtqaError) as error:
        read_json(path)
    assert str(error.value) == f"{path}: holds no JSON object; copy the file from the model's source"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(MtqaError, match=r"x\.json: cannot be read \(.*\); copy the file from the model's source"):
        read_json(path)
