"""The night itself: what the phones send arrives, moment by moment, at the product's service."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.db import read
from app.patrols.models import Shift
from app.rounds import codes, rules, service, settlement
from app.rounds.models import Attendance, RoundFlag
from tools.night.forgeries import FORGERIES
from tools.night.town import Round, Walker
from tools.night.walks import Fix, Scan

EVERY = 30 * 60
"""Seconds of track that a phone sends at a time."""


@dataclass(frozen=True)
class Message:
    """What arrives when: a few check-ins, or a stretch of a track."""

    at: datetime
    walker: Walker
    scans: tuple[int, ...] = ()
    track: tuple[Fix, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """Somebody's round as the product sees it in the end."""

    walker: Walker
    flags: frozenset[str]
    minutes: int
    evidence: int


def play(dice: Random, rounds: dict[int, Round], walkers: list[Walker]) -> list[Verdict]:
    """Send everything, settle twelve hours after the end, and return what was doubted."""
    names = {
        (id(walker), number): str(uuid.UUID(int=dice.getrandbits(128), version=4))
        for walker in walkers
        for number in range(len(walker.trip.scans))
    }
    messages = [m for walker in walkers for m in _messages(dice, rounds[walker.round_id], walker)]
    for message in sorted(messages, key=lambda m: (m.at, m.walker.actor.resident_id)):
        with clock.at(message.at):
            _send(rounds[message.walker.round_id], message, names)
    last = max(found.starts_at for found in rounds.values())
    with clock.at(last + timedelta(days=1)):
        while settlement.settle_due():
            pass
    return list(_verdicts(walkers))


def _messages(dice: Random, found: Round, walker: Walker) -> Iterator[Message]:
    """Give what a phone sends, when it has a network: what was kept goes first, and at once."""
    trip = walker.trip
    queued: dict[float, list[int]] = {}
    for number, scan in enumerate(trip.scans):
        at = trip.held_back.get(number) or _online(walker, scan.at)
        waits = at > scan.at
        queued.setdefault(at if waits else at + dice.uniform(0.3, 3), []).append(number)
    for at, numbers in queued.items():
        yield Message(_moment(found, at), walker, scans=tuple(numbers))
    parts: dict[float, list[Fix]] = {}
    for fix in trip.track if walker.tracked else ():
        at = (fix.at // EVERY + 1) * EVERY
        parts.setdefault(_online(walker, at) + 5, []).append(fix)
    for at, fixes in parts.items():
        for start in range(0, len(fixes), rules.MOST_POINTS):
            some = tuple(fixes[start : start + rules.MOST_POINTS])
            yield Message(_moment(found, at), walker, track=some)


def _online(walker: Walker, second: float) -> float:
    """Return when what is ready at a second can be sent."""
    for start, end in walker.trip.offline:
        if start <= second < end:
            return end
    return second


def _moment(found: Round, second: float) -> datetime:
    return found.starts_at + timedelta(seconds=second)


def _send(found: Round, message: Message, names: dict[tuple[int, int], str]) -> None:
    walker = message.walker
    off = timedelta(seconds=walker.trip.clock_off)
    sent_at = message.at + off
    if message.scans:
        items = [
            {
                "client_uuid": names[id(walker), number],
                **_item(found, walker.trip.scans[number], off),
                "sent_at": sent_at,
            }
            for number in message.scans
        ]
        service.check_in_batch(walker.actor, found.id, items=items)
        return
    points = [{"at": _moment(found, fix.at) + off, **_place(found, fix)} for fix in message.track]
    service.add_points(walker.actor, found.id, points=points, sent_at=sent_at)


def _item(found: Round, scan: Scan, off: timedelta) -> dict[str, Any]:
    item: dict[str, Any] = {"kind": scan.kind, "at": _moment(found, scan.at) + off}
    if scan.fix:
        item |= _place(found, scan.fix)
    if scan.checkpoint is not None:
        item["checkpoint_id"] = found.checkpoints[scan.checkpoint][0]
    if scan.code:
        kind, what = scan.code
        shown = codes.text(found.id, codes.step_at(_moment(found, what)))
        item["code"] = shown if kind == "rotating" else found.checkpoints[int(what)][1]
    return item


def _place(found: Round, fix: Fix) -> dict[str, float]:
    lat, lon = found.degrees(fix)
    return {"lat": lat, "lon": lon, "accuracy": fix.accuracy}


def _verdicts(walkers: list[Walker]) -> Iterator[Verdict]:
    rows = read(select(*Attendance.__table__.columns).join(Shift)).all()
    known = {(row.shift_id, row.resident_id): row for row in rows}
    flags: dict[int, set[str]] = {}
    for row in read(select(RoundFlag.attendance_id, RoundFlag.kind)):
        flags.setdefault(row.attendance_id, set()).add(row.kind)
    for walker in walkers:
        row = known[walker.round_id, walker.actor.resident_id]
        found = frozenset(flags.get(row.id, ()))
        yield Verdict(walker, found, row.minutes, row.evidence)


def table(verdicts: list[Verdict]) -> list[str]:
    """Return what was found, as the lines of a table."""
    lines = [
        "| who | people | flagged | by the flag that is meant for it | other flags |",
        "|---|---:|---:|---|---|",
    ]
    for name, (kind, _) in FORGERIES.items():
        those = [v for v in verdicts if v.walker.cheats == name]
        hit = sum(kind in v.flags for v in those)
        flagged = sum(bool(v.flags) for v in those)
        lines.append(
            f"| {name} | {len(those)} | {flagged} | {kind}: {hit} | {_others(those, kind)} |"
        )
    honest = [v for v in verdicts if v.walker.cheats is None]
    flagged = sum(bool(v.flags) for v in honest)
    share = 100 * flagged / len(honest) if honest else 0.0
    lines.append(f"| honest | {len(honest)} | {flagged} ({share:.1f} %) | | {_others(honest)} |")
    return lines


def _others(verdicts: list[Verdict], kind: str = "") -> str:
    found: dict[str, int] = {}
    for verdict in verdicts:
        for flag in verdict.flags - {kind}:
            found[flag] = found.get(flag, 0) + 1
    return ", ".join(f"{flag}: {number}" for flag, number in sorted(found.items()))
