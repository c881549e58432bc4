"""The tables of moves lead everywhere and nobody gets stuck."""

import pytest

from app.campaigns import rules as campaigns
from app.campaigns.schemas import CampaignMoveForm
from app.committees import rules as committees
from app.committees.review_schemas import RectificationMoveForm
from app.hazards import rules as hazards
from app.hazards.schemas import HazardMoveForm
from app.points import rules as points
from app.residents import rules as residents
from app.residents.schemas import ResidenceMoveForm
from app.rounds import rules as rounds
from app.rounds.schemas import SosMoveForm
from app.volunteers import rules as volunteers
from app.volunteers.schemas import MembershipMoveForm

HAZARDS = (hazards.MOVES, "reported", set(hazards.STATES), {"closed", "declined", "withdrawn"})
RESIDENCES = (
    residents.RESIDENCE_MOVES,
    "requested",
    set(residents.RESIDENCE_STATES),
    {"refused", "withdrawn"},
)
MEMBERSHIPS = (volunteers.MEMBERSHIP_MOVES, "nobody", set(volunteers.STANDINGS), {"left"})
REDEMPTIONS = (
    points.REDEMPTION_MOVES,
    "reserved",
    set(points.REDEMPTION_STATES),
    {"collected", "cancelled", "expired"},
)
CAMPAIGNS = (campaigns.MOVES, "draft", set(campaigns.STATES), {"over", "cancelled"})
RECTIFICATIONS = (
    committees.RECTIFICATION_MOVES,
    "open",
    set(committees.RECTIFICATION_STATES),
    {"accepted", "withdrawn"},
)
SOS_CALLS = (rounds.SOS_MOVES, "open", set(rounds.SOS_STATES), {"closed"})
TABLES = pytest.mark.parametrize(
    ("moves", "start", "states", "ends"),
    [HAZARDS, RESIDENCES, MEMBERSHIPS, REDEMPTIONS, SOS_CALLS, CAMPAIGNS, RECTIFICATIONS],
    ids=[
        "hazards",
        "residences",
        "memberships",
        "redemptions",
        "sos_calls",
        "campaigns",
        "rectifications",
    ],
)


def reachable(moves, start):
    found, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        new = {move.to for move in moves if move.origin == state} - found
        found |= new
        waiting += new
    return found


@TABLES
def test_every_state_is_reached(moves, start, states, ends):
    assert reachable(moves, start) == states


@TABLES
def test_every_state_has_a_way_to_an_end(moves, start, states, ends):
    assert {state for state in states if not reachable(moves, state) & ends} == set()


@TABLES
def test_every_move_is_between_known_states(moves, start, states, ends):
    assert {state for move in moves for state in (move.origin, move.to)} <= states


@TABLES
def test_somebody_may_make_every_move(moves, start, states, ends):
    assert [move.name for move in moves if not move.by] == []


@pytest.mark.parametrize(
    ("moves", "form"),
    [
        (hazards.MOVES, HazardMoveForm),
        (residents.RESIDENCE_MOVES, ResidenceMoveForm),
        (volunteers.MEMBERSHIP_MOVES, MembershipMoveForm),
        (rounds.SOS_MOVES, SosMoveForm),
        (campaigns.MOVES, CampaignMoveForm),
        (committees.RECTIFICATION_MOVES, RectificationMoveForm),
    ],
    ids=["hazards", "residences", "memberships", "sos_calls", "campaigns", "rectifications"],
)
def test_a_move_asks_only_for_what_the_form_has(moves, form):
    fields = set(form().fields) - {"to"}
    for move in moves:
        assert {*move.needs, *move.allows} <= fields, move.name
        assert set(move.needs).isdisjoint(move.allows), move.name


def test_a_phone_can_say_each_hazard_move_by_where_it_leads():
    """Clients send `to`: of two moves to one state, what is needed says which is meant."""
    for origin in hazards.STATES:
        for relation in ("reporter", "dispatcher", "assignee", "supervisor"):
            mine = [m for m in hazards.MOVES if m.origin == origin and relation in m.by]
            pairs = {(m.to, m.needs) for m in mine}
            assert len(pairs) == len(mine), (origin, relation)


def test_only_the_reporter_answers_for_themselves():
    own = {"withdraw", "confirm", "not_solved", "appeal", "reopen"}
    assert {m.name for m in hazards.MOVES if m.by == {"reporter"}} == own
    assert all("reporter" not in m.by for m in hazards.MOVES if m.name not in own)
