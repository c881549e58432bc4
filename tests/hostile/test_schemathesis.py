"""Whatever the document allows, and whatever it forbids: never a 5xx, never another shape.

Derandomised: the same examples in every run.
"""

import json
import warnings

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import make_url

from app.config import ROOT

DOCUMENT = json.loads((ROOT / "miniprogram" / "openapi.json").read_text(encoding="utf-8"))
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
    if method in {"get", "post", "put", "patch", "delete"}
}
NOTHING_TO_FALSIFY = {
    "GET /api/v1/config",
    "GET /api/v1/calendar/{token}.ics",
    "GET /api/v1/open-data",
}
"""No token, no parameter, no body; or an address of which any text may be a part."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PEOPLE = ("resident", "gridworker", "committee")
EXAMPLES = {"sqlite": 6, "postgresql": 3}
"""The forms are the same on both; PostgreSQL is asked what it makes of the oddest."""

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:schemathesis")


PATH = "/api/v1/openapi.json"


@pytest.fixture(scope="session")
def schema(app_on_database):
    """Read the document once: what is gathered from the application for its examples stays, too."""
    found = schemathesis.openapi.from_dict(app_on_database.test_client().get(PATH).json)
    found.app = app_on_database
    return found


def known_parameters(served, path):
    """Return path parameters of things that exist."""
    known = {
        "hazard_id": served.hazard_id,
        "residence_id": served.residence_id,
        "photo_id": served.photo_id,
        "variant": "full",
        "place_code": "510105007004",
        "code": "510105007004",
    }
    return {name: value for name, value in known.items() if f"{{{name}}}" in path}


@pytest.mark.parametrize("mode", GenerationMode, ids=str)
@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_as_documented(name, mode, served, schema):
    if mode.is_negative and name in NOTHING_TO_FALSIFY:
        return
    method, path = name.split()
    operation = schema[path][method]
    engine = make_url(served.app.config["SQLALCHEMY_DATABASE_URI"]).get_backend_name()
    known = known_parameters(served, path)
    cases = operation.as_strategy(generation_mode=mode)
    if known:
        cases = st.one_of(cases, operation.as_strategy(generation_mode=mode, path_parameters=known))

    @settings(
        max_examples=EXAMPLES[engine],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, who=st.sampled_from(PEOPLE), here=st.booleans())
    def ask(case, who, here):
        if here and isinstance(case.body, dict) and {"lat", "lon"} <= case.body.keys():
            case.body |= served.spot  # else hardly a report would lie in a grid
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answer = case.call(headers=served.clients[who].headers)
            case.validate_response(answer, checks=CHECKS)

    ask()
