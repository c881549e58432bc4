"""A challenge counts who comes along, tells nothing of few people, and ends by the clock."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from app.campaigns import challenge_rules as rules
from app.campaigns import challenges
from app.campaigns.challenge_rules import Grid, standing
from app.core import clock
from app.core.access import Actor
from app.core.clock import SHANGHAI
from app.core.db import changed_rows, db, read, writing
from app.notices.models import Notice
from app.quizzes import bank, daily
from app.quizzes.models import Attempt
from app.residents.models import Residence
from tests.factories.people import COMMUNITY, ELSEWHERE, ResidentFactory
from tests.house.test_query_counts import queries
from tests.quizzes.conftest import FILES, key_of

FIRST, LAST = date(2026, 11, 23), date(2026, 11, 29)
ONE, TWO, THREE = (f"{COMMUNITY}00{n}" for n in "123")


def shanghai(day, hour=9, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def before():
    with clock.at(shanghai(FIRST - timedelta(days=2))):
        yield


TABLE = {
    "by share, not by number": ({"a": (6, 30), "b": (8, 80)}, {"a": 1, "b": 2}),
    "equal shares are equal, the next is third": (
        {"a": (10, 40), "b": (5, 20), "c": (6, 30)},
        {"a": 1, "b": 1, "c": 3},
    ),
    "beyond the goal nobody is first alone": (
        {"a": (39, 40), "b": (20, 40), "c": (10, 40)},
        {"a": 1, "b": 1, "c": 3},
    ),
    "a goal that people do not divide by": ({"a": (10, 21), "b": (20, 41)}, {"a": 1, "b": 1}),
    "four people are not told of": ({"a": (4, 40), "b": (5, 40)}, {"a": None, "b": 1}),
    "nine residents cannot be five and five": ({"a": (9, 9), "b": (5, 10)}, {"a": None, "b": 1}),
    "nobody lives there": ({"a": (0, 0)}, {"a": None}),
}


@pytest.mark.parametrize("name", TABLE)
def test_grids_stand_by_the_published_formula(name):
    grids, ranks = TABLE[name]
    found = standing({code: Grid(*grid) for code, grid in grids.items()}, 50)
    assert {code: place.rank for code, place in found.items()} == ranks


def test_until_the_end_one_neighbour_more_changes_nothing():
    def told(done):
        return standing(rules.so_far({"a": Grid(done, 60), "b": Grid(12, 40)}), 50)

    assert [told(done) == told(done + 1) for done in range(20)] == ([True] * 4 + [False]) * 4


@pytest.mark.parametrize("done", range(42))
def test_neither_who_came_nor_who_stayed_away_is_ever_one_of_four(done):
    [place] = standing({"a": Grid(done, 41)}, 50).values()
    if place.people is not None:
        assert place.people >= 5
        assert place.of - place.people >= 5
        assert place.percent == round(100 * place.people / 41, 1)


@pytest.mark.parametrize(
    ("day", "state"),
    [(22, "planned"), (23, "running"), (29, "running"), (30, "over")],
)
def test_the_clock_says_how_a_challenge_stands(day, state):
    assert rules.state_on(date(2026, 11, day), FIRST, LAST) == state


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (shanghai(FIRST, 23, 59), None),
        (shanghai(FIRST + timedelta(days=1), 0, 29), None),
        (shanghai(FIRST + timedelta(days=1), 0, 30), FIRST),
        (shanghai(LAST, 12), LAST - timedelta(days=1)),
        (shanghai(LAST + timedelta(days=9)), LAST),
    ],
)
def test_only_days_that_are_over_count(now, until):
    assert rules.counted_until(now, FIRST, LAST) == until


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"first_day": date(2026, 11, 21)}, "first_day", "not_before_tomorrow"),
        (
            {"first_day": date(2027, 9, 1), "last_day": date(2027, 9, 9)},
            "first_day",
            "too_far_ahead",
        ),
        ({"last_day": FIRST - timedelta(days=1)}, "last_day", "before_the_start"),
        ({"last_day": FIRST + timedelta(days=92)}, "last_day", "range_too_long"),
        ({"days": 8}, "days", "range"),
    ],
)
def test_days_that_make_no_sense_are_refused(changes, field, code):
    asked = {"today": date(2026, 11, 21), "first_day": FIRST, "last_day": LAST, "days": 3}
    [fault] = rules.faults(**(asked | changes))
    assert (fault.field, fault.code) == (field, code)


def body(**changes):
    return {"first_day": str(FIRST), "last_day": str(LAST), "days": 3, **changes}


@pytest.fixture
def neighbours(app, before):
    """Settle people in a grid who take part on so many days; returns their ids."""

    def settle(grid, *days_each, since=None):
        people = [ResidentFactory() for _ in days_each]
        db.session.commit()
        ids = [one.id for one in people]
        since = since or clock.now() - timedelta(days=30)
        homes = [
            {
                "resident_id": found,
                "place_code": grid,
                "room": "1-101",
                "state": "confirmed",
                "requested_at": since,
                "decided_at": since,
            }
            for found in ids
        ]
        days = [
            attempt(found, FIRST + timedelta(days=number))
            for found, many in zip(ids, days_each, strict=True)
            for number in range(many)
        ]
        with writing():
            changed_rows(insert(Residence), homes)
            if days:
                changed_rows(insert(Attempt), days)
        return ids

    return settle


def attempt(resident_id, day, **changes):
    at = shanghai(day, 8)
    return {
        "resident_id": resident_id,
        "occasion": "daily",
        "day": day,
        "place_code": COMMUNITY,
        "versions": [],
        "started_at": at,
        "deadline": at,
        "finished_at": at,
        "answered": 5,
        "counted": 5,
        "right_count": 0,
        "points": 0,
        **changes,
    }


def test_a_challenge_from_its_plan_to_its_end(clients, people, neighbours):
    committee = clients["committee"]
    made = committee.post("/challenges", body(title="冬天不大意"))
    assert made.status_code == 201, made.json
    assert (made.json["state"], made.json["as_of"], made.json["goal_percent"]) == (
        "planned",
        None,
        50,
    )
    path = f"/challenges/{made.json['id']}"
    busy = neighbours(ONE, *[3] * 6, *[2] * 3, 0, 0, 0)
    neighbours(TWO, *[7] * 12)  # all of them: counted as half
    neighbours(THREE, *[3] * 4, *[0] * 20)
    # Who moved in after the first day counts neither above nor below.
    neighbours(ONE, *[3] * 9, since=shanghai(FIRST, 10))
    # Nothing in time, not finished, before the first day: none of them is a day.
    [late] = neighbours(ONE, 2)
    others = [
        attempt(late, LAST, counted=0),
        attempt(late, LAST - timedelta(days=1), finished_at=None),
        attempt(late, FIRST - timedelta(days=1)),
    ]
    with writing():
        changed_rows(insert(Attempt), others)
    with clock.at(shanghai(FIRST + timedelta(days=2), 12)):
        early = committee.get(path).json
    assert (early["state"], early["as_of"]) == ("running", str(FIRST + timedelta(days=1)))
    assert {one["rank"] for one in early["standing"]} == {None}  # nobody has three days yet
    with clock.at(shanghai(LAST + timedelta(days=1), 0, 20)):
        assert challenges.settle_over() == 0
    with clock.at(shanghai(LAST + timedelta(days=1), 1)):
        live = committee.get(path).json
        assert challenges.settle_over() == 1
        assert challenges.settle_over() == 0
        ended = committee.get(path).json
    soon, shown = (
        {
            one["place_code"]: (one["rank"], one["people"], one["of"], one["reached"])
            for one in found["standing"]
        }
        for found in (live, ended)
    )
    assert ended["state"] == "over"
    assert soon[TWO] == (1, 6, 12, True)
    assert soon[ONE] == (2, 5, 13, False)  # seven, in fives
    assert shown[TWO] == (1, 6, 12, True)
    assert shown[ONE] == (1, 6, 13, True)
    assert shown[THREE] == (None, None, None, False)
    assert "3 天" in ended["formula"]
    told = read(select(Notice.resident_id).where(Notice.kind == "challenge_over")).scalars().all()
    assert set(busy[:9]) <= set(told)
    assert not set(busy[9:]) & set(told)
    assert late in told
    # A home that is lost afterwards changes nothing of what was told.
    with writing():
        changed_rows(Residence.__table__.delete().where(Residence.resident_id.in_(busy[:3])))
    with clock.at(shanghai(LAST + timedelta(days=5))):
        assert committee.get(path).json["standing"] == ended["standing"]


def test_the_last_evening_counts_though_no_jobs_ran_that_night(clients, people, neighbours):
    """Jobs that were missed are made up for by name: this one before that which finishes."""
    made = clients["committee"].post("/challenges", body()).json
    busy, _ = neighbours(ONE, *[2] * 5), neighbours(ONE, *[0] * 20)
    with clock.at(shanghai(LAST, 23, 50)):
        bank.import_bank(FILES / "bank.json")
        for found in busy:
            actor = Actor(found, "")
            attempt = daily.take_daily(actor)
            asked = attempt["questions"][0]
            ids = key_of(attempt["attempt_id"], asked)[0]
            daily.answer(actor, attempt["attempt_id"], question_id=asked["id"], option_ids=ids)
    with clock.at(shanghai(LAST + timedelta(days=1), 3)):
        assert challenges.settle_over() == 1
        ended = clients["committee"].get(f"/challenges/{made['id']}").json
    [mine] = [one for one in ended["standing"] if one["place_code"] == ONE]
    assert (mine["people"], mine["of"]) == (5, 25)


def test_one_that_cannot_be_settled_keeps_no_other_waiting(clients, people, before, monkeypatch):
    first = clients["committee"].post("/challenges", body()).json["id"]
    there = clients["outsider"].post("/challenges", body())
    assert there.status_code == 201, there.json
    tell = challenges._tell

    def broken(row):
        if row.id == first:
            raise RuntimeError
        tell(row)

    monkeypatch.setattr(challenges, "_tell", broken)
    with clock.at(shanghai(LAST + timedelta(days=1), 3)):
        assert challenges.settle_over() == 1
        monkeypatch.undo()
        assert challenges.settle_over() == 1


def test_a_neighbour_sees_the_own_grid_and_the_own_days(clients, people, neighbours):
    made = clients["committee"].post("/challenges", body()).json
    me = people["resident"].resident_id
    [other] = neighbours(ONE, 0)
    with writing():
        changed_rows(
            Residence.__table__.update()
            .where(Residence.resident_id == other)
            .values(resident_id=me)
        )
        changed_rows(insert(Attempt), [attempt(me, FIRST + timedelta(days=n)) for n in range(3)])
    with clock.at(shanghai(FIRST + timedelta(days=2), 12)):
        found = clients["resident"].get(f"/challenges/{made['id']}").json
    assert found["mine"] == {"days": 3, "done": True}
    assert [one["place_code"] for one in found["standing"] if one["mine"]] == [ONE]
    assert clients["neighbour"].get(f"/challenges/{made['id']}").json["mine"] is None


def test_a_community_has_one_challenge_at_a_time(clients, before):
    committee = clients["committee"]
    assert committee.post("/challenges", body(), Idempotency_Key="one").status_code == 201
    assert committee.post("/challenges", body(), Idempotency_Key="one").status_code == 201
    overlapping = body(first_day=str(LAST), last_day=str(LAST + timedelta(days=3)))
    answer = committee.post("/challenges", overlapping)
    assert (answer.status_code, answer.json["code"]) == (409, "challenge_overlaps")
    later = LAST + timedelta(days=1)
    assert (
        committee.post(
            "/challenges", body(first_day=str(later), last_day=str(later), days=1)
        ).status_code
        == 201
    )
    listed = clients["resident"].get("/challenges").json["items"]
    assert [one["first_day"] for one in listed] == [str(later), str(FIRST)]
    with clock.at(shanghai(FIRST)):
        running = clients["resident"].get("/challenges", state="running").json["items"]
        planned = clients["resident"].get("/challenges", state="planned").json["items"]
    assert ([one["first_day"] for one in running], len(planned)) == ([str(FIRST)], 1)


@pytest.mark.parametrize("code", [ELSEWHERE, "510105007999"])
def test_a_challenge_is_for_a_community_of_ones_own(clients, before, code):
    answer = clients["committee"].post("/challenges", body(place_code=code))
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "place_code")
    assert clients["resident"].post("/challenges", body()).status_code == 403
    # A street has no community of its own to take for granted.
    assert clients["street"].post("/challenges", body()).status_code == 422
    assert clients["street"].post("/challenges", body(place_code=COMMUNITY)).status_code == 201


def test_looking_costs_the_same_however_many_take_part(clients, neighbours):
    made = clients["committee"].post("/challenges", body()).json
    with clock.at(shanghai(FIRST + timedelta(days=1), 12)):
        few = len(queries(clients["committee"], f"/challenges/{made['id']}"))
        neighbours(ONE, *[1] * 15)
        many = len(queries(clients["committee"], f"/challenges/{made['id']}"))
        assert few == many <= 6
        assert len(queries(clients["committee"], "/challenges")) <= 3
