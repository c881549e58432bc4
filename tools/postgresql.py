"""A PostgreSQL server for the tests: the one that is there, or one of our own for as long."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

SOCKETS = ("", "/var/run/postgresql", "/tmp")  # noqa: S108 where servers put their sockets


@contextmanager
def server_url() -> Iterator[str | None]:
    """Give `TEST_DATABASE_URL`, a local server, a throw-away cluster, or nothing."""
    url = os.environ.get("TEST_DATABASE_URL") or local_server()
    if url:
        yield url
        return
    tools = binaries()
    if tools is None:
        yield None
        return
    with throw_away_cluster(tools) as own:
        yield own


def local_server() -> str | None:
    """Return the URL of a server on the local socket where we may create databases."""
    for folder in SOCKETS:
        url = f"postgresql:///postgres?host={folder}" if folder else "postgresql:///postgres"
        try:
            with psycopg.connect(url, connect_timeout=3) as connection:
                row = connection.execute(
                    "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
                ).fetchone()
        except psycopg.Error:
            continue
        if row and row[0]:
            return url
    return None


def binaries() -> Path | None:
    """Return the folder of installed server programs, the newest first."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    folders += [Path(found).parent] if found else []
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


class Cluster:
    """A server of our own in a folder, reached by its socket alone."""

    def __init__(self, tools: Path, folder: Path, user: str | None) -> None:
        self._tools = tools
        self._folder = folder
        self._user = user
        self._data = str(folder / "data")
        self.url = f"postgresql://linli@/postgres?host={folder}"

    def make(self) -> None:
        """Make its files."""
        self._run("initdb", "-D", self._data, "-U", "linli", "-A", "trust", "--no-sync")

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-k {self._folder} -c listen_addresses='' -c fsync=off"
        log = str(self._folder / "log")
        self._run("pg_ctl", "-D", self._data, "-w", "-o", options, "-l", log, "start")

    def stop(self) -> None:
        """Stop it at once, as a crash would: nobody is waited for."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "stop")

    def _run(self, program: str, *words: str) -> None:
        command = [str(self._tools / program), *words]
        subprocess.run(command, check=True, capture_output=True, user=self._user, cwd=self._folder)


@contextmanager
def throw_away_cluster(tools: Path) -> Iterator[str]:
    """Give the URL of a cluster in a temporary folder; remove it afterwards."""
    with own_cluster(tools) as cluster:
        yield cluster.url


@contextmanager
def own_cluster(tools: Path) -> Iterator[Cluster]:
    """Give a cluster that runs in a temporary folder; remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="linli-pg-"))
    user = None
    if os.geteuid() == 0:  # the server refuses to run as root
        user = "postgres" if has_user("postgres") else "nobody"
        shutil.chown(folder, user)
    cluster = Cluster(tools, folder, user)
    try:
        cluster.make()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def has_user(name: str) -> bool:
    """Whether the machine knows that user."""
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
