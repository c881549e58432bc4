"""What volunteers leave: who they are goes; the hours that somebody served stay in the sums."""

from sqlalchemy import select

from app.core.access import Actor
from app.core.traces import Person, acted, goes, stays, when_erasing
from app.volunteers import profile, service
from app.volunteers.hours_models import HourAccount, HourEntry
from app.volunteers.models import (
    Certificate,
    CertifiedEntry,
    ContactLook,
    Insurance,
    LikedPlace,
    Qualification,
    Team,
    TeamMember,
    Training,
    Volunteer,
    VolunteerConsent,
)

SERVED = "the hours of a shift are in the sums of its team and community"

goes(Volunteer.resident_id)
goes(LikedPlace.resident_id)
goes(VolunteerConsent.resident_id)
goes(ContactLook.resident_id)
acted(ContactLook.by_id, "somebody else may see who looked up their contact")
goes(Training.resident_id)
goes(Qualification.resident_id)
goes(Insurance.resident_id)
acted(Team.created_by, "a team is its members'")
goes(TeamMember.resident_id)
goes(Certificate.resident_id)
acted(Certificate.revoked_by, "somebody else's certificate was revoked")
goes(
    CertifiedEntry.certificate_id,
    theirs=lambda who: select(Certificate.id).where(Certificate.resident_id == who),
)
stays(HourAccount.resident_id, SERVED)
stays(HourEntry.resident_id, SERVED, cleared={"reason": None}, kept=("title",))
acted(HourEntry.by_id, "somebody else's hours were corrected")


@when_erasing
def stop_serving(person: Person) -> None:
    """Let somebody stop as they could have by themselves: teams hear that they lost a leader."""
    if service.is_volunteer(person.id):
        profile.stop(Actor(person.id, person.name))
