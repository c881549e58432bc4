"""What rounds do when others speak."""

from datetime import datetime

from sqlalchemy import bindparam, select

from app.core.db import changed_rows, read
from app.core.idempotency import insert_ignore
from app.core.outbox import reacts_to
from app.hazards.events import HazardReported
from app.patrols.models import Shift
from app.rounds import keeping, rules
from app.rounds.models import Attendance, Finding
from app.rounds.sight import span_of
from app.volunteers.events import LocationConsentWithdrawn, VolunteerStopped


@reacts_to(HazardReported)
def link_finding(event: HazardReported, occurred_at: datetime) -> None:
    """Link a hazard to the round on which it was found, if whoever reported it was on it."""
    if event.round_id is None:
        return
    asked = {"the_shift": event.round_id, "the_resident": event.reporter_id}
    row = read(_ON_ROUND, asked).one_or_none()
    if row is None or not rules.is_open(occurred_at, span_of(row)):
        return
    found = {
        "hazard_id": event.hazard_id,
        "shift_id": event.round_id,
        "resident_id": event.reporter_id,
        "at": occurred_at,
    }
    changed_rows(insert_ignore(Finding).values(**found))


_ON_ROUND = (
    select(Shift.starts_at, Shift.ends_at)
    .join(Attendance, Attendance.shift_id == Shift.id)
    .where(
        Shift.id == bindparam("the_shift"),
        Attendance.resident_id == bindparam("the_resident"),
        Attendance.started_at.is_not(None),
    )
)


@reacts_to(LocationConsentWithdrawn)
def forget_ways(event: LocationConsentWithdrawn, _occurred_at: datetime) -> None:
    """Delete where somebody was who no longer wants it to be kept."""
    keeping.forget_ways_of(event.resident_id)


@reacts_to(VolunteerStopped)
def forget_ways_of_leaver(event: VolunteerStopped, _occurred_at: datetime) -> None:
    """Delete where somebody was who serves no more."""
    keeping.forget_ways_of(event.resident_id)
