"""What tests and demos programme the stand-in by, and look into it with.

- `PUT /sandbox/faults` replaces all faults: `{call: [fault, ...]}` are answers given once and in
  order (see `faults`), `{kind: rate}` faults by chance (see `rates`). `GET` tells how many answers
  are left by call, the rates and how often each kind was given; `DELETE` ends them all;
- `GET /sandbox/messages?after=` → `[message, ...]`, everything received (see `messages`), `DELETE`
  clears it;
- `PUT /sandbox/quota {openid: {template_id: number}}` counts from now on what people take and
  refuses the rest with 43101; `DELETE` stops counting, as at the start;
- `PUT /sandbox/verdicts {"next_photo": "risky"}` says what the next picture will turn out to be;
- `POST /sandbox/pushes {...}` pushes any event to the application → `{taken}`;
- `GET /sandbox/ledger?call=` → `{calls: [...]}` (see `ledger`), `DELETE` clears it;
- `DELETE /sandbox/tokens` ends every access token.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

if TYPE_CHECKING:
    from tools.wechat_sandbox.server import Sandbox


def spoken(answer: object, status: int = 200) -> Response:
    """Return JSON as WeChat sends it: as text/plain, so that nobody looks at the type."""
    words = json.dumps(answer, ensure_ascii=False)
    return Response(words, status=status, mimetype="text/plain")


def _listed(answer: object) -> Response:
    return Response(json.dumps(answer, ensure_ascii=False), mimetype="application/json")


def _done() -> Response:
    return Response(status=204)


def _with_form(use: Callable[[dict[str, Any]], Response]) -> Response:
    form = request.get_json(force=True, silent=True)
    if not isinstance(form, dict):
        return spoken({"error": "send a JSON object"}, 400)
    try:
        return use(form)
    except (TypeError, ValueError) as error:
        return spoken({"error": str(error)}, 400)


def add(app: Flask, sandbox: "Sandbox") -> None:
    """Add the controls."""
    _add_faults(app, sandbox)
    _add_looks(app, sandbox)

    @app.put("/sandbox/quota")
    def count_quota() -> Response:
        def use(form: dict[str, Any]) -> Response:
            sandbox.account.messages.allow(form)
            return _done()

        return _with_form(use)

    @app.delete("/sandbox/quota")
    def stop_counting() -> Response:
        sandbox.account.messages.allow(None)
        return _done()

    @app.put("/sandbox/verdicts")
    def choose_verdict() -> Response:
        def use(form: dict[str, Any]) -> Response:
            sandbox.account.pushes.next_photo(str(form.get("next_photo")))
            return spoken(form)

        return _with_form(use)

    @app.post("/sandbox/pushes")
    def push() -> Response:
        return _with_form(lambda form: spoken({"taken": sandbox.account.pushes.push(form)}))


def _add_faults(app: Flask, sandbox: "Sandbox") -> None:
    def told() -> Response:
        return spoken({"left": sandbox.faults.left(), **sandbox.rates.told()})

    @app.put("/sandbox/faults")
    def programme_faults() -> Response:
        def use(form: dict[str, Any]) -> Response:
            programme = {call: found for call, found in form.items() if isinstance(found, list)}
            before = sandbox.rates.chosen()
            sandbox.rates.choose({kind: form[kind] for kind in form.keys() - programme.keys()})
            try:
                sandbox.faults.programme(programme)
            except ValueError:
                sandbox.rates.choose(before)
                raise
            return told()

        return _with_form(use)

    @app.get("/sandbox/faults")
    def count_faults() -> Response:
        return told()

    @app.delete("/sandbox/faults")
    def remove_faults() -> Response:
        sandbox.faults.programme({})
        sandbox.rates.choose({})
        return _done()


def _add_looks(app: Flask, sandbox: "Sandbox") -> None:
    @app.get("/sandbox/messages")
    def read_messages() -> Response:
        return _listed(sandbox.account.messages.read(request.args.get("after", 0, int)))

    @app.delete("/sandbox/messages")
    def clear_messages() -> Response:
        sandbox.account.messages.clear()
        return _done()

    @app.get("/sandbox/ledger")
    def read_ledger() -> Response:
        return spoken({"calls": sandbox.ledger.read(request.args.get("call"))})

    @app.delete("/sandbox/ledger")
    def clear_ledger() -> Response:
        sandbox.ledger.clear()
        return _done()

    @app.delete("/sandbox/tokens")
    def expire_tokens() -> Response:
        sandbox.account.tokens.expire()
        return _done()
