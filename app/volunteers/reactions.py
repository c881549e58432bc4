"""Who hears what of teams and certificates."""

from datetime import datetime

from sqlalchemy import select

from app.core import texts
from app.core.access import RoleKind
from app.core.db import read
from app.core.outbox import reacts_to
from app.notices import service as notices
from app.notices.rules import Param
from app.notices.service import About
from app.residents import service as residents
from app.residents.models import Resident
from app.volunteers import certificates, service, teams
from app.volunteers.events import CertificateDoubted, CertificateRevoked, MembershipMoved

ASKS = frozenset({"ask", "ask_again"})
INVITES = frozenset({"invite", "invite_again"})
ENDS = frozenset({"resign", "step_down", "unmake_leader", "remove_leader"})


@reacts_to(MembershipMoved)
def tell_of_membership(event: MembershipMoved, at: datetime) -> None:
    """Tell who has to answer, or who got an answer; a committee, whose team lost its leader."""
    team = teams.find_for_system(event.team_id)
    about = About("team", team.id)
    key = f"team:{team.id}:{event.resident_id}:{event.move}:{at:%Y%m%d%H%M%S}"
    params: dict[str, Param] = {"team": team.name}
    heads = [row.id for row in service.leaders(team.id)]
    if event.move in ASKS:
        params["name"] = _name(event.resident_id)
        answering = heads or _committee(team.place_code)
        notices.tell("team_asked", answering, key=key, about=about, params=params)
    elif event.move in INVITES:
        notices.tell("team_invited", [event.resident_id], key=key, about=about, params=params)
    elif event.by_id != event.resident_id and texts.known(f"teams.answers.{event.move}"):
        params["answer"] = _answer(event.move)
        notices.tell("team_answered", [event.resident_id], key=key, about=about, params=params)
    if event.move in ENDS and not heads and team.closed_at is None:
        told = _committee(team.place_code)
        leaderless = {"team": team.name}
        notices.tell("team_leaderless", told, key=key, about=about, params=leaderless)


@reacts_to(CertificateRevoked)
def tell_of_revocation(event: CertificateRevoked, _at: datetime) -> None:
    """Tell a certificate's owner that it was revoked, and why."""
    row = certificates.find_for_system(event.certificate_id)
    notices.tell(
        "certificate_revoked",
        [row.resident_id],
        key=f"certificate:{row.id}:revoked",
        about=About("certificate", row.id),
        params={"number": row.number, "reason": row.reason},
    )


@reacts_to(CertificateDoubted)
def tell_of_doubt(event: CertificateDoubted, at: datetime) -> None:
    """Tell the committee that issued a certificate that its hours were corrected since."""
    row = certificates.find_for_system(event.certificate_id)
    notices.tell(
        "certificate_doubted",
        _committee(row.community_code),
        key=f"certificate:{row.id}:doubted:{at:%Y%m%d%H%M%S}",
        about=About("certificate", row.id),
        params={"number": row.number},
    )


def _committee(place_code: str) -> list[int]:
    """Return the committee in charge of a place; the street's and district's hear of no team."""
    found = residents.holders_within(RoleKind.COMMITTEE, place_code)
    return [row.id for row in found if place_code.startswith(row.place_code)]


def _name(resident_id: int) -> str:
    return str(read(select(Resident.name).where(Resident.id == resident_id)).scalar_one())


def _answer(move: str) -> dict[str, str]:
    key = f"teams.answers.{move}"
    return {language: texts.text(key, language) for language in texts.LANGUAGES}
