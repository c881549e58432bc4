"""The process that delivers (`flask notices deliver`): one claims and settles, many send.

Sending waits for the network most of the time, so there are many threads for it.
One more thread owns the database side: it claims little more than the others can
take at once (what is claimed and not sent is in doubt if the process is killed),
and settles what came back in batches, for a commit costs the same for one as
for fifty.
"""

import logging
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event, Thread

from flask import Flask
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.core import deliveries
from app.core.deliveries import Claimed, Outcome

log = logging.getLogger(__name__)

IDLE_S = 0.5
"""How long to wait before asking again when nothing is due."""
GATHER_S = 0.01
"""How long to gather results into one commit."""
LEASES_EVERY_S = 5.0
LONGEST_TROUBLE_S = 10.0

Sender = Callable[[Claimed], Outcome]


class Couriers:
    """A worker with `threads` senders. `run` returns after `stop`, with nothing left open."""

    def __init__(self, app: Flask, threads: int) -> None:
        self._app = app
        self._threads = threads
        self._name = deliveries.new_worker()
        self._to_send: SimpleQueue[Claimed | None] = SimpleQueue()
        self._sent: SimpleQueue[tuple[Claimed, Outcome]] = SimpleQueue()
        self._unsettled: list[tuple[Claimed, Outcome]] = []
        self._in_flight = 0
        self._stopping = Event()
        self._leases_looked_at = 0.0

    def stop(self) -> None:
        """Claim nothing more; what is being sent is finished and settled."""
        self._stopping.set()

    def run(self) -> None:
        """Deliver until stopped. The database may come and go meanwhile."""
        senders = [Thread(target=self._send_all, daemon=True) for _ in range(self._threads)]
        for sender in senders:
            sender.start()
        trouble_s = IDLE_S
        while not self._stopping.is_set() or self._in_flight or self._unsettled:
            try:
                self._turn()
                trouble_s = IDLE_S
            except (OperationalError, InterfaceError, PoolTimeout) as fault:
                log.warning("deliveries wait for the database: %s", type(fault).__name__)
                time.sleep(trouble_s)
                trouble_s = min(trouble_s * 2, LONGEST_TROUBLE_S)
        for _ in senders:
            self._to_send.put(None)
        for sender in senders:
            sender.join()

    def _turn(self) -> None:
        with self._app.app_context():
            # First, so that what goes back to waiting is never claimed before it is written down.
            self._settle()
            claimed = 0 if self._stopping.is_set() else self._claim()
            self._end_leases()
        self._gather(wait_s=GATHER_S if claimed or self._in_flight else IDLE_S)

    def _claim(self) -> int:
        # Half as many again as there are senders, so that none waits for the next transaction.
        wanted = self._threads + self._threads // 2 - self._in_flight
        # A few at a time are not worth a transaction while the others are busy.
        if wanted < max(1, self._threads // 4):
            return 0
        found = deliveries.claim(self._name, wanted)
        self._in_flight += len(found)
        for claimed in deliveries.look_ahead(found):
            self._to_send.put(claimed)
        return len(found)

    def _gather(self, wait_s: float) -> None:
        """Take the results that are there, waiting a moment for the first."""
        try:
            self._took(self._sent.get(timeout=wait_s))
            while True:
                self._took(self._sent.get_nowait())
        except Empty:
            return

    def _took(self, result: tuple[Claimed, Outcome]) -> None:
        self._in_flight -= 1
        self._unsettled.append(result)

    def _settle(self) -> None:
        if self._unsettled:
            deliveries.settle(self._name, self._unsettled)
            self._unsettled = []  # only now: a failed commit is tried again

    def _end_leases(self) -> None:
        if time.monotonic() - self._leases_looked_at > LEASES_EVERY_S:
            deliveries.end_leases()
            self._leases_looked_at = time.monotonic()

    def _send_all(self) -> None:
        while (claimed := self._to_send.get()) is not None:
            with self._app.app_context():
                outcome = deliveries.attempt(claimed)
            self._sent.put((claimed, outcome))
