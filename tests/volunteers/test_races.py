"""What two taps at once may not do, with real threads on both databases."""

import threading

from sqlalchemy import select

from app.core import clock
from app.core.db import db, read
from app.core.errors import Problem
from app.volunteers import certificates, profile, service, teams
from app.volunteers.models import Volunteer, VolunteerConsent
from tests.factories.people import make_actor
from tests.volunteers.conftest import FORM, NOW

AT_ONCE = 6


def together(app, asks):
    """Ask all at once, each in a thread and a context of its own; return what went wrong."""
    start, faults = threading.Barrier(len(asks)), []

    def run(ask):
        with app.app_context(), clock.at(NOW):
            start.wait()
            try:
                ask()
            except Exception as fault:  # noqa: BLE001 a thread's fault is told here
                faults.append(fault)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(ask,)) for ask in asks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_a_double_tap_makes_one_volunteer(app_on_database, app, now):
    actor = make_actor()
    asks = [lambda: profile.save_profile(actor, **FORM)] * AT_ONCE
    assert together(app_on_database, asks) == []
    assert len(read(select(Volunteer.resident_id)).all()) == 1


def test_everybody_gets_a_number_of_their_own(app_on_database, app, now):
    actors = [make_actor() for _ in range(AT_ONCE)]
    asks = [lambda actor=actor: profile.save_profile(actor, **FORM) for actor in actors]
    assert together(app_on_database, asks) == []
    numbers = list(read(select(Volunteer.number)).scalars())
    assert len(set(numbers)) == AT_ONCE
    assert len(read(select(VolunteerConsent.id)).all()) == AT_ONCE


def test_two_leaders_who_step_down_at_once_leave_one(app_on_database, people, team, join):
    found = team()
    head, second = people["resident"], join(found)
    join(found)
    teams.move_member(head, found["id"], second.resident_id, to="leader")
    asks = [lambda actor=actor: teams.leave(actor, found["id"]) for actor in (head, second)]
    [fault] = together(app_on_database, asks)
    assert isinstance(fault, teams.LastLeader)
    assert len(service.leaders(found["id"])) == 1


def test_a_certificate_is_revoked_once(app_on_database, people, serve, served):
    actor = serve(people["resident"])
    served(actor)
    number = certificates.issue(actor)["number"]
    asks = [lambda: certificates.revoke(people["committee"], number, reason="有误")] * 3
    faults = together(app_on_database, asks)
    assert [type(fault) for fault in faults] == [certificates.AlreadyRevoked] * 2
    assert all(isinstance(fault, Problem) for fault in faults)
