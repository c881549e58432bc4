"""Sign-in has one way in; a refresh token works once; signing out works at once."""

import base64
import json
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from sqlalchemy import func, select

from app.core import clock, crypto
from app.core.access import RoleKind
from app.core.db import db, read
from app.core.deployment import settings
from app.core.errors import Unauthenticated
from app.residents import session
from app.residents.jobs import forget_expired_tokens
from app.residents.models import RefreshToken, Resident, SignIn
from app.residents.session import RefreshTokenUsedTwice
from tests.clients import Client
from tests.crowds import at_once
from tests.factories.people import COMMUNITY
from tools.wechat_sandbox.identities import openid_of


def count(model):
    db.session.rollback()
    return read(select(func.count()).select_from(model)).scalar_one()


def with_token(client, token):
    client.headers["Authorization"] = f"Bearer {token}"
    return client.get("/me")


# Signing in


def test_somebody_new_becomes_known_and_stays_the_same(app, client):
    first = client.sign_in("demo:newcomer")["resident"]
    second = Client(app).sign_in("demo:newcomer")["resident"]
    assert first == second
    assert (first["roles"], first["community"], first["phone"]) == ([], None, None)
    assert first["name"]
    assert count(Resident) == 1
    assert read(select(Resident.openid)).scalar_one() == openid_of("demo:newcomer")


def test_a_code_signs_in_whom_it_stands_for(people, client):
    answer = client.sign_in("demo:gridworker")
    assert answer["resident"]["id"] == people["gridworker"].resident_id
    assert [role["kind"] for role in answer["resident"]["roles"]] == ["grid_worker"]
    assert answer["expires_in"] == settings().access_token_minutes * 60
    assert client.get("/me").json == answer["resident"]


def test_the_same_newcomer_on_ten_phones_at_once_is_one_person(app):
    answers = at_once(app, 10, lambda _: session.begin("o-newcomer")["resident_id"])
    assert len(set(answers)) == 1
    assert count(Resident) == 1
    assert count(SignIn) == 10


@pytest.mark.parametrize("code", ["071abc", "demo:", "demo:a b", "phone:demo:resident", "码"])
def test_a_code_that_wechat_does_not_know_is_no_sign_in(client, code):
    answer = client.post("/session", {"code": code})
    assert answer.status_code == 401
    assert answer.json["code"] == "bad_sign_in_code"
    assert count(Resident) == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "code"),
        ({"code": ""}, "code"),
        ({"code": None}, "code"),
        ({"code": 5}, "code"),
        ({"code": "x" * 201}, "code"),
        ({"code": "demo:resident", "openid": "o1"}, "openid"),
    ],
)
def test_a_sign_in_without_a_sound_code_is_refused(client, body, field):
    answer = client.post("/session", body)
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["errors"]] == [field]


@pytest.mark.parametrize(
    ("faults", "status", "code"),
    [
        ([40029], 401, "bad_sign_in_code"),
        ([45011], 429, "wechat_busy"),
        ([40013], 503, "wechat_unavailable"),
        ([{"status": 404}], 503, "wechat_unavailable"),
        ([{"answer": {}}], 503, "wechat_unavailable"),
    ],
)
def test_wechats_moods_are_told_in_our_words(sandbox, client, faults, status, code):
    sandbox.will_answer(jscode2session=faults)
    answer = client.post("/session", {"code": "demo:resident"})
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"] == code
    assert answer.json["detail"]


# Refresh tokens


def test_a_refresh_token_gives_new_tokens_that_work(client):
    first = client.sign_in("demo:resident")
    answer = client.post("/session/refresh", {"refresh_token": first["refresh_token"]})
    assert answer.status_code == 200
    assert answer.json.keys() == first.keys()
    assert answer.json["refresh_token"] != first["refresh_token"]
    assert with_token(client, answer.json["access_token"]).status_code == 200


def test_a_second_use_of_a_refresh_token_ends_the_sign_in(client):
    first = client.sign_in("demo:resident")
    old = {"refresh_token": first["refresh_token"]}
    new = client.post("/session/refresh", old).json
    again = client.post("/session/refresh", old)
    assert again.status_code == 401
    assert again.json["code"] == "refresh_token_used_twice"
    for token in (first["access_token"], new["access_token"]):
        assert with_token(client, token).status_code == 401
    later = client.post("/session/refresh", {"refresh_token": new["refresh_token"]})
    assert later.status_code == 401


def test_a_stolen_token_ends_one_sign_in_and_no_other(app, client):
    stolen, other = client.sign_in("demo:resident"), Client(app)
    other.sign_in("demo:resident")
    for _ in range(2):
        client.post("/session/refresh", {"refresh_token": stolen["refresh_token"]})
    assert client.get("/me").status_code == 401
    assert other.get("/me").status_code == 200


def test_thirty_phones_with_one_token_get_one_new_one(app, people):
    token = session.begin(openid_of("demo:resident"))["refresh_token"]
    db.session.rollback()

    def refresh(_number):
        try:
            return session.refresh(token)
        except Unauthenticated as refusal:
            return type(refusal)

    answers = at_once(app, 30, refresh)
    assert len([answer for answer in answers if isinstance(answer, dict)]) == 1
    losers = {answer for answer in answers if not isinstance(answer, dict)}
    assert losers <= {RefreshTokenUsedTwice, Unauthenticated}
    assert count(RefreshToken) == 2


@pytest.mark.parametrize("token", ["x", "A" * 43, "令牌", "a.b.c", "' OR 1=1 --"])
def test_an_unknown_refresh_token_is_refused(client, token):
    client.sign_in("demo:resident")
    answer = client.post("/session/refresh", {"refresh_token": token})
    assert answer.status_code == 401
    assert answer.json["code"] == "unauthenticated"
    assert client.get("/me").status_code == 200


@pytest.mark.parametrize(
    "body", [{}, {"refresh_token": ""}, {"refresh_token": ["x"]}, {"refresh_token": "x" * 201}]
)
def test_a_refresh_without_a_sound_token_is_a_bad_form(client, body):
    answer = client.post("/session/refresh", body)
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["errors"]] == ["refresh_token"]


def test_an_access_token_is_no_refresh_token(client):
    token = client.sign_in("demo:resident")["access_token"]
    assert client.post("/session/refresh", {"refresh_token": token}).status_code in {401, 422}


def test_a_refresh_token_ends_by_itself(client):
    token = client.sign_in("demo:resident")["refresh_token"]
    with clock.at(clock.now() + timedelta(days=settings().refresh_token_days, seconds=1)):
        answer = client.post("/session/refresh", {"refresh_token": token})
    assert answer.status_code == 401
    assert answer.json["code"] == "unauthenticated"


def test_only_a_fingerprint_of_a_refresh_token_is_kept(client):
    token = client.sign_in("demo:resident")["refresh_token"]
    db.session.rollback()
    row = read(select(RefreshToken.__table__)).one()
    assert token not in str(tuple(row))
    assert row.fingerprint == crypto.fingerprint(token)


# Signing out


def test_signing_out_ends_both_tokens_at_once(client):
    tokens = client.sign_in("demo:resident")
    answer = client.delete("/session")
    assert (answer.status_code, answer.data) == (204, b"")
    assert client.get("/me").status_code == 401
    assert client.delete("/session").status_code == 401
    refreshed = client.post("/session/refresh", {"refresh_token": tokens["refresh_token"]})
    assert refreshed.status_code == 401


def test_signing_out_on_one_phone_leaves_the_other_signed_in(app, client):
    other = Client(app)
    tokens = other.sign_in("demo:resident")
    client.sign_in("demo:resident")
    assert client.delete("/session", {"refresh_token": tokens["refresh_token"]}).status_code == 204
    assert other.get("/me").status_code == 200


def test_signing_out_takes_no_other_field(client):
    client.sign_in("demo:resident")
    answer = client.delete("/session", {"everywhere": True})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "everywhere"


# Access tokens


def claims(app, client, **changes):
    """Return the claims of a good token with some changed, or left out if None."""
    key = app.config["SECRET_KEY"]
    good = jwt.decode(
        client.sign_in("demo:resident")["access_token"], key, ["HS256"], audience="linli-api"
    )
    return {name: value for name, value in (good | changes).items() if value is not None}


def encoded(part):
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


LONG_AGO = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
LATER = int(datetime(2099, 1, 1, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": LONG_AGO},
        {"exp": None},
        {"exp": "soon"},
        {"iat": None},
        {"nbf": LATER},
        {"jti": None},
        {"iss": None},
        {"iss": "somebody"},
        {"aud": None},
        {"aud": "other-api"},
        {"aud": ["other-api"]},
        {"type": "refresh"},
        {"sub": None},
        {"sub": 1},
        {"sub": "0"},
        {"sub": "1 OR 1=1"},
        {"sub": "9" * 400},
        {"sub": "9223372036854775808"},
        {"sub": ""},
        {"sid": None},
        {"sid": "x"},
        {"sid": ["x"]},
        {"sid": "\0"},
    ],
)
def test_a_token_that_is_not_quite_ours_is_refused(app, client, changes):
    token = jwt.encode(claims(app, client, **changes), app.config["SECRET_KEY"], "HS256")
    answer = with_token(client, token)
    assert answer.status_code == 401
    assert answer.json["code"] == "unauthenticated"


def test_the_token_that_these_are_made_from_is_good(app, client):
    token = jwt.encode(claims(app, client), app.config["SECRET_KEY"], "HS256")
    assert with_token(client, token).status_code == 200


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize(("key", "algorithm"), [("another key", "HS256"), (None, "HS512")])
def test_a_token_signed_otherwise_is_refused(app, client, key, algorithm):
    token = jwt.encode(claims(app, client), key or app.config["SECRET_KEY"], algorithm)
    assert with_token(client, token).status_code == 401


def test_an_unsigned_token_is_refused(app, client):
    body = claims(app, client)
    for algorithm in ("none", "None", "NONE"):
        token = f"{encoded({'alg': algorithm, 'typ': 'JWT'})}.{encoded(body)}."
        assert with_token(client, token).status_code == 401


def test_a_touched_token_is_refused(app, client):
    head, body, signature = client.sign_in("demo:resident")["access_token"].split(".")
    other = encoded(claims(app, client, sub="1"))
    for token in (
        f"{head}.{other}.{signature}",
        f"{head}.{body}.{signature[::-1]}",
        f"{head}.{body}",
        f"{head}.{body}.",
        f"{head}.{body}.{signature}.{signature}",
    ):
        assert with_token(client, token).status_code == 401


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer a b",
        "Basic dTpw",
        "Bearer x",
        "Bearer a.b.c",
        "Bearer ...",
        "Bearer W10.W10.W10",
        "Bearer \xff\xfe.\xff.\xff",
        "Bearer " + "A" * 5000,
        "bearer null",
    ],
)
def test_a_header_that_holds_no_token_is_refused(client, header):
    client.headers["Authorization"] = header
    answer = client.get("/me")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_in_the_address_is_no_token(client):
    token = client.sign_in("demo:resident")["access_token"]
    client.headers.clear()
    assert client.get("/me", jwt=token, access_token=token).status_code == 401


def test_somebodys_token_is_worth_nothing_with_anothers_sign_in(app, people, client):
    other = Client(app).sign_in("demo:committee")["access_token"]
    sid = jwt.decode(other, options={"verify_signature": False})["sid"]
    token = jwt.encode(claims(app, client, sid=sid), app.config["SECRET_KEY"], "HS256")
    assert with_token(client, token).status_code == 401


def test_an_actor_is_loaded_with_the_roles_of_now(app, people):
    worker = people["gridworker"]
    begun = session.begin(openid_of("demo:gridworker"))
    sid = read(select(SignIn.id)).scalar_one()
    actor = session.load_actor(str(begun["resident_id"]), sid, "en")
    assert (actor.resident_id, actor.roles, actor.language) == (
        worker.resident_id,
        worker.roles,
        "en",
    )
    assert actor.roles[0].kind is RoleKind.GRID_WORKER
    assert actor.roles[0].place_code == COMMUNITY


# By the clock


def test_tokens_are_forgotten_long_after_anybody_could_reuse_them(client):
    client.sign_in("demo:resident")
    end = clock.now() + timedelta(days=settings().refresh_token_days)
    with clock.at(end + session.KEPT_AFTER_EXPIRY - timedelta(minutes=1)):
        assert forget_expired_tokens() == 0
    with clock.at(end + session.KEPT_AFTER_EXPIRY + timedelta(minutes=1)):
        assert forget_expired_tokens() == 1
    assert count(RefreshToken) == 0
