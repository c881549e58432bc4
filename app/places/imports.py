"""Taking places into the tree: the good ones in one transaction, the others by name and reason.

Nothing is ever deleted: a place that disappears from a file still has a history.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import insert, select, update

from app.core.db import db, read, unit_of_work
from app.places import outlines, rules
from app.places.files import PlaceRecord, Refusal
from app.places.models import Place, PlaceRevision
from app.places.rules import PlaceKind

Outlines = dict[str, dict[str, Any]]

CHUNK = 1000
ASTRAY = 0.0005
"""About 50 m: how far outside its grid's outline a building may stand. Outlines are rough."""


@dataclass(slots=True)
class ImportReport:
    """What an import did, by code; `refused` says which entries were not taken and why."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@unit_of_work()
def import_places(records: Iterable[PlaceRecord], *, dry_run: bool = False) -> ImportReport:
    """Add and change places as the records say; with `dry_run`, only say what would be done.

    Whatever is refused keeps nothing else out but what lies in it.
    """
    records = list(records)
    plan = _Plan(_known_places(records))
    for kind in PlaceKind:
        plan.take([record for record in records if rules.kind_of(record.code) is kind])
    plan.sort_out()
    if not dry_run:
        plan.carry_out()
    return plan.report


def renew_revision() -> None:
    """Give the tree a new token, so that every process reads the outlines again."""
    db.session.merge(PlaceRevision(id=1, token=secrets.token_hex(16)))
    db.session.flush()


class _Plan:
    """What will be done: `known` rows by code are there, `taken` records by code will be."""

    def __init__(self, known: dict[str, Any]) -> None:
        self.known = known
        self.taken: dict[str, PlaceRecord] = {}
        self.report = ImportReport()

    def take(self, records: list[PlaceRecord]) -> None:
        """Take records of one kind; the kinds above it come first."""
        fit: dict[str, PlaceRecord] = {}
        for record in records:
            if record.implied and (record.code in fit or record.code in self.known):
                continue
            if fault := self._fault(record, fit):
                self._refuse(record, fault)
            else:
                fit[record.code] = record
        self.taken |= self._apart(fit)

    def sort_out(self) -> None:
        """Say in the report what becomes of each record that is taken."""
        for code, record in self.taken.items():
            if code not in self.known:
                self.report.added.append(code)
            elif _differs(self.known[code], record):
                self.report.changed.append(code)
            else:
                self.report.unchanged.append(code)

    def carry_out(self) -> None:
        """Write what is new or different."""
        if self.report.added:
            rows = [_row(self.taken[code]) for code in self.report.added]
            db.session.execute(insert(Place), rows)
        for code in self.report.changed:
            values = _values(self.taken[code])
            db.session.execute(update(Place).where(Place.code == code).values(values))
        if self.report.added or self.report.changed:
            renew_revision()

    def _refuse(self, record: PlaceRecord, reason: str) -> None:
        self.report.refused.append(Refusal(record.where, record.code, reason))

    def _fault(self, record: PlaceRecord, fit: dict[str, PlaceRecord]) -> str | None:
        if record.code in fit:
            return f"its code is already that of {fit[record.code].where}"
        parent = rules.parent_of(record.code)
        if parent and parent not in self.taken and parent not in self.known:
            return f"there is no place {parent} for it to lie in"
        if parent and record.point and rules.kind_of(record.code) is PlaceKind.BUILDING:
            outline = self._outline_after(parent)
            if outline and outlines.distance_to(outline, record.point) > ASTRAY:
                return f"it stands more than 50 m outside its grid {parent}"
        return None

    def _outline_after(self, code: str) -> dict[str, Any] | None:
        """Return the outline that a place will have after the import."""
        if code in self.taken and self.taken[code].outline:
            return self.taken[code].outline
        return self.known[code].outline if code in self.known else None

    def _apart(self, fit: dict[str, PlaceRecord]) -> dict[str, PlaceRecord]:
        """Return the records without the grids that overlap another one.

        Who stands already stays; among the file's, the earlier one. Whoever is
        refused keeps its former outline, which may be in another one's way: so it
        is looked at again until nobody is refused.
        """
        grids = {
            code: record.outline
            for code, record in fit.items()
            if record.outline and rules.kind_of(code) is PlaceKind.GRID
        }
        standing = _standing_grids() if grids else {}
        while True:
            moved = {code: shape for code, shape in grids.items() if standing.get(code) != shape}
            in_the_way = _in_the_way(standing, moved)
            if not in_the_way:
                return fit
            for code, reason in in_the_way.items():
                self._refuse(fit.pop(code), reason)
                del grids[code]


def _known_places(records: list[PlaceRecord]) -> dict[str, Any]:
    """Return the rows, by code, of all places that the records name, and of their parents."""
    codes = {record.code for record in records}
    codes |= {parent for code in codes if (parent := rules.parent_of(code))}
    known: dict[str, Any] = {}
    for chunk in _chunks(sorted(codes)):
        rows = read(
            select(
                Place.code,
                Place.name,
                Place.lat,
                Place.lon,
                Place.number_prefix,
                Place.outline,
            ).where(Place.code.in_(chunk))
        )
        known |= {row.code: row for row in rows}
    return known


def _chunks(codes: list[str]) -> Iterator[list[str]]:
    rest = iter(codes)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _standing_grids() -> Outlines:
    rows = read(
        select(Place.code, Place.outline)
        .where(Place.kind == PlaceKind.GRID, Place.outline.is_not(None))
        .order_by(Place.code)
    )
    return {row.code: row.outline for row in rows}


def _in_the_way(standing: Outlines, moved: Outlines) -> dict[str, str]:
    """Return the moved grids that overlap a standing or an earlier one, with the reason."""
    if not moved:
        return {}
    fixed = {code: outline for code, outline in standing.items() if code not in moved}
    codes = [*fixed, *moved]
    index = outlines.OutlineIndex([*fixed.values(), *moved.values()])
    found: dict[str, str] = {}
    for first, second, part in index.overlaps():
        one, other = codes[first], codes[second]
        if other in moved and one not in found and other not in found:
            found[other] = f"it overlaps grid {one} by {part:.0%} of the smaller one"
    return found


def _differs(known: Any, record: PlaceRecord) -> bool:
    return any(getattr(known, name) != value for name, value in _values(record).items())


def _row(record: PlaceRecord) -> dict[str, Any]:
    """Return a new place's row; all rows have the same columns, so they go in one statement."""
    return {
        "code": record.code,
        "kind": rules.kind_of(record.code),
        "parent_code": rules.parent_of(record.code),
        "lat": None,
        "lon": None,
        "number_prefix": None,
        "outline": None,
        **_values(record),
    }


def _values(record: PlaceRecord) -> dict[str, Any]:
    """Return what a record says about its place; what it does not say stays."""
    values: dict[str, Any] = {"name": record.name}
    if rules.kind_of(record.code) is PlaceKind.COMMUNITY:
        values["number_prefix"] = rules.number_prefix(record.name)
    if record.point:
        values |= {"lat": record.point.lat, "lon": record.point.lon}
    if record.outline:
        values["outline"] = record.outline
    return values
