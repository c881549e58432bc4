"""A month of Shanghai, with Mid-Autumn and National Day in it, run through as fast as it goes.

2026: 25 to 27 September and 1 to 7 October are holidays, Saturday 10 October is worked
instead. Time is passed in: the test jumps from one minute in which something is to happen
to the next, and does there what the jobs process and the delivering process would do.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select

from app.core import clock, deliveries, jobs, outbox
from app.core.clock import SHANGHAI
from app.core.db import changed_rows, read, writing
from app.core.deliveries import Delivery
from app.core.outbox import OutboxEvent
from app.hazards import rules, service, supervision, views
from app.hazards.models import Hazard
from app.notices import rules as notice_rules
from app.notices.models import MessageQuota, Notice
from tests.hazards.conftest import photo, spot  # noqa: F401 fixtures

MINUTE = timedelta(minutes=1)
FIRST, LAST = "09-25 08:00", "10-25 08:00"


def wall(text):
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI).astimezone(UTC)


def on_the_wall(moment):
    return f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}"


# What people do: (when, who, which case, what). `to` is a move; without one it is a report.
WHAT_PEOPLE_DO = [
    # Cracks in a wall: fifteen natural days, all of them.
    ("09-26 09:55", "resident", "facade", {"category": "FACADE"}),
    ("09-26 10:00", "gridworker", "facade", {"to": "accepted"}),
    # Handled in time, and never answered.
    ("09-28 09:00", "resident", "silent", {"category": "FIRE_LANE"}),
    ("09-28 09:05", "gridworker", "silent", {"to": "accepted"}),
    ("09-28 09:06", "gridworker", "silent", {"to": "assigned"}),
    ("09-28 09:10", "gridworker", "silent", {"to": "handling"}),
    ("09-28 10:00", "gridworker", "silent", {"to": "handled"}),
    # A lamp, two work days, put off with consent from one work day to another.
    ("09-29 08:50", "neighbour", "paused", {"category": "LIGHT"}),
    ("09-29 09:00", "gridworker", "paused", {"to": "accepted"}),
    ("09-29 09:01", "gridworker", "paused", {"to": "assigned"}),
    ("09-29 09:02", "gridworker", "paused", {"to": "handling"}),
    ("09-30 09:00", "gridworker", "paused", {"to": "suspended", "until": "10-09 09:00"}),
    ("09-30 11:00", "committee", "paused", {"to": "suspended"}),
    # Four working hours, from the evening before the holidays.
    ("09-30 17:00", "resident", "waste", {"category": "WASTE"}),
    ("09-30 17:05", "gridworker", "waste", {"to": "accepted"}),
    ("09-30 17:06", "gridworker", "waste", {"to": "assigned"}),
    # Nobody is awake at night; nobody accepts before noon.
    ("10-02 02:00", "neighbour", "night", {"category": "GAS"}),
    ("10-02 12:00", "gridworker", "night", {"to": "accepted"}),
    ("10-02 12:10", "gridworker", "night", {"to": "assigned"}),
    ("10-02 12:15", "gridworker", "night", {"to": "handling"}),
    ("10-02 12:30", "gridworker", "night", {"to": "handled"}),
    ("10-02 13:00", "neighbour", "night", {"to": "closed"}),
    # Danger in the evening of a holiday: its clock runs on.
    ("10-03 20:05", "resident", "lane", {"category": "FIRE_LANE"}),
    ("10-03 20:10", "gridworker", "lane", {"to": "accepted"}),
    ("10-03 20:11", "gridworker", "lane", {"to": "assigned"}),
    # Two working hours, over to the Saturday that is worked.
    ("10-09 17:20", "neighbour", "bikes", {"category": "PARK_NMV"}),
    ("10-09 17:30", "gridworker", "bikes", {"to": "accepted"}),
    ("10-09 17:31", "gridworker", "bikes", {"to": "assigned"}),
    ("10-10 09:20", "gridworker", "bikes", {"to": "handling"}),
    ("10-10 09:31", "gridworker", "bikes", {"to": "handled"}),
    ("10-10 20:00", "neighbour", "bikes", {"to": "closed"}),
    ("10-12 08:30", "neighbour", "bikes", {"to": "handling", "note": "又停满了"}),
]

# When something is noticed, counted by hand: the first whole minute after the moment.
WHAT_IS_NOTICED = [
    # 12 of 15 days; 15 days; seven days and a half more.
    ("10-08 10:01", "facade", "handle", 80),
    ("10-11 10:01", "facade", "handle", 100),
    ("10-18 22:01", "facade", "handle", 150),
    # Eight of sixteen hours were used when it was put off. From Friday 9:00 there are
    # 4 h 48 min to 80 %: 3 h in the morning, 1 h 48 min from 14:00.
    ("10-09 15:49", "paused", "handle", 80),
    # Eight hours from Friday 9:00 end on Saturday, which is worked, at 9:00.
    ("10-10 09:01", "paused", "handle", 100),
    # Eight more: 3 h and 4 h on Saturday, and one on Monday.
    ("10-12 09:01", "paused", "handle", 150),
    # 55 min before the holidays; of 3 h 12 min 2 h 17 min are left on Thursday the 8th.
    ("10-08 10:18", "waste", "handle", 80),
    ("10-08 11:06", "waste", "handle", 100),
    # Two hours more: 55 min until noon, 1 h 05 min from 14:00.
    ("10-08 15:06", "waste", "handle", 150),
    ("10-02 02:16", "night", "accept", 100),
    # 96, 120 and 180 minutes from 20:10.
    ("10-03 21:47", "lane", "handle", 80),
    ("10-03 22:11", "lane", "handle", 100),
    ("10-03 23:11", "lane", "handle", 150),
    # 30 min on Friday, of 96 min 66 are left on Saturday. It was handled at its last minute,
    ("10-10 09:07", "bikes", "handle", 80),
    # and has a new promise from Monday 8:30 on.
    ("10-12 10:07", "bikes", "handle", 80),
    ("10-12 10:31", "bikes", "handle", 100),
    ("10-12 11:31", "bikes", "handle", 150),
]

WHAT_THE_CLOCK_DOES = [
    ("10-09 09:00", "paused", "resume"),
    ("10-12 10:10", "silent", "close_unanswered"),
]
REMINDED = [("10-05 10:10", "silent")]


class Phones:
    """WeChat's side of messages: keeps what arrived, and when."""

    def __init__(self):
        self.arrived = []

    def send_message(self, openid, template_id, *, page, data, **_):
        self.arrived.append((clock.now(), openid, template_id, page, tuple(data.items())))


@pytest.fixture
def phones(app, people):
    """Everybody has allowed more messages than a month brings."""
    found, before = Phones(), app.extensions["linli_wechat"]
    app.extensions["linli_wechat"] = found
    allowed = {"by_phone": 1000, "by_wechat": 0, "spent": 0, "answer": "accept"}
    rows = [
        {
            "resident_id": who.resident_id,
            "template": template,
            "answered_at": wall(FIRST),
            **allowed,
        }
        for who in people.values()
        for template in notice_rules.TEMPLATES
    ]
    with writing():
        changed_rows(insert(MessageQuota), rows)
    yield found
    app.extensions["linli_wechat"] = before


class Month:
    """The month's world: what people do at their minutes, and what the processes do at every."""

    def __init__(self, people, camera, where):
        self.people, self.photo, self.spot = people, camera, where
        self.cases = {}

    def act(self, who, name, what):
        actor = self.people[who]
        if "category" in what:
            given = {"description": "看照片", **self.spot, **what}
            self.cases[name] = service.report_hazard(actor, **given)["id"]
            return
        given = dict(what)
        if given["to"] == "assigned":
            given["assignee_id"] = actor.resident_id
        if "until" in given:
            given |= {"until": wall(given["until"]), "note": "等配件"}
        if given["to"] == "handled":
            given |= {"note": "好了", "photo_ids": [self.photo(actor)]}
        if given["to"] == "closed":
            given |= {"rating": 5, "solved": True}
        service.move_hazard(actor, self.cases[name], **given)

    def name_of(self, hazard_id):
        return next(name for name, known in self.cases.items() if known == hazard_id)


def processes():
    """Do what the processes do in a minute: the jobs whose slot it is, then deliver."""
    for job in jobs.declared():
        if job.last_slot(clock.now()) == clock.now():
            assert jobs.run_slot(job, clock.now()), job.name
    while outbox.deliver_due() or deliveries.deliver_due():
        pass


def next_minute(now, planned):
    """Return the next minute in which anything may happen."""
    waiting = [
        *(moment for moment in planned if moment > now),
        _first(Hazard.supervise_at, after=now),
        _first(Hazard.suspended_until, after=now),
        _first(Delivery.due_at, Delivery.state == "waiting", after=now),
        _first(OutboxEvent.try_at, OutboxEvent.delivered_at.is_(None), after=now),
        *(_first_ten_minutes_after(Hazard.handled_at, days, now) for days in (7, 14)),
        wall(LAST),
    ]
    soonest = min(moment for moment in waiting if moment is not None)
    whole = soonest.replace(second=0, microsecond=0)
    return max(whole, now) if whole > now else now + MINUTE


def _first(column, *where, after):
    # What is due at a minute is done in it or in the next one: look at both.
    found = select(func.min(column)).where(column > after - MINUTE, *where)
    moment = read(found).scalar_one()
    return None if moment is None else max(moment, after + MINUTE)


def _first_ten_minutes_after(column, days, now):
    """Return when the job that comes every ten minutes sees that so many days are over."""
    wait = timedelta(days=days)
    moment = read(select(func.min(column)).where(column > now - wait - timedelta(minutes=11)))
    found = moment.scalar_one()
    if found is None:
        return None
    over = found + wait
    slot = over.replace(minute=over.minute // 10 * 10, second=0) + timedelta(minutes=10)
    return slot if slot > now else None


@pytest.fixture
def month(people, phones, photo, spot):  # noqa: F811 fixtures of the hazards' tests
    """Run the month; returns what it left."""
    found = Month(people, photo, spot)
    planned = {}
    for moment, *rest in WHAT_PEOPLE_DO:
        planned.setdefault(wall(moment), []).append(rest)
    now, minutes = wall(FIRST), 0
    while now < wall(LAST):
        with clock.at(now):
            for rest in planned.get(now, []):
                found.act(*rest)
            processes()
            now = next_minute(now, planned)
        minutes += 1
        assert minutes < 2000, "it does not get on"
    return found


def facts(month, kind):
    rows = read(
        select(OutboxEvent.occurred_at, OutboxEvent.payload)
        .where(OutboxEvent.kind == kind)
        .order_by(OutboxEvent.id)
    )
    return [
        (on_the_wall(row.occurred_at), month.name_of(row.payload["hazard_id"]), row.payload)
        for row in rows
    ]


def test_a_month_with_holidays(month, phones, people):
    noticed = [
        (moment, name, payload["stage"], payload["level"])
        for moment, name, payload in facts(month, "hazards.limit_reached")
    ]
    assert sorted(noticed) == sorted(WHAT_IS_NOTICED)
    by_the_clock = [
        (moment, name, payload["move"])
        for moment, name, payload in facts(month, "hazards.moved")
        if payload["actor_id"] is None
    ]
    assert by_the_clock == WHAT_THE_CLOCK_DOES
    assert [found[:2] for found in facts(month, "hazards.unanswered")] == REMINDED
    every_notice_stands_once(month)
    phones_ring_once_and_never_at_night(phones)
    orders_wait_for_an_answer(month, people)


def every_notice_stands_once(month):
    told = Counter(
        (row.resident_id, row.key) for row in read(select(Notice.resident_id, Notice.key))
    )
    assert set(told.values()) == {1}
    kinds = Counter(read(select(Notice.kind)).scalars())
    # One handler each; the façade has none, so that both grid workers stand for it.
    assert kinds["task_at_80"] == len([1 for *_, level in WHAT_IS_NOTICED if level == 80]) + 1
    assert kinds["case_late"] == len(
        [1 for *_, stage, level in WHAT_IS_NOTICED if (stage, level) == ("handle", 100)]
    )
    assert kinds["order_raised"] == len([1 for *_, level in WHAT_IS_NOTICED if level == 150])
    assert kinds["order_to_answer"] == kinds["order_raised"] + 1
    assert kinds["supervisor_notice"] == len([1 for *_, level in WHAT_IS_NOTICED if level == 100])
    assert kinds["case_confirm_reminder"] == len(REMINDED)


THE_GAS_LEAK = {"10-02 02:00", "10-02 02:16"}


def phones_ring_once_and_never_at_night(phones):
    assert max(Counter(arrived[1:] for arrived in phones.arrived).values()) == 1
    rang = {on_the_wall(moment) for moment, *_ in phones.arrived}
    at_night = {moment for moment in rang if not "07:30" <= moment[6:] < "21:30"}
    assert at_night == THE_GAS_LEAK  # which wakes the grid workers, and nobody else
    # What was noticed at night waits for the morning.
    assert {"10-02 07:30", "10-04 07:30", "10-19 07:30"} <= rang
    with_template = [name for name, kind in notice_rules.KINDS.items() if kind.template]
    notices = read(select(func.count()).where(Notice.kind.in_(with_template))).scalar_one()
    settled = Counter(
        (row.state, row.reason) for row in read(select(Delivery.state, Delivery.reason))
    )
    overtaken = settled.pop(("pointless", "overtaken in the night"))
    assert settled == {("done", None): len(phones.arrived)}
    assert len(phones.arrived) + overtaken == notices


def orders_wait_for_an_answer(month, people):
    for name, hazard_id in month.cases.items():
        raised = [1 for _, case, _, level in WHAT_IS_NOTICED if (case, level) == (name, 150)]
        with clock.at(wall(LAST)):
            case = views.show_hazard(people["gridworker"], hazard_id)
        assert len(case["orders"]) == len(raised), name
        if case["state"] in rules.RUNNING:
            assert case["elapsed"] > 1.5
            assert case["order_by"] is not None
    assert supervision.supervise_due() == 0
