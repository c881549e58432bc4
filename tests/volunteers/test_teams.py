"""Teams: made, joined, led, left; and who hears of it."""

import pytest
from sqlalchemy import select

from app.core import clock, outbox
from app.core.access import Actor, RoleKind
from app.core.db import read
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.states import IllegalMove, MoveNotYours
from app.notices.models import Notice
from app.volunteers import profile, service, teams
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor
from tests.volunteers.conftest import GRID, NOW


def told():
    """Deliver what happened; return (resident's id, kind) of every notice so far."""
    with clock.at(NOW):
        outbox.deliver_due()
    rows = read(select(Notice.resident_id, Notice.kind).order_by(Notice.id))
    return [tuple(row) for row in rows]


def standing(found, actor):
    return teams.show_team(actor, found["id"])["mine"]


def test_a_committee_makes_a_team_with_a_leader(people, team):
    found = team()
    assert found["place_name"].startswith("草堂路社区")
    assert (found["members"], found["asked"], found["mine"]) == (1, 0, None)
    leader = people["resident"].resident_id
    assert found["leaders"] == [{"id": leader, "name": people["resident"].name}]
    assert service.is_leader(leader, found["id"])
    assert [row.id for row in service.led_by(leader)] == [found["id"]]
    assert [row.id for row in service.leaders(found["id"])] == [leader]
    assert service.team_names([found["id"], 10**9]) == {found["id"]: "平安志愿队"}
    assert service.team_place(found["id"]) == COMMUNITY


@pytest.mark.parametrize(
    ("who", "place"), [("committee", SIBLING), ("outsider", COMMUNITY), ("resident", COMMUNITY)]
)
def test_nobody_makes_a_team_where_they_are_not_the_committee(people, now, who, place):
    with pytest.raises(NotFound):
        teams.create_team(people[who], name="队", kind="peace", place_code=place)


def test_a_team_needs_a_place_and_its_leader_to_be_a_volunteer(people, now):
    for changes, field in (
        ({"place_code": f"{COMMUNITY}999"}, "place_code"),
        ({"leader_id": people["resident"].resident_id}, "leader_id"),
    ):
        given = {"name": "队", "kind": "peace", "place_code": COMMUNITY, **changes}
        with pytest.raises(InvalidInput) as raised:
            teams.create_team(people["committee"], **given)
        assert [fault.field for fault in raised.value.errors] == [field]


def test_one_asks_and_a_leader_accepts(people, team, serve):
    found, actor = team(), serve(people["neighbour"])
    asked = teams.join(actor, found["id"])
    assert (asked["mine"], asked["people"], asked["asked"]) == ("asked", [], None)
    assert [move["move"] for move in asked["moves"]] == ["withdraw"]
    head = people["resident"]
    seen = teams.show_team(head, found["id"])
    assert seen["asked"] == 1
    [line] = [person for person in seen["people"] if person["state"] == "asked"]
    assert (line["resident_id"], line["name"]) == (actor.resident_id, actor.name)
    assert {move["move"] for move in line["moves"]} == {"accept", "refuse"}
    teams.move_member(head, found["id"], actor.resident_id, to="member")
    mine = teams.show_team(actor, found["id"])
    assert (mine["mine"], mine["members"], len(mine["people"])) == ("member", 2, 2)
    assert service.is_member(actor.resident_id, found["id"])
    assert told() == [
        (head.resident_id, "team_answered"),
        (head.resident_id, "team_asked"),
        (actor.resident_id, "team_answered"),
    ]


def test_one_is_invited_by_number_and_tells_their_name_by_agreeing(people, team, serve):
    found, actor = team(), serve(make_actor(name="周明"))
    number = profile.show_profile(actor)["number"]
    seen = teams.join(people["resident"], found["id"], volunteer_number=number)
    [line] = [person for person in seen["people"] if person["state"] == "invited"]
    assert line["name"] == "周**"
    assert teams.show_team(people["committee"], found["id"])["people"][1]["name"] == "周明"
    assert standing(found, actor) == "invited"
    teams.move_member(actor, found["id"], actor.resident_id, to="member")
    seen = teams.show_team(people["resident"], found["id"])
    assert [person["name"] for person in seen["people"]][1:] == ["周明"]
    assert (actor.resident_id, "team_invited") in told()


def test_no_one_is_invited_who_is_no_volunteer(people, team):
    found = team()
    stranger = people["stranger"].resident_id
    for given in ({"resident_id": stranger}, {"volunteer_number": "LV-2026-999999"}):
        with pytest.raises(InvalidInput) as raised:
            teams.join(people["resident"], found["id"], **given)
        assert [fault.code for fault in raised.value.errors] == ["unknown_volunteer"]


def test_one_asks_as_a_volunteer_only(people, team):
    with pytest.raises(service.NotAVolunteer):
        teams.join(people["neighbour"], team()["id"])


def test_refused_withdrawn_declined_taken_back_and_again(people, team, serve):
    found, actor = team(), serve()
    head, me = people["resident"], actor.resident_id
    for by in (head, actor):
        teams.join(actor, found["id"])
        teams.move_member(by, found["id"], me, to="left")
        assert standing(found, actor) == "left"
    for by in (actor, head):
        teams.join(head, found["id"], resident_id=me)
        teams.move_member(by, found["id"], me, to="left")
    teams.join(actor, found["id"])
    teams.move_member(head, found["id"], me, to="member")
    with pytest.raises(IllegalMove):
        teams.join(actor, found["id"])
    teams.leave(actor, found["id"])
    assert standing(found, actor) == "left"
    with pytest.raises(IllegalMove):
        teams.leave(actor, found["id"])


def test_nobody_accepts_themselves(people, team, serve):
    found, actor = team(), serve()
    teams.join(actor, found["id"])
    with pytest.raises(MoveNotYours):
        teams.move_member(actor, found["id"], actor.resident_id, to="member")
    assert standing(found, actor) == "asked"


def test_members_and_strangers_manage_nobody(people, team, join, serve):
    found = team()
    member, other = join(found), join(found)
    for who in (member, serve(), people["outsider"], people["sibling"]):
        with pytest.raises(NotFound):
            teams.move_member(who, found["id"], other.resident_id, to="left")
    with pytest.raises(NotFound):
        teams.move_member(people["resident"], found["id"], serve().resident_id, to="member")


def test_people_are_shown_to_the_team_and_its_committee_only(people, team, join, serve):
    found = team()
    member, asking = join(found), serve()
    teams.join(asking, found["id"])
    sees = {
        "resident": 3, "committee": 3, "street": 3, "district": 3,
        "neighbour": 0, "gridworker": 0, "stranger": 0, "outsider": 0, "sibling": 0,
    }  # fmt: skip
    for who, number in sees.items():
        assert len(teams.show_team(people[who], found["id"])["people"]) == number, who
    assert len(teams.show_team(member, found["id"])["people"]) == 2
    assert teams.show_team(asking, found["id"])["people"] == []


def test_a_leader_makes_leaders_and_removes_members_but_no_leader(people, team, join):
    found = team()
    head, second, third = people["resident"], join(found), join(found)
    teams.move_member(head, found["id"], second.resident_id, to="leader")
    assert service.is_leader(second.resident_id, found["id"])
    with pytest.raises(MoveNotYours):
        teams.move_member(second, found["id"], head.resident_id, to="left")
    teams.move_member(second, found["id"], third.resident_id, to="left")
    teams.move_member(people["committee"], found["id"], head.resident_id, to="member")
    assert not service.is_leader(head.resident_id, found["id"])
    assert service.is_member(head.resident_id, found["id"])


def test_the_last_leader_stays_until_somebody_else_leads(people, team, join):
    found = team()
    head, member = people["resident"], join(found)
    for to in ("left", "member"):
        with pytest.raises(teams.LastLeader):
            teams.move_member(head, found["id"], head.resident_id, to=to)
    assert teams.show_team(head, found["id"])["moves"] == []
    teams.move_member(head, found["id"], member.resident_id, to="leader")
    assert {m["move"] for m in teams.show_team(head, found["id"])["moves"]} == {
        "step_down",
        "resign",
    }
    teams.leave(head, found["id"])
    assert [row.id for row in service.leaders(found["id"])] == [member.resident_id]


def test_a_leader_alone_may_go_and_the_committee_hears(people, team):
    found = team()
    teams.leave(people["resident"], found["id"])
    assert (people["committee"].resident_id, "team_leaderless") in told()


def test_who_stops_serving_leaves_even_as_the_last_leader(people, team, join):
    found = team()
    join(found)
    profile.stop(people["resident"])
    assert service.leaders(found["id"]) == []
    told_now = told()
    assert (people["committee"].resident_id, "team_leaderless") in told_now
    assert (people["street"].resident_id, "team_leaderless") not in told_now


def test_without_a_leader_the_committee_answers_who_asks(people, team, serve):
    found, actor = team(None), serve()
    teams.join(actor, found["id"])
    assert told() == [(people["committee"].resident_id, "team_asked")]
    teams.move_member(people["committee"], found["id"], actor.resident_id, to="member")
    teams.move_member(people["committee"], found["id"], actor.resident_id, to="leader")
    assert service.is_leader(actor.resident_id, found["id"])


def test_telling_twice_tells_once(people, team, serve):
    teams.join(serve(), team()["id"])
    first = told()
    from app.core.db import changed_rows, writing  # noqa: PLC0415
    from app.core.outbox import OutboxEvent  # noqa: PLC0415

    with writing():
        changed_rows(OutboxEvent.__table__.update().values(delivered_at=None, try_at=NOW))
    assert told() == first


def test_a_closed_team_takes_nobody_and_plans_nothing(people, team, join, serve):
    found = team()
    head, member = people["resident"], join(found)
    closed = teams.change_team(people["committee"], found["id"], closed=True)
    assert (closed["closed"], closed["moves"]) == (True, [])
    with pytest.raises(teams.TeamClosed):
        teams.join(serve(), found["id"])
    assert not service.is_leader(head.resident_id, found["id"])
    assert not service.may_plan(head, GRID, found["id"])
    assert service.team_place(found["id"]) is None
    assert teams.list_teams(head, place=COMMUNITY, limit=5)["items"] == []
    teams.leave(member, found["id"])
    again = teams.change_team(people["committee"], found["id"], closed=False)
    assert not again["closed"]
    assert service.is_leader(head.resident_id, found["id"])


def test_leaders_rename_and_only_the_committee_closes(people, team, join):
    found = team()
    member = join(found)
    assert teams.change_team(people["resident"], found["id"], name="夜巡队")["name"] == "夜巡队"
    for who, changes in (
        (member, {"name": "x"}),
        (people["outsider"], {"name": "x"}),
        (people["resident"], {"closed": True}),
    ):
        with pytest.raises(Forbidden):
            teams.change_team(who, found["id"], **changes)


@pytest.mark.parametrize(
    ("who", "place", "with_team", "may"),
    [
        ("gridworker", GRID, False, True),
        ("committee", GRID, False, True),
        ("committee", SIBLING, False, False),
        ("district", SIBLING, False, True),
        ("outsider", GRID, False, False),
        ("resident", GRID, False, False),
        ("resident", GRID, True, True),
        ("resident", COMMUNITY, True, True),
        ("resident", SIBLING, True, False),
        ("neighbour", GRID, True, False),
    ],
)
def test_who_may_plan_where(people, team, who, place, with_team, may):
    found = team()
    team_id = found["id"] if with_team else None
    assert service.may_plan(people[who], place, team_id) is may


def test_who_may_plan_anywhere_at_all(people, team):
    team()
    assert service.may_plan_somewhere(people["resident"])
    assert service.may_plan_somewhere(people["gridworker"])
    assert not service.may_plan_somewhere(people["neighbour"])


def listed(actor, **query):
    return [item["id"] for item in teams.list_teams(actor, limit=50, **query)["items"]]


def test_teams_are_listed_by_place_and_ones_own(people, team, serve):
    home = team()["id"]
    grid = team(None, name="一网格楼道队", kind="corridor", place_code=GRID)["id"]
    given = {"name": "甪直队", "kind": "peace", "place_code": ELSEWHERE}
    away = teams.create_team(people["outsider"], **given)["id"]
    assert listed(people["neighbour"]) == [home, grid]
    assert listed(people["gridworker"]) == [home, grid]
    assert listed(people["stranger"]) == []
    assert listed(people["stranger"], place=ELSEWHERE) == [away]
    assert listed(people["neighbour"], place=GRID) == [grid]
    assert listed(people["resident"], mine=True) == [home]
    actor = serve(make_actor((RoleKind.RESIDENT, SIBLING)))
    teams.join(actor, away)
    assert listed(actor) == [away]
    first = teams.list_teams(people["neighbour"], limit=1)
    rest = teams.list_teams(people["neighbour"], limit=1, cursor=first["next_cursor"])
    assert [item["id"] for item in first["items"] + rest["items"]] == [home, grid]


def test_there_is_no_such_team(people):
    nobody = Actor(1, "")
    for ask in (
        lambda: teams.show_team(nobody, 10**9),
        lambda: teams.leave(nobody, 10**9),
        lambda: teams.change_team(nobody, 10**9, name="x"),
    ):
        with pytest.raises(NotFound):
            ask()
