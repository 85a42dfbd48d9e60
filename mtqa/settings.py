"""Puts flags, configuration and defaults together into a linter: flags beat config beats defaults."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mtqa import checks
from mtqa.bundled import bundled_model
from mtqa.config import NO_MODEL, Config, find_config, load_config
from mtqa.document import Document
from mtqa.errors import MtqaError
from mtqa.finding import Finding, at_least
from mtqa.glossary import bundled_paths, load_glossary
from mtqa.pipeline import Linter

if TYPE_CHECKING:
    from mtqa.classify import Classifier


class Settings(NamedTuple):
    """Hold a linter, the severity that fails, and the rules and terms whose findings are dropped.

    With `waved` the findings that a review waved through are dropped too.
    """

    linter: Linter
    fail_on: str
    ignore: frozenset[str]
    waved: bool = True

    def lint(self, document: Document) -> list[Finding]:
        """Return the findings of a document, without those on ignored terms and those waved through.

        Raises MtqaError like `Linter.lint`, and for a broken file of what was waved through.
        """
        return self.sifted(document)[0]

    def sifted(self, document: Document) -> tuple[list[Finding], list[Finding]]:
        """Return the findings of a document and, apart from them, those waved through. Raises MtqaError like `lint`."""
        found = [f for f in self.linter.lint(document) if not (f.term and f.term.id in self.ignore)]
        # Most articles have no such file, and a lint without one need not know how it is read.
        if not self.waved or not os.path.lexists(document.path + ".mtqa.json"):
            return found, []
        from mtqa.review.waved import load_waved, sift

        return sift(document, found, load_waved(Path(document.path)))

    def fails(self, finding: Finding) -> bool:
        """Tell whether a finding is bad enough for exit code 1."""
        return self.fail_on != "never" and at_least(finding.severity, self.fail_on)


def load_settings(arguments: argparse.Namespace) -> Settings:
    """Build the linter that the flags and the configuration ask for.

    Raises MtqaError for a configuration, glossary or model that cannot be used, and for a name that does not exist.
    """
    config = _config(arguments)
    paths = [] if arguments.no_bundled or not config.bundled else bundled_paths()
    glossary = load_glossary([*paths, *config.glossaries, *arguments.glossary])
    where = str(config.path or "")
    for rule in config.rules:
        _known(rule, checks.rules(), f"{where}: rules")
    options = {rule: checks.options_for(rule, table, where) for rule, table in config.rules.items()}
    ignore = _names(arguments.ignore) or list(config.ignore)
    for name in ignore:
        _known(name, (*checks.rules(), *glossary.ids), "--ignore")
    linter = Linter(
        glossary, _rules(arguments, config, ignore), options, classifier_for(arguments.model or config.model)
    )
    return Settings(linter, arguments.fail_on or config.fail_on, frozenset(ignore), not arguments.no_waved)


def _config(arguments: argparse.Namespace) -> Config:
    if arguments.config:
        return load_config(arguments.config)
    path = find_config(Path.cwd())
    return load_config(path) if path else Config()


def classifier_for(chosen: Path | str | None) -> "Classifier | None":
    """Load the model that a flag or setting names: a folder, "none", or nothing for the one that comes with mtqa.

    Raises MtqaError when it is broken, or when what runs it is not installed.
    """
    if chosen == NO_MODEL:
        return None
    folder = Path(chosen) if chosen else bundled_model()
    try:
        from mtqa.classify import Classifier
    except ImportError as error:
        what = f"cannot be run, {error.name} is missing; pip install onnxruntime tokenizers numpy, or say --model none"
        raise MtqaError(str(folder), what) from None
    return Classifier(folder)


def _names(values: list[str]) -> list[str]:
    return [name for value in values for part in value.split(",") if (name := part.strip())]


def _rules(arguments: argparse.Namespace, config: Config, ignore: list[str]) -> list[str]:
    selected = _names(arguments.select) or list(config.select) or list(checks.rules())
    for rule in selected:
        _known(rule, checks.rules(), "--select")
    return [rule for rule in selected if rule not in ignore]


def _known(name: str, names: tuple[str, ...], where: str) -> None:
    if name not in names:
        from difflib import get_close_matches

        near = get_close_matches(name, names, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"rules are {', '.join(checks.rules())}"
        raise MtqaError(where, f"nothing is called {name!r}; {hint}")
