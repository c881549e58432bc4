"""Facts that WeChat pushes to us, for whoever reacts to them. Plain values only."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.outbox import Event


@dataclass(frozen=True, slots=True)
class PhotoChecked(Event):
    """WeChat has looked at a picture that `check_image` asked about.

    `suggest` is `pass`, `review` or `risky`; `label` WeChat's number for what it saw (100 is
    nothing). A picture that could not be fetched or read is `review` with label 0.
    """

    kind: ClassVar[str] = "pushes.photo_checked"

    trace_id: str
    suggest: str
    label: int


@dataclass(frozen=True, slots=True)
class SubscriptionsChanged(Event):
    """Somebody said which messages they take, or WeChat says what became of one of ours.

    `source` tells which, and what `answers` (by template id) means:

    - `popup`: they answered the dialogue: `accept` (one more message) or `reject`. The
      mini-program tells us of the same tap, in `PUT /subscriptions`: count one of the two.
    - `change`: they changed their settings: `reject` (or `accept`, which grants no message).
    - `sent`: a message of ours: `accept` (delivered) or `reject` (it did not arrive, the
      person having refused). It changes no count: sending has counted it already.

    `push` is the same for the same push, however often WeChat sends it; `at` is WeChat's
    own time of it, in seconds since 1970.
    """

    kind: ClassVar[str] = "pushes.subscriptions_changed"

    openid: str
    answers: dict[str, str]
    source: str
    push: str
    at: int
