r"""Answers that a test programs in advance, each given once and in order.

On the wire a programme is `{call: [fault, ...]}`; a fault is a number, which is
short for `{"errcode": number}`, or an object with one or more of

- `errcode`: answer with this error code,
- `status` and `text`: answer with this HTTP status and this text, which need not be JSON,
- `answer`: answer with this JSON, whatever it says,
- `delay_s`: wait so many seconds first (alone: then answer as usual),
- `drop`: true closes the connection without an answer; with `after` the call has its effect first.

A call that is answered with a fault has no effect: no message is received, no picture looked at.
One that is only delayed, or dropped `after`, has.
"""

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from threading import Lock

LONGEST_DELAY_S = 60
_STATUSES = range(200, 600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One programmed answer; the module says what each part does."""

    errcode: int | None = None
    status: int | None = None
    text: str = ""
    answer: dict[str, object] | None = None
    delay_s: float = 0
    drop: bool = False
    after: bool = False

    @property
    def spares_effect(self) -> bool:
        """Whether the call does what it is for all the same."""
        if self.drop:
            return self.after
        return self.errcode is None and self.status is None and self.answer is None

    @classmethod
    def read(cls, raw: object) -> "Fault":
        """Read a fault from JSON. Errors: ValueError says what is wrong."""
        if isinstance(raw, int) and not isinstance(raw, bool):
            return cls(errcode=raw)
        if not isinstance(raw, dict) or not raw:
            msg = f"a fault is a number or an object, not {raw!r}"
            raise ValueError(msg)
        strangers = raw.keys() - {field.name for field in fields(cls)}
        if strangers:
            msg = f"a fault has no {', '.join(sorted(map(str, strangers)))}"
            raise ValueError(msg)
        fault = cls(**raw)
        fault._check()
        return fault

    def _check(self) -> None:
        sound = {
            "errcode": self.errcode is None or _is_whole(self.errcode),
            "status": self.status is None or self.status in _STATUSES,
            "text": isinstance(self.text, str),
            "answer": self.answer is None or isinstance(self.answer, dict),
            "delay_s": isinstance(self.delay_s, int | float)
            and 0 <= self.delay_s <= LONGEST_DELAY_S,
            "drop": isinstance(self.drop, bool),
            "after": isinstance(self.after, bool) and (self.drop or not self.after),
        }
        for name, is_sound in sound.items():
            if not is_sound:
                msg = f"{name} cannot be {getattr(self, name)!r}"
                raise ValueError(msg)


class Faults:
    """The programme: what is still to be answered, by call."""

    def __init__(self, calls: Collection[str]) -> None:
        self._lock = Lock()
        self._known = frozenset(calls)
        self._waiting: dict[str, deque[Fault]] = {}

    def programme(self, raw: Mapping[str, object]) -> None:
        """Replace the whole programme. Errors: ValueError says what is wrong; nothing changes."""
        waiting: dict[str, deque[Fault]] = {}
        for call, answers in raw.items():
            if call not in self._known:
                msg = f"no call {call!r}; there are {', '.join(sorted(self._known))}"
                raise ValueError(msg)
            if not isinstance(answers, list):
                msg = f"{call} needs a list of answers"
                raise ValueError(msg)  # noqa: TRY004 - a value of the wire, not of this program
            waiting[call] = deque(Fault.read(raw_fault) for raw_fault in answers)
        with self._lock:
            self._waiting = waiting

    def take(self, call: str) -> Fault | None:
        """Take the next programmed answer to `call`, if there is one."""
        with self._lock:
            waiting = self._waiting.get(call)
            return waiting.popleft() if waiting else None

    def left(self) -> dict[str, int]:
        """Return how many answers of each call have not been given."""
        with self._lock:
            return {call: len(waiting) for call, waiting in self._waiting.items()}


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
