"""Whose move is what on a home, and how a phone number is shown."""

import pytest

from app.core.errors import InvalidInput
from app.core.states import IllegalMove, MoveNotYours, choose_move, open_moves
from app.residents import rules

OWNER, DECIDER = {rules.OWNER}, {rules.DECIDER}


@pytest.mark.parametrize(
    ("state", "relations", "names"),
    [
        ("requested", OWNER, ["withdraw"]),
        ("requested", DECIDER, ["confirm", "refuse"]),
        ("confirmed", OWNER, ["move_away"]),
        ("confirmed", DECIDER, []),
        ("refused", OWNER, []),
        ("refused", DECIDER, []),
        ("withdrawn", OWNER, []),
        ("withdrawn", DECIDER, []),
        ("requested", set(), []),
    ],
)
def test_each_state_has_its_moves(state, relations, names):
    found = open_moves(rules.RESIDENCE_MOVES, None, state, relations)
    assert [move.name for move in found] == names


@pytest.mark.parametrize(
    ("state", "to", "relations", "given", "refusal"),
    [
        ("requested", "confirmed", OWNER, {}, MoveNotYours),
        ("requested", "refused", OWNER, {"note": "x"}, MoveNotYours),
        ("requested", "withdrawn", DECIDER, {}, MoveNotYours),
        ("requested", "refused", DECIDER, {}, InvalidInput),
        ("requested", "refused", DECIDER, {"note": ""}, InvalidInput),
        ("requested", "requested", OWNER, {}, IllegalMove),
        ("confirmed", "refused", DECIDER, {"note": "x"}, IllegalMove),
        ("refused", "confirmed", DECIDER, {}, IllegalMove),
        ("withdrawn", "confirmed", DECIDER, {}, IllegalMove),
    ],
)
def test_other_moves_are_refused(state, to, relations, given, refusal):
    with pytest.raises(refusal):
        choose_move(rules.RESIDENCE_MOVES, None, state, to, relations, given=given)


def test_every_state_can_be_reached_and_is_known():
    reached = {"requested"} | {move.to for move in rules.RESIDENCE_MOVES}
    assert reached == set(rules.RESIDENCE_STATES)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800000001", "138****0001"),
        ("15400001234", "154****1234"),
        ("+85251234567", "+85****4567"),
    ],
)
def test_a_phone_number_is_recognised_but_cannot_be_called(phone, shown):
    assert rules.masked(phone) == shown
    assert phone not in rules.masked(phone)
