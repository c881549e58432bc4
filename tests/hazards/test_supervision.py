"""A promise that is not kept is noticed: once, in time, by whom it concerns."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select, update

from app.core import clock
from app.core.access import RoleKind
from app.core.db import changed_rows, read, writing
from app.core.errors import NotFound
from app.core.outbox import OutboxEvent
from app.core.states import IllegalMove, MoveNotYours
from app.hazards import supervision, views
from app.hazards.models import Hazard, SupervisionOrder
from tests.crowds import at_once
from tests.factories.people import COMMUNITY, make_actor
from tests.hazards.conftest import MORNING

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
"""FIRE_LANE has two hours without a break: 80 % are over at 10:36, 150 % at 12:00."""


def supervise(after):
    with clock.at(MORNING + after):
        return supervision.supervise_due()


def raised(case=None):
    """Return (stage, level) of each limit that was found reached, in order."""
    rows = read(select(OutboxEvent.kind, OutboxEvent.payload).order_by(OutboxEvent.id)).all()
    return [
        (row.payload["stage"], row.payload["level"])
        for row in rows
        if row.kind == "hazards.limit_reached"
        and (case is None or row.payload["hazard_id"] == case["id"])
    ]


def shown(case, person):
    return views.show_hazard(person, case["id"])


@pytest.mark.parametrize(
    ("minutes", "levels"),
    [
        (96, []),
        (97, [80]),
        (120, [80]),
        (121, [80, 100]),
        (180, [80, 100]),
        (181, [80, 100, 150]),
        (600, [80, 100, 150]),
    ],
)
def test_each_level_is_raised_once_after_its_moment(case_in, minutes, levels):
    case_in("handling")
    for minute in range(minutes + 1):
        if minute in {0, 50, 96, 97, 98, 120, 121, 122, 180, 181, 182, 600}:
            supervise(minute * MINUTE)
    assert raised() == [("handle", level) for level in levels]


@pytest.mark.parametrize(
    ("hours", "levels"), [(1.7, [80]), (2.5, [100]), (4, [100, 150]), (400, [100, 150])]
)
def test_after_a_stop_only_what_still_makes_sense_is_raised(case_in, hours, levels):
    case_in("handling")
    assert supervise(hours * HOUR) == 1
    assert supervise(hours * HOUR + MINUTE) == 0
    assert raised() == [("handle", level) for level in levels]


@pytest.mark.parametrize("state", ["accepted", "assigned", "handling", "suspended"])
def test_the_promise_runs_whatever_staff_do_before_it_is_handled(case_in, state):
    case_in(state)
    supervise(4 * HOUR)
    assert raised() == [("handle", 100), ("handle", 150)]


@pytest.mark.parametrize("state", ["handled", "closed", "declined", "withdrawn"])
def test_nothing_is_raised_where_staff_owe_nothing(case_in, state):
    case = case_in(state)
    assert supervise(400 * HOUR) == 0
    assert read(select(Hazard.supervise_at).where(Hazard.id == case["id"])).scalar_one() is None


def test_a_report_that_nobody_accepts_is_noticed_once(report):
    report()
    assert supervise(15 * MINUTE) == 0
    assert supervise(16 * MINUTE) == 1
    assert supervise(16 * HOUR) == 0
    assert raised() == [("accept", 100)]


def test_acceptance_begins_a_promise_that_is_watched_anew(report, step):
    case = report()
    supervise(HOUR)
    step(case, "accepted", after=HOUR)
    supervise(HOUR + 121 * MINUTE)
    assert raised() == [("accept", 100), ("handle", 100)]


def test_an_appeal_has_to_be_accepted_in_time_too(case_in, step):
    case = step(case_in("declined"), "reported", "resident", note="照片里就有", after=HOUR)
    supervise(HOUR + 16 * MINUTE)
    assert raised(case) == [("accept", 100)]


def test_while_it_is_put_off_with_consent_nothing_is_raised(case_in, step):
    case = step(case_in("suspended"), "suspended", "committee")
    assert supervise(50 * HOUR) == 0
    step(case, "handling", after=50 * HOUR)
    # Two hours were left, and are left.
    supervise(50 * HOUR + 96 * MINUTE)
    assert raised() == []
    supervise(50 * HOUR + 97 * MINUTE)
    assert raised() == [("handle", 80)]


def test_a_promise_that_goes_on_keeps_what_was_raised(case_in, step):
    case = case_in("handling")
    supervise(97 * MINUTE)
    step(case, "handled", after=100 * MINUTE)
    step(case, "handling", "resident", after=10 * HOUR, note="又停上了")
    supervise(10 * HOUR + 20 * MINUTE)
    assert raised() == [("handle", 80)]
    supervise(10 * HOUR + 21 * MINUTE)
    assert raised() == [("handle", 80), ("handle", 100)]


def test_the_time_the_reporter_takes_brings_no_order_upon_the_handler(case_in, step, people):
    case = case_in("handling")
    supervise(121 * MINUTE)
    step(case, "handled", after=130 * MINUTE)
    step(case, "handling", "resident", after=100 * HOUR, note="又停上了")
    # Ten minutes late then: of the hour until the order fifty minutes are left.
    supervise(100 * HOUR + 50 * MINUTE)
    assert raised() == [("handle", 100)]
    with clock.at(MORNING + 100 * HOUR + 50 * MINUTE):
        assert shown(case, people["resident"])["elapsed"] == 1.5
    supervise(100 * HOUR + 51 * MINUTE)
    assert raised() == [("handle", 100), ("handle", 150)]


def test_a_reopened_case_is_a_new_promise(case_in, step):
    case = case_in("handling")
    supervise(97 * MINUTE)
    step(case, "handled", after=100 * MINUTE)
    step(case, "closed", "resident", after=101 * MINUTE)
    step(case, "handling", "resident", after=50 * HOUR, note="又来了")
    supervise(50 * HOUR + 97 * MINUTE)
    assert raised() == [("handle", 80), ("handle", 80)]


def test_one_broken_case_leaves_no_other_unwatched(case_in, monkeypatch):
    broken, _whole = case_in("handling"), case_in("handling")
    look = supervision._supervise_one

    def trip(hazard_id):
        if hazard_id == broken["id"]:
            raise RuntimeError
        return look(hazard_id)

    monkeypatch.setattr(supervision, "_supervise_one", trip)
    assert supervise(97 * MINUTE) == 1
    # It is not looked at every minute from then on, but it is not forgotten either.
    assert supervise(100 * MINUTE) == 0
    monkeypatch.setattr(supervision, "_supervise_one", look)
    assert supervise(97 * MINUTE + HOUR) == 1
    assert supervise(98 * MINUTE + HOUR) == 1
    assert raised(broken) == [("handle", 100)]


def test_two_who_look_at_once_raise_it_once(app, case_in):
    case = case_in("handling")

    def look(_):
        with clock.at(MORNING + 4 * HOUR):
            return supervision.supervise_due()

    at_once(app, 4, look)
    assert raised(case) == [("handle", 100), ("handle", 150)]
    assert orders() == 1


def test_a_move_at_the_same_moment_puts_nothing_off(case_in, monkeypatch):
    case = case_in("handling")
    look = supervision.find_for_system

    def late(hazard_id):
        """What was read before somebody moved the case."""
        row = look(hazard_id)
        stale = {**row._mapping, "version": row.version - 1, "moves_made": row.moves_made - 1}
        return SimpleNamespace(**stale, _mapping=stale)

    monkeypatch.setattr(supervision, "find_for_system", late)
    assert supervise(4 * HOUR) == 0
    monkeypatch.undo()
    assert supervise(4 * HOUR + MINUTE) == 1
    assert raised(case) == [("handle", 100), ("handle", 150)]


def orders():
    return read(select(func.count()).select_from(SupervisionOrder)).scalar_one()


# Orders


@pytest.fixture
def ordered(case_in, people):
    """A case with a supervision order, handled by 陈师傅 or by nobody."""

    def make(state="handling"):
        case = case_in(state)
        supervise(4 * HOUR)
        return shown(case, people["gridworker"])

    return make


def answer(actor, case, text="车主出差，已请拖车"):
    with clock.at(MORNING + 5 * HOUR):
        return supervision.answer_order(actor, case["id"], case["orders"][0]["id"], text=text)


def test_an_order_stands_in_the_history_and_waits_for_an_answer(ordered, people):
    case = ordered()
    (order,) = case["orders"]
    assert order["share"] == 1.5
    assert order["due_at"] == MORNING + 2 * HOUR
    assert order["raised_at"] == MORNING + 4 * HOUR
    assert order["answer_by"] == MORNING + 28 * HOUR
    assert (order["answer"], order["answered_by"], order["may_answer"]) == (None, None, True)
    line = case["history"][-1]
    assert (line["move"], line["from_state"], line["to_state"]) == (
        "supervise", "handling", "handling",
    )  # fmt: skip
    assert line["actor"] == {"id": None, "name": None, "role": "system"}
    assert shown(case, people["committee"])["orders"][0]["may_answer"] is False


def orders_of(actor, limit=9, cursor=None):
    page = views.list_tasks(actor, orders=True, limit=limit, cursor=cursor)
    return [item["id"] for item in page["items"]], page["next_cursor"]


@pytest.mark.parametrize("state", ["handling", "handled"])
def test_unanswered_orders_are_a_list_of_their_own(ordered, report, step, people, state):
    report()
    case = ordered()
    if state == "handled":
        step(case, "handled")
    for who, found in {"gridworker": 1, "committee": 1, "district": 1, "outsider": 0}.items():
        assert orders_of(people[who])[0] == [case["id"]] * found
    answer(people["gridworker"], case)
    assert orders_of(people["committee"]) == ([], None)


def test_orders_are_listed_by_when_they_must_be_answered(ordered, people):
    made = [ordered()["id"] for _ in range(3)]
    first, cursor = orders_of(people["committee"], limit=2)
    rest, end = orders_of(people["committee"], limit=2, cursor=cursor)
    assert (first + rest, end) == (made, None)


def test_an_answer_is_kept_and_told_in_the_history(ordered, people):
    case = answer(people["gridworker"], ordered())
    (order,) = case["orders"]
    assert order["answer"] == "车主出差，已请拖车"
    assert order["answered_at"] == MORNING + 5 * HOUR
    assert (order["answered_by"], order["may_answer"]) == ("陈师傅", False)
    line = case["history"][-1]
    assert (line["move"], line["note"]) == ("answer_order", "车主出差，已请拖车")
    assert line["actor"]["role"] == "grid_worker"
    kinds = read(select(OutboxEvent.kind).order_by(OutboxEvent.id)).scalars().all()
    assert kinds[-1] == "hazards.order_answered"


def test_an_order_is_answered_once(ordered, people):
    case = ordered()
    answer(people["gridworker"], case)
    with pytest.raises(IllegalMove):
        answer(people["gridworker"], case, "再说一次")


def test_of_two_who_answer_at_once_one_is_heard(app, ordered, people):
    case = ordered()

    def say(number):
        try:
            answer(people["gridworker2" if number else "gridworker"], case)
        except IllegalMove:
            return False
        return True

    assert sorted(at_once(app, 2, say)) == [False, True]


def test_a_case_goes_on_with_an_order_open(ordered, step, people):
    case = step(ordered(), "handled", after=5 * HOUR)
    case = step(case, "closed", "resident", after=6 * HOUR)
    case = answer(people["gridworker"], case)
    assert (case["state"], case["history"][-1]["move"]) == ("closed", "answer_order")


@pytest.mark.parametrize("who", ["committee", "street", "district"])
def test_who_wants_to_know_does_not_answer(ordered, people, who):
    with pytest.raises(MoveNotYours):
        answer(people[who], ordered())


def test_a_committee_that_handles_a_case_itself_answers(ordered, people):
    case = ordered()
    both = make_actor((RoleKind.COMMITTEE, COMMUNITY), (RoleKind.GRID_WORKER, COMMUNITY))
    with pytest.raises(MoveNotYours):
        answer(both, case)
    with writing():
        changed_rows(update(Hazard).values(assignee_id=both.resident_id))
    assert answer(both, case)["orders"][0]["answer"]


@pytest.mark.parametrize("who", ["outsider", "stranger", "sibling"])
def test_an_order_exists_for_who_sees_the_case(ordered, people, who):
    with pytest.raises(NotFound):
        answer(people[who], ordered())


def test_an_order_belongs_to_its_case(ordered, case_in, people):
    case, other = ordered(), case_in("handling")
    with pytest.raises(NotFound):
        supervision.answer_order(
            people["gridworker"], other["id"], case["orders"][0]["id"], text="弄错了"
        )
