"""Signing in, staying signed in, signing out."""

import re
from datetime import timedelta
from typing import Any, cast

from flask_jwt_extended import create_access_token
from sqlalchemy import bindparam, select, update

from app.core import clock, crypto
from app.core.access import Actor, Role, RoleKind, finds_openids, loads_actors
from app.core.db import changed_rows, db, read, unit_of_work
from app.core.deployment import settings, wechat
from app.core.errors import Unauthenticated
from app.core.forgetting import forget
from app.core.idempotency import insert_ignore
from app.core.prepared import Prepared
from app.residents import desks, rules
from app.residents.models import DeskSignIn, HeldRole, RefreshToken, Resident, SignIn

KEPT_AFTER_EXPIRY = timedelta(days=30)
"""A used token must stay known for as long as its second use could come."""


RESIDENT_ID, SIGN_IN_ID = re.compile("[0-9]{1,18}"), re.compile("[A-Za-z0-9_-]{43}")
"""What a token of ours can say; anything else would only upset the database."""


class RefreshTokenUsedTwice(Unauthenticated):
    """Two hold the same token, so one of them stole it: the sign-in is over."""

    code = "refresh_token_used_twice"


def sign_in(code: str) -> dict[str, Any]:
    """Exchange a WeChat code for tokens; a person unknown so far becomes known.

    Errors: BadSignInCode, WeChatBusy, WeChatUnavailable.
    """
    identity = wechat().sign_in(code)  # no transaction is open while we wait
    return begin(identity.openid)


@unit_of_work()
def begin(openid: str) -> dict[str, Any]:
    """Begin a sign-in for whom WeChat vouches for; returns tokens and the resident's id."""
    # Whoever is erased at this moment is waited for, and begins anew.
    resident_id = _known(openid) or _known(openid)
    sign_in_id = crypto.random_token()
    db.session.add(SignIn(id=sign_in_id, resident_id=resident_id, created_at=clock.now()))
    db.session.flush()
    return _tokens(cast("int", resident_id), sign_in_id)


def _known(openid: str) -> int | None:
    """Return the number of whom WeChat calls so, and hold them; none if they are a shell by now."""
    resident = {
        "openid": openid,
        "name": rules.NAMELESS,
        "language": "zh-Hans",
        "letter_size": "standard",
        "created_at": clock.now(),
    }
    changed_rows(insert_ignore(Resident).values(**resident))
    found = select(Resident.id).where(Resident.openid == openid)
    held = found.with_for_update(read=True, key_share=True)
    return cast("int | None", read(held).scalar_one_or_none())


def refresh(token: str) -> dict[str, Any]:
    """Exchange a refresh token for new tokens, once.

    Errors: Unauthenticated (unknown, expired, signed out); RefreshTokenUsedTwice,
    which ends the sign-in for whoever else holds it.
    """
    tokens, reused = _spend(crypto.fingerprint(token))
    if reused:
        raise RefreshTokenUsedTwice
    if tokens is None:
        raise Unauthenticated
    return tokens


@unit_of_work()
def _spend(fingerprint: str) -> tuple[dict[str, Any] | None, bool]:
    """Return the new tokens, and whether the old one was used before."""
    now = clock.now()
    spent = changed_rows(
        update(RefreshToken)
        .where(
            RefreshToken.fingerprint == fingerprint,
            RefreshToken.used_at.is_(None),
            RefreshToken.expires_at > now,
        )
        .values(used_at=now)
    )
    known = read(
        select(RefreshToken.used_at, SignIn.id, SignIn.resident_id, SignIn.revoked_at)
        .join(SignIn, SignIn.id == RefreshToken.sign_in_id)
        .where(RefreshToken.fingerprint == fingerprint)
    ).one_or_none()
    if known is None or known.revoked_at is not None:
        return None, False
    if spent:
        return _tokens(known.resident_id, known.id), False
    if known.used_at is None:
        return None, False
    _revoke(known.id)
    return None, True


@unit_of_work()
def sign_out(actor: Actor, sign_in_id: str) -> None:
    """End the sign-in that is asking; its tokens are worth nothing from now on.

    With it end the desks that act in one's name: without a phone nobody could end them.
    """
    own = (SignIn.id == sign_in_id) & (SignIn.resident_id == actor.resident_id)
    changed_rows(update(SignIn).where(own).values(revoked_at=clock.now()))
    desks.end_desks(actor)


def _revoke(sign_in_id: str) -> None:
    changed_rows(update(SignIn).where(SignIn.id == sign_in_id).values(revoked_at=clock.now()))


def _tokens(resident_id: int, sign_in_id: str) -> dict[str, Any]:
    token = crypto.random_token()
    db.session.add(
        RefreshToken(
            sign_in_id=sign_in_id,
            fingerprint=crypto.fingerprint(token),
            expires_at=clock.now() + timedelta(days=settings().refresh_token_days),
        )
    )
    return {
        "access_token": create_access_token(
            str(resident_id), additional_claims={"sid": sign_in_id}
        ),
        "refresh_token": token,
        "expires_in": settings().access_token_minutes * 60,
        "resident_id": resident_id,
    }


_ACTOR = Prepared(
    lambda: (
        select(
            Resident.id,
            Resident.name,
            HeldRole.kind,
            HeldRole.place_code,
            Resident.erase_at,
        )
        .join(SignIn, SignIn.resident_id == Resident.id)
        .outerjoin(HeldRole, HeldRole.resident_id == Resident.id)
        .where(
            Resident.id == bindparam("resident_id"),
            SignIn.id == bindparam("sign_in_id"),
            SignIn.revoked_at.is_(None),
            # Who signs in at the very moment of their erasing finds a shell, and signs in again.
            Resident.erased_at.is_(None),
        )
    )
)
"""Every request begins with it."""


@loads_actors
def load_actor(resident_id: str, sign_in_id: str, language: str) -> Actor | None:
    """Return a person and their roles as they are now; none if signed out or gone."""
    if not (RESIDENT_ID.fullmatch(resident_id) and SIGN_IN_ID.fullmatch(sign_in_id)):
        return None
    rows = _ACTOR.rows({"resident_id": int(resident_id), "sign_in_id": sign_in_id})
    if not rows:
        return None
    roles = tuple(Role(RoleKind(row.kind), row.place_code) for row in rows if row.kind)
    leaving = rows[0].erase_at is not None
    return Actor(rows[0].id, rows[0].name, roles, language, leaving=leaving)


def forget_expired() -> int:
    """Delete refresh tokens that nobody can use or reuse any more; returns how many."""
    before = clock.now() - KEPT_AFTER_EXPIRY
    forgotten = forget(RefreshToken, RefreshToken.expires_at < before)
    held = select(RefreshToken.id).where(RefreshToken.sign_in_id == SignIn.id).exists()
    at_desk = select(DeskSignIn.id).where(DeskSignIn.sign_in_id == SignIn.id).exists()
    forget(SignIn, (SignIn.created_at < before) & ~held & ~at_desk)
    return forgotten


@finds_openids
def find_openid(resident_id: int) -> str | None:
    """Return what WeChat calls somebody."""
    there = (Resident.id == resident_id) & Resident.erased_at.is_(None)
    return read(select(Resident.openid).where(there)).scalar_one_or_none()
