"""Planning a campaign: writing it, announcing it, calling it off; and what the clock moves."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, insert, update

from app.campaigns import audience, drawing, rules, service, telling
from app.campaigns.models import Campaign, CampaignMove, CampaignPlace
from app.campaigns.rules import Stage
from app.core import audit, clock
from app.core.access import Actor, Permission
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import Conflict, InvalidInput
from app.core.states import IllegalMove, Move, choose_move
from app.places import rules as place_rules
from app.places import service as places
from app.places.rules import PlaceKind

PLANNED_AT = (PlaceKind.DISTRICT, PlaceKind.STREET, PlaceKind.COMMUNITY)
FARTHEST = timedelta(days=366)
_NEW = insert(Campaign).returning(Campaign.id)


class NotADraft(Conflict):
    """What is announced is what people were told; it can be called off and planned anew."""

    code = "campaign_announced"


@unit_of_work()
def plan(actor: Actor, **given: Any) -> dict[str, Any]:
    """Plan a campaign, a draft that only its planners see; returns it.

    Errors: InvalidInput, naming what cannot be.
    """
    row, codes = _checked(actor, given)
    fresh = {
        "state": rules.DRAFT,
        "moves_made": 1,
        "versions": [],
        "created_by": actor.resident_id,
        "created_at": clock.now(),
        "opened_at": None,
        "participants": 0,
        "passed": 0,
        "tries_made": 0,
    }
    campaign_id = int(read(_NEW, row | fresh).scalar_one())
    _keep_places(campaign_id, codes)
    _write_move(campaign_id, 1, rules.PLAN, actor.resident_id, None)
    return service.show(actor, campaign_id)


@unit_of_work()
def change(actor: Actor, campaign_id: int, **given: Any) -> dict[str, Any]:
    """Change a draft; what is left out stays. Errors: NotFound, NotADraft, InvalidInput."""
    before = service.find_to_plan(actor, campaign_id)
    planned = service.plan_of(before, audience.places_of([campaign_id])[campaign_id])
    # Of two ways to say one thing the one that is given now is meant.
    for one, other in (("topics", "question_ids"), ("skill_months", "skill_until")):
        for given_one, dropped in ((one, other), (other, one)):
            if given.get(given_one):
                planned[dropped] = None
    if "place_code" in given and "places" not in given:
        planned["places"] = None
    row, codes = _checked(actor, planned | given)
    mine = update(Campaign).where(Campaign.id == campaign_id, Campaign.state == rules.DRAFT)
    if not changed_rows(mine.values(**row)):
        raise NotADraft
    changed_rows(delete(CampaignPlace).where(CampaignPlace.campaign_id == campaign_id))
    _keep_places(campaign_id, codes)
    return service.show(actor, campaign_id)


def _keep_places(campaign_id: int, codes: Collection[str]) -> None:
    rows = [{"campaign_id": campaign_id, "place_code": code} for code in codes]
    changed_rows(insert(CampaignPlace), rows)


def _checked(actor: Actor, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return a campaign's columns and the codes of its places. Errors: InvalidInput."""
    place_code = given["place_code"]
    codes = sorted(set(given.get("places") or [place_code]))
    _check_places(actor, place_code, codes)
    _check_days(given["first_day"], given["last_day"])
    title, about = given["title"], given.get("about") or {}
    topics, chosen = given.get("topics") or [], list(dict.fromkeys(given.get("question_ids") or []))
    count = _check_questions(place_code, topics, chosen, given.get("question_count"))
    row = {
        "place_code": place_code,
        "title_zh": title["zh"],
        "title_en": title.get("en"),
        "about_zh": about.get("zh"),
        "about_en": about.get("en"),
        "first_day": given["first_day"],
        "last_day": given["last_day"],
        "audience": given["audience"],
        "topics": topics,
        "chosen": chosen,
        "question_count": count,
        "minutes": given.get("minutes") or rules.minutes_for(count),
        "pass_percent": given["pass_percent"],
        "most_tries": given["most_tries"],
        "wait_hours": given["wait_hours"],
    }
    return row | _skill(given), codes


def _check_places(actor: Actor, place_code: str, codes: Collection[str]) -> None:
    known = places.names_of({place_code, *codes})
    mine = actor.reaches(Permission.CAMPAIGN_PLAN, place_code)
    if not mine or place_code not in known or place_rules.kind_of(place_code) not in PLANNED_AT:
        raise InvalidInput.of("place_code", "unknown_place")
    if any(code not in known or not code.startswith(place_code) for code in codes):
        raise InvalidInput.of("places", "unknown_place")
    audit.note(place_code=place_code)


def _check_days(first: date, last: date) -> None:
    today = clock.shanghai_day(clock.now())
    if last < first:
        raise InvalidInput.of("last_day", "before_the_start")
    if last < today:
        raise InvalidInput.of("last_day", "in_the_past")
    if (last - first).days >= rules.LONGEST_DAYS:
        raise InvalidInput.of("last_day", "not_within", days=rules.LONGEST_DAYS)
    if first > today + FARTHEST:
        raise InvalidInput.of("first_day", "not_within", days=FARTHEST.days)


def _check_questions(
    place_code: str, topics: list[str], chosen: list[int], count: int | None
) -> int:
    """Return how many questions a try has."""
    if bool(topics) == bool(chosen):
        raise InvalidInput.of("topics", "topics_or_questions")
    available = len(drawing.pool(place_code, topics, chosen, "count"))
    if chosen and available < len(chosen):
        raise InvalidInput.of("question_ids", "unknown_question_of_bank")
    count = count or (len(chosen) if chosen else rules.USUAL_QUESTIONS)
    if not rules.FEWEST_QUESTIONS <= count <= min(available, rules.MOST_QUESTIONS):
        raise InvalidInput.of("question_count", "too_few_questions", available=available)
    return count


def _skill(given: Mapping[str, Any]) -> dict[str, Any]:
    skill, months, until = (given.get(name) for name in ("skill", "skill_months", "skill_until"))
    if skill is None:
        months = until = None
    if months is not None and until is not None:
        raise InvalidInput.of("skill_until", "months_or_day")
    # So long somebody may still pass on paper, and gets what the others got.
    if until is not None and until < given["last_day"] + timedelta(days=rules.ENTER_DAYS):
        raise InvalidInput.of("skill_until", "before_the_end", days=rules.ENTER_DAYS)
    return {"skill": skill, "skill_months": months, "skill_until": until}


# Moves


@unit_of_work()
def move(actor: Actor, campaign_id: int, *, to: str, note: str | None = None) -> dict[str, Any]:
    """Announce a campaign, drop it, or call it off; returns it.

    On its first day or later, announcing opens it at once. Errors: NotFound, IllegalMove,
    MoveNotYours, InvalidInput (too few questions are published).
    """
    row = service.find_to_plan(actor, campaign_id)
    stage = service.stage_of(row, clock.now())
    relations, given = {rules.ORGANISER}, {"note": note}
    made = choose_move(rules.MOVES, stage, row.state, to, relations, given=given)
    changes: dict[str, Any] = {}
    if made.name == "announce":
        _check_questions(row.place_code, row.topics, row.chosen, row.question_count)
        changes = {"versions": _put_aside(row)}
    _make(row, made, actor.resident_id, note, changes)
    if made.name == "announce":
        telling.begin(row.id, telling.ANNOUNCED)
        if stage.begun:
            _open(row.id)
    elif made.name in {"call_off", "break_off"}:
        telling.stop(row.id)
        telling.begin(row.id, telling.CANCELLED)
    return service.show(actor, campaign_id)


@unit_of_work()
def open_by_clock(campaign_id: int) -> int:
    """Open an announced campaign whose first day came; returns 1. Errors: IllegalMove."""
    _open(campaign_id)
    return 1


@unit_of_work()
def close_by_clock(campaign_id: int) -> int:
    """End a campaign whose last day is over; returns 1. Errors: IllegalMove.

    Whoever was not told by then is not asked any more to take part.
    """
    row = service.find_for_system(campaign_id)
    _make(row, _due(row, "close"), None, None, {})
    telling.stop(row.id)
    return 1


def _open(campaign_id: int) -> None:
    """Put the questions aside as they are now, and let the campaign run.

    What was retired since it was announced is not asked; were all of them, those of then are.
    """
    row = service.find_for_system(campaign_id)
    versions = _put_aside(row) or row.versions
    changes = {
        "versions": versions,
        "question_count": min(row.question_count, len(versions)),
        "opened_at": clock.now(),
    }
    _make(row, _due(row, "open"), None, None, changes)


def _due(row: Any, name: str) -> Move[Stage]:
    made = rules.BY_NAME[name]
    if row.state != made.origin or not made.when(service.stage_of(row, clock.now())):
        raise IllegalMove(state=row.state, to=made.to)
    return made


def _put_aside(row: Any) -> list[int]:
    found = drawing.pool(row.place_code, row.topics, row.chosen, str(row.id))
    return [version for version, _ in found]


def _make(
    row: Any,
    made: Move[Stage],
    actor_id: int | None,
    note: str | None,
    changes: Mapping[str, Any],
) -> None:
    """Make a move and write it down. Errors: IllegalMove, when somebody was faster."""
    standing = (Campaign.id == row.id) & (Campaign.state == made.origin)
    values = {"state": made.to, "moves_made": Campaign.moves_made + 1, **changes}
    if not changed_rows(update(Campaign).where(standing).values(values)):
        raise IllegalMove(state=row.state, to=made.to)
    seq = service.find_for_system(row.id).moves_made
    _write_move(row.id, seq, made, actor_id, note)


def _write_move(
    campaign_id: int, seq: int, made: Move[Stage], actor_id: int | None, note: str | None
) -> None:
    line = {
        "campaign_id": campaign_id,
        "seq": seq,
        "at": clock.now(),
        "move": made.name,
        "from_state": made.origin or None,
        "to_state": made.to,
        "actor_id": actor_id,
        "note": note,
    }
    changed_rows(insert(CampaignMove), line)
