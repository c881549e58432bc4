"""What people leave in cases: the case is the place's, and stays without their name."""

from sqlalchemy import select

from app.core import texts
from app.core.access import Actor
from app.core.db import read
from app.core.traces import Person, acted, before_leaving, stays, when_erasing
from app.hazards import service
from app.hazards.models import Hazard, HazardMove, SupervisionOrder
from app.notices.traces import strike_from_those_about

stays(
    Hazard.reporter_id,
    "a case is about a place, and others rely on what came of it; its reporter is a neighbour",
    struck=("description", "address"),
    kept=("lat", "lon", "place_name", "suspension_note"),
)
stays(
    HazardMove.actor_id,
    "the history of a case is whole, or it proves nothing",
    struck=("note",),
)
acted(HazardMove.assignee_id, "the history says that somebody was asked to handle it")
acted(Hazard.assignee_id, "a case that is over was handled by somebody")
acted(SupervisionOrder.ordered_id, "an order was given to whoever handled the case")
stays(
    SupervisionOrder.answered_by,
    "an order stays answered",
    struck=("answer",),
)

RETURNED = "assigned", "handling"


@before_leaving
def return_tasks(actor: Actor) -> None:
    """Give back the cases that somebody handles, so that they wait for another handler."""
    held = (Hazard.assignee_id == actor.resident_id) & Hazard.state.in_((*RETURNED, "suspended"))
    note = texts.text("residents.leaving.returned", actor.language)
    for row in read(select(Hazard.id, Hazard.state).where(held).order_by(Hazard.id)).all():
        if row.state == "suspended":
            service.move_hazard(actor, row.id, to="handling")
        service.move_hazard(actor, row.id, to="accepted", note=note)


@when_erasing
def strike_what_handlers_were_told(person: Person) -> None:
    """Take somebody's name out of what they wrote of their cases, and others were told."""
    mine = select(Hazard.id).where(Hazard.reporter_id == person.id)
    strike_from_those_about("hazard", read(mine).scalars().all(), person)
