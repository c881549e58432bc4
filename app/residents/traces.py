"""What people leave in the tables of sign-in, homes and roles, and in the core's."""

from typing import Any

import orjson
from sqlalchemy import LargeBinary, String, cast, delete, func, literal, or_, select, update

from app.core.audit import AuditEntry
from app.core.db import changed_rows, db, read
from app.core.forms import JSON
from app.core.idempotency import IdempotencyKey
from app.core.outbox import OutboxEvent, OutboxReceipt
from app.core.traces import Person, acted, goes, stays, struck_values, when_erasing
from app.residents import rules
from app.residents.models import (
    Consent,
    DataCopy,
    DeskSignIn,
    HeldRole,
    RefreshToken,
    Residence,
    Resident,
    SignIn,
)

stays(
    Resident.id,
    "cases, hours and figures count on a number; of the person nothing is left in the row",
    cleared={
        "name": rules.NAMELESS,
        "language": "zh-Hans",
        "letter_size": "standard",
        "consent_version": None,
        "consent_at": None,
        "sealed_phone": None,
    },
    kept=("openid",),  # written anew by whoever erases: each shell has another
)
goes(HeldRole.resident_id)
goes(Consent.resident_id)
goes(Residence.resident_id)
acted(Residence.decided_by, "who decided about somebody else's home")
goes(SignIn.resident_id, withheld=("id",))
goes(
    RefreshToken.sign_in_id,
    theirs=lambda who: select(SignIn.id).where(SignIn.resident_id == who),
    copied=False,
)
goes(DeskSignIn.resident_id, withheld=("code", "number", "fingerprint", "sign_in_id"))
goes(DataCopy.resident_id, withheld=("name",))
goes(IdempotencyKey.resident_id, copied=False)
stays(
    AuditEntry.resident_id,
    "what those in charge did stays for three years, by a number",
    kept=("act", "about", "note"),
    withheld=("about",),  # it says to whom it was done
)


@when_erasing
def strike_what_others_were_answered(person: Person) -> None:
    """Take somebody's name out of the answers that are kept for whoever asks twice."""
    for row in _answers_to_others(person):
        answer = struck_values(orjson.loads(row.answer), person, rules.NAMELESS)
        changed_rows(
            update(IdempotencyKey)
            .where(IdempotencyKey.id == row.id)
            .values(answer=orjson.dumps(answer, option=JSON))
        )


def _answers_to_others(person: Person) -> list[Any]:
    postgresql = db.engine.dialect.name == "postgresql"
    place_in = func.pg_catalog.position if postgresql else func.instr
    said = or_(
        *(
            place_in(IdempotencyKey.answer, literal(each.encode(), LargeBinary)) > 0
            for each in person.spellings()
        )
    )
    found = said & (IdempotencyKey.resident_id != person.id)
    return list(read(select(IdempotencyKey.id, IdempotencyKey.answer).where(found)))


@when_erasing
def forget_what_wechat_told(person: Person) -> None:
    """Delete the facts that WeChat told of somebody by their id there."""
    telling = cast(OutboxEvent.payload, String).contains(person.openid, autoescape=True)
    theirs = select(OutboxEvent.id).where(telling)
    changed_rows(delete(OutboxReceipt).where(OutboxReceipt.event_id.in_(theirs)))
    changed_rows(delete(OutboxEvent).where(telling))


@when_erasing
def strike_from_the_audit(person: Person) -> None:
    """Take somebody's name out of what was done to them, and their words out of their notes.

    Acts about people begin with what they are called: the name, alone or before a dot.
    """
    about = AuditEntry.about
    named = (about == person.name) | about.startswith(f"{person.name} · ", autoescape=True)
    entries = read(select(AuditEntry.id, about).where(named, AuditEntry.act.like("residents.%")))
    for row in entries.all():
        left = rules.NAMELESS + row.about[len(person.name) :]
        changed_rows(update(AuditEntry).where(AuditEntry.id == row.id).values(about=left))
