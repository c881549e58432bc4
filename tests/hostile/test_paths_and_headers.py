"""Hostile ids, paths and headers."""

import base64
import json

import pytest

IDS = [
    "0", "-1", "1e3", "1.0", "01", "+1", "9223372036854775807", "9223372036854775808", "9" * 400,
    "%31%00", "%00", "１", "٣", "%D9%A3", "a", "null", "NaN", "..", "%2e%2e", "..%2f..%2fetc",
    "%2F", "1%2F..", "1;2", "1%20", "%20", "'", "%27%20OR%201=1", "{0.__class__}", "%25s", "%ff",
    "%ed%a0%80", "~", "*", "<script>", "%0d%0aSet-Cookie:x=y", "A" * 5000,
]  # fmt: skip
PATHS = [
    ("GET", "/hazards/{}"), ("POST", "/hazards/{}/moves"), ("GET", "/hazards/{}/assignees"),
    ("POST", "/residences/{}/moves"), ("GET", "/places/{}"), ("GET", "/committees/{}/overview"),
    ("GET", "/photos/{}/full"), ("GET", "/photos/A/{}"),
]  # fmt: skip


@pytest.mark.parametrize("raw", IDS, ids=lambda raw: raw[:24])
@pytest.mark.parametrize(("method", "path"), PATHS)
def test_no_such_thing(method, path, raw, served, refused):
    client = served.clients["committee"]
    target = f"/api/v1{path.format(raw)}"
    body = {"json": {"to": "withdrawn"}} if method == "POST" else {}
    if "photos" in path:
        target += "?expires=1&signature=A"
    answer = client.http.open(target, method=method, headers=client.headers, **body)
    if answer.status_code == 308:  # a doubled or dotted path is sent to its plain form
        assert answer.location.startswith("http://localhost/")
        return
    # Some dissolve into another route: `/hazards/../x`, `/hazards/%2F`.
    refused(answer, 404, 405)
    assert "Set-Cookie" not in answer.headers


TRAVERSALS = [
    "/../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/pyproject.toml",
    "/assets/..%5c..%5cwsgi.py", "/api/docs/static/../../../wsgi.py", "/.git/config", "/.env",
    "/api/docs/static/%2e%2e/%2e%2e/wsgi.py", "/instance/linli.sqlite3", "//etc/passwd",
    "/index.html%00.jpg", "/static/x", "/admin", "/wsgi.py", "/%00", "/api/v1/%00",
]  # fmt: skip


@pytest.mark.parametrize("path", TRAVERSALS)
def test_files_stay_where_they_are(path, served, refused):
    answer = served.app.test_client().get(path)
    if answer.status_code not in {301, 302, 308}:
        refused(answer, 404)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "X"])
def test_a_method_that_is_not_there(method, served, refused):
    client = served.clients["resident"]
    answer = client.http.open("/api/v1/hazards", method=method, headers=client.headers)
    refused(answer, 405)
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def nonsense_token(header, claims="{}"):
    parts = [
        base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in (header, claims)
    ]
    return ".".join([*parts, "AAAA"])


TOKENS = {
    "empty": "",
    "only the scheme": "Bearer",
    "scheme and space": "Bearer ",
    "two spaces": "Bearer  x",
    "many parts": "Bearer a b c",
    "not base64": "Bearer !!!.???.***",
    "dots": "Bearer ....",
    "basic": "Basic dXNlcjpwYXNz",
    "digest": 'Digest username="x"',
    "latin": "Bearer \xff\xfe",
    "long": "Bearer " + "A" * 100_000,
    "none": "Bearer " + nonsense_token('{"alg":"none","typ":"JWT"}', '{"sub":"1","sid":"1"}'),
    "no header": "Bearer " + nonsense_token("null"),
    "a list": "Bearer " + nonsense_token("[]"),
    "alg a list": "Bearer " + nonsense_token('{"alg":[]}'),
    "alg an object": "Bearer " + nonsense_token('{"alg":{"a":1}}'),
    "kid an object": "Bearer " + nonsense_token('{"alg":"HS256","kid":{}}'),
    "kid a path": "Bearer " + nonsense_token('{"alg":"HS256","kid":"../../dev/null"}'),
    "crit": "Bearer " + nonsense_token('{"alg":"HS256","crit":["x"],"x":1}'),
    "b64": "Bearer " + nonsense_token('{"alg":"HS256","b64":false,"crit":["b64"]}'),
    "deep header": "Bearer " + nonsense_token("[" * 20_000),
    "deep claims": "Bearer " + nonsense_token('{"alg":"HS256"}', "[" * 20_000),
    "huge number": "Bearer " + nonsense_token('{"alg":"HS256","x":' + "9" * 5000 + "}"),
    "rs256": "Bearer " + nonsense_token('{"alg":"RS256","jku":"http://127.0.0.1/k"}'),
    "half a character": "Bearer " + nonsense_token('{"alg":"\\ud800"}'),
}


@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS.keys())
def test_a_token_that_is_none_is_401(token, served, refused):
    client = served.app.test_client()
    for path in ("/api/v1/me", "/api/v1/hazards", "/api/v1/tasks"):
        answer = client.get(path, headers={"Authorization": token})
        refused(answer, 401)
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert client.get("/api/v1/config", headers={"Authorization": token}).status_code == 200


def forged(served, **changes):
    """Return a real token with other claims, signed by another key or not."""
    import jwt  # noqa: PLC0415

    real = served.clients["resident"].headers["Authorization"].removeprefix("Bearer ")
    key = served.app.config["SECRET_KEY"]
    claims = jwt.decode(real, key, algorithms=["HS256"], audience="linli-api")
    signing = changes.pop("key", key)
    claims = {n: v for n, v in (claims | changes).items() if v is not ...}
    return {"Authorization": f"Bearer {jwt.encode(claims, signing, algorithm='HS256')}"}


FORGED = [
    {"key": "x" * 40}, {"exp": 1}, {"exp": ...}, {"iat": ...}, {"jti": ...},
    {"iss": ...}, {"aud": ...}, {"sid": ...}, {"sub": ...}, {"iss": "x"}, {"aud": "x"},
    {"type": "refresh"}, {"sid": "x"}, {"sid": ["x"]}, {"sid": None}, {"sub": "0"}, {"sub": "x"},
    {"sub": "１"}, {"sub": "9" * 30}, {"sub": "-1"}, {"sub": ""}, {"sid": "\x00"}, {"sub": "1\x00"},
    {"exp": "soon"}, {"exp": 1e400}, {"iat": 99999999999}, {"nbf": 99999999999}, {"aud": [1]},
    {"sub": "9" * 5000}, {"sid": "x" * 10_000},
]  # fmt: skip


@pytest.mark.parametrize("changes", FORGED, ids=lambda changes: str(changes)[:40])
def test_a_forged_token_is_401(changes, served, refused):
    headers = forged(served, **changes)
    refused(served.app.test_client().get("/api/v1/me", headers=headers), 401)


def test_the_forger_could_make_a_good_one(served):
    """Else the tests above would prove nothing."""
    headers = forged(served)
    assert served.app.test_client().get("/api/v1/me", headers=headers).status_code == 200


def test_somebody_elses_sign_in_does_not_make_one_them(served, refused):
    """`sub` and `sid` must belong together."""
    other = str(served.people["committee"].resident_id)
    refused(served.app.test_client().get("/api/v1/me", headers=forged(served, sub=other)), 401)


KEYS = [
    "",
    "x" * 129,
    "x" * 100_000,
    "钥匙".encode().decode("latin-1"),
    "a\tb",
    "a\x7fb",
    "\xa0",
]


@pytest.mark.parametrize("key", KEYS, ids=lambda key: repr(key)[:20])
def test_a_key_that_is_none_is_refused(key, served, refused):
    client = served.clients["resident"]
    problem = refused(client.post("/hazards", served.report(), Idempotency_Key=key), 422)
    assert problem["errors"][0]["field"] == "Idempotency-Key"
    assert len(client.get("/hazards", mine="true").json["items"]) == 1


@pytest.mark.parametrize("key", ["x" * 128, "{0}", "'; --", "%s", "../..", "null", "~!@#$%^&*()"])
def test_an_odd_key_works_like_any_other(key, served):
    client = served.clients["resident"]
    first = client.post("/hazards", served.report(), Idempotency_Key=key)
    again = client.post("/hazards", served.report(), Idempotency_Key=key)
    assert first.status_code == again.status_code == 201
    assert first.json == again.json
    assert (
        client.post("/hazards", served.report(description="别的"), Idempotency_Key=key).status_code
        == 409
    )
    # A key is a person's own.
    other = served.clients["neighbour"].post("/hazards", served.report(), Idempotency_Key=key)
    assert other.json["id"] != first.json["id"]


LANGUAGES = [
    "", "*", ",,,", ";q=1", "en;q=nan", "en;q=inf", "en;q=-1", "en;q=1e400", "en;q=", "en;q=０.５",
    "xx-YY", "zh-Hans-CN-x-private", "e" * 50_000, ("en," * 5000), "en;level=1;q=0.5", "{0}",
    "../../etc/passwd", "en\xff", "de, fr;q=0.9", "'", "zh_CN",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda value: repr(value)[:24])
def test_whatever_language_is_asked_for_we_answer(language, served, refused):
    headers = {"Accept-Language": language}
    answer = served.app.test_client().get("/api/v1/me", headers=headers)
    refused(answer, 401)
    assert answer.headers["Content-Language"] in {"zh-Hans", "en"}


HEADERS = [
    {"X-Forwarded-For": "1.2.3.4, 5.6.7.8"}, {"X-Forwarded-For": "'" * 9000},
    {"X-Forwarded-Proto": "javascript"}, {"X-Forwarded-Host": "evil.example"},
    {"Host": "evil.example"}, {"Origin": "http://evil.example"},
    {"X-HTTP-Method-Override": "DELETE"}, {"X-Original-URL": "/healthz"}, {"Range": "bytes=0-1"},
    {"If-None-Match": "*"}, {"If-Modified-Since": "x"}, {"Accept": "text/html"},
    {"Accept": "application/xml"}, {"Accept-Encoding": "x" * 5000}, {"Cookie": "a=b; \xff=\xfe;;="},
    {"Expect": "200-maybe"}, {"Content-Encoding": "gzip"}, {"Forwarded": "for=[::1]"},
]  # fmt: skip


@pytest.mark.parametrize("headers", HEADERS, ids=lambda headers: str(headers)[:40])
def test_a_header_changes_nothing(headers, served):
    client = served.clients["resident"]
    answer = client.http.get("/api/v1/me", headers={**client.headers, **headers})
    assert answer.status_code == 200
    assert answer.json["name"] == "周奶奶"
    assert "evil" not in str(answer.headers)
    assert "Access-Control-Allow-Origin" not in answer.headers


TYPES = [
    "text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data",
    "application/json; charset=utf-16", "", "x", "application/json\xff", "application/vnd.api+json",
]  # fmt: skip


@pytest.mark.parametrize("kind", TYPES, ids=repr)
def test_a_body_of_another_kind_is_refused(kind, served, refused):
    client = served.clients["resident"]
    for data in (json.dumps(served.report()).encode("utf-16"), b"lat=1&lon=2", b"\x00\xff"):
        answer = client.http.post(
            "/api/v1/hazards", data=data, headers={**client.headers, "Content-Type": kind}
        )
        refused(answer, 400, 415, 422)


def test_a_body_of_a_megabyte_of_json_is_too_large(served, refused):
    body = served.report(description="x" * 1_500_000)
    refused(served.clients["resident"].post("/hazards", body), 413, 422)
    refused(served.clients["resident"].post("/hazards", served.report(x=["y"] * 400_000)), 413)


def test_a_field_named_twice_is_still_one_field(served):
    client = served.clients["resident"]
    raw = json.dumps(served.report()).replace("{", '{"description": "先前的", ', 1)
    answer = client.http.post(
        "/api/v1/hazards", data=raw, headers={**client.headers, "Content-Type": "application/json"}
    )
    assert answer.status_code == 201
    assert answer.json["description"] == served.report()["description"]


CURSORS = [
    "", "x", "=", "W10", "bnVsbA", "e30", "WzFd", "WyIxIl0", "Wy0xXQ", "WzFlMzA4LDFd", "W251bGxd",
    "W1tdLFtdXQ", "WyI5OTk5LTEyLTMxVDIzOjU5OjU5LTEyOjAwIiwxXQ", "A" * 400, "A" * 401, "%00", "草",
    base64.urlsafe_b64encode(b"[" * 250).decode(), base64.urlsafe_b64encode(b"[NaN,1]").decode(),
    base64.urlsafe_b64encode(b'["0001-01-01T00:00:00+14:00",1]').decode(),
    base64.urlsafe_b64encode(b'["2026-11-21T00:00:00",1]').decode(),
    base64.urlsafe_b64encode(b"[9223372036854775807]").decode(),
    base64.urlsafe_b64encode(b"[9223372036854775808]").decode(),
    base64.urlsafe_b64encode(b"[true]").decode(), base64.urlsafe_b64encode(b"[1.5]").decode(),
    base64.urlsafe_b64encode(b'["a\\u0000"]').decode(),
]  # fmt: skip


@pytest.mark.parametrize("cursor", CURSORS, ids=lambda cursor: cursor[:24])
@pytest.mark.parametrize("path", ["/hazards", "/hazards?near=30.6,104", "/tasks", "/places",
                                  "/residences"])  # fmt: skip
def test_a_foreign_cursor_is_answered_or_refused(path, cursor, served, refused):
    path, _, query = path.partition("?")
    more = dict([query.split("=")]) if query else {}
    answer = served.clients["committee"].get(path, cursor=cursor, **more)
    if answer.status_code != 200:
        problem = refused(answer, 422)
        assert problem["errors"][0]["field"] == "cursor"
