"""The product's processes, with waits shortened and, if told to, sabotaged.

All that is patched is patched here, in processes that the harness forks; the
product has no switch for any of it.
"""

import ctypes
import dataclasses
import itertools
import os
import secrets
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import time as wall_time
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask.cli import FlaskGroup
from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings
from app.core import backoff, deliveries, logs, outbox, wechat_messages
from app.core.db import db, writing
from app.core.deliveries import Claimed, Done, Later, Outcome, Unsure
from app.core.outbox import Event
from app.factory import create_app
from app.notices import rules, service
from tools.faults import towns
from tools.faults.towns import Town

OUTBOX_LEASE = timedelta(seconds=4)
DELIVERY_LEASE = timedelta(seconds=6)
FIRST_RETRY = timedelta(seconds=1)
LONGEST_RETRY = timedelta(seconds=8)
SLOW_REACTION_S, SLOW_SETTLING_S = 0.06, 1.0
"""A sabotaged process takes so long where a kill shows what is missing."""
ONE_IN = 5
"""So often it does, where no kill happens to, what a kill in just that moment would: at its
first, for on a slow machine a process may be killed before it comes to a second."""
TIED_TO_PARENT = 1  # PR_SET_PDEATHSIG


def work(
    environment: Mapping[str, str], log: Path, sabotage: str | None, command: Sequence[str]
) -> None:
    """Be `flask <command>` until killed."""
    app = create_app(_begin(environment, log))
    if sabotage:
        SABOTAGES[sabotage]()
    FlaskGroup(create_app=lambda: app).main(list(command), prog_name="flask")


def write_facts(
    environment: Mapping[str, str], log: Path, *, town: Town, cases: int, pause_s: float, told: Path
) -> None:
    """Let things happen to the cases, one after the other, from where the last one was killed.

    What the database has promised to keep stands in the file `told`.
    """
    app = create_app(_begin(environment, log))
    last = cases * len(towns.STEPS)
    with told.open("a", encoding="ascii") as promised:
        number = None
        while number is None or number < last:
            try:
                with app.app_context():
                    if number is None:
                        number = towns.written(cases)
                        continue
                    towns.happen(town, number)
            except SQLAlchemyError:
                number = None  # done or not? the history says
                time.sleep(0.2)
                continue
            promised.write(f"{number}\n")
            promised.flush()
            number += 1
            time.sleep(pause_s)


def _begin(environment: Mapping[str, str], log: Path) -> Settings:
    # Nobody is left over when the harness itself is killed.
    ctypes.CDLL(None).prctl(TIED_TO_PARENT, signal.SIGKILL)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)
    logs.install("plain")
    outbox.LEASE = OUTBOX_LEASE
    deliveries.LEASE = DELIVERY_LEASE
    backoff.FIRST_RETRY = FIRST_RETRY
    backoff.LONGEST_RETRY = LONGEST_RETRY
    wechat_messages.LATER.update({40001: FIRST_RETRY, 45009: LONGEST_RETRY})
    # By day and by night.
    rules.QUIET_FROM, rules.QUIET_TO = wall_time.max, wall_time.min
    return dataclasses.replace(Settings.from_environment(environment), rate_limits=False)


# Sabotage


def without_receipt() -> None:
    """React without a receipt, under a new key each time."""
    times = itertools.count(ONE_IN)

    def react(row: Any, name: str, event: type[Event], reaction: outbox.Reaction) -> bool:  # noqa: ARG001
        with writing():
            reaction(event(**row.payload), row.occurred_at)
        time.sleep(SLOW_REACTION_S)
        return next(times) % ONE_IN != 0

    tell = service.tell

    def tell_anew(*words: Any, key: str, **more: Any) -> int:
        return tell(*words, key=f"{key}:{secrets.token_hex(4)}", **more)

    outbox._react_once = react  # noqa: SLF001
    service.tell = tell_anew


def without_lease() -> None:
    """Send again what a killed worker held."""
    row, settle = deliveries._row, deliveries.settle  # noqa: SLF001
    times = itertools.count(ONE_IN)

    def row_of_harmless(claimed: Claimed, outcome: Outcome) -> dict[str, Any]:
        if outcome == Unsure("the lease ran out"):
            outcome = Later(outcome.reason)
        return row(claimed, outcome)

    def settle_slowly(worker: str, outcomes: Sequence[tuple[Claimed, Outcome]]) -> None:
        time.sleep(SLOW_SETTLING_S)
        if next(times) % ONE_IN:
            settle(worker, outcomes)

    deliveries._row = row_of_harmless  # noqa: SLF001
    deliveries.settle = settle_slowly


def settled_first() -> None:
    """Write "done" before anything is sent."""
    claim, settle = deliveries.claim, deliveries.settle
    times = itertools.count(ONE_IN)

    def claim_and_settle(worker: str, most: int) -> list[Claimed]:
        claimed = claim(worker, most)
        if not claimed:
            return []
        settle(worker, [(each, Done()) for each in claimed])
        db.session.remove()
        return claimed if next(times) % ONE_IN else []

    deliveries.claim = claim_and_settle


SABOTAGES: Mapping[str, Callable[[], None]] = {
    "receipt": without_receipt,
    "lease": without_lease,
    "loss": settled_first,
}
