"""The demo's places: the committees of 青羊区 and 甪直镇, with invented outlines and houses."""

from dataclasses import fields
from pathlib import Path

from app.places.files import read_places
from app.places.imports import ImportReport, import_places

FOLDER = Path(__file__).parent / "places"
FILES = (
    "committees_qingyang.json",
    "committees_luzhi.json",
    "communities_caotang.geojson",
    "communities_luzhi.geojson",
    "grids_caotang.geojson",
    "grids_luzhi.geojson",
    "buildings.geojson",
)
"""From the ground up: a place needs the one that it lies in."""


def load() -> ImportReport:
    """Import all files, in one transaction each; a second time this changes nothing.

    Return the sum of the reports. Errors: ValueError when the data is at fault.
    """
    total = ImportReport()
    for name in FILES:
        found = read_places((FOLDER / name).read_bytes())
        report = import_places(found.records)
        if refused := [*found.refused, *report.refused]:
            msg = f"{name}: {refused[0]}"
            raise ValueError(msg)
        for part in fields(report):
            getattr(total, part.name).extend(getattr(report, part.name))
    return total
