"""Glossaries: the knowledge of mtqa, read from TSV files that open in a spreadsheet (design, section 4)."""

from mtqa.glossary.load import bundled_paths, load_examples, load_glossary
from mtqa.glossary.stack import Glossary, of_terms

__all__ = ["Glossary", "bundled_paths", "load_examples", "load_glossary", "of_terms"]
