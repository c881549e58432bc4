"""What passing gives, once a campaign and person: a certificate, a skill, points; and taking back.

All within the caller's transaction, which has locked the person.
"""

import secrets
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from app.campaigns import rules
from app.campaigns.models import CampaignCertificate
from app.core import clock
from app.core.clock import shanghai_day
from app.core.db import changed_rows, read
from app.places import service as places
from app.points import service as points
from app.residents.models import Resident
from app.volunteers import qualifications
from app.volunteers.rules import NUMBER_ALPHABET, NUMBER_LETTERS

_NEW = insert(CampaignCertificate).returning(CampaignCertificate.id)
_WHOSE = select(Resident.name).where(
    Resident.id == bindparam("resident"), Resident.erased_at.is_(None)
)


def give(campaign: Any, resident_id: int, try_id: int, percent: int, *, thanked: bool) -> int:
    """Give what passing a campaign gives, with points if it is thanked; returns these.

    Nothing to who has been erased, whose sheet somebody corrects: nobody is there to have it.
    """
    whose = read(_WHOSE, {"resident": resident_id}).one_or_none()
    if whose is None:
        return 0
    now = clock.now()
    today = shanghai_day(now)
    until = None
    if campaign.skill is not None:
        until = rules.skill_until(today, campaign.skill_months, campaign.skill_until)
    # Whose try is judged after the skill ended for everybody has no day of it.
    if campaign.skill is not None and (until is None or until >= today):
        qualifications.give(
            resident_id,
            campaign.skill,
            rules.PASSED_SOURCE,
            campaign.id,
            first_day=today,
            last_day=until,
        )
    issuer = places.names_of([campaign.place_code]).get(campaign.place_code, campaign.place_code)
    row = {
        "number": _new_number(today.year),
        "campaign_id": campaign.id,
        "try_id": try_id,
        "resident_id": resident_id,
        "place_code": campaign.place_code,
        "name": whose.name,
        "title_zh": campaign.title_zh,
        "title_en": campaign.title_en,
        "issuer": issuer,
        "percent": percent,
        "pass_percent": campaign.pass_percent,
        "skill": campaign.skill,
        "issued_at": now,
        "valid_until": until,
    }
    made = int(read(_NEW, row).scalar_one())
    if not thanked:
        return 0
    # A paper that is taken back and entered again is thanked again: certificates only grow.
    return points.grant(
        resident_id, rules.PASSED_RULE, rules.PASSED_SOURCE, campaign.id, at=now, turn=made
    )


def take_back(row: Any, *, by_id: int, reason: str) -> bool:
    """Take a certificate back and what came with it; returns whether it stood until now.

    `row`: of `campaign_certificates`.
    """
    standing = (CampaignCertificate.id == row.id) & CampaignCertificate.revoked_at.is_(None)
    taken = {"revoked_at": clock.now(), "revoked_by": by_id, "reason": reason}
    if not changed_rows(update(CampaignCertificate).where(standing).values(**taken)):
        return False
    qualifications.take_back(row.resident_id, rules.PASSED_SOURCE, row.campaign_id)
    points.reverse(
        row.resident_id, rules.PASSED_RULE, rules.PASSED_SOURCE, row.campaign_id, turn=row.id
    )
    return True


def _new_number(year: int) -> str:
    letters = (secrets.choice(NUMBER_ALPHABET) for _ in range(NUMBER_LETTERS))
    return f"{rules.NUMBER_HEAD}-{year}-{''.join(letters)}"
