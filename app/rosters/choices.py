"""What a planner chooses from: the parts of a place, its routes, teams and volunteers."""

from typing import Any

from sqlalchemy import BigInteger, String, cast, literal, or_, select, union, union_all

from app.core.access import Actor, Permission
from app.core.db import read, within
from app.core.errors import NotFound
from app.patrols.models import PatrolRoute
from app.places import rules as place_rules
from app.places.models import Place
from app.residents.models import Resident
from app.volunteers import service as volunteers
from app.volunteers.models import Team, Volunteer

MOST = 500
"""Of each; who has more plans its communities one by one."""
KINDS = ("places", "routes", "teams", "people")


def list_choices(actor: Actor, place_code: str) -> dict[str, list[dict[str, Any]]]:
    """Return `places`, `routes`, `teams` and `people` of a place, each `{id, name}`, by name.

    A place's id is its code. One query. Errors: NotFound (not a place of the actor's).
    """
    if not actor.reaches(Permission.SHIFT_PLAN, place_code):
        raise NotFound
    above = place_rules.codes_above(place_code)
    community = place_rules.community_of(place_code) or place_code
    near = select(union(*volunteers.near(community)).subquery().c[0])
    none = literal("", String())
    parts = select(
        literal(0).label("kind"),
        literal(0, BigInteger()).label("id"),
        Place.name.label("name"),
        cast(Place.code, String()).label("code"),
    ).where(within(Place.code, place_code), Place.kind.in_(("community", "grid")))
    routes = select(literal(1), PatrolRoute.id, PatrolRoute.name, none).where(
        PatrolRoute.active,
        or_(within(PatrolRoute.place_code, place_code), PatrolRoute.place_code.in_(above)),
    )
    teams = select(literal(2), Team.id, Team.name, none).where(
        Team.closed_at.is_(None),
        or_(within(Team.place_code, place_code), Team.place_code.in_(above)),
    )
    people = (
        select(literal(3), Resident.id, Resident.name, none)
        .join(Volunteer, Volunteer.resident_id == Resident.id)
        .where(Volunteer.resident_id.in_(near))
    )
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    rows = read(union_all(parts, routes, teams, people).limit(MOST * len(KINDS))).all()
    for row in sorted(rows, key=lambda row: (row.kind, row.code, row.name, row.id)):
        kind = KINDS[row.kind]
        found[kind].append({"id": row.code or row.id, "name": row.name})
    return found
