"""Whatever goes wrong is answered in one shape, in the caller's language, and tells no secrets."""

import logging
from io import BytesIO

import pytest
from flask import Blueprint, Flask, Request, abort, after_this_request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import ClientDisconnected, HTTPException
from werkzeug.test import EnvironBuilder

from app.core import application, errors, http, limits
from app.core.errors import FieldError
from app.core.states import IllegalMove

SECRET = "password=hunter2"
KEYS = {"type", "title", "status", "detail", "code", "errors"}
PROBLEMS = [
    (errors.BadRequest, 400),
    (errors.Unauthenticated, 401),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.TooLarge, 413),
    (errors.UnsupportedMedia, 415),
    (errors.InvalidInput, 422),
    (errors.TooManyRequests, 429),
    (errors.Problem, 500),
    (errors.Unavailable, 503),
]


@pytest.fixture(scope="module")
def house():
    """Return an app of nothing but our error shape and routes that fail."""
    app = Flask("house")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    http.install(app)
    limits.install(app, "memory://")

    @app.get("/problem/<name>")
    def problem(name):
        raise next(kind for kind, _ in PROBLEMS if kind.__name__ == name)

    @app.get("/abort/<int:status>")
    def aborted(status):
        abort(status)

    @app.get("/broken")
    def broken():
        raise RuntimeError(SECRET)

    @app.get("/database")
    def database():
        raise OperationalError(f"SELECT '{SECRET}'", {}, Exception(SECRET))

    @app.get("/fields")
    def fields():
        raise errors.InvalidInput(
            errors=[
                FieldError("description", "length", (("min", 1), ("max", 5))),
                FieldError("photo_ids.0", "unknown_photo"),
                FieldError("x", "a_code_without_words"),
            ]
        )

    @app.get("/move")
    def move():
        raise IllegalMove(state="closed", to="open")

    @app.get("/once")
    @limits.limited("1 per day")
    def once():
        return "ok"

    return app.test_client()


def is_problem(answer, status):
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json.keys() == KEYS
    assert answer.json["status"] == status
    assert answer.json["type"] == f"urn:linli:problem:{answer.json['code']}"
    assert answer.json["title"]
    assert answer.json["detail"]
    return answer.json


@pytest.mark.parametrize(("kind", "status"), PROBLEMS)
@pytest.mark.parametrize(("language", "ascii_only"), [("zh-CN", False), ("en-GB", True)])
def test_every_problem_has_one_shape_in_both_languages(house, kind, status, language, ascii_only):
    answer = house.get(f"/problem/{kind.__name__}", headers={"Accept-Language": language})
    body = is_problem(answer, status)
    assert body["code"] == kind.code
    assert body["errors"] == []
    assert body["title"].isascii() is ascii_only
    assert answer.headers["Content-Language"] == ("en" if ascii_only else "zh-Hans")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "bad_request"),
        (401, "unauthenticated"),
        (403, "forbidden"),
        (404, "not_found"),
        (405, "method_not_allowed"),
        (406, "bad_request"),
        (413, "too_large"),
        (414, "bad_request"),
        (415, "unsupported_media"),
        (418, "bad_request"),
        (422, "invalid_input"),
        (429, "too_many_requests"),
        (500, "internal"),
        (501, "internal"),
        (502, "internal"),
        (503, "unavailable"),
    ],
)
def test_what_a_library_aborts_with_has_the_same_shape(house, status, code):
    assert is_problem(house.get(f"/abort/{status}"), status)["code"] == code


def test_a_bug_is_answered_without_its_words_and_logged_with_them(house, caplog):
    with caplog.at_level(logging.ERROR):
        answer = house.get("/broken")
    assert is_problem(answer, 500)["code"] == "internal"
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text
    assert SECRET in caplog.text


def test_a_database_that_is_away_asks_the_phone_to_come_back(house):
    answer = house.get("/database")
    assert is_problem(answer, 503)["code"] == "unavailable"
    assert answer.headers["Retry-After"] == "5"
    assert SECRET not in answer.text


def test_who_is_too_fast_hears_when_to_come_back(house):
    assert house.get("/once").status_code == 200
    answer = house.get("/once")
    assert is_problem(answer, 429)["code"] == "too_many_requests"
    assert answer.headers["Retry-After"] == "60"


def test_who_is_not_signed_in_hears_how_to(house):
    assert house.get("/problem/Unauthenticated").headers["WWW-Authenticate"] == "Bearer"


def test_a_subclass_of_a_problem_speaks_for_itself(house):
    body = is_problem(house.get("/move", headers={"Accept-Language": "en"}), 409)
    assert body["code"] == "illegal_move"


def test_faulty_fields_are_named_with_their_numbers(house):
    body = is_problem(house.get("/fields", headers={"Accept-Language": "en"}), 422)
    assert [fault["field"] for fault in body["errors"]] == ["description", "photo_ids.0", "x"]
    assert [fault["code"] for fault in body["errors"]] == [
        "length",
        "unknown_photo",
        "a_code_without_words",
    ]
    assert "1 to 5" in body["errors"][0]["message"]
    assert all(fault["message"] for fault in body["errors"])


# The same through the real routes


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"{]", "application/json", 400),
        (b'{"name": "a"', "application/json", 400),
        (b"name=a", "application/json", 400),
        (b'{"name": "\xff"}', "application/json", 400),
        ('{"name": "a"}'.encode("utf-16"), "application/json", 400),
        (b'{"name": NaN}', "application/json", 400),
        (b'{"name": -Infinity}', "application/json", 400),
        (b'{"name": 1e999}', "application/json", 400),
        (b'{"name": "\\ud800"}', "application/json", 400),
        (b'{"\\udfff": 1}', "application/json", 400),
        (b'{"name": "\\u0000"}', "application/json", 422),
        (b'{"n\\u0000": "a"}', "application/json", 422),
        (b"[" * 100_000, "application/json", 400),
        (b'{"name":' * 20_000 + b"1" + b"}" * 20_000, "application/json", 400),
        (b'{"name":' * 500 + b"1" + b"}" * 500, "application/json", 422),
        (b'{"name": ' + b"9" * 5000 + b"}", "application/json", 400),
        (b'{"name": ' + b"9" * 40 + b"}", "application/json", 422),
        (b"[]", "application/json", 422),
        (b'[{"name": "a"}]', "application/json", 422),
        (b'"name"', "application/json", 422),
        (b"5", "application/json", 422),
        (b"null", "application/json", 422),
        (b"true", "application/json", 422),
        (b'{"name": "a"}', "text/plain", 415),
        (b'{"name": "a"}', "application/xml", 415),
        (b'{"name": "a"}', "", 415),
        (b"name=a", "application/x-www-form-urlencoded", 415),
        (b'{"name": "a"}', "application/json; charset=utf-8", 200),
        (b'{"name": "a", "name": "b"}', "application/json", 200),
        (b"", "application/json", 200),
        (b'{"name": "' + b"a" * http.LONGEST_JSON + b'"}', "application/json", 413),
        (b" " * (12 * 1024 * 1024), "application/json", 413),
        (b" " * (12 * 1024 * 1024), "text/plain", 413),
    ],
)
def test_a_body_is_read_strictly_or_refused_cleanly(clients, body, kind, status):
    phone = clients["resident"]
    headers = {**phone.headers, "Content-Type": kind}
    answer = phone.http.patch("/api/v1/me", data=body, headers=headers)
    assert answer.status_code == status
    if status >= 400:
        is_problem(answer, status)


def test_fields_that_nobody_asked_for_are_refused_by_name(clients):
    answer = clients["resident"].patch("/me", {"name": "周奶奶", "role": "district", "id": 7})
    faults = is_problem(answer, 422)["errors"]
    assert {fault["field"] for fault in faults} == {"role", "id"}
    assert {fault["code"] for fault in faults} == {"unknown_field"}
    answer = clients["gridworker"].get("/residences", everything="1")
    assert is_problem(answer, 422)["errors"][0]["field"] == "everything"


@pytest.mark.parametrize(
    ("lat", "lon", "fields"),
    [
        ("nan", "104", ["lat"]),
        ("inf", "104", ["lat"]),
        ("30", "-1e999", ["lon"]),
        ("91", "181", ["lat", "lon"]),
        ("true", "104", ["lat"]),
        ("", "104", ["lat"]),
        ("30,5", "104", ["lat"]),
        ("9" * 5000, "104", ["lat"]),
        ("\0", "104", ["lat"]),
    ],
)
def test_a_number_in_a_query_is_a_number(clients, lat, lon, fields):
    answer = clients["resident"].get("/places/locate", lat=lat, lon=lon, coord_sys="wgs84")
    assert [fault["field"] for fault in is_problem(answer, 422)["errors"]] == fields


@pytest.mark.parametrize(
    "row", ["0", "-1", "1.0", "abc", "9223372036854775808", "9" * 5000, "%00", "1%20", "../1", "٣"]
)
def test_what_is_no_rows_id_is_not_found(clients, row):
    answer = clients["gridworker"].post(f"/residences/{row}/moves", {"to": "confirmed"})
    is_problem(answer, 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/me", {"GET", "PATCH", "HEAD", "OPTIONS"}),
        ("GET", "/session", {"POST", "DELETE", "OPTIONS"}),
        ("PUT", "/photos", {"POST", "OPTIONS"}),
    ],
)
def test_a_method_that_is_not_taken_names_those_that_are(client, method, path, allowed):
    answer = client.http.open(f"/api/v1{path}", method=method)
    is_problem(answer, 405)
    assert {name.strip() for name in answer.headers["Allow"].split(",")} == allowed


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/nothing", "/nothing", "/api/v1/me/"])
def test_an_address_that_is_not_there_is_a_problem_too(client, path):
    is_problem(client.http.get(path), 404)


@pytest.mark.parametrize(
    "path", ["/api/v1/me", "/api/v1/config", "/api/docs", "/healthz", "/no", "/console/sign-in"]
)
def test_every_answer_carries_the_headers_that_protect(client, path):
    headers = client.http.get(path).headers
    assert headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Cache-Control"] == "no-store"


def test_the_documentation_runs_no_script_but_our_own(client):
    answer = client.http.get("/api/docs")
    assert answer.status_code == 200
    policy = dict(
        part.strip().split(" ", 1)
        for part in answer.headers["Content-Security-Policy"].split(";")
        if part.strip()
    )
    assert policy["default-src"] == "'self'"
    assert policy.get("script-src", "'self'") == "'self'"
    assert policy["object-src"] == "'none'"
    assert "<script>" not in answer.text
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css"):
        with client.http.get(f"/api/docs/static/{asset}") as file:
            assert file.status_code == 200
    assert client.http.get("/api/docs/start.js").mimetype == "text/javascript"


@pytest.mark.parametrize("path", ["/api/docs/static/../../../config.py", "/../app/config.py"])
def test_static_files_are_only_those(client, path):
    assert client.http.get(path).status_code == 404


def test_the_service_says_that_it_lives_and_is_ready(client):
    assert client.http.get("/healthz").json == {"status": "ok"}
    assert client.http.get("/readyz").json == {"status": "ready"}


def test_the_document_is_served_and_names_the_routes(client):
    document = client.http.get("/api/v1/openapi.json").json
    assert document["openapi"].startswith("3.1")
    assert "/api/v1/hazards" in document["paths"]


@pytest.mark.parametrize("path", ["/", "/x/é/%2F", "/a b"])
@pytest.mark.parametrize(
    "base",
    ["http://localhost/", "https://Example.COM:443/", "http://h:80/app", "http://[::1]:8000/"],
)
def test_a_request_is_routed_as_flask_would(path, base):
    ours, theirs = application.App("ours"), Flask("theirs")
    for offered in (None, "Ünï.example", "a b", "UPPER:99", "", "x" * 300, "a..b", "example.org"):
        found = [_routed(app, path, base, offered) for app in (ours, theirs)]
        assert found[0] == found[1]


def _routed(app, path, base, offered):
    """Return what an app makes of a request's address, or what it says instead."""
    environ = EnvironBuilder(path, base_url=base, query_string="a=b&c=%E9").get_environ()
    if offered is not None:
        environ["HTTP_HOST"] = offered
    asked = Request(environ)
    try:
        found = app.create_url_adapter(asked)
    except HTTPException as fault:
        return type(fault)
    server = found.server_name, found.subdomain, found.url_scheme, found.default_method
    return asked.host, server, found.script_name, found.path_info, found.query_args


class Dripping:
    """A body that comes in pieces of a few bytes, and may break off."""

    def __init__(self, body):
        self.left = body

    def read(self, size):
        """Return some more of it, and never more than was asked for."""
        assert size > 0
        part, self.left = self.left[: min(size, 3)], self.left[min(size, 3) :]
        return part


def test_a_small_body_is_read_whole_or_refused():
    environ = EnvironBuilder("/", method="POST", content_length=10).get_environ()
    environ["wsgi.input"] = Dripping(b"0123456789 and what follows")
    asked = application.Asked(environ)
    assert asked.get_data() == asked.get_data() == b"0123456789"
    assert environ["wsgi.input"].left == b" and what follows"
    environ["wsgi.input"] = Dripping(b"01234567")
    with pytest.raises(ClientDisconnected):
        application.Asked(environ).get_data()


class Gone(Dripping):
    """A body whose line breaks."""

    def read(self, size):
        """Return nothing."""
        raise ConnectionResetError(size)


def test_a_line_that_breaks_is_no_fault_of_ours():
    environ = EnvironBuilder("/", method="POST", content_length=10).get_environ()
    environ["wsgi.input"] = Gone(b"")
    with pytest.raises(ClientDisconnected):
        application.Asked(environ).get_data()


def test_a_body_in_chunks_is_as_long_as_they_are():
    environ = EnvironBuilder("/", method="POST", content_length=3).get_environ()
    chunks = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    environ |= {**chunks, "wsgi.input": BytesIO(b"0123456789")}
    assert application.Asked(environ).get_data() == b"0123456789"


@pytest.mark.parametrize("path", ["/inner", "/outer", "/closed/inner", "/nothing", "/broken"])
def test_what_runs_around_a_view_runs_as_flask_has_it(path):
    assert _what_runs(application.App("ours"), path) == _what_runs(Flask("theirs"), path)


def _what_runs(app, path):
    """Return what ran, in order, and what was answered."""
    ran = []
    http.install(app)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def noted(name, returns=None):
        def note(*given):
            ran.append((name, [type(one).__name__ for one in given]))
            return given[0] if returns == "given" else returns

        return note

    def view():
        @after_this_request
        def once(response):
            ran.append("for this one")
            response.headers["X-Once"] = "yes"
            return response

        return {"seen": True}

    def broken():
        raise RuntimeError

    inner, closed = Blueprint("inner", __name__), Blueprint("closed", __name__)
    for number in range(2):
        for place in (app, inner):
            name = f"{place.name} {number}"
            place.before_request(noted(f"before {name}"))
            place.after_request(noted(f"after {name}", "given"))
            place.teardown_request(noted(f"over {name}"))
    closed.before_request(noted("closed", ("closed", 403)))
    inner.add_url_rule("/inner", view_func=view)
    closed.register_blueprint(inner)
    app.register_blueprint(inner)
    app.register_blueprint(closed, name="closed", url_prefix="/closed")
    app.add_url_rule("/outer", view_func=view)
    app.add_url_rule("/broken", view_func=broken)
    answers = [app.test_client().open(path, method=by) for by in ("GET", "GET", "OPTIONS", "HEAD")]
    return [str(one).replace(app.name, "app") for one in ran], [
        (answer.status_code, answer.data, sorted(answer.headers)) for answer in answers
    ]
