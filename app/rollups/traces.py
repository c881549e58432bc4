"""What people leave in figures: that somebody took part, once, by a number that is nobody's."""

from app.core.traces import acted, stays
from app.rollups.models import Fact, PersonDay, Waiting

COUNTED = "figures count people, each once; a number that leads to nobody is enough for that"

stays(Fact.resident_id, COUNTED)
stays(PersonDay.resident_id, COUNTED)
acted(Waiting.resident_id, "it waits for minutes, to be counted")
