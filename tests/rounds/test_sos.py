"""Calls for help: at once, to whom they concern, once; and nobody helps themselves."""

import pytest

from app.core.access import RoleKind
from app.core.db import db, read
from app.core.deliveries import Delivery
from app.core.errors import InvalidInput, NotFound
from app.core.states import IllegalMove, MoveNotYours
from app.notices import quotas
from app.notices import service as notices
from app.patrols import planning
from app.rounds import live, sos
from app.rounds.models import SosCall
from app.rounds.sight import NotOnThisRound, RoundNotOpen
from app.volunteers import profile
from app.volunteers.models import ContactLook
from tests.crowds import at_once
from tests.factories.people import COMMUNITY, make_actor
from tests.rounds.conftest import DAY, EVENING, HOUR, MINUTE, at, told


def call(night, who="anna", after=HOUR, **more):
    with at(after):
        return sos.call(getattr(night, who), night.id, **more)


def move(night, who, made, to, **more):
    with at(HOUR + MINUTE):
        return sos.move_call(getattr(night, who), made["id"], to=to, **more)


def test_a_worker_of_one_grid_alone_hears_nothing_of_a_call_in_the_whole_community(night):
    worker = make_actor((RoleKind.GRID_WORKER, COMMUNITY + "002"))
    call(night)
    assert told(worker) == []


def test_a_call_is_told_to_the_leader_and_the_staff_of_the_place_at_once(night, people):
    made = call(night, lat=30.66, lon=104.03, note="有人摔倒")
    assert (made["state"], made["by"]["name"], made["at"]) == ("open", "anna", EVENING + HOUR)
    for who in (night.leader, night.committee, night.gridworker):
        [notice] = notices.list_notices(who, limit=5)["items"]  # before any event is delivered
        assert notice["kind"] == "sos"
        assert notice["emergency"]
        assert notice["body"].endswith("有人摔倒")
    for who in (night.anna, night.bo, people["outsider"], people["neighbour"]):
        assert told(who) == []


def test_it_rings_at_night(night):
    with at(0 * HOUR):
        quotas.answer(night.leader, answers={"demo-shift-lead": "accept"})
    call(night, after=3 * HOUR)  # 22:00 in Shanghai
    [planned] = read(db.select(Delivery.due_at).where(Delivery.kind == notices.MESSAGE)).scalars()
    assert planned == EVENING + 3 * HOUR


def test_again_while_it_is_open_is_the_same_call(night):
    first = call(night, note="快来")
    again = call(night, after=HOUR + MINUTE, lat=30.66, lon=104.03)
    assert again["id"] == first["id"]
    assert (again["lat"], again["note"]) == (30.66, "快来")
    assert told(night.leader) == ["sos"]
    move(night, "leader", first, "closed", note="已送医")
    assert call(night, after=2 * HOUR)["id"] != first["id"]
    assert told(night.leader) == ["sos", "sos"]


def test_twenty_taps_at_once_are_one_call(app, night):
    db.session.remove()

    def tap(_number):
        with at(HOUR):
            return sos.call(night.anna, night.id)["id"]

    assert len(set(at_once(app, 20, tap))) == 1
    assert len(read(db.select(SosCall.id)).all()) == 1
    assert told(night.leader) == ["sos"]


def test_who_helps_learns_whom_to_ring_and_that_is_written_down(night):
    contact = {"name": "老伴", "phone": "13800000001"}
    with at(MINUTE):
        profile.save_profile(
            night.anna, birth_year=1980, skills=[], consent=True, emergency_contact=contact
        )
    made = call(night)
    found = move(night, "gridworker", made, "acknowledged")
    assert found["state"] == "acknowledged"
    assert found["acknowledged_by"]["name"] == night.gridworker.name
    assert found["contact"] == contact
    [look] = read(db.select(*ContactLook.__table__.columns)).all()
    assert (look.by_id, look.why) == (night.gridworker.resident_id, "sos")
    with at(HOUR + MINUTE):
        shown = live.show_round(night.leader, night.id)["sos"][0]
    assert shown["contact"] is None


def test_who_may_do_what_with_a_call(night, people):
    made = call(night)
    with pytest.raises(MoveNotYours):
        move(night, "anna", made, "acknowledged")
    with pytest.raises(NotFound):
        move(night, "bo", made, "acknowledged")
    with pytest.raises(InvalidInput):
        move(night, "leader", made, "closed")
    night.outsider = people["outsider"]
    with pytest.raises(NotFound):
        move(night, "outsider", made, "acknowledged")
    assert move(night, "anna", made, "closed")["closed_by"]["name"] == "anna"
    with pytest.raises(IllegalMove):
        move(night, "leader", made, "acknowledged")
    with pytest.raises(NotFound):
        move(night, "leader", {"id": made["id"] + 1}, "acknowledged")


def test_a_leader_who_calls_is_helped_by_somebody_else(night):
    made = call(night, "leader")
    assert told(night.gridworker) == ["sos"]
    with pytest.raises(MoveNotYours):
        move(night, "leader", made, "acknowledged")
    assert move(night, "committee", made, "acknowledged")["state"] == "acknowledged"


def test_only_the_crew_calls_and_only_around_the_shift(night, people):
    with pytest.raises(NotOnThisRound):
        call(night, "committee")
    night.stranger = people["neighbour"]
    with pytest.raises(NotFound):
        call(night, "stranger")
    with pytest.raises(RoundNotOpen):
        call(night, after=2 * DAY)
    with at(-HOUR):
        planning.cancel_shift(night.committee, night.id, reason="下大雨")
    with pytest.raises(RoundNotOpen):
        call(night)
