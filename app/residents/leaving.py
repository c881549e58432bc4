"""Going: somebody asks for their account to be deleted, may take it back, and is erased.

Between asking and erasing there is a week. Meanwhile they are signed out everywhere, and who
signs in again may only take it back, or take a copy along. Erasing is one transaction for each
person: all of it or nothing, and a second run finds nobody left to erase.
"""

import logging
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from app.core import audit, clock, crypto, traces
from app.core.access import Actor, RoleKind
from app.core.db import changed_rows, read, unit_of_work
from app.core.traces import Person
from app.places.rules import community_of
from app.residents import copying, desks, granting, rules
from app.residents.models import Erasing, HeldRole, Resident, SignIn

log = logging.getLogger(__name__)
MOST = 50
"""So many are erased in one run."""
SHELL = "erased:"
"""Begins what stands for a WeChat id in a shell; WeChat's own begin with a letter and no word."""


def show(resident_id: int) -> dict[str, Any] | None:
    """Return `{asked_at, erase_at}` of whoever asked to go; nothing of whoever stays."""
    row = read(
        select(Resident.leaving_at, Resident.erase_at).where(Resident.id == resident_id)
    ).one()
    if row.erase_at is None:
        return None
    return {"asked_at": row.leaving_at, "erase_at": row.erase_at}


@unit_of_work()
def ask(actor: Actor) -> dict[str, Any]:
    """Ask for one's account to be deleted; returns `{asked_at, erase_at}`.

    What one has taken on is given back, staff's roles are given up, and one is signed out
    everywhere. Asked twice it is as asked once. Errors: LastOfItsKind; whatever a feature
    refuses by, as RoundRunning.
    """
    now = clock.now()
    standing = read(
        select(Resident.erase_at).where(Resident.id == actor.resident_id).with_for_update()
    ).scalar_one()
    if standing is None:
        traces.give_back(actor)
        place_code = _home(actor.resident_id)
        _give_up_roles(actor)
        _sign_out_everywhere(actor, now)
        until = {"leaving_at": now, "erase_at": now + rules.LEAVING_FOR}
        changed_rows(update(Resident).where(Resident.id == actor.resident_id).values(until))
        _note(actor.resident_id, "asked", place_code)
    return show(actor.resident_id) or {}


def _give_up_roles(actor: Actor) -> None:
    staff = (HeldRole.resident_id == actor.resident_id) & (HeldRole.kind != RoleKind.RESIDENT)
    for role in read(select(HeldRole.id, HeldRole.kind, HeldRole.place_code).where(staff)).all():
        granting.require_others(role.id, RoleKind(role.kind), role.place_code)
        changed_rows(delete(HeldRole).where(HeldRole.id == role.id))
        audit.record(
            actor.resident_id,
            "residents.role_given_up",
            place_code=role.place_code,
            about=f"{actor.name} · {role.kind}",
        )


def _sign_out_everywhere(actor: Actor, now: datetime) -> None:
    desks.end_desks(actor)
    held = (SignIn.resident_id == actor.resident_id) & SignIn.revoked_at.is_(None)
    changed_rows(update(SignIn).where(held).values(revoked_at=now))


@unit_of_work()
def take_back(actor: Actor) -> None:
    """Stay after all. Roles that one gave up, seats and tasks do not come back by themselves."""
    waiting = (Resident.id == actor.resident_id) & Resident.erase_at.is_not(None)
    stays = {"leaving_at": None, "erase_at": None}
    if changed_rows(update(Resident).where(waiting).values(stays)):
        _note(actor.resident_id, "taken_back", _home(actor.resident_id))


def _note(resident_id: int, step: str, place_code: str) -> None:
    audit.record(resident_id, f"residents.leaving_{step}", place_code=place_code, about="")


def _home(resident_id: int) -> str:
    """Return the community that somebody belongs to, or no place: nobody then reads the entry."""
    held = select(HeldRole.place_code).where(HeldRole.resident_id == resident_id)
    codes = read(held.order_by(HeldRole.id)).scalars().all()
    return next((found for code in codes if (found := community_of(code))), "")


def erase_due(most: int = MOST) -> int:
    """Erase whoever's time has come, each in one transaction; returns how many.

    Whoever could not be erased is due again in the next run, and keeps nobody else waiting.
    Errors: ExceptionGroup of theirs.
    """
    due = (
        select(Resident.id)
        .where(Resident.erase_at <= clock.now())
        .order_by(Resident.erase_at, Resident.id)
    )
    erased, faults = 0, []
    for resident_id in read(due).scalars().all():
        if erased == most:
            break
        try:
            erased += erase(resident_id)
        except Exception as fault:
            log.exception("resident %s could not be erased", resident_id)
            faults.append(fault)
    if faults:
        msg = "some could not be erased"
        raise ExceptionGroup(msg, faults)
    return erased


@unit_of_work()
def erase(resident_id: int) -> bool:
    """Erase somebody whose time has come; returns whether it was done now."""
    now = clock.now()
    mine = (Resident.id == resident_id) & (Resident.erase_at <= now)
    row = read(
        select(Resident.id, Resident.name, Resident.openid, Resident.sealed_phone)
        .where(mine)
        .with_for_update()
    ).one_or_none()
    if row is None:
        return False
    phone = crypto.decrypt(row.sealed_phone) if row.sealed_phone else None
    place_code = _home(resident_id)
    changed_rows(insert(Erasing), {"resident_id": resident_id})
    copying.forget_files_of(resident_id)
    traces.erase(Person(resident_id, row.name, row.openid, phone))
    shell = {
        "openid": f"{SHELL}{resident_id}",
        "leaving_at": None,
        "erase_at": None,
        "erased_at": now,
    }
    changed_rows(update(Resident).where(Resident.id == resident_id).values(shell))
    changed_rows(delete(Erasing).where(Erasing.resident_id == resident_id))
    _note(resident_id, "erased", place_code)
    return True
