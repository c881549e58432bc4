"""The stand-in as a Flask app, and two ways to serve it: in a test and alone.

Beside WeChat's own paths it has a few under `/sandbox`, see `controls` and `page`.
"""

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from flask import Flask, Response, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from tools.wechat_sandbox import controls, page
from tools.wechat_sandbox.answers import Refusal, refusal_body
from tools.wechat_sandbox.calls import CALLS, Account, Call, Facts, Json
from tools.wechat_sandbox.faults import Fault, Faults
from tools.wechat_sandbox.ledger import KEPT, Ledger
from tools.wechat_sandbox.messages import Messages
from tools.wechat_sandbox.pushes import Address, Pushes
from tools.wechat_sandbox.rates import Rates
from tools.wechat_sandbox.templates import templates_by_id

BANNER = "This is a stand-in for WeChat's server API, for demos and tests only.\n"

# What app/config.py takes where nothing else is said outside production.
DEMO_APPID = "wxdemo"
DEMO_SECRET = "demo"  # noqa: S105 - it opens nothing but this stand-in

_LARGEST_BODY = 1024 * 1024


class Sandbox:
    """All that the stand-in knows: one account, its faults, its ledger, the demo's people.

    `people` are names by openid, `template_ids` ids by name, `kept` is how many calls and
    messages are remembered.
    """

    def __init__(
        self,
        appid: str = DEMO_APPID,
        secret: str = DEMO_SECRET,
        *,
        address: Address | None = None,
        people: Mapping[str, str] | None = None,
        template_ids: Mapping[str, str] | None = None,
        kept: int | None = None,
    ) -> None:
        self.account = Account(
            appid,
            secret,
            templates=templates_by_id(template_ids),
            messages=Messages(kept) if kept else Messages(),
            pushes=Pushes(appid, address or Address()),
        )
        self.faults = Faults([call.__name__ for call in CALLS.values()])
        self.rates = Rates()
        self.ledger = Ledger(kept or KEPT)
        self.people = dict(people or {})


def create_app(sandbox: Sandbox) -> Flask:
    """Return the WSGI application that serves `sandbox`."""
    app = Flask("tools.wechat_sandbox")
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_BODY
    for (method, path), call in CALLS.items():
        app.add_url_rule(path, call.__name__, _view_of(call, sandbox), methods=[method])
    controls.add(app, sandbox)
    page.add(app, sandbox)

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
        delay_s, thrown = sandbox.rates.throw(call.__name__)
        fault = sandbox.faults.take(call.__name__) or thrown or Fault()
        time.sleep(max(delay_s, fault.delay_s))
        facts = Facts()
        answer = _answer(call, sandbox.account, facts)
        if fault.spares_effect:
            for effect in facts.effects:
                effect()
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
        return controls.spoken(answer)

    return view


def _answer(call: Call, account: Account, facts: Facts) -> Json:
    try:
        return call(request, account, facts)
    except Refusal as refusal:
        facts.effects.clear()
        return refusal_body(refusal.errcode, refusal.more)


def _errcode_of(answer: Json) -> int | None:
    errcode = answer.get("errcode", 0)
    return errcode if isinstance(errcode, int) else None


def _hang_up() -> None:
    """Close the connection under the answer (only the server of this module hands it out)."""
    connection = request.environ.get("werkzeug.socket")
    if isinstance(connection, socket.socket):
        connection.shutdown(socket.SHUT_RDWR)


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
