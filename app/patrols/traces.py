"""What people leave in shifts: that somebody was on one stays, who it was does not."""

from app.core.access import Actor
from app.core.traces import Person, acted, before_leaving, goes, stays, when_erasing
from app.patrols import planning, seats
from app.patrols.calendar_models import CalendarFeed
from app.patrols.models import Offer, PatrolRoute, Shift, SignUp, Swap

WALKED = "so many were on a shift; figures and the crew's hours count on it"

acted(PatrolRoute.created_by, "a route is a community's")
acted(Shift.leader_id, "a past shift had a leader; of coming ones they lead none")
acted(Shift.created_by, "a shift is a community's")
stays(SignUp.resident_id, WALKED, cleared={"note": None})
stays(Offer.resident_id, WALKED)
stays(Swap.asker_id, WALKED, cleared={"note": None})
stays(Swap.asked_id, WALKED, kept=("note",))
goes(CalendarFeed.resident_id, withheld=("fingerprint",))


@before_leaving
def leave_shifts(actor: Actor) -> None:
    """Give back every coming seat, also after the cut-off, and lead nothing any more."""
    _let_go(actor.resident_id)


@when_erasing
def leave_what_came_since(person: Person) -> None:
    """Give back the seats that others have given somebody since they asked to go."""
    _let_go(person.id)


def _let_go(resident_id: int) -> None:
    planning.appoint_nobody(resident_id)
    seats.leave_all(resident_id)
