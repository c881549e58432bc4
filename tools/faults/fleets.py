"""Starting processes, and killing those that we started."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol

from app.config import ROOT
from tools.faults import workers

context = get_context("forkserver")
# What takes a second to import is imported once; the processes that are killed are forks of it.
context.set_forkserver_preload(["tools.faults.workers"])
ENDS_WITHIN_S = 120.0


class Process(Protocol):
    """Something that runs."""

    def is_alive(self) -> bool:
        """Whether it still runs."""

    def kill(self) -> None:
        """Kill it at once (SIGKILL), and see it dead."""


class Fork:
    """A forked process."""

    def __init__(self, target: Callable[..., None], *words: Any, **named: Any) -> None:
        self._process = context.Process(target=target, args=words, kwargs=named, daemon=True)
        self._process.start()

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.is_alive()

    def kill(self) -> None:
        """Kill it and see it dead."""
        self._process.kill()
        self._process.join(ENDS_WITHIN_S)


class Program:
    """A program with its children, in a process group of its own."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *words],
                env={**os.environ, **environment},
                cwd=ROOT,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """Kill the whole group and see it dead."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(ENDS_WITHIN_S)


Start = Callable[[], Process]


@dataclass
class Fleet:
    """Named processes, each of which is started again when it is gone.

    `killed` counts ours, by name; `fell` those that ended without us.
    """

    starts: Mapping[str, Start]
    dice: random.Random
    running: dict[str, Process] = field(default_factory=dict)
    killed: dict[str, int] = field(default_factory=dict)
    fell: dict[str, int] = field(default_factory=dict)

    def start(self, *, spared: str | None = None) -> None:
        """Start whatever does not run, but for one that has come to its own end."""
        for name, start in self.starts.items():
            process = self.running.get(name)
            if process is not None and (process.is_alive() or name == spared):
                continue
            if process is not None:
                self.fell[name] = self.fell.get(name, 0) + 1
            self.running[name] = start()

    def kill_one(self, names: Sequence[str], *, spared: str) -> None:
        """Kill one of these that runs, and start it again at once."""
        alive = [name for name in names if self.running[name].is_alive()]
        if alive:
            self._kill(self.dice.choice(alive))
            self.start(spared=spared)

    def kill_all(self) -> None:
        """Kill all that run."""
        for name in list(self.running):
            if self.running[name].is_alive():
                self._kill(name)

    def _kill(self, name: str) -> None:
        self.running.pop(name).kill()
        self.killed[name] = self.killed.get(name, 0) + 1

    def is_over(self, name: str) -> bool:
        """Whether a process has come to its own end."""
        return name in self.running and not self.running[name].is_alive()

    def end(self) -> None:
        """End all, at the end of the run: not a kill that counts."""
        for process in self.running.values():
            process.kill()


def flask(
    environment: Mapping[str, str], log: Path, sabotage: str | None, *words: str
) -> Callable[[], Process]:
    """Return how to start `flask <words>`."""
    return lambda: Fork(workers.work, dict(environment), log, sabotage, words)
