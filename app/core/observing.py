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

from flask import Flask, Request, Response

from app.core import here, logs, metrics, trace
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
        known = _request_id(environ.get("HTTP_X_REQUEST_ID"))

        def start(status: str, headers: list[tuple[str, str]], *fault: Any) -> Any:
            return start_response(status, [*headers, (HEADER, known)], *fault)

        token = trace.begin(known)
        try:
            return inner(environ, start)
        finally:
            trace.end(token)

    return answer


def _request_id(offered: str | None) -> str:
    """Return the caller's id if it is one, and not a person's number in its place."""
    if offered and trace.well_formed(offered) and redacted(offered) == offered:
        return offered
    return trace.new_request_id()


def _begin() -> None:
    here.notes()["began"] = time.perf_counter()


def _end(response: Response) -> Response:
    asked, notes = here.asked(), here.notes()
    seconds = time.perf_counter() - notes["began"]
    told = (_method(asked), _route(asked), response.status_code)
    metrics.request_answered(*told, seconds)
    if asked.endpoint not in QUIET:
        _note(*told, seconds, notes.get("actor"))
    return response


def _note(by: str, rule: str, status: int, seconds: float, actor: Any) -> None:
    fields = {
        "method": by,
        "route": rule,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "resident_id": actor.resident_id if actor else None,
    }
    logs.say(log, "request", fields)


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _route(asked: Request) -> str:
    """Return the rule that the request met; one word for all that met none."""
    return asked.url_rule.rule if asked.url_rule else "(none)"


def _method(asked: Request) -> str:
    """Return the request's method; one word for all that anybody may make up."""
    return asked.method if asked.method in METHODS else "(other)"
