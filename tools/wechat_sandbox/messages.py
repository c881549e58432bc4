"""The subscribe messages received: what would be on people's phones.

A message is `{id, time, openid, template_id, template, data, page, lang}`: a running
number, when it came (ISO 8601, UTC), to whom, WeChat's id and our name of the
template, and the fields as they were sent.
"""

from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime
from threading import Lock

KEPT = 20_000


class Messages:
    """The last messages, oldest first, and how many each person still takes, if that counts."""

    def __init__(self, kept: int = KEPT) -> None:
        self._lock = Lock()
        self._entries: deque[dict[str, object]] = deque(maxlen=kept)
        self._count = 0
        self._left: dict[tuple[str, str], int] | None = None

    def allow(self, quota: Mapping[str, object] | None) -> None:
        """Count from now on: so many by openid and template, none to others; None stops counting.

        Errors: ValueError.
        """
        if quota is None:
            with self._lock:
                self._left = None
            return
        left: dict[tuple[str, str], int] = {}
        for openid, by_template in quota.items():
            if not isinstance(by_template, Mapping):
                msg = f"{openid} needs numbers by template"
                raise ValueError(msg)  # noqa: TRY004 - a value of the wire
            left |= {(openid, template): int(n) for template, n in by_template.items()}
        with self._lock:
            self._left = left

    def takes(self, openid: str, template_id: str) -> bool:
        """Whether the person has said yes to one more of these."""
        with self._lock:
            return self._left is None or self._left.get((openid, template_id), 0) > 0

    def write(self, message: Mapping[str, object]) -> None:
        """Receive a message, now."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        with self._lock:
            self._count += 1
            self._entries.append({"id": self._count, "time": at, **message})
            key = (str(message["openid"]), str(message["template_id"]))
            if self._left is not None and key in self._left:
                self._left[key] -= 1

    def read(self, after: int = 0) -> list[dict[str, object]]:
        """Return the messages whose id is greater."""
        with self._lock:
            entries = list(self._entries)
        return [entry for entry in entries if int(str(entry["id"])) > after]

    def clear(self) -> None:
        """Forget them; the numbers run on."""
        with self._lock:
            self._entries.clear()
