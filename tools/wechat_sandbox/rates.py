"""Faults by chance, `{kind: rate}`, kept until they are replaced.

| kind        | what happens                                     | the call had its effect |
|-------------|--------------------------------------------------|-------------------------|
| delay       | `delay_s` seconds (0.5) pass first               | as without              |
| http_5xx    | HTTP 502                                         | no                      |
| busy        | errcode -1                                       | no                      |
| 40001       | errcode 40001: the token is called stale         | no                      |
| 43101       | errcode 43101: refused (subscribe/send only)     | no                      |
| 45009       | errcode 45009: the day's quota (subscribe/send)  | no                      |
| drop_before | the connection is closed                         | no                      |
| drop_after  | the connection is closed                         | yes                     |

Rates are from 0 to 1; those of all kinds but `delay` exclude one another and add up to 1 at most.
They meet the calls that need an access token; sign-in and the token itself are
spared. `seed` (a number) makes the dice fall the same way each time.
"""

import random
from collections import Counter
from collections.abc import Mapping
from threading import Lock

from tools.wechat_sandbox.faults import Fault

LONGEST_DELAY_S = 60
FAULTS = {
    "http_5xx": Fault(status=502, text="<h1>Bad Gateway</h1>"),
    "busy": Fault(errcode=-1),
    "40001": Fault(errcode=40001),
    "43101": Fault(errcode=43101),
    "45009": Fault(errcode=45009),
    "drop_before": Fault(drop=True),
    "drop_after": Fault(drop=True, after=True),
}
ONLY_MESSAGES = {"43101", "45009"}
SPARED = {"jscode2session", "stable_token"}
MESSAGE = "send"
OPTIONS = {"seed", "delay_s"}


class Rates:
    """The dice, and how often each kind has fallen."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rates: dict[str, float] = {}
        self._delay_s = 0.5
        self._dice = random.Random()  # noqa: S311 - faults, not keys
        self._given: Counter[str] = Counter()

    def choose(self, raw: Mapping[str, object]) -> None:
        """Replace all rates. Errors: ValueError says what is wrong; nothing changes."""
        rates = {kind: _number(kind, raw[kind], 1) for kind in raw if kind not in OPTIONS}
        if strangers := rates.keys() - FAULTS.keys() - {"delay"}:
            msg = f"no kind {', '.join(sorted(strangers))}; there are delay, {', '.join(FAULTS)}"
            raise ValueError(msg)
        if sum(rate for kind, rate in rates.items() if kind != "delay") > 1 + 1e-9:
            msg = "the rates add up to more than 1"
            raise ValueError(msg)
        delay_s = _number("delay_s", raw.get("delay_s", 0.5), LONGEST_DELAY_S)
        seed = raw.get("seed")
        if seed is not None and not isinstance(seed, int):
            msg = "seed is a whole number"
            raise ValueError(msg)
        with self._lock:
            self._rates, self._delay_s = rates, delay_s
            if seed is not None:
                self._dice.seed(seed)

    def chosen(self) -> dict[str, object]:
        """Return what `choose` would have to be given for things to stay as they are."""
        with self._lock:
            return {**self._rates, "delay_s": self._delay_s}

    def throw(self, call: str) -> tuple[float, Fault | None]:
        """Return how long to wait and what goes wrong with one call, if anything."""
        if not self._rates or call in SPARED:
            return 0.0, None
        with self._lock:
            delay_s = 0.0
            if self._dice.random() < self._rates.get("delay", 0):
                delay_s = self._delay_s
                self._given["delay"] += 1
            left = self._dice.random()
            for kind, fault in FAULTS.items():
                if kind in ONLY_MESSAGES and call != MESSAGE:
                    continue
                left -= self._rates.get(kind, 0)
                if left < 0:
                    self._given[kind] += 1
                    return delay_s, fault
            return delay_s, None

    def told(self) -> dict[str, object]:
        """Return the rates, and how often each kind was given since the start."""
        with self._lock:
            told = {"rates": dict(self._rates), "given": dict(self._given)}
        return told if any(told.values()) else {}


def _number(name: str, value: object, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        msg = f"{name} is a number from 0 to {most}"
        raise ValueError(msg)
    return float(value)
