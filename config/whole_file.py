"""A file that is written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

_MODE: Final = 0o644  # temporary files are made for their owner alone


def write_whole(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a file in the place of what is there. Who reads meanwhile gets the old one or the new.

    `durable`: its bytes are on the disk before it takes that place. Raises OSError, and leaves nothing behind then.
    """
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
            temporary.chmod(_MODE)
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
