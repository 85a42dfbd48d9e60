"""Reads `[tool.mtqa]` of pyproject.toml, or mtqa.toml, found walking up to the root of the repository."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mtqa.errors import MtqaError
from mtqa.finding import SEVERITIES

FAIL_ON = (*reversed(SEVERITIES[1:]), "never")
NO_MODEL = "none"


class Config(NamedTuple):
    """Hold the settings of a project; paths are absolute. `path` is the file they came from, if any.

    `model` is a folder, "none", or empty for the one that comes with mtqa.
    """

    glossaries: tuple[Path, ...] = ()
    bundled: bool = True
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "major"
    model: Path | str = ""
    rules: Mapping[str, Mapping[str, Any]] = {}
    path: Path | None = None


_KEYS = {
    "glossaries": "a list of paths",
    "bundled": "true or false",
    "select": "a list of rules",
    "ignore": "a list of rules or term ids",
    "fail-on": "one of " + ", ".join(FAIL_ON),
    "model": 'the folder of a model, or "none"',
    "rules": "a table with one table a rule",
}


def find_config(start: Path) -> Path | None:
    """Return the nearest mtqa.toml, or pyproject.toml with `[tool.mtqa]`, at `start` or above it.

    The search ends at the root of a git repository.
    """
    for folder in (start, *start.parents):
        if (own := folder / "mtqa.toml").is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and _section(project) is not None:
            return project
        if (folder / ".git").exists():
            return None
    return None


def load_config(path: Path) -> Config:
    """Load the settings of one file.

    Raises MtqaError naming the key, what it holds and what is allowed.
    """
    table = _section(path)
    if table is None:
        raise MtqaError(str(path), "has no [tool.mtqa] section; add one")
    for key in table:
        if key not in _KEYS:
            raise MtqaError(str(path), f"key {key!r} is unknown; allowed are {', '.join(_KEYS)}")
    fail_on = table.get("fail-on", "major")
    if fail_on not in FAIL_ON:
        raise _wrong(path, "fail-on", fail_on)
    bundled = table.get("bundled", True)
    if not isinstance(bundled, bool):
        raise _wrong(path, "bundled", bundled)
    model = table.get("model", "")
    if not isinstance(model, str):
        raise _wrong(path, "model", model)
    rules = table.get("rules", {})
    if not isinstance(rules, dict) or not all(isinstance(options, dict) for options in rules.values()):
        raise _wrong(path, "rules", rules)
    return Config(
        glossaries=tuple(path.parent / name for name in _strings(path, table, "glossaries")),
        bundled=bundled,
        select=_strings(path, table, "select"),
        ignore=_strings(path, table, "ignore"),
        fail_on=fail_on,
        model=model if model in ("", NO_MODEL) else path.parent / model,
        rules=rules,
        path=path,
    )


def _wrong(path: Path, key: str, value: object) -> MtqaError:
    return MtqaError(str(path), f"{key}: {value!r} found; write {_KEYS[key]}")


def _strings(path: Path, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _wrong(path, key, value)
    return tuple(value)


def _section(path: Path) -> Mapping[str, Any] | None:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise MtqaError(str(path), f"is no valid TOML: {error}") from None
    except OSError as error:
        raise MtqaError(str(path), f"cannot be read: {error.strerror}; name a mtqa.toml or pyproject.toml") from None
    if path.name == "pyproject.toml" and "mtqa" not in text:
        return None
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        table: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MtqaError(str(path), f"is no valid TOML: {error}") from None
    if path.name != "pyproject.toml":
        return table
    section = table.get("tool", {}).get("mtqa")
    return section if isinstance(section, dict) else None
