"""What belongs to the request that is being worked for, had straight.

Flask's `g`, `request` and `current_app` look it up anew for each of their attributes, and one
such look costs half of what SQLite needs for a row. Where something is asked of every request it
is asked for here; elsewhere theirs are as good. Errors: RuntimeError, outside of any request.
"""

from collections.abc import Callable
from typing import Any, cast

from flask import Flask, Request, current_app, g, request
from flask.ctx import AppContext, RequestContext
from flask.globals import app_ctx, request_ctx


def _straight(proxy: Any) -> Callable[[], Any]:
    return cast("Callable[[], Any]", proxy._get_current_object)  # noqa: SLF001 its documented name


_g = _straight(g)
app: Callable[[], Flask] = _straight(current_app)
asked: Callable[[], Request] = _straight(request)
"""The request itself."""
context: Callable[[], AppContext] = _straight(app_ctx)
_asking: Callable[[], RequestContext] = _straight(request_ctx)


def notes() -> dict[str, Any]:
    """Return what is kept for this request by name: what `g` has as attributes."""
    return cast("dict[str, Any]", _g().__dict__)


def added_on_the_way() -> list[Any]:
    """Return what is to be done to this request's answer, and to no other's."""
    return _asking()._after_request_functions  # noqa: SLF001 Flask's own, filled by `after_this_request`
