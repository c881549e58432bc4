"""One campaign of the demo's community: running, with some who took part and some who passed."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from app.campaigns import planning, tries
from app.core import clock
from app.core.access import Actor, Role, RoleKind
from app.core.db import db, read, unit_of_work
from app.quizzes import daily
from app.residents import rules as residents
from app.residents.models import HeldRole, Residence, Resident
from demo.month.learning import QUESTION, chosen
from tools.wechat_sandbox.identities import openid_of

COMMUNITY = "510105007004"

TITLE = {"zh": "冬季防火：电动车与厨房", "en": "Winter fires: e-bikes and kitchens"}
ABOUT = {
    "zh": "天冷了，充电、取暖、做饭最容易出事。几分钟看看家里安不安全，通过了还能参加防火巡查。",
    "en": "In winter charging, heating and cooking are what goes wrong. A few minutes to see "
    "whether your home is safe; who passes may join the fire patrols.",
}
BEGAN = timedelta(days=4)
LASTS = timedelta(days=20)
QUESTIONS = 8
NEIGHBOURS = (
    ("demo:neighbour-1", "郑阿姨", 8),
    ("demo:neighbour-2", "小何", 7),
    ("demo:neighbour-3", "冯爷爷", 6),
    ("demo:neighbour-4", "许姐", 6),
    ("demo:neighbour-5", "老曹", 4),
    ("demo:neighbour-6", "小邓", 7),
)
"""People of the first building, and how many they knew; six of eight pass."""
KNEW = 8
"""So many knew the demo's own neighbour."""
Home = Callable[[int, str, datetime], Residence]


def add_running(actors: Mapping[str, Actor], home: Home) -> None:
    """Plan a campaign as the committee did some days ago, and let some take part.

    `home`: makes a confirmed home of a resident's id, room and moment.
    """
    begun = clock.now() - BEGAN
    with clock.at(begun):
        campaign_id = _announce(actors["demo:committee"])
        people = [
            (_new_neighbour(code, name, f"3 单元 {number + 1}01", home), right)
            for number, (code, name, right) in enumerate(NEIGHBOURS)
        ]
    for number, (actor, right) in enumerate([*people, (actors["demo:neighbour"], KNEW)]):
        with clock.at(begun + timedelta(hours=9 * (number + 1))):
            _take(actor, campaign_id, right)


@unit_of_work()
def _new_neighbour(code: str, name: str, room: str, home: Home) -> Actor:
    now, place = clock.now(), COMMUNITY
    resident = Resident(openid=openid_of(code), name=name, created_at=now)
    resident.consent_version, resident.consent_at = residents.PRIVACY_VERSION, now
    db.session.add(resident)
    db.session.flush()
    kind = RoleKind.RESIDENT
    db.session.add(HeldRole(resident_id=resident.id, kind=kind, place_code=place, since=now))
    db.session.add(home(resident.id, room, now))
    return Actor(resident.id, name, (Role(kind, place),))


@unit_of_work()
def _announce(staff: Actor) -> int:
    today = clock.shanghai_day(clock.now())
    planned = planning.plan(
        staff,
        place_code=staff.roles[0].place_code,
        title=TITLE,
        about=ABOUT,
        first_day=today,
        last_day=today + LASTS,
        audience="everybody",
        topics=["fire", "ebike", "gas"],
        question_count=QUESTIONS,
        pass_percent=75,
        most_tries=3,
        wait_hours=1,
        skill="fire_safety",
        skill_months=12,
    )
    return int(planning.move(staff, planned["id"], to="announced")["id"])


def _take(actor: Actor, campaign_id: int, right: int) -> None:
    attempt = tries.begin(actor, campaign_id)
    attempt_id = attempt["attempt_id"]
    for number, asked in enumerate(attempt["questions"]):
        question = read(QUESTION, {"version": asked["id"]}).one()
        ids = chosen(attempt_id, question, right=number < right)
        daily.answer(actor, attempt_id, question_id=asked["id"], option_ids=ids)
    daily.finish(actor, attempt_id)
