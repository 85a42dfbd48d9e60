"""Fixtures that many tests share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mtqa.commands import main
from mtqa.document import Document, make_document
from mtqa.glossary import Glossary, bundled_paths, load_glossary
from mtqa.pipeline import Linter
from mtqa.segment import segment

DATA = Path(__file__).parent / "data"
WORDS = "the wool party came for coupons and left a railway track bargain hunters sector outlet of city in may".split()


@pytest.fixture(scope="session")
def mini() -> Glossary:
    """A small glossary that only the tests change."""
    return load_glossary([DATA / "mini.tsv"])


@pytest.fixture(scope="session")
def mini_linter(mini: Glossary) -> Linter:
    return Linter(mini, ["literal"])


@pytest.fixture(scope="session")
def bundled() -> Glossary:
    return load_glossary(bundled_paths())


@pytest.fixture(scope="session")
def bundled_linter(bundled: Glossary) -> Linter:
    return Linter(bundled, ["literal"])


@pytest.fixture
def document() -> Callable[[str], Document]:
    return lambda text: segment(make_document("test.txt", text))


class Result:
    """What a run of the command line gave."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def mtqa(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command line in an empty folder, with the small glossary alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: object, glossary: bool = True) -> Result:
        flags = ["--no-bundled", "--glossary", str(DATA / "mini.tsv"), "--model", "none"] if glossary else []
        try:
            code = main([*map(str, arguments), *flags])
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an encoder of two small layers and a vocabulary of a few words."""
    torch = pytest.importorskip("torch")
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("base")
    vocabulary = {word: i for i, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    ).save_pretrained(folder)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=30_000, hidden_size=64, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        type_vocab_size=2,
    )  # fmt: skip
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder
