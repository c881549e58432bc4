"""Where bytes are kept: a folder now, an object store by configuration later."""

import os
import tempfile
from pathlib import Path
from typing import Protocol


class Storage(Protocol):
    """Bytes under names. Names are ours: letters, digits, '-', '_' and '.'."""

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
        if not name.replace("-", "").replace("_", "").replace(".", "").isalnum() or ".." in name:
            raise FileNotFoundError(name)
        return self.root / name[:2] / name

    def put(self, name: str, content: bytes) -> None:
        """Write beside and rename: a reader sees the whole file or none."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)

    def get(self, name: str) -> bytes:
        """Read the whole file."""
        return self._path(name).read_bytes()

    def delete(self, name: str) -> None:
        """Remove the file."""
        self._path(name).unlink(missing_ok=True)
