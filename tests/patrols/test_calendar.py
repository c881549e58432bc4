"""My shifts in my own calendar: what stands there, for how long, and who may read it."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events

from app.core import clock, crypto
from app.core.clock import SHANGHAI
from app.core.db import db, read
from app.core.errors import NotFound
from app.patrols import calendar, planning, seats
from app.patrols.calendar import Entry
from app.patrols.calendar_models import CalendarFeed
from app.residents.models import Resident
from tests.patrols.conftest import DAY, HOUR, NOW, make_shift

LONG = "冬季夜间消防通道与电动车充电联合巡逻检查第二小组带队老师演练"


@pytest.fixture
def feed(now, volunteer):
    """Return what makes a volunteer with a calendar: (the person, what reads it)."""

    def make(**resident):
        person = volunteer()
        if resident:
            row = db.session.get(Resident, person.resident_id)
            for name, value in resident.items():
                setattr(row, name, value)
            db.session.commit()
        token = token_of(calendar.make_calendar(person)["url"])
        return person, lambda: icalendar.Calendar.from_ical(calendar.feed(token))

    return make


def token_of(url):
    return url.rpartition("/")[2].removesuffix(".ics")


def events(found):
    return {str(event["summary"]): event for event in found.walk("VEVENT")}


def only(found):
    [event] = found.walk("VEVENT")
    return event


def test_a_shift_stands_there_in_shanghais_time(feed, plan):
    person, show = feed()
    seats.sign_up(person, plan(title="晚间巡逻", words="找王阿姨拿钥匙"))
    found = show()
    event = only(found)
    start = NOW + 2 * DAY
    assert event.decoded("dtstart") == start
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert event["dtstart"].to_ical() == b"20261123T100000"
    assert event.decoded("dtend") == start + 2 * HOUR
    assert (str(event["summary"]), str(event["status"])) == ("晚间巡逻", "CONFIRMED")
    assert str(event["location"]) == "草堂路社区"
    assert int(event["sequence"]) == 0
    [zone] = found.walk("VTIMEZONE")
    assert zone["tzid"] == "Asia/Shanghai"
    assert zone.to_tz().utcoffset(start.replace(tzinfo=None)) == timedelta(hours=8)


def test_it_rings_a_day_and_two_hours_before(feed, plan):
    person, show = feed()
    seats.sign_up(person, plan())
    alarms = only(show()).walk("VALARM")
    assert [alarm.decoded("trigger") for alarm in alarms] == [-DAY, -2 * HOUR]
    assert {str(alarm["action"]) for alarm in alarms} == {"DISPLAY"}


def test_nobody_else_is_named(feed, plan, people, volunteer):
    person, show = feed()
    leader, colleague = volunteer(people["gridworker"]), volunteer()
    for who, name in ((leader, "陈师傅"), (colleague, "王阿姨")):
        db.session.get(Resident, who.resident_id).name = name
    db.session.commit()
    shift_id = plan(leader_id=leader.resident_id, words="集合找陈师傅，电话 13800000000")
    for who in (person, colleague):
        seats.sign_up(who, shift_id)
    written = show().to_ical().decode()
    for hidden in ("陈师傅", "王阿姨", "13800000000", "ATTENDEE", "ORGANIZER"):
        assert hidden not in written


def test_the_same_shift_keeps_its_uid_and_counts_its_changes(feed, plan, people):
    person, show = feed()
    shift_id = plan()
    seats.sign_up(person, shift_id)
    before = only(show())
    planning.change_shift(people["committee"], shift_id, starts_at=NOW + 2 * DAY - HOUR)
    moved = only(show())
    assert moved["uid"] == before["uid"]
    assert int(moved["sequence"]) > int(before["sequence"])
    seats.leave(person, shift_id)
    left = only(show())
    assert (left["uid"], str(left["status"])) == (before["uid"], "CANCELLED")
    assert int(left["sequence"]) > int(moved["sequence"])
    assert left.walk("VALARM") == []
    seats.sign_up(person, shift_id)
    back = only(show())
    assert str(back["status"]) == "CONFIRMED"
    assert int(back["sequence"]) > int(left["sequence"])


def test_a_cancelled_shift_is_cancelled_for_thirty_days(feed, plan, people):
    person, show = feed()
    shift_id = plan(starts_in=60 * DAY)
    seats.sign_up(person, shift_id)
    before = only(show())
    planning.cancel_shift(people["committee"], shift_id, reason="下雨")
    event = only(show())
    assert str(event["status"]) == "CANCELLED"
    assert int(event["sequence"]) > int(before["sequence"])
    with clock.at(NOW + 29 * DAY):
        assert len(show().walk("VEVENT")) == 1
    with clock.at(NOW + 31 * DAY):
        assert show().walk("VEVENT") == []


def test_what_i_left_goes_after_thirty_days(feed, plan):
    person, show = feed()
    shift_id = plan(starts_in=60 * DAY)
    seats.sign_up(person, shift_id)
    seats.leave(person, shift_id)
    with clock.at(NOW + 29 * DAY):
        assert str(only(show())["status"]) == "CANCELLED"
    with clock.at(NOW + 31 * DAY):
        assert show().walk("VEVENT") == []


def test_who_only_waited_never_had_it(feed, filled):
    person, show = feed()
    seats.sign_up(person, filled.id)
    assert show().walk("VEVENT") == []
    seats.leave(person, filled.id)
    assert show().walk("VEVENT") == []


def test_who_looks_for_a_stand_in_still_has_it(feed, plan):
    person, show = feed()
    shift_id = plan(starts_in=5 * HOUR)
    seats.sign_up(person, shift_id)
    assert seats.leave(person, shift_id)["state"] == "seeking"
    assert str(only(show())["status"]) == "CONFIRMED"


def test_who_leads_a_shift_has_it_too(feed, plan):
    person, show = feed()
    plan(leader_id=person.resident_id)
    event = only(show())
    assert "您带队" in str(event["description"])


def test_the_past_goes_after_three_months(feed, plan):
    person, show = feed()
    seats.sign_up(person, plan())
    with clock.at(NOW + 90 * DAY):
        assert len(show().walk("VEVENT")) == 1
    with clock.at(NOW + 93 * DAY):
        assert show().walk("VEVENT") == []


def test_it_speaks_my_language(feed, plan):
    person, show = feed(language="en")
    seats.sign_up(person, plan())
    assert "From Linli" in str(only(show())["description"])
    assert str(show()["x-wr-calname"]) == "Linli: my patrols"


def test_days_are_found_by_what_expands_calendars(feed, plan):
    person, show = feed()
    ids = [plan(starts_in=days * DAY, title=f"第{days}天") for days in (2, 3, 30)]
    for shift_id in ids:
        seats.sign_up(person, shift_id)
    asked = recurring_ical_events.of(show())
    assert [str(event["summary"]) for event in asked.at((2026, 11, 23))] == ["第2天"]
    assert len(asked.between(NOW, NOW + 7 * DAY)) == 2


def test_lines_are_folded_and_end_as_they_must(feed, plan):
    person, _ = feed()
    token = token_of(calendar.make_calendar(person)["url"])
    seats.sign_up(person, plan(title=LONG))
    written = calendar.feed(token)
    lines = written.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode()  # no character is torn apart
    title = only(icalendar.Calendar.from_ical(written))["summary"]
    assert str(title) == LONG


def test_a_new_address_ends_the_former_one(now, volunteer):
    person = volunteer()
    assert calendar.show_calendar(person) == {"url": None, "since": None}
    first = calendar.make_calendar(person)
    second = calendar.make_calendar(person)
    assert calendar.show_calendar(person) == {"url": None, "since": NOW}
    assert first["url"] != second["url"]
    assert calendar.feed(token_of(second["url"]))
    with pytest.raises(NotFound):
        calendar.feed(token_of(first["url"]))
    calendar.revoke_calendar(person)
    calendar.revoke_calendar(person)
    with pytest.raises(NotFound):
        calendar.feed(token_of(second["url"]))


def test_the_address_itself_is_not_kept(now, volunteer):
    token = token_of(calendar.make_calendar(volunteer())["url"])
    [row] = read(db.select(*CalendarFeed.__table__.columns)).all()
    assert row.fingerprint == crypto.fingerprint(token)
    assert token not in {str(value) for value in row}
    assert len(token) == 43


def entry(**fields):
    start = datetime(2026, 11, 23, 19, tzinfo=SHANGHAI).astimezone(UTC)
    given = {
        "uid": "3f9c@linli",
        "title": "晚间巡逻",
        "place_name": "草堂路社区",
        "route_name": "河边; 一线, 东段",
        "starts_at": start,
        "ends_at": start + 2 * HOUR,
        "lat": 30.6586,
        "lon": 104.0333,
        "cancelled": False,
        "leading": False,
        "sequence": 3,
        "created_at": NOW - DAY,
        "changed_at": NOW,
    }
    return Entry(**(given | fields))


AWKWARD = {
    "a comma and a semicolon": "楼道, 车库; 天台",
    "a backslash": "A\\B 楼",
    "a colon and quotes": '"安全": 巡逻',
    "lines": "第一行\n第二行",
    "an emoji": "🚒 消防",
    "a component's end": "END:VEVENT\nBEGIN:VALARM",
}


@pytest.mark.parametrize("name", AWKWARD)
def test_what_planners_write_comes_through_and_breaks_nothing(name):
    found = icalendar.Calendar.from_ical(calendar.calendar([entry(title=AWKWARD[name])], "zh-Hans"))
    assert str(only(found)["summary"]) == AWKWARD[name]
    assert len(only(found).walk("VALARM")) == 2


def test_it_says_how_often_to_ask_again():
    written = calendar.calendar([], "zh-Hans")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in written
    assert b"X-PUBLISHED-TTL:PT1H\r\n" in written


def test_an_empty_calendar_is_one(now, volunteer):
    token = token_of(calendar.make_calendar(volunteer())["url"])
    assert icalendar.Calendar.from_ical(calendar.feed(token)).walk("VEVENT") == []


def test_others_shifts_are_not_mine(feed, plan, volunteer):
    _, show = feed()
    seats.sign_up(volunteer(), plan())
    assert events(show()) == {}


def test_planned_by_me_is_not_walked_by_me(people, volunteer, now):
    planner = volunteer(people["committee"])
    make_shift(planner)
    token = token_of(calendar.make_calendar(planner)["url"])
    assert icalendar.Calendar.from_ical(calendar.feed(token)).walk("VEVENT") == []
