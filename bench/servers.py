"""Starting an app as a deployment does, and the CPU time that it has used."""

import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.config import ROOT

READY_WITHIN_SECONDS = 300
UNASKED = range(20_000, 32_000)
"""Below what Linux and others take for connections and for whoever asks for any port."""


class Server:
    """A granian with its workers."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self.process = process

    def cpu(self) -> float:
        """Return the seconds of CPU that the server and its workers have used."""
        return sum(cpu_of(pid) for pid in family(self.process.pid))


def cpu_of(pid: int) -> float:
    """Return the user and system seconds of all threads of a process, to the nanosecond."""
    cpu_clock = (~pid << 3) | 2  # as clock_getcpuclockid makes it
    return time.clock_gettime(cpu_clock)


def family(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            found += family(int(child))
    return found


@contextmanager
def serving(
    target: str, environment: dict[str, str], *, workers: int, threads: int
) -> Iterator[Server]:
    """Serve an app by granian on a free loopback port."""
    port = free_port()
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "warning"]
    sizes = ["--workers", str(workers), "--blocking-threads", str(threads)]
    process = subprocess.Popen(  # noqa: S603 our own words
        [*granian, *sizes, "--host", "127.0.0.1", "--port", str(port), target],
        env=environment,
        cwd=ROOT,
    )
    try:
        wait_until_ready(port, process)
        yield Server(port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=120)


def free_port() -> int:
    """Return a port that nobody listens on, and that the system gives to nobody unasked.

    One of those that it does give might be a stranger's by the time that the server takes it.
    """
    while True:
        port = random.choice(UNASKED)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait for the server to listen. Errors: RuntimeError when it does not."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    msg = "the server did not come up"
    raise RuntimeError(msg)
