"""Finds checks, formats and commands by their file names: no list is edited to add one."""

import importlib
import pkgutil
from types import ModuleType


def names(package: ModuleType) -> tuple[str, ...]:
    """Return the plug-ins of a package, sorted: its modules, but for those that begin with an underscore."""
    return tuple(sorted(info.name for info in pkgutil.iter_modules(package.__path__) if not info.name.startswith("_")))


def load(package: ModuleType, name: str) -> ModuleType:
    """Import one plug-in of a package.

    Raises KeyError when the package has no such file.
    """
    if name not in names(package):
        raise KeyError(name)
    return importlib.import_module(f"{package.__name__}.{name}")
