from datetime import timedelta

from app.core import clock
from app.core.jobs import declared, run_slot
from tests.hazards.conftest import MORNING


def test_the_scheduler_resumes_what_was_put_off(case_in, clients):
    case = case_in("suspended")
    job = next(found for found in declared() if found.name == "hazards.resume_due")
    with clock.at(MORNING + timedelta(days=3)):
        assert run_slot(job, clock.now())
        assert not run_slot(job, clock.now())
    assert clients["resident"].get(f"/hazards/{case['id']}").json["state"] == "handling"
