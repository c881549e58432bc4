"""What is doubted and what is not, one kind after the other, from plain rows."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rounds import plausibility, rules
from app.rounds.plausibility import Fix, Scan, Twin

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SPAN = rules.Span(START, START + 120 * MINUTE)
LAT, LON = 30.6584, 104.0325
METRE = 1 / plausibility.METRES_A_DEGREE


def scan(minute=0.0, north=0.0, **changes):
    """Return an honest check-in so many minutes after the start, so many metres to the north."""
    at = START + minute * MINUTE
    given_ = {
        "id": round(minute * 100) + 1,
        "attendance_id": 1,
        "resident_id": 1,
        "kind": "checkpoint",
        "checkpoint_id": round(north),
        "at": at,
        "device_at": at,
        "sent_at": at,
        "received_at": at,
        "lat": LAT + north * METRE,
        "lon": LON,
        "accuracy_m": 8.0,
        "beyond_m": -30.0,
        "code_kind": rules.NO_CODE,
        "code_step": None,
        "steps_off": 0,
        "evidence": 1,
        "place": (LAT + north * METRE, LON),
    }
    return Scan(**(given_ | changes))


def doubts(scans=(), track=(), **more):
    asked = {
        "others": [],
        "twins": [],
        "path": [],
        "leading": set(),
        "span": SPAN,
        "settled_at": None,
    }
    return plausibility.doubts(list(scans), list(track), **(asked | more))


def kinds(*args, **more):
    return {doubt.kind for doubt in doubts(*args, **more)}


def track(minutes, speed=1.2, noise=0.0, every=1.0, start=0.0, seed=1):
    """Return a walk to the north, in metres a second, with so much noise."""
    dice = random.Random(seed)
    found = []
    for step in range(int(minutes / every) + 1):
        at = step * every
        north = start + at * 60 * speed + dice.gauss(0, noise)
        east = dice.gauss(0, noise)
        moment = START + at * MINUTE
        found.append(Fix(moment, LAT + north * METRE, LON + east * METRE, 10.0))
    return found


def test_an_honest_walk_is_not_doubted():
    scans = [scan(0, 0), scan(10, 700), scan(20, 1400)]
    assert kinds(scans, track(20, noise=12)) == set()


@pytest.mark.parametrize(
    ("scans", "doubted"),
    [
        ([scan(0, 0), scan(10, 2300)], False),
        ([scan(0, 0), scan(10, 2600)], True),
        ([scan(0, 0), scan(0.1, 250)], False),
        ([scan(0, 0), scan(0.1, 320)], True),
        ([scan(0, 0), scan(0.1, 320, accuracy_m=90.0)], False),
        ([scan(0, 0, lat=None), scan(1, 1000, lat=None)], True),
        ([scan(0, 0, lat=None, place=None), scan(1, 1000, lat=None, place=None)], False),
    ],
)
def test_who_is_faster_than_on_foot_is_doubted(scans, doubted):
    assert (plausibility.SPEED in kinds(scans)) == doubted


@pytest.mark.parametrize(
    ("speed", "every", "doubted"),
    [(1.2, 1, False), (2.5, 0.1, False), (3.9, 0.5, False), (6, 1, True), (6, 0.1, True)],
)
def test_a_track_that_is_ridden_is_doubted(speed, every, doubted):
    found = doubts([scan()], track(15, speed, noise=4, every=every))
    assert ({doubt.kind for doubt in found} == {plausibility.SPEED}) == doubted
    assert ("speed:track" in {doubt.key for doubt in found}) == doubted


def test_one_bad_fix_that_says_so_is_no_leap():
    way = track(20, noise=5)
    way[7] = way[7]._replace(lat=way[7].lat + 900 * METRE, wrong_m=400.0)
    assert kinds([scan()], way) == set()


@pytest.mark.parametrize(("beyond", "doubted"), [(-20, False), (99, False), (101, True)])
def test_far_is_beyond_what_walls_do(beyond, doubted):
    assert (plausibility.FAR in kinds([scan(beyond_m=beyond)])) == doubted


@pytest.mark.parametrize(
    ("sent", "at", "doubted"),
    [(0, 0, False), (1, 0, False), (-2.9, 0, False), (3.1, 0, True), (-40, 0, True), (0, 5, True)],
)
def test_clocks_that_are_far_off_are_doubted(sent, at, doubted):
    made = START + at * MINUTE
    found = kinds([scan(sent_at=START + sent * MINUTE, received_at=START, at=made)])
    assert (plausibility.CLOCK in found) == doubted


def test_a_check_in_without_the_time_of_sending_has_no_skew():
    assert kinds([scan(sent_at=None)]) == set()


@pytest.mark.parametrize(
    ("off", "code", "doubted"),
    [(0, "rotating", False), (1, "rotating", True), (9, "own", False), (0, "wrong", None)],
)
def test_codes_that_are_old_or_none_of_ours(off, code, doubted):
    found = kinds([scan(code_kind=code, steps_off=off)])
    expected = {True: {"old_code"}, False: set(), None: {"wrong_code"}}[doubted]
    assert found == expected


@pytest.mark.parametrize(("accuracy", "doubted"), [(0.0, True), (0.4, True), (3.0, False)])
def test_no_phone_is_that_accurate(accuracy, doubted):
    assert (plausibility.MOCKED in kinds([scan(accuracy_m=accuracy)])) == doubted


def test_the_same_point_at_two_checkpoints_is_made_up():
    one, other = scan(0, 0), scan(10, 200)
    same = other._replace(lat=one.lat, lon=one.lon)
    assert plausibility.MOCKED in kinds([one, same])
    assert plausibility.MOCKED not in kinds([one, same._replace(checkpoint_id=one.checkpoint_id)])
    assert plausibility.MOCKED not in kinds([one, other])


def test_a_track_that_stands_while_its_owner_walks_is_made_up():
    standing = [Fix(START + n * MINUTE, LAT, LON, 10.0) for n in range(20)]
    moving = [scan(2, 0), scan(12, 200)]
    assert plausibility.MOCKED in kinds(moving, standing)
    assert plausibility.MOCKED not in kinds([scan(2, 0)], standing)
    trembling = [f._replace(lat=LAT + n * METRE / 10) for n, f in enumerate(standing)]
    assert plausibility.MOCKED not in kinds(moving, trembling)


@pytest.mark.parametrize(("received", "doubted"), [(0, False), (60 * 7.9, False), (60 * 8.1, True)])
def test_what_comes_long_after_the_end_is_doubted(received, doubted):
    late = START + received * MINUTE
    found = kinds([scan(30, received_at=late, sent_at=late)])
    assert (plausibility.BACKDATED in found) == doubted


def test_what_comes_after_all_was_settled_is_doubted():
    late = START + 150 * MINUTE
    made = [scan(30, received_at=late, sent_at=late)]
    assert kinds(made) == set()
    assert kinds(made, settled_at=START + 140 * MINUTE) == {plausibility.BACKDATED}


def test_what_was_put_in_between_is_doubted():
    hour = START + 60 * MINUTE
    first, last = scan(0, 0), scan(60, 0, id=3)
    queued = scan(30, 700, id=2, received_at=hour, sent_at=hour)
    later = scan(30, 700, id=2, received_at=hour + 11 * MINUTE, sent_at=hour + 11 * MINUTE)
    assert kinds([first, queued, last]) == set()
    [doubt] = doubts([first, later, last])
    assert (doubt.kind, doubt.scan_id) == (plausibility.BACKDATED, 2)


def rotating(minute=0.0, north=0.0, who=1, **changes):
    beyond = abs(north) - 30
    return scan(
        minute, north, attendance_id=who, resident_id=who, code_kind="rotating", beyond_m=beyond,
        id=who * 1000 + round(minute * 10), **changes,
    )  # fmt: skip


def test_nobody_scans_a_phone_that_is_elsewhere():
    near = [rotating(0, 5, who=2), rotating(1, -8, who=3)]
    assert kinds([rotating(0, 0)], others=near) == set()
    assert plausibility.SHARED_CODE in kinds([rotating(0, 400)], others=near)
    assert plausibility.SHARED_CODE not in kinds([rotating(0, 400)], others=[])
    assert plausibility.SHARED_CODE not in kinds([rotating(30, 400)], others=near)


def test_of_two_the_one_who_is_where_they_belong_is_believed():
    here, there = rotating(0, 0, who=1), rotating(0, 400, who=2)
    assert plausibility.SHARED_CODE not in kinds([here], others=[there])
    assert plausibility.SHARED_CODE in kinds([there], others=[here])


def test_the_leaders_place_says_where_the_code_was_shown():
    leader = scan(1, 300, attendance_id=9, resident_id=9, code_kind="own")
    friends = [rotating(0, 0, who=2), rotating(0, 10, who=3)]
    found = kinds([rotating(0, 290)], others=[leader, *friends], leading={9})
    assert plausibility.SHARED_CODE not in found
    found = kinds([rotating(0, 20)], others=[leader, *friends], leading={9})
    assert plausibility.SHARED_CODE in found


def printed(minutes, who=1, off=0):
    return [
        scan(
            minute + off, 200 * place, attendance_id=who, resident_id=who,
            code_kind="static", checkpoint_id=place, id=who * 1000 + place,
        )
        for place, minute in enumerate(minutes)
    ]  # fmt: skip


def test_two_phones_in_one_hand_scan_at_the_same_second():
    mine = printed([0, 10, 20, 30])
    assert plausibility.SHARED_CODE in kinds(mine, others=printed([0, 10, 20, 30], who=2))
    assert plausibility.SHARED_CODE in kinds(mine, others=printed([0, 10, 20, 31], who=2))
    assert plausibility.SHARED_CODE in kinds(mine, others=printed([0, 10, 20, 30], who=2, off=0.05))
    assert kinds(mine, others=printed([0, 10, 21, 31], who=2)) == set()
    assert kinds(mine, others=printed([0.05, 10, 19.93, 30.08], who=2)) == set()
    assert kinds(mine, others=printed([0, 10, 20, 30], who=2, off=0.2)) == set()


def test_points_that_somebody_else_sent_before_are_copied():
    way = track(30, noise=8)
    assert kinds([scan()], way, twins=[Twin(2, 31, before=True)]) == {plausibility.COPIED}
    assert kinds([scan()], way, twins=[Twin(2, 31, before=False)]) == set()
    assert kinds([scan()], way, twins=[Twin(2, 7, before=True)]) == set()
    assert kinds([scan()], track(60, noise=8), twins=[Twin(2, 9, before=True)]) == set()


def test_check_ins_at_exactly_somebody_elses_points_are_copied():
    mine = [scan(10 * n, 300 * n, id=100 + n) for n in range(4)]
    theirs = [s._replace(attendance_id=2, resident_id=2, id=s.id - 50) for s in mine]
    assert plausibility.COPIED in kinds(mine, others=theirs)
    assert plausibility.COPIED not in kinds(theirs, others=mine)
    assert plausibility.COPIED not in kinds(mine, others=theirs[:2])


def test_a_track_on_the_line_itself_was_drawn():
    line = [[LAT, LON], [LAT + 2000 * METRE, LON]]
    assert kinds([scan()], track(20), path=line) == {plausibility.COPIED}
    assert kinds([scan()], track(20, noise=3), path=line) == set()
    assert kinds([scan()], track(5), path=line) == set()


def test_doubts_are_told_once_each():
    made = [scan(0, 0), scan(1, 3000)]
    keys = [doubt.key for doubt in doubts(made, track(10, speed=9))]
    assert len(keys) == len(set(keys))


@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_doubts_do_not_depend_on_the_order_of_rows(dice, count):
    scans = [
        scan(dice.uniform(0, 120), dice.uniform(0, 900), id=n, accuracy_m=dice.uniform(0, 30))
        for n in range(1, count + 1)
    ]
    mixed = list(scans)
    dice.shuffle(mixed)
    assert doubts(mixed) == doubts(scans)


@given(st.floats(-60, 60), st.floats(-170, 170), st.floats(-0.01, 0.01), st.floats(-0.01, 0.01))
def test_flat_distances_are_those_of_the_globe(lat, lon, north, east):
    from app.places.coordinates import Point, distance_m  # noqa: PLC0415

    exact = distance_m(Point(lat, lon), Point(lat + north, lon + east))
    assert plausibility.metres(lat, lon, lat + north, lon + east) == pytest.approx(
        exact, rel=1e-3, abs=0.01
    )


def test_the_distance_from_a_line_is_that_of_its_nearest_point():
    line = [[LAT, LON], [LAT + 100 * METRE, LON]]
    assert plausibility.from_path(LAT + 50 * METRE, LON, line) == pytest.approx(0, abs=0.01)
    assert plausibility.from_path(LAT - 40 * METRE, LON, line) == pytest.approx(40, abs=0.1)
    assert plausibility.from_path(LAT + 120 * METRE, LON, line[:1]) == pytest.approx(120, abs=0.1)


def test_a_cell_is_a_metre():
    assert plausibility.cell(LAT, LON) == plausibility.cell(LAT + 0.1 * METRE, LON)
    assert plausibility.cell(LAT, LON) != plausibility.cell(LAT + 2 * METRE, LON)
    assert 0 <= plausibility.cell(-90, -180) < plausibility.cell(90, 180) < 2**63
