"""The sample articles hold together: three texts line by line, and marks that stand where they say."""

from pathlib import Path

import pytest

from mtqa.errors import MtqaError
from mtqa.read import read

SEEDS = Path(__file__).parents[1] / "seeds"
ARTICLES = sorted(path for path in SEEDS.iterdir() if path.is_dir())
ORIGINAL = SEEDS.parents[1] / "shared" / "seeds"


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def test_there_are_several() -> None:
    assert len(ARTICLES) >= 18


@pytest.mark.parametrize("folder", ARTICLES, ids=lambda path: path.name)
def test_texts_are_aligned_by_line(folder: Path) -> None:
    zh, mt, en = (lines(folder / f"{name}.txt") for name in ("zh", "mt", "en"))
    assert len(zh) == len(mt) == len(en)
    for chinese, machine, editor in zip(zh, mt, en, strict=True):
        assert bool(chinese.strip()) == bool(machine.strip()) == bool(editor.strip())


@pytest.mark.parametrize("folder", ARTICLES, ids=lambda path: path.name)
def test_marks_stand_in_their_lines(folder: Path) -> None:
    mt, zh = lines(folder / "mt.txt"), lines(folder / "zh.txt")
    head, *rows = lines(folder / "marks.tsv")
    assert head.split("\t") == ["line", "text", "zh", "idiomatic"]
    assert len(rows) >= 20
    for row in rows:
        number, words, chinese, idiomatic = row.split("\t")
        assert words in mt[int(number) - 1]
        assert chinese
        assert idiomatic
    marked = [chinese for row in rows for number, _, chinese, _ in [row.split("\t")] if chinese in zh[int(number) - 1]]
    assert len(marked) >= 0.9 * len(rows)


@pytest.mark.parametrize("folder", ARTICLES, ids=lambda path: path.name)
def test_the_editors_english_is_left_alone(folder: Path, bundled_linter: object) -> None:
    from mtqa.segment import segment

    document = segment(read(folder / "en.txt"))
    found = [f for f in bundled_linter.lint(document) if f.severity == "major"]  # type: ignore[attr-defined]
    assert [document.text[slice(*finding.span)] for finding in found] == []


@pytest.mark.skipif(not ORIGINAL.is_dir(), reason="../shared/seeds is not here: nothing to hold the project against")
def test_the_article_that_the_project_began_with(bundled_linter: object) -> None:
    from mtqa.segment import segment

    (path,) = ORIGINAL.glob("*.txt")
    document = segment(read(path))
    found = [f for f in bundled_linter.lint(document) if f.severity != "note"]  # type: ignore[attr-defined]
    words = {document.text[slice(*finding.span)].lower() for finding in found}
    assert len(found) >= 110
    assert {"wild hunting", "outlet", "internal volume", "wool party", "basic plate", "white give"} <= words
    assert not words & {"bad money drives out good", "last line of defense", "pain points", "user first"}


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(MtqaError, match="is a folder without articles"):
        read(tmp_path)
