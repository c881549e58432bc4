"""Tables are released once a quarter, and anybody may have them."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from app.core import clock
from app.core.db import changed_rows, writing
from app.hazards.models import Hazard
from app.open_data import service
from app.places.models import Place
from app.rollups import jobs as rollups
from app.rollups.models import Standing
from tests.committees.conftest import case_in, morning, photo, report, spot, step, village  # noqa: F401
from tests.factories.people import COMMUNITY, make_actor

RELEASING = datetime(2027, 1, 20, 1, 0, tzinfo=UTC)
"""The fourth quarter of 2026 is over and has settled."""


ENDING = datetime(2026, 12, 31, 15, tzinfo=UTC)
"""It is not yet over."""


def table(client, dataset, **query):
    answer = client.get(f"/open-data/{dataset}.csv", **query)
    assert answer.status_code == 200, answer.json
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))


@pytest.fixture(autouse=True)
def counted(app):
    """All facts are counted, by the job of the night."""
    with clock.at(RELEASING):
        rollups.check()


@pytest.fixture
def taken_part(village):  # noqa: F811
    """Twelve people who only learnt, six who did more, three elsewhere."""
    ids = village.settle(21, f"{COMMUNITY}001")
    for each in ids[:18]:
        village.do(each, "learnt")
    for each in ids[12:18]:
        village.do(each, "reported")
    for each in ids[18:]:
        village.do(each, "patrolled", place_code="510105007005001")
    with clock.at(RELEASING):
        rollups.check()


def test_people_are_told_by_community_and_pattern_and_never_few(client, taken_part):
    with clock.at(RELEASING):
        assert service.release_due() == 2
    rows = {row["place_code"]: row for row in table(client, "participation")}
    assert rows[COMMUNITY]["people"] == "18"
    assert (rows[COMMUNITY]["only_learnt"], rows[COMMUNITY]["several"]) == ("12", "6")
    assert rows[COMMUNITY]["only_reported"] == ""
    assert rows[COMMUNITY]["licence"] == "CC-BY-4.0"
    # Street and district would give the three away: 21 less 18.
    assert set(rows) == {COMMUNITY}
    geo = client.get("/open-data/participation.geojson").json
    assert geo["licence"] == "CC-BY-4.0"
    assert [each["geometry"]["type"] for each in geo["features"]] == ["Point"] * len(rows)


def test_closed_hazards_are_told_in_groups_of_five_reporters(client, people, case_in):  # noqa: F811
    cases = [case_in("closed") for _ in range(6)]
    others = [make_actor().resident_id for _ in range(5)]
    with writing():
        for case, other in zip(cases[:5], others, strict=True):
            changed_rows(update(Hazard).where(Hazard.id == case["id"]).values(reporter_id=other))
        # What was opened again was closed all the same: a report says so, too.
        again = {"state": "accepted", "closed_at": None, "handled_at": None}
        changed_rows(update(Hazard).where(Hazard.id == cases[0]["id"]).values(**again))
    with clock.at(RELEASING):
        service.release_due()
    [row] = table(client, "hazards")
    assert (row["place_code"], row["month"], row["category"]) == (COMMUNITY, "2026-11", "FIRE_LANE")
    assert (row["cases"], row["on_time"], row["median_days"]) == ("6", "6", "0")
    assert table(client, "hazards", place="320506") == []
    assert len(table(client, "hazards", quarter="2026-Q4", place=COMMUNITY)) == 1
    point = client.get("/open-data/hazards.geojson").json["features"][0]["geometry"]
    assert point["coordinates"] != [cases[0]["lon"], cases[0]["lat"]]


def test_a_release_is_made_once_and_stays(client, village, taken_part):  # noqa: F811
    with clock.at(datetime(2027, 1, 10, tzinfo=UTC)):
        assert service.release_due() == 2  # the third quarter: the fourth has not settled
    with clock.at(RELEASING):
        assert service.release_due() == 2
        before = table(client, "participation")
        for each in village.settle(6, f"{COMMUNITY}002"):
            village.do(each, "learnt")
        rollups.check()
        assert service.release_due() == 0
    assert table(client, "participation") == before


def test_a_quarter_whose_facts_are_not_counted_waits_and_is_made_up_for(village, taken_part):  # noqa: F811
    for each in village.settle(6, f"{COMMUNITY}002"):
        village.do(each, "learnt")
    with clock.at(RELEASING):
        assert service.release_due() == 1  # hazards; a fact waits
        rollups.roll_up()
    for column, kept in (("backfilled_at", None), ("rolled_at", ENDING)):
        with writing():
            changed_rows(update(Standing).values(**{column: kept}))
        with clock.at(RELEASING):
            assert service.release_due() == 0
            rollups.check()
    with clock.at(RELEASING):
        assert service.release_due() == 1
    with clock.at(RELEASING + timedelta(days=190)):
        rollups.check()
        assert service.release_due() == 4  # two quarters


def test_a_place_called_like_a_formula_does_no_harm(client, taken_part):
    from sqlalchemy import select  # noqa: PLC0415

    from app.core.db import read  # noqa: PLC0415

    mine = Place.code == COMMUNITY
    name = read(select(Place.name).where(mine)).scalar_one()
    with writing():
        changed_rows(update(Place).where(mine).values(name="=HYPERLINK(1)"))
    try:
        with clock.at(RELEASING):
            service.release_due()
        names = {row["place_name"] for row in table(client, "participation")}
    finally:
        with writing():
            changed_rows(update(Place).where(mine).values(name=name))
    assert not any(each.startswith("=") for each in names)


def test_anybody_may_ask_and_is_told_what_there_is(client):
    found = client.get("/open-data").json["datasets"]
    assert {each["name"] for each in found} == {"hazards", "participation"}
    assert all(column["meaning"] for each in found for column in each["columns"])
    assert client.get("/open-data/hazards.csv").status_code == 404  # nothing released yet
    assert client.get("/open-data/people.csv").status_code == 404
    bad = client.get("/open-data/hazards.csv", quarter="2026-Q5")
    assert (bad.status_code, bad.json["errors"][0]["field"]) == (422, "quarter")
    assert client.get("/open-data/hazards.geojson", place="草堂").status_code == 422


def test_the_job_has_nothing_to_do_before_the_quarter_has_settled(app):
    with clock.at(RELEASING):
        assert service.release_due() == 2
    with clock.at(RELEASING + timedelta(days=1)):
        assert service.release_due() == 0
