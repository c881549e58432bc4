"""A database that can be struck."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from tools.postgresql import Cluster, binaries, own_cluster

DOWN_S = 0.5
LOCKED_S = 1.5


class Engine(Protocol):
    """A database under storm."""

    url: str

    def strike(self) -> None:
        """Take the database away in the middle of everything, and give it back."""


class Sqlite:
    """A file. Who works on it is killed by the caller; then somebody holds it for a while."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.url = f"sqlite:///{path}"

    def strike(self) -> None:
        """Keep every writer out for a moment, and write nothing after all."""
        with closing(sqlite3.connect(self._path, timeout=60, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            time.sleep(LOCKED_S)
            connection.execute("ROLLBACK")


class PostgreSQL:
    """A server of our own, stopped as a power cut would."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self.url = cluster.url.replace("postgresql:", "postgresql+psycopg:", 1)

    def strike(self) -> None:
        """Stop the server at once, without a word to anybody, and start it again."""
        self._cluster.stop()
        time.sleep(DOWN_S)
        self._cluster.start()


@contextmanager
def engine(name: str, folder: Path) -> Iterator[Engine | None]:
    """Give an empty database; nothing where PostgreSQL is not installed."""
    if name == "sqlite":
        yield Sqlite(folder / "faults.sqlite3")
        return
    tools = binaries()
    if tools is None:
        yield None
        return
    with own_cluster(tools) as cluster:
        yield PostgreSQL(cluster)
