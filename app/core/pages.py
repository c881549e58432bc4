"""Keyset cursors: the place in a list, not a page number.

A cursor is the sort key of the last row that was seen, opaque to clients. The
thousandth page costs what the first one does, and rows that arrive meanwhile
shift nothing.
"""

import base64
import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
from marshmallow import fields

from app.core.clock import require_aware
from app.core.errors import InvalidInput
from app.core.forms import BIGGEST_ID, Form, View, text, unsafe, whole

DEFAULT_LIMIT = 20
MOST = 50


class PageForm(Form):
    """What every list takes."""

    cursor = text(longest=400)
    limit = whole(least=1, most=MOST, load_default=DEFAULT_LIMIT, strict=False)


class PageView(View):
    """What every list answers; a subclass says what the items are."""

    next_cursor = fields.String(required=True, allow_none=True)


def encode(*values: object) -> str:
    """Return a cursor of plain values and moments."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(orjson.dumps(plain)).decode().rstrip("=")


def decode(cursor: str | None, *types: type) -> list[Any] | None:
    """Return the values of a cursor, of exactly these types.

    Errors: InvalidInput on `cursor` when it is not one of this list's.
    """
    if cursor is None:
        return None
    try:
        values = list(orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))))
        return [_as(value, wanted) for value, wanted in zip(values, types, strict=True)]
    except (ValueError, TypeError, OverflowError) as fault:
        raise InvalidInput.of("cursor", "invalid") from fault


def _as(value: Any, wanted: type) -> Any:
    if wanted is datetime:
        # The year 1 has moments that UTC has not: better found out here than in a query.
        return require_aware(datetime.fromisoformat(value)).astimezone(UTC)
    if wanted is float and type(value) in {int, float} and math.isfinite(value):
        return float(value)
    if wanted is int and type(value) is int and 0 <= value <= BIGGEST_ID:
        return value
    if wanted is str and isinstance(value, str) and not any(map(unsafe, value)):
        return value
    raise ValueError(value)


def page(
    rows: Sequence[Any], limit: int, show: Callable[[Any], Any], key: Callable[[Any], Sequence[Any]]
) -> dict[str, Any]:
    """Return a page of `limit + 1` fetched rows: the extra one says there is more."""
    shown = rows[:limit]
    more = encode(*key(shown[-1])) if len(rows) > limit else None
    return {"items": [show(row) for row in shown], "next_cursor": more}
