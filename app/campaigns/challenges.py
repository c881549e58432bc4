"""Challenges between the grids of a community: begin one, see how they stand, end it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import bindparam, case, delete, func, insert, or_, select, update
from sqlalchemy.sql import ColumnElement

from app.campaigns import challenge_rules as rules
from app.campaigns.challenge_models import Challenge, ChallengeGrid
from app.core import audit, clock, pages, texts
from app.core.access import Actor, Permission
from app.core.clock import day_start, shanghai_day
from app.core.db import changed_rows, read, unit_of_work, within, within_any
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.steps import one_by_one
from app.notices import service as notices
from app.notices.service import About
from app.places import rules as place_rules
from app.places.models import Place
from app.places.rules import PlaceKind
from app.quizzes import daily
from app.quizzes.models import Attempt
from app.residents.models import Residence

CHALLENGE_OVER = "challenge_over"


class ChallengeOverlaps(Conflict):
    """A community has one challenge at a time."""

    code = "challenge_overlaps"


class ChallengeBegun(Conflict):
    """From its first day on people take part, and a challenge goes its way."""

    code = "challenge_begun"


@unit_of_work()
def begin(
    actor: Actor,
    *,
    first_day: date,
    last_day: date,
    days: int,
    goal_percent: int = rules.MOST_GOAL,
    place_code: str | None = None,
    title: str | None = None,
) -> dict[str, Any]:
    """Plan a challenge between the grids of a community; from tomorrow on.

    Errors: InvalidInput (the place, the days), ChallengeOverlaps.
    """
    code = _community(actor, place_code)
    today = shanghai_day(clock.now())
    found = rules.faults(today=today, first_day=first_day, last_day=last_day, days=days)
    if found:
        raise InvalidInput(errors=found)
    # Whoever else plans one for the same community waits here, and then sees this one.
    read(select(Place.id).where(Place.code == code).with_for_update())
    overlapping = select(Challenge.id).where(
        Challenge.place_code == code,
        Challenge.first_day <= last_day,
        Challenge.last_day >= first_day,
    )
    if read(overlapping.limit(1)).first():
        raise ChallengeOverlaps
    row = {
        "place_code": code,
        "title": title,
        "first_day": first_day,
        "last_day": last_day,
        "days": days,
        "goal_percent": goal_percent,
        "created_by": actor.resident_id,
        "created_at": clock.now(),
    }
    challenge_id = int(read(insert(Challenge).returning(Challenge.id), row).scalar_one())
    return show(actor, challenge_id)


def _community(actor: Actor, place_code: str | None) -> str:
    """Return the community of a new challenge; the actor's own if they do not say.

    Errors: InvalidInput on `place_code`: not theirs, no community, or without two grids.
    """
    codes = actor.codes(Permission.CAMPAIGN_PLAN)
    code = place_code or codes[0]
    known = place_rules.is_code(code) and place_rules.kind_of(code) is PlaceKind.COMMUNITY
    if not known or not actor.reaches(Permission.CAMPAIGN_PLAN, code):
        raise InvalidInput.of("place_code", "unknown_place")
    if len(read(_GRIDS, {"community": code, "end": code + ":"}).all()) < 2:  # noqa: PLR2004 two
        raise InvalidInput.of("place_code", "too_few_grids")
    audit.note(place_code=code)
    return code


_GRIDS = (
    select(Place.code, Place.name)
    .where(
        Place.kind == PlaceKind.GRID,
        Place.code >= bindparam("community"),
        Place.code < bindparam("end"),
    )
    .order_by(Place.code)
)


@unit_of_work()
def withdraw(actor: Actor, challenge_id: int, *, reason: str) -> None:
    """Take back a challenge that has not begun, as if it had never been; the audit says why.

    Errors: NotFound, ChallengeBegun.
    """
    row = find_challenge(actor, challenge_id)
    if not actor.reaches(Permission.CAMPAIGN_PLAN, row.place_code):
        raise NotFound
    ahead = Challenge.first_day > shanghai_day(clock.now())
    if not changed_rows(delete(Challenge).where(Challenge.id == row.id, ahead)):
        raise ChallengeBegun
    about = f"{row.id}: {row.first_day} - {row.last_day}"
    audit.note(place_code=row.place_code, about=about, why=reason)


def list_communities(actor: Actor, place_code: str) -> list[dict[str, str]]:
    """Return the communities of a place in which somebody may begin one: `{code, name}`.

    Errors: NotFound (none, or not theirs).
    """
    if not actor.reaches(Permission.CAMPAIGN_PLAN, place_code):
        raise NotFound
    found = read(
        select(Place.code, Place.name)
        .where(Place.kind == PlaceKind.COMMUNITY, within(Place.code, place_code))
        .order_by(Place.code)
    ).all()
    if not found:
        raise NotFound
    return [{"code": row.code, "name": row.name} for row in found]


# Who sees what


def sees(actor: Actor) -> ColumnElement[bool]:
    """Whether somebody sees a challenge: of a community they live or work in, or around."""
    communities = {place_rules.community_of(role.place_code) for role in actor.roles}
    staff = actor.codes(Permission.CAMPAIGN_PLAN)
    at_home = Challenge.place_code.in_(sorted(filter(None, communities)))
    return or_(at_home, within_any(Challenge.place_code, staff))


_SHOWN = select(*Challenge.__table__.columns, Place.name.label("place_name")).join(
    Place, Place.code == Challenge.place_code
)


def find_challenge(actor: Actor, challenge_id: int) -> Any:
    """Return a challenge. Errors: NotFound, also when it is of another community."""
    row = read(_SHOWN.where(Challenge.id == challenge_id, sees(actor))).one_or_none()
    if row is None:
        raise NotFound
    return row


def list_challenges(
    actor: Actor,
    *,
    place: str | None = None,
    state: str | None = None,
    cursor: str | None = None,
    limit: int = pages.DEFAULT_LIMIT,
) -> dict[str, Any]:
    """Return the challenges that the actor sees, newest first; `place`: of communities there."""
    found, today = _SHOWN.where(sees(actor)), shanghai_day(clock.now())
    if place is not None:
        found = found.where(within(Challenge.place_code, place))
    if state is not None:
        found = found.where(_in_state(state, today))
    if after := pages.decode(cursor, int):
        found = found.where(Challenge.id < after[0])
    rows = read(found.order_by(Challenge.id.desc()).limit(limit + 1)).all()
    return pages.page(rows, limit, lambda row: _item(row, today), lambda row: (row.id,))


def _in_state(state: str, today: date) -> ColumnElement[bool]:
    if state == rules.PLANNED:
        return Challenge.first_day > today
    if state == rules.OVER:
        return Challenge.last_day < today
    return (Challenge.first_day <= today) & (Challenge.last_day >= today)


def _item(row: Any, today: date) -> dict[str, Any]:
    return {
        "id": row.id,
        "place_code": row.place_code,
        "place_name": row.place_name,
        "title": row.title,
        "first_day": row.first_day,
        "last_day": row.last_day,
        "days": row.days,
        "goal_percent": row.goal_percent,
        "state": rules.state_on(today, row.first_day, row.last_day),
    }


def show(actor: Actor, challenge_id: int) -> dict[str, Any]:
    """Return a challenge, how its grids stand, and how many days the actor has. Constant queries.

    Errors: NotFound.
    """
    row = find_challenge(actor, challenge_id)
    mine = _my_grid(actor, row)
    found = _standing(row, actor.language)
    for grid in found["standing"]:
        grid["mine"] = grid["place_code"] == mine
    return found | {"mine": _my_days(actor, row) if mine else None}


def show_planned(actor: Actor, place_code: str, challenge_id: int) -> dict[str, Any]:
    """Return a challenge of a place as who plans there sees it, three queries. Errors: NotFound.

    `withdrawable`: it has not begun.
    """
    row = find_challenge(actor, challenge_id)
    if not row.place_code.startswith(place_code):
        raise NotFound
    found = _standing(row, actor.language)
    return found | {
        "withdrawable": found["state"] == rules.PLANNED,
        "final": row.settled_at is not None,
    }


def _standing(row: Any, language: str) -> dict[str, Any]:
    """Return a challenge and how its grids stand, whoever asks."""
    now = clock.now()
    until = rules.counted_until(now, row.first_day, row.last_day)
    names = {grid.code: grid.name for grid in read(_GRIDS, _span(row))}
    found = _ended(row) if row.settled_at else _so_far(row, _grids(row, names, until))
    listed = [
        {
            "place_code": code,
            "name": names.get(code, code),
            "rank": place.rank,
            "people": place.people,
            "of": place.of,
            "percent": place.percent,
            "reached": place.reached,
        }
        for code, place in found.items()
    ]
    listed.sort(key=lambda one: (one["rank"] is None, one["rank"], one["place_code"]))
    return _item(row, shanghai_day(now)) | {
        "as_of": until,
        "fewest": rules.FEWEST,
        "formula": texts.text("challenges.formula", language, days=row.days, goal=row.goal_percent),
        "standing": listed,
    }


def _span(row: Any) -> dict[str, str]:
    return {"community": row.place_code, "end": row.place_code + ":"}


def _my_grid(actor: Actor, row: Any) -> str | None:
    mine = _registered(row, Residence.place_code).where(Residence.resident_id == actor.resident_id)
    found: str | None = read(mine).scalar_one_or_none()
    return found


def _my_days(actor: Actor, row: Any) -> dict[str, Any]:
    """Return on how many days the actor took part so far; today's are one's own to see."""
    mine = select(func.count()).where(
        _took_part(row.first_day, row.last_day), Attempt.resident_id == actor.resident_id
    )
    days = int(read(mine).scalar_one())
    return {"days": days, "done": days >= row.days}


# How they stand


def _took_part(first_day: date, until: date) -> ColumnElement[bool]:
    """Whether an attempt is a day on which somebody took part."""
    return (
        Attempt.day.between(first_day, until)
        & Attempt.finished_at.is_not(None)
        & (Attempt.counted > 0)
    )


def _registered(row: Any, *columns: Any) -> Any:
    """Return a statement of who lives in a grid of a challenge's community since before it."""
    return select(*columns).where(
        within(Residence.place_code, row.place_code),
        func.length(Residence.place_code) == place_rules.LENGTHS[PlaceKind.GRID],
        Residence.state == "confirmed",
        Residence.decided_at < day_start(row.first_day),
    )


def _grids(row: Any, names: Mapping[str, str], until: date | None) -> dict[str, rules.Grid]:
    grids = dict.fromkeys(names, rules.Grid(0, 0))
    if until is not None:
        grids |= _counted(row, until)
    return grids


def _counted(row: Any, until: date) -> dict[str, rules.Grid]:
    """Return residents of each grid, and how many of them took part on enough days; one query."""
    theirs = (Attempt.resident_id == Residence.resident_id) & _took_part(row.first_day, until)
    each = (
        _registered(row, Residence.place_code, func.count(Attempt.id).label("days"))
        .outerjoin(Attempt, theirs)
        .group_by(Residence.place_code, Residence.resident_id)
        .subquery()
    )
    enough = case((each.c.days >= row.days, 1), else_=0)
    asked = select(
        each.c.place_code, func.count().label("of"), func.sum(enough).label("done")
    ).group_by(each.c.place_code)
    return {found.place_code: rules.Grid(int(found.done), found.of) for found in read(asked)}


def _so_far(row: Any, grids: Mapping[str, rules.Grid]) -> dict[str, rules.Place]:
    return rules.standing(rules.so_far(grids), row.goal_percent)


def _ended(row: Any) -> dict[str, rules.Place]:
    kept = select(ChallengeGrid).where(ChallengeGrid.challenge_id == row.id)
    columns = kept.with_only_columns(*ChallengeGrid.__table__.columns)
    return {
        found.place_code: rules.Place(found.rank, found.people, found.of, reached=found.reached)
        for found in read(columns)
    }


# The end


def settle_over(most: int = 50) -> int:
    """Write down how challenges ended, and tell who took part; returns how many.

    What nobody finished is finished first. Mostly the clock has done so long ago; after some hours
    in which no jobs ran it has not, and who answered on the last evening would be missing for ever.
    """
    before = shanghai_day(clock.now() - rules.SETTLED_AFTER)
    due = (
        select(Challenge.id)
        .where(Challenge.settled_at.is_(None), Challenge.last_day < before)
        .order_by(Challenge.last_day, Challenge.id)
        .limit(most)
    )
    ids = read(due).scalars().all()
    while ids and daily.finish_overdue():
        pass
    return one_by_one(ids, _settle)


@unit_of_work()
def _settle(challenge_id: int) -> int:
    now = clock.now()
    mine = update(Challenge).where(Challenge.id == challenge_id, Challenge.settled_at.is_(None))
    if not changed_rows(mine.values(settled_at=now)):
        return 0
    row = read(_SHOWN.where(Challenge.id == challenge_id)).one()
    names = {grid.code: grid.name for grid in read(_GRIDS, _span(row))}
    found = rules.standing(_grids(row, names, row.last_day), row.goal_percent)
    kept = [
        {
            "challenge_id": challenge_id,
            "place_code": code,
            "rank": place.rank,
            "people": place.people,
            "of": place.of,
            "reached": place.reached,
        }
        for code, place in found.items()
    ]
    changed_rows(insert(ChallengeGrid), kept)
    _tell(row)
    return 1


def _tell(row: Any) -> None:
    """Thank everybody who took part, on however few days."""
    theirs = (Attempt.resident_id == Residence.resident_id) & _took_part(
        row.first_day, row.last_day
    )
    took_part = _registered(row, Residence.resident_id).join(Attempt, theirs).distinct()
    title = row.title or {
        spoken: texts.text("challenges.title", spoken) for spoken in texts.LANGUAGES
    }
    notices.tell(
        CHALLENGE_OVER,
        read(took_part).scalars().all(),
        key=f"challenge:{row.id}",
        about=About("challenge", row.id),
        params={"title": title, "place": row.place_name},
    )
