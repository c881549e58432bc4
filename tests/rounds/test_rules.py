"""What check-ins and witnesses come to, by tables and by chance."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.states import IllegalMove, MoveNotYours, choose_move
from app.rounds import rules
from app.rounds.rules import Counted, Span, Witness, outcome

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TWO_HOURS = Span(START, START + 120 * MINUTE)
LEADER, ANOTHER = Witness(1, present=True, leads=True), Witness(2, present=True, leads=False)
A_THIRD = Witness(3, present=True, leads=False)
ABSENT = Witness(1, present=False, leads=True)
ANOTHER_LEADER = Witness(4, present=True, leads=True)


def scan(minute, kind="checkpoint", evidence=1):
    return Counted(START + minute * MINUTE, kind, evidence)


def walked(first, last, *, ended=True):
    return [scan(first, "start"), scan(last, "end" if ended else "checkpoint")]


@pytest.mark.parametrize(
    ("code", "in_place", "evidence"),
    [
        (rules.NO_CODE, False, 0),
        (rules.WRONG, False, 0),
        (rules.OWN_CODE, False, 0),
        (rules.NO_CODE, True, 1),
        (rules.STATIC, False, 1),
        (rules.STATIC, True, 1),
        (rules.OWN_CODE, True, 1),
        (rules.ROTATING, False, 2),
        (rules.ROTATING, True, 3),
    ],
)
def test_what_one_check_in_proves(code, in_place, evidence):
    assert rules.proves(code, in_place=in_place) == evidence


@pytest.mark.parametrize(
    ("scans", "witnesses", "state", "minutes"),
    [
        ([], [], "expected", 0),
        (walked(0, 120), [], "ended", 120),
        (walked(9, 111), [], "ended", 120),
        (walked(10, 110), [], "ended", 120),
        (walked(11, 109), [], "ended", 98),
        (walked(-30, 150), [], "ended", 120),
        (walked(30, 90), [], "ended", 60),
        (walked(0, 70, ended=False), [], "on_round", 70),
        (walked(0, 70, ended=False), [LEADER], "on_round", 120),
        ([scan(0, "start")], [], "on_round", 0),
        ([scan(115, "start")], [], "on_round", 0),
        ([scan(0, "start")], [LEADER], "on_round", 120),
        ([scan(60, "start")], [LEADER], "on_round", 60),
        ([], [LEADER], "ended", 120),
        ([], [ANOTHER], "expected", 0),
        ([], [LEADER, ANOTHER], "ended", 120),
        (walked(0, 120), [ABSENT], "expected", 0),
        (walked(0, 120), [ABSENT, ANOTHER], "expected", 0),
        (walked(0, 120), [ABSENT, ANOTHER, A_THIRD], "expected", 0),
        (walked(0, 120), [ABSENT, ANOTHER_LEADER], "ended", 120),
        (walked(0, 60), [LEADER], "ended", 60),
        (walked(-60, -50), [], "ended", 0),
        (walked(130, 140), [], "ended", 0),
    ],
)
def test_what_a_round_comes_to(scans, witnesses, state, minutes):
    found = outcome(scans, witnesses, TWO_HOURS)
    assert (found.state, found.minutes) == (state, minutes)


@pytest.mark.parametrize(
    ("scans", "witnesses", "evidence"),
    [
        ([scan(0, "start", 2), scan(120, "end", 2)], [], 2),
        ([scan(0, "start", 3), scan(120, "end", 2)], [], 2),
        ([scan(0, "start", 2), scan(60, evidence=1), scan(120, "end", 1)], [], 1),
        ([scan(0, "start", 2), scan(60, evidence=2), scan(120, "end", 0)], [], 2),
        ([scan(0, "start", 2), scan(59, evidence=2), scan(120, "end", 0)], [], 0),
        ([scan(0, "start", 3)], [], 0),
        (walked(0, 120), [LEADER], 4),
        (walked(0, 120), [ANOTHER], 1),
        (walked(0, 120), [LEADER, ANOTHER], 5),
        (walked(0, 120), [ANOTHER, A_THIRD], 5),
        (walked(0, 120), [ANOTHER, ANOTHER], 1),
    ],
)
def test_a_rounds_evidence_is_what_spans_at_least_half_of_it(scans, witnesses, evidence):
    assert outcome(scans, witnesses, TWO_HOURS).evidence == evidence


def test_grace_is_a_sixth_of_a_short_shift():
    assert rules.grace(TWO_HOURS) == 10 * MINUTE
    assert rules.grace(Span(START, START + 30 * MINUTE)) == 5 * MINUTE


@pytest.mark.parametrize(
    ("minutes", "worth"), [(1, 1), (119, 119), (120, 120), (121, 120), (10_000, 120)]
)
def test_what_is_granted_is_never_more_than_the_shift(minutes, worth):
    nothing = outcome([], [], TWO_HOURS)
    found = rules.granted(nothing, minutes, TWO_HOURS)
    assert (found.minutes, found.state, found.evidence) == (worth, "ended", 4)
    assert TWO_HOURS.starts_at <= found.from_at < found.until_at <= TWO_HOURS.ends_at


MOMENTS = st.integers(-300, 600).map(lambda minute: START + minute * MINUTE)
SCANS = st.lists(
    st.builds(Counted, MOMENTS, st.sampled_from(rules.KINDS), st.integers(0, 3)), max_size=8
)
WITNESSES = st.lists(
    st.builds(Witness, st.integers(1, 4), st.booleans(), st.booleans()),
    max_size=4,
    unique_by=lambda witness: witness.by_id,
)
SPANS = st.integers(15, 600).map(lambda minutes: Span(START, START + minutes * MINUTE))


@given(SCANS, WITNESSES, SPANS)
def test_credited_minutes_never_exceed_the_wall_time_of_the_shift(scans, witnesses, span):
    found = outcome(scans, witnesses, span)
    assert 0 <= found.minutes <= span.minutes
    if found.from_at is not None:
        assert span.starts_at <= found.from_at < found.until_at <= span.ends_at
        assert found.minutes == rules.whole_minutes(found.until_at - found.from_at)


@given(SCANS, WITNESSES, SPANS, st.randoms(use_true_random=False))
def test_the_order_of_check_ins_does_not_matter(scans, witnesses, span, dice):
    mixed = list(scans)
    dice.shuffle(mixed)
    assert outcome(mixed, witnesses, span) == outcome(scans, witnesses, span)


@given(SCANS, SPANS)
def test_without_a_leaders_word_evidence_is_never_that_of_one(scans, span):
    assert outcome(scans, [], span).evidence <= rules.CODE_AND_POSITION


@given(SCANS, SPANS)
def test_one_more_scan_never_takes_minutes_away(scans, span):
    """Of whom nobody attests anything: else a late start tells when they really came."""
    fewer = outcome(scans[:-1], [], span).minutes
    assert outcome(scans, [], span).minutes >= fewer


def move(state, to, by, **given_):
    return choose_move(rules.SOS_MOVES, None, state, to, frozenset({by}), given=given_).name


def test_who_calls_for_help_does_not_help_themselves():
    assert move("open", "acknowledged", rules.LEADER) == "acknowledge"
    with pytest.raises(MoveNotYours):
        move("open", "acknowledged", rules.CALLER)
    assert move("acknowledged", "closed", rules.CALLER) == "take_back"
    with pytest.raises(IllegalMove):
        move("closed", "acknowledged", rules.LEADER)
