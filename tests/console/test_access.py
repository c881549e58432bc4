"""Every page of the console × every person, at one's own place and at another's.

What a page answers is its own tests' to say; here it is who gets in at all.
"""

import re

import pytest

from app.core.access import BY_ROLE, SIGNED_IN
from tests.factories.people import COMMUNITY, ELSEWHERE

STAFF = ("gridworker", "committee", "street", "district")
PLACES = {"gridworker": COMMUNITY + "001", "street": COMMUNITY[:9], "district": COMMUNITY[:6]}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def pages(app):
    """Return (method, path, permission) of every page that somebody must sit at a desk for."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        access = app.view_functions[rule.endpoint].access
        if rule.rule.startswith("/console/<place_code>") and access != "public":
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                yield method, rule.rule, access


def ask(desk, method, path, place_code):
    filled = PARAMETER.sub(lambda found: place_code if found[1] == "place_code" else "1", path)
    return desk.get(filled) if method == "GET" else desk.post(filled)


@pytest.fixture
def asked(app):
    return list(pages(app))


@pytest.mark.either_database
def test_nobody_gets_in_without_a_desk(desk, asked):
    assert asked
    for method, path, _ in asked:
        answer = ask(desk, method, path, COMMUNITY)
        if method == "POST":  # what was typed stays where it is
            assert answer.status_code == 401, path
            assert answer.headers["HX-Retarget"] == "#refused"
            assert 'href="/console/sign-in" target="_blank"' in answer.text
            answer = desk.post(answer.request.path, part=False)
        gone_to = answer.headers.get("Location") or answer.headers.get("HX-Redirect")
        assert gone_to == "/console/sign-in", (method, path)


@pytest.mark.either_database
@pytest.mark.parametrize("who", ["stranger", "resident", "sibling"])
def test_residents_see_no_page(sit, asked, who):
    desk = sit(who)
    for method, path, _ in asked:
        assert ask(desk, method, path, COMMUNITY).status_code == 403, (method, path)


@pytest.mark.either_database
@pytest.mark.parametrize("who", [*STAFF, "outsider"])
def test_who_is_in_charge_sees_what_the_role_allows_and_only_there(sit, asked, who):
    desk = sit(who)
    kind = {"gridworker": "grid_worker", "outsider": "committee"}.get(who, who)
    own = ELSEWHERE if who == "outsider" else PLACES.get(who, COMMUNITY)
    foreign = COMMUNITY if who == "outsider" else ELSEWHERE
    for method, path, permission in asked:
        told = (method, path, permission)
        allowed = permission in BY_ROLE[kind] | SIGNED_IN
        there = ask(desk, method, path, own).status_code
        assert (there != 403) if allowed else (there == 403), told
        away = ask(desk, method, path, foreign).status_code
        assert away in ({404, 422} if allowed else {403}), told
