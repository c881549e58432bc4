"""What was entered of a campaign's paper, as the committee sees it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.campaigns import rules, service
from app.campaigns.models import CampaignTry
from app.campaigns.paper_models import CampaignPaper
from app.core import pages
from app.core.access import Actor
from app.core.db import read
from app.core.errors import NotFound
from app.residents.models import Resident

_by = aliased(Resident)
_SHOWN = (
    select(
        *CampaignPaper.__table__.columns,
        CampaignTry.passed,
        Resident.name.label("resident_name"),
        _by.name.label("by_name"),
    )
    .outerjoin(CampaignTry, CampaignTry.id == CampaignPaper.try_id)
    .outerjoin(Resident, Resident.id == CampaignPaper.resident_id)
    .join(_by, _by.id == CampaignPaper.entered_by)
)


def find(actor: Actor, paper_id: int) -> Any:
    """Return an entry of a campaign that the actor plans. Errors: NotFound."""
    row = read(_SHOWN.where(CampaignPaper.id == paper_id)).one_or_none()
    if row is None:
        raise NotFound
    service.find_to_plan(actor, row.campaign_id)
    return row


def show(actor: Actor, paper_id: int) -> dict[str, Any]:
    """Return an entry of a campaign that the actor plans, to show it. Errors: NotFound."""
    return _view(find(actor, paper_id))


def list_results(
    actor: Actor, campaign_id: int, *, cursor: str | None = None, limit: int
) -> dict[str, Any]:
    """Return what was entered for a campaign, newest first, corrections and what they corrected.

    Errors: NotFound.
    """
    campaign = service.find_to_plan(actor, campaign_id)
    return results_of(campaign.id, cursor=cursor, limit=limit)


def results_of(campaign_id: int, *, cursor: str | None, limit: int) -> dict[str, Any]:
    """Return the same of a campaign that was found already."""
    found = _SHOWN.where(CampaignPaper.campaign_id == campaign_id)
    if after := pages.decode(cursor, int):
        found = found.where(CampaignPaper.id < after[0])
    rows = read(found.order_by(CampaignPaper.id.desc()).limit(limit + 1)).all()
    return pages.page(rows, limit, _view, lambda row: (row.id,))


def _view(row: Any) -> dict[str, Any]:
    known = row.resident_id is not None
    return {
        "id": row.id,
        "campaign_id": row.campaign_id,
        "variant": row.variant,
        "resident": {"id": row.resident_id, "name": row.resident_name} if known else None,
        "place_code": row.place_code,
        "answers": row.answers,
        "right": row.right_count,
        "of": row.question_count,
        "percent": rules.percent(row.right_count, row.question_count),
        "passed": bool(row.passed),
        "counts": row.counts,
        "state": row.state,
        "entered_on": row.entered_on,
        "entered_by": row.by_name,
        "replaces_id": row.replaces_id,
        "reason": row.reason,
    }
