"""Which tables there are, and what their columns mean: the data dictionary."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.open_data.rules import PATTERNS, SEVERAL


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table that is released; its columns in order, with their types."""

    name: str
    columns: Mapping[str, str]


HAZARDS, PARTICIPATION = "hazards", "participation"
_ALWAYS = {"quarter": "string", "place_code": "string", "place_name": "string", "level": "string"}
_END = {"licence": "string"}
DATASETS: Mapping[str, Dataset] = {
    HAZARDS: Dataset(
        HAZARDS,
        {
            **_ALWAYS,
            "month": "string",
            "category": "string",
            "cases": "integer",
            "on_time": "integer",
            "median_days": "integer",
            **_END,
        },
    ),
    PARTICIPATION: Dataset(
        PARTICIPATION,
        {
            **_ALWAYS,
            "people": "integer",
            **{f"only_{name}": "integer" for name in PATTERNS},
            SEVERAL: "integer",
            **_END,
        },
    ),
}
