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


@contextmanager
def throw_away_cluster(tools: Path) -> Iterator[str]:
    """Start a cluster in a temporary folder, reached by its socket alone; remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="linli-pg-"))
    user = None
    if os.geteuid() == 0:  # the server refuses to run as root
        user = "postgres" if has_user("postgres") else "nobody"
        shutil.chown(folder, user)
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, user=user, cwd=folder)

    try:
        run(str(tools / "initdb"), "-D", str(data), "-U", "linli", "-A", "trust", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run(str(tools / "pg_ctl"), "-D", str(data), "-w", "-o", options, "-l",
            str(folder / "log"), "start")  # fmt: skip
        try:
            yield f"postgresql://linli@/postgres?host={folder}"
        finally:
            run(str(tools / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def has_user(name: str) -> bool:
    """Whether the machine knows that user."""
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
