"""Where bytes are kept: a folder now, an object store by configuration later."""

import os
import re
import tempfile
from pathlib import Path
from typing import Protocol

NAME = re.compile(r"[A-Za-z0-9_-]{2,64}(\.[A-Za-z0-9]{1,16}){0,2}")


class Storage(Protocol):
    """Bytes under names. Names are ours: letters, digits, '-', '_', and endings after '.'."""

    def put(self, name: str, content: bytes) -> None:
        """Keep; all of it or nothing."""

    def get(self, name: str) -> bytes:
        """Return. Errors: FileNotFoundError."""

    def delete(self, name: str) -> None:
        """Forget; no error if it is gone already."""


class Folder:
    """A storage in a folder, two letters a drawer so that no drawer overflows."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise FileNotFoundError(name)
        return self.root / name[:2] / name

    def put(self, name: str, content: bytes) -> None:
        """Write beside and rename: a reader sees the whole file or none."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise

    def get(self, name: str) -> bytes:
        """Read the whole file."""
        return self._path(name).read_bytes()

    def delete(self, name: str) -> None:
        """Remove the file."""
        self._path(name).unlink(missing_ok=True)
