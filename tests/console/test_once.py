"""What a page sends counts once: on every page that writes, whatever is sent twice."""

import hashlib
import re
from html.parser import HTMLParser

import orjson
import pytest
from sqlalchemy import func, select

from app.committees.models import CommitteeComment, Rectification
from app.console import once
from app.core import audit, clock
from app.core.access import BY_ROLE, SIGNED_IN
from app.core.db import db, read
from app.core.idempotency import IdempotencyKey
from app.hazards import views
from app.patrols.models import Shift
from app.points.models import Reward
from app.reports.models import Report
from app.residents.models import HeldRole
from app.rosters.models import RosterProposal, ShiftTemplate
from app.volunteers.models import Team
from tests.console.conftest import PART
from tests.console.test_access import PLACES, pages
from tests.console.test_plan import SHIFT, TEMPLATE, later
from tests.factories.people import COMMUNITY
from tests.hazards.conftest import case_in, morning, photo, report, spot, step  # noqa: F401 fixtures

pytestmark = pytest.mark.either_database
HERE = f"/console/{COMMUNITY}"
KEY = "a-key-of-a-form"

WRITES = {
    "people/roles": (HeldRole, {"role": f"grid_worker:{COMMUNITY}001", "reason": "新到岗"}),
    "plan/shifts": (Shift, SHIFT | {"day": later()}),
    "plan/templates": (
        ShiftTemplate,
        TEMPLATE | {"from_day": later(), "until_day": ""},
    ),
    "plan/rosters": (RosterProposal, {"week": later(7)}),
    "volunteers/teams": (Team, {"name": "楼道队", "kind": "corridor", "at": COMMUNITY}),
    "volunteers/rewards": (Reward, {"name": "米一袋", "cost": "50", "stock": "3"}),
    "evaluation/comments": (
        CommitteeComment,
        {"text": "多走动", "from": later(-9), "to": later(-2)},
    ),
    "rectifications": (
        Rectification,
        {"title": "三天没人巡", "demand": "请排班", "due_on": later(9)},
    ),
    "report": (Report, {"month": f"{clock.shanghai_day(clock.now()).year - 1}-05"}),
}
BY_STREET = {"evaluation/comments", "rectifications"}


class Forms(HTMLParser):
    """Reads which forms of a page are sent, and with which fields."""

    def __init__(self, page):
        super().__init__()
        self.sent = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("method") == "post" or "hx-post" in given
            if self._inside:
                self.sent.append([])
        elif tag == "input" and self._inside:
            self.sent[-1].append((given.get("name"), given.get("value")))

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False


def count(model):
    db.session.rollback()
    return read(select(func.count()).select_from(model)).scalar_one()


def answered_before(app, actor, path):
    """Keep an answer to what is about to be sent there."""
    with app.test_request_context(path, method="POST", data={once.FIELD: KEY}, headers=PART):
        fingerprint = hashlib.sha256(once.said()).hexdigest()
    kept = {"status": 200, "headers": [["X-First", "yes"]], "body": f"said of {path}"}
    db.session.add(
        IdempotencyKey(
            resident_id=actor.resident_id,
            key=f"{once.OURS}{KEY}",
            fingerprint=fingerprint,
            answer=orjson.dumps(kept),
            created_at=clock.now(),
        )
    )
    db.session.commit()


def test_every_page_that_writes_repeats_its_first_answer(app, sit, people):
    desks = {name: sit(name) for name in ("committee", "street", "gridworker")}
    asked = 0
    for method, rule, permission in pages(app):
        name = next(
            name
            for name in desks
            if permission in BY_ROLE[{"gridworker": "grid_worker"}.get(name, name)] | SIGNED_IN
        )
        path = re.sub(
            r"<(?:\w+:)?(\w+)>", "1", rule.replace("<place_code>", PLACES.get(name, COMMUNITY))
        )
        endpoint = app.url_map.bind("localhost").match(path, method=method)[0]
        # Which say themselves what of them is done once, have tests of their own.
        if method != "POST" or hasattr(app.view_functions[endpoint], "by_parts"):
            continue
        db.session.query(IdempotencyKey).delete()
        answered_before(app, people[name], path)
        answer = desks[name].post(path, {once.FIELD: KEY})
        first = (answer.text, answer.headers.get("X-First"))
        assert first == (f"said of {path}", "yes"), path
        asked += 1
    assert asked > len(WRITES)


@pytest.mark.parametrize("page", WRITES)
def test_what_is_sent_twice_is_there_once_and_answered_alike(sit, people, page):
    model, form = WRITES[page]
    desk, there = sit("street" if page in BY_STREET else "committee"), count(model)
    sent = form | {once.FIELD: KEY}
    if page == "people/roles":
        sent["resident_id"] = people["stranger"].resident_id
    first, second = (desk.post(f"{HERE}/{page}", sent) for _ in range(2))
    assert first.status_code == 200, first.text
    assert (second.status_code, second.text) == (200, first.text)
    assert second.headers.get("HX-Redirect") == first.headers.get("HX-Redirect")
    assert count(model) == there + 1
    assert len(audit.list_entries(COMMUNITY)["items"]) == 1
    changed = desk.post(f"{HERE}/{page}", sent | {next(iter(form)): "1"})
    assert changed.status_code == 409
    assert "已经提交过" in changed.text
    assert count(IdempotencyKey) == 1


def test_what_was_refused_may_be_sent_again(sit):
    desk, form = sit("committee"), WRITES["plan/shifts"][1] | {once.FIELD: KEY}
    assert desk.post(f"{HERE}/plan/shifts", form | {"capacity": "1"}).status_code == 422
    assert count(IdempotencyKey) == 0
    assert desk.post(f"{HERE}/plan/shifts", form).status_code == 200


@pytest.mark.parametrize("key", ["short", "x" * 65, "with space", "钥匙钥匙钥匙钥匙"])
def test_a_key_that_is_none_is_refused(sit, key):
    form = WRITES["plan/shifts"][1] | {once.FIELD: key}
    assert sit("committee").post(f"{HERE}/plan/shifts", form).status_code == 422


@pytest.mark.usefixtures("morning")
def test_every_form_that_is_sent_has_a_key_of_its_own(sit, case_in):  # noqa: F811
    case, desk = case_in("accepted"), sit("committee")
    moves = f"board/cases/{case['id']}/moves/assign"
    for page in (
        "board",
        moves,
        "people",
        "plan",
        "plan/shifts/new",
        "report",
        "volunteers/rewards",
    ):
        forms = Forms(desk.get(f"{HERE}/{page}").text).sent
        keys = [[value for name, value in fields if name == once.FIELD] for fields in forms]
        assert forms, page
        assert all(len(found) == 1 and once.KEY.fullmatch(found[0]) for found in keys), page
        assert len({found[0] for found in keys}) == len(keys), page


@pytest.mark.usefixtures("morning")
def test_a_move_that_is_sent_twice_is_made_once(sit, people, case_in):  # noqa: F811
    case, desk = case_in("reported"), sit("committee")
    sent = {"to": "accepted", once.FIELD: KEY}
    answers = [desk.post(f"{HERE}/board/cases/{case['id']}/moves", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].text == answers[1].text
    assert views.show_hazard(people["committee"], case["id"])["state"] == "accepted"
    assert (
        desk.post(f"{HERE}/board/cases/{case['id']}/moves", sent | {"to": "assigned"}).status_code
        == 409
    )


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("key", [{}, {once.FIELD: KEY}])
def test_several_that_are_moved_are_each_named_in_the_audit(sit, case_in, key):  # noqa: F811
    cases, desk = [case_in("reported"), case_in("reported"), case_in("handled")], sit("committee")
    sent = {"move": "accept", "ids": [case["id"] for case in cases]} | key
    for _ in range(2):
        answer = desk.post(f"{HERE}/board/moves", sent)
        assert answer.status_code == 200
    lines = re.findall(r'note (\w+)"', answer.text)
    assert lines == (["good", "good", "bad"] if key else ["bad", "bad", "bad"])
    assert answer.text.count('hx-swap-oob="delete"') == (2 if key else 0)
    told = audit.list_entries(COMMUNITY, act="console_board_cases.move_several")["items"]
    assert [entry["about"] for entry in told] == [cases[1]["number"], cases[0]["number"]]
