"""Many at the same moment: what one after another can never show."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime
from threading import Barrier
from typing import Any

from flask import Flask

from app.core import clock
from app.core.db import db
from app.core.errors import Problem


def at_once(app: Flask, count: int, work: Callable[[int], Any]) -> list[Any]:
    """Run `work(0)` ... `work(count - 1)` in as many threads; return the results in order.

    Each thread has its own app context, lives at the test's moment, and waits for all others
    before it begins.
    """
    gate = Barrier(count, timeout=300)
    surroundings = [copy_context() for _ in range(count)]

    def one(number: int) -> Any:
        with app.app_context():
            gate.wait()
            try:
                return work(number)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda number: surroundings[number].run(one, number), range(count)))


def answers_at_once(app: Flask, moment: datetime, *doings: Callable[[], Any]) -> list[Any]:
    """Do several things at once, at a moment; return their answers, problems by their code."""

    def work(number: int) -> Any:
        with clock.at(moment):
            try:
                return doings[number]()
            except Problem as problem:
                return problem.code

    db.session.remove()
    return at_once(app, len(doings), work)
