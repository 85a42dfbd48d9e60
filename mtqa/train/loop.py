"""Trains the classifier on both heads at once, with the Trainer of transformers: checkpoints, mixed precision, GPUs."""

import json
import math
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import torch
from datasets import Dataset
from torch import Tensor, nn
from torch.nn import functional
from transformers import EarlyStoppingCallback, PrinterCallback, Trainer, TrainerCallback, TrainingArguments, logging

from mtqa.train.batches import IGNORED
from mtqa.train.encoder import Classifier
from mtqa.train.plan import collated
from mtqa.train.recipe import Recipe


class Status(NamedTuple):
    """Hold how far training is: steps done and in all, the mean loss lately, that of development rows if looked at."""

    done: int
    steps: int
    loss: float | None
    dev_loss: float | None


Progress = Callable[[Status], None]


class _Lesson(nn.Module):
    """Say the loss of a batch, as the Trainer wants it."""

    def __init__(self, model: Classifier, recipe: Recipe) -> None:
        super().__init__()
        self.model = model
        self.recipe = recipe

    def forward(
        self, input_ids: Tensor, token_type_ids: Tensor, labels: Tensor, weights: Tensor, is_pair: bool
    ) -> dict[str, Tensor]:
        """Return the loss; for the shapes see `Batch`."""
        pair, token = self.model(input_ids, token_type_ids)
        if is_pair:
            return {"loss": pair_loss(pair.float(), labels, weights)}
        return {"loss": token_loss(token.float(), labels, weights, self.recipe)}


def train(
    model: Classifier,
    batches: Dataset,
    recipe: Recipe,
    folder: Path,
    progress: Progress,
    dev: Dataset | None = None,
) -> Classifier:
    """Train a model in place and return it; the same seed, rows and machine give the same weights.

    Checkpoints go into `folder`; where it holds some of the same training, that goes on from the last whole one and
    ends as if it had never stopped. With `dev` the weights of the best look at it are kept, and training stops early.
    """
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    steps = len(batches)
    between = max(1, -(-steps // recipe.looks))
    # Early stopping needs a checkpoint for each look: the best one is what is kept.
    arguments = TrainingArguments(
        output_dir=str(folder), num_train_epochs=1, per_device_train_batch_size=1, per_device_eval_batch_size=1,
        train_sampling_strategy="sequential", remove_unused_columns=False, seed=recipe.seed, bf16=recipe.bf16,
        save_strategy="steps", save_steps=between, save_total_limit=2,
        eval_strategy="steps" if dev else "no", eval_steps=between if dev else None,
        load_best_model_at_end=dev is not None, metric_for_best_model="eval_loss" if dev else None,
        greater_is_better=False if dev else None, prediction_loss_only=True, label_names=["labels"],
        logging_steps=max(1, steps // 100), disable_tqdm=True, report_to="none", use_cpu=not torch.cuda.is_available(),
        dataloader_pin_memory=torch.cuda.is_available(), restore_callback_states_from_checkpoint=True,
    )  # fmt: skip
    optimizer = torch.optim.AdamW(list(_groups(model, recipe)), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda done: _schedule(done, steps))
    callbacks: list[TrainerCallback] = [_Watcher(progress)]
    if dev:
        callbacks.append(EarlyStoppingCallback(early_stopping_patience=recipe.patience))
    trainer = Trainer(
        _Lesson(model, recipe), arguments, collated, batches, dev, optimizers=(optimizer, schedule), callbacks=callbacks
    )
    trainer.remove_callback(PrinterCallback)
    last = last_checkpoint(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trainer.train(resume_from_checkpoint=str(last) if last else None)
    return model.cpu().eval()


def last_checkpoint(folder: Path) -> Path | None:
    """Return the newest whole checkpoint of a folder; the Trainer writes its state last."""
    found = sorted(folder.glob("checkpoint-*"), key=lambda path: int(path.name.rpartition("-")[2]))
    return next((path for path in reversed(found) if _is_whole(path / "trainer_state.json")), None)


def _is_whole(state: Path) -> bool:
    try:
        return "global_step" in json.loads(state.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


class _Watcher(TrainerCallback):
    """Tell the progress that the Trainer logs."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def on_log(self, args: Any, state: Any, control: Any, **said: Any) -> None:  # noqa: ARG002 - the Trainer's signature
        """Pass on what was logged."""
        logs = said["logs"]
        if "loss" in logs or "eval_loss" in logs:
            self._progress(Status(state.global_step, state.max_steps, logs.get("loss"), logs.get("eval_loss")))


def _schedule(done: int, steps: int, warmup: float = 0.06) -> float:
    """Return the factor of the learning rate: a linear rise, then a cosine down to nothing."""
    place = done / max(1, steps)
    if place < warmup:
        return place / warmup
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (place - warmup) / (1 - warmup))))


def _groups(model: Classifier, recipe: Recipe) -> Iterator[dict[str, object]]:
    if model.rank:
        model.requires_grad_(False)
        for part, rate in ((model.adapters, recipe.rate), (model.taught_pair, recipe.head_rate)):
            yield {"params": list(part.requires_grad_().parameters()), "lr": rate}
        return
    layers = model.encoder.encoder.layer
    embeddings = model.encoder.embeddings
    if recipe.frozen_embeddings:
        embeddings.word_embeddings.weight.requires_grad_(False)
        embeddings.position_embeddings.weight.requires_grad_(False)
    for depth, part in enumerate((*reversed(layers), embeddings)):
        parameters = [p for p in part.parameters() if p.requires_grad]
        if parameters:
            yield {"params": parameters, "lr": recipe.rate * recipe.decay**depth}
    yield {"params": [*model.pair.parameters(), *model.token.parameters()], "lr": recipe.head_rate}


def pair_loss(logits: Tensor, labels: Tensor, weights: Tensor) -> Tensor:
    """Return the weighted cross-entropy of marked uses."""
    loss = functional.binary_cross_entropy_with_logits(logits, labels, reduction="none")
    return (loss * weights).sum() / weights.sum()


def token_loss(logits: Tensor, labels: Tensor, weights: Tensor, recipe: Recipe) -> Tensor:
    """Return the weighted cross-entropy of the words that somebody judged."""
    known = (labels != IGNORED).float() * weights[:, None, None]
    factor = torch.where(labels > 0, 1.0 + (recipe.pos_weight - 1.0) * labels, 1.0)
    scales = torch.tensor([recipe.calque_weight, recipe.error_weight], device=logits.device)
    loss = functional.binary_cross_entropy_with_logits(logits, labels.clamp(min=0), reduction="none")
    total = known.sum((0, 1))
    return ((loss * known * factor).sum((0, 1)) / total.clamp(min=1) * scales * (total > 0)).sum()


def has_bf16() -> bool:
    """Tell whether this machine multiplies in bfloat16; without it that would be slower, not quicker."""
    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    found = torch.cpu.get_capabilities()
    return bool(found.get("avx512_bf16") or found.get("amx_bf16") or found.get("bf16"))
