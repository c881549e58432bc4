"""Certificates of service: issued by what is recorded, checked by anybody, revoked with a reason.

Whoever organises records, and whoever records certifies: one certificate counts the
hours served in one community, and that community's committee is its issuer.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, insert, select, update
from sqlalchemy.sql import ColumnElement

from app.core import audit, clock, crypto, outbox, pages
from app.core.access import Actor, Permission, RoleKind
from app.core.db import changed_rows, read, unit_of_work, within, within_any
from app.core.deployment import settings
from app.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from app.places import rules as place_rules
from app.places import service as places
from app.residents import service as residents
from app.residents.models import Resident
from app.volunteers import rules
from app.volunteers.events import CertificateDoubted, CertificateRevoked
from app.volunteers.hours_models import HourEntry
from app.volunteers.hours_rules import hours_of
from app.volunteers.models import Certificate, CertifiedEntry, Volunteer
from app.volunteers.service import NotAVolunteer, team_names

LINK_DAYS = 1
"""How long a link to the paper works at least; it is made anew with every view."""
MOST_ENTRIES = 3000
"""Of one certificate: a shift every day for eight years."""


class NothingToCertify(Conflict):
    """No credited hours in that time and place."""

    code = "nothing_to_certify"


class AlreadyRevoked(Conflict):
    """The certificate was revoked before."""

    code = "already_revoked"


@unit_of_work()
def issue(
    actor: Actor,
    *,
    first: date | None = None,
    last: date | None = None,
    place_code: str | None = None,
    remarks: str | None = None,
) -> dict[str, Any]:
    """Certify the actor's credited hours of a range of Shanghai days, in one community.

    Without a place, the community where most of them were served. What is held or was
    reversed is no part of it. The figures stay as they are on this day.
    Errors: NotAVolunteer, NothingToCertify, InvalidInput (the range).
    """
    if first and last and first > last:
        raise InvalidInput.of("from", "after_the_end")
    person = read(
        select(Volunteer.number, Resident.name)
        .join(Resident, Resident.id == Volunteer.resident_id)
        .where(Volunteer.resident_id == actor.resident_id)
    ).one_or_none()
    if person is None:
        raise NotAVolunteer
    served = _by_community(_entries(actor.resident_id, first, last))
    if place_code is not None:
        community = place_rules.community_of(place_code) or place_code
    else:
        community = max(served, key=lambda code: (_minutes(served[code]), code), default="")
    entries = served.get(community, [])
    if _minutes(entries) <= 0:
        raise NothingToCertify
    now = clock.now()
    names = places.names_of({community, *(entry.place_code for entry in entries)})
    days = [clock.shanghai_day(entry.starts_at) for entry in entries]
    row = {
        "number": _new_number(clock.shanghai_day(now).year),
        "resident_id": actor.resident_id,
        "community_code": community,
        "name": person.name,
        "volunteer_number": person.number,
        "issuer": names.get(community, community),
        "responsible": _responsible(community),
        "first_day": min(days),
        "last_day": max(days),
        "minutes": _minutes(entries),
        "content": _content(entries, names),
        "remarks": remarks,
        "issued_at": now,
        "to_review": False,
    }
    certificate_id = read(insert(Certificate).returning(Certificate.id), row).scalar_one()
    counted = [{"certificate_id": certificate_id, "entry_id": entry.id} for entry in entries]
    changed_rows(insert(CertifiedEntry), counted)
    left_out = sum(_minutes(others) for code, others in served.items() if code != community)
    made = read(_CERTIFICATES.where(Certificate.id == certificate_id)).one()
    return detail(made, now) | {"left_out_minutes": left_out}


def list_own(actor: Actor, *, cursor: str | None = None, limit: int) -> dict[str, Any]:
    """Return a page of the actor's certificates, the newest first."""
    mine = _CERTIFICATES.where(Certificate.resident_id == actor.resident_id)
    return _page(mine, cursor, limit, _view)


def list_issued(
    actor: Actor,
    *,
    place: str | None = None,
    state: str | None = None,
    to_review: bool | None = None,
    cursor: str | None = None,
    limit: int,
) -> dict[str, Any]:
    """Return a page of what the actor's communities certified, the newest first.

    Errors: NotFound (not the actor's place).
    """
    permission = Permission.CERTIFICATE_REVOKE
    if place is not None and not actor.reaches(permission, place):
        raise NotFound
    found = _CERTIFICATES.where(within_any(Certificate.community_code, actor.codes(permission)))
    if place is not None:
        found = found.where(within(Certificate.community_code, place))
    if state is not None:
        found = found.where(_in_state(state, clock.now()))
    if to_review is not None:
        found = found.where(Certificate.to_review == to_review)
    return _page(found, cursor, limit, _staff_view)


def verify(number: str) -> dict[str, Any]:
    """Return what anybody may know of a certificate, and nothing more. Errors: NotFound.

    Whose name it is can be recognised by who knows it; the reason of a revocation is
    between the owner and the committee.
    """
    row = _find(number)
    return {
        "number": row.number,
        "name": rules.masked(row.name),
        "hours": hours_of(row.minutes),
        "from": row.first_day,
        "to": row.last_day,
        "issuer": row.issuer,
        "issued_at": row.issued_at,
        "state": _state(row, clock.now()),
        "revoked_at": row.revoked_at,
    }


def open_paper(number: str, expires: int, signature: str) -> dict[str, Any]:
    """Return what the paper of a signed link says. Errors: NotFound, whatever is wrong."""
    now = clock.now()
    if expires < now.timestamp() or not crypto.signed(_signed(number, expires), signature):
        raise NotFound
    row = _find(number)
    return detail(row, now)


@unit_of_work()
def revoke(actor: Actor, number: str, *, reason: str) -> dict[str, Any]:
    """Take a certificate back; its owner is told why. Errors: NotFound, AlreadyRevoked."""
    row = _find_to_judge(actor, number)
    taken = {"revoked_at": clock.now(), "revoked_by": actor.resident_id, "reason": reason}
    standing = (Certificate.id == row.id) & Certificate.revoked_at.is_(None)
    change = update(Certificate).where(standing).values(**taken, to_review=False)
    if not changed_rows(change):
        raise AlreadyRevoked
    outbox.record(CertificateRevoked(row.id, row.resident_id))
    return _staff_view(_find(number), clock.now())


@unit_of_work()
def confirm(actor: Actor, number: str) -> dict[str, Any]:
    """Let a certificate stand although its hours were corrected since.

    Errors: NotFound, Forbidden (it is the actor's own), AlreadyRevoked.
    """
    row = _find_to_judge(actor, number)
    if row.resident_id == actor.resident_id:
        raise Forbidden
    if row.revoked_at is not None:
        raise AlreadyRevoked
    changed_rows(update(Certificate).where(Certificate.id == row.id).values(to_review=False))
    return _staff_view(_find(number), clock.now())


def doubt(entry_ids: Collection[int]) -> int:
    """Mark the certificates that count these entries for their committee to look at.

    Within the caller's transaction, which corrects the entries. Returns how many.
    """
    counting = select(CertifiedEntry.certificate_id).where(CertifiedEntry.entry_id.in_(entry_ids))
    marked = read(
        update(Certificate)
        .where(
            Certificate.id.in_(counting),
            Certificate.revoked_at.is_(None),
            Certificate.to_review.is_(False),
        )
        .values(to_review=True)
        .returning(Certificate.id, Certificate.community_code)
    ).all()
    for row in marked:
        outbox.record(CertificateDoubted(row.id, row.community_code))
    return len(marked)


def find_for_system(certificate_id: int) -> Any:
    """Return a certificate's row, whoever asks: for reactions."""
    return read(_CERTIFICATES.where(Certificate.id == certificate_id)).one()


def detail(row: Any, now: datetime) -> dict[str, Any]:
    """Return a certificate with its content, as it was certified."""
    return _view(row, now) | {"content": row.content}


_CERTIFICATES = select(*Certificate.__table__.columns)


def _page(found: Select[Any], cursor: str | None, limit: int, view: Any) -> dict[str, Any]:
    if after := pages.decode(cursor, int):
        found = found.where(Certificate.id < after[0])
    rows = read(found.order_by(Certificate.id.desc()).limit(limit + 1)).all()
    now = clock.now()
    return pages.page(rows, limit, lambda row: view(row, now), lambda row: (row.id,))


def _in_state(state: str, now: datetime) -> ColumnElement[bool]:
    revoked = Certificate.revoked_at.is_not(None)
    young = Certificate.issued_at > now - timedelta(days=rules.NOTICE_DAYS)
    return {
        rules.REVOKED: revoked,
        rules.IN_NOTICE: and_(~revoked, young),
        rules.VALID: and_(~revoked, ~young),
    }[state]


def _find(number: str) -> Any:
    # What has not the shape of a number is not worth a query.
    wanted = number.upper()
    if not rules.NUMBER.fullmatch(wanted):
        raise NotFound
    row = read(_CERTIFICATES.where(Certificate.number == wanted)).one_or_none()
    if row is None:
        raise NotFound
    return row


def _find_to_judge(actor: Actor, number: str) -> Any:
    row = _find(number)
    if not actor.reaches(Permission.CERTIFICATE_REVOKE, row.community_code):
        raise NotFound
    audit.note(place_code=row.community_code)
    return row


def _entries(resident_id: int, first: date | None, last: date | None) -> Sequence[Any]:
    """Return the standing credited entries of somebody that begin on those days, oldest first."""
    entry = HourEntry
    found = select(
        entry.id, entry.place_code, entry.team_id, entry.title, entry.starts_at, entry.minutes
    ).where(
        entry.resident_id == resident_id,
        entry.state == "credited",
        entry.reverses_id.is_(None),
        entry.reversed_at.is_(None),
    )
    if first:
        found = found.where(entry.starts_at >= clock.day_start(first))
    if last:
        found = found.where(entry.starts_at < clock.day_start(last + timedelta(days=1)))
    return read(found.order_by(entry.starts_at, entry.id).limit(MOST_ENTRIES)).all()


def _by_community(entries: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for entry in entries:
        code = place_rules.community_of(entry.place_code) or entry.place_code
        found.setdefault(code, []).append(entry)
    return found


def _minutes(entries: Sequence[Any]) -> int:
    return sum(entry.minutes for entry in entries)


def _content(entries: Sequence[Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    teams = team_names([entry.team_id for entry in entries if entry.team_id])
    return [
        {
            "day": clock.shanghai_day(entry.starts_at).isoformat(),
            "title": entry.title,
            "place": names.get(entry.place_code, ""),
            "team": teams.get(entry.team_id),
            "minutes": entry.minutes,
        }
        for entry in entries
    ]


def _responsible(community: str) -> str | None:
    """Return who answers for a community's committee: of several the first by name."""
    found = residents.holders_within(RoleKind.COMMITTEE, community)
    return next((row.name for row in found if row.place_code == community), None)


def _new_number(year: int) -> str:
    letters = (secrets.choice(rules.NUMBER_ALPHABET) for _ in range(rules.NUMBER_LETTERS))
    return f"LLC-{year}-{''.join(letters)}"


def _state(row: Any, now: datetime) -> str:
    return rules.certificate_state(row.issued_at, row.revoked_at, now)


def _view(row: Any, now: datetime) -> dict[str, Any]:
    return {
        "number": row.number,
        "state": _state(row, now),
        "name": row.name,
        "volunteer_number": row.volunteer_number,
        "place_code": row.community_code,
        "hours": hours_of(row.minutes),
        "minutes": row.minutes,
        "from": row.first_day,
        "to": row.last_day,
        "issuer": row.issuer,
        "responsible": row.responsible,
        "remarks": row.remarks,
        "issued_at": row.issued_at,
        "valid_from": rules.in_notice_until(row.issued_at),
        "revoked_at": row.revoked_at,
        "revoke_reason": row.reason,
        "verify_url": f"{settings().public_url}/api/v1/certificates/{row.number}",
        "pdf_url": _pdf_link(row.number, now),
    }


def _staff_view(row: Any, now: datetime) -> dict[str, Any]:
    return _view(row, now) | {"resident_id": row.resident_id, "to_review": row.to_review}


def _pdf_link(number: str, now: datetime) -> str:
    expires = int(
        clock.day_start(clock.shanghai_day(now) + timedelta(days=LINK_DAYS + 1)).timestamp()
    )
    signature = crypto.sign(_signed(number, expires))
    return f"/api/v1/certificates/{number}.pdf?expires={expires}&signature={signature}"


def _signed(number: str, expires: int) -> str:
    return f"certificate/{number}/{expires}"
