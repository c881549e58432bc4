"""The kinds of hazards: loaded from a file, edited by whoever runs a city."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, select

from app.core import texts
from app.core.access import Actor
from app.core.db import db, read, unit_of_work
from app.core.errors import InvalidInput
from app.hazards import clocks
from app.hazards.models import HazardCategory

SEED = Path(__file__).with_name("categories.json")
MINUTES_AN_HOUR = 60


def in_language(row: Any, field: str, language: str) -> Any:
    """Return a category's text in a language: the columns end in `_zh` and `_en`."""
    return getattr(row, f"{field}_{'en' if language == 'en' else 'zh'}")


def list_categories(actor: Actor) -> dict[str, Any]:
    """Return all kinds of hazards in the actor's language, the commonest first."""
    rows = read(select(HazardCategory.__table__).order_by(HazardCategory.position)).all()
    return {"items": [_view(row, actor.language) for row in rows]}


def _view(row: Any, language: str) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": in_language(row, "name", language),
        "hint": in_language(row, "hint", language),
        "severity": row.severity,
        "clock": row.clock,
        "limit": row.limit,
        "limit_text": _limit_text(row.clock, row.limit, language),
        "emergency": in_language(row, "emergency", language),
    }


def _limit_text(clock: str, limit: float, language: str) -> str:
    if clock == "urgent_hour" and limit < 1:
        return texts.text("limits.minutes", language, count=round(limit * MINUTES_AN_HOUR))
    plural = "one" if limit == 1 else "many"
    return texts.text(f"limits.{clock}.{plural}", language, count=f"{limit:g}")


_BY_CODE = select(HazardCategory.__table__).where(HazardCategory.code == bindparam("code"))


def find_category(code: str) -> HazardCategory:
    """Return a kind of hazard. Errors: InvalidInput on `category`."""
    found = read(_BY_CODE, {"code": code}).one_or_none()
    if found is None:
        raise InvalidInput.of("category", "unknown_category")
    return found  # type: ignore[return-value]


@unit_of_work()
def import_categories(path: Path = SEED) -> int:
    """Add or change kinds of hazards from a JSON list; returns how many there are in it.

    What the file leaves out stays: a kind that cases were reported under never goes away.
    """
    records = json.loads(path.read_text(encoding="utf-8"))
    for position, record in enumerate(records):
        if record["clock"] not in clocks.CLOCKS or not record["limit"] > 0:
            msg = f"{path}: {record['code']}: clock {record['clock']!r}, limit {record['limit']!r}"
            raise ValueError(msg)
        blank = {"emergency_zh": None, "emergency_en": None}
        db.session.merge(HazardCategory(**(blank | record), position=position))
    return len(records)
