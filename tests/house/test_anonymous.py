"""Who reports without a name stays without one, in every answer to anybody else."""

from datetime import timedelta

import pytest

from app.core import clock, crypto
from app.core.access import RoleKind
from app.core.db import db
from app.residents.models import Resident
from app.residents.service import change_me
from tests.clients import Client
from tests.factories.people import COMMUNITY, make_actor

NUMBER = 987654321
NAME, PHONE = "章不愿留名", "13987651234"
TELLING = {"declined", "suspended", "closed"}
"""When to look again: what a case shows differs there, its history only grows."""
TRACES = [NAME.encode(), NAME.encode("unicode_escape"), str(NUMBER).encode()]
TRACES += [PHONE.encode(), PHONE[-4:].encode() + b'"']


@pytest.fixture
def reporter(people):
    found = make_actor((RoleKind.RESIDENT, COMMUNITY), id=NUMBER, name=NAME)
    db.session.get(Resident, NUMBER).sealed_phone = crypto.encrypt(PHONE)
    db.session.commit()
    return found


def everything(client, case):
    """Return the raw bytes of every GET answer about cases."""
    point = f"{case['lat']},{case['lon']}"
    paths = [
        ("/hazards", {}),
        ("/hazards", {"near": point}),
        ("/hazards", {"bbox": "70,0,140,60"}),
        ("/hazards", {"state": "open"}),
        ("/hazards", {"place": COMMUNITY}),
        ("/hazards", {"mine": "true"}),
        (f"/hazards/{case['id']}", {}),
        (f"/hazards/{case['id']}/assignees", {}),
        ("/tasks", {}),
        ("/residences", {}),
        (f"/committees/{COMMUNITY}/overview", {}),
        (f"/committees/{COMMUNITY[:9]}/overview", {}),
        ("/me", {}),
        ("/config", {}),
        (f"/places/{case['place_code']}", {}),
    ]
    answers = [client.get(path, **query) for path, query in paths]
    return b"\n".join(answer.get_data() + str(answer.headers).encode() for answer in answers)


def traces(raw):
    return [trace for trace in TRACES if trace in raw]


def story(clients, mine, photo, people, reporter, case):
    """Lead a case through every move of the reporter and of staff; yield each answer."""
    worker = clients["gridworker"]
    later = (clock.now() + timedelta(days=9)).isoformat()
    steps = [
        (worker, {"to": "declined", "note": "看不清"}),
        (mine, {"to": "reported", "note": "补一张", "photo_ids": [photo(reporter)]}),
        (worker, {"to": "accepted", "note": "收到"}),
        (worker, {"to": "assigned", "assignee_id": people["gridworker"].resident_id}),
        (worker, {"to": "handling"}),
        (worker, {"to": "suspended", "note": "等配件", "until": later}),
        (clients["committee"], {"to": "suspended"}),
        (worker, {"to": "handling"}),
        (worker, {"to": "handled", "note": "好", "photo_ids": [photo(people["gridworker"])]}),
        (mine, {"to": "handling", "note": "没有好"}),
        (worker, {"to": "handled", "note": "好", "photo_ids": [photo(people["gridworker"])]}),
        (mine, {"to": "closed", "rating": 4, "solved": True}),
        (mine, {"to": "handling", "note": "又来了"}),
    ]
    for client, body in steps:
        answer = client.post(f"/hazards/{case['id']}/moves", body)
        assert answer.status_code == 200, (body, answer.json)
        yield client, answer


@pytest.mark.parametrize("anonymous", [True, False])
def test_nothing_shows_the_reporter_to_anybody_else(
    anonymous, app, reporter, clients, people, report, photo
):
    mine = Client(app).signed_in_as(reporter)
    case = report(reporter, anonymous=anonymous, photo_ids=[photo(reporter)])
    seen = {who: traces(everything(client, case)) for who, client in clients.items()}
    for client, answer in story(clients, mine, photo, people, reporter, case):
        if client is not mine:
            seen["answers to moves"] = seen.get("answers to moves", [])
            seen["answers to moves"] += traces(answer.get_data())
        if answer.json["state"] in TELLING:
            for who, other in clients.items():
                seen[who] += traces(everything(other, case))
    found = {who for who, traces in seen.items() if traces}
    if anonymous:
        assert found == set()
    else:
        # The search would find a name: who may see the case reads who reported it.
        assert found >= {"neighbour", "gridworker", "committee", "district", "answers to moves"}
        assert not found & {"stranger", "outsider", "sibling"}
    assert traces(everything(mine, case))


def test_a_new_name_does_not_show_either(reporter, clients, report):
    case = report(reporter, anonymous=True)
    change_me(reporter, name="另一个名字")
    for client in clients.values():
        assert "另一个名字".encode() not in everything(client, case)


def test_the_number_of_an_anonymous_reporter_is_nobodys_to_ring(reporter, clients, report):
    case = report(reporter, anonymous=True)
    shown = clients["gridworker"].get(f"/hazards/{case['id']}").json
    assert shown["reporter"] is None
    assert shown["history"][0]["actor"] == {"id": None, "name": None, "role": "reporter"}
