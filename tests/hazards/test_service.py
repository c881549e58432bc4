from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DatabaseError

from app.core import clock
from app.core.access import Actor, RoleKind
from app.core.db import db, read, writing
from app.core.errors import InvalidInput, NotFound
from app.core.outbox import OutboxEvent
from app.core.states import IllegalMove, MoveNotYours
from app.hazards import clockwork, rules, service, views
from app.hazards.models import Hazard, HazardMove, HazardPhoto
from tests.factories.people import COMMUNITY, make_actor
from tests.hazards.conftest import GRID, MORNING

HOUR = timedelta(hours=1)


def rows(model):
    return read(select(func.count()).select_from(model)).scalar_one()


def test_a_report_has_a_number_a_promise_and_the_beginning_of_a_story(report):
    case = report()
    assert case["number"] == "CT-20261120-0001"
    assert case["state"] == "reported"
    assert case["place_code"] == GRID
    assert case["accept_by"] == MORNING + timedelta(minutes=15)
    assert case["expected_by"] == MORNING + timedelta(minutes=15) + 2 * HOUR
    assert case["due_at"] is None
    assert [line["move"] for line in case["history"]] == ["report"]
    assert [move["move"] for move in case["moves"]] == ["withdraw"]


def test_numbers_count_up_by_day_and_begin_anew_on_the_next(report):
    first, second = report(), report()
    with clock.at(MORNING + timedelta(hours=14)):
        last_of_the_day = report()
    with clock.at(MORNING + timedelta(hours=15)):
        tomorrow = report()
    numbers = [case["number"] for case in (first, second, last_of_the_day, tomorrow)]
    # Midnight is Shanghai's.
    assert numbers == [
        "CT-20261120-0001",
        "CT-20261120-0002",
        "CT-20261120-0003",
        "CT-20261121-0001",
    ]


def test_a_report_outside_all_grids_is_refused_by_its_field(report):
    with pytest.raises(InvalidInput) as fault:
        report(lat=31.0, lon=121.0)
    assert [error.field for error in fault.value.errors] == ["lat"]
    assert rows(Hazard) == 0


def test_a_report_with_somebody_elses_photo_leaves_nothing_behind(report, people, photo):
    stolen = photo(people["neighbour"])
    mine = photo(people["resident"])
    with pytest.raises(InvalidInput) as fault:
        report(photo_ids=[mine, stolen])
    assert [error.field for error in fault.value.errors] == ["photo_ids.1"]
    assert (rows(Hazard), rows(HazardMove), rows(HazardPhoto), rows(OutboxEvent)) == (0, 0, 0, 0)
    report(photo_ids=[mine])


def test_a_photo_is_used_once(report, people, photo):
    mine = photo(people["resident"])
    report(photo_ids=[mine])
    with pytest.raises(InvalidInput):
        report(photo_ids=[mine])


def test_acceptance_sets_the_promise(report, step):
    case = step(report(), "accepted", after=timedelta(minutes=5))
    assert case["due_at"] == MORNING + timedelta(minutes=5) + 2 * HOUR
    assert case["expected_by"] == case["act_by"] == case["due_at"]


def test_the_whole_way_is_told_in_order(case_in):
    case = case_in("closed")
    assert [(line["seq"], line["move"], line["actor"]["role"]) for line in case["history"]] == [
        (1, "report", "reporter"),
        (2, "accept", "grid_worker"),
        (3, "assign", "grid_worker"),
        (4, "start", "grid_worker"),
        (5, "finish", "grid_worker"),
        (6, "confirm", "reporter"),
    ]
    assert case["history"][4]["photos"][0]["kind"] == "after"
    assert case["history"][5]["rating"] == 5


def test_not_solved_goes_back_to_the_named_handler_and_gives_back_the_waiting_time(
    case_in, step, people
):
    case = case_in("handled")
    case = step(case, "handling", "resident", after=30 * HOUR, note="又停满了", solved=False)
    assert case["assignee"]["id"] == people["gridworker"].resident_id
    assert case["handled_at"] is None
    assert case["due_at"] == MORNING + 2 * HOUR + 30 * HOUR


def test_a_suspension_moves_the_promise_only_if_the_committee_agreed(case_in, step):
    agreed, silent = case_in("suspended"), case_in("suspended")
    step(agreed, "suspended", "committee")
    for case in (agreed, silent):
        case["now"] = step(case, "handling", after=24 * HOUR)
    assert agreed["now"]["due_at"] == MORNING + 26 * HOUR
    assert silent["now"]["due_at"] == MORNING + 2 * HOUR


def test_the_committee_may_agree_to_a_shorter_suspension(case_in, step):
    tomorrow = MORNING + timedelta(days=1)
    case = step(case_in("suspended"), "suspended", "committee", until=tomorrow)
    assert case["suspension"]["until"] == case["act_by"] == tomorrow


def test_a_suspension_by_the_committee_needs_no_further_consent(case_in, step):
    case = step(case_in("handling"), "suspended", "committee")
    assert case["suspension"]["approved"] is True


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_suspension_ends_in_the_future_and_not_in_another_year(case_in, step, days):
    case = case_in("handling")
    with pytest.raises(InvalidInput) as fault:
        step(case, "suspended", until=clock.now() + timedelta(days=days))
    assert [error.field for error in fault.value.errors] == ["until"]


def test_a_suspension_ends_by_itself_once(case_in, people):
    case = case_in("suspended")
    with clock.at(MORNING + timedelta(days=3, minutes=-1)):
        assert clockwork.resume_due() == 0
    with clock.at(MORNING + timedelta(days=3)):
        assert clockwork.resume_due() == 1
        assert clockwork.resume_due() == 0
        found = views.show_hazard(people["resident"], case["id"])
    assert found["state"] == "handling"
    assert found["history"][-1]["actor"] == {"id": None, "name": None, "role": "system"}


def test_a_reopened_case_gets_a_new_promise_and_forgets_the_old_answer(case_in, step):
    case = step(case_in("closed"), "handling", "resident", after=50 * HOUR, note="又回来了")
    assert case["due_at"] == MORNING + 52 * HOUR
    assert case["closed_at"] is None
    assert case["assignee"] is not None
    assert case["history"][-2]["rating"] == 5


def test_a_case_is_not_reopened_after_fourteen_days(case_in, step):
    case = case_in("closed")
    with pytest.raises(IllegalMove):
        step(case, "handling", "resident", after=timedelta(days=14, hours=1), note="又来了")


def test_a_refusal_is_appealed_once(case_in, step):
    case = step(case_in("declined"), "reported", "resident", note="照片里就有", after=HOUR)
    assert case["accept_by"] == MORNING + HOUR + timedelta(minutes=15)
    case = step(case, "declined", after=HOUR)
    with pytest.raises(IllegalMove):
        step(case, "reported", "resident", note="再看看", after=HOUR)


@pytest.mark.parametrize("who", ["neighbour", "committee", "gridworker2"])
def test_only_the_reporter_confirms(case_in, step, who):
    with pytest.raises((MoveNotYours, InvalidInput)):
        step(case_in("handled"), "closed", who, rating=5, solved=True)


def test_solved_yes_does_not_go_with_not_solved(case_in, step):
    with pytest.raises(InvalidInput) as fault:
        step(case_in("handled"), "closed", "resident", solved=False)
    assert [error.field for error in fault.value.errors] == ["solved"]


def test_a_case_is_assigned_only_to_a_grid_worker_of_the_community(case_in, step, people):
    case = case_in("accepted")
    elsewhere = make_actor((RoleKind.GRID_WORKER, "510105007005"))
    for somebody in (people["resident"], people["committee"], elsewhere):
        with pytest.raises(InvalidInput):
            step(case, "assigned", assignee_id=somebody.resident_id)
    in_a_grid = make_actor((RoleKind.GRID_WORKER, f"{COMMUNITY}002"))
    assert step(case, "assigned", assignee_id=in_a_grid.resident_id)["state"] == "assigned"


def test_an_illegal_move_changes_nothing(case_in, step):
    case = case_in("accepted")
    before = read(select(Hazard.__table__)).one()
    counts = (rows(HazardMove), rows(OutboxEvent))
    with pytest.raises(IllegalMove):
        step(case, "closed", "resident")
    assert read(select(Hazard.__table__)).one() == before
    assert (rows(HazardMove), rows(OutboxEvent)) == counts


def test_a_move_on_a_case_that_moved_meanwhile_is_illegal(case_in, people, monkeypatch):
    case = case_in("reported")
    found = views.find_hazard

    def slow(actor, hazard_id):
        row = found(actor, hazard_id)
        read(update(Hazard).where(Hazard.id == hazard_id).values(version=Hazard.version + 1))
        return row

    monkeypatch.setattr(service, "find_hazard", slow)
    with pytest.raises(IllegalMove):
        service.move_hazard(people["gridworker"], case["id"], to="accepted")


def test_a_worker_of_another_grid_can_give_a_case_back(case_in, step, people):
    elsewhere = make_actor((RoleKind.GRID_WORKER, f"{COMMUNITY}002"))
    case = step(case_in("accepted"), "assigned", assignee_id=elsewhere.resident_id)
    back = service.move_hazard(elsewhere, case["id"], to="accepted", note="不在我这一格")
    assert (back["state"], back["assignee"], back["moves"]) == ("accepted", None, [])
    with pytest.raises(NotFound):
        views.show_hazard(elsewhere, case["id"])


def test_who_is_no_longer_staff_no_longer_handles(case_in, people):
    case = case_in("handling")
    former = Actor(people["gridworker"].resident_id, "陈师傅")
    with pytest.raises(NotFound):
        views.show_hazard(former, case["id"])
    neighbour = Actor(former.resident_id, "陈师傅", people["resident"].roles)
    assert views.show_hazard(neighbour, case["id"])["moves"] == []


def test_asking_for_a_suspension_hides_no_lateness(case_in, step, people):
    case = step(case_in("handling"), "suspended", until=MORNING + timedelta(days=80))
    assert case["act_by"] == MORNING + 2 * HOUR
    with clock.at(MORNING + 3 * HOUR):
        assert views.show_hazard(people["committee"], case["id"])["overdue"] is True
    case = step(case, "suspended", "committee", after=HOUR, until=MORNING + timedelta(days=2))
    assert case["act_by"] == MORNING + timedelta(days=2)


def test_a_pause_is_as_long_as_was_agreed_however_late_it_is_noticed(case_in, step, people):
    case = case_in("suspended")
    step(case, "suspended", "committee", until=MORNING + timedelta(days=1))
    with clock.at(MORNING + timedelta(days=4)):
        assert clockwork.resume_due() == 1
        found = views.show_hazard(people["resident"], case["id"])
    assert found["due_at"] == MORNING + 26 * HOUR


def test_one_broken_case_leaves_no_other_suspended(case_in, monkeypatch):
    broken, _whole = case_in("suspended"), case_in("suspended")
    resume = clockwork._resume_one

    def trip(hazard_id):
        if hazard_id == broken["id"]:
            raise RuntimeError
        return resume(hazard_id)

    monkeypatch.setattr(clockwork, "_resume_one", trip)
    with clock.at(MORNING + timedelta(days=4)):
        assert clockwork.resume_due() == 1


def test_nobody_confirms_their_own_work(report, step, people):
    case = report("gridworker")
    for to in ("accepted", "assigned", "handling", "handled"):
        case = step(case, to)
    assert [move["move"] for move in case["moves"]] == ["not_solved"]
    with pytest.raises((IllegalMove, MoveNotYours)):
        step(case, "closed", rating=5, solved=True)
    assert step(case, "closed", "committee")["state"] == "closed"


def test_an_anonymous_worker_is_named_as_worker_and_nameless_as_reporter(report, step, people):
    case = report("gridworker", anonymous=True)
    for to in ("accepted", "assigned"):
        step(case, to)
    found = views.show_hazard(people["neighbour"], case["id"])
    assert [line["actor"]["name"] for line in found["history"]] == [None, "陈师傅", "陈师傅"]


@pytest.mark.parametrize(
    ("roles", "to", "role"),
    [
        ([("resident", COMMUNITY), ("grid_worker", COMMUNITY)], "accepted", "grid_worker"),
        ([("resident", COMMUNITY), ("committee", COMMUNITY)], "accepted", "committee"),
        ([("street", COMMUNITY[:9]), ("grid_worker", COMMUNITY)], "accepted", "grid_worker"),
    ],
)
def test_history_says_as_what_somebody_acted(report, roles, to, role):
    actor = make_actor(*((RoleKind(kind), code) for kind, code in roles))
    case = service.move_hazard(actor, report()["id"], to=to)
    assert case["history"][-1]["actor"]["role"] == role


def test_history_cannot_be_rewritten_even_by_hand(case_in):
    case_in("accepted")
    with pytest.raises(DatabaseError, match="append-only"), writing():
        db.session.execute(text("UPDATE hazard_moves SET note = 'x'"))


def test_every_report_and_move_is_a_recorded_fact(case_in):
    case_in("closed")
    kinds = read(select(OutboxEvent.kind).order_by(OutboxEvent.id)).scalars().all()
    assert kinds == ["hazards.reported"] + ["hazards.moved"] * 5


# Who sees what


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("resident", True),
        ("neighbour", True),
        ("gridworker", True),
        ("committee", True),
        ("street", True),
        ("district", True),
        ("outsider", False),
        ("sibling", False),
        ("stranger", False),
    ],
)
def test_a_case_exists_for_its_neighbourhood_alone(report, people, who, seen):
    case = report()
    if seen:
        assert views.show_hazard(people[who], case["id"])["number"] == case["number"]
    else:
        with pytest.raises(NotFound):
            views.show_hazard(people[who], case["id"])
    listed = views.list_hazards(people[who], limit=20)["items"]
    assert bool(listed) == seen


@pytest.mark.parametrize("state", sorted(rules.CAME_TO_NOTHING))
def test_neighbours_do_not_see_what_was_declined_or_withdrawn(case_in, people, state):
    case = case_in(state)
    with pytest.raises(NotFound):
        views.show_hazard(people["neighbour"], case["id"])
    assert views.show_hazard(people["resident"], case["id"])
    assert views.show_hazard(people["gridworker"], case["id"])


@pytest.mark.parametrize("who", ["neighbour", "gridworker", "committee", "street", "district"])
def test_nobody_sees_an_anonymous_reporter(case_in, people, who):
    case = case_in("closed", anonymous=True)
    found = views.show_hazard(people[who], case["id"])
    assert found["reporter"] is None
    reported = [line for line in found["history"] if line["actor"]["role"] == "reporter"]
    assert [(line["actor"]["id"], line["actor"]["name"]) for line in reported] == [(None, None)] * 2
    assert people["resident"].name not in str(found)


def test_an_anonymous_reporter_sees_themselves(report, people):
    assert report(anonymous=True)["reporter"]["id"] == people["resident"].resident_id


# Lists


def test_the_newest_comes_first_and_pages_leave_nothing_out(report, people):
    made = [report()["id"] for _ in range(7)]
    seen, cursor = [], None
    while True:
        page = views.list_hazards(people["neighbour"], limit=3, cursor=cursor)
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == made[::-1]


def test_a_report_that_arrives_between_two_pages_shifts_nothing(report, people):
    made = [report()["id"] for _ in range(4)]
    first = views.list_hazards(people["neighbour"], limit=2)
    report()
    second = views.list_hazards(people["neighbour"], limit=2, cursor=first["next_cursor"])
    assert [i["id"] for i in first["items"] + second["items"]] == made[::-1]


def test_near_me_is_sorted_by_distance_and_ends_at_two_kilometres(report, people, spot):
    steps = [0.0, 0.0005, 0.001, 0.0015]
    made = {offset: report(lat=spot["lat"] + offset)["id"] for offset in reversed(steps)}
    seen, cursor = [], None
    near = (spot["lat"], spot["lon"])
    for _ in range(3):
        page = views.list_hazards(people["neighbour"], limit=2, near=near, cursor=cursor)
        seen += [(item["id"], item["distance_m"]) for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert [found for found, _ in seen] == [made[offset] for offset in steps]
    assert [metres for _, metres in seen] == [0, 56, 111, 167]
    far = views.list_hazards(people["neighbour"], limit=9, near=(spot["lat"] - 0.03, spot["lon"]))
    assert far["items"] == []


def test_filters_narrow_the_list(report, step, people, spot):
    lane = report()
    waste = report(category="WASTE")
    step(waste, "accepted")
    ask = views.list_hazards
    neighbour = people["neighbour"]
    box = (spot["lon"] - 0.01, spot["lat"] - 0.01, spot["lon"] + 0.01, spot["lat"] + 0.01)
    assert [i["id"] for i in ask(neighbour, limit=9, category="WASTE")["items"]] == [waste["id"]]
    assert [i["id"] for i in ask(neighbour, limit=9, state=("reported",))["items"]] == [lane["id"]]
    assert len(ask(neighbour, limit=9, bbox=box)["items"]) == 2
    assert ask(neighbour, limit=9, bbox=(0, 0, 1, 1))["items"] == []
    assert ask(neighbour, limit=9, mine=True)["items"] == []
    assert len(ask(people["resident"], limit=9, mine=True)["items"]) == 2
    assert len(ask(neighbour, limit=9, place=GRID)["items"]) == 2
    assert ask(neighbour, limit=9, place=f"{COMMUNITY}002")["items"] == []
    with pytest.raises(NotFound):
        ask(neighbour, limit=9, place="510105007005")


def test_somebody_without_a_role_sees_their_own_reports_alone(report, people):
    report()
    own = report("stranger")
    assert [i["id"] for i in views.list_hazards(people["stranger"], limit=9)["items"]] == [
        own["id"]
    ]


def test_the_queue_is_sorted_by_urgency_and_marks_what_is_late(report, step, people):
    slow = step(report(category="LIGHT"), "accepted")
    lane = step(report(), "accepted")
    new = report()
    with clock.at(MORNING + 3 * HOUR):
        page = views.list_tasks(people["gridworker"], limit=9)
    assert [item["id"] for item in page["items"]] == [new["id"], lane["id"], slow["id"]]
    assert [item["overdue"] for item in page["items"]] == [True, True, False]
    assert [m["move"] for m in page["items"][0]["moves"]] == ["accept", "decline"]


def test_the_queue_pages_through_equal_moments(report, people):
    made = {report()["id"] for _ in range(5)}
    seen, cursor = [], None
    for _ in range(3):
        page = views.list_tasks(people["gridworker"], limit=2, cursor=cursor)
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert set(seen) == made
    assert len(seen) == 5


@pytest.mark.parametrize("state", ["handled", "closed", "declined", "withdrawn"])
def test_what_staff_do_not_owe_is_not_in_their_queue(case_in, people, state):
    case_in(state)
    assert views.list_tasks(people["gridworker"], limit=9)["items"] == []


def test_who_has_least_to_do_comes_first_among_assignees(case_in, people):
    case_in("assigned")
    case = case_in("accepted")
    found = views.list_assignees(people["committee"], case["id"])["items"]
    assert [(p["id"], p["open_tasks"]) for p in found] == [
        (people["gridworker2"].resident_id, 0),
        (people["gridworker"].resident_id, 1),
    ]


@pytest.mark.parametrize(
    ("who", "sees_handler", "sees_reporter"),
    [
        ("resident", True, True),
        ("gridworker", True, True),
        ("committee", True, True),
        ("neighbour", False, False),
    ],
)
def test_handler_and_reporter_can_ring_each_other(
    case_in, people, who, sees_handler, sees_reporter
):
    from app.residents import service as residents  # noqa: PLC0415

    for name in ("resident", "gridworker"):
        residents.set_phone(people[name], f"phone:demo:{name}")
    case = case_in("assigned")
    found = views.show_hazard(people[who], case["id"])
    assert bool(found["assignee"]["phone"]) == sees_handler
    if who != "resident":
        assert bool(found["reporter"]["phone"]) == sees_reporter
