"""The bundled glossaries are tested as data: sound, sorted, unique, and every example behaves."""

from collections import Counter
from pathlib import Path

import pytest

from mtqa.glossary import Glossary, bundled_paths, load_glossary
from mtqa.verify import verify

DOMAINS = {
    "business", "chengyu", "consumer", "ecommerce", "energy", "entertainment", "finance", "journalese", "logistics",
    "media", "names", "policy", "property", "sayings", "society", "sport", "technology", "work",
}  # fmt: skip


@pytest.mark.parametrize("path", bundled_paths(), ids=lambda path: path.stem)
def test_glossary_is_sound(path: Path) -> None:
    problems = [f"{p.where}: {p.what}" for p in verify(path, bundled_paths())]
    assert problems == []


def test_domains_and_size() -> None:
    assert {path.stem for path in bundled_paths()} >= DOMAINS
    assert len(load_glossary(bundled_paths())) >= 900


def test_ids_are_unique_over_all_files() -> None:
    counts = Counter(id_ for path in bundled_paths() for id_ in load_glossary([path]).ids)
    assert [id_ for id_, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("zh", "literal"),
    [
        ("打野", "wild hunt"),
        ("内卷", "internal volume"),
        ("羊毛党", "wool party"),
        ("出海口", "outlet"),
        ("风口", "outlet"),
    ],
)
def test_what_the_project_began_with(zh: str, literal: str, bundled: Glossary) -> None:
    found = [term for term in bundled.terms.values() if zh in term.zh]
    assert any(form.text == literal for term in found for form in term.literal)
