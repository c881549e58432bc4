"""Telling those whom a campaign is for, a batch at a time, so that nobody else waits long."""

import time
from typing import Any

from sqlalchemy import exists, select, update

from app.campaigns import audience
from app.campaigns.models import Campaign, CampaignTelling, CampaignTry
from app.core import clock, deliveries, texts
from app.core.db import changed_rows, read, unit_of_work
from app.core.idempotency import insert_ignore
from app.notices import service as notices
from app.notices.rules import Param
from app.notices.service import About
from app.places import service as places

TELL = "campaigns.tell"
"""The deliveries that tell an audience."""
ANNOUNCED, ENDING, CANCELLED = "campaign_announced", "campaign_ending", "campaign_cancelled"
BATCH = 500
"""As announcements are handed out."""
AT_A_STRETCH_S, LONGEST_PAUSE_S = 15.0, 0.05


def begin(campaign_id: int, kind: str) -> int:
    """Begin to tell the audience something, once; returns 1, or 0 if that began before.

    Within the caller's transaction.
    """
    now = clock.now()
    row = {"campaign_id": campaign_id, "kind": kind, "begun_at": now, "reached": 0, "told": 0}
    if not changed_rows(insert_ignore(CampaignTelling), row | {"finished_at": None}):
        return 0
    deliveries.enqueue(TELL, f"{campaign_id}:{kind}", {"campaign_id": campaign_id, "kind": kind})
    return 1


def stop(campaign_id: int) -> None:
    """Tell nobody else what was begun; whoever is being told now is told first.

    Within the caller's transaction.
    """
    begun = update(CampaignTelling).where(
        CampaignTelling.campaign_id == campaign_id, CampaignTelling.finished_at.is_(None)
    )
    changed_rows(begun.values(finished_at=clock.now()))


def tell(campaign_id: int, kind: str) -> bool:
    """Tell for a while; returns whether everybody was told."""
    until = time.monotonic() + AT_A_STRETCH_S
    while (began := time.monotonic()) < until:
        if tell_batch(campaign_id, kind) == 0:
            return True
        time.sleep(min(time.monotonic() - began, LONGEST_PAUSE_S))
    return False


@unit_of_work()
def tell_batch(campaign_id: int, kind: str, most: int = BATCH) -> int:
    """Tell the next people of the audience; returns how many there were, 0 at the end."""
    mine = (CampaignTelling.campaign_id == campaign_id) & (CampaignTelling.kind == kind)
    row = read(_TELLING.where(mine).with_for_update(of=CampaignTelling)).one()
    if row.finished_at is not None:
        return 0
    ids = _next(row, most)
    told = notices.tell(
        kind,
        ids,
        key=f"{kind}:{campaign_id}",
        about=About("campaign", campaign_id),
        params=_params(row),
    )
    moved: dict[str, Any] = {"told": row.told + told}
    moved |= {"reached": ids[-1]} if ids else {"finished_at": clock.now()}
    changed_rows(update(CampaignTelling).where(mine).values(moved))
    return len(ids)


_TELLING = select(
    *CampaignTelling.__table__.columns,
    *(
        column
        for column in Campaign.__table__.columns
        if column.name not in {"id", *CampaignTelling.__table__.columns.keys()}
    ),
).join(Campaign, Campaign.id == CampaignTelling.campaign_id)


def _next(row: Any, most: int) -> list[int]:
    codes = audience.places_of([row.campaign_id])[row.campaign_id]
    meant = audience.members(row.audience, codes).subquery()
    (resident_id,) = meant.c
    found = select(resident_id).where(resident_id > row.reached)
    if row.kind == ENDING:
        tried = select(1).where(
            CampaignTry.campaign_id == row.campaign_id, CampaignTry.resident_id == resident_id
        )
        found = found.where(~exists(tried))
    if row.kind == CANCELLED:
        # Whoever never heard of it need not hear that it is called off; they are told in order.
        told = select(CampaignTelling.reached).where(
            CampaignTelling.campaign_id == row.campaign_id, CampaignTelling.kind == ANNOUNCED
        )
        found = found.where(resident_id <= told.scalar_subquery())
    return list(read(found.order_by(resident_id).limit(most)).scalars())


def _params(row: Any) -> dict[str, Param]:
    name = places.names_of([row.place_code]).get(row.place_code, "")
    titles = {"zh-Hans": row.title_zh, "en": row.title_en or row.title_zh}
    return {"title": titles, "place": name, "body": _body(row)}


def _body(row: Any) -> dict[str, str]:
    """Return in both languages until when, how many questions, and what is needed to pass."""

    def said(language: str) -> str:
        month = texts.text(f"notices.months.{row.last_day.month}", language)
        day = texts.text("campaigns.day", language, month=month, day=row.last_day.day)
        return texts.text(
            f"campaigns.told.{row.kind}",
            language,
            day=day,
            count=row.question_count,
            percent=row.pass_percent,
        )

    return {language: said(language) for language in texts.LANGUAGES}
