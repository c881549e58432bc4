"""A proposed roster: asked for, seen, changed in single places, accepted or dropped.

It is computed and, once accepted, turned into sign-ups by deliveries (see `deliveries`), for
neither is done in the time of a request. See docs/adr/0024.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from app.core import audit, clock, deliveries, pages, texts
from app.core.access import Actor, Permission
from app.core.db import changed_rows, read, unit_of_work, within_any
from app.core.errors import Conflict, FieldError, InvalidInput, NotFound
from app.core.gathered import gather
from app.core.idempotency import insert_ignore
from app.core.states import choose_move, open_moves
from app.patrols import rules as patrols
from app.patrols.models import Shift
from app.residents.models import Resident
from app.rosters import recurrence, rules, sight
from app.rosters.board import Suitable, show_shift
from app.rosters.models import RosterAssignment, RosterProposal
from app.rosters.weeks import Week, shifts_asked, shifts_of
from app.volunteers import service as volunteers

COMPUTE, PUBLISH = "rosters.compute", "rosters.publish"
"""The deliveries that compute a roster, and that sign its people up."""


class RosterUnderWay(Conflict):
    """There is a proposal for this week and place already: accept or drop it first."""

    code = "roster_under_way"


class NotAssignable(Conflict):
    """Somebody cannot be put on a shift, or is not there to be taken off; `errors` says why."""

    code = "not_assignable"

    @classmethod
    def of(cls, field: str, code: str, **params: object) -> "NotAssignable":
        """One pair, one reason."""
        return cls(errors=[FieldError(field, code, tuple(params.items()))])


class RosterDecided(Conflict):
    """The proposal was accepted or dropped, or is not there yet."""

    code = "roster_decided"


# Asking


@unit_of_work()
def ask_for_roster(actor: Actor, *, place_code: str, week: date) -> dict[str, Any]:
    """Ask for a roster of the week of a day; it is computed soon after.

    Errors: NotFound (no place of the actor's), InvalidInput, RosterUnderWay.
    """
    if not actor.reaches(Permission.SHIFT_PLAN, place_code):
        raise NotFound
    name = sight.place_name(place_code)
    audit.note(place_code=place_code)
    monday = recurrence.monday_of(week)
    this = recurrence.monday_of(clock.shanghai_day(clock.now()))
    if monday < this:
        raise InvalidInput.of("week", "in_the_past")
    if monday > this + timedelta(weeks=rules.MOST_WEEKS_AHEAD):
        raise InvalidInput.of("week", "not_within", days=7 * rules.MOST_WEEKS_AHEAD)
    row = {
        "version": 1,
        "place_code": place_code,
        "place_name": name,
        "week": monday,
        "state": rules.COMPUTING,
        "refused": [],
        "created_by": actor.resident_id,
        "created_at": clock.now(),
    }
    made = read(insert_ignore(RosterProposal).values(**row).returning(RosterProposal.id))
    proposal_id = made.scalar_one_or_none()
    if proposal_id is None:
        raise RosterUnderWay
    deliveries.enqueue(COMPUTE, str(proposal_id), {"proposal_id": proposal_id})
    return show_roster(actor, proposal_id)


# Seeing


def list_rosters(
    actor: Actor, *, place: str | None = None, cursor: str | None = None, limit: int
) -> dict[str, Any]:
    """Return a page of the rosters of the actor's places, newest first.

    Errors: NotFound (not a place of the actor's), InvalidInput (the cursor).
    """
    codes = actor.codes(Permission.SHIFT_PLAN)
    if place is not None:
        codes = sight.narrowed(codes, place)
        if not codes:
            raise NotFound
    wanted = sight.PROPOSALS.where(within_any(RosterProposal.place_code, codes))
    if after := pages.decode(cursor, int):
        wanted = wanted.where(RosterProposal.id < after[0])
    rows = read(wanted.order_by(RosterProposal.id.desc()).limit(limit + 1)).all()
    return pages.page(rows, limit, _summary, lambda row: (row.id,))


def _summary(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "version": row.version,
        "place_code": row.place_code,
        "place_name": row.place_name,
        "week": row.week,
        "state": row.state,
        "reason": row.reason,
        "figures": row.figures,
        "author": row.author,
        "created_at": row.created_at,
        "computed_at": row.computed_at,
        "decided_by": row.decider,
        "decided_at": row.decided_at,
        "published_at": row.published_at,
        "moves": [move.name for move in open_moves(rules.MOVES, None, row.state, {rules.PLANNER})],
    }


def show_roster(actor: Actor, proposal_id: int) -> dict[str, Any]:
    """Return a roster with its shifts and who is proposed for each. Errors: NotFound."""
    row = sight.find_proposal(actor, proposal_id)
    shifts = shifts_of(row)
    chosen = _chosen(proposal_id)
    names = _names({number for there in chosen.values() for number in there})
    refused = {(each["shift_id"], each["resident_id"]): each["code"] for each in row.refused}
    shown = []
    for shift in shifts:
        there = chosen.get(shift.id, {})
        # Once published, they are among the taken.
        coming = 0 if row.published_at else len(there)
        shown.append(
            show_shift(shift)
            | {
                "still_missing": max(0, shift.minimum - shift.taken - coming),
                "people": [
                    {
                        "resident_id": number,
                        "name": names[number],
                        "by_hand": by_hand,
                        "refused": refused.get((shift.id, number)),
                    }
                    for number, by_hand in sorted(there.items())
                ],
            }
        )
    return _summary(row) | {"shifts": shown}


def show_others(actor: Actor, proposal_id: int, shift_id: int) -> dict[str, Any]:
    """Return a roster, one of its shifts, and who else would suit it; four queries.

    Errors: NotFound, Forbidden.
    """
    row = sight.find_proposal(actor, proposal_id)
    [shifts, chosen] = gather(
        shifts_asked(row).where(Shift.id == shift_id),
        select(RosterAssignment.resident_id).where(
            RosterAssignment.proposal_id == proposal_id, RosterAssignment.shift_id == shift_id
        ),
    )
    if not shifts:
        raise NotFound
    found = Suitable(actor, shifts[0])
    there = {one.resident_id for one in chosen}
    best = [person for person in found.ranked if person.id not in there]
    return {
        "roster": _summary(row),
        "shift": show_shift(shifts[0]),
        "people": [found.show(person) for person in best[: rules.MOST_SUITABLE]],
    }


def _chosen(proposal_id: int) -> dict[int, dict[int, bool]]:
    """Return who is proposed for which shift, and whether by hand."""
    rows = read(
        select(
            RosterAssignment.shift_id, RosterAssignment.resident_id, RosterAssignment.by_hand
        ).where(RosterAssignment.proposal_id == proposal_id)
    )
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    for row in rows:
        found[row.shift_id][row.resident_id] = row.by_hand
    return found


def _names(ids: set[int]) -> dict[int, str]:
    rows = read(select(Resident.id, Resident.name).where(Resident.id.in_(sorted(ids))))
    return {row.id: row.name for row in rows}


# Changing


@unit_of_work()
def change_roster(
    actor: Actor,
    proposal_id: int,
    *,
    add: Sequence[Mapping[str, int]] = (),
    remove: Sequence[Mapping[str, int]] = (),
) -> dict[str, Any]:
    """Take people off shifts of a proposal and put others on; all of it, or nothing.

    What the solver never breaks, a planner does not break either: whoever wants somebody for
    a time that they did not say calls them, and they sign up themselves.
    Errors: NotFound, RosterDecided, NotAssignable.
    """
    sight.find_proposal(actor, proposal_id)
    _hold(proposal_id)
    proposal = sight.find_proposal(actor, proposal_id)
    for number, pair in enumerate(remove):
        mine = RosterAssignment.proposal_id == proposal_id
        on_it = mine & _is_pair(pair)
        if not changed_rows(delete(RosterAssignment).where(on_it)):
            raise NotAssignable.of(f"remove.{number}", "not_assigned")
    if add:
        _add(proposal, add, actor.language)
    return show_roster(actor, proposal_id)


def _is_pair(pair: Mapping[str, int]) -> Any:
    return (RosterAssignment.shift_id == pair["shift_id"]) & (
        RosterAssignment.resident_id == pair["resident_id"]
    )


def _hold(proposal_id: int) -> None:
    """Keep others from changing a proposal until this transaction ends. Errors: RosterDecided."""
    open_one = (RosterProposal.id == proposal_id) & (RosterProposal.state == rules.PROPOSED)
    newer = {"version": RosterProposal.version + 1}
    if not changed_rows(update(RosterProposal).where(open_one).values(newer)):
        raise RosterDecided


def _add(proposal: Any, pairs: Sequence[Mapping[str, int]], language: str) -> None:
    draft = Draft(proposal, {pair["resident_id"] for pair in pairs})
    for number, pair in enumerate(pairs):
        shift_id, resident_id = pair["shift_id"], pair["resident_id"]
        if code := draft.why_not(shift_id, resident_id):
            why = texts.text(f"rosters.refused.{code}", language)
            raise NotAssignable.of(f"add.{number}", "cannot_be_assigned", why=why)
        draft.chosen[shift_id][resident_id] = True
        row = {
            "proposal_id": proposal.id,
            "shift_id": shift_id,
            "resident_id": resident_id,
            "by_hand": True,
        }
        changed_rows(insert(RosterAssignment), row)


class Draft:
    """A proposal as it stands, to say who else may be put where."""

    def __init__(self, proposal: Any, resident_ids: Collection[int]) -> None:
        around = volunteers.candidates(proposal.place_code)
        profiles = [each for each in around if each.resident_id in resident_ids]
        self.shifts = {shift.id: shift for shift in shifts_of(proposal)}
        self.profiles = {profile.resident_id: profile for profile in profiles}
        self.week = Week(proposal, list(self.shifts.values()), profiles)
        self.chosen = _chosen(proposal.id)

    def why_not(self, shift_id: int, resident_id: int) -> str | None:
        """Return why somebody cannot be put on a shift of the proposal; nothing if they can."""
        if shift_id not in self.shifts:
            return "unknown_shift"
        if resident_id not in self.profiles:
            return "not_around"
        shift, there = self.shifts[shift_id], self.chosen.get(shift_id, {})
        if resident_id in there:
            return "joined_already"
        if shift.taken + len(there) >= shift.capacity:
            return "shift_full"
        return self.week.why_not(shift, resident_id) or self._too_much(shift, resident_id)

    def _too_much(self, shift: Any, resident_id: int) -> str | None:
        """Return why this would be one shift too many beside the others proposed."""
        mine = [
            each
            for number, each in self.shifts.items()
            if resident_id in self.chosen.get(number, {})
        ]
        if len(mine) >= self.week.most(self.profiles[resident_id]):
            return "wishes_no_more"
        spans = [(each.starts_at, each.ends_at) for each in mine]
        busy = self.week.busy.get(resident_id, ())
        return patrols.clash([*busy, *spans], (shift.starts_at, shift.ends_at))


# Deciding


@unit_of_work()
def move_roster(actor: Actor, proposal_id: int, *, to: str) -> dict[str, Any]:
    """Accept a roster, so that its people are signed up and told, or drop it.

    Errors: NotFound, IllegalMove.
    """
    sight.find_proposal(actor, proposal_id)
    changed_rows(
        update(RosterProposal)
        .where(RosterProposal.id == proposal_id)
        .values(version=RosterProposal.version + 1)
    )
    row = sight.find_proposal(actor, proposal_id)
    choose_move(rules.MOVES, None, row.state, to, {rules.PLANNER}, given={})
    changed_rows(
        update(RosterProposal)
        .where(RosterProposal.id == proposal_id)
        .values(state=to, decided_by=actor.resident_id, decided_at=clock.now())
    )
    if to == rules.ACCEPTED:
        deliveries.enqueue(PUBLISH, str(proposal_id), {"proposal_id": proposal_id})
    return show_roster(actor, proposal_id)
