"""What the clock does to many, and what becomes of the others when one is wrong."""

from app.core.steps import one_by_one


class TooLate(Exception):
    pass


def step(number):
    if number == 2:
        raise RuntimeError
    if number == 3:
        raise TooLate
    return number


def test_what_is_wrong_with_one_does_not_stop_the_others(caplog):
    assert one_by_one([1, 2, 4], step) == 5
    [line] = caplog.records
    assert line.exc_info
    assert line.getMessage() == "tests.core.test_steps 2: step failed"


def test_who_was_too_late_is_no_fault(caplog):
    assert one_by_one([3, 4], step, too_late=(TooLate,)) == 4
    assert caplog.records == []
