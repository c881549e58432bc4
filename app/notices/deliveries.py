"""How a notice reaches a phone, and an announcement its inboxes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, bindparam, cast, select
from sqlalchemy.orm import aliased

from app.core import clock, deliveries, deployment, texts
from app.core.db import read
from app.core.deliveries import (
    Delivery,
    Done,
    Later,
    Outcome,
    Pointless,
    Refused,
    Twice,
    Unsure,
    delivers,
)
from app.core.wechat_messages import MessageNotSent, MessageRefused, MessageUnsure
from app.notices import announcements, quotas, rules, service
from app.notices.models import MutedKind, Notice
from app.residents.models import Resident

TRIES = 14
"""About five hours, as the pauses grow: an evening without WeChat loses no message."""


def read_messages(payloads: Sequence[dict[str, Any]]) -> list[Any]:
    """Return the notices that are to be sent, with who gets them; None for one that is gone."""
    ids = [payload["notice_id"] for payload in payloads]
    rows = {row.id: row for row in read(_MESSAGES, {"notice_ids": ids})}
    return [rows.get(notice_id) for notice_id in ids]


@delivers(
    service.MESSAGE,
    twice=Twice.NEVER,
    tries=TRIES,
    given_up=quotas.given_up,
    taken_up=quotas.taken_up,
    ahead=read_messages,
)
def send_message(payload: dict[str, Any], row: Any) -> Outcome:
    """Send one notice to its person's WeChat, unless nobody needs it any more."""
    if row is None or row.read_at is not None:
        return Pointless("read already")
    if row.muted is not None:
        return Pointless("switched off")
    now = clock.now()
    allowed = rules.allowed_from(now, at_night=row.emergency)
    if allowed > now:
        return Later("quiet hours", allowed - now, counts=False)
    if rules.is_quiet(row.created_at) and row.overtaken:
        return Pointless("overtaken in the night")
    return _send(row, payload["template"])


_later = aliased(Notice)
_RINGS = (deliveries.WAITING, deliveries.LEASED, deliveries.DONE, deliveries.UNKNOWN)
"""A message in one of these states rings, or has rung; what never rings overtakes nothing."""
_MESSAGES = (
    select(
        Notice.id,
        Notice.kind,
        Notice.about_kind,
        Notice.about_id,
        Notice.params,
        Notice.emergency,
        Notice.created_at,
        Notice.read_at,
        Resident.openid,
        Resident.language,
        MutedKind.kind.label("muted"),
        select(_later.id)
        .join(
            Delivery,
            (Delivery.kind == service.MESSAGE)
            & (Delivery.key == cast(_later.id, String))
            & Delivery.state.in_(_RINGS),
        )
        .where(
            _later.resident_id == Notice.resident_id,
            _later.about_kind == Notice.about_kind,
            _later.about_id == Notice.about_id,
            _later.id > Notice.id,
        )
        .exists()
        .label("overtaken"),
    )
    .join(Resident, Resident.id == Notice.resident_id)
    .outerjoin(
        MutedKind,
        (MutedKind.resident_id == Notice.resident_id) & (MutedKind.kind == Notice.kind),
    )
    .where(Notice.id.in_(bindparam("notice_ids", expanding=True)))
)


def _send(row: Any, template: str) -> Outcome:
    try:
        deployment.wechat().send_message(
            row.openid,
            deployment.settings().wechat_templates[template],
            page=rules.page(row.about_kind, row.about_id),
            data=message(template, row.kind, row.params, row.created_at, row.language),
            language=row.language,
        )
    except MessageRefused as refusal:
        return Refused(f"errcode {refusal.errcode}")
    except MessageNotSent as fault:
        return Later(fault.reason, fault.after)
    except MessageUnsure as fault:
        return Unsure(fault.reason)
    return Done()


def message(
    template: str, kind: str, params: dict[str, Any], at: datetime, language: str
) -> dict[str, str]:
    """Return the fields of a template's message in somebody's language."""
    return {
        field: _filled(source, kind, params, at, language)
        for field, source in rules.FIELDS[template].items()
    }


def _filled(source: str, kind: str, params: dict[str, Any], at: datetime, language: str) -> str:
    if source == "phrase":
        return texts.text(f"notices.{kind}.phrase", language)
    if source == "at" or (source == "by" and "by" not in params):
        return _wechat_time(at)
    if source == "note" and "note" not in params:
        return texts.text(f"notices.{kind}.hint", language)
    value = params[source]
    if isinstance(value, dict) and "at" in value:
        return _wechat_time(datetime.fromisoformat(value["at"]))
    return str(service.shown_param(value, language))


def _wechat_time(moment: datetime) -> str:
    """Return a moment in Shanghai in the one form that WeChat takes: `2019年10月1日 15:01`."""
    wall = moment.astimezone(clock.SHANGHAI)
    return f"{wall.year}年{wall.month}月{wall.day}日 {wall:%H:%M}"


@delivers(announcements.FAN_OUT, twice=Twice.HARMLESS, tries=50)
def hand_out(payload: dict[str, Any]) -> Outcome:
    """Write an announcement into inboxes, a batch at a time, so that nobody else waits long."""
    if announcements.hand_out(payload["announcement_id"]):
        return Done()
    return Later("more to hand out", timedelta(0), counts=False)
