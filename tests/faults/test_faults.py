"""The small storm: nothing is lost or doubled, and what is broken on purpose is found."""

import subprocess
import sys

from app.config import ROOT

RUNS = {
    "on SQLite": ["--short", "--engine", "sqlite"],
    "on PostgreSQL": ["--short", "--engine", "postgresql"],
    "without receipts": ["--engine", "sqlite", "--sabotage", "receipt"],
    "without leases": ["--engine", "sqlite", "--sabotage", "lease"],
    "settled, then sent": ["--engine", "sqlite", "--sabotage", "loss"],
}
FOUND = {
    "without receipts": "DOUBLE: notices stand in an inbox twice",
    "without leases": "DOUBLE: messages were received twice",
    "settled, then sent": "LOST: ",
}
LONGEST_S = 3000
"""Longer than all that a storm waits for together; then it says itself what did not come."""


def test_a_storm_loses_and_doubles_nothing_unless_the_engine_is_broken():
    # Side by side, for each mostly waits.
    started = {
        name: subprocess.Popen(  # noqa: S603 our own words
            [sys.executable, "-m", "tools.faults", *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for name, words in RUNS.items()
    }
    try:
        said = {name: run.communicate(timeout=LONGEST_S)[0] for name, run in started.items()}
    finally:
        for run in started.values():
            run.kill()
            run.wait()
    for name, run in started.items():
        if name in FOUND:
            assert run.returncode == 1, (name, said[name])
            assert FOUND[name] in said[name], (name, said[name])
        else:
            assert run.returncode == 0, (name, said[name])
