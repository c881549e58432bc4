"""The stand-in as a Flask app, and two ways to serve it: in a test and alone.

Beside WeChat's own paths it has a few under `/sandbox` for tests:

- `PUT /sandbox/faults {call: [fault, ...]}` replaces the programmed answers (see `faults`),
  `GET` tells how many are left by call, `DELETE` removes them;
- `GET /sandbox/ledger?call=` → `{calls: [...]}` (see `ledger`), `DELETE` clears it;
- `DELETE /sandbox/tokens` ends every access token.
"""

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from flask import Flask, Response, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from tools.wechat_sandbox.answers import Refusal, refusal_body
from tools.wechat_sandbox.calls import CALLS, Account, Call, Facts, Json
from tools.wechat_sandbox.faults import Fault, Faults
from tools.wechat_sandbox.ledger import Ledger

BANNER = "This is a stand-in for WeChat's server API, for demos and tests only.\n"

# What app/config.py takes where nothing else is said outside production.
DEMO_APPID = "wxdemo"
DEMO_SECRET = "demo"  # noqa: S105 - it opens nothing but this stand-in

_LARGEST_BODY = 1024 * 1024


class Sandbox:
    """All that the stand-in knows: one account, its programmed faults, its ledger."""

    def __init__(self, appid: str = DEMO_APPID, secret: str = DEMO_SECRET) -> None:
        self.account = Account(appid, secret)
        self.faults = Faults([call.__name__ for call in CALLS.values()])
        self.ledger = Ledger()


def create_app(sandbox: Sandbox) -> Flask:
    """Return the WSGI application that serves `sandbox`."""
    app = Flask("tools.wechat_sandbox")
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_BODY
    for (method, path), call in CALLS.items():
        app.add_url_rule(path, call.__name__, _view_of(call, sandbox), methods=[method])
    _add_controls(app, sandbox)

    @app.get("/")
    def banner() -> Response:
        return Response(BANNER, mimetype="text/plain")

    @app.after_request
    def say_who_answers(response: Response) -> Response:
        response.headers["X-Linli-Stand-In"] = "wechat"
        return response

    return app


def _view_of(call: Call, sandbox: Sandbox) -> Callable[[], Response]:
    """Make a view of a call: a programmed fault or the true answer, and a line in the ledger."""

    def view() -> Response:
        fault = sandbox.faults.take(call.__name__) or Fault()
        time.sleep(fault.delay_s)
        facts: Facts = {}
        answer = _answer(call, sandbox.account, facts)
        if fault.errcode is not None:
            answer = refusal_body(fault.errcode)
        elif fault.answer is not None:
            answer = fault.answer
        spoken = fault.status is None and not fault.drop
        sandbox.ledger.write(call.__name__, _errcode_of(answer) if spoken else None, facts)
        if fault.drop:
            _hang_up()
        if fault.status is not None:
            return Response(fault.text, status=fault.status, mimetype="text/html")
        return _json(answer)

    return view


def _answer(call: Call, account: Account, facts: Facts) -> Json:
    try:
        return call(request, account, facts)
    except Refusal as refusal:
        return refusal_body(refusal.errcode)


def _errcode_of(answer: Json) -> int | None:
    errcode = answer.get("errcode", 0)
    return errcode if isinstance(errcode, int) else None


def _json(answer: Json, status: int = 200) -> Response:
    # WeChat answers with text/plain as often as not, so nobody should look at the type.
    return Response(json.dumps(answer, ensure_ascii=False), status=status, mimetype="text/plain")


def _hang_up() -> None:
    """Close the connection under the answer (only the server of this module hands it out)."""
    connection = request.environ.get("werkzeug.socket")
    if isinstance(connection, socket.socket):
        connection.shutdown(socket.SHUT_RDWR)


def _add_controls(app: Flask, sandbox: Sandbox) -> None:
    """Add what tests use to programme the stand-in and to look into it."""

    @app.put("/sandbox/faults")
    def programme_faults() -> Response:
        programme = request.get_json(force=True, silent=True)
        if not isinstance(programme, dict):
            return _json({"error": "send {call: [fault, ...]}"}, 400)
        try:
            sandbox.faults.programme(programme)
        except ValueError as error:
            return _json({"error": str(error)}, 400)
        return _json({"left": sandbox.faults.left()})

    @app.get("/sandbox/faults")
    def count_faults() -> Response:
        return _json({"left": sandbox.faults.left()})

    @app.delete("/sandbox/faults")
    def remove_faults() -> Response:
        sandbox.faults.programme({})
        return Response(status=204)

    @app.get("/sandbox/ledger")
    def read_ledger() -> Response:
        return _json({"calls": sandbox.ledger.read(request.args.get("call"))})

    @app.delete("/sandbox/ledger")
    def clear_ledger() -> Response:
        sandbox.ledger.clear()
        return Response(status=204)

    @app.delete("/sandbox/tokens")
    def expire_tokens() -> Response:
        sandbox.account.tokens.expire()
        return Response(status=204)


class _Quiet(WSGIRequestHandler):
    """Says nothing of each request: the query of a call carries the app's secret."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def make_sandbox_server(sandbox: Sandbox, host: str = "127.0.0.1", port: int = 0) -> BaseWSGIServer:
    """Bind a threaded server; port 0 takes a free one. Errors: OSError if the port is taken."""
    # Werkzeug answers a taken port with a message and exit(1) of its own, so look first.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
    return make_server(host, port, create_app(sandbox), threaded=True, request_handler=_Quiet)


@dataclass(frozen=True, slots=True)
class RunningSandbox:
    """A stand-in that serves: where it is, how to sign in to it, and all its insides."""

    base_url: str
    sandbox: Sandbox

    @property
    def appid(self) -> str:
        """The id of its one mini-program."""
        return self.sandbox.account.appid

    @property
    def secret(self) -> str:
        """The secret that goes with it."""
        return self.sandbox.account.secret

    def will_answer(self, **programme: list[object]) -> None:
        """Programme faults, as `PUT /sandbox/faults` does: `will_answer(stable_token=[-1])`."""
        self.sandbox.faults.programme(programme)

    def calls(self, call: str | None = None) -> list[dict[str, object]]:
        """Return the ledger, or its entries of one call."""
        return self.sandbox.ledger.read(call)


@contextmanager
def running_sandbox(port: int = 0) -> Iterator[RunningSandbox]:
    """Serve a fresh stand-in on loopback while the block runs; port 0 takes a free one."""
    sandbox = Sandbox()
    server = make_sandbox_server(sandbox, port=port)
    # It looks for the end of the block this often; the usual 0.5 s adds up over many tests.
    look_every_s = 0.01
    thread = Thread(
        target=server.serve_forever, args=(look_every_s,), name="wechat-sandbox", daemon=True
    )
    thread.start()
    try:
        yield RunningSandbox(f"http://127.0.0.1:{server.server_port}", sandbox)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
