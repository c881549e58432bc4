"""Letting a computer in: a desk shows a code, a phone that is signed in says yes.

The desk never holds a token of the API. It holds a secret in a cookie, of which only the
fingerprint is kept; once somebody let it in, the secret is changed, so that one who knew
the address of the waiting page gains nothing.
"""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, update

from app.core import audit, clock, crypto
from app.core.access import Actor, Role, RoleKind
from app.core.db import changed_rows, db, read, unit_of_work
from app.core.errors import Conflict, NotFound
from app.core.forgetting import forget
from app.core.prepared import Prepared
from app.residents import rules
from app.residents.models import DeskSignIn, HeldRole, Resident, SignIn


class DeskCodeOver(Conflict):
    """The code was decided about already, or its two minutes are over."""

    code = "desk_code_over"


@unit_of_work()
def ask_in(browser: str, address: str) -> tuple[str, dict[str, Any]]:
    """Begin to wait at a desk; returns its secret and `{code, number, expires_at}`.

    `browser` and `address` are what the phone will show, so that nobody lets a stranger in.
    """
    secret, now = crypto.random_token(), clock.now()
    desk = DeskSignIn(
        code="".join(secrets.choice(rules.DESK_ALPHABET) for _ in range(rules.DESK_CODE_LENGTH)),
        number=f"{secrets.randbelow(90) + 10}",
        fingerprint=crypto.fingerprint(secret),
        state=rules.WAITING,
        browser=browser[: rules.LONGEST_BROWSER],
        address=address[: rules.LONGEST_ADDRESS],
        asked_at=now,
        expires_at=now + rules.DESK_CODE_FOR,
    )
    db.session.add(desk)
    db.session.flush()
    return secret, {"code": desk.code, "number": desk.number, "expires_at": desk.expires_at}


def find_waiting(secret: str) -> dict[str, Any] | None:
    """Return `{code, number, state, expires_at}` of a desk that is not let in yet, if any.

    `state` is `waiting`, `let_in`, `refused` or `over`.
    """
    row = read(
        select(DeskSignIn.code, DeskSignIn.number, DeskSignIn.state, DeskSignIn.expires_at).where(
            DeskSignIn.fingerprint == crypto.fingerprint(secret),
            DeskSignIn.state.in_((rules.WAITING, rules.LET_IN, rules.REFUSED)),
        )
    ).one_or_none()
    if row is None:
        return None
    return {**row._asdict(), "state": rules.desk_state(row.state, row.expires_at, clock.now())}


def show_desk(actor: Actor, code: str) -> dict[str, Any]:
    """Show who asks to be let in, for whoever holds the code. Errors: NotFound."""
    row = read(_shown().where(DeskSignIn.code == rules.desk_code(code))).one_or_none()
    if row is None or row.resident_id not in {None, actor.resident_id}:
        raise NotFound
    return _view(row, clock.now())


def _shown() -> Any:
    return select(
        DeskSignIn.id,
        DeskSignIn.code,
        DeskSignIn.number,
        DeskSignIn.state,
        DeskSignIn.browser,
        DeskSignIn.address,
        DeskSignIn.asked_at,
        DeskSignIn.expires_at,
        DeskSignIn.seen_at,
        DeskSignIn.resident_id,
    )


def _view(row: Any, now: datetime) -> dict[str, Any]:
    shown = row._asdict()
    del shown["resident_id"]
    return {**shown, "state": rules.desk_state(row.state, row.expires_at, now)}


@unit_of_work()
def decide(actor: Actor, code: str, *, let_in: bool) -> dict[str, Any]:
    """Let a waiting desk in as oneself, or refuse it, once.

    Errors: NotFound; DeskCodeOver.
    """
    now, code = clock.now(), rules.desk_code(code)
    values: dict[str, Any] = {"resident_id": actor.resident_id, "decided_at": now}
    if let_in:
        sign_in = SignIn(id=crypto.random_token(), resident_id=actor.resident_id, created_at=now)
        db.session.add(sign_in)
        db.session.flush()
        values |= {"state": rules.LET_IN, "sign_in_id": sign_in.id}
    else:
        values |= {"state": rules.REFUSED}
    waiting = (
        (DeskSignIn.code == code)
        & (DeskSignIn.state == rules.WAITING)
        & (DeskSignIn.expires_at > now)
    )
    if not changed_rows(update(DeskSignIn).where(waiting).values(**values)):
        show_desk(actor, code)
        raise DeskCodeOver
    shown = show_desk(actor, code)
    audit.note(about=f"{shown['browser']}, {shown['address']}")
    return shown


@unit_of_work()
def collect(secret: str) -> str | None:
    """Sit down at a desk that was let in; returns the secret to go on with, once."""
    now, fresh = clock.now(), crypto.random_token()
    let_in = (
        (DeskSignIn.fingerprint == crypto.fingerprint(secret))
        & (DeskSignIn.state == rules.LET_IN)
        & (DeskSignIn.expires_at > now)
    )
    sat_down = changed_rows(
        update(DeskSignIn)
        .where(let_in)
        .values(
            state=rules.OPEN,
            fingerprint=crypto.fingerprint(fresh),
            expires_at=now + rules.DESK_FOR,
            seen_at=now,
        )
    )
    return fresh if sat_down else None


_AT_DESK = Prepared(
    lambda: (
        select(
            Resident.id,
            Resident.name,
            HeldRole.kind,
            HeldRole.place_code,
            DeskSignIn.id.label("desk_id"),
            DeskSignIn.sign_in_id,
            DeskSignIn.seen_at,
        )
        .join(DeskSignIn, DeskSignIn.resident_id == Resident.id)
        .join(SignIn, SignIn.id == DeskSignIn.sign_in_id)
        .outerjoin(HeldRole, HeldRole.resident_id == Resident.id)
        .where(
            DeskSignIn.fingerprint == bindparam("fingerprint"),
            DeskSignIn.state == rules.OPEN,
            DeskSignIn.expires_at > bindparam("now"),
            DeskSignIn.seen_at > bindparam("idle_since"),
            SignIn.revoked_at.is_(None),
        )
    )
)
"""Every page begins with it."""


def find_actor(secret: str, language: str, *, used: bool = True) -> tuple[Actor, str] | None:
    """Return who sits at a desk and the id of their sign-in, as the database knows them now.

    `used`: whether somebody did something; a page that asks by itself keeps no desk open.
    """
    now = clock.now()
    rows = _AT_DESK.rows(
        {
            "fingerprint": crypto.fingerprint(secret),
            "now": now,
            "idle_since": now - rules.DESK_IDLE,
        }
    )
    if not rows:
        return None
    if used and now - rows[0].seen_at > rules.DESK_SEEN_EVERY:
        _see(rows[0].desk_id, now)
    roles = tuple(Role(RoleKind(row.kind), row.place_code) for row in rows if row.kind)
    return Actor(rows[0].id, rows[0].name, roles, language), rows[0].sign_in_id


@unit_of_work()
def _see(desk_id: int, now: datetime) -> None:
    changed_rows(update(DeskSignIn).where(DeskSignIn.id == desk_id).values(seen_at=now))


def list_desks(actor: Actor) -> dict[str, Any]:
    """List the desks that act in one's name now, the newest first."""
    now = clock.now()
    rows = read(
        _shown()
        .where(
            DeskSignIn.resident_id == actor.resident_id,
            DeskSignIn.state == rules.OPEN,
            DeskSignIn.expires_at > now,
            DeskSignIn.seen_at > now - rules.DESK_IDLE,
        )
        .order_by(DeskSignIn.id.desc())
        .limit(rules.MOST_DESKS)
    )
    return {"items": [_view(row, now) for row in rows]}


@unit_of_work()
def end_desk(actor: Actor, desk_id: int) -> None:
    """End a desk of one's own; its cookie is worth nothing from now on. Errors: NotFound."""
    own = (DeskSignIn.id == desk_id) & (DeskSignIn.resident_id == actor.resident_id)
    if not _end(own):
        raise NotFound


@unit_of_work()
def end_desks(actor: Actor) -> None:
    """End all desks of one's own."""
    _end(DeskSignIn.resident_id == actor.resident_id)


@unit_of_work()
def leave(secret: str) -> None:
    """Stand up from a desk, or stop waiting at it."""
    _end(DeskSignIn.fingerprint == crypto.fingerprint(secret))


def _end(which: Any) -> int:
    now = clock.now()
    held = select(DeskSignIn.sign_in_id).where(which)
    changed_rows(
        update(SignIn)
        .where(SignIn.id.in_(held), SignIn.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    unended = DeskSignIn.state.in_((rules.WAITING, rules.LET_IN, rules.OPEN))
    return changed_rows(
        update(DeskSignIn).where(which, unended).values(state=rules.ENDED, ended_at=now)
    )


def forget_past() -> int:
    """Delete desks that nobody was let in at after a day, and others after a month."""
    now = clock.now()
    return forget(
        DeskSignIn,
        or_(
            (DeskSignIn.expires_at < now - rules.UNDECIDED_KEPT) & DeskSignIn.sign_in_id.is_(None),
            DeskSignIn.expires_at < now - rules.DESK_KEPT,
        ),
    )
