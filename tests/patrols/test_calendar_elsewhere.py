"""What the mini-program's tests read with a JavaScript parser is what the server makes.

`miniprogram/tests/unit/calendar/shifts.ics` is the calendar below, to the byte. After a
change of the feed, delete the file: this test writes it anew, and fails once.
"""

from datetime import timedelta

from sqlalchemy import update

from app.config import ROOT
from app.core import clock
from app.core.db import changed_rows, db, writing
from app.patrols import calendar, planning, seats
from app.patrols.models import PatrolRoute, Shift
from tests.factories.people import COMMUNITY
from tests.patrols.conftest import DAY, HOUR, NOW

FIXTURE = ROOT / "miniprogram" / "tests" / "unit" / "calendar" / "shifts.ics"
LONG = "冬季夜间消防通道与电动车充电联合巡逻检查第二小组带队老师演练"


def test_the_fixture_is_what_the_server_makes(now, volunteer, plan, people):
    person = volunteer()
    token = calendar.make_calendar(person)["url"].rpartition("/")[2].removesuffix(".ics")
    route = PatrolRoute(
        place_code=COMMUNITY,
        place_name="草堂路社区",
        name="河边, 东段",
        path=[[30.6586, 104.0333], [30.6591, 104.0341]],
        length_m=94,
        created_by=people["committee"].resident_id,
        created_at=NOW,
    )
    db.session.add(route)
    db.session.commit()
    walked = plan(title="晚间巡逻; 楼道, 车库", starts_in=2 * DAY + 9 * HOUR, route_id=route.id)
    night = plan(title=LONG, starts_in=4 * DAY + 12 * HOUR, lasts=4 * HOUR)
    off = plan(title="取消的班次", starts_in=6 * DAY)
    left = plan(title="退出的班次", starts_in=8 * DAY)
    for shift_id in (walked, night, off, left):
        seats.sign_up(person, shift_id)
    with clock.at(NOW + timedelta(minutes=5)):
        planning.cancel_shift(people["committee"], off, reason="下雨")
        seats.leave(person, left)
        planning.change_shift(people["committee"], night, starts_at=NOW + 4 * DAY + 13 * HOUR)
    for name, shift_id in (("walked", walked), ("night", night), ("off", off), ("left", left)):
        with writing():
            changed_rows(update(Shift).where(Shift.id == shift_id).values(uid=f"{name}@linli"))
    made = calendar.feed(token)
    if not FIXTURE.exists():
        FIXTURE.write_bytes(made)
        msg = f"{FIXTURE.name} was not there; it is written anew"
        raise AssertionError(msg)
    assert FIXTURE.read_bytes() == made
