"""The OpenAPI document says what a client needs to know, of every operation."""

import pytest

from app.core import texts
from app.core.access import SIGNED_IN
from app.core.errors import Problem
from app.core.http import BY_STATUS

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def document(app_on_database):
    return app_on_database.test_client().get("/api/v1/openapi.json").json


@pytest.fixture
def operations(document):
    return {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def test_every_route_of_the_api_is_in_it(app_on_database, operations):
    rules = [
        rule
        for rule in app_on_database.url_map.iter_rules()
        if rule.rule.startswith("/api/v1") and not rule.endpoint.startswith("web.")
    ]
    methods = sum(len(rule.methods & {m.upper() for m in METHODS}) for rule in rules)
    assert methods == len(operations)


def test_every_operation_has_a_name_and_a_sentence(operations):
    for name, operation in operations.items():
        assert operation["summary"].strip(), name
        assert operation["operationId"], name
        assert operation["tags"], name
    ids = [operation["operationId"] for operation in operations.values()]
    assert len(ids) == len(set(ids))


def test_every_operation_declares_what_it_answers(operations):
    for name, operation in operations.items():
        good = {code: a for code, a in operation["responses"].items() if code.startswith("2")}
        assert len(good) == 1, name
        [(code, answer)] = good.items()
        assert code == "204" or answer["content"], name


def test_every_problem_has_the_one_shape(document, operations):
    for name, operation in operations.items():
        bad = {code: a for code, a in operation["responses"].items() if not code.startswith("2")}
        assert {"500", "503"} <= bad.keys(), name
        for code, answer in bad.items():
            declared = document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
            assert list(declared["content"]) == ["application/problem+json"], (name, code)
            schema = declared["content"]["application/problem+json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/ProblemView"}


def test_what_is_guarded_says_how_to_get_in(app_on_database, operations):
    views = {
        rule.endpoint.rpartition(".")[2]: app_on_database.view_functions[rule.endpoint]
        for rule in app_on_database.url_map.iter_rules()
        if not rule.endpoint.startswith("console_")
    }
    for name, operation in operations.items():
        access = views[operation["operationId"]].access
        guarded = access != "public"
        assert operation["security"] == ([{"bearerAuth": []}] if guarded else []), name
        # Signing in may be refused as well, and that is a 401 of its own.
        assert not guarded or "401" in operation["responses"], name
        if guarded and access not in SIGNED_IN:
            assert "403" in operation["responses"], name


def test_parameters_and_bodies_come_with_their_problems(operations):
    for name, operation in operations.items():
        if "{" in name:
            assert "404" in operation["responses"], name
        if "requestBody" in operation:
            assert {"400", "413", "415", "422"} <= operation["responses"].keys(), name


def test_what_creates_takes_a_key(operations):
    """Photos excepted: a photo sent twice is swept up, being attached to nothing.

    An answer to WeChat's dialogue creates nothing, but counts.
    """
    for name, operation in operations.items():
        headers = {p["name"] for p in operation.get("parameters", []) if p["in"] == "header"}
        creates = "201" in operation["responses"] and name != "POST /api/v1/photos"
        takes = creates or name == "PUT /api/v1/subscriptions"
        assert ("Idempotency-Key" in headers) == takes, name


def test_no_pattern_is_written_as_only_python_reads_it(app_on_database):
    text = app_on_database.test_client().get("/api/v1/openapi.json").get_data(as_text=True)
    assert "\\\\A" not in text
    assert "\\\\Z" not in text


def all_problems(cls=Problem):
    return {cls}.union(*(all_problems(below) for below in cls.__subclasses__()))


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_problem_has_words(app_on_database, language):
    codes = {problem.code for problem in all_problems()} | set(BY_STATUS.values())
    for code in codes:
        for part in ("title", "detail"):
            assert texts.catalogue(language).get(f"problems.{code}.{part}"), code


def test_both_languages_say_the_same_things():
    chinese, english = (texts.catalogue(language) for language in texts.LANGUAGES)
    assert chinese.keys() == english.keys()
    for key, sentence in chinese.items():
        assert _holes(sentence) == _holes(english[key]), key


def _holes(sentence):
    from string import Formatter  # noqa: PLC0415

    # What only chooses between one and several fills in nothing, and is English alone.
    found = Formatter().parse(sentence)
    return {name for _, name, words, _ in found if name and "|" not in (words or "")}
