"""What happens to campaigns by the clock: each one in a transaction of its own."""

from sqlalchemy import exists, select
from sqlalchemy.sql import ColumnElement

from app.campaigns import planning, rules, service, telling
from app.campaigns.models import Campaign, CampaignTelling
from app.core import clock
from app.core.clock import shanghai_day
from app.core.db import read, unit_of_work
from app.core.states import IllegalMove
from app.core.steps import one_by_one


def keep_time() -> int:
    """Open what begins, remind of what ends soon, end what is over; returns how many changed."""
    today = shanghai_day(clock.now())
    begin = _in_state(rules.ANNOUNCED, Campaign.first_day <= today)
    end = _in_state(rules.RUNNING, Campaign.last_day < today)
    soon = Campaign.last_day.between(today, today + rules.REMIND_BEFORE)
    ending = _in_state(rules.RUNNING, soon, ~_reminded())
    faster = (IllegalMove,)
    done = one_by_one(begin, planning.open_by_clock, too_late=faster)
    done += one_by_one(end, planning.close_by_clock, too_late=faster)
    return done + one_by_one(ending, _remind)


def _in_state(state: str, *also: ColumnElement[bool]) -> list[int]:
    found = select(Campaign.id).where(Campaign.state == state, *also)
    return list(read(found.order_by(Campaign.id)).scalars())


def _reminded() -> ColumnElement[bool]:
    told = CampaignTelling.kind == telling.ENDING
    return exists(select(1).where(CampaignTelling.campaign_id == Campaign.id, told))


@unit_of_work()
def _remind(campaign_id: int) -> int:
    row = service.find_for_system(campaign_id)
    _, ends_at = service.span(row)
    at = rules.remind_at(row.opened_at, ends_at)
    if row.state != rules.RUNNING or at is None or clock.now() < at:
        return 0
    return telling.begin(campaign_id, telling.ENDING)
