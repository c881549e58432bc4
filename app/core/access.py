"""Who may do what: deny by default.

A role is a kind held at a place code; it reaches everything whose code begins
with it. A permission is only the coarse gate of a route: which *objects* one
may see is decided where they are loaded, and what one may not see is a 404.
"""

import functools
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar, cast

import jwt
from flask_jwt_extended import verify_jwt_in_request
from flask_jwt_extended.exceptions import JWTExtendedException

from app.core import audit, here, texts
from app.core.errors import Forbidden, Unauthenticated


class RoleKind(StrEnum):
    """What somebody is at a place."""

    RESIDENT = "resident"
    GRID_WORKER = "grid_worker"
    COMMITTEE = "committee"
    STREET = "street"
    DISTRICT = "district"


class Permission(StrEnum):
    """`scope:resource:action`. `own` is for whoever is signed in."""

    OWN_ACCOUNT = "own:account:manage"
    OWN_PHOTO_ADD = "own:photo:add"
    OWN_NOTICES = "own:notice:manage"
    PLACES_READ = "all:place:read"
    HAZARD_REPORT = "all:hazard:report"
    HAZARD_READ = "place:hazard:read"
    HAZARD_MOVE = "place:hazard:move"
    HAZARD_DISPATCH = "place:hazard:dispatch"
    HAZARD_SUPERVISE = "place:hazard:supervise"
    TASKS_READ = "place:task:read"
    RESIDENCE_DECIDE = "place:residence:decide"
    RESIDENCE_MOVE = "own:residence:move"
    OVERVIEW_READ = "place:overview:read"
    PLACE_REVIEW = "place:review:make"
    ANNOUNCE = "place:announcement:make"
    OWN_VOLUNTEER = "own:volunteer:manage"
    SHIFT_READ = "all:shift:read"
    SHIFT_JOIN = "own:shift:join"
    SHIFT_LEAD = "own:shift:lead"
    SHIFT_PLAN = "place:shift:plan"
    ROUND_WALK = "own:round:walk"
    VOLUNTEERS_READ = "place:volunteer:read"
    TEAM_MANAGE = "place:team:manage"
    HOURS_CORRECT = "place:hours:correct"
    REWARD_OFFER = "place:reward:offer"
    CERTIFICATE_REVOKE = "place:certificate:revoke"
    QUIZ_TAKE = "own:quiz:take"
    QUIZ_AUTHOR = "place:quiz:author"
    CAMPAIGN_PLAN = "place:campaign:plan"
    DESK_USE = "own:desk:use"
    ROLE_GRANT = "place:role:grant"
    AUDIT_READ = "place:audit:read"


SIGNED_IN = frozenset(
    {
        Permission.OWN_ACCOUNT,
        Permission.OWN_PHOTO_ADD,
        Permission.OWN_NOTICES,
        Permission.PLACES_READ,
        Permission.HAZARD_REPORT,
        Permission.HAZARD_READ,
        Permission.HAZARD_MOVE,
        Permission.RESIDENCE_MOVE,
        Permission.OWN_VOLUNTEER,
        Permission.SHIFT_READ,
        Permission.SHIFT_JOIN,
        Permission.SHIFT_LEAD,
        Permission.ROUND_WALK,
        Permission.QUIZ_TAKE,
    }
)
"""What anybody may who is signed in; the objects still decide for themselves."""

_STAFF = {
    Permission.HAZARD_READ,
    Permission.TASKS_READ,
    Permission.RESIDENCE_DECIDE,
    Permission.SHIFT_PLAN,
    Permission.VOLUNTEERS_READ,
    Permission.DESK_USE,
}
_COMMITTEE = {
    *_STAFF,
    Permission.HAZARD_DISPATCH,
    Permission.HAZARD_SUPERVISE,
    Permission.OVERVIEW_READ,
    Permission.ANNOUNCE,
    Permission.TEAM_MANAGE,
    Permission.HOURS_CORRECT,
    Permission.REWARD_OFFER,
    Permission.CERTIFICATE_REVOKE,
    Permission.QUIZ_AUTHOR,
    Permission.CAMPAIGN_PLAN,
    Permission.ROLE_GRANT,
    Permission.AUDIT_READ,
}

BY_ROLE: dict[RoleKind, frozenset[Permission]] = {
    RoleKind.RESIDENT: frozenset({Permission.HAZARD_READ}),
    RoleKind.GRID_WORKER: frozenset({*_STAFF, Permission.HAZARD_DISPATCH}),
    RoleKind.COMMITTEE: frozenset(_COMMITTEE),
    RoleKind.STREET: frozenset({*_COMMITTEE, Permission.PLACE_REVIEW}),
    RoleKind.DISTRICT: frozenset({*_COMMITTEE, Permission.PLACE_REVIEW}),
}


@dataclass(frozen=True, slots=True)
class Role:
    """A kind held at a place code."""

    kind: RoleKind
    place_code: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever is asking, as the database knows them at this moment."""

    resident_id: int
    name: str
    roles: tuple[Role, ...] = ()
    language: str = "zh-Hans"
    leaving: bool = False
    """Asked for their account to be deleted: they may only see to that."""

    def may(self, permission: Permission) -> bool:
        """Whether the actor may do this kind of thing anywhere."""
        return permission in SIGNED_IN or any(permission in BY_ROLE[r.kind] for r in self.roles)

    def codes(self, permission: Permission) -> tuple[str, ...]:
        """Return the place codes within which a role grants the permission."""
        return tuple(
            {role.place_code: None for role in self.roles if permission in BY_ROLE[role.kind]}
        )

    def reaches(self, permission: Permission, place_code: str) -> bool:
        """Whether a role grants the permission at that very place."""
        return place_code.startswith(self.codes(permission))


class AccountLeaving(Forbidden):
    """They asked for their account to be deleted, and may take it back."""

    code = "account_leaving"


ActorLoader = Callable[[str, str, str], Actor | None]
"""Takes the resident's id and the sign-in's id as the token has them, and the language."""

OpenidFinder = Callable[[int], str | None]
"""Takes a resident's id; returns what WeChat calls them."""

_loaders: list[ActorLoader] = []
_finders: list[OpenidFinder] = []
View = TypeVar("View", bound=Callable[..., Any])
MOST_TOKENS = 10_000
CLAIMS = ("exp", "iat", "jti", "type", "iss", "aud", "sid")


def loads_actors(loader: ActorLoader) -> ActorLoader:
    """Mark the function that knows people; core does not."""
    _loaders.append(loader)
    return loader


def finds_openids(finder: OpenidFinder) -> OpenidFinder:
    """Mark the function that knows what WeChat calls people; core does not."""
    _finders.append(finder)
    return finder


def openid_of(resident_id: int) -> str | None:
    """Return what WeChat calls somebody; nothing if they are gone."""
    return _finders[-1](resident_id)


def language() -> str:
    """Return the language that this request asks for."""
    notes = here.notes()
    chosen: str | None = notes.get("language")
    if chosen is None:
        asked = here.asked().environ.get("HTTP_ACCEPT_LANGUAGE")
        chosen = notes["language"] = texts.choose_language(asked)
    return chosen


def requires(permission: Permission) -> Callable[[View], View]:
    """Mark a route: signed in, and allowed this kind of thing."""

    def mark(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            actor = sign_in_actor()
            if not actor.may(permission):
                raise Forbidden
            if actor.leaving and permission is not Permission.OWN_ACCOUNT:
                raise AccountLeaving
            if permission not in SIGNED_IN:
                audit.watch(actor.resident_id, actor.codes(permission))
            return view(*args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        return cast("View", guarded)

    return mark


def public(view: View) -> View:
    """Mark a route: anybody, signed in or not."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def sign_in_actor() -> Actor:
    """Find out who is asking, from the token and the database.

    Errors: Unauthenticated, whatever is wrong with the token.
    """
    notes = here.notes()
    claims = notes["claims"] = _claims()
    actor = _loaders[-1](str(claims["sub"]), str(claims["sid"]), language())
    if actor is None:
        raise Unauthenticated
    notes["actor"] = actor
    return actor


def seat(actor: Actor, sign_in_id: str) -> None:
    """Let a request go on as somebody whom a desk's cookie, and no token, told."""
    here.notes().update(actor=actor, claims={"sid": sign_in_id})


def _claims() -> dict[str, Any]:
    """Return what the token says.

    A token that was found good stays so until it expires, so each process checks its
    signature once. Whether its sign-in still holds is asked of the database every time.
    """
    header = here.asked().environ.get("HTTP_AUTHORIZATION", "")
    known: dict[str, dict[str, Any]] = here.app().extensions["linli_tokens"]
    claims = known.get(header)
    if claims is None or claims["exp"] <= time.time():
        claims = _checked_claims()
        if len(known) >= MOST_TOKENS:
            known.clear()
        known[header] = claims
    return claims


def _checked_claims() -> dict[str, Any]:
    try:
        found = verify_jwt_in_request()
    except (JWTExtendedException, jwt.PyJWTError, ValueError) as fault:
        raise Unauthenticated from fault
    claims = cast("tuple[dict[str, Any], dict[str, Any]]", found)[1]
    # The library fills in what is missing of them with None.
    if any(claims.get(claim) is None for claim in CLAIMS):
        raise Unauthenticated
    return claims


def current_actor() -> Actor:
    """Return who is asking; only inside a route marked with `requires`."""
    return cast("Actor", here.notes()["actor"])


def current_sign_in() -> str:
    """Return the id of the sign-in that the token belongs to."""
    return str(here.notes()["claims"]["sid"])


def caller_key() -> str:
    """Return what limits are counted by: the person if known, else the address."""
    actor: Actor | None = here.notes().get("actor")
    return f"resident:{actor.resident_id}" if actor else f"address:{here.asked().remote_addr}"
