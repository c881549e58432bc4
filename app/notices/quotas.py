"""How many WeChat messages somebody may still be sent, and of which kinds they want any.

WeChat tells nobody what is left of the one-off subscriptions, so we count.
A message is paid for when it is planned; one that certainly was not sent is
given back.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, case, delete, or_, select, update

from app.core import clock, deployment, texts
from app.core.access import Actor, Permission
from app.core.db import changed_rows, read, unit_of_work
from app.core.deliveries import DEAD, POINTLESS, REFUSED
from app.core.errors import InvalidInput
from app.core.idempotency import insert_ignore
from app.notices import rules
from app.notices.models import MessageQuota, MutedKind, Notice

TAKES_NO_MORE = "errcode 43101"
"""WeChat: refused by the person, or all that they allowed is used up."""

_ALLOWED = case(
    (MessageQuota.by_phone > MessageQuota.by_wechat, MessageQuota.by_phone),
    else_=MessageQuota.by_wechat,
)


def reserve(kind: rules.Kind, resident_ids: Iterable[int]) -> list[int]:
    """Pay one message of a kind for each of the people who have one left and want it."""
    muted = (
        select(MutedKind.resident_id)
        .where(MutedKind.resident_id == MessageQuota.resident_id, MutedKind.kind == kind.name)
        .exists()
    )
    paid = (
        update(MessageQuota)
        .where(
            MessageQuota.template == kind.template,
            MessageQuota.resident_id.in_(sorted(resident_ids)),
            or_(
                MessageQuota.by_phone > MessageQuota.spent,
                MessageQuota.by_wechat > MessageQuota.spent,
            ),
            ~muted,
        )
        .values(spent=MessageQuota.spent + 1)
        .returning(MessageQuota.resident_id)
    )
    return list(read(paid).scalars())


def given_up(payload: dict[str, Any], state: str, reason: str | None) -> None:
    """Correct the count when a message will not be sent any more."""
    mine = _paid_from(payload)
    if reason == TAKES_NO_MORE:
        changed_rows(mine.values(spent=_ALLOWED))
    elif state in {POINTLESS, DEAD, REFUSED}:
        changed_rows(mine.where(MessageQuota.spent > 0).values(spent=MessageQuota.spent - 1))


def taken_up(payload: dict[str, Any], state: str) -> None:
    """Pay again for a message that was given back and is tried anew all the same."""
    if state == DEAD:
        changed_rows(_paid_from(payload).values(spent=MessageQuota.spent + 1))


def _paid_from(payload: dict[str, Any]) -> Any:
    notice = select(Notice.resident_id).where(Notice.id == payload["notice_id"]).scalar_subquery()
    return update(MessageQuota).where(
        MessageQuota.resident_id == notice, MessageQuota.template == payload["template"]
    )


@unit_of_work()
def answer(actor: Actor, answers: Mapping[str, str]) -> dict[str, Any]:
    """Count what somebody answered to WeChat's dialogue, by template id.

    Errors: InvalidInput (an unknown template, more than WeChat asks at once).
    """
    if len(answers) > rules.MOST_ASKED_AT_ONCE:
        raise InvalidInput.of("templates", "too_many", max=rules.MOST_ASKED_AT_ONCE)
    names = names_by_id()
    for template_id in answers:
        if template_id not in names:
            raise InvalidInput.of(template_id[:80], "unknown_template")
    for template_id, said in answers.items():
        count_answer(actor.resident_id, names[template_id], said, by="by_phone")
    return {"templates": _templates(actor)}


def count_answer(resident_id: int, template: str, said: str, *, by: str) -> None:
    """Count one answer to the dialogue, as the phone (`by_phone`) or WeChat (`by_wechat`) has it.

    A yes is one message more; a ban takes back what was allowed before.
    """
    mine = {"resident_id": resident_id, "template": template}
    heard = {"answer": said, "answered_at": clock.now()}
    empty = mine | heard | {"by_phone": 0, "by_wechat": 0, "spent": 0}
    changed_rows(insert_ignore(MessageQuota), empty)
    values: dict[str, Any] = dict(heard)
    if said == "accept":
        column = getattr(MessageQuota, by)
        values[by] = column + 1
    elif said == "ban":
        values["spent"] = _ALLOWED
    changed_rows(update(MessageQuota).filter_by(**mine).values(values))


def names_by_id() -> dict[str, str]:
    """Return our names of the templates by WeChat's ids."""
    return {found: name for name, found in deployment.settings().wechat_templates.items()}


def show_preferences(actor: Actor) -> dict[str, Any]:
    """Return what the actor can receive, what is left of it, and what they switched off."""
    muted = set(read(_MUTED, {"me": actor.resident_id}).scalars())
    return {
        "quiet_hours": {
            "from": f"{rules.QUIET_FROM:%H:%M}",
            "to": f"{rules.QUIET_TO:%H:%M}",
        },
        "templates": _templates(actor),
        "kinds": [
            {
                "kind": kind.name,
                "title": texts.text(f"notices.{kind.name}.name", actor.language),
                "template": kind.template,
                "on": kind.name not in muted,
            }
            for kind in _kinds_of(actor)
        ],
    }


_MUTED = select(MutedKind.kind).where(MutedKind.resident_id == bindparam("me"))


def _templates(actor: Actor) -> list[dict[str, Any]]:
    ids = deployment.settings().wechat_templates
    kinds = _kinds_of(actor)
    left = dict(tuple(row) for row in read(_LEFT, {"me": actor.resident_id}))
    for_residents = {kind.template for kind in kinds if kind.audience is rules.Audience.RESIDENT}
    received = {kind.template for kind in kinds}
    return [
        {
            "name": name,
            "template_id": ids[name],
            "title": texts.text(f"notices.templates.{name}", actor.language),
            "left": max(left.get(name, 0), 0),
            "for_staff": name not in for_residents,
        }
        for name in rules.TEMPLATES
        if name in received and name in ids
    ]


_LEFT = select(MessageQuota.template, _ALLOWED - MessageQuota.spent).where(
    MessageQuota.resident_id == bindparam("me")
)


def _kinds_of(actor: Actor) -> list[rules.Kind]:
    staff = actor.may(Permission.TASKS_READ)
    committee = actor.may(Permission.HAZARD_SUPERVISE)
    return [
        kind
        for kind in rules.KINDS.values()
        if rules.receives(kind, staff=staff, committee=committee)
    ]


@unit_of_work()
def change_preferences(actor: Actor, *, kinds: Mapping[str, bool]) -> dict[str, Any]:
    """Switch the messages of kinds on or off; returns all preferences as they are now.

    Errors: InvalidInput, naming a kind that does not exist or never comes to the actor.
    """
    mine = {kind.name for kind in _kinds_of(actor)}
    for name, wanted in kinds.items():
        if name not in mine:
            raise InvalidInput.of(f"kinds.{name[:40]}", "unknown_field")
        row = {"resident_id": actor.resident_id, "kind": name}
        if wanted:
            changed_rows(delete(MutedKind).filter_by(**row))
        else:
            changed_rows(insert_ignore(MutedKind), row)
    return show_preferences(actor)
