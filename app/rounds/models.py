"""Rounds as they were walked: who checked in where, what was doubted, and what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import NUMBERED_ONCE, Base, PlaceCode
from app.patrols.models import Checkpoint, Shift
from app.residents.models import Resident
from app.rounds.rules import APPEAL_STATES, CODE_KINDS, KINDS, SOS_STATES, STATES

_NOT_CLOSED = text("state <> 'closed'")
_UNANSWERED = text("accepted IS NULL")
_ASKED = text("state = 'asked'")


def _one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(map(repr, words))
    return CheckConstraint(f"{column} IN ({listed})", name=f"known_{column}")


class Round(Base):
    """That a shift's round was closed by its leader, and settled; at most one row a shift.

    Closing settles whom there is no doubt about; `settled_at` says that all are.
    """

    __tablename__ = "rounds"

    shift_id: Mapped[int] = mapped_column(ForeignKey(Shift.id), primary_key=True)
    closed_at: Mapped[datetime | None] = mapped_column()
    closed_by: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    settled_at: Mapped[datetime | None] = mapped_column()


class Attendance(Base):
    """What somebody was to a round. `place_code`, `starts_at` are the shift's, for figures.

    `started_at`, `ended_at`: the first check-in and the check-out, by the server's clock.
    `minutes`, `evidence`: what it comes to as far as is known; settled, what was credited.
    `version` is counted up by whoever works on it: the row that they wait for.
    """

    __tablename__ = "attendances"
    __table_args__ = (
        _one_of("state", STATES),
        CheckConstraint("minutes >= 0", name="minutes_some"),
        CheckConstraint("evidence BETWEEN 0 AND 5", name="known_evidence"),
        UniqueConstraint("shift_id", "resident_id"),
        Index("ix_attendances_resident_id_starts_at", "resident_id", "starts_at", "id"),
        Index("ix_attendances_place_code_starts_at", "place_code", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey(Shift.id))
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    place_code: Mapped[str] = mapped_column(PlaceCode())
    team_id: Mapped[int | None] = mapped_column()
    starts_at: Mapped[datetime] = mapped_column()
    state: Mapped[str] = mapped_column(String(10), default="expected")
    started_at: Mapped[datetime | None] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    minutes: Mapped[int] = mapped_column(default=0)
    evidence: Mapped[int] = mapped_column(default=0)
    attested: Mapped[bool] = mapped_column(default=False)
    settled_at: Mapped[datetime | None] = mapped_column()
    version: Mapped[int] = mapped_column(default=0)


class CheckIn(Base):
    """One scan: at the start, at a checkpoint, at the end.

    `device_at`, `sent_at`: as the phone's clock had it; `at`: as ours would have had it.
    `lat`, `lon` (degrees, WGS-84) are kept of those who agreed to it, and coarse after 30 days;
    `beyond_m`: how many metres farther away than is granted, below zero within; none without
    a position. `fingerprint`: of what was sent, so that a repeat is known; `answer`: what it is
    answered.
    """

    __tablename__ = "check_ins"
    __table_args__ = (
        _one_of("kind", KINDS),
        _one_of("code_kind", CODE_KINDS),
        CheckConstraint("evidence BETWEEN 0 AND 3", name="known_evidence"),
        UniqueConstraint("resident_id", "client_uuid"),
        Index("ix_check_ins_shift_id_at", "shift_id", "at"),
        Index("ix_check_ins_attendance_id", "attendance_id"),
        Index("ix_check_ins_received_at", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey(Attendance.id))
    shift_id: Mapped[int] = mapped_column(ForeignKey(Shift.id))
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    client_uuid: Mapped[str] = mapped_column(String(36))
    fingerprint: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(10))
    checkpoint_id: Mapped[int | None] = mapped_column(ForeignKey(Checkpoint.id))
    device_at: Mapped[datetime] = mapped_column()
    sent_at: Mapped[datetime | None] = mapped_column()
    received_at: Mapped[datetime] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    lat: Mapped[float | None] = mapped_column()
    lon: Mapped[float | None] = mapped_column()
    accuracy_m: Mapped[float | None] = mapped_column()
    beyond_m: Mapped[float | None] = mapped_column()
    code_kind: Mapped[str] = mapped_column(String(10))
    code_step: Mapped[int | None] = mapped_column()
    evidence: Mapped[int] = mapped_column()
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class RoundFlag(Base):
    """A doubt, for the leader to answer; of one check-in, or of the whole track.

    `key` says what it is about: the same is doubted once. `accepted`: whether it counts in
    spite of it; empty until somebody answers.
    """

    __tablename__ = "round_flags"
    __table_args__ = (
        UniqueConstraint("attendance_id", "key"),
        Index(
            "ix_round_flags_unanswered",
            "attendance_id",
            sqlite_where=_UNANSWERED,
            postgresql_where=_UNANSWERED,
        ),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey(Attendance.id))
    check_in_id: Mapped[int | None] = mapped_column(ForeignKey(CheckIn.id))
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    raised_at: Mapped[datetime] = mapped_column()
    accepted: Mapped[bool | None] = mapped_column()
    note: Mapped[str | None] = mapped_column(String(500))
    answered_by: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    answered_at: Mapped[datetime | None] = mapped_column()


class TrackPoint(Base):
    """Where somebody was during a round, of those who agreed to it; deleted after 30 days.

    `cell`: the same point to a metre, as one number, by which copies are found.
    """

    __tablename__ = "track_points"
    __table_args__ = (
        UniqueConstraint("attendance_id", "at"),
        Index("ix_track_points_cell", "cell"),
        Index("ix_track_points_received_at", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey(Attendance.id))
    at: Mapped[datetime] = mapped_column()
    received_at: Mapped[datetime] = mapped_column()
    lat: Mapped[float] = mapped_column()
    lon: Mapped[float] = mapped_column()
    accuracy_m: Mapped[float | None] = mapped_column()
    cell: Mapped[int] = mapped_column()


class Attestation(Base):
    """That somebody says of somebody else that they were there, or were not.

    `leads`: whether they could lead the shift when they said it.
    """

    __tablename__ = "attestations"
    __table_args__ = (UniqueConstraint("attendance_id", "by_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey(Attendance.id))
    by_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    present: Mapped[bool] = mapped_column()
    leads: Mapped[bool] = mapped_column()
    note: Mapped[str | None] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column()


class SosCall(Base):
    """A call for help; one that is not closed for each person and shift. Degrees, WGS-84."""

    __tablename__ = "sos_calls"
    __table_args__ = (
        _one_of("state", SOS_STATES),
        Index(
            "uq_sos_calls_one_open",
            "shift_id",
            "resident_id",
            unique=True,
            sqlite_where=_NOT_CLOSED,
            postgresql_where=_NOT_CLOSED,
        ),
        Index("ix_sos_calls_shift_id_id", "shift_id", "id"),
        Index("ix_sos_calls_called_at", "called_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey(Shift.id))
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    state: Mapped[str] = mapped_column(String(12), default="open")
    called_at: Mapped[datetime] = mapped_column()
    lat: Mapped[float | None] = mapped_column()
    lon: Mapped[float | None] = mapped_column()
    note: Mapped[str | None] = mapped_column(String(500))
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    acknowledged_at: Mapped[datetime | None] = mapped_column()
    closed_by: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    closed_at: Mapped[datetime | None] = mapped_column()
    closing_note: Mapped[str | None] = mapped_column(String(500))


class Finding(Base):
    """A hazard that somebody found on a round."""

    __tablename__ = "findings"
    __table_args__ = (Index("ix_findings_shift_id_at", "shift_id", "at"),)

    hazard_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    shift_id: Mapped[int] = mapped_column(ForeignKey(Shift.id))
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    at: Mapped[datetime] = mapped_column()


class Appeal(Base):
    """That somebody was there after all, or longer; one for each attendance."""

    __tablename__ = "round_appeals"
    __table_args__ = (
        _one_of("state", APPEAL_STATES),
        UniqueConstraint("attendance_id"),
        Index(
            "ix_round_appeals_asked",
            "place_code",
            "id",
            sqlite_where=_ASKED,
            postgresql_where=_ASKED,
        ),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey(Attendance.id))
    place_code: Mapped[str] = mapped_column(PlaceCode())
    note: Mapped[str] = mapped_column(String(500))
    asked_at: Mapped[datetime] = mapped_column()
    state: Mapped[str] = mapped_column(String(8), default="asked")
    minutes: Mapped[int | None] = mapped_column()
    answer: Mapped[str | None] = mapped_column(String(500))
    answered_by: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    answered_at: Mapped[datetime | None] = mapped_column()


class WalkedHour(Base):
    """How many minutes people walked in a grid in an hour of a round; nobody's name is in it.

    `place_code`: the grid's; `hour_at`: when the hour began. What remains of the tracks.
    """

    __tablename__ = "walked_hours"
    __table_args__ = (Index("ix_walked_hours_place_code_hour_at", "place_code", "hour_at"),)

    shift_id: Mapped[int] = mapped_column(ForeignKey(Shift.id), primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode(), primary_key=True)
    hour_at: Mapped[datetime] = mapped_column(primary_key=True)
    minutes: Mapped[int] = mapped_column()
