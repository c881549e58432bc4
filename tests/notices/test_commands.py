"""What an operator does about deliveries, at the command line."""

from app.core import deliveries
from app.core.db import writing
from app.core.deliveries import Twice, Unsure, delivers

answers = []


@delivers("tests.parcel", twice=Twice.NEVER)
def send_parcel(_payload):
    return answers[0]


def run(app, *words):
    return app.test_cli_runner().invoke(args=["notices", *words])


def test_an_operator_sees_what_is_in_doubt_and_decides(app):
    answers[:] = [Unsure("hung up")]
    with writing():
        deliveries.enqueue("tests.parcel", "p1", {})
    deliveries.deliver_due()
    status = run(app, "status").output
    assert status.split()[:3] == ["tests.parcel", "unknown", "1"]
    letters = run(app, "dead-letters").output
    assert "hung up" in letters
    found = letters.split()[0]
    assert run(app, "retry").exit_code == 2
    assert run(app, "retry", "--kind", "tests.parcel", "--unknown").exit_code == 2
    assert run(app, "retry", found).output.startswith("0 ")
    assert run(app, "retry", found, "--unknown").output.startswith("1 ")


def test_an_empty_house_says_so(app):
    assert "nothing" in run(app, "status").output
    assert run(app, "dead-letters").output == ""
