"""The classifier as a torch module: one encoder, a head over marked words and entry, a head over every token."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoConfig, AutoModel, PreTrainedModel

from mtqa.features import ENTRY, MARKED, TAUGHT

_TYPES = 3
PAD = 0

RANK = "adapter_rank"
"""Setting of a config.json: the width of the adapters, 0 for none."""


class Adapter(nn.Module):
    """Add to the hidden states of taught rows what a narrow layer makes of them (Houlsby et al., 2019).

    It starts by adding nothing. Rows that are not taught pass unchanged, to the last bit.
    """

    def __init__(self, width: int, rank: int) -> None:
        super().__init__()
        self.down = nn.Linear(width, rank)
        self.up = nn.Linear(rank, width)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)

    def forward(self, hidden: Tensor, taught: Tensor) -> Tensor:
        """Return hidden states `(batch, tokens, width)`; `taught` is `(batch, 1, 1)`, 1 for a taught row."""
        added: Tensor = self.up(functional.gelu(self.down(hidden)))
        return hidden + taught * added


class Classifier(nn.Module):
    """Answer both questions of the design (section 5) with one encoder.

    `forward` takes `input_ids` and `token_type_ids`, both `(batch, tokens)` of int64; token 0 is padding. It returns
    the logit of a literal mistranslation, `(batch,)`, and those of calque and error for each token,
    `(batch, tokens, 2)`.

    With a `rank` it can be taught more: rows whose entry is of type `TAUGHT` pass adapters and a head of their own,
    and only those are trained, so that nothing else is forgotten.
    """

    def __init__(self, encoder: PreTrainedModel, rank: int = 0) -> None:
        super().__init__()
        self.encoder: Any = encoder
        width = self.encoder.config.hidden_size
        self._widen_types(width)
        self.dropout = nn.Dropout(0.1)
        self.pair = _pair_head(width)
        self.token = nn.Linear(width, 2)
        self.rank = rank
        if rank:
            self._gate = _Gate()
            adapters = []
            for layer in encoder.encoder.layer:  # type: ignore[union-attr]
                adapters.append(Adapter(width, rank))
                layer.register_forward_hook(_passage(adapters[-1], self._gate))
            self.adapters = nn.ModuleList(adapters)
            self.taught_pair = _pair_head(width)

    def _widen_types(self, width: int) -> None:
        """Give the encoder a token type for marked words and one for the entry, both near that of the sentence."""
        old = self.encoder.embeddings.token_type_embeddings.weight
        if len(old) == _TYPES:
            return
        new = nn.Embedding(_TYPES, width)
        with torch.no_grad():
            new.weight.copy_(old[:1].expand(_TYPES, width) + 0.02 * torch.randn(_TYPES, width))
            new.weight[0] = old[0]
        self.encoder.embeddings.token_type_embeddings = new
        self.encoder.config.type_vocab_size = _TYPES

    def forward(self, input_ids: Tensor, token_type_ids: Tensor) -> tuple[Tensor, Tensor]:
        """Return pair logits and token logits; see the class."""
        mask = (input_ids != PAD).long()
        taught = (token_type_ids == TAUGHT).any(1, keepdim=True)
        if self.rank:
            self._gate.taught = taught.unsqueeze(-1).float()
        types = token_type_ids.clamp(max=ENTRY)
        hidden = self.encoder(input_ids=input_ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        hidden = self.dropout(hidden)
        marked = _mean(hidden, types == MARKED)
        entry = _mean(hidden, types == ENTRY)
        joined = torch.cat([hidden[:, 0], marked, entry, marked * entry, (marked - entry).abs()], dim=-1)
        pair = self.pair(joined)
        if self.rank:
            pair = torch.where(taught, self.taught_pair(joined), pair)
        return pair.squeeze(-1), self.token(hidden)


class _Gate:
    """Carry which rows are taught round the encoder's own code, which knows of none."""

    taught: Tensor


def _passage(adapter: Adapter, gate: _Gate) -> Callable[..., Any]:
    """Return a hook that sends the output of an encoder's layer through an adapter."""

    def hook(_layer: nn.Module, _inputs: Any, output: Any) -> Any:
        if isinstance(output, tuple):
            return (adapter(output[0], gate.taught), *output[1:])
        return adapter(output, gate.taught)

    return hook


def _pair_head(width: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(5 * width, width), nn.GELU(), nn.Dropout(0.1), nn.Linear(width, 1))


def _mean(hidden: Tensor, mask: Tensor) -> Tensor:
    """Return the mean of the masked tokens, `(batch, width)`; zero where there are none."""
    weights = mask.to(hidden.dtype).unsqueeze(-1)
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1)


# sdpa's export to ONNX follows the shapes of the example, and eager is no slower on short sentences.
_ATTENTION = "eager"


def on_encoder(base: str | Path) -> Classifier:
    """Return a classifier with new heads on a pretrained encoder: a folder, or a name on the hub. Raises OSError."""
    return Classifier(
        AutoModel.from_pretrained(
            base, add_pooling_layer=False, attn_implementation=_ATTENTION, trust_remote_code=False
        )
    )


def of_shape(folder: Path, rank: int = 0, seed: int = 1) -> Classifier:
    """Return a classifier with the shape of a model folder, its weights still to be loaded.

    `rank` is the width of adapters where the folder has none, `seed` what they begin as. Raises OSError and ValueError.
    """
    torch.manual_seed(seed)
    _check(json.loads((folder / "config.json").read_text(encoding="utf-8")))
    config = AutoConfig.from_pretrained(folder, trust_remote_code=False)
    encoder = AutoModel.from_config(  # type: ignore[no-untyped-call]
        config, add_pooling_layer=False, attn_implementation=_ATTENTION
    )
    return Classifier(encoder, getattr(config, RANK, 0) or rank)


_MOST = {
    "hidden_size": 4096, "num_hidden_layers": 48, "intermediate_size": 16_384, "vocab_size": 500_000, RANK: 1024,
}  # fmt: skip


def _check(settings: dict[str, Any]) -> None:
    """Raise ValueError for settings that are no model's, or would exhaust the memory."""
    if settings.get("model_type") != "bert":
        raise ValueError(f"model_type is {settings.get('model_type')!r}, bert is read")
    for name, most in _MOST.items():
        value = settings.get(name, 0)
        if not isinstance(value, int) or not 0 <= value <= most:
            raise ValueError(f"{name} is {value!r}, at most {most:,} is read")


def shape_of(model: Classifier) -> dict[str, Any]:
    """Return the settings of a classifier's encoder, from which `of_shape` makes another like it."""
    return {**model.encoder.config.to_dict(), RANK: model.rank}
