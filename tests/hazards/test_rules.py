from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from app.core.errors import InvalidInput
from app.core.states import IllegalMove, MoveNotYours, choose_move, open_moves
from app.hazards import rules

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
R, D, A, S = rules.REPORTER, rules.DISPATCHER, rules.ASSIGNEE, rules.SUPERVISOR


def case(**facts):
    return SimpleNamespace(
        **{
            "appealed": False,
            "own_work": False,
            "suspension_approved": False,
            "reopen_until": None,
            "asked_at": NOW,
            **facts,
        }
    )


# The process as the street tells it: from where, who, to where.
ALLOWED = {
    ("reported", D, "accepted"), ("reported", D, "declined"), ("reported", R, "withdrawn"),
    ("accepted", D, "assigned"),
    ("assigned", A, "handling"), ("assigned", A, "accepted"), ("assigned", D, "accepted"),
    ("handling", A, "handled"), ("handling", A, "suspended"), ("handling", S, "suspended"),
    ("handling", A, "accepted"), ("handling", D, "accepted"),
    ("suspended", S, "suspended"), ("suspended", S, "handling"), ("suspended", A, "handling"),
    ("handled", R, "closed"), ("handled", S, "closed"), ("handled", R, "handling"),
    ("declined", R, "reported"),
    ("closed", R, "handling"),
}  # fmt: skip


@pytest.mark.parametrize("origin", rules.STATES)
@pytest.mark.parametrize("relation", [R, D, A, S])
@pytest.mark.parametrize("to", rules.STATES)
def test_only_these_moves_exist(origin, relation, to):
    subject = case(reopen_until=NOW)
    found = any(
        move.to == to for move in open_moves(rules.MOVES, subject, origin, frozenset({relation}))
    )
    assert found == ((origin, relation, to) in ALLOWED)


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        ("accept", set()),
        ("decline", {"note"}),
        ("withdraw", set()),
        ("assign", {"assignee_id"}),
        ("start", set()),
        ("return", {"note"}),
        ("finish", {"note", "photo_ids"}),
        ("suspend", {"note", "until"}),
        ("approve_suspension", set()),
        ("refuse_suspension", {"note"}),
        ("resume", set()),
        ("confirm", {"rating", "solved"}),
        ("check", set()),
        ("not_solved", {"note"}),
        ("appeal", {"note"}),
        ("reopen", {"note"}),
    ],
)
def test_a_move_needs_what_makes_it_answerable(name, needs):
    assert {frozenset(m.needs) for m in rules.MOVES if m.name == name} == {frozenset(needs)}


def test_an_appeal_is_heard_once():
    assert open_moves(rules.MOVES, case(), "declined", {R})
    assert not open_moves(rules.MOVES, case(appealed=True), "declined", {R})


@pytest.mark.parametrize(
    ("closed_ago", "may"), [(timedelta(0), True), (timedelta(days=14), True),
                            (timedelta(days=14, seconds=1), False)]
)  # fmt: skip
def test_a_closed_case_is_reopened_within_fourteen_days(closed_ago, may):
    subject = case(reopen_until=NOW - closed_ago + rules.REOPEN_WITHIN)
    assert bool(open_moves(rules.MOVES, subject, "closed", {R})) == may


@pytest.mark.parametrize(
    ("approved", "names"),
    [(False, {"approve_suspension", "refuse_suspension"}), (True, {"resume"})],
)
def test_the_committee_answers_a_suspension_once(approved, names):
    found = open_moves(rules.MOVES, case(suspension_approved=approved), "suspended", {S})
    assert {move.name for move in found} == names


def test_a_committee_member_who_reported_is_understood_by_what_they_bring():
    both = {R, S}
    by_rating = choose_move(
        rules.MOVES, case(), "handled", "closed", both, given={"rating": 5, "solved": True}
    )
    by_note = choose_move(rules.MOVES, case(), "handled", "closed", both, given={"note": "看过了"})
    assert (by_rating.name, by_note.name) == ("confirm", "check")


@pytest.mark.parametrize(
    ("state", "to", "relations", "given", "fault"),
    [
        ("closed", "accepted", {D}, {}, IllegalMove),
        ("reported", "handled", {A}, {}, IllegalMove),
        ("reported", "accepted", {R}, {}, MoveNotYours),
        ("reported", "accepted", set(), {}, MoveNotYours),
        ("reported", "declined", {D}, {}, InvalidInput),
        ("reported", "declined", {D}, {"note": ""}, InvalidInput),
        ("handling", "handled", {A}, {"note": "好了", "photo_ids": []}, InvalidInput),
        ("reported", "accepted", {D}, {"rating": 5}, InvalidInput),
    ],
)
def test_a_wrong_move_is_refused_for_its_reason(state, to, relations, given, fault):
    with pytest.raises(fault):
        choose_move(rules.MOVES, case(), state, to, relations, given=given)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("reported", "accept"),
        ("accepted", "due"),
        ("assigned", "due"),
        ("handling", "due"),
        ("suspended", "until"),
        ("handled", None),
        ("closed", None),
        ("declined", None),
        ("withdrawn", None),
    ],
)
def test_staff_owe_a_step_only_while_the_ball_is_theirs(state, expected):
    assert owed(state, agreed=True) == (MOMENTS[expected] if expected else None)


MOMENTS = {name: NOW + timedelta(hours=i) for i, name in enumerate(("accept", "due", "until"))}


def owed(state, *, agreed):
    return rules.act_by(
        state,
        accept_by=MOMENTS["accept"],
        due_at=MOMENTS["due"],
        until=MOMENTS["until"],
        agreed=agreed,
    )


def test_a_suspension_that_nobody_agreed_to_puts_nothing_off():
    assert owed("suspended", agreed=False) == MOMENTS["due"]


def test_nobody_confirms_their_own_work():
    own = open_moves(rules.MOVES, case(own_work=True), "handled", {R})
    assert [move.name for move in own] == ["not_solved"]


def test_a_case_number_can_be_said_on_the_phone():
    assert rules.human_number("CT", NOW, 7) == "CT-20261120-0007"
    assert rules.human_number("CT", NOW, 12345) == "CT-20261120-12345"
