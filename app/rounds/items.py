"""The pieces of which answers about rounds are made."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.core import texts
from app.rounds.rules import WITH_VARIANTS


def attendance_view(row: Any, flags: Iterable[Any]) -> dict[str, Any]:
    """Return what somebody's round comes to so far; `flags`: how many wait for an answer."""
    return {
        "id": row.id,
        "shift_id": row.shift_id,
        "state": row.state,
        "started_at": row.started_at,
        "ended_at": row.ended_at,
        "minutes": row.minutes,
        "evidence": row.evidence,
        "attested": row.attested,
        "flags": sum(flag.accepted is None for flag in flags),
        "settled_at": row.settled_at,
    }


def checkpoint_view(row: Any) -> dict[str, Any] | None:
    """Return a checkpoint by id and name, or none."""
    return None if row is None else {"id": row.id, "seq": row.seq, "name": row.name}


def flag_view(row: Any, language: str) -> dict[str, Any]:
    """Return a flag in words, with its answer."""
    return {
        "id": row.id,
        "kind": row.kind,
        "words": flag_words(row.kind, row.facts, language),
        "check_in_id": row.check_in_id,
        "at": row.raised_at,
        "answered": row.accepted is not None,
        "accepted": row.accepted,
        "note": row.note,
    }


def flag_words(kind: str, facts: Mapping[str, Any], language: str) -> str:
    """Return what a flag says, in a sentence."""
    variant = next((name for name in WITH_VARIANTS.get(kind, ()) if name in facts), None)
    key = f"rounds.flags.{kind}_{variant}" if variant else f"rounds.flags.{kind}"
    return texts.text(key, language, **facts)


def check_in_view(row: Any, flags: Sequence[Any], checkpoints: Mapping[int, Any]) -> dict[str, Any]:
    """Return a check-in as its maker and the leader see it."""
    return {
        "id": row.id,
        "client_uuid": row.client_uuid,
        "kind": row.kind,
        "at": row.at,
        "received_at": row.received_at,
        "evidence": row.evidence,
        "code": row.code_kind,
        "flags": sorted(flag.kind for flag in flags if flag.check_in_id == row.id),
        "checkpoint": checkpoint_view(checkpoints.get(row.checkpoint_id)),
    }


def person(resident_id: int | None, name: str | None) -> dict[str, Any] | None:
    """Return somebody by id and name, or nobody."""
    return None if resident_id is None else {"id": resident_id, "name": name}
