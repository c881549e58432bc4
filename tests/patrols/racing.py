"""Real server processes, and phones that ask all at the same moment."""

import json
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection

from flask_migrate import upgrade
from sqlalchemy import select

from app.config import ROOT, Settings
from app.core import clock
from app.core.access import RoleKind
from app.core.db import db, read
from app.factory import create_app
from app.patrols.models import Shift, SignUp
from app.places.models import Place
from app.residents.models import Resident
from app.residents.session import begin
from bench.servers import serving
from tests import databases
from tests.factories.people import COMMUNITY, make_actor
from tests.patrols.conftest import make_shift, make_volunteer

PEOPLE, TAPS, SEATS = 100, 2, 10
CLIENTS = PEOPLE * TAPS
PATIENCE_S = 300
WORKERS, THREADS = 2, 3
"""As a small deployment has them; see the Procfile."""


@dataclass(frozen=True)
class Answer:
    """What one phone heard."""

    who: int
    status: int
    body: dict


class Race:
    """A served product with a hundred volunteers, and a thread for each phone."""

    def __init__(self, app, port, pool):
        self.app, self.port, self.pool = app, port, pool
        with app.app_context():
            place = Place(
                code=COMMUNITY, kind="community", name="草堂路社区", lat=30.66, lon=104.03
            )
            db.session.add(place)
            db.session.commit()
            self.planner = make_actor((RoleKind.COMMITTEE, COMMUNITY))
            people = [make_volunteer(make_actor()) for _ in range(PEOPLE)]
            self.tokens = {person.resident_id: self._token(person) for person in people}
            databases.close()
        self.ids = list(self.tokens)

    @staticmethod
    def _token(person):
        openid = read(select(Resident.openid).where(Resident.id == person.resident_id)).scalar_one()
        return begin(openid)["access_token"]

    def shift(self, day, *, hour=0, capacity=SEATS):
        """Plan a shift of an hour, so many days ahead: no two days are in each other's way."""
        with self.app.app_context():
            noon = clock.day_start(clock.shanghai_day(clock.now())) + timedelta(hours=12 + hour)
            starts_at = noon + timedelta(days=3 + day)
            found = make_shift(
                self.planner, starts_at=starts_at, lasts=timedelta(hours=1), capacity=capacity
            )
            databases.close()
        return found

    def rush(self, asked):
        """Send (who, method, path) each from a phone of its own, all at once."""
        barrier = threading.Barrier(len(asked))

        def one(words):
            who, method, path = words
            connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
            connection.connect()
            headers = {"Authorization": f"Bearer {self.tokens[who]}"}
            barrier.wait(timeout=PATIENCE_S)
            try:
                connection.request(method, f"/api/v1{path}", headers=headers)
                answer = connection.getresponse()
                return Answer(who, answer.status, json.loads(answer.read()))
            finally:
                connection.close()

        return list(self.pool.map(one, asked))

    def tap(self, shift_id):
        """Let everybody sign up for a shift, twice each; returns the answers."""
        path = f"/shifts/{shift_id}/signups"
        return self.rush([(who, "POST", path) for who in self.ids for _ in range(TAPS)])

    def seats(self, shift_id):
        """Return the shift's row, and the people by state."""
        with self.app.app_context():
            shift = read(select(*Shift.__table__.columns).where(Shift.id == shift_id)).one()
            rows = read(
                select(SignUp.state, SignUp.resident_id).where(SignUp.shift_id == shift_id)
            ).all()
            databases.close()
        found = {}
        for row in rows:
            found.setdefault(row.state, []).append(row.resident_id)
        return shift, found

    def holders(self, shift_id):
        return sorted(self.seats(shift_id)[1].get("joined", []))


@contextmanager
def racing(engine: str, folder, target: str = "tests.patrols.patient:app") -> Iterator[Race]:
    """Serve `target` by two worker processes on a database of its own."""
    with databases.database(engine, folder) as url:
        environment = {
            "LINLI_ENV": "test",
            "RATE_LIMITS": "off",
            "DATABASE_URL": url,
            "LINLI_INSTANCE": str(folder),
        }
        app = create_app(Settings.from_environment(environment))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
        with (
            serving(target, {**os.environ, **environment}, workers=WORKERS, threads=THREADS) as at,
            ThreadPoolExecutor(CLIENTS) as pool,
        ):
            yield Race(app, at.port, pool)
        with app.app_context():
            db.engine.dispose()
