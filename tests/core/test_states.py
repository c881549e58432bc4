"""A table of moves decides who may do what, and what must come with it."""

import pytest

from app.core.errors import InvalidInput
from app.core.states import IllegalMove, Move, MoveNotYours, choose_move, open_moves

OWNER, STAFF, CHIEF = "owner", "staff", "chief"
DOOR: tuple[Move[dict], ...] = (
    Move("open", "closed", "open", by=frozenset({OWNER, STAFF})),
    Move("force", "closed", "open", by=frozenset({CHIEF}), needs=("reason",), allows=("tool",)),
    Move("close", "open", "closed", by=frozenset({OWNER}), allows=()),
    Move("seal", "open", "sealed", by=frozenset({STAFF}), when=lambda door: not door["in_use"]),
)
QUIET, BUSY = {"in_use": False}, {"in_use": True}


@pytest.mark.parametrize(
    ("state", "relations", "door", "names"),
    [
        ("closed", {OWNER}, QUIET, ["open"]),
        ("closed", {CHIEF}, QUIET, ["force"]),
        ("closed", {OWNER, CHIEF}, QUIET, ["open", "force"]),
        ("closed", set(), QUIET, []),
        ("closed", {"passer-by"}, QUIET, []),
        ("open", {STAFF}, QUIET, ["seal"]),
        ("open", {STAFF}, BUSY, []),
        ("sealed", {OWNER, STAFF, CHIEF}, QUIET, []),
        ("no such state", {OWNER}, QUIET, []),
    ],
)
def test_one_sees_the_moves_that_one_may_make(state, relations, door, names):
    assert [move.name for move in open_moves(DOOR, door, state, relations)] == names


@pytest.mark.parametrize(
    ("state", "to", "relations", "given", "name"),
    [
        ("closed", "open", {OWNER}, {}, "open"),
        ("closed", "open", {OWNER}, {"note": "late"}, "open"),
        ("closed", "open", {CHIEF}, {"reason": "smoke"}, "force"),
        ("closed", "open", {CHIEF}, {"reason": "smoke", "tool": "axe"}, "force"),
        ("closed", "open", {OWNER, CHIEF}, {"reason": "smoke"}, "force"),
        ("closed", "open", {OWNER, CHIEF}, {}, "open"),
        ("open", "closed", {OWNER}, {"note": None}, "close"),
        ("open", "closed", {OWNER}, {"note": "", "photos": []}, "close"),
    ],
)
def test_what_is_brought_tells_which_move_is_meant(state, to, relations, given, name):
    assert choose_move(DOOR, QUIET, state, to, relations, given=given).name == name


@pytest.mark.parametrize(
    ("state", "to", "relations", "door", "refusal"),
    [
        ("open", "open", {OWNER, STAFF, CHIEF}, QUIET, IllegalMove),
        ("sealed", "open", {OWNER}, QUIET, IllegalMove),
        ("closed", "sealed", {STAFF}, QUIET, IllegalMove),
        ("closed", "ajar", {OWNER}, QUIET, IllegalMove),
        ("open", "sealed", {STAFF}, BUSY, IllegalMove),
        ("open", "sealed", {OWNER}, QUIET, MoveNotYours),
        ("closed", "open", set(), QUIET, MoveNotYours),
    ],
)
def test_a_move_that_is_not_open_is_refused(state, to, relations, door, refusal):
    with pytest.raises(refusal):
        choose_move(DOOR, door, state, to, relations, given={})


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({}, [("reason", "required")]),
        ({"reason": ""}, [("reason", "required")]),
        ({"reason": "x", "note": "y"}, [("note", "not_for_this_move")]),
        ({"rating": 5}, [("reason", "required"), ("rating", "not_for_this_move")]),
        ({"reason": "x", "solved": False}, [("solved", "not_for_this_move")]),
    ],
)
def test_what_is_missing_or_too_much_is_named(given, faults):
    with pytest.raises(InvalidInput) as refusal:
        choose_move(DOOR, QUIET, "closed", "open", {CHIEF}, given=given)
    assert [(fault.field, fault.code) for fault in refusal.value.errors] == faults


def test_a_client_sees_what_its_buttons_need():
    assert DOOR[1].shown() == {
        "to": "open",
        "move": "force",
        "needs": ["reason"],
        "allows": ["tool"],
    }
