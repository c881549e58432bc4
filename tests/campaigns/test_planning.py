"""Planning and announcing, whom it is for, what the clock does, and who hears of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.campaigns import clockwork, planning, service, telling, tries
from app.core import clock
from app.core.access import Actor, RoleKind
from app.core.db import db, read
from app.core.errors import InvalidInput, NotFound
from app.core.states import IllegalMove
from app.notices.models import Notice
from app.notices.rules import LONGEST_TITLE
from app.places.models import Place
from app.quizzes import authoring
from app.quizzes.models import Version
from app.residents.models import Residence
from app.volunteers.models import LikedPlace
from tests.campaigns.conftest import PLAN, TODAY, announced, shanghai, take, tell_everybody
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor
from tests.patrols.conftest import make_volunteer

GRID = f"{COMMUNITY}001"
HOUSE, NEXT_DOOR = f"{GRID}001", f"{GRID}002"
WRONG = {
    "another community's": ({"place_code": ELSEWHERE}, "place_code", "unknown_place"),
    "planned for a grid alone": ({"place_code": GRID}, "place_code", "unknown_place"),
    "beyond one's place": ({"places": [COMMUNITY, ELSEWHERE]}, "places", "unknown_place"),
    "no such building": ({"places": [f"{GRID}999"]}, "places", "unknown_place"),
    "backwards": ({"last_day": TODAY - timedelta(days=1)}, "last_day", "before_the_start"),
    "over already": (
        {"first_day": TODAY - timedelta(days=9), "last_day": TODAY - timedelta(days=1)},
        "last_day",
        "in_the_past",
    ),
    "a whole year": ({"last_day": TODAY + timedelta(days=92)}, "last_day", "not_within"),
    "nothing to ask": ({"topics": None}, "topics", "topics_or_questions"),
    "both": ({"question_ids": [1]}, "topics", "topics_or_questions"),
    "no such question": (
        {"topics": None, "question_ids": [10**6, 10**6 + 1, 10**6 + 2]},
        "question_ids",
        "unknown_question_of_bank",
    ),
    "more than there are": ({"question_count": 11}, "question_count", "too_few_questions"),
    "months and a day": (
        {"skill": "fire_safety", "skill_months": 6, "skill_until": TODAY + timedelta(days=99)},
        "skill_until",
        "months_or_day",
    ),
    "a skill that ends before": (
        {"skill": "fire_safety", "skill_until": PLAN["last_day"] + timedelta(days=6)},
        "skill_until",
        "before_the_end",
    ),
}


def lives(code, *, building=None, **roles):
    """Make somebody with a confirmed home, in a building if one is named."""
    actor = make_actor((RoleKind.RESIDENT, COMMUNITY))
    house = building and read(select(Place.id).where(Place.code == building)).scalar_one()
    db.session.add(
        Residence(
            resident_id=actor.resident_id,
            place_code=code,
            building_id=house,
            room="1-101",
            state="confirmed",
            requested_at=clock.now(),
        )
    )
    db.session.commit()
    return actor


def told(kind):
    return set(read(select(Notice.resident_id).where(Notice.kind == kind)).scalars())


def test_a_skill_ends_when_the_last_paper_is_entered_at_the_earliest(big_bank, people):
    until = PLAN["last_day"] + timedelta(days=7)
    made = planning.plan(people["committee"], **PLAN, skill="fire_safety", skill_until=until)
    assert made["gives"]["until"] == until


def test_what_cannot_be_planned_is_said_by_field(big_bank, people):
    for changes, field, code in WRONG.values():
        with pytest.raises(InvalidInput) as fault:
            planning.plan(people["committee"], **PLAN | changes)
        assert [(one.field, one.code) for one in fault.value.errors] == [(field, code)], changes


def test_a_draft_is_its_planners_alone_and_changes_until_it_is_announced(big_bank, people):
    staff = people["committee"]
    draft = planning.plan(staff, **PLAN)
    assert draft["state"] == "draft"
    assert {move["move"] for move in draft["moves"]} == {"announce", "drop"}
    for other in ("resident", "gridworker", "outsider"):
        with pytest.raises(NotFound):
            service.show(people[other], draft["id"])
    ids = [row.question_id for row in read(select(Version.question_id).limit(3))]
    changed = planning.change(staff, draft["id"], question_ids=ids, question_count=3)
    assert (changed["plan"]["question_ids"], changed["topics"]) == (ids, [])
    assert changed["title"] == PLAN["title"]["zh"]
    planning.move(people["street"], draft["id"], to="announced")
    with pytest.raises(planning.NotADraft):
        planning.change(staff, draft["id"], pass_percent=100)
    dropped = planning.plan(staff, **PLAN)["id"]
    planning.move(staff, dropped, to="cancelled")
    with pytest.raises(NotFound):  # what never was public does not become so by going
        service.show(people["resident"], dropped)


def test_a_campaign_of_buildings_is_for_who_lives_in_them(big_bank, people):
    inside, beside = lives(GRID, building=HOUSE), lives(GRID, building=NEXT_DOOR)
    unknown = lives(GRID)
    made = announced(people["committee"], places=[HOUSE])
    assert [place["code"] for place in made["places"]] == [HOUSE]
    assert service.show(inside, made["id"])["mine"]["can_start"]
    for other in (beside, unknown, people["resident"]):
        assert service.list_campaigns(other, limit=9)["items"] == []
        with pytest.raises(NotFound):
            tries.begin(other, made["id"])
    tell_everybody()
    assert told(telling.ANNOUNCED) == {inside.resident_id}
    planner = service.show(people["committee"], made["id"])["mine"]
    assert (planner["can_start"], planner["why_not"]) == (False, "not_in_audience")
    with pytest.raises(tries.NotInAudience):
        tries.begin(people["committee"], made["id"])


@pytest.mark.parametrize("role", [RoleKind.COMMITTEE, RoleKind.STREET])
def test_who_may_print_the_key_takes_no_part(big_bank, people, role):
    place = COMMUNITY if role == RoleKind.COMMITTEE else COMMUNITY[:9]
    planner = make_actor((RoleKind.RESIDENT, COMMUNITY), (role, place))
    made = announced(people["committee"])["id"]
    mine = service.show(planner, made)["mine"]
    assert (mine["for_me"], mine["can_start"], mine["why_not"]) == (True, False, "knows_the_key")
    with pytest.raises(tries.KnowsKey):
        tries.begin(planner, made)


def test_who_wrote_the_plan_takes_no_part_when_the_role_is_gone(big_bank):
    planner = make_actor((RoleKind.RESIDENT, COMMUNITY), (RoleKind.COMMITTEE, COMMUNITY))
    made = announced(planner)["id"]
    resident = Actor(planner.resident_id, planner.name, planner.roles[:1])
    assert service.show(resident, made)["mine"]["why_not"] == "knows_the_key"
    with pytest.raises(tries.KnowsKey):
        tries.begin(resident, made)


def test_volunteers_are_those_who_live_or_serve_there(big_bank, people):
    here, neighbour = make_volunteer(lives(GRID)), lives(GRID)
    likes = make_volunteer(make_actor((RoleKind.RESIDENT, ELSEWHERE)))
    far = make_volunteer(make_actor((RoleKind.RESIDENT, ELSEWHERE)))
    db.session.add(LikedPlace(resident_id=likes.resident_id, place_code=GRID))
    db.session.commit()
    made = announced(people["committee"], places=[GRID], audience="volunteers")
    tell_everybody()
    assert told(telling.ANNOUNCED) == {here.resident_id, likes.resident_id}
    for actor, sees in ((here, True), (likes, True), (neighbour, False), (far, False)):
        assert bool(service.list_campaigns(actor, limit=9)["items"]) is sees
        if sees:
            assert service.show(actor, made["id"])["mine"]["for_me"]


def test_the_clock_opens_reminds_and_ends_each_once(big_bank, people):
    staff, resident, neighbour = (people[one] for one in ("committee", "resident", "neighbour"))
    made = announced(staff, first_day=TODAY + timedelta(days=1))
    assert (made["state"], made["mine"]["why_not"]) == ("announced", "campaign_not_running")
    with pytest.raises(tries.CampaignNotRunning):
        tries.begin(resident, made["id"])
    assert clockwork.keep_time() == 0
    with clock.at(shanghai(TODAY + timedelta(days=1), 0, 1)):
        assert [clockwork.keep_time() for _ in range(2)] == [1, 0]
        assert take(resident, made["id"], right=1)["result"]["verdict"]["passed"] is False
    with clock.at(shanghai(TODAY + timedelta(days=8), 0, 1)):  # the last day is the ninth
        assert [clockwork.keep_time() for _ in range(2)] == [1, 0]
        tell_everybody()
    assert resident.resident_id not in told(telling.ENDING)
    assert neighbour.resident_id in told(telling.ENDING) < told(telling.ANNOUNCED)
    with clock.at(shanghai(TODAY + timedelta(days=10), 0, 1)):
        assert [clockwork.keep_time() for _ in range(2)] == [1, 0]
        shown = service.show(staff, made["id"])
        assert [line["move"] for line in shown["history"]] == ["plan", "announce", "open", "close"]
        assert shown["moves"] == []
        with pytest.raises(tries.CampaignNotRunning):
            tries.begin(neighbour, made["id"])


def test_nobody_is_asked_to_take_part_in_what_is_over(big_bank, people):
    # Deliveries stood still meanwhile, as they do while a demo's month is made.
    announced(people["committee"])
    with clock.at(shanghai(TODAY + timedelta(days=8), 0, 1)):
        clockwork.keep_time()
    with clock.at(shanghai(TODAY + timedelta(days=10), 0, 1)):
        clockwork.keep_time()
        tell_everybody()
    assert told(telling.ENDING) == told(telling.ANNOUNCED) == set()


def test_an_audience_is_told_in_batches_each_once(big_bank, people):
    made = announced(people["committee"])
    batches = iter(lambda: telling.tell_batch(made["id"], telling.ANNOUNCED, most=2), 0)
    assert sum(batches) == len(told(telling.ANNOUNCED)) >= 2
    assert telling.begin(made["id"], telling.ANNOUNCED) == 0
    tell_everybody()
    notices = read(select(Notice.params).where(Notice.kind == telling.ANNOUNCED)).scalars().all()
    assert len(notices) == len(told(telling.ANNOUNCED))
    assert notices[0]["body"]["zh-Hans"] == "共 4 道题，答对 75% 就通过，到11月29日为止。"
    assert len(notices[0]["title"]["zh-Hans"]) <= LONGEST_TITLE


def test_a_committee_sees_what_its_street_asks_of_its_people_and_changes_nothing(big_bank, people):
    street, staff = people["street"], people["committee"]
    made = announced(street, place_code="510105007")
    only = announced(street, place_code="510105007", places=[SIBLING])
    listed = service.list_campaigns(staff, limit=9)["items"]
    assert [(one["id"], one["counts"]) for one in listed] == [(made["id"], None)]
    shown = service.show(staff, made["id"])
    assert (shown["moves"], shown["plan"], shown["history"]) == ([], None, [])
    for campaign in (made, only):
        with pytest.raises(NotFound):
            planning.move(staff, campaign["id"], to="cancelled", note="不要")
    with pytest.raises(NotFound):
        service.show(staff, only["id"])


def test_what_is_called_off_says_why_to_whom_it_was_told(running, people):
    staff = people["committee"]
    with pytest.raises(InvalidInput):
        planning.move(staff, running["id"], to="cancelled")
    assert telling.tell_batch(running["id"], telling.ANNOUNCED, most=1) == 1
    [first] = told(telling.ANNOUNCED)
    over = planning.move(staff, running["id"], to="cancelled", note="题目有误")
    assert over["history"][-1]["note"] == "题目有误"
    tell_everybody()
    assert told(telling.CANCELLED) == told(telling.ANNOUNCED) == {first}
    assert service.show(people["resident"], running["id"])["state"] == "cancelled"
    with pytest.raises(IllegalMove):
        planning.move(staff, running["id"], to="announced")


def test_questions_are_those_of_the_opening(big_bank, people):
    staff = people["committee"]
    made = announced(staff, topics=["gas"], question_count=4, first_day=TODAY + timedelta(days=1))
    published = select(Version.question_id, Version.id).where(Version.topic == "gas")
    gone = read(published).first()
    reviewer = make_actor((RoleKind.DISTRICT, ""))
    authoring.move(reviewer, gone.question_id, version_id=gone.id, to="retired", note="过时")
    with clock.at(shanghai(TODAY + timedelta(days=1))):
        clockwork.keep_time()
        row = service.find_for_system(made["id"])
        assert gone.id not in row.versions
        assert len(row.versions) == 4
        other = read(published.where(Version.id.in_(row.versions))).first()
        authoring.move(reviewer, other.question_id, version_id=other.id, to="retired", note="过时")
        asked = tries.begin(people["resident"], made["id"])["questions"]
        assert other.id in [one["id"] for one in asked]  # what opened stays as it was
