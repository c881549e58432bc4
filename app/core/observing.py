"""What is noted of every request: the id it goes by, a line in the log, a count.

The line has the route's rule, not the path: a path has the numbers of cases and a
photo's name in it, a query what somebody looks for. It has no address either; the
reverse proxy's log has, for whoever must tell. What it says of a person is
`resident_id`, which is nobody without the database.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, g, request

from app.core import metrics, trace
from app.core.logs import redacted

log = logging.getLogger(__name__)
HEADER = "X-Request-Id"
QUIET = frozenset({"web.healthz", "web.readyz", "web.show_metrics"})
"""Asked every few seconds by machines, and nobody's doing."""

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def install(app: Flask) -> None:
    """Give each request its id and its line. Before whatever answers without Flask."""
    app.wsgi_app = _traced(app.wsgi_app)  # type: ignore[method-assign, assignment]
    app.before_request(_begin)
    app.after_request(_end)


def _traced(inner: Wsgi) -> Wsgi:
    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with trace.traced(_request_id(environ.get("HTTP_X_REQUEST_ID"))):
            return inner(environ, start_response)

    return answer


def _request_id(offered: str | None) -> str:
    """Return the caller's id if it is one, and not a person's number in its place."""
    if offered and trace.well_formed(offered) and redacted(offered) == offered:
        return offered
    return trace.new_request_id()


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    response.headers[HEADER] = trace.request_id() or ""
    seconds = time.perf_counter() - g.began
    metrics.request_answered(method(), route(), response.status_code, seconds)
    if request.endpoint not in QUIET:
        _note(response.status_code, seconds)
    return response


def _note(status: int, seconds: float) -> None:
    actor = g.get("actor")
    fields = {
        "method": method(),
        "route": route(),
        "status": status,
        "ms": round(seconds * 1000, 1),
        "resident_id": actor.resident_id if actor else None,
    }
    log.info("request", extra={"fields": fields})


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def route() -> str:
    """Return the rule that the request met; one word for all that met none."""
    return request.url_rule.rule if request.url_rule else "(none)"


def method() -> str:
    """Return the request's method; one word for all that anybody may make up."""
    return request.method if request.method in METHODS else "(other)"
