"""A test's hands on the API."""

from collections.abc import Mapping
from contextvars import copy_context
from typing import Any

from flask import Flask
from flask.globals import _cv_app
from flask.testing import FlaskClient
from flask_jwt_extended import create_access_token

from app.core import clock, crypto
from app.core.access import Actor
from app.core.db import db
from app.residents.models import Resident, SignIn
from app.residents.session import begin

BASE = "/api/v1"


def signed_in(app: Flask, people: Mapping[str, Actor]) -> dict[str, "Client"]:
    """Return a client for each, signed in without WeChat, in one transaction."""
    now = clock.now()
    sign_ins = {
        name: SignIn(id=crypto.random_token(), resident_id=actor.resident_id, created_at=now)
        for name, actor in people.items()
    }
    db.session.add_all(sign_ins.values())
    db.session.commit()
    hands = {}
    for name, sign_in in sign_ins.items():
        hands[name] = Client(app)
        claims = {"sid": sign_in.id}
        token = create_access_token(str(sign_in.resident_id), additional_claims=claims)
        hands[name].headers["Authorization"] = f"Bearer {token}"
    return hands


class Client:
    """A phone: speaks JSON, remembers its token, resets the request's leftovers."""

    def __init__(self, app: Flask) -> None:
        self.http: FlaskClient = app.test_client()
        self.headers: dict[str, str] = {}

    def signed_in_as(self, actor: Actor) -> "Client":
        """Sign in without WeChat: how WeChat answers is tested elsewhere."""
        openid = db.session.get(Resident, actor.resident_id).openid
        self.headers["Authorization"] = f"Bearer {begin(openid)['access_token']}"
        return self

    def sign_in(self, code: str) -> dict[str, Any]:
        """Sign in as a phone does."""
        answer = self.post("/session", {"code": code})
        assert answer.status_code == 200, answer.json
        self.headers["Authorization"] = f"Bearer {answer.json['access_token']}"
        return answer.json

    def get(self, path: str, **query: Any):
        return self._send("GET", path, query_string=query or None)

    def post(self, path: str, body: Any = None, **headers: str):
        return self._send("POST", path, json=body, headers=headers)

    def patch(self, path: str, body: Any):
        return self._send("PATCH", path, json=body)

    def put(self, path: str, body: Any):
        return self._send("PUT", path, json=body)

    def delete(self, path: str, body: Any = None):
        return self._send("DELETE", path, json=body)

    def upload(self, content: bytes, name: str = "photo.jpg", field: str = "file"):
        """Send a photo."""
        from io import BytesIO  # noqa: PLC0415

        answer = self._send("POST", "/photos", data={field: (BytesIO(content), name)})
        # A large body went through a temporary file, which the test client leaves open.
        answer.request.environ["wsgi.input"].close()
        return answer

    def _send(self, method: str, path: str, headers: dict[str, str] | None = None, **kwargs: Any):
        given = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        full = path if path.startswith("/api/") else BASE + path
        if kwargs.get("json", ...) is None:
            kwargs.pop("json")
        headers = {**self.headers, **given}

        def send():
            # A request has a context of its own, not the test's: nothing leaks from one
            # to the next, while a stopped clock stays stopped.
            _cv_app.set(None)
            return self.http.open(full, method=method, headers=headers, **kwargs)

        return copy_context().run(send)
