"""Run all tests and end with one plain line: `python -m tools.test`.

Python's on SQLite and PostgreSQL, the mini-program's units, and its journeys in
Chromium. `--only python|unit|e2e` runs one kind.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.postgresql import server_url

ROOT = Path(__file__).parent.parent
COUNT = re.compile(r"(\d+) (passed|failed|errors?)\b")
KINDS = ("python", "unit", "e2e")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the tests. Return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.test", description=__doc__)
    parser.add_argument("--only", choices=KINDS, action="append")
    kinds = parser.parse_args(argv).only or KINDS
    passed = failed = 0
    if "python" in kinds:
        good, bad = python_tests()
        passed, failed = passed + good, failed + bad
    for kind in ("unit", "e2e"):
        if kind in kinds:
            good, bad = run(["npm", "run", "--silent", f"test:{kind}"], cwd=ROOT / "miniprogram")
            passed, failed = passed + good, failed + bad
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


def python_tests() -> tuple[int, int]:
    """Run pytest with a PostgreSQL server, or say loudly that there is none."""
    with server_url() as url:
        skipped = url is None
        if skipped:
            banner("PostgreSQL was SKIPPED: no TEST_DATABASE_URL, no local server, no binaries")
        env = {**os.environ, **({"TEST_DATABASE_URL": url} if url else {})}
        counts = run([sys.executable, "-m", "pytest", "-n", "2"], env=env)
    if skipped:
        banner("PostgreSQL was SKIPPED")
        if os.environ.get("CI"):
            return counts[0], counts[1] + 1
    return counts


def banner(sentence: str) -> None:
    """Say it so that nobody overlooks it."""
    print(f"\n{'!' * 72}\n!! {sentence}\n{'!' * 72}\n", flush=True)


def run(
    command: Sequence[str], cwd: Path = ROOT, env: dict[str, str] | None = None
) -> tuple[int, int]:
    """Run a test runner, showing its output; return how many passed and failed."""
    last = ""
    with subprocess.Popen(
        command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if COUNT.search(line):
                last = line
    counts = dict.fromkeys(("passed", "failed", "error", "errors"), 0)
    counts |= {name: int(number) for number, name in COUNT.findall(last)}
    failed = counts["failed"] + counts["error"] + counts["errors"]
    # A runner that broke without counting has failed all the same.
    return counts["passed"], failed or int(process.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
