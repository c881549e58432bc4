"""What people leave in rosters: who was called or proposed goes; what was planned stays."""

from sqlalchemy import update

from app.core.access import Actor
from app.core.db import changed_rows
from app.core.traces import Person, acted, before_leaving, goes, when_erasing
from app.rosters.models import CallOut, RosterAssignment, RosterProposal, ShiftTemplate

acted(ShiftTemplate.leader_id, "of no template: they lead nothing any more")
acted(ShiftTemplate.created_by, "a template is a community's")
goes(CallOut.resident_id)
acted(CallOut.asked_by, "somebody was called by an office")
acted(RosterProposal.created_by, "a roster is a community's")
acted(RosterProposal.decided_by, "a roster is a community's")
goes(RosterAssignment.resident_id)


@before_leaving
def lead_no_template(actor: Actor) -> None:
    """Let no shift be made any more that somebody leads who goes."""
    _lead_none(actor.resident_id)


@when_erasing
def lead_none_since(person: Person) -> None:
    """The same of templates that others have given them since."""
    _lead_none(person.id)


def _lead_none(resident_id: int) -> None:
    theirs = ShiftTemplate.leader_id == resident_id
    changed_rows(
        update(ShiftTemplate)
        .where(theirs)
        .values(leader_id=None, version=ShiftTemplate.version + 1)
    )
