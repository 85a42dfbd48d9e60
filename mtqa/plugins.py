"""Finds checks, formats and commands by their file names: no list is edited to add one."""

import importlib
from pathlib import Path
from types import ModuleType


def names(package: ModuleType) -> tuple[str, ...]:
    """Return the plug-ins of a package, sorted: its modules, but for those that begin with an underscore."""
    # pkgutil would do the same, and import inspect for it at every start.
    files = (file for folder in package.__path__ for file in Path(folder).iterdir())
    return tuple(sorted(file.stem for file in files if file.suffix == ".py" and not file.name.startswith("_")))


def load(package: ModuleType, name: str) -> ModuleType:
    """Import one plug-in of a package.

    Raises KeyError when the package has no such file.
    """
    if name not in names(package):
        raise KeyError(name)
    return importlib.import_module(f"{package.__name__}.{name}")
