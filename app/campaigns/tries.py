"""Trying: on the phone through an attempt of the quizzes, on paper as somebody enters it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.sql import ColumnElement

from app.campaigns import audience, drawing, passing, rules, service
from app.campaigns.models import Campaign, CampaignCertificate, CampaignTry
from app.campaigns.service import Mine
from app.core import clock
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import Conflict, NotFound
from app.quizzes import daily, learning, occasions, results
from app.quizzes import rules as quiz_rules
from app.quizzes.models import Answer, Attempt
from app.quizzes.occasions import Occasion


class CampaignNotRunning(Conflict):
    """It has not begun, or is over, or was called off."""

    code = rules.NOT_RUNNING


class AlreadyPassed(Conflict):
    """Whoever passed need not try again."""

    code = rules.ALREADY_PASSED


class NoTriesLeft(Conflict):
    """As many tries as the campaign allows were made."""

    code = rules.NO_TRIES_LEFT


class TryTooSoon(Conflict):
    """Between two tries one waits, and reads what was wrong."""

    code = rules.TOO_SOON


class NotInAudience(Conflict):
    """Whoever only plans it, or lives elsewhere by now, does not take part."""

    code = rules.NOT_FOR_YOU


class KnowsKey(Conflict):
    """Whoever plans it may print its key, and takes no part: on paper or on the phone."""

    code = rules.KNOWS_KEY


WHY_NOT: dict[str, type[Conflict]] = {
    kind.code: kind
    for kind in (
        CampaignNotRunning,
        AlreadyPassed,
        NoTriesLeft,
        TryTooSoon,
        NotInAudience,
        KnowsKey,
    )
}
_NEW = insert(CampaignTry).returning(CampaignTry.id)


@unit_of_work()
def begin(actor: Actor, campaign_id: int) -> dict[str, Any]:
    """Begin a try, or go on with the one that is open; returns the attempt of the quizzes.

    Errors: NotFound; those of `WHY_NOT`.
    """
    learning.lock(actor.resident_id)
    row = service.find_campaign(actor, campaign_id)
    mine = service.tried(actor.resident_id, [row.id]).get(row.id, Mine())
    if mine.open_attempt is None:
        _require_may_try(actor, row, mine)
        attempt_id = _begin(actor, row, mine)
    else:
        attempt_id = mine.open_attempt
    return results.attempt_view(actor, daily.find_attempt(actor, attempt_id))


def _require_may_try(actor: Actor, row: Any, mine: Mine) -> None:
    now = clock.now()
    code = rules.why_not(row.state, mine.tried, row.most_tries, row.wait_hours, now)
    _, ends_at = service.span(row)
    if code is None and now >= ends_at:  # the clock will close it in a moment
        code = rules.NOT_RUNNING
    if code is None:
        codes = audience.places_of([row.id])[row.id]
        if not audience.around(actor).meets(row.audience, codes):
            code = rules.NOT_FOR_YOU
    if code is None and service.knows_key(actor, row):
        code = rules.KNOWS_KEY
    if code is not None:
        raise WHY_NOT[code]


def _begin(actor: Actor, row: Any, mine: Mine) -> int:
    now, number = clock.now(), _next_number(row.id, actor.resident_id)
    versions = drawing.draw(row, f"try {actor.resident_id} {number}", _seen(mine.attempts))
    _, ends_at = service.span(row)
    attempt_id = occasions.begin(
        actor.resident_id,
        quiz_rules.CAMPAIGN,
        place_code=daily.community_of(actor),
        versions=versions,
        deadline=rules.deadline(now, row.minutes, ends_at),
    )
    fresh = {
        "campaign_id": row.id,
        "resident_id": actor.resident_id,
        "number": number,
        "channel": rules.PHONE,
        "attempt_id": attempt_id,
        "started_at": now,
        "right_count": 0,
        "question_count": len(versions),
    }
    read(_NEW, fresh)
    return attempt_id


def _seen(attempts: list[int]) -> set[int]:
    rows = read(select(Attempt.versions).where(Attempt.id.in_(attempts))).scalars()
    return {version for versions in rows for version in versions}


# The end of a try


_OF_ATTEMPT = (
    select(
        CampaignTry.id.label("try_id"),
        CampaignTry.number,
        CampaignTry.passed.label("is_passed"),
        *Campaign.__table__.columns,
    )
    .join(Campaign, Campaign.id == CampaignTry.campaign_id)
    .where(CampaignTry.attempt_id == bindparam("attempt"))
)


def _finished(attempt: Any) -> int:
    """Judge a try that ended, and give what passing gives; returns the points."""
    row = read(_OF_ATTEMPT, {"attempt": attempt.id}).one()
    right, of = attempt.right_count, len(attempt.versions)
    # Whose try was open when it was broken off reads what was right, and gets nothing for it.
    passed = row.state != rules.CANCELLED and rules.has_passed(right, of, row.pass_percent)
    ended = {"finished_at": attempt.finished_at, "right_count": right, "passed": passed}
    changed_rows(update(CampaignTry).where(CampaignTry.id == row.try_id).values(**ended))
    told = 0
    if passed and row.number > 1:
        before = _told(row.id, attempt.resident_id, CampaignTry.number < row.number)
        told = len(before.intersection(_right(attempt.id)))
    score = _Score(right, told, of, passed=passed)
    return _count(row, attempt.resident_id, row.try_id, score)


class _Score(NamedTuple):
    """How a try ended. `told`: how many of the right answers an earlier try had told."""

    right: int
    told: int
    of: int
    passed: bool


def _told(campaign_id: int, resident_id: int, before: ColumnElement[bool]) -> set[int]:
    """Return the versions whose answers somebody's tries before another one have told."""
    mine = select(CampaignTry.attempt_id).where(
        CampaignTry.campaign_id == campaign_id,
        CampaignTry.resident_id == resident_id,
        before,
        CampaignTry.attempt_id.is_not(None),
        CampaignTry.finished_at.is_not(None),
    )
    return _seen(list(read(mine).scalars()))


def _right(attempt_id: int) -> list[int]:
    found = select(Answer.version_id).where(
        Answer.attempt_id == attempt_id, Answer.correct, Answer.counted
    )
    return list(read(found).scalars())


def _count(row: Any, resident_id: int | None, try_id: int, score: _Score) -> int:
    """Count a finished try of a campaign's row, and give what it gives; returns the points."""
    others = _others(row.id, resident_id, try_id)
    newly = score.passed and not others.passed
    changed_rows(
        _COUNT, {"my_id": row.id, "tries": 1, "new": int(not others.tries), "pass": int(newly)}
    )
    if newly and resident_id is not None:
        return _give(row, resident_id, try_id, score)
    return 0


def _give(row: Any, resident_id: int, try_id: int, score: _Score) -> int:
    thanked = rules.earns_points(score.right, score.told, score.of, row.pass_percent)
    percent = rules.percent(score.right, score.of)
    return passing.give(row, resident_id, try_id, percent, thanked=thanked)


_COUNT = (
    update(Campaign)
    .where(Campaign.id == bindparam("my_id"))
    .values(
        tries_made=Campaign.tries_made + bindparam("tries"),
        participants=Campaign.participants + bindparam("new"),
        passed=Campaign.passed + bindparam("pass"),
    )
)


class _Others(NamedTuple):
    """How many other finished tries somebody has, and how many of them passed."""

    tries: int
    passed: int


def _others(campaign_id: int, resident_id: int | None, try_id: int) -> _Others:
    if resident_id is None:  # nobody knows whose other sheets are theirs
        return _Others(0, 0)
    others = select(CampaignTry.passed).where(
        CampaignTry.campaign_id == campaign_id,
        CampaignTry.resident_id == resident_id,
        CampaignTry.finished_at.is_not(None),
        CampaignTry.id != try_id,
    )
    found = read(others).scalars().all()
    return _Others(len(found), sum(map(bool, found)))


def _verdict(actor: Actor, attempt: Any) -> dict[str, Any] | None:
    """Return what the result of a try says besides the answers."""
    row = read(_OF_ATTEMPT, {"attempt": attempt.id}).one()
    mine = service.tried(actor.resident_id, [row.id])[row.id]
    now = clock.now()
    again = rules.why_not(row.state, mine.tried, row.most_tries, row.wait_hours, now)
    over = again is not None and again != rules.TOO_SOON
    return {
        "campaign_id": row.id,
        "percent": rules.percent(attempt.right_count, len(attempt.versions)),
        "pass_percent": row.pass_percent,
        "passed": bool(row.is_passed),
        "tries_left": 0 if over else row.most_tries - mine.tried.tries,
        "next_try_at": None if over else rules.next_try_at(mine.tried, row.wait_hours),
        "certificate_number": service.standing_number(actor.resident_id, row.id),
    }


occasions.add(Occasion(quiz_rules.CAMPAIGN, finished=_finished, verdict=_verdict))


def list_own(actor: Actor, campaign_id: int) -> dict[str, Any]:
    """Return the actor's tries, the first first. Errors: NotFound."""
    row = service.find_campaign(actor, campaign_id)
    rows = read(
        select(*CampaignTry.__table__.columns)
        .where(CampaignTry.campaign_id == row.id, CampaignTry.resident_id == actor.resident_id)
        .order_by(CampaignTry.started_at, CampaignTry.number)
    )
    return {"items": [_view(one) for one in rows]}


def _view(row: Any) -> dict[str, Any]:
    done = row.finished_at is not None
    return {
        "attempt_id": row.attempt_id,
        "number": row.number,
        "channel": row.channel,
        "started_at": row.started_at,
        "finished_at": row.finished_at,
        "right": row.right_count if done else None,
        "of": row.question_count,
        "percent": rules.percent(row.right_count, row.question_count) if done else None,
        "passed": row.passed,
    }


# On paper


def record_paper(
    campaign: Any,
    *,
    resident_id: int | None,
    sheet: str,
    right: int,
    of: int,
    entered_by: int,
    at: datetime,
    correct: Mapping[int, bool] | None = None,
) -> Any:
    """Write down a try on paper and give what it gives; returns its row (id, number, passed).

    `correct`: which versions were right, for what a try on the phone had told already.

    Part of the caller's transaction, which has seen that this sheet may be entered. Paper does
    not wait for other tries, and nobody without an account gets a certificate of it.
    """
    if resident_id is not None:
        learning.lock(resident_id)
    passed = rules.has_passed(right, of, campaign.pass_percent)
    number = _next_number(campaign.id, resident_id)
    row = {
        "campaign_id": campaign.id,
        "resident_id": resident_id,
        "number": number,
        "channel": rules.PAPER,
        "sheet": sheet,
        "entered_by": entered_by,
        "started_at": at,
        "finished_at": at,
        "right_count": right,
        "question_count": of,
        "passed": passed,
    }
    try_id = int(read(_NEW, row).scalar_one())
    told = 0
    if passed and resident_id is not None and number > 1 and correct:
        # By the moment: a sheet that is corrected is numbered anew, and was written when it was.
        before = _told(campaign.id, resident_id, CampaignTry.finished_at <= at)
        told = sum(correct.get(version, False) for version in before)
    _count(campaign, resident_id, try_id, _Score(right, told, of, passed=passed))
    return read(select(*CampaignTry.__table__.columns).where(CampaignTry.id == try_id)).one()


def _next_number(campaign_id: int, resident_id: int | None) -> int:
    if resident_id is None:
        return 1
    mine = (CampaignTry.campaign_id == campaign_id) & (CampaignTry.resident_id == resident_id)
    return (
        int(read(select(func.coalesce(func.max(CampaignTry.number), 0)).where(mine)).scalar_one())
        + 1
    )


def withdraw_paper(try_id: int, *, by_id: int, reason: str) -> None:
    """Take a try on paper back, with all that it gave; part of the caller's transaction.

    A certificate that it gave is revoked for that reason; whose other try passed gets one for
    that. Errors: NotFound (no such try on paper).
    """
    mine = (CampaignTry.id == try_id) & (CampaignTry.channel == rules.PAPER)
    row = read(select(*CampaignTry.__table__.columns).where(mine)).one_or_none()
    if row is None:
        raise NotFound
    if row.resident_id is not None:
        learning.lock(row.resident_id)
    found = select(*CampaignCertificate.__table__.columns)
    given = read(found.where(CampaignCertificate.try_id == try_id)).one_or_none()
    taken = False
    if given is not None:
        taken = passing.take_back(given, by_id=by_id, reason=reason)
        loosened = update(CampaignCertificate).where(CampaignCertificate.id == given.id)
        changed_rows(loosened.values(try_id=None))
    others = _others(row.campaign_id, row.resident_id, try_id)
    changed_rows(delete(CampaignTry).where(CampaignTry.id == try_id))
    less = {
        "tries": -1,
        "new": -int(not others.tries),
        "pass": -int(row.passed and not others.passed),
    }
    changed_rows(_COUNT, {"my_id": row.campaign_id, **less})
    if taken and others.passed:
        _give_for_another(row.campaign_id, row.resident_id)


def _give_for_another(campaign_id: int, resident_id: int) -> None:
    """Give what passing gives for the best try that passed; on paper there is no other."""
    passed = select(
        CampaignTry.id,
        CampaignTry.number,
        CampaignTry.attempt_id,
        CampaignTry.right_count,
        CampaignTry.question_count,
    ).where(
        CampaignTry.campaign_id == campaign_id,
        CampaignTry.resident_id == resident_id,
        CampaignTry.passed.is_(True),
    )
    rows = read(passed.order_by(CampaignTry.id)).all()
    best = max(rows, key=lambda one: rules.percent(one.right_count, one.question_count))
    told = 0
    if best.attempt_id is not None:
        before = _told(campaign_id, resident_id, CampaignTry.number < best.number)
        told = len(before.intersection(_right(best.attempt_id)))
    score = _Score(best.right_count, told, best.question_count, passed=True)
    _give(service.find_for_system(campaign_id), resident_id, best.id, score)


def unpass(campaign_id: int, resident_id: int) -> None:
    """Let no try of somebody pass any more, since their certificate was revoked.

    Part of the caller's transaction; whoever has tries left may try again.
    """
    theirs = update(CampaignTry).where(
        CampaignTry.campaign_id == campaign_id,
        CampaignTry.resident_id == resident_id,
        CampaignTry.passed.is_(True),
    )
    if changed_rows(theirs.values(passed=False)):
        changed_rows(_COUNT, {"my_id": campaign_id, "tries": 0, "new": 0, "pass": -1})
