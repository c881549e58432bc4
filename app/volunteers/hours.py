"""Served hours: credited by attended minutes, corrected by reversal, never rewritten.

`credit`, `confirm`, `recredit` and `reverse` are the doors for whoever watches rounds: part of
their transaction, repeatable without effect, without asking who may (they have). Whoever
credits several people in one transaction does so in the order of their ids. A person's
account is locked first, so that one minute counts once, whatever is settled at the same time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from app.core import audit, clock, outbox, texts
from app.core.access import Actor, Permission
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import InvalidInput, NotFound
from app.core.idempotency import insert_ignore
from app.core.states import IllegalMove, MoveNotYours
from app.notices import service as notices
from app.points import rules as point_rules
from app.points import service as points
from app.volunteers import certificates
from app.volunteers import hours_rules as rules
from app.volunteers.events import HoursCounted
from app.volunteers.hours_models import HourAccount, HourEntry

POINTS_RULE = "round"
SOURCE = "hours"
"""What points for a round name as their source: an entry's id."""


class HourResult(NamedTuple):
    """The standing entries of somebody's shift, and the minutes that they sum to."""

    entry_ids: tuple[int, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Served:
    """What somebody attended: of which shift, where, with whom, and how well that is shown."""

    resident_id: int
    shift_id: int
    place_code: str
    team_id: int | None
    title: str
    evidence: int
    state: str


@unit_of_work()
def credit(
    resident_id: int,
    *,
    shift_id: int,
    place_code: str,
    team_id: int | None,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    evidence: int,
    attested: bool,
) -> HourResult:
    """Credit an attended interval; what overlaps other shifts of that person counts there.

    Held, with its points, while evidence is below 2 and nobody attested it. A repetition
    for the same shift changes nothing.
    """
    _lock(resident_id)
    standing = _standing(resident_id)
    mine = [entry for entry in standing if entry.shift_id == shift_id]
    if mine:
        return _result(mine)
    state = rules.state_of(evidence, attested=attested)
    served = Served(resident_id, shift_id, place_code, team_id, title, evidence, state)
    found = _write(served, (starts_at, ends_at), standing, by_id=None)
    if found.minutes:
        _tell_credited(served, found.minutes, key=f"hours:{shift_id}")
    return found


@unit_of_work()
def confirm(
    resident_id: int, shift_id: int, evidence: int, *, attested: bool = False
) -> HourResult:
    """Let better evidence, or somebody's word, speak for a shift; what was held then counts."""
    _lock(resident_id)
    mine = [entry for entry in _standing(resident_id) if entry.shift_id == shift_id]
    freed = 0
    for entry in mine:
        best = max(evidence, entry.evidence)
        state = rules.state_of(best, attested=attested or entry.state == rules.CREDITED)
        this = update(HourEntry).where(HourEntry.id == entry.id)
        changed_rows(this.values(evidence=best, state=state))
        if state != entry.state:
            freed += entry.minutes
            points.release(resident_id, POINTS_RULE, SOURCE, entry.id)
            _record(entry)
    if freed:
        _count(resident_id, credited=freed, held=-freed)
        entry = mine[0]
        served = _as_served(entry, evidence, rules.CREDITED)
        _tell_credited(served, freed, key=f"hours:{shift_id}:confirmed")
    return _result(mine)


@unit_of_work()
def reverse(actor: Actor | None, entry_id: int, reason: str) -> int | None:
    """Take an entry back, with its points; returns the reversal's id, None if it was already."""
    resident_id = read(
        select(HourEntry.resident_id).where(
            HourEntry.id == entry_id, HourEntry.reverses_id.is_(None)
        )
    ).scalar_one()
    _lock(resident_id)
    standing = [entry for entry in _standing(resident_id) if entry.id == entry_id]
    for entry in standing:
        reversal_id = _take_back(entry, reason, _id_of(actor))
        _tell_corrected(entry, reversal_id, 0, entry.minutes, reason)
        return reversal_id
    return None


@unit_of_work()
def recredit(
    actor: Actor | None,
    resident_id: int,
    shift_id: int,
    *,
    starts_at: datetime,
    ends_at: datetime,
    evidence: int,
    attested: bool,
    reason: str,
    place_code: str | None = None,
    team_id: int | None = None,
    title: str | None = None,
) -> HourResult:
    """Correct somebody's shift: what stands is reversed, the interval credited instead.

    `evidence` is what there is now: less than before, if some of it was not accepted.
    An empty interval only reverses. Where nothing was credited before, `place_code` and
    `title` are needed; otherwise they stay. What stands so already is left alone.
    Errors: ValueError (nothing was credited, and place or title is missing).
    """
    _lock(resident_id)
    standing = _standing(resident_id)
    mine = [entry for entry in standing if entry.shift_id == shift_id]
    others = [entry for entry in standing if entry.shift_id != shift_id]
    state = rules.state_of(evidence, attested=attested)
    if mine:
        served = _as_served(mine[0], evidence, state)
    elif place_code is None or title is None:
        msg = "nothing was credited for this shift: place_code and title are needed"
        raise ValueError(msg)
    else:
        served = Served(resident_id, shift_id, place_code, team_id, title, evidence, state)
    parts = rules.new_minutes((starts_at, ends_at), map(_interval, others))
    as_is = [part for part, _ in parts] == [_interval(entry) for entry in mine]
    if as_is and all(entry.state == state for entry in mine):
        return _result(mine)
    reversals = [_take_back(entry, reason, _id_of(actor)) for entry in mine]
    found = _write(served, (starts_at, ends_at), others, by_id=_id_of(actor))
    if reversals:
        before = _result(mine).minutes
        _tell_corrected(mine[0], reversals[0], found.minutes, before, reason)
    elif found.minutes:
        _tell_credited(served, found.minutes, key=f"hours:{shift_id}:{found.entry_ids[0]}")
    return found


@unit_of_work()
def correct(
    actor: Actor,
    entry_id: int,
    *,
    reason: str,
    minutes: int | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> dict[str, Any]:
    """Correct the hours of somebody's shift as its committee; returns what then stands.

    Either `minutes` from when it began (0 takes all of it back), or from when until when.
    Errors: NotFound; MoveNotYours (one's own hours); IllegalMove (reversed already);
    InvalidInput (in the future, too long).
    """
    entry = find_entry(actor, entry_id)
    audit.note(place_code=entry.place_code)
    if entry.resident_id == actor.resident_id:
        raise MoveNotYours(state=entry.state, to="corrected")
    if entry.reversed_at is not None:
        raise IllegalMove(state="reversed", to="corrected")
    if minutes is not None:
        starts_at = min(_interval(one)[0] for one in entries_of(entry.resident_id, entry.shift_id))
        ends_at = starts_at + timedelta(minutes=minutes)
    if starts_at is None or ends_at is None:
        raise InvalidInput.of("minutes", "required")
    if ends_at > clock.now():
        raise InvalidInput.of("ends_at" if minutes is None else "minutes", "in_the_future")
    if not timedelta() <= ends_at - starts_at <= rules.LONGEST:
        hours = int(rules.LONGEST.total_seconds()) // 3600
        field = "ends_at" if minutes is None else "minutes"
        raise InvalidInput.of(field, "longer_than_hours", hours=hours)
    found = recredit(
        actor,
        entry.resident_id,
        entry.shift_id,
        starts_at=starts_at,
        ends_at=ends_at,
        evidence=entry.evidence,
        attested=True,
        reason=reason,
    )
    return {
        "resident_id": entry.resident_id,
        "shift_id": entry.shift_id,
        "entry_ids": list(found.entry_ids),
        "minutes": found.minutes,
        "reason": reason,
    }


def find_entry(actor: Actor, entry_id: int) -> Any:
    """Return an entry, not a reversal, that the actor may correct. Errors: NotFound."""
    row = read(
        _ENTRY.where(HourEntry.id == entry_id, HourEntry.reverses_id.is_(None))
    ).one_or_none()
    if row is None or not actor.reaches(Permission.HOURS_CORRECT, row.place_code):
        raise NotFound
    return row


def entries_of(resident_id: int, shift_id: int) -> list[Any]:
    """Return the standing entries of somebody's shift, in order."""
    return [entry for entry in _standing(resident_id) if entry.shift_id == shift_id]


# Below, everything happens under the lock of the person's account.


def _lock(resident_id: int) -> None:
    """Let others wait who would change this person's hours."""
    locking = select(HourAccount.resident_id).where(HourAccount.resident_id == resident_id)
    if read(locking.with_for_update()).one_or_none() is None:
        new = insert_ignore(HourAccount)
        changed_rows(new.values(resident_id=resident_id, credited=0, held=0, stars=0))
        read(locking.with_for_update()).one()


_ENTRY = select(
    HourEntry.id,
    HourEntry.resident_id,
    HourEntry.shift_id,
    HourEntry.place_code,
    HourEntry.team_id,
    HourEntry.title,
    HourEntry.starts_at,
    HourEntry.ends_at,
    HourEntry.minutes,
    HourEntry.evidence,
    HourEntry.state,
    HourEntry.reversed_at,
)
STANDING = HourEntry.reversed_at.is_(None) & HourEntry.reverses_id.is_(None)


def _standing(resident_id: int) -> list[Any]:
    """Return what counts of a person, by when it began; none overlaps another."""
    mine = _ENTRY.where(HourEntry.resident_id == bindparam("resident"), STANDING)
    return list(read(mine.order_by(HourEntry.starts_at), {"resident": resident_id}))


def _interval(entry: Any) -> rules.Interval:
    return entry.starts_at, entry.ends_at


def _result(entries: Sequence[Any]) -> HourResult:
    return HourResult(tuple(entry.id for entry in entries), sum(entry.minutes for entry in entries))


def _as_served(entry: Any, evidence: int, state: str) -> Served:
    whose = (entry.resident_id, entry.shift_id, entry.place_code, entry.team_id, entry.title)
    return Served(*whose, evidence, state)


def _id_of(actor: Actor | None) -> int | None:
    return actor.resident_id if actor else None


def _write(
    served: Served, whole: rules.Interval, taken: Iterable[Any], *, by_id: int | None
) -> HourResult:
    """Add what of an interval does not count yet, and thank for it."""
    parts = rules.new_minutes(whole, map(_interval, taken))
    now, ids, total = clock.now(), [], 0
    for (start, end), minutes in parts:
        entry_id = _insert(
            resident_id=served.resident_id,
            shift_id=served.shift_id,
            place_code=served.place_code,
            team_id=served.team_id,
            title=served.title,
            starts_at=start,
            ends_at=end,
            minutes=minutes,
            evidence=served.evidence,
            state=served.state,
            at=now,
            by_id=by_id,
        )
        points.grant(
            served.resident_id,
            POINTS_RULE,
            SOURCE,
            entry_id,
            amount=point_rules.round_points(minutes),
            held=served.state == rules.HELD,
            at=end,
        )
        if served.state == rules.CREDITED:
            outbox.record(
                HoursCounted(
                    entry_id, served.resident_id, served.place_code, start.isoformat(), minutes
                )
            )
        ids.append(entry_id)
        total += minutes
    _count(served.resident_id, **{served.state: total})
    return HourResult(tuple(ids), total)


def _insert(**values: Any) -> int:
    return int(read(insert(HourEntry).values(**values).returning(HourEntry.id)).scalar_one())


def _take_back(entry: Any, reason: str, by_id: int | None) -> int:
    now = clock.now()
    changed_rows(update(HourEntry).where(HourEntry.id == entry.id).values(reversed_at=now))
    reversal_id = _insert(
        resident_id=entry.resident_id,
        shift_id=entry.shift_id,
        place_code=entry.place_code,
        team_id=entry.team_id,
        title=entry.title,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        minutes=-entry.minutes,
        evidence=entry.evidence,
        state=entry.state,
        at=now,
        by_id=by_id,
        reason=reason,
        reverses_id=entry.id,
    )
    _count(entry.resident_id, **{entry.state: -entry.minutes})
    points.reverse(entry.resident_id, POINTS_RULE, SOURCE, entry.id)
    certificates.doubt([entry.id])
    if entry.state == rules.CREDITED:
        _record(entry, taken_back=True)
    return reversal_id


def _record(entry: Any, *, taken_back: bool = False) -> None:
    starts_at = entry.starts_at.isoformat()
    whose = (entry.id, entry.resident_id, entry.place_code)
    outbox.record(HoursCounted(*whose, starts_at, entry.minutes, taken_back))


def _count(resident_id: int, *, credited: int = 0, held: int = 0) -> None:
    """Keep the sums, and say so when a star is reached: each one once, ever."""
    this = HourAccount.resident_id == resident_id
    sums = {"credited": HourAccount.credited + credited, "held": HourAccount.held + held}
    changed_rows(update(HourAccount).where(this).values(**sums))
    row = read(select(HourAccount.credited, HourAccount.stars).where(this)).one()
    reached = rules.stars(row.credited)
    if reached > row.stars:
        changed_rows(update(HourAccount).where(this).values(stars=reached))
        params = {"stars": reached, "hours": rules.STARS_AT_HOURS[reached - 1]}
        notices.tell(
            "star_reached", [resident_id], key=f"star:{reached}", about=_ABOUT, params=params
        )


_ABOUT = notices.About("hours", 1)
"""The page of one's own hours; it needs no number, and has one."""


def _tell_credited(served: Served, minutes: int, *, key: str) -> None:
    """Tell somebody once for a round what it counts, or will count."""
    standing = {
        language: texts.text(f"hours.{served.state}", language) for language in texts.LANGUAGES
    }
    notices.tell(
        "hours_credited",
        [served.resident_id],
        key=key,
        about=_ABOUT,
        params={"title": served.title, "minutes": minutes, "standing": standing},
    )


def _tell_corrected(entry: Any, reversal_id: int, after: int, before: int, reason: str) -> None:
    notices.tell(
        "hours_corrected",
        [entry.resident_id],
        key=f"hours_corrected:{reversal_id}",
        about=_ABOUT,
        params={"title": entry.title, "before": before, "after": after, "note": reason},
    )
