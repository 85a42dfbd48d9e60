"""Teaches a desk's terms to a model: rows, training, export, the gate, and one whole folder at the end or none."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from mtqa.classify import Classifier, Use, open_folder, read_json, sigmoid
from mtqa.errors import MtqaError
from mtqa.glossary import bundled_paths
from mtqa.teach import card, gate
from mtqa.teach.desk import Desk
from mtqa.teach.folder import write_json, write_model
from mtqa.teach.lessons import Lessons, lessons
from mtqa.teach.progress import bar
from mtqa.train import store
from mtqa.train.agree import torch_logits
from mtqa.train.batches import RowEncoder
from mtqa.train.encoder import Classifier as Network
from mtqa.train.encoder import of_shape
from mtqa.train.export import load_weights
from mtqa.train.loop import train
from mtqa.train.plan import plan, plan_dev
from mtqa.train.recipe import Recipe
from mtqa.train.rows import PairRow

RECIPE = Recipe(epochs=12, rate=1e-3, head_rate=5e-4, looks=4, patience=2)
"""How a trained model is taught more; `mtqa.train.recipe` holds how one is made."""

WEIGHTS = "model.safetensors"
ADAPTER_RANK = 64
"""Width of the adapters; quantised matrices want a multiple of 64."""

_CHECKED = 200
_APART = 0.02
_FEWEST_KEPT = 10

Say = Callable[[str], None]


class Job(NamedTuple):
    """Hold what is to be done.

    `known` is how many bundled rows are read again, `points` how much a figure of the gate may fall.
    """

    base: Path
    output: Path
    recipe: Recipe
    known: int = 1_500
    points: float = 1.0
    thorough: bool = False
    accept: bool = False
    resume: bool = False

    @property
    def work(self) -> Path:
        """Return the folder of what is unfinished."""
        return self.output.with_name(self.output.name + ".work")

    @property
    def rejected(self) -> Path:
        """Return where a model goes that lost too much."""
        return self.output.with_name(self.output.name + ".rejected")


class Outcome(NamedTuple):
    """Hold where the model is, and what the gate found."""

    folder: Path
    verdict: gate.Verdict


def teach(desk: Desk, job: Job, say: Say) -> Outcome:
    """Train, export and measure a model; `say` is told what is being done.

    Raises MtqaError when the base is no model with weights, the output is there already, unfinished work is in the
    way, or the network that was written does not say what torch says.
    """
    _look_round(desk, job)
    model = _weights(job.base, job.recipe.seed)
    base = Classifier(job.base)
    encoder = RowEncoder(job.base)
    rows = lessons(desk, base, job.known, job.recipe.seed)
    _train(model, desk, job, rows, encoder, base, say)
    say("writing the network")
    folder = job.work / "model"
    shutil.rmtree(folder, ignore_errors=True)
    written = write_model(model, job.base, folder)
    taught = sorted({term.id for term, _ in (*desk.examples, *desk.kept)} | {term.id for term in desk.terms})
    write_json(folder / "thresholds.json", {**read_json(job.base / "thresholds.json"), "taught": taught})
    checked = [row._replace(is_taught=row.term.id in taught) for row in (*rows.dev.pairs, *rows.new.pairs)]
    _check_network(written, encoder, folder, checked[-_CHECKED:])
    say("measuring what it knows and what it forgot")
    verdict = gate.judge(desk, base, Classifier(folder), job.points, thorough=job.thorough)
    write_json(folder / "metrics.json", gate.figures(verdict))
    (folder / "card.md").write_text(card.text(job.output.name, desk, base, rows, job.recipe, verdict), encoding="utf-8")
    goal = job.output if job.accept or not verdict.lost else job.rejected
    if goal == job.rejected:
        shutil.rmtree(goal, ignore_errors=True)
    folder.rename(goal)
    shutil.rmtree(job.work)
    return Outcome(goal, verdict)


def _look_round(desk: Desk, job: Job) -> None:
    forgotten = sorted(open_folder(job.base).thresholds.taught - set(desk.glossary.ids))
    if forgotten:
        more = f" and {len(forgotten) - 1} more" if len(forgotten) > 1 else ""
        what = f"was taught {forgotten[0]}{more}, which no glossary here holds; name that one too, or it forgets them"
        raise MtqaError(str(job.base), what)
    if not (job.base / WEIGHTS).is_file():
        raise MtqaError(str(job.base), f"has no {WEIGHTS} to go on from; give --base a folder that mtqa train wrote")
    if job.output.exists():
        raise MtqaError(str(job.output), "is there already; give --output another name, or move the old model away")
    if job.work.exists() and not job.resume:
        raise MtqaError(str(job.work), "holds an unfinished training; go on with --resume, or remove it")
    if job.resume and not job.work.exists():
        raise MtqaError(str(job.work), "is not there, so nothing is to be resumed; leave out --resume")


def _train(
    model: Network, desk: Desk, job: Job, rows: Lessons, encoder: RowEncoder, base: Classifier, say: Say
) -> None:
    """Train, from where an earlier run of the same work stopped if there was one."""
    recipe = job.recipe
    mark = _mark(desk, job, base)
    if job.resume and (job.work / "job.json").exists():
        if read_json(job.work / "job.json") != mark:
            what = "was begun with another base, glossary or setting; give the same ones, or remove it and begin anew"
            raise MtqaError(str(job.work), what)
    else:
        if not rows.new.pairs and not rows.once.pairs:
            raise MtqaError("", "nothing to train on; write examples, or raise --replay")
        shutil.rmtree(job.work, ignore_errors=True)
        _make(job.work)
        say(card.counted(rows))
        store.save(plan(encoder, rows.new, recipe, rows.once), job.work / "batches")
        store.save(plan_dev(encoder, rows.dev, recipe), job.work / "dev")
        write_json(job.work / "job.json", mark)
    stops_early = len(desk.kept) >= _FEWEST_KEPT
    if not stops_early:
        say(f"{len(desk.kept)} examples kept back: too few to stop early by, so all steps are done")
    with bar("training") as progress:
        dev = store.load(job.work / "dev") if stops_early else None
        train(model, store.load(job.work / "batches"), recipe, job.work / "steps", progress, dev)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise MtqaError(str(folder), f"cannot be made: {(error.strerror or str(error)).lower()}") from None


def _weights(folder: Path, seed: int) -> Network:
    try:
        return load_weights(of_shape(folder, ADAPTER_RANK, seed), folder / WEIGHTS)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        what = f"does not fit its config.json ({str(error).splitlines()[0][:200]}); copy the folder from its source"
        raise MtqaError(str(folder / WEIGHTS), what) from None


def _mark(desk: Desk, job: Job, base: Classifier) -> dict[str, Any]:
    """Name all that a training depends on, so that a resumed one is the same."""
    taught = repr((desk.terms, [example for _, example in (*desk.examples, *desk.kept)]))
    return {
        "base": base.signature,
        "weights": crc32((job.base / WEIGHTS).read_bytes()),
        "desk": crc32(taught.encode()),
        "bundled": [crc32(path.read_bytes()) for path in bundled_paths()],
        "recipe": json.loads(json.dumps(job.recipe._asdict())),
        "known": job.known,
    }


def _check_network(model: Network, encoder: RowEncoder, folder: Path, rows: Sequence[PairRow]) -> None:
    found = Classifier(folder).use_logits([Use(row.text, row.span, row.term) for row in rows])
    expected = torch_logits(model, encoder, rows)
    apart = max((abs(sigmoid(a) - sigmoid(b)) for a, b in zip(found, expected, strict=True)), default=0.0)
    if apart > _APART:
        what = f"says something else than torch: scores are up to {apart:.3f} apart, {_APART} is allowed; file a bug"
        raise MtqaError(str(folder / "model.onnx"), what)
