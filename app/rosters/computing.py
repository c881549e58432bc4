"""Computing a roster, and signing its people up: what the deliveries do."""

import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update

from app.core import clock
from app.core.access import Actor, Role, RoleKind
from app.core.db import changed_rows, end_reading, read, unit_of_work
from app.core.errors import Problem
from app.notices import service as notices
from app.patrols import rules as patrols
from app.patrols import seats
from app.patrols.models import Shift
from app.rosters import first_come, rules, solver
from app.rosters.models import RosterAssignment, RosterProposal
from app.rosters.weeks import Week, shifts_of
from app.volunteers import service as volunteers

TOO_MANY = "too_many_shifts"
NO_ANSWER = "no_answer"
GAVE_UP = "gave_up"


def compute(proposal_id: int) -> bool:
    """Compute a proposal that is asked for; returns whether there was still one to compute.

    No transaction is open while the solver works, so that nobody waits for it.
    """
    proposal = _proposal(proposal_id)
    if proposal is None or proposal.state != rules.COMPUTING:
        return False
    problem = problem_of(proposal)
    end_reading()
    if problem is None:
        fail(proposal_id, TOO_MANY)
        return True
    began = time.perf_counter()
    try:
        solution = solver.solve(problem)
    except solver.NoAnswerError:
        fail(proposal_id, NO_ANSWER)
        return True
    seconds = round(time.perf_counter() - began, 1)
    figures = {
        "shifts": len(problem.posts),
        "people": len(problem.candidates),
        "seconds": seconds,
        "proven": solution.proven,
        "roster": first_come.figures(problem, solution.pairs).shown(),
        "sign_up": first_come.figures(problem, first_come.first_come(problem)).shown(),
    }
    _keep(proposal_id, solution.pairs, figures)
    return True


def _proposal(proposal_id: int) -> Any | None:
    mine = RosterProposal.id == proposal_id
    return read(select(*RosterProposal.__table__.columns).where(mine)).one_or_none()


def problem_of(proposal: Any) -> solver.Problem | None:
    """Return what is to be solved; nothing where a week has more shifts than we take."""
    shifts = shifts_of(proposal)
    if len(shifts) > rules.MOST_ROSTER_SHIFTS:
        return None
    now = clock.now()
    coming = [shift for shift in shifts if shift.starts_at > now and shift.taken < shift.minimum]
    around = [each for each in volunteers.candidates(proposal.place_code) if each.serving]
    # Who said no times is on no roster, so that there is no need to look at them.
    ready = [each for each in around if each.availability]
    week = Week(proposal, coming, ready)
    ready.sort(key=lambda each: (week.persons[each.resident_id].served, each.resident_id))
    return solver.Problem(
        posts=[
            solver.Post(
                id=shift.id,
                span=(shift.starts_at, shift.ends_at),
                needed=shift.minimum - shift.taken,
                room=shift.capacity - shift.taken,
                skills=frozenset(shift.skills),
            )
            for shift in coming
        ],
        candidates=[
            _candidate(week, coming, profile) for profile in ready[: rules.MOST_ROSTER_PEOPLE]
        ],
        clash=patrols.clash,
        most_minutes=int(patrols.MOST_SERVED.total_seconds()) // 60,
    )


def _candidate(week: Week, shifts: Sequence[Any], profile: volunteers.Profile) -> solver.Candidate:
    number = profile.resident_id
    person = week.persons[number]
    return solver.Candidate(
        id=number,
        served=person.served,
        most=week.most(profile),
        likings={
            shift.id: rules.liking(week.needs[shift.id], person)
            for shift in shifts
            if week.why_not(shift, number) is None
        },
        skills=person.skills,
        busy=tuple(week.busy.get(number, ())),
    )


@unit_of_work()
def _keep(proposal_id: int, pairs: Sequence[tuple[int, int]], figures: dict[str, Any]) -> None:
    waiting = (RosterProposal.id == proposal_id) & (RosterProposal.state == rules.COMPUTING)
    done = {"state": rules.PROPOSED, "figures": figures, "computed_at": clock.now()}
    # Dropped meanwhile, or computed twice: the first to be here has it.
    if not changed_rows(update(RosterProposal).where(waiting).values(done)) or not pairs:
        return
    rows = [
        {
            "proposal_id": proposal_id,
            "shift_id": shift_id,
            "resident_id": resident_id,
            "by_hand": False,
        }
        for shift_id, resident_id in pairs
    ]
    changed_rows(insert(RosterAssignment), rows)


@unit_of_work()
def fail(proposal_id: int, reason: str) -> None:
    """Say that there is no proposal, and why."""
    waiting = (RosterProposal.id == proposal_id) & (RosterProposal.state == rules.COMPUTING)
    done = {"state": rules.FAILED, "reason": reason, "computed_at": clock.now()}
    changed_rows(update(RosterProposal).where(waiting).values(done))


# Publishing


def publish(proposal_id: int) -> bool:
    """Sign up the people of an accepted roster and tell them; returns whether it was to be done.

    A shift is a transaction of its own, and to be repeated: who is on it already is no news.
    """
    proposal = _proposal(proposal_id)
    if proposal is None or proposal.state != rules.ACCEPTED or proposal.published_at is not None:
        return False
    chosen = _people_by_shift(proposal_id)
    planner = _planner(proposal)
    refused: dict[tuple[int, int], str] = {}
    for shift_id, resident_ids in chosen.items():
        refused |= _enlist(planner, shift_id, resident_ids)
    _finish(proposal, chosen, refused)
    return True


def _planner(proposal: Any) -> Actor:
    """Return who accepted, as they could then: a role that ends undoes no decision."""
    role = Role(RoleKind.COMMITTEE, proposal.place_code)
    return Actor(proposal.decided_by, "", (role,))


def _people_by_shift(proposal_id: int) -> dict[int, list[int]]:
    rows = read(
        select(RosterAssignment.shift_id, RosterAssignment.resident_id)
        .join(Shift, Shift.id == RosterAssignment.shift_id)
        .where(RosterAssignment.proposal_id == proposal_id)
        .order_by(Shift.starts_at, Shift.id, RosterAssignment.resident_id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        found[row.shift_id].append(row.resident_id)
    return found


def _enlist(planner: Actor, shift_id: int, resident_ids: list[int]) -> dict[tuple[int, int], str]:
    try:
        found = seats.enlist(planner, shift_id, resident_ids)
    except Problem as problem:
        # Cancelled meanwhile, or begun: the others' shifts are none the worse for it.
        return {(shift_id, number): problem.code for number in resident_ids}
    known = seats.AlreadySignedUp.code
    return {(shift_id, number): code for number, code in found if code != known}


@unit_of_work()
def _finish(
    proposal: Any, chosen: dict[int, list[int]], refused: dict[tuple[int, int], str]
) -> None:
    open_one = (RosterProposal.id == proposal.id) & RosterProposal.published_at.is_(None)
    rows = [
        {"shift_id": shift_id, "resident_id": number, "code": code}
        for (shift_id, number), code in refused.items()
    ]
    done = {"published_at": clock.now(), "refused": rows}
    if not changed_rows(update(RosterProposal).where(open_one).values(done)):
        return
    first: dict[int, int] = {}
    count: dict[int, int] = defaultdict(int)
    for shift_id, resident_ids in chosen.items():  # the soonest shift first
        for number in resident_ids:
            if (shift_id, number) not in refused:
                first.setdefault(number, shift_id)
                count[number] += 1
    _tell(proposal.id, first, count)


def _tell(proposal_id: int, first: dict[int, int], count: dict[int, int]) -> None:
    shifts = {
        row.id: row
        for row in read(
            select(Shift.id, Shift.title, Shift.place_name, Shift.starts_at).where(
                Shift.id.in_(sorted(set(first.values())))
            )
        )
    }
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, shift_id in first.items():
        alike[shift_id, count[number]].append(number)
    for (shift_id, shifts_count), numbers in alike.items():
        shift = shifts[shift_id]
        notices.tell(
            "roster_published",
            numbers,
            key=f"roster:{proposal_id}",
            about=notices.About("shift", shift_id),
            params={
                "count": shifts_count,
                "title": shift.title,
                "place": shift.place_name,
                "by": {"at": shift.starts_at.isoformat()},
            },
        )
