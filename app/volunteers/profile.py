"""Being a volunteer: what one says of oneself, what one agrees to, pausing, leaving."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from app.core import clock, crypto, outbox
from app.core.access import Actor
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import FieldError, InvalidInput, NotFound
from app.core.idempotency import insert_ignore
from app.places import service as places
from app.residents.models import Resident
from app.volunteers import rules, service
from app.volunteers.events import LocationConsentWithdrawn, VolunteerStopped
from app.volunteers.models import (
    ContactLook,
    LikedPlace,
    Team,
    TeamMember,
    Volunteer,
    VolunteerConsent,
    VolunteerNumber,
)
from app.volunteers.qualifications import list_earned
from app.volunteers.records import forget_records, list_insurances, list_trainings
from app.volunteers.rules import Consent
from app.volunteers.teams import leave_all

MOST_SHOWN = 50
"""So many lines of one's consents and of who looked up one's contact, the newest."""
KEPT = (
    "skills",
    "languages",
    "most_per_week",
    "on_honour_board",
    "paused",
)
"""What is stored as it is given; what is left out of a form stays as it was."""


@unit_of_work()
def save_profile(
    actor: Actor,
    *,
    birth_year: int,
    consent: bool,  # noqa: ARG001 the form takes nothing but yes
    risk_version: str = rules.RISK_VERSION,
    guardian: Mapping[str, Any] | None = None,
    location_consent: bool | None = None,
    likes: Sequence[str] | None = None,
    **given: Any,
) -> dict[str, Any]:
    """Become a volunteer, or say anew what one is; what is left out stays as it was.

    Errors: InvalidInput (too young, no guardian, an older notice about risks, times, places).
    """
    now = clock.now()
    today = clock.shanghai_day(now)
    if rules.is_too_young(birth_year, today):
        raise InvalidInput.of("birth_year", "too_young", years=rules.LEAST_AGE)
    if risk_version != rules.RISK_VERSION:
        raise InvalidInput.of("risk_version", "not_an_option")
    known = _own(actor.resident_id) or _begin(actor.resident_id, birth_year, now)
    values = {"birth_year": birth_year, **_plain(given)}
    if known.risk_version != rules.RISK_VERSION:
        values |= _agree(actor.resident_id, Consent.RISK, now)
    values |= _guardian(known, guardian, today, birth_year, now)
    values |= _location(known, location_consent, now)
    changed_rows(_mine(actor.resident_id).values(values))
    if likes is not None:
        _like(actor.resident_id, likes)
    return show_profile(actor)


def show_profile(actor: Actor) -> dict[str, Any]:
    """Return everything we hold about the actor as a volunteer. Errors: NotFound."""
    row = _own(actor.resident_id)
    if row is None:
        raise NotFound
    likes = service.likes_of([actor.resident_id]).get(actor.resident_id, [])
    names = places.names_of(likes)
    phone = row.sealed_guardian_phone
    return {
        "number": row.number,
        "since": row.since,
        "birth_year": row.birth_year,
        "minor": rules.needs_guardian(row.birth_year, clock.shanghai_day(clock.now())),
        "guardian": row.guardian_consent_at
        and {
            "name": row.guardian_name,
            "phone": crypto.decrypt(phone) if phone else None,
            "consent_at": row.guardian_consent_at,
        },
        "skills": row.skills,
        "earned": list_earned(actor.resident_id),
        "languages": row.languages,
        "availability": row.availability,
        "most_per_week": row.most_per_week,
        "likes": likes,
        "liked_places": [{"code": code, "name": names.get(code, "")} for code in likes],
        "emergency_contact": service.unsealed_contact(row.sealed_emergency),
        "contact_looks": _looks(actor.resident_id),
        "risk_version": row.risk_version,
        "risk_current": rules.RISK_VERSION,
        "risk_consent_at": row.risk_consent_at,
        "location_consent_at": row.location_consent_at,
        "consents": _consents(actor.resident_id),
        "on_honour_board": row.on_honour_board,
        "paused": row.paused,
        "trainings": list_trainings(actor.resident_id),
        "insurances": list_insurances(actor.resident_id),
        "teams": _teams(actor.resident_id),
    }


@unit_of_work()
def change_profile(
    actor: Actor,
    *,
    location_consent: bool | None = None,
    risk_consent: bool | None = None,
    **given: Any,
) -> dict[str, Any]:
    """Pause or go on, give or take back a consent, appear on the honour board or not.

    Who takes back that they know the risks gives up their coming shifts with it.
    Errors: NotFound (the actor is no volunteer).
    """
    known = _own(actor.resident_id)
    if known is None:
        raise NotFound
    now = clock.now()
    values = _plain(given) | _location(known, location_consent, now)
    if risk_consent is True and known.risk_version != rules.RISK_VERSION:
        values |= _agree(actor.resident_id, Consent.RISK, now)
    if risk_consent is False and known.risk_version is not None:
        values |= _take_back(known, Consent.RISK, now)
        outbox.record(VolunteerStopped(actor.resident_id))
    if values:
        changed_rows(_mine(actor.resident_id).values(values))
    return show_profile(actor)


@unit_of_work()
def stop(actor: Actor) -> None:
    """Stop being a volunteer: the profile is deleted, what was served and certified stays.

    That one agreed, and no longer does, stays as well: it is what proves it.
    Errors: NotFound (the actor is no volunteer).
    """
    known = _own(actor.resident_id)
    if known is None:
        raise NotFound
    now = clock.now()
    if known.risk_version is not None:
        _take_back(known, Consent.RISK, now)
    _location(known, False, now)  # noqa: FBT003 no longer
    if known.guardian_consent_at is not None:
        _take_back(known, Consent.GUARDIAN, now)
    leave_all(actor)
    forget_records(actor.resident_id)
    changed_rows(delete(LikedPlace).where(LikedPlace.resident_id == actor.resident_id))
    changed_rows(delete(Volunteer).where(Volunteer.resident_id == actor.resident_id))
    outbox.record(VolunteerStopped(actor.resident_id))


def forget_guardians() -> int:
    """Forget the guardians of who needs none any more; returns of how many."""
    grown_up = clock.shanghai_day(clock.now()).year - rules.OF_AGE - 1
    return _forget_guardians(grown_up)


@unit_of_work()
def _forget_guardians(grown_up: int) -> int:
    grown = (Volunteer.birth_year <= grown_up) & Volunteer.guardian_consent_at.is_not(None)
    return changed_rows(update(Volunteer).where(grown).values(_NO_GUARDIAN))


_NO_GUARDIAN: dict[str, Any] = {
    "guardian_name": None,
    "sealed_guardian_phone": None,
    "guardian_consent_at": None,
}


def _mine(resident_id: int) -> Any:
    return update(Volunteer).where(Volunteer.resident_id == resident_id)


def _own(resident_id: int) -> Any:
    columns = Volunteer.__table__.columns
    return read(select(*columns).where(Volunteer.resident_id == resident_id)).one_or_none()


def _begin(resident_id: int, birth_year: int, now: datetime) -> Any:
    """Write the row of somebody new, unless a second tap was faster; return it."""
    row = {
        "resident_id": resident_id,
        "number": _next_number(clock.shanghai_day(now).year),
        "birth_year": birth_year,
        "skills": [],
        "languages": [],
        "availability": [],
        "on_honour_board": False,
        "paused": False,
        "since": now,
    }
    changed_rows(insert_ignore(Volunteer), row)
    return _own(resident_id)


def _next_number(year: int) -> str:
    """Return the next volunteer's number of a year: `LV-2026-000123`."""
    changed_rows(insert_ignore(VolunteerNumber), {"year": year, "last": 0})
    counted = (
        update(VolunteerNumber)
        .where(VolunteerNumber.year == year)
        .values(last=VolunteerNumber.last + 1)
        .returning(VolunteerNumber.last)
    )
    return f"LV-{year}-{read(counted).scalar_one():06}"


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form says of the plain columns, in the form of the table."""
    values = {name: given[name] for name in KEPT if name in given}
    for name in ("skills", "languages"):
        if name in values:
            values[name] = list(dict.fromkeys(values[name] or []))
    if "availability" in given:
        values["availability"] = _times(given["availability"] or [])
    if "emergency_contact" in given:
        contact = given["emergency_contact"]
        values["sealed_emergency"] = contact and crypto.encrypt(json.dumps(contact))
    return values


def _times(given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    times = [{"weekday": t["weekday"], "from": t["start"], "to": t["end"]} for t in given]
    if faulty := rules.faulty_times(times):
        faults = [FieldError(f"availability.{place}.to", "before_the_start") for place in faulty]
        raise InvalidInput(errors=faults)
    return sorted(times, key=lambda t: (t["weekday"], t["from"], t["to"]))


def _like(resident_id: int, codes: Sequence[str]) -> None:
    wanted = list(dict.fromkeys(codes))
    known = places.names_of(wanted)
    faults = [
        FieldError(f"likes.{place}", "unknown_place")
        for place, code in enumerate(codes)
        if code not in known
    ]
    if faults:
        raise InvalidInput(errors=faults)
    changed_rows(delete(LikedPlace).where(LikedPlace.resident_id == resident_id))
    if wanted:
        rows = [{"resident_id": resident_id, "place_code": code} for code in wanted]
        changed_rows(insert_ignore(LikedPlace), rows)


def _agree(resident_id: int, kind: Consent, now: datetime) -> dict[str, Any]:
    """Write down that somebody agrees; return the columns that change by it."""
    _note_consent(resident_id, kind, now, given=True)
    if kind is Consent.RISK:
        return {"risk_version": rules.RISK_VERSION, "risk_consent_at": now}
    return {f"{kind}_consent_at": now}


def _take_back(known: Any, kind: Consent, now: datetime) -> dict[str, Any]:
    _note_consent(known.resident_id, kind, now, given=False)
    if kind is Consent.RISK:
        return {"risk_version": None, "risk_consent_at": None}
    return {f"{kind}_consent_at": None}


def _note_consent(resident_id: int, kind: Consent, now: datetime, *, given: bool) -> None:
    version = rules.LOCATION_VERSION if kind is Consent.LOCATION else rules.RISK_VERSION
    row = {"resident_id": resident_id, "kind": kind, "version": version, "given": given, "at": now}
    changed_rows(insert(VolunteerConsent), row)


def _location(known: Any, wanted: bool | None, now: datetime) -> dict[str, Any]:
    if wanted is None or wanted == (known.location_consent_at is not None):
        return {}
    if wanted:
        return _agree(known.resident_id, Consent.LOCATION, now)
    outbox.record(LocationConsentWithdrawn(known.resident_id))
    return _take_back(known, Consent.LOCATION, now)


def _guardian(
    known: Any, given: Mapping[str, Any] | None, today: date, birth_year: int, now: datetime
) -> dict[str, Any]:
    """Return the columns of the guardian: kept only of who needs one."""
    if not rules.needs_guardian(birth_year, today):
        return _NO_GUARDIAN
    if given is None:
        if known.guardian_consent_at is None:
            raise InvalidInput.of("guardian", "guardian_needed", years=rules.OF_AGE)
        return {}
    if _same_guardian(known, given):
        return {}
    return {
        "guardian_name": given["name"],
        "sealed_guardian_phone": crypto.encrypt(given["phone"]),
        **_agree(known.resident_id, Consent.GUARDIAN, now),
    }


def _same_guardian(known: Any, given: Mapping[str, Any]) -> bool:
    if known.guardian_consent_at is None or known.guardian_name != given["name"]:
        return False
    return bool(crypto.decrypt(known.sealed_guardian_phone) == given["phone"])


def _consents(resident_id: int) -> list[dict[str, Any]]:
    row = VolunteerConsent
    found = select(row.kind, row.version, row.given, row.at).where(row.resident_id == resident_id)
    return [dict(line._mapping) for line in read(found.order_by(row.id.desc()).limit(MOST_SHOWN))]  # noqa: SLF001 it is public


def _looks(resident_id: int) -> list[dict[str, Any]]:
    found = (
        select(ContactLook.at, ContactLook.why, Resident.name.label("by"))
        .join(Resident, Resident.id == ContactLook.by_id)
        .where(ContactLook.resident_id == resident_id)
        .order_by(ContactLook.id.desc())
        .limit(MOST_SHOWN)
    )
    return [dict(line._mapping) for line in read(found)]  # noqa: SLF001 it is public


def _teams(resident_id: int) -> list[dict[str, Any]]:
    found = (
        select(Team.id, Team.name, TeamMember.leader)
        .join(TeamMember, TeamMember.team_id == Team.id)
        .where(
            TeamMember.resident_id == resident_id,
            TeamMember.state == rules.MEMBER,
            Team.closed_at.is_(None),
        )
        .order_by(Team.id)
    )
    return [dict(line._mapping) for line in read(found)]  # noqa: SLF001 it is public
