"""A token's signature is checked once a process; whether it still holds, every time."""

import time
from datetime import timedelta

from flask_jwt_extended import create_access_token, decode_token

from tests.clients import Client


def test_a_token_that_was_good_dies_at_its_hour(app, clients):
    signed_in = clients["resident"]
    claims = decode_token(signed_in.headers["Authorization"].removeprefix("Bearer "))
    short = Client(app)
    token = create_access_token(
        claims["sub"],
        additional_claims={"sid": claims["sid"]},
        expires_delta=timedelta(seconds=2),
    )
    short.headers["Authorization"] = f"Bearer {token}"
    assert short.get("/me").status_code == 200
    time.sleep(2.1)
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
