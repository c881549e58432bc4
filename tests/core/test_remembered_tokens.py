"""A token's signature is checked once a process; whether it still holds, every time."""

import time
from datetime import datetime, timedelta

import jwt.api_jwt
from flask_jwt_extended import create_access_token, decode_token

from tests.clients import Client

LATER = timedelta(hours=2)


class TwoHoursLater(datetime):
    """What the library that reads tokens takes for the clock."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + LATER


def test_a_token_that_was_good_dies_at_its_hour(app, clients, monkeypatch):
    signed_in = clients["resident"]
    claims = decode_token(signed_in.headers["Authorization"].removeprefix("Bearer "))
    short = Client(app)
    token = create_access_token(
        claims["sub"], additional_claims={"sid": claims["sid"]}, expires_delta=timedelta(hours=1)
    )
    short.headers["Authorization"] = f"Bearer {token}"
    assert short.get("/me").status_code == 200
    now = time.time
    with monkeypatch.context() as later:
        later.setattr(time, "time", lambda: now() + LATER.total_seconds())
        later.setattr(jwt.api_jwt, "datetime", TwoHoursLater)
        assert short.get("/me").status_code == 401
    assert signed_in.get("/me").status_code == 200


def test_a_token_that_was_good_dies_with_its_sign_in(clients):
    assert clients["resident"].get("/me").status_code == 200
    assert clients["resident"].delete("/session").status_code in {200, 204}
    assert clients["resident"].get("/me").status_code == 401


def test_what_is_like_a_good_token_is_none(clients):
    assert clients["resident"].get("/me").status_code == 200
    clients["resident"].headers["Authorization"] += "x"
    assert clients["resident"].get("/me").status_code == 401
