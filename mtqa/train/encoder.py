"""The classifier as a torch module: one encoder, a head over marked words and entry, a head over every token."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from mtqa.features import ENTRY, MARKED

_TYPES = 3
PAD = 0


class Classifier(nn.Module):
    """Answer both questions of the design (section 5) with one encoder.

    `forward` takes `input_ids` and `token_type_ids`, both `(batch, tokens)` of int64; token 0 is padding. It returns
    the logit of a literal mistranslation, `(batch,)`, and those of calque and error for each token,
    `(batch, tokens, 2)`.
    """

    def __init__(self, base: str | Path) -> None:
        super().__init__()
        # sdpa's export to ONNX follows the shapes of the example, and eager is no slower on short sentences.
        self.encoder = AutoModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")
        width = self.encoder.config.hidden_size
        self._widen_types(width)
        self.dropout = nn.Dropout(0.1)
        self.pair = nn.Sequential(nn.Linear(5 * width, width), nn.GELU(), nn.Dropout(0.1), nn.Linear(width, 1))
        self.token = nn.Linear(width, 2)

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
        hidden = self.encoder(input_ids=input_ids, attention_mask=mask, token_type_ids=token_type_ids).last_hidden_state
        hidden = self.dropout(hidden)
        marked = _mean(hidden, token_type_ids == MARKED)
        entry = _mean(hidden, token_type_ids == ENTRY)
        joined = torch.cat([hidden[:, 0], marked, entry, marked * entry, (marked - entry).abs()], dim=-1)
        return self.pair(joined).squeeze(-1), self.token(hidden)


def _mean(hidden: Tensor, mask: Tensor) -> Tensor:
    """Return the mean of the masked tokens, `(batch, width)`; zero where there are none."""
    weights = mask.to(hidden.dtype).unsqueeze(-1)
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1)
