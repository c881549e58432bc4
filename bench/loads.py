"""A small generator of requests: one connection a thread, one request at a time on each."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from time import perf_counter

CONNECTIONS = 2
"""So many requests are under way at once, unless said otherwise."""


@dataclass(frozen=True)
class Request:
    """What is sent. `headers` are made for each request, and path and body too by `anew`."""

    path: str
    method: str = "GET"
    headers: Callable[[], dict[str, str]] = field(default=dict)
    body: bytes | None = None
    status: int = 200
    anew: Callable[[], tuple[str, bytes]] | None = None

    def next(self) -> tuple[str, bytes | None]:
        """Return the path and the body of the next one."""
        return self.anew() if self.anew else (self.path, self.body)


def send(port: int, request: Request, times: int, connections: int = CONNECTIONS) -> int:
    """Send a request so many times, by so many at once; returns the bytes of an answer.

    Errors: AssertionError when an answer is another than was wanted.
    """
    with ThreadPoolExecutor(connections) as pool:
        share = times // connections
        sizes = list(pool.map(lambda _: _send(port, request, share), range(connections)))
    return sizes[0]


def _send(port: int, request: Request, times: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    size = 0
    for _ in range(times):
        path, body = request.next()
        connection.request(request.method, path, body, request.headers())
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status == request.status, (answer.status, content)
        size = len(content)
    connection.close()
    return size


def send_one(port: int, request: Request) -> float:
    """Send one request on a connection of its own; returns the seconds until the answer is here."""
    began = perf_counter()
    _send(port, request, 1)
    return perf_counter() - began
