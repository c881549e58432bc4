"""Releasing tables, once a quarter, and giving them out."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from app.committees.solving import CLOSING
from app.core import clock, texts
from app.core.db import changed_rows, read, unit_of_work, within
from app.core.errors import NotFound
from app.core.idempotency import insert_ignore
from app.hazards.models import Hazard, HazardMove
from app.open_data import rules
from app.open_data.datasets import DATASETS, HAZARDS, PARTICIPATION
from app.open_data.models import OpenRelease, OpenRow
from app.places import rules as place_rules
from app.places.models import Place
from app.places.rules import LENGTHS, PlaceKind
from app.rollups import reading
from app.rollups import rules as rollup_rules
from app.rollups.models import PersonDay

COMMUNITY = LENGTHS[PlaceKind.COMMUNITY]
LEVELS = tuple(
    LENGTHS[kind] for kind in (PlaceKind.DISTRICT, PlaceKind.STREET, PlaceKind.COMMUNITY)
)
Row = dict[str, Any]


def catalogue(language: str) -> dict[str, Any]:
    """Return what there is: each dataset with its columns, its licence and its quarters."""
    periods: dict[str, list[str]] = {name: [] for name in DATASETS}
    for row in read(select(OpenRelease.dataset, OpenRelease.period).order_by(OpenRelease.period)):
        periods[row.dataset].append(row.period)
    return {
        "datasets": [
            {
                "name": name,
                "title": texts.text(f"open_data.{name}.title", language),
                "description": texts.text(f"open_data.{name}.description", language),
                "licence": rules.LICENCE,
                "least_people": rules.LEAST,
                "columns": [
                    {
                        "name": column,
                        "type": kind,
                        "meaning": texts.text(f"open_data.columns.{column}", language),
                    }
                    for column, kind in dataset.columns.items()
                ],
                "quarters": periods[name],
            }
            for name, dataset in DATASETS.items()
        ]
    }


def released(
    dataset: str, *, quarter: str | None = None, place: str | None = None
) -> tuple[str, list[Row]]:
    """Return a released quarter, the newest if none is named, and its rows by place and order.

    `place`: only rows of that place and within it. Nothing is reckoned: rows are as they
    were released. Errors: NotFound (no such dataset or quarter).
    """
    if dataset not in DATASETS:
        raise NotFound
    known = select(func.max(OpenRelease.period)).where(OpenRelease.dataset == dataset)
    if quarter is not None:
        known = known.where(OpenRelease.period == quarter)
    period = read(known).scalar_one()
    if period is None:
        raise NotFound
    asked = (
        select(OpenRow.cells, Place.lat, Place.lon)
        .outerjoin(Place, Place.code == OpenRow.place_code)
        .where(OpenRow.dataset == dataset, OpenRow.period == period)
        .order_by(OpenRow.seq)
    )
    if place is not None:
        asked = asked.where(within(OpenRow.place_code, place))
    columns = DATASETS[dataset].columns
    return period, [
        {
            **{column: row.cells.get(column) for column in columns},
            "licence": rules.LICENCE,
            "lat": row.lat,
            "lon": row.lon,
        }
        for row in read(asked)
    ]


def release_due() -> int:
    """Release what is due: the last quarter that is over, and those missed since a release.

    Returns how many tables.
    """
    today = clock.shanghai_day(clock.now()) - timedelta(days=rules.SETTLED_AFTER)
    due = rollup_rules.before(
        rollup_rules.start_of(today, rollup_rules.QUARTER), rollup_rules.QUARTER
    )
    return sum(release(dataset, first) for dataset in DATASETS for first in _missed(dataset, due))


def _missed(dataset: str, due: date) -> Iterator[date]:
    """Give the first days of the quarters after the newest released, up to the one due."""
    newest = read(
        select(func.max(OpenRelease.last)).where(OpenRelease.dataset == dataset)
    ).scalar_one()
    first = due if newest is None else newest + timedelta(days=1)
    while first <= due:
        yield first
        first = rollup_rules.end_of(first, rollup_rules.QUARTER) + timedelta(days=1)


@unit_of_work()
def release(dataset: str, first: date) -> bool:
    """Release a dataset of the quarter that begins on a day; returns whether it is new.

    A release that there is stays as it is, whatever was corrected since. So nothing is released
    of people whose facts are not all counted.
    """
    period, last = rules.quarter_name(first), rollup_rules.end_of(first, rollup_rules.QUARTER)
    key = {"dataset": dataset, "period": period}
    known = select(OpenRelease.period).filter_by(**key)
    if read(known).scalar_one_or_none() is not None:
        return False
    if dataset == PARTICIPATION and not reading.is_complete(last):
        return False
    make = {HAZARDS: _hazards, PARTICIPATION: _participation}[dataset]
    rows, withheld = make(first, last)
    new = key | {
        "first": first, "last": last, "released_at": clock.now(), "version": rules.VERSION,
        "row_count": len(rows), "withheld": withheld,
    }  # fmt: skip
    if not changed_rows(insert_ignore(OpenRelease).values(**new)):
        return False
    lines = [
        key | {"seq": seq, "place_code": row["place_code"], "cells": row | {"quarter": period}}
        for seq, row in enumerate(rows, 1)
    ]
    if lines:
        changed_rows(insert(OpenRow), lines)
    return True


def _named(rows: list[Row]) -> list[Row]:
    """Return the rows with what their places are called."""
    codes = {row["place_code"] for row in rows}
    kinds = (PlaceKind.DISTRICT, PlaceKind.STREET, PlaceKind.COMMUNITY)
    known = read(select(Place.code, Place.name).where(Place.kind.in_(kinds)))
    names = {row.code: row.name for row in known if row.code in codes}
    return [
        row
        | {
            "place_name": names.get(row["place_code"], row["place_code"]),
            "level": place_rules.kind_of(row["place_code"]),
        }
        for row in rows
    ]


# Closed hazards


def _hazards(first: date, last: date) -> tuple[list[Row], int]:
    """Return what the history says was closed, as reports do: their difference is no case."""
    start, end = clock.day_range(first, last)
    quarter = rules.quarter_name(first)
    cases = (
        rules.ClosedCase(
            row.place_code,
            row.category,
            f"{clock.shanghai_day(row.at):%Y-%m}",
            quarter,
            row.reporter_id,
            None if row.due_at is None or row.handled_at is None else row.handled_at <= row.due_at,
            (row.at - row.reported_at).days,
        )
        for row in read(
            select(
                Hazard.place_code, Hazard.category, Hazard.reported_at, Hazard.reporter_id,
                HazardMove.at, HazardMove.due_at, HazardMove.handled_at,
            )
            .join(Hazard, Hazard.id == HazardMove.hazard_id)
            .where(CLOSING, HazardMove.at >= start, HazardMove.at < end)
        )
    )  # fmt: skip
    groups, withheld = rules.grouped(cases)
    rows = [
        {
            "place_code": group.place_code,
            "month": None if group.period == quarter else group.period,
            "category": group.category,
            "cases": len(group.cases),
            "on_time": rules.kept_in_time(group),
            "median_days": rules.median_days(group),
        }
        for group in groups
    ]
    rows.sort(key=lambda row: (row["place_code"], row["month"] or "", row["category"] or ""))
    return _named(rows), withheld


# Participation


def _participation(first: date, last: date) -> tuple[list[Row], int]:
    counts, parents = _tree(_people(first, last))
    # What a community is told of is worth more than the sum of its street.
    sums = [cell for cell in parents if len(cell) < COMMUNITY]
    told = rules.released_people(counts, parents, yielding=sums)
    rows = []
    for cell in sorted(cell for cell in told if "/" not in cell):
        patterns = {
            name: counts.get(f"{cell}/{pattern}") if f"{cell}/{pattern}" in told else None
            for name, pattern in PATTERN_COLUMNS
        }
        rows.append({"place_code": cell, "people": counts[cell], **patterns})
    districts = [cell for cell, parent in parents.items() if parent is None]
    withheld = sum(counts[cell] for cell in districts if cell not in told)
    return _named(rows), withheld


PATTERN_COLUMNS = (
    *((f"only_{name}", name) for name in rules.PATTERNS),
    (rules.SEVERAL, rules.SEVERAL),
)


def _people(first: date, last: date) -> Iterator[tuple[str, str]]:
    """Give for each person of the quarter the one place and the one pattern they count for."""
    place = func.substr(PersonDay.place_code, 1, COMMUNITY).label("place")
    rows = read(
        select(
            PersonDay.resident_id,
            place,
            PersonDay.activity,
            func.sum(PersonDay.participations).label("done"),
        )
        .where(PersonDay.day >= first, PersonDay.day <= last)
        .group_by(PersonDay.resident_id, "place", PersonDay.activity)
        .order_by(PersonDay.resident_id)
    )
    places: Counter[str] = Counter()
    did: set[str] = set()
    somebody = None
    for row in rows:
        if row.resident_id != somebody and somebody is not None:
            yield _counted(places, did)
            places, did = Counter(), set()
        somebody = row.resident_id
        places[row.place] += int(row.done)
        did.add(row.activity)
    if somebody is not None:
        yield _counted(places, did)


def _counted(places: Counter[str], did: set[str]) -> tuple[str, str]:
    most = max(places.values())
    place = min(code for code, done in places.items() if done == most)
    return place, next(iter(did)) if len(did) == 1 else rules.SEVERAL


def _tree(people: Iterator[tuple[str, str]]) -> tuple[dict[str, int], dict[str, str | None]]:
    """Return people by cell, and the cell around each, listed before its parts."""
    counts: Counter[str] = Counter()
    for place, pattern in people:
        for digits in LEVELS:
            if len(place) >= digits:
                counts[place[:digits]] += 1
        if len(place) == COMMUNITY:
            counts[f"{place}/{pattern}"] += 1
    parents: dict[str, str | None] = {}
    for cell in sorted(counts, key=lambda each: (len(each.partition("/")[0]), "/" in each, each)):
        code, _, pattern = cell.partition("/")
        parents[cell] = code if pattern else place_rules.parent_of(code)
    return dict(counts), parents
