"""A request costs the same number of queries at 1 row and at 30, and not many.

The whole request is counted, signing in the caller included; BEGIN, COMMIT and
ROLLBACK are not queries.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, update

from app.committees import keeping
from app.core import clock
from app.core.db import changed_rows, db, writing
from app.hazards import service as hazards
from app.hazards import supervision
from app.hazards.models import Hazard

MOST = {"list": 4, "tasks": 4, "detail": 5, "create": 12, "places": 3, "residences": 4}
MOST_FIGURES = 6
FEW, MANY = 1, 30
AROUND = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@contextmanager
def counted() -> Iterator[list[str]]:
    """Give the list of statements run inside."""
    found: list[str] = []

    def note(_connection, _cursor, statement, *_):
        if not statement.startswith(AROUND):
            found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def fill(people, report, photo):
    """Bring the number of open cases up to so many."""
    made = []

    def up_to(number):
        while len(made) < number:
            resident = people["resident" if len(made) % 2 else "neighbour"]
            made.append(report(resident, photo_ids=[photo(resident)]))
        return made

    return up_to


def queries(client, path, *, rows=None, **query):
    client.get(path, **query)  # the grids' outlines, statements: once a process
    with counted() as found:
        answer = client.get(path, **query)
    assert answer.status_code == 200, answer.json
    assert rows is None or len(answer.json["items"]) == rows
    return found


LISTS = {
    "newest": ("list", "resident", "/hazards", {}),
    "nearest": ("list", "resident", "/hazards", {"near": "30.6586,104.0333"}),
    "in a frame": ("list", "committee", "/hazards", {"bbox": "104,30,105,31", "state": "open"}),
    "of a place": ("list", "district", "/hazards", {"place": "510105007004"}),
    "tasks of a grid worker": ("tasks", "gridworker", "/tasks", {}),
    "tasks of a district": ("tasks", "district", "/tasks", {}),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_whatever_its_length(name, clients, fill):
    kind, who, path, query = LISTS[name]
    fill(FEW)
    few = queries(clients[who], path, rows=FEW, limit=50, **query)
    fill(MANY)
    many = queries(clients[who], path, rows=MANY, limit=50, **query)
    assert len(few) == len(many)
    assert len(many) <= MOST[kind], many


def test_a_list_of_orders_costs_the_same_whatever_its_length(clients, fill):
    def found(number):
        fill(number)
        with writing():
            changed_rows(update(Hazard).values(order_by=clock.now()))
        return queries(clients["district"], "/tasks", rows=number, orders="true", limit=50)

    assert len(found(FEW)) == len(found(MANY)) <= MOST["tasks"]


def test_ones_own_list_does_too(clients, fill):
    fill(2)
    few = queries(clients["resident"], "/hazards", rows=1, mine="true", limit=50)
    fill(2 * MANY)
    many = queries(clients["resident"], "/hazards", rows=MANY, mine="true", limit=50)
    assert len(few) == len(many) <= MOST["list"]


def test_a_later_page_costs_what_the_first_does(clients, fill):
    fill(MANY)
    first = clients["resident"].get("/hazards", limit=5).json
    later = queries(clients["resident"], "/hazards", rows=5, limit=5, cursor=first["next_cursor"])
    assert len(later) <= MOST["list"]


@pytest.mark.parametrize("who", ["resident", "neighbour", "gridworker", "committee"])
def test_a_case_costs_the_same_with_a_long_history(who, people, clients, report, photo, finished):
    worker, resident = people["gridworker"], people["resident"]
    short, long = (report(resident, photo_ids=[photo(resident)]) for _ in range(2))
    finished(short, worker)
    finished(long, worker)
    for _ in range(10):
        path = f"/hazards/{long['id']}/moves"
        assert (
            clients["resident"].post(path, {"to": "handling", "note": "没有好"}).status_code == 200
        )
        again = {"to": "handled", "note": "好", "photo_ids": [photo(worker)]}
        assert clients["gridworker"].post(path, again).status_code == 200
    few = queries(clients[who], f"/hazards/{short['id']}")
    many = queries(clients[who], f"/hazards/{long['id']}")
    assert len(few) == len(many)
    assert len(many) <= MOST["detail"], many


def test_a_case_with_an_order_costs_no_more_than_any(clients, people, report, photo):
    case = report(people["resident"], photo_ids=[photo(people["resident"])])
    hazards.move_hazard(people["gridworker"], case["id"], to="accepted")
    with clock.at(clock.now() + timedelta(hours=4)):
        supervision.supervise_due()
    found = queries(clients["gridworker"], f"/hazards/{case['id']}")
    assert any("supervision_orders" in statement for statement in found)
    assert len(found) <= MOST["detail"], found


@pytest.mark.parametrize("photos", [0, 1, 9])
@pytest.mark.parametrize("key", [False, True])
def test_reporting_costs_the_same_however_many_there_are(
    photos, key, clients, people, fill, photo, report
):
    def once():
        case = report(people["resident"])
        point = {"lat": case["lat"], "lon": case["lon"], "coord_sys": "wgs84"}
        body = {"category": "FIRE_LANE", "description": "消防车道停了三辆车", **point}
        body["photo_ids"] = [photo(people["resident"]) for _ in range(photos)]
        headers = {"Idempotency_Key": f"key-{case['id']}"} if key else {}
        with counted() as found:
            answer = clients["resident"].post("/hazards", body, **headers)
        assert answer.status_code == 201, answer.json
        return found

    fill(FEW)
    few = once()
    fill(MANY)
    many = once()
    assert len(few) == len(many)
    assert len(many) <= MOST["create"], many


def test_an_overview_costs_the_same_at_any_size(clients, fill):
    path = "/committees/510105007004/overview"
    fill(FEW)
    few = queries(clients["committee"], path)
    fill(MANY)
    keeping.forget()  # what fills has no history, by which it would be seen
    many = queries(clients["committee"], path)
    assert len(few) == len(many) <= MOST_FIGURES, many


def test_places_cost_the_same_at_any_size(clients):
    few = queries(clients["resident"], "/places", rows=1, limit=1)
    many = queries(clients["resident"], "/places", rows=50, limit=50, outline="true")
    assert len(few) == len(many) <= MOST["places"]


def test_residences_cost_the_same_at_any_size(clients, people):
    from app.residents import service as residents  # noqa: PLC0415
    from tests.factories.people import COMMUNITY, make_actor  # noqa: PLC0415

    def ask():
        residents.request_residence(make_actor(), place_code=COMMUNITY, room="1-101")

    ask()
    few = queries(clients["gridworker"], "/residences", rows=1, limit=50)
    for _ in range(MANY - 1):
        ask()
    many = queries(clients["gridworker"], "/residences", rows=MANY, limit=50)
    assert len(few) == len(many) <= MOST["residences"]
