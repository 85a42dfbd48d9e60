"""Writes files whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from mtqa.errors import MtqaError


def write_atomic(path: Path, data: bytes) -> None:
    """Replace a file by new bytes in one step, keeping its permissions; a link is followed.

    A process killed at any moment leaves either the old file or the new one. Raises MtqaError when the folder or
    the file cannot be written.
    """
    target = path.resolve()
    try:
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
    except OSError as error:
        raise MtqaError(str(path), f"cannot be written: {(error.strerror or str(error)).lower()}") from None


def _new_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
