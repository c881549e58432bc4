"""Whether somebody can take a seat: skills, age, home, other shifts and rest.

What depends on someone's other shifts only holds while nobody gives them another one, so
who is about to get a seat is locked first (`lock_people`). Everybody locks in the same
order: people by id, then shifts by id, then the rest; so nobody waits in a circle.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import literal, select

from app.core import clock
from app.core.access import RoleKind
from app.core.db import db, read
from app.core.errors import Conflict, FieldError
from app.core.gathered import gather
from app.patrols import rules
from app.patrols.models import Shift, SignUp
from app.patrols.sight import is_resident
from app.residents.models import HeldRole, Resident
from app.volunteers import qualifications
from app.volunteers import rules as volunteer_rules
from app.volunteers import service as volunteers
from app.volunteers.models import Volunteer

EARNED = frozenset(volunteer_rules.EARNED)
AROUND = timedelta(hours=36)
"""Shifts farther away from a new one than this cannot clash with it: 24 h and a shift's length."""


class OverlappingShift(Conflict):
    """The person has another shift, or is offered one, at the same time."""

    code = "overlapping_shift"


class TooLittleRest(Conflict):
    """Less than eight hours would lie between this shift and a night round."""

    code = "too_little_rest"


class TooManyHours(Conflict):
    """The person would serve more than ten hours within a day."""

    code = "too_many_hours"


class MissingSkill(Conflict):
    """The shift needs a skill that the person has not."""

    code = "missing_skill"


class NotQualified(Conflict):
    """The shift needs a skill that is earned, and the person has not, or not any more."""

    code = "not_qualified"


class ResidenceRequired(Conflict):
    """The shift is for people whose home there is confirmed."""

    code = "residence_required"


class TooYoungAtNight(Conflict):
    """Nobody under 18 walks a night round, as we decided."""

    code = "too_young_at_night"


class NotServing(Conflict):
    """The person is no volunteer, pauses, or has not agreed to what is needed."""

    code = "not_serving"


CANNOT_COME: dict[str, type[Conflict]] = {
    kind.code: kind
    for kind in (
        OverlappingShift,
        TooLittleRest,
        TooManyHours,
        MissingSkill,
        NotQualified,
        ResidenceRequired,
        TooYoungAtNight,
        NotServing,
    )
}


def lock_people(resident_ids: Iterable[int]) -> None:
    """Let nobody else give these people a seat until this transaction ends.

    SQLite has one writer at a time in any case.
    """
    if db.engine.dialect.name == "sqlite":
        return
    ids = sorted(set(resident_ids))
    # Not FOR UPDATE: rows elsewhere that refer to these people may be written meanwhile.
    read(
        select(Resident.id)
        .where(Resident.id.in_(ids))
        .order_by(Resident.id)
        .with_for_update(key_share=True)
    ).all()


def lock_shifts(shift_ids: Iterable[int]) -> None:
    """Let nobody else change the seats of these shifts until this transaction ends."""
    if db.engine.dialect.name == "sqlite":
        return
    ids = sorted(set(shift_ids))
    read(
        select(Shift.id).where(Shift.id.in_(ids)).order_by(Shift.id).with_for_update(key_share=True)
    ).all()


def require_fit(resident_id: int, shift: Any, *, without: Collection[int] = ()) -> None:
    """Refuse who cannot take a seat, saying why. Errors: those of `CANNOT_COME`."""
    code = unfit([resident_id], shift, without=without).get(resident_id)
    if code == NotQualified.code:
        day = clock.shanghai_day(shift.starts_at)
        lacking = volunteers.lacking_skills(resident_id, shift.skills, day=day)
        raise NotQualified(errors=[FieldError("skills", f"needs_{skill}") for skill in lacking])
    if code:
        raise CANNOT_COME[code]


def unfit(
    resident_ids: Collection[int], shift: Any, *, without: Collection[int] = ()
) -> dict[int, str]:
    """Return why people cannot take a seat, by id, of those who cannot; one query.

    `without`: shifts that they would leave for it.
    """
    rows = gather(*asked(resident_ids, shift, without=without))
    return judged(resident_ids, shift, rows)


def asked(
    resident_ids: Collection[int], shift: Any, *, without: Collection[int] = ()
) -> tuple[Any, ...]:
    """Return what has to be asked to judge people; see `judged`."""
    ids = sorted(set(resident_ids))
    span = (shift.starts_at, shift.ends_at)
    homes = select(HeldRole.resident_id, HeldRole.place_code).where(
        HeldRole.kind == RoleKind.RESIDENT, HeldRole.resident_id.in_(ids)
    )
    return (
        volunteers.STANDING.add_columns(Volunteer.skills).where(Volunteer.resident_id.in_(ids)),
        _spans(ids, span, {*without, shift.id}),
        homes.where(literal(value=bool(shift.residence_required))),
        qualifications.asked(ids, clock.shanghai_day(shift.starts_at)),
    )


def judged(
    resident_ids: Collection[int], shift: Any, rows: Sequence[Sequence[Any]]
) -> dict[int, str]:
    """Return why people cannot take a seat, by the rows that answer what was `asked`."""
    profiles, seats, lived, skilled = rows
    spans = _by_person(seats)
    homes: dict[int, set[str]] = defaultdict(set)
    for row in lived:
        homes[row.resident_id].add(row.place_code)
    standing = {row.resident_id: row for row in profiles}
    earned = qualifications.gathered(skilled)
    found: dict[int, str] = {}
    for resident_id in resident_ids:
        profile = standing.get(resident_id)
        code = "not_serving"
        if profile is not None and volunteers.is_serving(profile):
            home = is_resident(homes.get(resident_id, set()), shift.place_code)
            code = (
                _why_not(profile, shift, home, earned.get(resident_id, set()))
                or rules.clash(spans.get(resident_id, ()), (shift.starts_at, shift.ends_at))
                or ""
            )
        if code:
            found[resident_id] = code
    return found


def _why_not(profile: Any, shift: Any, at_home: bool, earned: Collection[str]) -> str | None:
    missing = set(shift.skills) - {*profile.skills, *earned}
    if missing - EARNED:
        return "missing_skill"
    if missing:
        return "not_qualified"
    if shift.residence_required and not at_home:
        return "residence_required"
    day = clock.shanghai_day(shift.starts_at)
    young = volunteer_rules.surely_aged(profile.birth_year, day) < volunteer_rules.OF_AGE
    if young and rules.is_night((shift.starts_at, shift.ends_at)):
        return "too_young_at_night"
    return None


def spans_of(
    resident_ids: Collection[int], *, around: rules.Span, without: Collection[int] = ()
) -> dict[int, list[rules.Span]]:
    """Return when people have seats, offered ones too, near a time, in one query."""
    return _by_person(read(_spans(sorted(set(resident_ids)), around, without)))


def _spans(ids: Sequence[int], around: rules.Span, without: Collection[int]) -> Any:
    return (
        select(SignUp.resident_id, Shift.starts_at, Shift.ends_at)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(
            SignUp.resident_id.in_(ids),
            SignUp.state.in_(rules.HOLDING),
            SignUp.shift_id.not_in(sorted(set(without))),
            Shift.state == rules.OPEN,
            Shift.starts_at < around[1] + AROUND,
            Shift.ends_at > around[0] - AROUND,
        )
        .order_by(Shift.starts_at)
    )


def _by_person(rows: Iterable[Any]) -> dict[int, list[rules.Span]]:
    found: dict[int, list[rules.Span]] = defaultdict(list)
    for row in rows:
        found[row.resident_id].append((row.starts_at, row.ends_at))
    return found
