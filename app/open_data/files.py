"""Released tables as files: CSV for spreadsheets, GeoJSON for maps."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from app.core.cells import defused
from app.open_data.datasets import DATASETS
from app.open_data.rules import LICENCE

BOM = "\ufeff"
"""Without it Excel reads Chinese as something else."""


def as_csv(dataset: str, rows: Sequence[dict[str, Any]]) -> str:
    """Return rows as CSV with a line of names; nothing in it runs in a spreadsheet."""
    columns = list(DATASETS[dataset].columns)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([defused(row[column]) for column in columns] for row in rows)
    return BOM + written.getvalue()


def as_geojson(dataset: str, quarter: str, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return rows as features; a place's point stands for all of it, never for a case."""
    columns = list(DATASETS[dataset].columns)
    return {
        "type": "FeatureCollection",
        "name": dataset,
        "quarter": quarter,
        "licence": LICENCE,
        "features": [
            {
                "type": "Feature",
                "geometry": None
                if row["lat"] is None or row["lon"] is None
                else {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
                "properties": {column: row[column] for column in columns},
            }
            for row in rows
        ],
    }
