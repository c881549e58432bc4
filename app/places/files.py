"""A deployer's file of places, read and checked entry by entry; no database here.

Two forms are taken. A GeoJSON FeatureCollection has the code, name and perhaps
the codes above in each feature's properties. A JSON list has them in each item,
with `outline` (GeoJSON) or `lat` and `lon` if known; items of the statistical
lists of committees bring their street and district along.

A coordinate is WGS-84 unless the collection says otherwise (`coord_sys` or
`crs`, at the top or in `metadata`), or an item does (`coord_sys`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from app.places import outlines, rules
from app.places.coordinates import CoordinateSystem, Point
from app.places.rules import PlaceKind

CODE = ("code", "building_code", "grid_code")
NAME = ("name", "building_name", "grid_name")
PARENT = ("parent_code", "parent")
ABOVE: dict[str, PlaceKind] = {
    "area_code": PlaceKind.DISTRICT,
    "district_code": PlaceKind.DISTRICT,
    "street_code": PlaceKind.STREET,
    "community_code": PlaceKind.COMMUNITY,
    "grid_code": PlaceKind.GRID,
}
"""Properties that name a place above, and which; they must agree with the code."""

BROUGHT_ALONG = (("area_code", "area"), ("street_code", "street"))
SYSTEMS: dict[str, CoordinateSystem] = {
    "wgs84": CoordinateSystem.WGS84,
    "crs84": CoordinateSystem.WGS84,
    "cgcs2000": CoordinateSystem.WGS84,
    "epsg::4326": CoordinateSystem.WGS84,
    "epsg:4326": CoordinateSystem.WGS84,
    "gcj02": CoordinateSystem.GCJ02,
}
"""What a file may call its system (spaces, - and _ do not count). CGCS2000 is a few cm off."""


class UnreadableFileError(ValueError):
    """Nothing of the file can be taken; the message says why."""


class RefusedError(ValueError):
    """One entry cannot be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """One place as a file has it, in WGS-84. What is None is left as it was.

    `where`: which entry it was, for people. `implied`: only mentioned as what
    lies above another one, so it is added if missing and never changes anything.
    """

    where: str
    code: str
    name: str
    point: Point | None = None
    outline: dict[str, Any] | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Which entry was not taken, and why."""

    where: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """What a file holds that can be taken, and what cannot."""

    records: list[PlaceRecord]
    refused: list[Refusal]


def read_places(content: bytes, kind: PlaceKind | None = None) -> PlaceFile:
    """Read a file; with `kind`, refuse places of any other. Errors: UnreadableFileError."""
    found = PlaceFile([], [])
    above: dict[str, PlaceRecord] = {}
    for where, entry, system in _entries(_load(content)):
        try:
            record = _record(where, entry, system or _system(entry))
            _check_kind(record.code, kind)
        except (RefusedError, outlines.OutlineError) as fault:
            found.refused.append(Refusal(where, _shown_code(entry), str(fault)))
            continue
        found.records.append(record)
        for parent in _brought_along(where, entry, record.code):
            above.setdefault(parent.code, parent)
    found.records.extend(above.values())
    return found


def _load(content: bytes) -> Any:
    try:
        return orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as fault:
        msg = f"not JSON in UTF-8: {fault}"
        raise UnreadableFileError(msg) from fault


def _entries(data: Any) -> Iterator[tuple[str, dict[str, Any], CoordinateSystem | None]]:
    """Find the entries: where each stands, its properties, the system of all if there is one.

    A feature's geometry joins its properties under the name that lists have for it.
    """
    if isinstance(data, list):
        for number, item in enumerate(data, 1):
            entry = item if isinstance(item, dict) else {}
            yield f"item {number}", entry, None
        return
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise UnreadableFileError("neither a GeoJSON FeatureCollection nor a JSON list")
    features = data.get("features")
    if not isinstance(features, list):
        raise UnreadableFileError("the FeatureCollection has no list of features")
    try:
        system = _system(data)
    except RefusedError as fault:
        raise UnreadableFileError(str(fault)) from fault
    for number, item in enumerate(features, 1):
        feature = item if isinstance(item, dict) else {}
        properties = feature.get("properties")
        entry = {
            **(properties if isinstance(properties, dict) else {}),
            "outline": feature.get("geometry") or {"type": None},
        }
        yield f"feature {number}", entry, system


def _system(source: Mapping[str, Any]) -> CoordinateSystem:
    metadata = source.get("metadata")
    for place in (source, metadata if isinstance(metadata, dict) else {}):
        for key in ("coord_sys", "crs"):
            if (named := place.get(key)) is not None:
                return _system_called(named)
    return CoordinateSystem.WGS84


def _system_called(named: Any) -> CoordinateSystem:
    if isinstance(named, dict) and isinstance(named.get("properties"), dict):
        named = named["properties"].get("name")
    plain = "".join(c for c in str(named).lower() if c not in " -_")
    for name, system in SYSTEMS.items():
        if name in plain:
            return system
    msg = f"coordinates in {named!r}; wgs84 and gcj02 are understood"
    raise RefusedError(msg)


def _record(where: str, entry: dict[str, Any], system: CoordinateSystem) -> PlaceRecord:
    code = _code(entry)
    _check_above(code, entry)
    point, outline = _position(code, entry, system)
    return PlaceRecord(where, code, _name(code, entry), point, outline)


def _code(entry: dict[str, Any]) -> str:
    code = _written(entry, CODE)
    if not rules.is_code(code):
        lengths = ", ".join(f"{kind} {length}" for kind, length in rules.LENGTHS.items())
        msg = f"{code!r} is no place code (digits: {lengths})"
        raise RefusedError(msg)
    return code


def _name(code: str, entry: dict[str, Any]) -> str:
    name = _written(entry, NAME)
    if rules.kind_of(code) is PlaceKind.COMMUNITY:
        name = rules.short_name(name)
    if not name:
        raise RefusedError("it has no name")
    if len(name) > rules.LONGEST_NAME:
        msg = f"its name has {len(name)} characters, more than {rules.LONGEST_NAME}"
        raise RefusedError(msg)
    if not name.isprintable():
        raise RefusedError("its name has characters that cannot be printed")
    return name


def _check_kind(code: str, wanted: PlaceKind | None) -> None:
    kind = rules.kind_of(code)
    if wanted and kind is not wanted:
        msg = f"it is a {kind}, not a {wanted}"
        raise RefusedError(msg)


def _check_above(code: str, entry: dict[str, Any]) -> None:
    parent = rules.parent_of(code)
    for key in PARENT:
        named = _written(entry, (key,))
        if named and named != parent:
            msg = f"{key} is {named}, but the code lies in {parent}"
            raise RefusedError(msg)
    for key, kind in ABOVE.items():
        named = _written(entry, (key,))
        if named and not code.startswith(named):
            msg = f"{key} is {named}, but the code lies in {code[: rules.LENGTHS[kind]]}"
            raise RefusedError(msg)


def _position(
    code: str, entry: dict[str, Any], system: CoordinateSystem
) -> tuple[Point | None, dict[str, Any] | None]:
    """Return a point in the place and its outline, as far as the entry has them."""
    geometry = entry.get("outline")
    if geometry is None:
        if entry.get("lat") is None and entry.get("lon") is None:
            return None, None
        return outlines.check_point(entry.get("lat"), entry.get("lon"), system), None
    if rules.kind_of(code) is PlaceKind.BUILDING and _is_point(geometry):
        lon, lat = geometry["coordinates"][:2]
        return outlines.check_point(lat, lon, system), None
    outline = outlines.check_outline(geometry, system)
    return outlines.middle_of(outline), outline


def _is_point(geometry: Any) -> bool:
    return (
        isinstance(geometry, dict)
        and geometry.get("type") == "Point"
        and isinstance(geometry.get("coordinates"), list)
        and len(geometry["coordinates"]) > 1
    )


def _brought_along(where: str, entry: dict[str, Any], code: str) -> Iterator[PlaceRecord]:
    """Find the street and district that a committee's item names besides itself."""
    for code_key, name_key in BROUGHT_ALONG:
        above, name = _written(entry, (code_key,)), _written(entry, (name_key,))
        fits = rules.is_code(above) and above != code and len(name) <= rules.LONGEST_NAME
        if fits and name and name.isprintable():
            yield PlaceRecord(where, above, name, implied=True)


def _written(entry: dict[str, Any], keys: tuple[str, ...]) -> str:
    """Return the first of the keys that is there, as text; spreadsheets write codes as numbers."""
    for key in keys:
        value = entry.get(key)
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def _shown_code(entry: dict[str, Any]) -> str:
    return _written(entry, CODE)[:24] or "-"
