"""Campaigns as people find them: those for them, those of the places that they plan for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, exists, or_, select
from sqlalchemy.sql import ColumnElement

from app.campaigns import audience, breadth, rules
from app.campaigns.models import (
    Campaign,
    CampaignCertificate,
    CampaignMove,
    CampaignPlace,
    CampaignTelling,
    CampaignTry,
)
from app.campaigns.rules import Stage, Tried
from app.core import audit, clock, pages
from app.core.access import Actor, Permission
from app.core.db import read, within_any
from app.core.errors import NotFound
from app.core.states import open_moves
from app.core.texts import text
from app.places import rules as place_rules
from app.places import service as places
from app.residents.models import Resident

FOR_ME, OURS = "for_me", "ours"
SCOPES = (FOR_ME, OURS)
_CAMPAIGNS = select(*Campaign.__table__.columns)
_ANNOUNCED = or_(
    Campaign.state.in_((rules.ANNOUNCED, rules.RUNNING, rules.OVER)),
    and_(
        Campaign.state == rules.CANCELLED,
        exists(select(1).where(CampaignTelling.campaign_id == Campaign.id)),
    ),
)
"""Whether it is public; what was dropped as a draft never was."""


def find_campaign(actor: Actor, campaign_id: int) -> Any:
    """Return a campaign's row: for the actor, tried by them, of or for their places.

    Errors: NotFound.
    """
    found = _CAMPAIGNS.where(Campaign.id == campaign_id, _seen_by(actor))
    row = read(found).one_or_none()
    if row is None:
        raise NotFound
    return row


def find_to_plan(actor: Actor, campaign_id: int) -> Any:
    """Return a campaign's row that the actor plans. Errors: NotFound."""
    row = read(_CAMPAIGNS.where(Campaign.id == campaign_id, _planned_by(actor))).one_or_none()
    if row is None:
        raise NotFound
    audit.note(place_code=row.place_code)
    return row


def find_for_system(campaign_id: int) -> Any:
    """Return a campaign's row, whoever asks: for the clock."""
    return read(_CAMPAIGNS.where(Campaign.id == campaign_id)).one()


def _planned_by(actor: Actor) -> ColumnElement[bool]:
    return within_any(Campaign.place_code, actor.codes(Permission.CAMPAIGN_PLAN))


def concerns(codes: Collection[str]) -> ColumnElement[bool]:
    """Whether a campaign is announced for a place in or around these, whoever organises it."""
    around = {above for code in codes for above in place_rules.codes_above(code)}
    place = CampaignPlace.place_code
    here = or_(place.in_(sorted(around)), within_any(place, tuple(codes)))
    return and_(_ANNOUNCED, exists(select(1).where(CampaignPlace.campaign_id == Campaign.id, here)))


def _ours(actor: Actor) -> ColumnElement[bool]:
    return or_(_planned_by(actor), concerns(actor.codes(Permission.CAMPAIGN_PLAN)))


def _tried_by(actor: Actor) -> ColumnElement[bool]:
    mine = CampaignTry.resident_id == actor.resident_id
    return exists(select(1).where(CampaignTry.campaign_id == Campaign.id, mine))


def _taken_by(actor: Actor) -> ColumnElement[bool]:
    meant = and_(_ANNOUNCED, audience.is_for(audience.around(actor)))
    return or_(meant, _tried_by(actor))


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    return or_(_ours(actor), _taken_by(actor))


def list_campaigns(
    actor: Actor,
    *,
    scope: str | None = None,
    state: str | None = None,
    cursor: str | None = None,
    limit: int,
) -> dict[str, Any]:
    """Return a page of campaigns, the newest first: those for the actor, or their places'.

    Without a scope, those of their places for whoever plans any. Errors: InvalidInput (cursor).
    """
    planning = actor.may(Permission.CAMPAIGN_PLAN)
    scope = scope or (OURS if planning else FOR_ME)
    found = _CAMPAIGNS.where(_ours(actor) if scope == OURS else _taken_by(actor))
    if state:
        found = found.where(Campaign.state == state)
    if after := pages.decode(cursor, int):
        found = found.where(Campaign.id < after[0])
    rows = read(found.order_by(Campaign.id.desc()).limit(limit + 1)).all()
    names = places.names_of({row.place_code for row in rows})
    mine = tried(actor.resident_id, [row.id for row in rows])

    def shown(row: Any) -> dict[str, Any]:
        done = mine.get(row.id, Mine())
        standing = {
            "tries": done.tried.tries,
            "passed": done.tried.passed,
            "open": done.open_attempt is not None,
            "best_percent": done.best,
        }
        return item(actor, row, names) | {"mine": standing}

    return pages.page(rows, limit, shown, lambda row: (row.id,))


def item(actor: Actor, row: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what a list says of a campaign; the numbers are for those who plan it."""
    planned = actor.reaches(Permission.CAMPAIGN_PLAN, row.place_code)
    return {
        "id": row.id,
        "title": in_words(row.title_zh, row.title_en, actor.language),
        "place_code": row.place_code,
        "place_name": names.get(row.place_code, ""),
        "first_day": row.first_day,
        "last_day": row.last_day,
        "state": row.state,
        "audience": row.audience,
        "question_count": row.question_count,
        "minutes": row.minutes,
        "pass_percent": row.pass_percent,
        "skill": row.skill,
        "counts": _counts(row) if planned else None,
    }


def in_words(chinese: str, english: str | None, language: str) -> str:
    """Return a text in a language; Chinese where there is no English."""
    return english if language == "en" and english else chinese


def _counts(row: Any) -> dict[str, Any]:
    """Return the numbers in steps, so that no two of them tell of one person."""
    return {
        "participants": breadth.at_least(row.participants),
        "passed": breadth.at_least(row.passed),
        "tries": breadth.at_least(row.tries_made) if row.participants >= breadth.FEWEST else None,
        "fewer_than": breadth.FEWEST,
    }


# What somebody did


@dataclass(slots=True)
class Mine:
    """What somebody did in a campaign. `asked`: attempts, for what they have seen already."""

    tried: Tried = field(default_factory=Tried)
    best: int | None = None
    open_attempt: int | None = None
    attempts: list[int] = field(default_factory=list)


def tried(resident_id: int, campaign_ids: Collection[int]) -> dict[int, Mine]:
    """Return what somebody did in campaigns, by campaign, in one query."""
    rows = read(_TRIES, {"me": resident_id, "ids": sorted(campaign_ids)}).all()
    return {
        one: _mine([row for row in rows if row.campaign_id == one])
        for one in {row.campaign_id for row in rows}
    }


_TRIES = (
    select(*CampaignTry.__table__.columns)
    .where(
        CampaignTry.resident_id == bindparam("me"),
        CampaignTry.campaign_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(CampaignTry.number)
)


def _mine(rows: Collection[Any]) -> Mine:
    done = [row for row in rows if row.finished_at is not None]
    return Mine(
        Tried(
            tries=len(rows),
            passed=any(row.passed for row in done),
            ended_at=max((row.finished_at for row in done), default=None),
        ),
        max((rules.percent(row.right_count, row.question_count) for row in done), default=None),
        next((row.attempt_id for row in rows if row.finished_at is None), None),
        [row.attempt_id for row in rows if row.attempt_id is not None],
    )


# One campaign


def show(actor: Actor, campaign_id: int) -> dict[str, Any]:
    """Return one campaign with everything that the actor may know and do. Errors: NotFound."""
    row = find_campaign(actor, campaign_id)
    codes = audience.places_of([row.id])[row.id]
    names = places.names_of({row.place_code, *codes})
    planned = actor.reaches(Permission.CAMPAIGN_PLAN, row.place_code)
    stage = stage_of(row, clock.now())
    relations = {rules.ORGANISER} if planned else set()
    starts_at, ends_at = span(row)
    return item(actor, row, names) | {
        "about": row.about_zh and in_words(row.about_zh, row.about_en, actor.language),
        "places": [{"code": code, "name": names.get(code, "")} for code in codes],
        "topics": [
            {"code": one, "name": text(f"quizzes.topics.{one}", actor.language)}
            for one in row.topics
        ],
        "starts_at": starts_at,
        "ends_at": ends_at,
        "most_tries": row.most_tries,
        "wait_hours": row.wait_hours,
        "gives": gives(row, actor.language),
        "mine": _standing(actor, row, codes),
        "moves": [move.shown() for move in open_moves(rules.MOVES, stage, row.state, relations)],
        "history": history(row.id) if planned else [],
        "plan": plan_of(row, codes) if planned else None,
        "pool": len(row.versions) if planned else None,
    }


def span(row: Any) -> tuple[datetime, datetime]:
    """Return the moments at which a campaign begins and ends."""
    return clock.day_start(row.first_day), clock.day_start(row.last_day + timedelta(days=1))


def stage_of(row: Any, now: datetime) -> Stage:
    """Return what the clock's moves of a campaign depend on."""
    starts_at, ends_at = span(row)
    return Stage(begun=now >= starts_at, ended=now >= ends_at)


def gives(row: Any, language: str) -> dict[str, Any] | None:
    """Return what passing gives besides the certificate."""
    if row.skill is None:
        return None
    return {
        "skill": row.skill,
        "name": text(f"rosters.skills.{row.skill}", language),
        "months": row.skill_months,
        "until": row.skill_until,
    }


def _standing(actor: Actor, row: Any, codes: Collection[str]) -> dict[str, Any]:
    done = tried(actor.resident_id, [row.id]).get(row.id, Mine())
    for_me = audience.around(actor).meets(row.audience, codes)
    now = clock.now()
    why_not = rules.why_not(row.state, done.tried, row.most_tries, row.wait_hours, now)
    if why_not is None and not for_me:
        why_not = rules.NOT_FOR_YOU
    if why_not is None and knows_key(actor, row):
        why_not = rules.KNOWS_KEY
    again = rules.next_try_at(done.tried, row.wait_hours)
    waiting = why_not == rules.TOO_SOON
    return {
        "for_me": for_me,
        "tries": done.tried.tries,
        "tries_left": max(row.most_tries - done.tried.tries, 0),
        "passed": done.tried.passed,
        "best_percent": done.best,
        "next_try_at": again if waiting else None,
        "open_attempt_id": done.open_attempt,
        "certificate_number": standing_number(actor.resident_id, row.id),
        "can_start": why_not is None or done.open_attempt is not None,
        "why_not": None if done.open_attempt is not None else why_not,
    }


def knows_key(actor: Actor, row: Any) -> bool:
    """Whether somebody planned a campaign, or may print its key at any time, as during a try."""
    planned = row.created_by == actor.resident_id
    return planned or actor.reaches(Permission.CAMPAIGN_PLAN, row.place_code)


def standing_number(resident_id: int, campaign_id: int) -> str | None:
    """Return the number of the certificate that stands for somebody and a campaign."""
    row = read(_NUMBER, {"me": resident_id, "campaign": campaign_id}).scalar_one_or_none()
    return row and str(row)


_NUMBER = select(CampaignCertificate.number).where(
    CampaignCertificate.resident_id == bindparam("me"),
    CampaignCertificate.campaign_id == bindparam("campaign"),
    CampaignCertificate.revoked_at.is_(None),
)


def history(campaign_id: int) -> list[dict[str, Any]]:
    """Return what was done about a campaign, the first first; the clock has no name."""
    rows = read(
        select(
            CampaignMove.at,
            CampaignMove.move,
            CampaignMove.to_state,
            CampaignMove.note,
            Resident.name,
        )
        .outerjoin(Resident, Resident.id == CampaignMove.actor_id)
        .where(CampaignMove.campaign_id == campaign_id)
        .order_by(CampaignMove.seq)
    )
    return [
        {"at": row.at, "move": row.move, "to": row.to_state, "by": row.name, "note": row.note}
        for row in rows
    ]


def plan_of(row: Any, codes: Collection[str]) -> dict[str, Any]:
    """Return a campaign as it was planned: what its form takes."""
    return {
        "place_code": row.place_code,
        "title": {"zh": row.title_zh, "en": row.title_en},
        "about": {"zh": row.about_zh, "en": row.about_en} if row.about_zh else None,
        "first_day": row.first_day,
        "last_day": row.last_day,
        "audience": row.audience,
        "places": list(codes),
        "topics": row.topics,
        "question_ids": row.chosen,
        "question_count": row.question_count,
        "minutes": row.minutes,
        "pass_percent": row.pass_percent,
        "most_tries": row.most_tries,
        "wait_hours": row.wait_hours,
        "skill": row.skill,
        "skill_months": row.skill_months,
        "skill_until": row.skill_until,
    }
