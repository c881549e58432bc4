"""The application with sign-up as others have it: look how many there are, then insert.

Only a test serves this; the product has no switch for it. What guards the seats (locks, the
one statement that takes a seat, the count that the table checks) is left out on purpose, so
that the race shows what it is there for.
"""

import time

from sqlalchemy import insert, select, update

from app.core import clock
from app.core.db import changed_rows, read, writing
from app.patrols import rules, seats
from app.patrols.models import Shift, SignUp
from app.patrols.sight import find_shift
from tests.patrols.patient import app

__all__ = ["app"]
PAUSE_S = 0.3


def check_then_insert(actor, shift_id):
    """Join if fewer than the capacity have joined at this moment, else wait."""
    shift, me = find_shift(actor, shift_id), actor.resident_id
    if seats.signup_of(shift_id, me) is not None:
        raise seats.AlreadySignedUp
    joined = select(SignUp.id).where(SignUp.shift_id == shift_id, SignUp.state == rules.JOINED)
    free = len(read(joined).all()) < shift.capacity
    if free:
        # However fast or busy the machine is: long enough for others to look, too.
        time.sleep(PAUSE_S)
    state = rules.JOINED if free else rules.WAITING
    row = {
        "shift_id": shift_id,
        "resident_id": me,
        "state": state,
        "signed_at": clock.now(),
        "changed_at": clock.now(),
        "sequence": 0,
    }
    with writing():
        changed_rows(insert(SignUp), row)
        if state == rules.WAITING:
            one_more = update(Shift).where(Shift.id == shift_id)
            changed_rows(one_more.values(waiting=Shift.waiting + 1))
    return seats.answer(shift_id, state)


seats.sign_up = check_then_insert
