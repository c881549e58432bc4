"""Appeals: of a no-show or of the minutes, once, answered by somebody else."""

import pytest
from sqlalchemy import select, update

from app.core import clock
from app.core.access import RoleKind
from app.core.db import changed_rows, read, writing
from app.core.errors import InvalidInput, NotFound
from app.core.states import IllegalMove
from app.notices.models import Notice
from app.patrols.models import Shift
from app.residents import leaving
from app.residents.models import Resident
from app.residents.rules import LEAVING_FOR
from app.rounds import appeals, live, settlement
from app.rounds.sight import AboutYourself
from app.volunteers import teams
from tests.factories.people import COMMUNITY, ELSEWHERE, make_actor
from tests.rounds.conftest import (
    DAY,
    HOUR,
    MINUTE,
    at,
    attendance_of,
    hours_of,
    make_night,
    make_volunteer,
    told,
)


@pytest.fixture
def settled(night):
    """Anna walked an hour, Bo was not seen; all of it is settled."""
    night.phone("anna").send("start")
    night.phone("anna").send("end", HOUR)
    with at(15 * HOUR):
        settlement.settle_due()
    return night


def object_to(night, who="bo", after=DAY, whose=None):
    row = attendance_of(night, getattr(night, whose or who))
    with at(after):
        return appeals.appeal(getattr(night, who), row.id, note="我在，手机没电了")


def reply(night, made, who="leader", *, granted=True, after=DAY + HOUR, **more):
    with at(after):
        return appeals.answer_appeal(
            getattr(night, who), made["id"], granted=granted, note="邻居都看见了", **more
        )


@pytest.mark.parametrize(("home", "sees"), [(COMMUNITY, True), (ELSEWHERE, False)])
def test_a_teams_leader_sees_appeals_where_the_team_is_at_home(people, home, sees):
    head = make_volunteer("head")
    form = {"name": "平安队", "kind": "peace", "place_code": home}
    place = make_actor((RoleKind.COMMITTEE, home))
    team = teams.create_team(place, **form, leader_id=head.resident_id)
    with at(-2 * DAY):
        night = make_night(people)
        # The team has its home elsewhere since, as when its community was divided.
        with writing():
            changed_rows(update(Shift).where(Shift.id == night.id).values(team_id=team["id"]))
    with at(15 * HOUR):
        settlement.settle_due()
    made = object_to(night)
    with at(DAY):
        found = appeals.list_appeals(head, limit=10)["items"]
    assert [item["id"] for item in found] == ([made["id"]] if sees else [])


def test_a_no_show_that_was_none_is_credited(settled):
    made = object_to(settled)
    assert (made["state"], made["attendance_state"]) == ("asked", "no_show")
    for who in (settled.leader, settled.gridworker, settled.committee):
        assert "appeal_asked" in told(who)
    found = reply(settled, made)
    assert (found["state"], found["minutes"], found["attended"]) == ("granted", 120, 120)
    assert hours_of(settled, settled.bo) == (120, ["credited"])
    row = attendance_of(settled, settled.bo)
    assert (row.state, row.evidence, row.attested) == ("ended", 4, True)
    assert "appeal_granted" in told(settled.bo)


@pytest.mark.parametrize(("minutes", "credited"), [(90, 90), (30, 30), (None, 120)])
def test_minutes_are_corrected_to_what_is_granted(settled, minutes, credited):
    made = object_to(settled, "anna")
    reply(settled, made, "committee", minutes=minutes)
    assert hours_of(settled, settled.anna) == (credited, ["credited"])


def test_a_refusal_changes_nothing_and_says_why(settled):
    found = reply(settled, object_to(settled), granted=False)
    assert (found["state"], found["minutes"], found["answer"]) == ("refused", None, "邻居都看见了")
    assert hours_of(settled, settled.bo) == (0, [])
    assert "appeal_refused" in told(settled.bo)


def test_nobody_answers_themselves_nor_who_does_not_lead(settled, people):
    made = object_to(settled)
    with pytest.raises(NotFound):
        reply(settled, made, "anna")
    settled.outsider = people["outsider"]
    with pytest.raises(NotFound):
        reply(settled, made, "outsider")
    with pytest.raises(AboutYourself):
        reply(settled, made, "bo")
    with pytest.raises(InvalidInput):
        reply(settled, made, minutes=121)
    reply(settled, made)
    with pytest.raises(IllegalMove):
        reply(settled, made, "committee", granted=False)
    with pytest.raises(NotFound):
        reply(settled, {"id": made["id"] + 1})


def test_one_objects_once_in_time_and_only_for_oneself(night):
    night.phone("anna").send("start")
    with pytest.raises(appeals.NothingToAppeal):
        object_to(night, "anna", HOUR)
    with at(15 * HOUR):
        settlement.settle_due()
    with pytest.raises(NotFound):
        object_to(night, "anna", whose="bo")
    with pytest.raises(appeals.NothingToAppeal):
        object_to(night, "chen", 16 * DAY)
    object_to(night)
    with pytest.raises(appeals.NothingToAppeal):
        object_to(night)


def test_who_answers_sees_what_waits_and_nobody_else_does(settled, people):
    ids = {object_to(settled)["id"], object_to(settled, "anna")["id"]}
    with at(DAY):
        for who in (settled.leader, settled.committee, people["district"]):
            found = appeals.list_appeals(who, limit=10)["items"]
            assert {one["id"] for one in found} == ids
        for who in (settled.anna, people["outsider"], people["neighbour"]):
            assert appeals.list_appeals(who, limit=10)["items"] == []
        first = appeals.list_appeals(settled.leader, limit=1)
        second = appeals.list_appeals(settled.leader, limit=1, cursor=first["next_cursor"])
        assert {first["items"][0]["id"], second["items"][0]["id"]} == ids
        assert appeals.list_appeals(settled.leader, place="320506", limit=1)["items"] == []


def test_one_sees_ones_own_rounds_and_appeals(settled):
    object_to(settled)
    with at(DAY + MINUTE):
        [mine] = live.list_mine(settled.bo, limit=10)["items"]
        assert (mine["state"], mine["appeal"]["state"], mine["may_appeal"]) == (
            "no_show", "asked", False,
        )  # fmt: skip
        [other] = live.list_mine(settled.anna, limit=10)["items"]
        assert (other["minutes"], other["appeal"], other["may_appeal"]) == (60, None, True)
        assert live.list_mine(settled.anna, state="no_show", limit=10)["items"] == []
    with at(16 * DAY):
        assert not live.list_mine(settled.anna, limit=10)["items"][0]["may_appeal"]


def test_who_can_answer_hears_of_every_appeal_also_after_one_that_went_with_its_person(settled):
    object_to(settled)
    with at(DAY), writing():
        now = clock.now()
        theirs = update(Resident).where(Resident.id == settled.bo.resident_id)
        changed_rows(theirs.values(leaving_at=now - LEAVING_FOR, erase_at=now))
    with at(DAY + HOUR):
        assert leaving.erase_due() == 1
    object_to(settled, who="anna", after=2 * DAY)
    told_of = (Notice.resident_id == settled.leader.resident_id) & (Notice.kind == "appeal_asked")
    assert len(read(select(Notice.id).where(told_of)).all()) == 2
