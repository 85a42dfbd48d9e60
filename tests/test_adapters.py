"""Adapters: what was not taught says what it said, to the last bit, in torch and in the exported network."""

from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")


@pytest.fixture(scope="module")
def encoder() -> Any:
    from transformers import BertConfig, BertModel

    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=200, hidden_size=64, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        type_vocab_size=3, attn_implementation="eager",
    )  # fmt: skip
    return BertModel(config, add_pooling_layer=False)


def model(encoder: Any, rank: int) -> Any:
    import copy

    from mtqa.train.encoder import Classifier

    torch.manual_seed(2)
    return Classifier(copy.deepcopy(encoder), rank).eval()


def inputs() -> tuple[Any, Any]:
    ids = torch.randint(4, 200, (3, 12), generator=torch.Generator().manual_seed(5))
    types = torch.zeros_like(ids)
    types[:, 3:5], types[0, 8:], types[1, 8:], types[2, 8:] = 1, 2, 3, 2
    return ids, types


def test_adapters_start_by_changing_nothing(encoder: Any, tmp_path: Path) -> None:
    from mtqa.train.export import load_weights, save_weights

    save_weights(model(encoder, 0), tmp_path / "plain.safetensors")
    plain, wide = (load_weights(model(encoder, rank), tmp_path / "plain.safetensors") for rank in (0, 64))
    for one, other in zip(plain(*inputs()), wide(*inputs()), strict=True):
        assert torch.equal(one, other)


def test_only_taught_rows_pass_the_adapters(encoder: Any, tmp_path: Path) -> None:
    import onnxruntime

    from mtqa.train.export import load_weights, network, save_weights

    save_weights(model(encoder, 0), tmp_path / "plain.safetensors")
    wide = load_weights(model(encoder, 64), tmp_path / "plain.safetensors")
    before = wide(*inputs())
    with torch.no_grad():
        for adapter in wide.adapters:
            adapter.up.weight.normal_(generator=torch.Generator().manual_seed(3))
    pair, tokens = wide(*inputs())
    assert torch.equal(pair[[0, 2]], before[0][[0, 2]])
    assert torch.equal(tokens[[0, 2]], before[1][[0, 2]])
    assert abs(pair[1] - before[0][1]) > 1e-3
    session = onnxruntime.InferenceSession(network(wide))
    ids, types = inputs()
    found, _ = session.run(["pair", "tokens"], {"input_ids": ids.numpy(), "token_type_ids": types.numpy()})
    assert torch.allclose(torch.from_numpy(found), pair, atol=1e-4)


def test_training_touches_adapters_alone(encoder: Any) -> None:
    from mtqa.train.loop import _groups
    from mtqa.train.recipe import Recipe

    wide = model(encoder, 64)
    groups = list(_groups(wide, Recipe(rate=1e-3, head_rate=5e-4)))
    assert [group["lr"] for group in groups] == [1e-3, 5e-4]
    trained = {name.split(".")[0] for name, value in wide.named_parameters() if value.requires_grad}
    assert trained == {"adapters", "taught_pair"}


def test_snapping_leaves_what_was_not_taught(encoder: Any) -> None:
    from mtqa.train.export import snap

    wide = model(encoder, 64)
    before = {name: value.clone() for name, value in wide.state_dict().items()}
    snap(wide)
    changed = {name.split(".")[0] for name, value in wide.state_dict().items() if not torch.equal(value, before[name])}
    assert changed == {"adapters", "taught_pair"}
