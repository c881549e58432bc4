"""How a move is written down: the case, a line of its history, the fact."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from app.core import outbox
from app.core.db import changed_rows
from app.core.states import IllegalMove, Move
from app.hazards import rules
from app.hazards.events import HazardMoved
from app.hazards.models import Hazard, HazardMove, HazardPhoto


def apply(
    row: Any, move: Move[rules.Case], changes: Mapping[str, Any], photos_brought: int
) -> None:
    """Write the move unless somebody else moved the hazard since it was read."""
    # The row's mapping is public, in spite of its name.
    after = {**row._mapping, **changes, "state": move.to}  # noqa: SLF001
    changed = changed_rows(
        update(Hazard)
        .where(Hazard.id == row.id, Hazard.version == row.version)
        .values(
            **changes,
            state=move.to,
            version=row.version + 1,
            moves_made=row.moves_made + 1,
            photo_count=row.photo_count + photos_brought,
            supervise_at=rules.supervise_at(after),
            act_by=rules.act_by(
                move.to,
                accept_by=after["accept_by"],
                due_at=after["due_at"],
                until=after["suspended_until"],
                agreed=after["suspension_approved"],
            ),
        )
    )
    if not changed:
        raise IllegalMove(state=move.origin, to=move.to)


def write_history(
    hazard_id: int,
    seq: int,
    move: Move[rules.Case],
    *,
    at: datetime,
    actor_id: int | None,
    role: str,
    brought: Mapping[str, Any],
) -> None:
    """Add a line to the history; `brought` may have any of `HISTORY_FIELDS`."""
    row = {
        "hazard_id": hazard_id,
        "seq": seq,
        "at": at,
        "move": move.name,
        "from_state": move.origin or None,
        "to_state": move.to,
        "actor_id": actor_id,
        "actor_role": role,
        **{name: brought.get(name) for name in HISTORY_FIELDS},
    }
    changed_rows(_NEW_LINE, row)


_NEW_LINE = insert(HazardMove)
HISTORY_FIELDS = ("note", "rating", "solved", "until", "assignee_id", "due_at", "handled_at")


def hang_photos(hazard_id: int, seq: int, kind: str, photo_ids: Sequence[str]) -> None:
    """Let a line of history bring photos."""
    if photo_ids:
        rows = [
            {
                "photo_id": photo_id,
                "hazard_id": hazard_id,
                "seq": seq,
                "position": position,
                "kind": kind,
            }
            for position, photo_id in enumerate(photo_ids)
        ]
        changed_rows(insert(HazardPhoto), rows)


def record_move(
    row: Any, seq: int, move: Move[rules.Case], actor_id: int | None, changes: Mapping[str, Any]
) -> None:
    """Record the fact that a hazard moved."""
    outbox.record(
        HazardMoved(
            hazard_id=row.id,
            seq=seq,
            move=move.name,
            from_state=move.origin,
            to_state=move.to,
            actor_id=actor_id,
            reporter_id=row.reporter_id,
            assignee_id=changes.get("assignee_id", row.assignee_id),
            place_code=row.place_code,
            agreed=changes.get("suspension_approved", row.suspension_approved),
        )
    )
