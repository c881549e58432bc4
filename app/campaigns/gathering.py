"""Who takes part in a campaign and what people know by topic: figures without names.

They are made once, when no paper can be entered any more (`last_entry`), and stand for ever; so
nobody learns from two of them what somebody did between. What may be told is `breadth`'s.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, case, func, insert, select
from sqlalchemy.sql import ColumnElement

from app.campaigns import audience, breadth, service
from app.campaigns.breadth import FEWEST, Row
from app.campaigns.breadth_models import CampaignBreadth, KnowledgeMonth
from app.campaigns.entering import last_entry
from app.campaigns.models import Campaign, CampaignTry
from app.campaigns.paper_models import STANDING, CampaignPaper, PaperAnswer
from app.core import clock, texts
from app.core.access import Actor, Permission, RoleKind
from app.core.clock import day_range, day_start, shanghai_day
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import InvalidInput, NotFound
from app.core.idempotency import insert_ignore
from app.core.steps import one_by_one
from app.places import rules as place_rules
from app.places import service as places
from app.places.rules import PlaceKind
from app.quizzes.models import Answer, Review, Version
from app.quizzes.rules import TOPICS
from app.residents.models import HeldRole, Residence

LONGEST_MONTHS, SHOWN_MONTHS = 24, 6
FLOORS = tuple(
    place_rules.LENGTHS[kind]
    for kind in (PlaceKind.DISTRICT, PlaceKind.STREET, PlaceKind.COMMUNITY)
)
"""On these knowledge is told by months, in digits of a code."""
NOWHERE = ""
"""Stands for homes of which only the community is known, or that lie elsewhere."""
Sums = dict[str, dict[int, float]]
"""By topic and person the share of right answers."""


def show_breadth(actor: Actor, campaign_id: int) -> dict[str, Any]:
    """Return who takes part in a campaign, and what they know. Errors: NotFound.

    Until the figures are made: only how many took part until last midnight, in fives.
    """
    campaign = service.find_to_plan(actor, campaign_id)
    kept = select(CampaignBreadth.figures).where(CampaignBreadth.campaign_id == campaign.id)
    figures = read(kept).scalar_one_or_none()
    found = figures or so_far(campaign)
    names = places.names_of([row["place_code"] for row in found["places"] if row["place_code"]])
    return {
        "campaign_id": campaign.id,
        "title": service.in_words(campaign.title_zh, campaign.title_en, actor.language),
        "from": campaign.first_day,
        "to": campaign.last_day,
    } | named(campaign, found, names, actor.language, final=figures is not None)


def named(
    campaign: Any,
    found: Mapping[str, Any],
    names: Mapping[str, str],
    language: str,
    *,
    final: bool,
) -> dict[str, Any]:
    """Return figures with the names of places and topics."""
    return {
        "final": final,
        "final_on": last_entry(campaign) + timedelta(days=1),
        "fewest": FEWEST,
        "total": found["total"],
        "on_paper": found["on_paper"],
        "without_account": found["without_account"],
        "places": [
            row | {"name": names.get(row["place_code"], row["place_code"])}
            for row in found["places"]
        ],
        "topics": [
            row | {"name": texts.text(f"quizzes.topics.{row['topic']}", language)}
            for row in found["topics"]
        ],
    }


def so_far(campaign: Any, codes: Sequence[str] | None = None) -> dict[str, Any]:
    """Return the figures of a campaign before they are made. `codes`: of its places, if known."""
    # Of the days that are over: looking again and again tells nobody who took part just now.
    rows = _homes(campaign, day_start(shanghai_day(clock.now())), codes)
    told = breadth.told(rows)
    total = breadth.together(rows.values()) if told.total else None
    return {
        "total": _in_fives(total),
        "on_paper": None,
        "without_account": None,
        "places": [
            {"place_code": code or None, **_in_fives(row if code in told.rows else None)}
            for code, row in sorted(rows.items())
        ],
        "topics": [],
    }


def _in_fives(row: Row | None) -> dict[str, Any]:
    people = None if row is None else breadth.at_least(row.people)
    return _shown(None if row is None or people is None else Row(people, row.of))


def _shown(row: Row | None) -> dict[str, Any]:
    if row is None:
        return {"people": None, "of": None, "share": None}
    return {"people": row.people, "of": row.of, "share": round(row.people / row.of, 2)}


# How figures are made


def settle_figures(most: int = 20) -> int:
    """Make the figures of campaigns of which nothing changes any more; returns how many."""
    before = shanghai_day(clock.now())
    made = select(CampaignBreadth.campaign_id)
    due = (
        select(*Campaign.__table__.columns)
        .where(
            Campaign.opened_at.is_not(None),
            Campaign.last_day < before,
            Campaign.id.not_in(made),
        )
        .order_by(Campaign.last_day, Campaign.id)
    )
    ready = [row.id for row in read(due) if last_entry(row) < before][:most]
    return one_by_one(ready, _settle)


@unit_of_work()
def _settle(campaign_id: int) -> int:
    figures = _reckon(service.find_for_system(campaign_id))
    row = {"campaign_id": campaign_id, "figures": figures, "at": clock.now()}
    return changed_rows(insert_ignore(CampaignBreadth), row)


def _reckon(campaign: Any) -> dict[str, Any]:
    rows = _homes(campaign, clock.now())
    told = breadth.told(rows)
    total = breadth.together(rows.values()) if told.total else None
    paper = _on_paper(campaign)
    shares, alone = _in_campaign(campaign)
    before, after = _first_answers(campaign)
    for topic, people in _of_paper(campaign).items():
        after.setdefault(topic, {}).update(people)
    return {
        "total": _shown(total),
        "on_paper": paper if total and breadth.told_of_part(total.people, paper) else None,
        "without_account": _figure(alone) if total else None,
        "places": [
            {"place_code": code or None, **_shown(row if code in told.rows else None)}
            for code, row in sorted(rows.items())
        ],
        "topics": [
            _topic(topic, total.people, shares[topic], before.get(topic, {}), after.get(topic, {}))
            for topic in TOPICS
            if total and topic in shares
        ],
    }


def _topic(
    topic: str,
    everybody: int,
    shares: Mapping[int, float],
    before: Mapping[int, float],
    after: Mapping[int, float],
) -> dict[str, Any]:
    """Return the figures of a topic; before and after of the same people, or neither."""
    told = breadth.told_of_part(everybody, len(shares))
    both = shares.keys() & before.keys() & after.keys()
    paired = told and breadth.told_of_part(len(shares), len(both))
    return {
        "topic": topic,
        **(_figure(shares) if told else _figure({})),
        "before": _figure({person: before[person] for person in both}) if paired else None,
        "after": _figure({person: after[person] for person in both}) if paired else None,
    }


def _figure(shares: Mapping[int, float]) -> dict[str, Any]:
    share = breadth.mean_share(len(shares), sum(shares.values()))
    return {"people": None if share is None else len(shares), "share": share}


def _members(campaign: Any, codes: Sequence[str] | None = None) -> Any:
    codes = codes or audience.places_of([campaign.id])[campaign.id]
    return audience.members(campaign.audience, codes).subquery()


def _finished(campaign: Any) -> ColumnElement[bool]:
    return and_(
        CampaignTry.campaign_id == campaign.id,
        CampaignTry.finished_at.is_not(None),
        CampaignTry.resident_id.is_not(None),
    )


def _homes(campaign: Any, before: datetime, codes: Sequence[str] | None = None) -> dict[str, Row]:
    """Return by grid (community, street) for how many it is, and how many took part by then."""
    members = _members(campaign, codes)
    in_time = CampaignTry.finished_at < before
    took = select(CampaignTry.resident_id).where(_finished(campaign), in_time).distinct().subquery()
    lives = (Residence.resident_id == members.c.resident_id) & (Residence.state == "confirmed")
    counted = (
        select(
            Residence.place_code,
            func.count(members.c.resident_id).label("of"),
            func.count(took.c.resident_id).label("people"),
        )
        .select_from(members)
        .outerjoin(Residence, lives)
        .outerjoin(took, took.c.resident_id == members.c.resident_id)
        .group_by(Residence.place_code)
    )
    inner = inner_length(campaign.place_code)
    groups: dict[str, list[Row]] = defaultdict(list)
    for found in read(counted):
        code = found.place_code or NOWHERE
        within = code.startswith(campaign.place_code) and len(code) >= inner
        groups[code[:inner] if within else NOWHERE].append(Row(found.people, found.of))
    return {code: breadth.together(rows) for code, rows in groups.items()}


def inner_length(place_code: str) -> int:
    """Return how long the codes of the next smaller places are, down to grids."""
    longest = place_rules.LENGTHS[PlaceKind.GRID]
    lengths = (length for length in place_rules.LENGTHS.values() if length > len(place_code))
    return min([*lengths, longest])


def _on_paper(campaign: Any) -> int:
    """Return how many people with an account took part on paper first."""
    members = select(_members(campaign).c.resident_id)
    asked = select(func.count()).where(
        _first_on_paper(campaign), CampaignPaper.resident_id.in_(members)
    )
    return int(read(asked).scalar_one())


def _first_on_paper(campaign: Any) -> ColumnElement[bool]:
    """Whether a sheet is how somebody with an account took part first."""
    return and_(
        CampaignPaper.campaign_id == campaign.id,
        CampaignPaper.state == STANDING,
        CampaignPaper.counts,
        CampaignPaper.resident_id.is_not(None),
    )


def _in_campaign(campaign: Any) -> tuple[Sums, dict[int, float]]:
    """Return what people answered at their first try, and each sheet without an account."""
    members = select(_members(campaign).c.resident_id)
    # A corrected sheet is a later row, and still how they took part first.
    on_paper = select(CampaignPaper.resident_id).where(_first_on_paper(campaign))
    theirs = CampaignTry.resident_id.in_(members), CampaignTry.resident_id.not_in(on_paper)
    first = (
        select(func.min(CampaignTry.id).label("id"))
        .where(_finished(campaign), *theirs)
        .group_by(CampaignTry.resident_id)
        .subquery()
    )
    phone = (
        select(CampaignTry.resident_id.label("person"), Version.topic, *_counts(Answer.correct))
        .join(first, first.c.id == CampaignTry.id)
        .join(Answer, Answer.attempt_id == CampaignTry.attempt_id)
        .join(Version, Version.id == Answer.version_id)
        .where(Answer.counted)
        .group_by(CampaignTry.resident_id, Version.topic)
    )
    shares = _shares(phone)
    for topic, people in _of_paper(campaign).items():
        shares.setdefault(topic, {}).update(people)
    sheets = select(
        CampaignPaper.id, CampaignPaper.right_count, CampaignPaper.question_count
    ).where(
        CampaignPaper.campaign_id == campaign.id,
        CampaignPaper.state == STANDING,
        CampaignPaper.resident_id.is_(None),
        CampaignPaper.question_count > 0,
    )
    return shares, {row.id: row.right_count / row.question_count for row in read(sheets)}


def _of_paper(campaign: Any) -> Sums:
    """Return by topic what people answered who took part on paper first."""
    members = select(_members(campaign).c.resident_id)
    return _shares(
        select(
            CampaignPaper.resident_id.label("person"), Version.topic, *_counts(PaperAnswer.correct)
        )
        .join(PaperAnswer, PaperAnswer.paper_id == CampaignPaper.id)
        .join(Version, Version.id == PaperAnswer.version_id)
        .where(_first_on_paper(campaign), CampaignPaper.resident_id.in_(members))
        .group_by(CampaignPaper.resident_id, Version.topic)
    )


def _first_answers(campaign: Any) -> tuple[Sums, Sums]:
    """Return by topic what participants answered first, before a campaign and from its start on."""
    people = select(CampaignTry.resident_id).where(_finished(campaign))
    start = day_start(campaign.first_day)
    theirs = Review.resident_id.in_(people)
    return (
        _shares(_firsts(theirs, Review.answered_at < start)),
        _shares(_firsts(theirs, Review.answered_at >= start)),
    )


def _firsts(*chosen: ColumnElement[bool]) -> Select[Any]:
    """Select by person and topic the first answer to each question, of those chosen."""
    first = (
        select(func.min(Review.id).label("id"))
        .where(*chosen)
        .group_by(Review.resident_id, Review.question_id)
        .subquery()
    )
    return (
        select(Review.resident_id.label("person"), Version.topic, *_counts(Review.correct))
        .join(first, first.c.id == Review.id)
        .join(Version, Version.id == Review.version_id)
        .group_by(Review.resident_id, Version.topic)
    )


def _counts(correct: Any) -> tuple[Any, Any]:
    return func.sum(case((correct, 1), else_=0)).label("right"), func.count().label("of")


def _shares(counted: Select[Any]) -> Sums:
    found: Sums = defaultdict(dict)
    for row in read(counted):
        found[row.topic][row.person] = int(row.right) / row.of
    return found


# Knowledge by months


def publish_due() -> int:
    """Write down each month that is over and was missed since the first; returns the figures.

    From the second day on: what was answered in the last minutes of a month is judged by then.
    """
    over = breadth.month_before(shanghai_day(clock.now()) - timedelta(days=1))
    made = set(read(select(KnowledgeMonth.month).where(KnowledgeMonth.place_code == "")).scalars())
    listed = breadth.months(min(made, default=over), over)[-LONGEST_MONTHS:]
    return sum(publish_month(month) for month in listed if month not in made)


def publish_month(month: str) -> int:
    """Write down what people knew by topic in a month that is over, once; returns the figures.

    Each answer is somebody's first to a question, ever; a person counts once for a topic.
    """
    span = day_range(breadth.first_of(month), _last_day(month))
    return _publish(month, *span)


def _last_day(month: str) -> date:
    after = (breadth.first_of(month) + timedelta(days=31)).replace(day=1)
    return after - timedelta(days=1)


@unit_of_work()
def _publish(month: str, start: datetime, end: datetime) -> int:
    marker = {"month": month, "place_code": "", "topic": "", "people": 0, "share": 0.0}
    if not changed_rows(insert_ignore(KnowledgeMonth), marker):
        return 0
    live = _live()
    known = {topic: dict(rows) for topic, rows in _known(start, end).items()}
    lines = [
        {"month": month, "place_code": code, "topic": topic, "people": people, "share": share}
        for topic, rows in known.items()
        for code, people, share in _told(rows, live)
    ]
    if lines:
        changed_rows(insert(KnowledgeMonth), lines)
    return len(lines)


def _live() -> dict[str, int]:
    """Return how many residents each community has."""
    counted = (
        select(HeldRole.place_code, func.count().label("people"))
        .where(
            HeldRole.kind == RoleKind.RESIDENT,
            func.length(HeldRole.place_code) == FLOORS[-1],
        )
        .group_by(HeldRole.place_code)
    )
    return {row.place_code: row.people for row in read(counted)}


def _known(start: datetime, end: datetime) -> dict[str, dict[str, tuple[int, float]]]:
    """Return by topic and community: people, and the sum of their shares of right answers."""
    first = (
        select(func.min(Review.id).label("id"))
        .group_by(Review.resident_id, Review.question_id)
        .subquery()
    )
    right, of = _counts(Review.correct)
    each = (
        select(Review.resident_id, Version.topic, right, of)
        .join(first, first.c.id == Review.id)
        .join(Version, Version.id == Review.version_id)
        .where(Review.answered_at >= start, Review.answered_at < end)
        .group_by(Review.resident_id, Version.topic)
        .subquery()
    )
    lives = (HeldRole.resident_id == each.c.resident_id) & (HeldRole.kind == RoleKind.RESIDENT)
    share = func.sum(1.0 * each.c.right / each.c.of)
    counted = (
        select(HeldRole.place_code, each.c.topic, func.count().label("people"), share.label("sum"))
        .join(HeldRole, lives)
        .where(func.length(HeldRole.place_code) == FLOORS[-1])
        .group_by(HeldRole.place_code, each.c.topic)
    )
    found: dict[str, dict[str, tuple[int, float]]] = defaultdict(dict)
    for row in read(counted):
        found[row.topic][row.place_code] = (row.people, float(row.sum))
    return found


def _told(
    rows: Mapping[str, tuple[int, float]], live: Mapping[str, int]
) -> list[tuple[str, int, float]]:
    """Return (place, people, share) of the places of which may be told."""
    leaves = {code: Row(rows.get(code, (0, 0.0))[0], of) for code, of in live.items()}
    found = []
    for code in sorted(breadth.told_in_tree(leaves, FLOORS)):
        inner = [pair for place, pair in rows.items() if place.startswith(code)]
        people, total = sum(pair[0] for pair in inner), sum(pair[1] for pair in inner)
        share = breadth.mean_share(people, total)
        if share is not None:
            found.append((code, people, share))
    return found


def show_knowledge(
    actor: Actor, place_code: str, *, first: str | None = None, last: str | None = None
) -> dict[str, Any]:
    """Return what people of a community, street or district know by topic, month by month.

    Errors: NotFound (no such place, or none of the actor's); InvalidInput (the range).
    """
    if not actor.reaches(Permission.OVERVIEW_READ, place_code) or len(place_code) not in FLOORS:
        raise NotFound
    name = places.names_of([place_code]).get(place_code)
    if name is None:
        raise NotFound
    over = breadth.month_before(shanghai_day(clock.now()))
    last = min(last or over, over)
    first = first or breadth.month_of(
        breadth.first_of(last) - timedelta(days=30 * (SHOWN_MONTHS - 1))
    )
    listed = breadth.months(first, last)
    if len(listed) > LONGEST_MONTHS:
        raise InvalidInput.of("from", "too_many_months", months=LONGEST_MONTHS)
    kept = select(*KnowledgeMonth.__table__.columns).where(
        KnowledgeMonth.place_code == place_code, KnowledgeMonth.month.in_(listed)
    )
    known = {(row.month, row.topic): row for row in read(kept)}
    return {
        "place": {"code": place_code, "kind": place_rules.kind_of(place_code), "name": name},
        "from": first,
        "to": last,
        "fewest": FEWEST,
        "months": [
            {
                "month": month,
                "topics": [
                    _month_topic(topic, known.get((month, topic)), actor.language)
                    for topic in TOPICS
                ],
            }
            for month in listed
        ],
    }


def _month_topic(topic: str, row: Any, language: str) -> dict[str, Any]:
    return {
        "topic": topic,
        "name": texts.text(f"quizzes.topics.{topic}", language),
        "people": row and row.people,
        "share": row and row.share,
    }
