"""Writing down that somebody took part, once for each thing that they did."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select

from app.core import clock
from app.core.db import changed_rows, read, unit_of_work
from app.core.idempotency import insert_ignore
from app.residents.models import Residence
from app.rollups import rules
from app.rollups.models import Fact, Waiting

HAZARD, HOURS, ATTEMPT, PAPER = "hazard", "hours", "quiz_attempt", "campaign_paper"
"""What facts come from: a case (its turn is the line of history), an entry of hours, an attempt, a
sheet that was entered."""
REPORT_SEQ = 1
"""The line of history that a report is."""
TAKEN_BACK = 1
"""The turn of what takes an entry of hours or a sheet back."""


class Source(NamedTuple):
    """What a fact comes from. `turn` tells apart what one thing brings several times."""

    type: str
    id: int
    turn: int = 0


@unit_of_work()
def record(
    resident_id: int,
    activity: str,
    *,
    place_code: str,
    happened_at: datetime,
    source: Source,
    minutes: int = 0,
) -> bool:
    """Write a fact down, to be rolled up soon; returns whether it is new.

    The same source again changes nothing. Where somebody lives is asked as of now. What
    belongs to no place (a quiz of somebody without a home) is nobody's figure.
    """
    home = _home_of(resident_id)
    code = rules.lies_at(place_code, home)
    if not code:
        return False
    return _add(
        {
            "resident_id": resident_id,
            "activity": activity,
            "place_code": code,
            "happened_at": happened_at,
            "day": clock.shanghai_day(happened_at),
            "minutes": minutes,
            "sign": 1,
            "at_home": int(rules.is_home(code, home)),
            "reverses_id": None,
        },
        source,
    )


@unit_of_work()
def take_back(of: Source, *, source: Source) -> bool:
    """Let a fact count no more; returns whether it did until now.

    It counts no more on the day on which it did, whenever that is noticed. `source`: what
    takes it back.
    """
    row = read(_ORIGINAL, dict(zip(_KEY, of, strict=True))).one_or_none()
    if row is None:
        return False
    values = dict(row._mapping)  # noqa: SLF001 it is public
    original = values.pop("id")
    return _add(
        values | {"minutes": -row.minutes, "sign": -1, "reverses_id": original},
        source,
    )


_KEY = ("source_type", "source_id", "turn")
_ORIGINAL = select(
    Fact.id,
    Fact.resident_id,
    Fact.activity,
    Fact.place_code,
    Fact.happened_at,
    Fact.day,
    Fact.minutes,
    Fact.at_home,
).where(*(getattr(Fact, name) == bindparam(name) for name in _KEY), Fact.sign == 1)
_ID = select(Fact.id).where(*(getattr(Fact, name) == bindparam(name) for name in _KEY))


def _add(values: dict[str, object], source: Source) -> bool:
    key = dict(zip(_KEY, source, strict=True))
    row = values | key | {"recorded_at": clock.now()}
    if not changed_rows(insert_ignore(Fact).values(**row)):
        return False
    waiting = {"resident_id": values["resident_id"], "day": values["day"]}
    fact_id = read(_ID, key).scalar_one()
    changed_rows(insert(Waiting).values(fact_id=fact_id, **waiting))
    return True


def _home_of(resident_id: int) -> str | None:
    return read(_HOME, {"resident": resident_id}).scalar_one_or_none()


_HOME = select(Residence.place_code).where(
    Residence.resident_id == bindparam("resident"), Residence.state == "confirmed"
)
