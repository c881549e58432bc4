"""Where the processes of a machine count together.

To be begun before `core.metrics` is imported: prometheus_client decides at its import
whether it counts in memory or in files. A killed process leaves its counts behind, as
it should: a sum must not sink while others go on counting. Whoever starts when nobody
else is alive begins anew; Prometheus knows that counters do.
"""

import contextlib
import logging
import os
import re
from pathlib import Path

log = logging.getLogger(__name__)
VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
FILE = re.compile(r"[a-z_]+_(\d+)\.db")


def begin(folder: Path) -> None:
    """Let this process count in the folder. If it cannot, it counts for itself."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(folder)
        _forget_the_dead(folder)
    except OSError as fault:
        log.warning("each process counts for itself: %s", fault)
        return
    os.environ[VARIABLE] = str(folder)


def folder() -> Path | None:
    """Return where this machine's processes count together, if they do."""
    return Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None


def _forget_the_dead(folder: Path) -> None:
    """Remove the counts of earlier processes, unless somebody still adds to them."""
    left = [
        (path, int(found[1])) for path in folder.iterdir() if (found := FILE.fullmatch(path.name))
    ]
    if any(_alive(pid) for _, pid in left if pid != os.getpid()):
        return
    for path, _ in left:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True
