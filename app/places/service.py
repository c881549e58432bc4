"""Everything one can ask of the tree of places, and the one way to change it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Row, case, func, or_, select
from sqlalchemy.orm import aliased

from app.core import pages
from app.core.db import db, read, within
from app.core.errors import NotFound
from app.places import rules
from app.places.coordinates import CoordinateSystem, Point, to_wgs84
from app.places.models import Place, PlaceRevision
from app.places.outlines import OutlineIndex
from app.places.rules import PlaceKind

COLUMNS = (
    Place.id,
    Place.code,
    Place.kind,
    Place.name,
    Place.parent_code,
    Place.lat,
    Place.lon,
)


class OutsideAllGrids(NotFound):
    """No grid's outline holds the point: nobody is in charge there."""

    code = "outside_all_grids"


@dataclass(frozen=True, slots=True)
class LocatedGrid:
    """The grid that a point lies in, and its community."""

    code: str
    name: str
    community_code: str
    community_name: str
    number_prefix: str


@dataclass(frozen=True, slots=True)
class _Grids:
    """All grids of a database as they were at a revision, lowest code first."""

    revision: tuple[str | None, int | None]
    grids: tuple[LocatedGrid, ...]
    index: OutlineIndex


_known: WeakKeyDictionary[Engine, _Grids] = WeakKeyDictionary()


def locate(lat: float, lon: float) -> LocatedGrid:
    """Return the grid that a WGS-84 point lies in; on a shared border, the lowest code.

    Costs one small query; the outlines are read again only when they changed.
    Errors: OutsideAllGrids.
    """
    known = _grids()
    position = known.index.at(Point(lat, lon))
    if position is None:
        raise OutsideAllGrids
    return known.grids[position]


def locate_many(points: Collection[Point]) -> list[LocatedGrid | None]:
    """Return for each WGS-84 point the grid that it lies in, None outside of all.

    Costs the same small query however many there are.
    """
    if not points:
        return []
    known = _grids()
    positions = [known.index.at(point) for point in points]
    return [None if position is None else known.grids[position] for position in positions]


def locate_place(lat: float, lon: float, coord_sys: str) -> dict[str, Any]:
    """Return the grid that a point lies in as a place, with its community.

    Errors: OutsideAllGrids.
    """
    point = to_wgs84(Point(lat, lon), CoordinateSystem(coord_sys))
    found = locate(point.lat, point.lon)
    grid = read(select(*COLUMNS, Place.outline).where(Place.code == found.code)).one()
    community = {"code": found.community_code, "name": found.community_name}
    return {"grid": _show(grid), "community": community}


def list_places(
    *,
    kind: str | None = None,
    q: str | None = None,
    within: str | None = None,
    outline: bool = False,
    cursor: str | None = None,
    limit: int = pages.DEFAULT_LIMIT,
) -> dict[str, Any]:
    """Return a page of places by code, in one query.

    `q`: a part of the name, or the beginning of the code. `within`: a place's
    code; that place itself is among the answers. `outline`: with the outlines.
    Errors: InvalidInput on a foreign cursor.
    """
    wanted = _chosen(kind, q, within).order_by(Place.code).limit(limit + 1)
    if outline:
        wanted = wanted.add_columns(Place.outline)
    if after := pages.decode(cursor, str):
        wanted = wanted.where(Place.code > after[0])
    return pages.page(read(wanted).all(), limit, _show, lambda row: (row.code,))


def get_place(code: str) -> dict[str, Any]:
    """Return a place with its outline and the path down to it, in one query. Errors: NotFound."""
    return get_place_and(code, [], {})[0]


def get_place_and(
    code: str, columns: Sequence[Any], values: Mapping[str, Any]
) -> tuple[dict[str, Any], Any]:
    """Return the same, and a row that has what these columns ask for, in one query.

    `values`: of their parameters. Errors: NotFound.
    """
    if not rules.is_code(code):
        raise NotFound
    outline = case((Place.code == code, Place.outline)).label("outline")
    wanted = select(*COLUMNS, outline, *columns).where(Place.code.in_(rules.path_of(code)))
    rows = read(wanted.order_by(Place.code), dict(values)).all()
    if not rows or rows[-1].code != code:
        raise NotFound
    path = [{"code": row.code, "kind": row.kind, "name": row.name} for row in rows]
    return _show(rows[-1]) | {"path": path}, rows[-1]


def names_of(codes: Collection[str]) -> dict[str, str]:
    """Return the names of places by code, in one query; an unknown code is left out."""
    wanted = sorted(set(codes))
    if not wanted:
        return {}
    rows = read(select(Place.code, Place.name).where(Place.code.in_(wanted)))
    return {row.code: row.name for row in rows}


def _chosen(kind: str | None, q: str | None, place: str | None) -> Any:
    wanted: Any = select(*COLUMNS)
    if kind:
        wanted = wanted.where(Place.kind == kind)
    if place:
        wanted = wanted.where(within(Place.code, place))
    if q:
        # autoescape: a person who types % or _ means that very character.
        named = Place.name.icontains(q, autoescape=True)
        digits = q.isascii() and q.isdecimal()
        wanted = wanted.where(or_(named, within(Place.code, q)) if digits else named)
    return wanted


def _show(row: Row[Any]) -> dict[str, Any]:
    return {"outline": None, **row._mapping}  # noqa: SLF001 SQLAlchemy's public name for it


def _grids() -> _Grids:
    engine = db.engine
    # The token comes first: what is read after it is at least as new as it says.
    revision = _revision()
    known = _known.get(engine)
    if known is None or known.revision != revision:
        known = _known[engine] = _read_grids(revision)
    return known


def _revision() -> tuple[str | None, int | None]:
    """Return the tree's token; the highest id besides, for rows that no import brought."""
    found = read(_REVISION).one()
    return found.token, found.last


_REVISION = select(
    select(PlaceRevision.token).limit(1).scalar_subquery().label("token"),
    select(func.max(Place.id)).scalar_subquery().label("last"),
)


def _read_grids(revision: tuple[str | None, int | None]) -> _Grids:
    grid, community = aliased(Place), aliased(Place)
    rows = read(
        select(
            grid.code,
            grid.name,
            grid.outline,
            community.code.label("community_code"),
            community.name.label("community_name"),
            community.number_prefix,
        )
        .join(community, community.code == grid.parent_code)
        .where(grid.kind == PlaceKind.GRID, grid.outline.is_not(None))
        .order_by(grid.code)
    ).all()
    grids = tuple(
        LocatedGrid(
            code=row.code,
            name=row.name,
            community_code=row.community_code,
            community_name=row.community_name,
            number_prefix=row.number_prefix or rules.number_prefix(row.community_name),
        )
        for row in rows
    )
    return _Grids(revision, grids, OutlineIndex([row.outline for row in rows]))
