"""Who is told what: each time the right people, once, and never who did it themselves."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.core import clock, deliveries, outbox
from app.core.access import RoleKind
from app.core.db import changed_rows, read, writing
from app.core.outbox import OutboxEvent, OutboxReceipt
from app.hazards import clockwork, reactions, rules, service, supervision, views
from app.notices import service as notices
from app.notices.models import Notice
from app.notices.rules import KINDS
from app.residents import roles
from tests.factories.people import COMMUNITY, make_actor
from tests.hazards.conftest import GRID, MORNING
from tests.lookers import looked_at

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
WORKERS = {"gridworker", "gridworker2"}


def deliver():
    with clock.at(MORNING + timedelta(days=60)):
        return outbox.deliver_due()


def told(people, after=0):
    """Deliver what happened; return {kind: who was told} of the notices that it brought."""
    deliver()
    names = {actor.resident_id: name for name, actor in people.items()}
    found = {}
    for row in read(select(Notice.kind, Notice.resident_id).where(Notice.id > after)):
        found.setdefault(row.kind, set()).add(names[row.resident_id])
    return found


def last():
    return max(read(select(Notice.id)).scalars(), default=0)


@pytest.fixture
def brings(people):
    """Return what something brought, of all that was told."""

    def brought(happen):
        deliver()
        before = last()
        happen()
        return told(people, before)

    return brought


NOTE = {"note": "原因"}
MOVES = {
    # move: (state before, to, who, brought, {kind: who is told})
    "accept": ("reported", "accepted", "gridworker", {}, {"case_accepted": {"resident"}}),
    "decline": ("reported", "declined", "gridworker", NOTE, {"case_declined": {"resident"}}),
    "withdraw": ("reported", "withdrawn", "resident", {}, {}),
    "assign": ("accepted", "assigned", "committee", {}, {"task_assigned": {"gridworker"}}),
    "start": ("assigned", "handling", "gridworker", {}, {}),
    "return": ("handling", "accepted", "gridworker", NOTE, {"task_returned": {"gridworker2"}}),
    "finish": ("handling", "handled", "gridworker", {}, {"case_handled": {"resident"}}),
    "suspend": ("handling", "suspended", "gridworker", {}, {"suspension_asked": {"committee"}}),
    "suspend, agreed": (
        "handling", "suspended", "committee", {}, {"case_suspended": {"resident"}},
    ),
    "approve_suspension": (
        "suspended", "suspended", "committee", {}, {"case_suspended": {"resident"}},
    ),
    "refuse_suspension": (
        "suspended", "handling", "committee", NOTE, {"task_assigned": {"gridworker"}},
    ),
    "resume": ("suspended", "handling", "gridworker", {}, {}),
    "confirm": ("handled", "closed", "resident", {}, {}),
    "check": ("handled", "closed", "committee", {}, {"case_closed": {"resident"}}),
    "not_solved": ("handled", "handling", "resident", NOTE, {"task_not_solved": {"gridworker"}}),
    "appeal": ("declined", "reported", "resident", NOTE, {"task_new": WORKERS}),
    "reopen": ("closed", "handling", "resident", NOTE, {"task_not_solved": {"gridworker"}}),
}  # fmt: skip


@pytest.mark.parametrize("move", MOVES)
def test_each_move_tells_exactly_whom_it_concerns(move, case_in, step, brings):
    state, to, who, given, expected = MOVES[move]
    case = case_in(state)
    assert brings(lambda: step(case, to, who, **given)) == expected


OF_HAZARDS = ("case_", "task_", "order_", "supervisor_", "suspension_", "text_", "photo_")
"""How the kinds of notices about hazards begin; other features have theirs."""


def test_every_move_is_in_the_table():
    names = {move.name for move in rules.MOVES} | {"report", "suspend, agreed", "close_unanswered"}
    levels = {
        f"{stage} at {level.percent} %"
        for stage, levels in rules.SUPERVISION.items()
        for level in levels
    }
    others = {"unanswered", "order answered", "text withheld", "photo withheld"}
    assert set(reactions.TELLS) == names | levels | others
    assert set(MOVES) == names - {"report", "close_unanswered"}
    kinds = {tell.kind for tells in reactions.TELLS.values() for tell in tells}
    assert kinds == {name for name in KINDS if name.startswith(OF_HAZARDS)}


def test_a_report_is_told_to_the_grid_workers_of_its_grid(report, people, brings):
    here = make_actor((RoleKind.GRID_WORKER, GRID))
    make_actor((RoleKind.GRID_WORKER, f"{COMMUNITY}002"))
    make_actor((RoleKind.GRID_WORKER, "510105007005"))
    people["here"] = here
    assert brings(report) == {"task_new": {*WORKERS, "here"}}


def test_who_reports_what_they_could_accept_is_not_told(report, brings):
    assert brings(lambda: report("gridworker")) == {"task_new": {"gridworker2"}}


def test_what_is_late_is_told_by_steps(case_in, brings):
    case_in("handling")

    def look(minutes):
        def look():
            with clock.at(MORNING + timedelta(minutes=minutes)):
                supervision.supervise_due()

        return look

    assert brings(look(97)) == {"task_at_80": {"gridworker"}}
    assert brings(look(121)) == {
        "task_overdue": {"gridworker"},
        "supervisor_notice": {"committee"},
        "case_late": {"resident"},
    }
    assert brings(look(181)) == {
        "order_to_answer": {"gridworker"},
        "order_raised": {"committee"},
    }


def test_where_nobody_is_assigned_the_grid_workers_are_told(case_in, brings):
    case_in("accepted")

    def look():
        with clock.at(MORNING + timedelta(minutes=97)):
            supervision.supervise_due()

    assert brings(look) == {"task_at_80": WORKERS}


def test_who_is_staff_no_more_is_told_nothing_and_the_grid_workers_are(case_in, people, brings):
    case_in("handling")
    former = str(people["gridworker"].resident_id)

    def be_late():
        assert roles.revoke(former, RoleKind.GRID_WORKER, COMMUNITY)
        with clock.at(MORNING + 97 * MINUTE):
            supervision.supervise_due()

    assert brings(be_late) == {"role_taken": {"gridworker"}, "task_at_80": {"gridworker2"}}


def test_a_report_that_nobody_accepts_is_told_to_those_who_should(report, brings):
    report()

    def look():
        with clock.at(MORNING + HOUR):
            supervision.supervise_due()

    assert brings(look) == {"task_overdue": WORKERS, "supervisor_notice": {"committee"}}


def test_an_answer_to_an_order_is_told_to_the_committee(case_in, people, brings):
    case = case_in("handling")
    with clock.at(MORNING + 4 * HOUR):
        supervision.supervise_due()

    def answer():
        orders = views.show_hazard(people["gridworker"], case["id"])["orders"]
        given = {"text": "车主出差，已请拖车"}
        supervision.answer_order(people["gridworker"], case["id"], orders[0]["id"], **given)

    assert brings(answer) == {"order_answered": {"committee"}}
    (notice,) = notices.list_notices(people["committee"], cursor=None, limit=1)["items"]
    assert "车主出差，已请拖车" in notice["body"]
    assert notice["about"] == {"kind": "hazard", "id": case["id"]}


def test_silence_is_asked_about_and_then_told(case_in, brings):
    case_in("handled")

    def look(days):
        def look():
            with clock.at(MORNING + timedelta(days=days)):
                clockwork.ask_again()
                clockwork.close_unanswered()

        return look

    assert brings(look(8)) == {"case_confirm_reminder": {"resident"}}
    assert brings(look(15)) == {"case_closed": {"resident"}}


def test_a_pause_that_ends_by_itself_is_told_to_the_handler(case_in, brings):
    case_in("suspended")

    def look():
        with clock.at(MORNING + timedelta(days=3)):
            clockwork.resume_due()

    assert brings(look) == {"task_assigned": {"gridworker"}}


def test_what_is_withheld_is_told_to_whose_it_is(app, report, people, photo):
    with looked_at(app) as looker:
        mine = [photo(people["resident"]) for _ in range(2)]
        report(description="坏话", photo_ids=mine)
        asked = deliveries.deliver_due()
        for number in range(1, asked):
            looker.push(number, "risky")
        found = told(people)
    assert found == {
        "task_new": WORKERS,
        "text_withheld": {"resident"},
        "photo_withheld": {"resident"},
    }
    rows = read(select(Notice.kind).where(Notice.kind == "photo_withheld")).all()
    assert len(rows) == 1


def test_a_fact_that_is_delivered_twice_tells_nobody_twice(case_in, people):
    case_in("closed")
    case_in("handling")
    with clock.at(MORNING + 4 * HOUR):
        supervision.supervise_due()
    told(people)
    before = read(select(Notice.id)).scalars().all()
    assert len(before) > 4
    with writing():
        changed_rows(OutboxReceipt.__table__.delete())
        changed_rows(update(OutboxEvent).values(delivered_at=None, try_at=MORNING))
    assert deliver() > 0
    assert read(select(Notice.id)).scalars().all() == before


def test_every_notice_can_be_read_in_both_languages(case_in, step, people):
    for state in ("handled", "declined", "suspended"):
        case_in(state)
    step(case_in("handled"), "handling", "resident", note="又停满了")
    with clock.at(MORNING + 4 * HOUR):
        supervision.supervise_due()
    deliver()
    kinds = set()
    for actor in people.values():
        for language in ("zh-Hans", "en"):
            reader = type(actor)(actor.resident_id, actor.name, actor.roles, language)
            for notice in notices.list_notices(reader, cursor=None, limit=50)["items"]:
                assert "{" not in notice["title"] + notice["body"]
                kinds.add(notice["kind"])
    assert {"task_new", "case_accepted", "case_declined", "order_raised"} <= kinds


@pytest.mark.parametrize("state", ["closed", "declined", "suspended", "handling"])
def test_no_notice_names_an_anonymous_reporter(case_in, step, people, state):
    case = case_in(state, anonymous=True)
    if state == "closed":
        step(case, "handling", "resident", note="又来了")
    with clock.at(MORNING + 4 * HOUR):
        supervision.supervise_due()
    deliver()
    reporter = people["resident"]
    for actor in people.values():
        if actor is not reporter:
            page = notices.list_notices(actor, cursor=None, limit=50)
            assert reporter.name not in str(page)
    params = str(read(select(Notice.params)).scalars().all())
    assert reporter.name not in params
    assert "reporter" not in params


def test_a_case_that_moved_on_meanwhile_is_told_of_all_the_same(case_in, people):
    """Facts wait in the outbox; when they are delivered, the case may be anywhere."""
    case = case_in("suspended")
    service.move_hazard(people["committee"], case["id"], to="suspended")
    service.move_hazard(people["gridworker"], case["id"], to="handling")
    assert told(people)["case_suspended"] == {"resident"}


@pytest.mark.parametrize(("category", "rings"), [("GAS", True), ("WASTE", False)])
def test_danger_to_life_wakes_the_grid_worker_and_nobody_else(people, report, category, rings):
    case = report(category=category, description="有气味")
    outbox.deliver_due()
    service.move_hazard(people["gridworker"], case["id"], to="accepted")
    outbox.deliver_due()
    told = dict(tuple(row) for row in read(select(Notice.kind, Notice.emergency).distinct()))
    assert told == {"task_new": rings, "case_accepted": False}
