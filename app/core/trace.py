"""Which request all this is about: one id from the phone's request to the last delivery."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token

LONGEST = 64
_FORM = re.compile(rf"[A-Za-z0-9_.:-]{{1,{LONGEST}}}")
_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def request_id() -> str | None:
    """Return the id of the request that is being worked for, if any."""
    return _current.get()


def new_request_id() -> str:
    """Return an id that no other request has."""
    return secrets.token_hex(12)


def well_formed(offered: str | None) -> bool:
    """Whether an id that came from outside may stand in a log and a column."""
    return offered is not None and _FORM.fullmatch(offered) is not None


def begin(known: str | None) -> Token[str | None]:
    """Let what happens from now on belong to that request; returns what `end` takes."""
    return _current.set(known)


def end(token: Token[str | None]) -> None:
    """Let what happens from now on belong to what it belonged to before."""
    _current.reset(token)


@contextmanager
def traced(known: str | None) -> Iterator[None]:
    """Let what happens inside the block belong to that request."""
    token = begin(known)
    try:
        yield
    finally:
        end(token)
