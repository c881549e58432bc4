"""A place among its likes: what it is called, how many live there, and in the places beside it.

Beside a community lie all communities of the district, beside a street its streets, beside
a grid the grids of its community: places of one kind, whose shares can be compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, bindparam, case, func, null, select

from app.committees import formulas
from app.committees.models import CommitteeSetting
from app.core import clock
from app.core.access import Actor, Permission
from app.core.db import PlaceCode, UtcDateTime
from app.core.errors import InvalidInput, NotFound
from app.core.prepared import Prepared
from app.places import rules as place_rules
from app.places.models import Place
from app.places.rules import LENGTHS, PlaceKind
from app.residents.models import Residence
from app.rollups import reading
from app.rollups import rules as rollup_rules
from app.rollups.models import RegisteredDay

SCOPES: Mapping[PlaceKind, PlaceKind] = {
    PlaceKind.DISTRICT: PlaceKind.DISTRICT,
    PlaceKind.STREET: PlaceKind.DISTRICT,
    PlaceKind.COMMUNITY: PlaceKind.DISTRICT,
    PlaceKind.GRID: PlaceKind.COMMUNITY,
}
"""Within what a place of a kind is compared."""
LONGEST = 5 * 366
"""Days of one range: five years, to be seen by year."""
ONE_DAY = timedelta(days=1)
MOST_PERIODS = 400
"""A year of days, and some."""


@dataclass(frozen=True, slots=True)
class Like:
    """A place of the same kind; `registered` is none before the first night that counted."""

    code: str
    name: str
    registered: int | None
    ranked: bool


@dataclass(frozen=True, slots=True)
class Around:
    """A place and its likes, and how many grids and buildings it has.

    `registered_before`: as of the end of the range that it is compared with, if that was asked.
    """

    code: str
    kind: PlaceKind
    name: str
    registered: int
    ranked: bool
    grids: int
    buildings: int
    likes: tuple[Like, ...]
    registered_before: int | None = None

    def shown(self) -> dict[str, str]:
        """Return the place as clients see it."""
        return {"code": self.code, "kind": self.kind, "name": self.name}

    def scope(self) -> str:
        """Return the code within which it is compared."""
        return self.code[: LENGTHS[SCOPES[self.kind]]]


def find(
    actor: Actor,
    place_code: str,
    last: date,
    *,
    former: date | None = None,
    with_likes: bool = True,
) -> Around:
    """Return a place as of a day, for whoever may see its figures; one query.

    `former`: another day as of which to count who lives there. `with_likes`: whether the
    places beside it are asked for, too: they may be a thousand.

    Errors: NotFound (no such place, or none of the actor's, or a building).
    """
    if not actor.reaches(Permission.OVERVIEW_READ, place_code):
        raise NotFound
    if not place_rules.is_code(place_code):
        raise NotFound
    kind = place_rules.kind_of(place_code)
    if kind not in SCOPES:
        raise NotFound
    scope = place_code[: LENGTHS[SCOPES[kind]]] if with_likes else place_code
    given = {
        "place": place_code, "beyond": place_code + ":", "scope": scope,
        "beyond_scope": scope + ":", "last": last, "last_until": clock.day_range(last, last)[1],
    }  # fmt: skip
    if former is not None:
        given |= {"former": former, "former_until": clock.day_range(former, former)[1]}
    rows = _prepared(kind, former is not None).rows(given)
    likes = [Like(row.code, row.name, row.residents, bool(row.ranking)) for row in rows]
    mine = [(like, row) for like, row in zip(likes, rows, strict=True) if like.code == place_code]
    if not mine:
        raise NotFound
    [(own, row)] = mine
    return Around(
        place_code, kind, own.name, own.registered or 0, own.ranked, row.grids, row.buildings,
        tuple(like for like in likes if like.code != place_code), row.before,
    )  # fmt: skip


_PLACE, _BEYOND = bindparam("place", type_=PlaceCode()), bindparam("beyond", type_=PlaceCode())


@lru_cache
def _prepared(kind: PlaceKind, with_former: bool) -> Prepared:
    """Return what asks for a place of a kind, made once: making it costs more than asking it."""
    return Prepared(lambda: _statement(kind, with_former=with_former))


def _statement(kind: PlaceKind, *, with_former: bool) -> Any:
    digits = LENGTHS[kind]
    night, live = _night("last"), _living("last")
    scope, beyond_scope = (bindparam(n, type_=PlaceCode()) for n in ("scope", "beyond_scope"))
    own = Place.code == _PLACE
    counted = RegisteredDay.residents
    return (
        select(
            Place.code,
            Place.name,
            case((own, func.coalesce(counted, live)), else_=counted).label("residents"),
            CommitteeSetting.ranking,
            (_registered(digits, "former") if with_former else null()).label("before"),
            _number_of(PlaceKind.GRID).label("grids"),
            _number_of(PlaceKind.BUILDING).label("buildings"),
        )
        .outerjoin(
            RegisteredDay,
            (RegisteredDay.place_code == Place.code)
            & (RegisteredDay.day == night)
            & (RegisteredDay.digits == digits),
        )
        .outerjoin(CommitteeSetting, CommitteeSetting.place_code == Place.code)
        .where(Place.kind == kind, Place.code >= scope, Place.code < beyond_scope)
        .order_by(Place.code)
    )


def _night(day: str) -> Any:
    """Return the last night until a day (of that name) that counted who lives where."""
    until = bindparam(day, type_=Date())
    return select(func.max(RegisteredDay.day)).where(RegisteredDay.day <= until).scalar_subquery()


def _living(day: str) -> Any:
    """Return how many people had a confirmed home at the place by the end of a day, and have."""
    return (
        select(func.count(Residence.id))
        .where(
            Residence.place_code >= _PLACE,
            Residence.place_code < _BEYOND,
            Residence.state == "confirmed",
            Residence.decided_at < bindparam(f"{day}_until", type_=UtcDateTime()),
        )
        .scalar_subquery()
    )


def _registered(digits: int, day: str) -> Any:
    """Return how many people live at the place as of a day, as its night counted or else as now."""
    counted = (
        select(RegisteredDay.residents)
        .where(
            RegisteredDay.place_code == _PLACE,
            RegisteredDay.digits == digits,
            RegisteredDay.day == _night(day),
        )
        .scalar_subquery()
    )
    return func.coalesce(counted, _living(day))


def _number_of(kind: PlaceKind) -> Any:
    inner = Place.__table__.alias()
    return (
        select(func.count())
        .select_from(inner)
        .where(inner.c.kind == kind, inner.c.code >= _PLACE, inner.c.code < _BEYOND)
        .scalar_subquery()
    )


def days_asked(
    first: date | None, last: date | None, *, kind: str = rollup_rules.MONTH
) -> tuple[date, date]:
    """Return the range that is meant; without one, the calendar period of a kind up to today.

    A range that begins with a calendar period and ends today is that period as it is so
    far: it is asked for whole, for which figures are ready. Days that have not come are left
    out: they have no figures, would be compared with days that have some, and would make a
    quarter be over that is not. Errors: InvalidInput.
    """
    today = clock.shanghai_day(clock.now())
    last = last or today
    first = first or rollup_rules.start_of(last, kind)
    if first <= today:
        last = min(last, today)
    if first > last:
        raise InvalidInput.of("from", "after_the_end")
    if (last - first).days >= LONGEST:
        raise InvalidInput.of("from", "range_too_long", days=LONGEST)
    if before(first, last)[0] < formulas.BEGINNING:  # what it is compared with has to be told, too
        raise InvalidInput.of("from", "invalid")
    return first, last


def compared(first: date | None, last: date | None) -> tuple[reading.Range, reading.Range]:
    """Return the range that is meant, and the one to compare it with. Errors: InvalidInput."""
    days = days_asked(first, last)
    return days, before(*days, kind_asked(first, last))


def kind_asked(first: date | None, last: date | None) -> str | None:
    """Return which calendar period is asked for that is not over; nothing if the days alone say it.

    On 10 October the month, the quarter and the days since the 1st are the same days; who asks
    until 31 December means the quarter. Without a range it is the month.
    """
    if first is None and last is None:
        return rollup_rules.MONTH
    if first is None or last is None or last <= clock.shanghai_day(clock.now()):
        return None
    return rollup_rules.exact_period(first, last)


def whole(first: date, last: date) -> reading.Range:
    """Return the calendar period that a range is, as far as today; else the range itself."""
    if last == clock.shanghai_day(clock.now()):
        for kind in rollup_rules.KINDS:
            end = rollup_rules.end_of(first, kind)
            if rollup_rules.start_of(first, kind) == first and last <= end:
                return first, end
    return first, last


def before(first: date, last: date, kind: str | None = None) -> reading.Range:
    """Return the range to compare with; `kind`: which period it is, where that was asked for.

    Of a calendar period the one before; of one that is not over, as many days of the one
    before; of any other range, as many days right before it.
    """
    for each in (kind,) if kind else rollup_rules.PERIODS:
        start, end = rollup_rules.start_of(first, each), rollup_rules.end_of(first, each)
        if start != first or last > end:
            continue
        former = rollup_rules.before(first, each)
        over = rollup_rules.end_of(former, each)
        if last == end:
            return former, over
        if each != rollup_rules.WEEK:
            return former, min(former + (last - first), over)
    length = last - first + timedelta(days=1)
    return first - length, first - timedelta(days=1)
