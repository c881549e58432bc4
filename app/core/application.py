"""Flask as we use it: what it asks of every request and has one answer here, is asked once."""

import functools
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any, NamedTuple, cast

from flask import Flask, Request, Response, request_tearing_down
from werkzeug.exceptions import ClientDisconnected
from werkzeug.routing import Map, MapAdapter
from werkzeug.utils import cached_property
from werkzeug.wsgi import get_host

from app.core import here

SMALL_BODY = 16 * 1024
"""In bytes; less than anything that a limit refuses."""


class Asked(Request):
    """A request; a small body is read in one go."""

    @cached_property
    def stream(self) -> Any:
        """Return what the body is read from. Errors: BadRequest, when it breaks off."""
        said = self.environ.get("CONTENT_LENGTH", "")
        small = said.isdecimal() and 0 < int(said) <= SMALL_BODY
        # What comes in chunks ends where they do, whatever length is said besides.
        if not small or "HTTP_TRANSFER_ENCODING" in self.environ:
            return super().stream
        left, parts = int(said), []
        while left:
            try:
                part = self.environ["wsgi.input"].read(left)
            except (OSError, ValueError) as fault:  # whoever sent it is gone
                raise ClientDisconnected from fault
            if not part:
                raise ClientDisconnected
            parts.append(part)
            left -= len(part)
        return BytesIO(b"".join(parts))


class _Around(NamedTuple):
    """What runs around a view: before it, on what it answers, and when all is over."""

    before: tuple[Callable[..., Any], ...]
    after: tuple[Callable[..., Any], ...]
    over: tuple[Callable[..., Any], ...]


class App(Flask):
    """Flask, for views that all are plain functions, and a server without subdomains.

    What runs around views is put together once for each, where Flask looks through all that
    there is of each kind with every request.
    """

    request_class = Asked

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make an app as Flask does."""
        super().__init__(*args, **kwargs)
        self._around_of: dict[str | None, _Around] = {}

    def _around(self, asked: Request) -> _Around:
        found = self._around_of.get(asked.endpoint)
        if found is None:
            inward = (None, *reversed(asked.blueprints))
            outward = (*asked.blueprints, None)
            found = self._around_of[asked.endpoint] = _Around(
                tuple(one for name in inward for one in self.before_request_funcs.get(name, ())),
                _of(outward, self.after_request_funcs),
                _of(outward, self.teardown_request_funcs),
            )
        return found

    def preprocess_request(self) -> Any:
        """Do what comes before the view; returns the answer, if one is given already."""
        if self.url_value_preprocessors:
            return super().preprocess_request()
        for function in self._around(here.asked()).before:
            answer = function()
            if answer is not None:
                return answer
        return None

    def dispatch_request(self) -> Any:
        """Return what the view returns."""
        asked = here.asked()
        rule = asked.url_rule
        if rule is None or asked.routing_exception is not None or asked.method == "OPTIONS":
            return super().dispatch_request()
        return self.view_functions[rule.endpoint](**cast("dict[str, Any]", asked.view_args))

    def process_response(self, response: Response) -> Response:
        """Return what is answered, after all that have something to add; no session is kept."""
        for function in here.added_on_the_way():
            response = function(response)
        for function in self._around(here.asked()).after:
            response = function(response)
        return response

    def do_teardown_request(self, exc: BaseException | None = None) -> None:
        """End a request."""
        for function in self._around(here.asked()).over:
            function(exc)
        request_tearing_down.send(self, exc=exc)

    def create_url_adapter(self, request: Any) -> MapAdapter | None:
        """Return what finds the route; what a server is called is looked at once for each name."""
        if request is None or self.config["SERVER_NAME"] is not None:
            return super().create_url_adapter(request)
        environ = request.environ
        scheme, offered = environ["wsgi.url_scheme"], environ.get("HTTP_HOST")
        server = environ["SERVER_NAME"], environ["SERVER_PORT"]
        request.host, name = _called(scheme, offered, *server)
        script, path, query = (
            environ.get("SCRIPT_NAME", ""),
            environ["PATH_INFO"],
            environ.get("QUERY_STRING", ""),
        )
        return MapAdapter(
            self.url_map,
            name,
            _text(script),
            "",
            scheme,
            _text(path),
            environ["REQUEST_METHOD"],
            _text(query),
        )

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return it as it is: whether it has to be waited for is asked five times a request."""
        return func


def _text(raw: str) -> str:
    """Return what a server gives as bytes in the shape of a text."""
    return raw if raw.isascii() else raw.encode("latin1").decode(errors="replace")


def _of(names: Iterable[str | None], functions: Mapping[Any, list[Any]]) -> tuple[Any, ...]:
    return tuple(one for name in names for one in reversed(functions.get(name, [])))


@functools.lru_cache(maxsize=256)
def _called(scheme: str, offered: str | None, name: str, port: str) -> tuple[str, str]:
    """Return the host that a request is for, and the same as routes have it.

    Errors: werkzeug's, for what no host is called.
    """
    named = {"SERVER_NAME": name, "SERVER_PORT": port, "wsgi.url_scheme": scheme}
    host = get_host(named if offered is None else named | {"HTTP_HOST": offered})
    return host, Map().bind(host).server_name
