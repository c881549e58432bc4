"""Figures are made once, by topic before and after, and tell nothing of few people."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from app.campaigns import entering, gathering, jobs, rules, service
from app.campaigns.breadth_models import KnowledgeMonth
from app.campaigns.models import Campaign, CampaignTry
from app.core import clock
from app.core.access import RoleKind
from app.core.clock import day_start
from app.core.db import changed_rows, db, read, writing
from app.quizzes import bank
from app.quizzes.models import Answer, Attempt, Review, Version
from app.residents.models import HeldRole, Residence
from tests.campaigns.papers import FIRST, LAST, key_of, opened
from tests.factories.people import COMMUNITY, SIBLING, ResidentFactory
from tests.house.test_query_counts import queries
from tests.quizzes.conftest import FILES, MORNING

ONE, TWO, THREE = (f"{COMMUNITY}00{n}" for n in "123")
BEFORE, DURING = day_start(FIRST) - timedelta(days=3), day_start(FIRST) + timedelta(days=1)


@pytest.fixture
def neighbours(app, people):
    """Settle so many people in a grid, or a community alone; returns their ids."""

    def settle(place, number):
        made = [ResidentFactory() for _ in range(number)]
        db.session.commit()
        ids = [one.id for one in made]
        role = {"kind": RoleKind.RESIDENT, "place_code": place[:12], "since": BEFORE}
        home = {"place_code": place, "room": "1", "state": "confirmed", "requested_at": BEFORE}
        with writing():
            changed_rows(insert(HeldRole), [role | {"resident_id": found} for found in ids])
            if len(place) > 12:
                rows = [home | {"resident_id": found, "decided_at": BEFORE} for found in ids]
                changed_rows(insert(Residence), rows)
        return ids

    return settle


@pytest.fixture
def versions(app):
    with clock.at(MORNING):
        bank.import_bank(FILES / "bank.json")
    rows = read(select(Version.id, Version.question_id, Version.topic, Version.kind)).all()
    return {row.kind: row for row in rows}


@pytest.fixture
def campaign(app, people, versions):
    asked = [row.id for kind, row in versions.items() if kind != "picture"]
    return opened(people["committee"], asked, opened_at=day_start(FIRST))


def review(resident_id, version, at, *, correct):
    name = str(uuid4())
    return {
        "resident_id": resident_id,
        "question_id": version.question_id,
        "version_id": version.id,
        "client_uuid": name,
        "ticket": name,
        "origin": "daily",
        "chosen": [],
        "correct": correct,
        "hinted": False,
        "rating": 3 if correct else 1,
        "answered_at": at,
        "received_at": at,
        "points": 0,
    }


def learnt(rows):
    with writing():
        changed_rows(insert(Review), rows)


def take_part(campaign, ids, version, *, right=0, nth=1):
    """Let people take part on the phone with one answer, the first so many of them rightly."""
    for number, resident_id in enumerate(ids):
        correct = number < right
        base = {"resident_id": resident_id, "started_at": DURING, "finished_at": DURING}
        attempt = base | {
            "occasion": "campaign",
            "place_code": COMMUNITY,
            "versions": [version.id],
            "deadline": DURING,
            "answered": 1,
            "counted": 1,
            "right_count": int(correct),
            "points": 0,
        }
        with writing():
            made = read(insert(Attempt).returning(Attempt.id), attempt).scalar_one()
            answer = {"attempt_id": made, "version_id": version.id, "chosen": [0], "at": DURING}
            changed_rows(insert(Answer), answer | {"correct": correct, "counted": True})
            tried = base | {
                "campaign_id": campaign,
                "number": nth,
                "channel": "phone",
                "attempt_id": made,
                "right_count": int(correct),
                "question_count": 1,
                "passed": correct,
            }
            changed_rows(insert(CampaignTry), tried)


def settled_at():
    return clock.at(day_start(LAST + timedelta(days=rules.ENTER_DAYS + 1)))


def test_figures_from_the_first_day_to_the_last(campaign, clients, neighbours, versions):
    path, version = f"/campaigns/{campaign}/breadth", versions["single"]
    one, two, three = neighbours(ONE, 20), neighbours(TWO, 20), neighbours(THREE, 20)
    take_part(campaign, one[:7], version, right=7)
    take_part(campaign, two[:12], version, right=2)
    take_part(campaign, three[:2], version)
    # Of the first grid six were wrong before; an old answer of theirs counts, a second one not.
    learnt([review(found, version, BEFORE, correct=False) for found in one[:6]])
    learnt([review(found, version, BEFORE, correct=True) for found in one[:6]])
    learnt([review(found, version, DURING, correct=True) for found in one[:6]])
    with clock.at(MORNING):
        early = clients["committee"].get(path).json
    assert (early["final"], early["topics"]) == (False, [])
    assert early["total"]["people"] == 20  # 21, in fives
    by_code = {place["place_code"]: place["people"] for place in early["places"]}
    assert by_code[TWO] == 10
    assert by_code[THREE] is None
    with clock.at(DURING + timedelta(hours=9)):  # who took part on a day is told the day after
        assert clients["committee"].get(path).json["total"]["people"] is None
        assert gathering.settle_figures() == 0
    with settled_at():
        assert gathering.settle_figures() == 1
        assert gathering.settle_figures() == 0
        found = clients["committee"].get(path).json
    assert found["final"]
    # Two demo people live there too, without a grid.
    assert found["total"] == {"people": 21, "of": 62, "share": 0.34}
    shown = {place["place_code"]: place["people"] for place in found["places"]}
    # Two people are hidden, and the smallest grid with them, or both would follow from 21.
    assert shown == {TWO: 12, ONE: None, THREE: None, None: None}
    topic = next(one for one in found["topics"] if one["topic"] == version.topic)
    assert (topic["people"], topic["share"]) == (21, 0.43)
    assert topic["before"] == {"people": 6, "share": 0.05}
    assert topic["after"] == {"people": 6, "share": 0.95}
    # What happens later changes nothing that was told.
    take_part(campaign, three[2:9], version)
    with settled_at():
        assert clients["committee"].get(path).json == found


def test_before_and_after_are_hidden_when_few_are_left_over(
    campaign, clients, neighbours, versions
):
    version = versions["single"]
    people = neighbours(ONE, 30)
    neighbours(TWO, 10)  # or two who live in no grid could not be hidden
    take_part(campaign, people[:10], version, right=5)
    learnt([review(found, version, BEFORE, correct=False) for found in people[:8]])
    learnt([review(found, version, DURING, correct=True) for found in people[:8]])
    with settled_at():
        gathering.settle_figures()
        found = clients["committee"].get(f"/campaigns/{campaign}/breadth").json
    [topic] = found["topics"]
    assert (topic["people"], topic["before"], topic["after"]) == (10, None, None)


def test_paper_counts_once_and_without_a_name_by_itself(
    campaign, clients, people, neighbours, versions
):
    ids = neighbours(ONE, 30)
    neighbours(TWO, 10)  # or two who live in no grid could not be hidden
    take_part(campaign, ids[:8], versions["single"], right=8)
    right = key_of(campaign)
    with clock.at(MORNING):
        shown = clients["committee"].get(f"/campaigns/{campaign}/papers").json
        code = shown["papers"][0]["code"]

        def enter(resident_id, number):
            body = {"client_uuid": f"sheet-{number:04}", "code": code, "answers": right}
            path = f"/campaigns/{campaign}/paper-results"
            answer = clients["committee"].post(path, {**body, "resident_id": resident_id})
            assert answer.status_code == 201, answer.json
            return answer.json

        # Three who took it on the phone before, six who did not, five without an account.
        counted = [enter(found, n)["counts"] for n, found in enumerate(ids[5:14])]
        assert counted == [False] * 3 + [True] * 6
        for number in range(20, 25):
            enter(None, number)
    with settled_at():
        gathering.settle_figures()
        found = clients["committee"].get(f"/campaigns/{campaign}/breadth").json
    assert found["total"]["people"] == 14
    assert found["on_paper"] == 6
    assert found["without_account"] == {"people": 5, "share": 0.95}


def test_a_corrected_sheet_is_still_the_first_try_and_the_phone_is_not(
    campaign, clients, people, neighbours, versions
):
    """Who left a question of a topic empty on the sheet did not answer it at their first try."""
    ids = neighbours(ONE, 30)
    neighbours(TWO, 10)
    sheet = entering.paper_of(service.find_for_system(campaign)).sheets["A"]
    single = versions["single"]
    empty = [one.version_id == single.id for one in sheet]
    right = ["" if left else key for left, key in zip(empty, key_of(campaign), strict=True)]
    wrong = ["A" if one.kind == "single" else "" for one in sheet]
    committee = people["committee"]
    with clock.at(MORNING):
        code = entering.show_papers(committee, campaign)["papers"][0]["code"]
        made = [
            entering.enter(
                committee,
                campaign,
                client_uuid=f"sheet-{found:04}",
                code=code,
                answers=wrong,
                resident_id=found,
            )
            for found in ids[:6]
        ]
        take_part(campaign, ids[:6], single, nth=2)
        with writing():
            changed_rows(Campaign.__table__.update().values(tries_made=12))
        for one in made:
            again = entering.correct(committee, one["id"], reason="录错了行", answers=right)
            assert again["counts"]
    with settled_at():
        gathering.settle_figures()
        found = clients["committee"].get(f"/campaigns/{campaign}/breadth").json
    assert (found["total"]["people"], found["on_paper"]) == (6, 6)
    topics = {one["topic"]: one["people"] for one in found["topics"]}
    assert topics.get(single.topic) is None
    assert topics[versions["multiple"].topic] == 6


def test_whoever_is_not_in_charge_sees_no_figures(campaign, clients):
    assert clients["resident"].get(f"/campaigns/{campaign}/breadth").status_code == 403
    assert clients["outsider"].get(f"/campaigns/{campaign}/breadth").status_code == 404


def test_figures_cost_the_same_for_few_and_many(campaign, clients, neighbours, versions):
    path = f"/campaigns/{campaign}/breadth"
    take_part(campaign, neighbours(ONE, 12)[:6], versions["single"])
    few = len(queries(clients["committee"], path))
    take_part(campaign, neighbours(TWO, 20)[:9], versions["single"])
    assert len(queries(clients["committee"], path)) == few <= 7


# Months

OCTOBER = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)


def test_a_month_is_told_once_it_is_over_and_never_again(clients, neighbours, versions):
    version = versions["single"]
    mine, next_door = neighbours(ONE, 20), neighbours(SIBLING, 20)
    learnt(
        [
            review(found, version, OCTOBER, correct=number < 3)
            for number, found in enumerate(mine[:6])
        ]
    )
    # Somebody's second answer to it is no first one.
    learnt([review(found, version, OCTOBER, correct=True) for found in mine[:6]])
    learnt([review(found, version, OCTOBER, correct=True) for found in next_door[:7]])
    path = f"/places/{COMMUNITY}/knowledge"
    with clock.at(datetime(2026, 11, 2, tzinfo=UTC)):
        assert gathering.publish_month("2026-10") == 4  # two communities, street, district
        learnt([review(found, version, OCTOBER, correct=True) for found in mine[6:12]])
        assert gathering.publish_month("2026-10") == 0
        found = clients["committee"].get(path, **{"from": "2026-09", "to": "2026-11"}).json
        street = clients["street"].get(f"/places/{COMMUNITY[:9]}/knowledge").json
    assert [month["month"] for month in found["months"]] == [
        "2026-09",
        "2026-10",
    ]  # and no November
    known = {one["topic"]: (one["people"], one["share"]) for one in found["months"][1]["topics"]}
    assert known.pop(version.topic) == (6, 0.5)
    assert set(known.values()) == {(None, None)}
    assert len(street["months"]) == 6
    said = next(one for one in street["months"][-1]["topics"] if one["topic"] == version.topic)
    assert (said["people"], said["share"]) == (13, 0.77)


def test_a_month_whose_night_failed_is_written_down_later(clients, neighbours, versions):
    """A failed run of the 2nd was the last that anybody heard of that month."""
    version = versions["single"]
    mine, _ = neighbours(ONE, 20), neighbours(SIBLING, 20)
    learnt([review(found, version, OCTOBER, correct=True) for found in mine[:6]])

    def run(month, day):
        with clock.at(datetime(2026, month, day, tzinfo=UTC)):
            return jobs.publish_month()

    assert run(10, 2) == 0  # September: nobody had learnt, and it is written down
    assert run(11, 1) == 0  # October is over, but not judged to its end
    assert run(11, 5) > 0
    assert run(11, 6) == 0
    november = datetime(2026, 11, 9, 2, 0, tzinfo=UTC)
    learnt([review(found, versions["multiple"], november, correct=True) for found in mine[:6]])
    with clock.at(datetime(2027, 2, 3, tzinfo=UTC)):  # two months without any jobs
        assert jobs.publish_month() > 0
    months = read(select(KnowledgeMonth.month).distinct().order_by(KnowledgeMonth.month)).scalars()
    assert list(months) == ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]


def test_a_community_next_to_a_small_one_is_hidden_with_it(clients, neighbours, versions):
    version = versions["single"]
    mine, next_door = neighbours(ONE, 20), neighbours(SIBLING, 20)
    learnt([review(found, version, OCTOBER, correct=True) for found in mine[:6] + next_door[:2]])
    with clock.at(datetime(2026, 11, 2, tzinfo=UTC)):
        assert gathering.publish_month("2026-10") == 2  # street and district alone
        found = clients["committee"].get(f"/places/{COMMUNITY}/knowledge", to="2026-10").json
    assert {one["people"] for one in found["months"][-1]["topics"]} == {None}


@pytest.mark.parametrize(
    ("place", "query", "status"),
    [
        (COMMUNITY, {"from": "2026-13"}, 422),
        (COMMUNITY, {"from": "2020-01", "to": "2026-01"}, 422),
        (ONE, {}, 404),
        (SIBLING, {}, 404),
        ("510105007099", {}, 404),
    ],
)
def test_months_and_places_that_are_not_told_of(clients, place, query, status):
    assert clients["committee"].get(f"/places/{place}/knowledge", **query).status_code == status
