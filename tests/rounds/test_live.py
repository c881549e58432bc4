"""The round as it is seen, what is found on it, and what is kept of where people were."""

import pytest

from app.core import clock, outbox
from app.core.db import db, read
from app.core.errors import NotFound
from app.hazards import service as hazards
from app.hazards import views as hazard_views
from app.rounds import jobs, live, service, sos
from app.rounds.models import CheckIn, Finding, SosCall, TrackPoint
from app.rounds.rules import COARSE_M
from tests.rounds.conftest import DAY, EVENING, FAR_AWAY, HOUR, MINUTE, at

SPOT = {"lat": 30.6584, "lon": 104.0325}


def seen(night, who, after=HOUR):
    with at(after):
        return live.show_round(getattr(night, who), night.id)


def person(shown, name):
    return next(one for one in shown["people"] if one["resident"]["name"] == name)


def walk_a_little(night):
    night.phone("anna").send("start")
    night.phone("anna").send("checkpoint", 30 * MINUTE, 1)
    points = [{"at": EVENING + 40 * MINUTE, "lat": 30.66, "lon": 104.03, "accuracy": 7.0}]
    with at(41 * MINUTE):
        service.add_points(night.anna, night.id, points=points)


def test_what_came_in_one_second_stands_as_it_was_made(night):
    phone = night.phone("anna")
    made = [phone.item("start"), phone.item("checkpoint", HOUR, 1), phone.item("checkpoint", HOUR)]
    with at(2 * HOUR):
        service.check_in_batch(night.anna, night.id, items=made)
    anna = person(seen(night, "leader"), "anna")
    assert anna["checkpoints_done"] == [night.checkpoints[1].id, night.checkpoints[0].id]
    assert [one["kind"] for one in anna["check_ins"]] == ["start", "checkpoint", "checkpoint"]


def test_who_leads_sees_everybody_and_who_walks_themselves(night, people):
    walk_a_little(night)
    night.phone("bo").send("start", 5 * MINUTE, **FAR_AWAY)
    for who in ("leader", "committee", "gridworker"):
        shown = seen(night, who)
        assert [one["resident"]["name"] for one in shown["people"]] == ["anna", "bo", "chen"]
        anna = person(shown, "anna")
        assert anna["checkpoints_done"] == [night.checkpoints[1].id]
        assert anna["last"] == {
            "lat": 30.66, "lon": 104.03, "at": EVENING + 40 * MINUTE, "accuracy": 7.0
        }  # fmt: skip
        [flag] = person(shown, "bo")["flags"]
        assert (flag["kind"], flag["answered"]) == ("far", False)
        assert "米" in flag["words"]
        assert person(shown, "chen")["state"] == "expected"
    mine = seen(night, "anna")
    assert mine["people"] == []
    assert mine["walks"]
    assert not mine["leads"]
    assert len(mine["mine"]["check_ins"]) == 2
    assert len(mine["route"]["checkpoints"]) == 2
    assert "secret" not in str(mine["route"])
    with at(HOUR), pytest.raises(NotFound):
        live.show_round(people["neighbour"], night.id)


def test_where_somebody_is_is_shown_only_while_they_are_on_the_round(night):
    walk_a_little(night)
    night.phone("chen").send("start", MINUTE)
    assert person(seen(night, "leader"), "chen")["last"] is None  # did not agree to it
    assert person(seen(night, "leader"), "anna")["last"]
    assert person(seen(night, "leader", 6 * HOUR), "anna")["last"] is None
    night.phone("anna").send("end", HOUR)
    assert person(seen(night, "leader"), "anna")["last"] is None


def found(night, who="anna", after=HOUR, **changes):
    given = {"category": "FIRE_LANE", "description": "消防车道停了三辆车", **SPOT}
    with at(after):
        made = hazards.report_hazard(
            getattr(night, who), **given, **{"round_id": night.id, **changes}
        )
        outbox.deliver_due()
        outbox.deliver_due()
    return made


def test_a_hazard_found_on_the_way_is_linked_to_the_round(night, people):
    night.phone("anna").send("start")
    made = found(night)
    assert made["round_id"] == night.id
    for who in ("leader", "anna"):
        [one] = seen(night, who)["findings"]
        assert (one["hazard_id"], one["number"]) == (made["id"], made["number"])
    assert seen(night, "bo")["findings"] == []
    with at(HOUR):
        shown = hazard_views.show_hazard(people["neighbour"], made["id"])
        assert shown["round_id"] is None
        assert hazard_views.show_hazard(night.gridworker, made["id"])["round_id"] == night.id


@pytest.mark.parametrize(
    ("who", "after", "changes"),
    [
        ("bo", HOUR, {}),  # never checked in
        ("committee", HOUR, {}),
        ("anna", 6 * HOUR, {}),
        ("anna", HOUR, {"round_id": 10_000}),
        ("anna", HOUR, {"round_id": None}),
        ("anna", HOUR, {"anonymous": True}),
    ],
)
def test_who_was_not_on_the_round_found_nothing_on_it(night, who, after, changes):
    night.phone("anna").send("start")
    found(night, who, after, **changes)
    assert read(db.select(Finding.hazard_id)).all() == []


def test_an_anonymous_report_says_nothing_of_a_round(night):
    night.phone("anna").send("start")
    made = found(night, anonymous=True)
    assert made["round_id"] is None


def test_after_thirty_days_tracks_are_gone_and_points_coarse(night):
    walk_a_little(night)
    with at(HOUR):
        sos.call(night.anna, night.id, lat=30.66, lon=104.03)
    with clock.at(EVENING + 29 * DAY):
        assert jobs.forget_tracks() == 0
    with clock.at(EVENING + 31 * DAY):
        assert jobs.forget_tracks() == 4
        assert jobs.forget_tracks() == 0
    assert read(db.select(TrackPoint.id)).all() == []
    for row in read(db.select(*CheckIn.__table__.columns)):
        assert (row.lat, row.lon) == (pytest.approx(30.66), pytest.approx(104.035, abs=0.006))
        assert row.accuracy_m == COARSE_M
    assert read(db.select(SosCall.lat)).scalars().all() == [None]
