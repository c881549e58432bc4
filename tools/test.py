"""Run all tests and end with one plain line: `python -m tools.test`.

Python's on SQLite and PostgreSQL, the mini-program's units, and its journeys in
Chromium. `--only python|unit|e2e` runs one kind.
"""

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, TextIO

from tools.postgresql import server_url

ROOT = Path(__file__).parent.parent
COUNT = re.compile(r"(\d+) (passed|failed|errors?)\b")
FAILURE = re.compile(r"(FAILED|ERROR) tests/|\s*(\x1b\[\S*)*\s*FAIL\s|WHY ")
"""How pytest, Vitest and Playwright name a test that failed; the first and the last say why."""
KINDS = ("python", "unit", "e2e")
WORKERS = (os.cpu_count() or 1) + 1
"""A worker waits for PostgreSQL a third of the time."""
POLITE = ["nice", "-n", "10"] if shutil.which("nice") else []
"""A browser that has to wait for a processor is taken for a broken page."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the tests. Return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.test", description=__doc__)
    parser.add_argument("--only", choices=KINDS, action="append")
    kinds = parser.parse_args(argv).only or KINDS
    counts, walked = [], io.StringIO()
    shown = walked if "python" in kinds else sys.stdout
    with ThreadPoolExecutor(1) as aside:
        # Chromium waits half of its time, so the phone's tests run beside Python's.
        phone = [aside.submit(phone_tests, one, shown) for one in ("e2e", "unit") if one in kinds]
        if "python" in kinds:
            counts.append(python_tests())
        counts.extend(tests.result() for tests in phone)
        print(walked.getvalue(), end="")
    passed, failed = sum(count.passed for count in counts), sum(count.failed for count in counts)
    # Whoever sees only the last lines of a long run needs the names there.
    print("".join(name for count in counts for name in count.broken), end="")
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


class Count(NamedTuple):
    """What a test runner counted, and its lines that name what failed."""

    passed: int
    failed: int
    broken: tuple[str, ...] = ()


def phone_tests(kind: str, shown: TextIO) -> Count:
    """Run the mini-program's tests of a kind."""
    words = ["npm", "run", "--silent", f"test:{kind}"]
    return run(words, cwd=ROOT / "miniprogram", shown=shown)


def python_tests() -> Count:
    """Run pytest with a PostgreSQL server, or say loudly that there is none."""
    with server_url() as url:
        skipped = url is None
        if skipped:
            banner("PostgreSQL was SKIPPED: no TEST_DATABASE_URL, no local server, no binaries")
        env = {**os.environ, **({"TEST_DATABASE_URL": url} if url else {})}
        words = [*POLITE, sys.executable, "-m", "pytest", "-n", str(WORKERS)]
        count = run(words, env=env)
    if skipped:
        banner("PostgreSQL was SKIPPED")
        if os.environ.get("CI"):
            return count._replace(failed=count.failed + 1)
    return count


def banner(sentence: str) -> None:
    """Say it so that nobody overlooks it."""
    print(f"\n{'!' * 72}\n!! {sentence}\n{'!' * 72}\n", flush=True)


def run(
    command: Sequence[str],
    cwd: Path = ROOT,
    env: dict[str, str] | None = None,
    shown: TextIO = sys.stdout,
) -> Count:
    """Run a test runner, showing its output; return what it counted."""
    last, broken = "", dict[str, str]()
    with subprocess.Popen(
        command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True, file=shown)
            if COUNT.search(line):
                last = line
            if FAILURE.match(line):
                broken.setdefault(line.split(" - ")[0], line)
    counts = dict.fromkeys(("passed", "failed", "error", "errors"), 0)
    counts |= {name: int(number) for number, name in COUNT.findall(last)}
    failed = counts["failed"] + counts["error"] + counts["errors"]
    # A runner that broke without counting has failed all the same.
    return Count(counts["passed"], failed or int(process.returncode != 0), tuple(broken.values()))


if __name__ == "__main__":
    sys.exit(main())
