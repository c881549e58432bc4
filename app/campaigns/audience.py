"""Whom a campaign is for: who lives in its places, or, where volunteers are meant, serves there.

A place may be as small as a building. Who has no confirmed home in it, or whose home is only
known by the community, is not asked in a building's campaign: nobody guesses where people live.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, literal, or_, select, union, union_all
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.elements import BindParameter

from app.campaigns import rules
from app.campaigns.models import Campaign, CampaignPlace
from app.core.access import Actor, RoleKind
from app.core.db import read, within_any
from app.places import rules as place_rules
from app.places.models import Place
from app.residents.models import HeldRole, Residence
from app.volunteers import rules as volunteer_rules
from app.volunteers.models import LikedPlace, Team, TeamMember, Volunteer

HOME, SERVES, VOLUNTEER = "home", "serves", "volunteer"


@dataclass(frozen=True, slots=True)
class Around:
    """The codes of all places in which somebody lives, or lives or serves as a volunteer."""

    homes: frozenset[str]
    serves: frozenset[str] | None

    def meets(self, audience: str, codes: Collection[str]) -> bool:
        """Whether a campaign for that audience in these places is for this person."""
        if audience == rules.EVERYBODY:
            return not self.homes.isdisjoint(codes)
        return self.serves is not None and not self.serves.isdisjoint(codes)


def around(actor: Actor) -> Around:
    """Return where somebody lives and serves, in one query."""
    homes = {role.place_code for role in actor.roles if role.kind == RoleKind.RESIDENT}
    rows = read(_AROUND, {"me": actor.resident_id}).all()
    homes |= {row.code for row in rows if row.what == HOME}
    if all(row.what != VOLUNTEER for row in rows):
        return Around(_above(homes), None)
    serves = {row.code for row in rows if row.what == SERVES}
    return Around(_above(homes), _above(homes | serves))


def _above(codes: Collection[str]) -> frozenset[str]:
    return frozenset(above for code in codes for above in place_rules.codes_above(code))


_ME: BindParameter[int] = bindparam("me")
_LIVES = Residence.state == "confirmed"
_IN_TEAM = and_(TeamMember.state == volunteer_rules.MEMBER, Team.closed_at.is_(None))
_AROUND = union_all(
    select(Residence.place_code.label("code"), literal(HOME).label("what")).where(
        Residence.resident_id == _ME, _LIVES
    ),
    select(Place.code, literal(HOME))
    .join(Residence, Residence.building_id == Place.id)
    .where(Residence.resident_id == _ME, _LIVES),
    select(LikedPlace.place_code, literal(SERVES)).where(LikedPlace.resident_id == _ME),
    select(Team.place_code, literal(SERVES))
    .join(TeamMember, TeamMember.team_id == Team.id)
    .where(TeamMember.resident_id == _ME, _IN_TEAM),
    select(literal(""), literal(VOLUNTEER)).where(
        exists(select(Volunteer.resident_id).where(Volunteer.resident_id == _ME))
    ),
)


def is_for(found: Around) -> ColumnElement[bool]:
    """Whether a campaign is for somebody, as a condition on `Campaign`."""
    place = CampaignPlace.place_code
    meant = and_(Campaign.audience == rules.EVERYBODY, place.in_(sorted(found.homes)))
    if found.serves is not None:
        serving = and_(Campaign.audience == rules.VOLUNTEERS, place.in_(sorted(found.serves)))
        meant = or_(meant, serving)
    return exists(select(1).where(CampaignPlace.campaign_id == Campaign.id, meant))


def members(audience: str, codes: Sequence[str]) -> Select[Any]:
    """Select the ids of all for whom a campaign in these places is."""
    within = tuple(codes)
    lives = [
        select(HeldRole.resident_id).where(
            HeldRole.kind == RoleKind.RESIDENT, within_any(HeldRole.place_code, within)
        ),
        select(Residence.resident_id).where(_LIVES, within_any(Residence.place_code, within)),
    ]
    longest = place_rules.LENGTHS[place_rules.PlaceKind.BUILDING]
    buildings = tuple(code for code in within if len(code) == longest)
    if buildings:
        lives.append(
            select(Residence.resident_id)
            .join(Place, Place.id == Residence.building_id)
            .where(_LIVES, within_any(Place.code, buildings))
        )
    if audience == rules.EVERYBODY:
        found = union(*lives).subquery()
        return select(found.c.resident_id)
    serves = [
        select(LikedPlace.resident_id).where(within_any(LikedPlace.place_code, within)),
        select(TeamMember.resident_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(_IN_TEAM, within_any(Team.place_code, within)),
    ]
    found = union(*lives, *serves).subquery()
    return select(Volunteer.resident_id).where(
        Volunteer.resident_id.in_(select(found.c.resident_id))
    )


def places_of(campaign_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the codes of campaigns' places, by campaign, in one query."""
    found: dict[int, list[str]] = {one: [] for one in campaign_ids}
    rows = read(
        select(CampaignPlace.campaign_id, CampaignPlace.place_code)
        .where(CampaignPlace.campaign_id.in_(sorted(found)))
        .order_by(CampaignPlace.place_code)
    )
    for row in rows:
        found[row.campaign_id].append(row.place_code)
    return found
