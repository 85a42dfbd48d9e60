"""Writes files whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from mtqa.errors import MtqaError


def write_atomic(path: Path, data: bytes) -> None:
    """Replace a file by new bytes in one step, keeping its permissions; a link is followed.

    A process killed at any moment leaves either the old file or the new one. Raises MtqaError when the folder or
    the file cannot be written.
    """
    try:
        target = path.resolve()
        mode = target.stat().st_mode & 0o7777 if target.exists() else None
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".mtqa", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(_new_mode() if mode is None else mode)
            Path(name).replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except RuntimeError:
        raise MtqaError(str(path), "cannot be written: it is a link that leads to itself") from None
    except OSError as error:
        raise MtqaError(str(path), f"cannot be written: {(error.strerror or str(error)).lower()}") from None


def check_outputs(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Raise MtqaError for a file that cannot be written, is named twice or is among those read, before long work."""
    taken = {os.path.realpath(path) for path in inputs}
    for path in outputs:
        target = os.path.realpath(path)
        if target in taken:
            raise MtqaError(str(path), "is named for something else too, and would be lost; name another file")
        taken.add(target)
        if os.path.isdir(target):  # noqa: PTH112 - not Path.is_dir, which fails for a name that is too long to be one
            raise MtqaError(str(path), "cannot be written: is a directory")
        if not os.path.isdir(os.path.dirname(target)):  # noqa: PTH112, PTH120
            raise MtqaError(str(path), "cannot be written: no such folder; make it first")


def _new_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
