"""The week of a proposed roster: its shifts, and what people have and wish in it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.db import read, within
from app.patrols import fitness
from app.patrols import rules as patrols
from app.patrols.models import Shift, SignUp
from app.patrols.sight import SHIFTS
from app.rosters import people, rules
from app.rosters.board import KNOWN_BY
from app.volunteers.service import Profile


def shifts_of(proposal: Any) -> list[Any]:
    """Return the shifts of a proposal's week and place that are not cancelled, soonest first."""
    return list(read(shifts_asked(proposal)).all())


def shifts_asked(proposal: Any) -> Any:
    """Return what asks for them."""
    first, last = clock.day_range(proposal.week, proposal.week + timedelta(days=6))
    return (
        SHIFTS.where(
            within(Shift.place_code, proposal.place_code),
            Shift.starts_at >= first,
            Shift.starts_at < last,
            Shift.state == patrols.OPEN,
        )
        .order_by(Shift.starts_at, Shift.id)
        .limit(rules.MOST_ROSTER_SHIFTS + 1)
    )


class Week:
    """What people have and wish in the week of a proposal."""

    def __init__(self, proposal: Any, shifts: Sequence[Any], profiles: Sequence[Profile]) -> None:
        first, last = clock.day_range(proposal.week, proposal.week + timedelta(days=6))
        self._ids = [profile.resident_id for profile in profiles]
        self._now = clock.now()
        self.persons = {each.id: each for each in people.persons(profiles, self._now, last)}
        self.needs = people.needs(shifts)
        self.busy = fitness.spans_of(self._ids, around=(first, last))
        self._known = people.sign_ups([shift.id for shift in shifts])
        self._held = self._holding(first, last)
        self._unfit: dict[int, dict[int, str]] = {}

    def _holding(self, first: datetime, last: datetime) -> Counter[int]:
        rows = read(
            select(SignUp.resident_id)
            .join(Shift, Shift.id == SignUp.shift_id)
            .where(
                SignUp.resident_id.in_(self._ids),
                SignUp.state.in_(patrols.HOLDING),
                Shift.state == patrols.OPEN,
                Shift.starts_at >= first,
                Shift.starts_at < last,
            )
        )
        return Counter(rows.scalars())

    def most(self, profile: Profile) -> int:
        """Return how many more shifts somebody wishes this week."""
        wish = profile.most_per_week or rules.DEFAULT_MOST_A_WEEK
        return max(0, wish - self._held[profile.resident_id])

    def why_not(self, shift: Any, resident_id: int) -> str | None:
        """Return why somebody is not put on a shift, their other shifts apart."""
        if shift.starts_at <= self._now:
            return "begun_already"
        state = self._known.get(shift.id, {}).get(resident_id)
        if state is not None:
            return KNOWN_BY[state]
        person, need = self.persons[resident_id], self.needs[shift.id]
        if code := rules.unsuited(need, person):
            return code
        if not rules.may_be_rostered(need, person):
            return "no_times_said"
        if shift.id not in self._unfit:
            self._unfit[shift.id] = fitness.unfit(self._ids, shift)
        return self._unfit[shift.id].get(resident_id)
