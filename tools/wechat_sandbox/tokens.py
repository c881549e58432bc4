"""Access tokens, dealt as /cgi-bin/stable_token deals them.

A token lives for two hours. Asking again gives the same one until five minutes
before its end, then a new one; the old one goes on until its own end. A forced
refresh leaves the old one five more minutes. (The real limits on forced
refreshes, 20 a day and 30 s apart, are not imitated: the product never forces.)
"""

import secrets
import time
from threading import Lock

from tools.wechat_sandbox.answers import INVALID_TOKEN, TOKEN_EXPIRED, TOKEN_MISSING, Refusal

LIFE_S = 7200
OVERLAP_S = 300

# The reference asks for room for 512 characters; whoever keeps fewer shall notice here.
_LENGTH = 512


class Tokens:
    """All tokens ever dealt, with the second at which each ends."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ends: dict[str, float] = {}
        self._current: str | None = None

    def deal(self, *, force: bool = False) -> tuple[str, int]:
        """Return the token to use now and the whole seconds that it has left."""
        now = time.monotonic()
        with self._lock:
            left = self._ends[self._current] - now if self._current else 0.0
            if self._current is None or force or left <= OVERLAP_S:
                if self._current:
                    self._ends[self._current] = now + min(left, OVERLAP_S)
                self._current = secrets.token_hex(_LENGTH // 2)
                self._ends[self._current] = now + LIFE_S
                left = LIFE_S
            return self._current, int(left)

    def check(self, token: str | None) -> None:
        """Accept a living token. Errors: Refusal 41001 without, 40001 unknown, 42001 ended."""
        if not token:
            raise Refusal(TOKEN_MISSING)
        with self._lock:
            end = self._ends.get(token)
        if end is None:
            raise Refusal(INVALID_TOKEN)
        if end <= time.monotonic():
            raise Refusal(TOKEN_EXPIRED)

    def expire(self) -> None:
        """End every token at once, as time would."""
        now = time.monotonic()
        with self._lock:
            self._ends = dict.fromkeys(self._ends, now)
            self._current = None
