"""Cases in every state, made as tests/hazards makes them; a village whose people take part."""

import random
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import insert, select

from app.core import clock
from app.core.db import changed_rows, read, writing
from app.places.models import Place
from app.residents.models import Residence, Resident
from app.rollups import facts, rolling
from app.rollups.models import RegisteredDay
from app.volunteers.models import Volunteer
from tests.factories.people import COMMUNITY
from tests.hazards.conftest import case_in, morning, photo, report, spot, step  # noqa: F401

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""Friday, 09:00 in Shanghai."""
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
number = count(1)


class Village:
    """People with confirmed homes, what they did, and the same in a list to count by hand."""

    def __init__(self):
        self.dice = random.Random(6)
        self.done = []
        self.homes = {}
        self.buildings = read(
            select(Place.id, Place.code)
            .where(Place.kind == "building", Place.code.startswith(COMMUNITY))
            .order_by(Place.code)
        ).all()

    def settle(self, people, place_code=COMMUNITY, building=None, birth_year=None, at=BEGAN):
        """Let so many people live somewhere since a moment; returns their ids."""
        person = {"name": "村民", "language": "zh-Hans", "letter_size": "standard"}
        names = [
            person | {"openid": f"o-village-{next(number)}", "created_at": BEGAN}
            for _ in range(people)
        ]
        with writing():
            new = insert(Resident).returning(Resident.id)
            ids = [read(new.values(**name)).scalar_one() for name in names]
            place = place_code if building is None else self.buildings[building].code[:15]
            home = {"place_code": place, "room": "1-101", "state": "confirmed",
                    "building_id": None if building is None else self.buildings[building].id,
                    "requested_at": at, "decided_at": at}  # fmt: skip
            changed_rows(insert(Residence), [home | {"resident_id": each} for each in ids])
            if birth_year:
                known = {
                    "birth_year": birth_year, "skills": [], "languages": [], "availability": [],
                    "on_honour_board": False, "paused": False, "since": BEGAN,
                }  # fmt: skip
                numbers = [{"resident_id": each, "number": f"V{each}"} for each in ids]
                changed_rows(insert(Volunteer), [known | each for each in numbers])
        self.homes |= dict.fromkeys(ids, place)
        return ids

    def count_homes(self, day, **by_code):
        """Write down how many live at places, as a night does."""
        rows = [
            {"day": day, "digits": len(code[1:]), "place_code": code[1:], "residents": residents}
            for code, residents in by_code.items()
        ]
        with writing():
            changed_rows(insert(RegisteredDay), rows)

    def do(self, resident_id, activity, days_ago=0, place_code=None, minutes=0):
        """Let somebody take part so many days before now."""
        at = NOW - timedelta(days=days_ago)
        place = place_code or f"{COMMUNITY}001"
        source = facts.Source("test", next(number))
        facts.record(
            resident_id, activity, place_code=place, happened_at=at, source=source, minutes=minutes
        )
        self.done.append((resident_id, activity, clock.shanghai_day(at), place, minutes))

    def roll_up(self):
        rolling.roll_up()


@pytest.fixture
def village(people):
    return Village()


@pytest.fixture
def asked():
    """Ask a service as of now."""

    def ask(service, *given, at=NOW, **more):
        with clock.at(at):
            return service(*given, **more)

    return ask
