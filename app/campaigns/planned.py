"""Campaigns as those who plan them see them at a desk: by place, and in few queries.

The phone asks besides what its owner may do ("can I begin a try?"); at a desk nobody takes part.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.sql import ColumnElement

from app.campaigns import audience, certificates, entered, entering, gathering, rules, service
from app.campaigns.breadth_models import CampaignBreadth
from app.campaigns.models import Campaign, CampaignPlace
from app.campaigns.planning import PLANNED_AT, NotADraft
from app.campaigns.variants import VARIANTS
from app.core import clock, pages
from app.core.access import Actor, Permission
from app.core.db import read, within
from app.core.errors import NotFound
from app.core.states import open_moves
from app.places import rules as place_rules
from app.places import service as places
from app.places.models import Place
from app.places.rules import PlaceKind
from app.quizzes import rules as quiz_rules
from app.quizzes import showing
from app.quizzes.models import Question, Version

AHEAD = (rules.RUNNING, rules.ANNOUNCED, rules.DRAFT)
PAST = (rules.OVER, rules.CANCELLED)
MOST_AHEAD = 100
"""So many campaigns that are not over are listed; nobody has as many."""
MOST_PLACES, MOST_OF_A_TOPIC = 600, 40
"""So many places and questions are offered to choose from; of a topic, the newest."""
_WITH_FIGURES = select(*Campaign.__table__.columns, CampaignBreadth.figures).outerjoin(
    CampaignBreadth, CampaignBreadth.campaign_id == Campaign.id
)


def _check(actor: Actor, place_code: str) -> None:
    if not actor.reaches(Permission.CAMPAIGN_PLAN, place_code):
        raise NotFound


def _at(place_code: str) -> ColumnElement[bool]:
    """Whether a campaign is planned in a place, or announced for somebody there."""
    return or_(within(Campaign.place_code, place_code), service.concerns([place_code]))


def list_planned(
    actor: Actor,
    place_code: str,
    *,
    cursor: str | None = None,
    limit: int = pages.DEFAULT_LIMIT,
) -> dict[str, Any]:
    """Return a place's campaigns: `ahead`, which run or are planned, and a page of those over.

    On the pages after the first there is nothing ahead. Each as the list of the phone has it,
    with `took_part`: the figure that stands for ever, once it is made. Errors: NotFound.
    """
    _check(actor, place_code)
    ahead: list[Any] = []
    if cursor is None:
        open_ones = _WITH_FIGURES.where(_at(place_code), Campaign.state.in_(AHEAD))
        order = (Campaign.first_day, Campaign.id)
        ahead = list(read(open_ones.order_by(*order).limit(MOST_AHEAD)).all())
    past = _WITH_FIGURES.where(_at(place_code), Campaign.state.in_(PAST))
    if after := pages.decode(cursor, int):
        past = past.where(Campaign.id < after[0])
    rows = read(past.order_by(Campaign.id.desc()).limit(limit + 1)).all()
    names = places.names_of({row.place_code for row in [*ahead, *rows]})

    def shown(row: Any) -> dict[str, Any]:
        found = service.item(actor, row, names)
        made = row.figures if found["counts"] else None
        return found | {"took_part": made and made["total"]}

    return {"ahead": [shown(row) for row in ahead]} | pages.page(
        rows, limit, shown, lambda row: (row.id,)
    )


def find(actor: Actor, place_code: str, campaign_id: int) -> Any:
    """Return a campaign's row, with its `figures`, that is planned in a place.

    Errors: NotFound, also where somebody else plans it.
    """
    _check(actor, place_code)
    mine = (Campaign.id == campaign_id) & within(Campaign.place_code, place_code)
    row = read(_WITH_FIGURES.where(mine)).one_or_none()
    if row is None:
        raise NotFound
    return row


def find_draft(actor: Actor, place_code: str, campaign_id: int) -> tuple[Any, list[str]]:
    """Return a draft's row, and the codes of its places. Errors: NotFound, NotADraft."""
    row = find(actor, place_code, campaign_id)
    if row.state != rules.DRAFT:
        raise NotADraft
    return row, audience.places_of([row.id])[row.id]


def show_planned(actor: Actor, place_code: str, campaign_id: int) -> dict[str, Any]:
    """Return a campaign of a place, or one that is for somebody there; four queries.

    `certified`: who passed may be known by name. `moves`, `history` and `breadth` are for who
    plans it. Errors: NotFound.
    """
    _check(actor, place_code)
    row = read(_WITH_FIGURES.where(Campaign.id == campaign_id, _at(place_code))).one_or_none()
    if row is None:
        raise NotFound
    names, codes = _around(row)
    planned, now = actor.reaches(Permission.CAMPAIGN_PLAN, row.place_code), clock.now()
    made = open_moves(rules.MOVES, service.stage_of(row, now), row.state, {rules.ORGANISER})
    return service.item(actor, row, names) | {
        "planned": planned,
        "about": row.about_zh and service.in_words(row.about_zh, row.about_en, actor.language),
        "places": [{"code": code, "name": names.get(code, "")} for code in codes],
        "topics": list(row.topics),
        "chosen": len(row.chosen),
        "pool": len(row.versions) if row.opened_at else None,
        "most_tries": row.most_tries,
        "wait_hours": row.wait_hours,
        "gives": service.gives(row, actor.language),
        "opened": row.opened_at is not None,
        "certified": row.opened_at is not None and certificates.may_list(actor, row),
        "progress": _progress(row, now),
        "moves": [move.shown() for move in made] if planned else [],
        "history": service.history(row.id) if planned else [],
        "breadth": _breadth(actor, row, names, codes) if planned else None,
    }


def _around(row: Any) -> tuple[dict[str, str], list[str]]:
    """Return the names of places that figures are told of, and the codes of those it is for."""
    meant = and_(CampaignPlace.campaign_id == row.id, CampaignPlace.place_code == Place.code)
    inner = within(Place.code, row.place_code) & (
        func.length(Place.code) == gathering.inner_length(row.place_code)
    )
    found = read(
        select(Place.code, Place.name, CampaignPlace.campaign_id.label("meant"))
        .outerjoin(CampaignPlace, meant)
        .where(or_(CampaignPlace.campaign_id.is_not(None), Place.code == row.place_code, inner))
        .order_by(Place.code)
    ).all()
    names = {one.code: one.name for one in found}
    return names, [one.code for one in found if one.meant is not None]


def _progress(row: Any, now: datetime) -> dict[str, int]:
    """Return which day of how many it is: 0 before the first one."""
    days = (row.last_day - row.first_day).days + 1
    begun = (clock.shanghai_day(now) - row.first_day).days + 1
    return {"day": min(max(begun, 0), days), "days": days}


def _breadth(
    actor: Actor, row: Any, names: Mapping[str, str], codes: list[str]
) -> dict[str, Any] | None:
    """Return who took part, as it may be told; nothing of what never opened."""
    if row.opened_at is None:
        return None
    found = row.figures or gathering.so_far(row, codes)
    return gathering.named(row, found, names, actor.language, final=row.figures is not None)


# What a form chooses from


def list_choices(
    actor: Actor, place_code: str, *, codes: Collection[str] = (), ids: Collection[int] = ()
) -> dict[str, Any]:
    """Return the places below a place, and what its campaigns may ask; two queries.

    `places`: `{code, name}`, two floors deep; `topics`: `{topic, total, questions: {id, stem}}`.
    `codes`, `ids`: places and questions that are chosen already; they are among them.
    Errors: NotFound (nobody plans campaigns there).
    """
    _check(actor, place_code)
    below = [length for length in place_rules.LENGTHS.values() if length > len(place_code)][:2]
    if place_rules.kind_of(place_code) not in PLANNED_AT:
        raise NotFound
    offered = func.length(Place.code).in_(below) | Place.code.in_(sorted(codes))
    rows = read(
        select(Place.code, Place.name)
        .where(within(Place.code, place_code), Place.code != place_code, offered)
        .order_by(Place.code)
        .limit(MOST_PLACES)
    )
    return {
        "places": [{"code": row.code, "name": row.name} for row in rows],
        "topics": _questions(place_code, ids, actor.language),
    }


def _questions(place_code: str, chosen: Collection[int], language: str) -> list[dict[str, Any]]:
    place = func.row_number().over(partition_by=Version.topic, order_by=Version.question_id.desc())
    numbered = (
        select(
            Version.question_id,
            Version.topic,
            Version.content,
            place.label("place"),
            func.count().over(partition_by=Version.topic).label("total"),
        )
        .join(Question, Question.id == Version.question_id)
        .where(Version.state == quiz_rules.PUBLISHED, showing.ASKED_AT)
        .subquery()
    )
    asked = select(numbered).where(
        (numbered.c.place <= MOST_OF_A_TOPIC) | numbered.c.question_id.in_(sorted(chosen))
    )
    found: dict[str, dict[str, Any]] = {}
    for row in read(asked.order_by(numbered.c.question_id), showing.around(place_code)):
        one = found.setdefault(row.topic, {"topic": row.topic, "total": row.total, "questions": []})
        stem = showing.in_words(row.content["stem"], language)
        one["questions"].append({"id": row.question_id, "stem": stem})
    return [found[topic] for topic in quiz_rules.TOPICS if topic in found]


# Paper


def show_papers(
    actor: Actor, place_code: str, campaign_id: int, *, cursor: str | None = None, limit: int
) -> dict[str, Any]:
    """Return a campaign's paper, what was typed in, and the grids that a sheet may be from.

    Four queries. Errors: NotFound, PaperClosed (it has not opened).
    """
    row = find(actor, place_code, campaign_id)
    papers = entering.papers_of(row, actor.language)
    grids = read(
        select(Place.code, Place.name)
        .where(within(Place.code, row.place_code), Place.kind == PlaceKind.GRID)
        .order_by(Place.code)
        .limit(MOST_PLACES)
    )
    return papers | {
        "place_code": row.place_code,
        "state": row.state,
        "grids": [{"code": grid.code, "name": grid.name} for grid in grids],
        "results": entered.results_of(row.id, cursor=cursor, limit=limit),
    }


def show_result(
    actor: Actor, place_code: str, campaign_id: int, paper_id: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an entry, and the paper that it is of. Errors: NotFound, PaperClosed."""
    row = find(actor, place_code, campaign_id)
    found = entered.show(actor, paper_id)
    if found["campaign_id"] != row.id:
        raise NotFound
    papers = entering.papers_of(row, actor.language)
    return found, papers


def paper_link(actor: Actor, place_code: str, campaign_id: int, variant: str, *, what: str) -> str:
    """Return where a variant (`papers`) or its key (`keys`) is printed, for a quarter of an hour.

    Errors: NotFound; PaperClosed (it has not opened).
    """
    row = find(actor, place_code, campaign_id)
    if variant not in VARIANTS:
        raise NotFound
    if row.opened_at is None:
        raise entering.PaperClosed(days=rules.ENTER_DAYS)
    return entering.link(what, row.id, variant, clock.now())
