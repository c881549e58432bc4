"""What every night counts and checks: registered residents; no fact was lost or doubled."""

from sqlalchemy import delete, func, insert, literal, select, union_all

from app.core import clock
from app.core.db import changed_rows, read, unit_of_work
from app.places.rules import LENGTHS, PlaceKind
from app.residents.models import Residence
from app.rollups import rules
from app.rollups.models import DayFigures, Fact, RegisteredDay, Waiting


class FiguresLie(Exception):
    """The figures are not what the facts say: `flask rollups recompute` makes them anew."""


@unit_of_work()
def count_registered() -> int:
    """Keep how many residents have a confirmed home at each place today; returns how many rows."""
    today = clock.shanghai_day(clock.now())
    changed_rows(delete(RegisteredDay).where(RegisteredDay.day == today))
    levels = []
    for digits in rules.LEVELS.values():
        code = func.substr(Residence.place_code, 1, digits)
        levels.append(
            select(literal(digits).label("digits"), code.label("place_code"), func.count())
            .where(Residence.state == "confirmed", func.length(Residence.place_code) >= digits)
            .group_by(code)
        )
    rows = read(union_all(*levels)).all()
    if rows:
        keys = ("digits", "place_code", "residents")
        found = [{"day": today} | dict(zip(keys, row, strict=True)) for row in rows]
        changed_rows(insert(RegisteredDay), found)
    return len(rows)


def check() -> int:
    """Hold the sums of all days against the facts; returns how many participations there are.

    Nothing to say while facts wait. Errors: FiguresLie.
    """
    counted = LENGTHS[PlaceKind.DISTRICT]
    facts = select(
        func.coalesce(func.sum(Fact.sign), 0), func.coalesce(func.sum(Fact.minutes), 0)
    ).where(func.length(Fact.place_code) >= counted)
    days = select(
        func.coalesce(func.sum(DayFigures.participations), 0),
        func.coalesce(func.sum(DayFigures.minutes), 0),
    ).where(
        DayFigures.version == rules.VERSION,
        DayFigures.digits == counted,
        DayFigures.activity == rules.ALL,
    )
    waiting = select(func.count(), literal(0)).select_from(Waiting)
    done, rolled, late = read(union_all(facts, days, waiting)).all()
    if not late[0] and tuple(done) != tuple(rolled):
        raise FiguresLie(f"facts {tuple(done)}, figures {tuple(rolled)}")
    return int(done[0])
