"""The calls received, so that a test can say what the product asked for.

An entry is `{at, call, errcode, ...facts}`: when it came (ISO 8601, UTC), which
call, what it was answered (null when the connection broke or the answer was not
WeChat's), and what the call chose to tell. App secret, access tokens and session
keys are never among the facts.
"""

from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime
from threading import Lock

# The stand-in of a demo may run for months.
KEPT = 1000


class Ledger:
    """The last calls, oldest first; a thousand, if nobody wants more."""

    def __init__(self, kept: int = KEPT) -> None:
        self._lock = Lock()
        self._entries: deque[dict[str, object]] = deque(maxlen=kept)

    def write(self, call: str, errcode: int | None, facts: Mapping[str, object]) -> None:
        """Add an entry, now."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        with self._lock:
            self._entries.append({"at": at, "call": call, "errcode": errcode, **facts})

    def read(self, call: str | None = None) -> list[dict[str, object]]:
        """Return the entries, or those of one call."""
        with self._lock:
            return [entry for entry in self._entries if call in (None, entry["call"])]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
