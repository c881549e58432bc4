"""Many at the same moment: what one after another can never show."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from flask import Flask

from app.core.db import db


def at_once(app: Flask, count: int, work: Callable[[int], Any]) -> list[Any]:
    """Run `work(0)` ... `work(count - 1)` in as many threads; return the results in order.

    Each thread has its own app context and waits for all others before it begins.
    """
    gate = Barrier(count, timeout=30)

    def one(number: int) -> Any:
        with app.app_context():
            gate.wait()
            try:
                return work(number)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
