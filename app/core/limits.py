"""How often one caller may ask for what is costly.

Counted by the `limits` package in windows that begin anew, in Redis for all processes or in each
process for itself. Its adapter for Flask asks a dozen questions of every request that have one
answer here, and cost more than the count.
"""

import functools
import logging
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask
from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from app.core import here
from app.core.access import caller_key
from app.core.errors import TooManyRequests

log = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., Any])
HERE = "linli_limiter"


def install(app: Flask, storage: str | None) -> None:
    """Count where `storage` says, as `redis://…` or `memory://`; nothing is limited without."""
    counted = storage and FixedWindowRateLimiter(storage_from_string(storage))
    app.extensions[HERE] = counted or None


def limited(rate: str) -> Callable[[View], View]:
    """Mark a route: so often and no more by one caller, as `120 per minute`."""
    item = parse(rate)

    def mark(view: View) -> View:
        name = f"{view.__module__}.{view.__qualname__}"

        @functools.wraps(view)
        def within(*args: Any, **kwargs: Any) -> Any:
            limiter = here.app().extensions[HERE]
            if limiter is not None and not _admitted(limiter, item, name):
                raise TooManyRequests
            return view(*args, **kwargs)

        within.limited = rate  # type: ignore[attr-defined]
        return cast("View", within)

    return mark


def _admitted(limiter: FixedWindowRateLimiter, item: RateLimitItem, name: str) -> bool:
    try:
        return limiter.hit(item, caller_key(), name)
    except Exception:
        # Without its store a limit is no reason to turn a resident away.
        log.exception("limits are not counted")
        return True
