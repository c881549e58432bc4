"""Certificates of passing: one's own, a committee's list, checked by anybody, revoked.

A record of the platform's, no qualification by an authority: the paper and the page say so.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.campaigns import passing, rules, service, tries
from app.campaigns.models import CampaignCertificate
from app.core import audit, clock, crypto, pages
from app.core.access import Actor, Permission
from app.core.clock import shanghai_day
from app.core.db import read, unit_of_work
from app.core.deployment import settings
from app.core.errors import NotFound
from app.core.texts import text
from app.notices import service as notices
from app.notices.service import About
from app.quizzes import learning
from app.volunteers.certificates import AlreadyRevoked
from app.volunteers.rules import masked

LINK_DAYS = 1
"""How long a link to the paper works at least; it is made anew with every view."""
_CERTIFICATES = select(*CampaignCertificate.__table__.columns)


def show_own(actor: Actor, campaign_id: int) -> dict[str, Any]:
    """Return the actor's certificate of a campaign, the newest. Errors: NotFound."""
    mine = _CERTIFICATES.where(
        CampaignCertificate.resident_id == actor.resident_id,
        CampaignCertificate.campaign_id == campaign_id,
    )
    row = read(mine.order_by(CampaignCertificate.id.desc()).limit(1)).one_or_none()
    if row is None:
        raise NotFound
    return _view(row, clock.now(), actor.language)


def list_given(
    actor: Actor, campaign_id: int, *, cursor: str | None = None, limit: int
) -> dict[str, Any]:
    """Return a page of the certificates of a campaign, the newest first: who passed, not how well.

    For its own planners alone, not for those of the places around. Errors: NotFound.
    """
    row = service.find_to_plan(actor, campaign_id)
    if not may_list(actor, row):
        raise NotFound
    found = _CERTIFICATES.where(CampaignCertificate.campaign_id == row.id)
    if after := pages.decode(cursor, int):
        found = found.where(CampaignCertificate.id < after[0])
    rows = read(found.order_by(CampaignCertificate.id.desc()).limit(limit + 1)).all()
    now = clock.now()

    def shown(one: Any) -> dict[str, Any]:
        return _given(one, now)

    return pages.page(rows, limit, shown, lambda one: (one.id,))


def may_list(actor: Actor, campaign: Any) -> bool:
    """Whether somebody may know by name who passed a campaign: its own planners."""
    own = campaign.place_code in actor.codes(Permission.CAMPAIGN_PLAN)
    return own or campaign.created_by == actor.resident_id


def _given(row: Any, now: datetime) -> dict[str, Any]:
    """Return what a planner sees: no result, and no hour that tells which answers they were."""
    return {
        "number": row.number,
        "name": row.name,
        "state": _state(row, now),
        "issued_on": shanghai_day(row.issued_at),
    }


def verify(number: str, language: str) -> dict[str, Any]:
    """Return what anybody may know of a certificate, and nothing more. Errors: NotFound."""
    row = _find(number)
    return {
        "number": row.number,
        "name": masked(row.name),
        "title": service.in_words(row.title_zh, row.title_en, language),
        "issuer": row.issuer,
        "issued_on": shanghai_day(row.issued_at),
        "valid_until": row.valid_until,
        "state": _state(row, clock.now()),
        "revoked_at": row.revoked_at,
    }


def open_paper(number: str, language: str, *, expires: int, signature: str) -> dict[str, Any]:
    """Return what the paper of a signed link says. Errors: NotFound, whatever is wrong."""
    now = clock.now()
    if expires < now.timestamp() or not crypto.signed(_signed(number, expires), signature):
        raise NotFound
    return _view(_find(number), now, language)


@unit_of_work()
def revoke(actor: Actor, number: str, *, reason: str) -> dict[str, Any]:
    """Take a certificate back, with the skill and points that came with it; its owner is told why.

    They have not passed any more, and may try again while tries are left.
    Errors: NotFound, AlreadyRevoked.
    """
    row = _find(number)
    if not actor.reaches(Permission.CAMPAIGN_PLAN, row.place_code):
        raise NotFound
    audit.note(place_code=row.place_code)
    learning.lock(row.resident_id)
    if not passing.take_back(row, by_id=actor.resident_id, reason=reason):
        raise AlreadyRevoked
    tries.unpass(row.campaign_id, row.resident_id)
    notices.tell(
        "pass_revoked",
        [row.resident_id],
        key=f"pass:{row.id}:revoked",
        about=About("campaign", row.campaign_id),
        params={"number": row.number, "reason": reason},
    )
    return _given(_find(number), clock.now())


def _find(number: str) -> Any:
    # What has not the shape of a number is not worth a query.
    wanted = number.upper()
    if not rules.NUMBER.fullmatch(wanted):
        raise NotFound
    row = read(_CERTIFICATES.where(CampaignCertificate.number == wanted)).one_or_none()
    if row is None:
        raise NotFound
    return row


def _state(row: Any, now: datetime) -> str:
    return rules.certificate_state(row.revoked_at, row.valid_until, shanghai_day(now))


def _view(row: Any, now: datetime, language: str) -> dict[str, Any]:
    return {
        "number": row.number,
        "state": _state(row, now),
        "name": row.name,
        "title": service.in_words(row.title_zh, row.title_en, language),
        "campaign_id": row.campaign_id,
        "issuer": row.issuer,
        "percent": row.percent,
        "pass_percent": row.pass_percent,
        "skill": row.skill,
        "skill_name": row.skill and text(f"rosters.skills.{row.skill}", language),
        "issued_at": row.issued_at,
        "valid_until": row.valid_until,
        "revoked_at": row.revoked_at,
        "revoke_reason": row.reason,
        "verify_url": f"{settings().public_url}/api/v1/campaign-certificates/{row.number}",
        "pdf_url": _pdf_link(row.number, now),
    }


def _pdf_link(number: str, now: datetime) -> str:
    until = clock.day_start(shanghai_day(now) + timedelta(days=LINK_DAYS + 1))
    expires = int(until.timestamp())
    signature = crypto.sign(_signed(number, expires))
    return f"/api/v1/campaign-certificates/{number}.pdf?expires={expires}&signature={signature}"


def _signed(number: str, expires: int) -> str:
    return f"campaign certificate/{number}/{expires}"
