"""Coverage, attendance, hours by team, shifts that lack people."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import insert

from app.committees import patrolling, rules
from app.core import clock
from app.core.db import changed_rows, read, writing
from app.core.errors import InvalidInput, NotFound
from app.patrols.models import Shift
from app.rounds.models import Attendance, WalkedHour
from app.volunteers import hours, teams
from tests.factories.people import COMMUNITY, ELSEWHERE, SIBLING, make_actor
from tests.house.test_query_counts import counted

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""Friday, 09:00 in Shanghai."""
GRID, SECOND = f"{COMMUNITY}001", f"{COMMUNITY}002"
number = count(1)


@pytest.fixture
def shift(people):
    """Plan a shift; returns its id."""

    def make(hours_from_now=24, place_code=GRID, **changes):
        starts_at = NOW + timedelta(hours=hours_from_now)
        row = {
            "uid": f"{next(number)}@test", "place_code": place_code, "place_name": "网格",
            "title": "夜间巡逻", "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2),
            "capacity": 5, "minimum": 2, "skills": [], "created_at": NOW, "changed_at": NOW,
            "created_by": people["committee"].resident_id, **changes,
        }  # fmt: skip
        with writing():
            return read(insert(Shift).returning(Shift.id), row).scalar_one()

    return make


@pytest.fixture
def attended(shift):
    """Let somebody have come to a shift of some days ago, or not; returns the shift's id."""

    def make(state="ended", days_ago=3, shift_id=None, place_code=GRID):
        shift_id = shift_id or shift(-24 * days_ago, place_code)
        row = {
            "shift_id": shift_id, "resident_id": make_actor().resident_id,
            "place_code": place_code, "starts_at": NOW - timedelta(days=days_ago), "state": state,
        }  # fmt: skip
        with writing():
            changed_rows(insert(Attendance), row)
        return shift_id

    return make


@pytest.fixture
def walked(shift):
    """Let a grid have been walked at a moment, given in UTC."""

    def make(at, minutes=30, place_code=GRID, shift_id=None):
        shift_id = shift_id or shift(-48, place_code)
        row = {
            "shift_id": shift_id, "place_code": place_code, "hour_at": at, "minutes": minutes,
        }  # fmt: skip
        with writing():
            changed_rows(insert(WalkedHour), row)
        return shift_id

    return make


def figures(people, who="committee", place=COMMUNITY, **given):
    with clock.at(NOW):
        return patrolling.show_patrolling(people[who], place, **given)


def grid(found, code=GRID):
    [row] = [row for row in found["coverage"] if row["place_code"] == code]
    return row


def test_nothing_happened_yet(people):
    found = figures(people)
    assert (found["from"], found["to"]) == (date(2026, 10, 24), date(2026, 11, 20))
    assert (found["rounds"], found["no_shows"]) == (0, 0)
    assert found["attendance"] == {
        "value": None, "numerator": 0, "denominator": 0, "excluded": 0,
    }  # fmt: skip
    assert (found["hours_by_team"], found["understaffed"]) == ([], [])
    assert found["never_walked"] == len(found["coverage"]) > 1
    assert grid(found)["by_hour"] == [0] * 24
    assert grid(found)["outline"]["type"] in {"Polygon", "MultiPolygon"}


def test_grids_and_hours_that_were_walked(people, walked):
    evening = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)  # 20:00 in Shanghai
    first = walked(evening, 60)
    walked(evening + timedelta(hours=1), 45, shift_id=first)
    walked(evening - timedelta(days=1), 30)
    walked(evening, 20, SECOND, shift_id=first)
    walked(datetime(2026, 11, 17, 17, 0, tzinfo=UTC), 15, SECOND)  # 01:00 on the 18th
    found = figures(people)
    row = grid(found)
    assert (row["walked_minutes"], row["rounds"]) == (135, 2)
    assert {hour: minutes for hour, minutes in enumerate(row["by_hour"]) if minutes} == {
        20: 90,
        21: 45,
    }
    assert row["last_walked_at"] == evening + timedelta(hours=1)
    other = grid(found, SECOND)
    assert (other["walked_minutes"], other["rounds"]) == (35, 2)
    assert (other["by_hour"][1], other["by_hour"][20]) == (15, 20)
    assert found["never_walked"] == len(found["coverage"]) - 2


def test_what_was_walked_before_is_told_by_when_last(people, walked):
    long_ago = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
    walked(long_ago)
    row = grid(figures(people))
    assert (row["walked_minutes"], row["rounds"], sum(row["by_hour"])) == (0, 0, 0)
    assert row["last_walked_at"] == long_ago


def test_days_begin_and_end_in_shanghai(people, walked):
    midnight = datetime(2026, 11, 17, 16, 0, tzinfo=UTC)  # 00:00 on the 18th
    walked(midnight - timedelta(hours=1), 10)
    walked(midnight, 20)
    day = date(2026, 11, 18)
    assert grid(figures(people, first=day, last=day))["walked_minutes"] == 20


def test_what_is_known_of_a_community_only_is_no_grids(people, walked):
    walked(datetime(2026, 11, 18, 12, 0, tzinfo=UTC), 50, COMMUNITY)
    found = figures(people)
    assert found["unplaced_minutes"] == 50
    assert grid(found)["walked_minutes"] == 0


def test_who_came_who_did_not_and_who_is_not_settled(people, attended):
    shift_id = attended()
    attended(shift_id=shift_id)
    attended("no_show", shift_id=shift_id)
    attended("on_round", days_ago=1)
    attended("ended", days_ago=200)
    attended("ended", place_code=f"{SIBLING}001")
    found = figures(people)
    assert (found["rounds"], found["no_shows"]) == (1, 1)
    assert found["attendance"] == {
        "value": 0.6667, "numerator": 2, "denominator": 3, "excluded": 1,
    }  # fmt: skip
    assert figures(people, "street", COMMUNITY[:9])["rounds"] == 2


def test_hours_by_team_are_those_that_stand(people):
    with clock.at(NOW):
        team = teams.create_team(
            people["committee"], name="平安志愿队", kind="peace", place_code=COMMUNITY
        )

        def credit(minutes, team_id=None, actor=None, **changes):
            start = NOW - timedelta(days=2, hours=next(number) % 20)
            given = {
                "shift_id": next(number) + 10_000, "place_code": GRID, "team_id": team_id,
                "title": "夜巡", "starts_at": start, "ends_at": start + timedelta(minutes=minutes),
                "evidence": 3, "attested": False, **changes,
            }  # fmt: skip
            return hours.credit((actor or make_actor()).resident_id, **given).entry_ids

        for minutes in (55, 50):
            credit(minutes, team["id"])
        credit(30)
        credit(45, evidence=0)
        [wrong] = credit(58, team["id"])
        hours.reverse(None, wrong, "误记")
    assert figures(people)["hours_by_team"] == [
        {"team_id": team["id"], "name": "平安志愿队", "hours": 1.8, "people": 2},
        {"team_id": None, "name": "未编队", "hours": 0.5, "people": 1},
    ]


def test_coming_shifts_that_lack_people(people, shift):
    soon = shift(5, taken=1)
    shift(6, taken=2)
    shift(7, state="cancelled")
    shift(-3)
    shift(24 * (rules.DAYS_AHEAD + 1))
    shift(8, place_code=f"{SIBLING}001")
    later = shift(48)
    found = figures(people)["understaffed"]
    assert [(row["id"], row["taken"], row["minimum"]) for row in found] == [
        (soon, 1, 2),
        (later, 0, 2),
    ]


@pytest.mark.parametrize("who", ["outsider", "sibling", "gridworker", "resident", "stranger"])
def test_figures_are_for_those_who_answer_for_the_place(people, who):
    with pytest.raises(NotFound):
        figures(people, who)
    with pytest.raises(NotFound):
        figures(people, place=ELSEWHERE)
    with pytest.raises(NotFound):
        figures(people, place=f"{COMMUNITY}999")


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 11, 2), date(2026, 11, 1)), (date(2026, 1, 1), date(2026, 11, 1))],
)
def test_a_senseless_range_is_refused(people, first, last):
    with pytest.raises(InvalidInput):
        figures(people, first=first, last=last)


def test_a_street_has_no_outlines(people):
    found = figures(people, "street", COMMUNITY[:9])
    assert {row["outline"] for row in found["coverage"]} == {None}
    assert len({row["place_code"][:12] for row in found["coverage"]}) > 1


def test_it_costs_the_same_at_any_size(clients, attended, walked, shift):
    path = f"/committees/{COMMUNITY}/patrolling"

    def asked():
        with counted() as found:
            answer = clients["committee"].get(path)
        assert answer.status_code == 200, answer.json
        return len(found)

    def fill(times):
        for hour in range(times):
            walked(datetime(2026, 11, 18, tzinfo=UTC) + timedelta(hours=hour), shift_id=attended())
            shift(24 + hour)

    with clock.at(NOW):
        asked()
        fill(1)
        few = asked()
        fill(20)
        assert asked() == few <= 6


def test_the_route_reads_the_range_and_refuses_what_is_none(clients):
    path = f"/committees/{COMMUNITY}/patrolling"
    answer = clients["committee"].get(path, **{"from": "2026-11-01", "to": "2026-11-10"})
    assert (answer.json["from"], answer.json["to"]) == ("2026-11-01", "2026-11-10")
    bad = clients["committee"].get(path, **{"from": "yesterday"})
    assert [error["field"] for error in bad.json["errors"]] == ["from"]
    assert clients["resident"].get(path).status_code == 403
