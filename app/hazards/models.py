"""Hazards, their history and their photos."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.checks import PASSED
from app.core.db import Base, PlaceCode
from app.hazards.rules import STATES
from app.photos.models import Photo
from app.residents.models import Resident

_OWED = text("act_by IS NOT NULL")
_WATCHED = text("supervise_at IS NOT NULL")
_ORDERED = text("order_by IS NOT NULL")
_ASSIGNED = text("assignee_id IS NOT NULL")
_WAITING = text("state = 'handled'")


class HazardCategory(Base):
    """A kind of hazard with its clock and limit: editable data, for limits differ by city."""

    __tablename__ = "hazard_categories"

    code: Mapped[str] = mapped_column(String(24), primary_key=True)
    position: Mapped[int] = mapped_column()
    name_zh: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(60))
    hint_zh: Mapped[str] = mapped_column(String(200))
    hint_en: Mapped[str] = mapped_column(String(200))
    emergency_zh: Mapped[str | None] = mapped_column(String(200))
    emergency_en: Mapped[str | None] = mapped_column(String(200))
    severity: Mapped[str] = mapped_column(String(2))
    clock: Mapped[str] = mapped_column(String(12))
    limit: Mapped[float] = mapped_column()


class Hazard(Base):
    """One case, from report to confirmed solution. `lat`, `lon` in degrees, WGS-84.

    `act_by`: by when staff owe the next step; empty where they owe none.
    `raised`: up to which per cent of its time a promise was supervised; `supervise_at`:
    after which moment there is more to do; `late_from`: see `rules.Owed`.
    `order_by`: by when the next open supervision order has to be answered.
    `text_state`: whether description and address may be shown to neighbours, see core.checks.
    `reminded_at`: when the reporter was asked again whether it is solved.
    `community_code` is the beginning of `place_code`, kept so that an index serves it.
    `round_id`: the round on which it was found, if it was; a plain number here.
    """

    __tablename__ = "hazards"
    __table_args__ = (
        CheckConstraint(
            f"state IN ({', '.join(repr(state) for state in STATES)})", name="known_state"
        ),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_in_range"),
        Index("ix_hazards_community_code_id", "community_code", "id"),
        Index("ix_hazards_place_code_id", "place_code", "id"),
        Index("ix_hazards_reporter_id_id", "reporter_id", "id"),
        Index("ix_hazards_community_code_reported_at", "community_code", "reported_at"),
        Index("ix_hazards_nearby", "community_code", "lat", "lon", "state"),
        Index("ix_hazards_owed", "act_by", "id", sqlite_where=_OWED, postgresql_where=_OWED),
        Index(
            "ix_hazards_owed_in_community",
            "community_code",
            "act_by",
            "id",
            sqlite_where=_OWED,
            postgresql_where=_OWED,
        ),
        Index(
            "ix_hazards_assignee_owed",
            "assignee_id",
            "act_by",
            "id",
            sqlite_where=_OWED,
            postgresql_where=_OWED,
        ),
        # When a name changes, the database asks for the cases of whoever has it, also for old ones.
        Index(
            "ix_hazards_assigned",
            "assignee_id",
            "community_code",
            sqlite_where=_ASSIGNED,
            postgresql_where=_ASSIGNED,
        ),
        Index(
            "ix_hazards_watched",
            "supervise_at",
            "id",
            sqlite_where=_WATCHED,
            postgresql_where=_WATCHED,
        ),
        Index(
            "ix_hazards_ordered",
            "order_by",
            "id",
            sqlite_where=_ORDERED,
            postgresql_where=_ORDERED,
        ),
        Index(
            "ix_hazards_waiting",
            "handled_at",
            "id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    category: Mapped[str] = mapped_column(ForeignKey(HazardCategory.code))
    severity: Mapped[str] = mapped_column(String(2))
    description: Mapped[str] = mapped_column(String(2000))
    text_state: Mapped[str] = mapped_column(String(10), default=PASSED)
    address: Mapped[str | None] = mapped_column(String(200))
    lat: Mapped[float] = mapped_column()
    lon: Mapped[float] = mapped_column()
    place_code: Mapped[str] = mapped_column(PlaceCode())
    place_name: Mapped[str] = mapped_column(String(80))
    community_code: Mapped[str] = mapped_column(PlaceCode())
    reporter_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    anonymous: Mapped[bool] = mapped_column()
    state: Mapped[str] = mapped_column(String(12))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))

    reported_at: Mapped[datetime] = mapped_column()
    accept_by: Mapped[datetime] = mapped_column()
    expected_by: Mapped[datetime] = mapped_column()
    accepted_at: Mapped[datetime | None] = mapped_column()
    running_since: Mapped[datetime | None] = mapped_column()
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    late_from: Mapped[datetime | None] = mapped_column()
    act_by: Mapped[datetime | None] = mapped_column()
    supervise_at: Mapped[datetime | None] = mapped_column()
    raised: Mapped[int] = mapped_column(default=0)
    order_by: Mapped[datetime | None] = mapped_column()
    suspended_at: Mapped[datetime | None] = mapped_column()
    suspended_until: Mapped[datetime | None] = mapped_column()
    suspension_note: Mapped[str | None] = mapped_column(String(2000))
    suspension_approved: Mapped[bool] = mapped_column(default=False)
    handled_at: Mapped[datetime | None] = mapped_column()
    reminded_at: Mapped[datetime | None] = mapped_column()
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    rating: Mapped[int | None] = mapped_column()
    solved: Mapped[bool | None] = mapped_column()
    appealed: Mapped[bool] = mapped_column(default=False)
    moves_made: Mapped[int] = mapped_column(default=0)
    photo_count: Mapped[int] = mapped_column(default=0)
    first_photo_id: Mapped[str | None] = mapped_column(ForeignKey(Photo.id))
    round_id: Mapped[int | None] = mapped_column()


class HazardMove(Base):
    """One line of a hazard's history; never changed, only added to.

    A closing line keeps the promise (`due_at`) and when it was met (`handled_at`),
    so that the figures of a past month stand whatever becomes of the case later.
    """

    __tablename__ = "hazard_moves"
    __table_args__ = (
        UniqueConstraint("hazard_id", "seq"),
        Index("ix_hazard_moves_at_hazard_id", "at", "hazard_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hazard_id: Mapped[int] = mapped_column(ForeignKey(Hazard.id))
    seq: Mapped[int] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    move: Mapped[str] = mapped_column(String(24))
    from_state: Mapped[str | None] = mapped_column(String(12))
    to_state: Mapped[str] = mapped_column(String(12))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    actor_role: Mapped[str] = mapped_column(String(16))
    note: Mapped[str | None] = mapped_column(String(2000))
    rating: Mapped[int | None] = mapped_column()
    solved: Mapped[bool | None] = mapped_column()
    until: Mapped[datetime | None] = mapped_column()
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    due_at: Mapped[datetime | None] = mapped_column()
    handled_at: Mapped[datetime | None] = mapped_column()


class NoteCheck(Base):
    """Whether a reporter's note may be shown to neighbours; where there is no row, it may.

    The history itself is never changed.
    """

    __tablename__ = "note_checks"

    hazard_id: Mapped[int] = mapped_column(ForeignKey(Hazard.id), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(10))


class SupervisionOrder(Base):
    """A supervision order (督办单): a broken promise that has to be explained in writing.

    `seq`: the line of history that raised it; `ordered_id`: who handled the case then.
    """

    __tablename__ = "supervision_orders"
    __table_args__ = (
        UniqueConstraint("hazard_id", "seq"),
        Index("ix_supervision_orders_place_code_raised_at", "place_code", "raised_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hazard_id: Mapped[int] = mapped_column(ForeignKey(Hazard.id))
    seq: Mapped[int] = mapped_column()
    place_code: Mapped[str] = mapped_column(PlaceCode())
    percent: Mapped[int] = mapped_column()
    due_at: Mapped[datetime] = mapped_column()
    raised_at: Mapped[datetime] = mapped_column()
    answer_by: Mapped[datetime] = mapped_column()
    ordered_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    answer: Mapped[str | None] = mapped_column(String(2000))
    answered_at: Mapped[datetime | None] = mapped_column()
    answered_by: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))


class HazardPhoto(Base):
    """A photo of a hazard: before it was handled, or after; brought by one line of history."""

    __tablename__ = "hazard_photos"
    __table_args__ = (Index("ix_hazard_photos_hazard_id_seq", "hazard_id", "seq", "position"),)

    photo_id: Mapped[str] = mapped_column(ForeignKey(Photo.id), primary_key=True)
    hazard_id: Mapped[int] = mapped_column(ForeignKey(Hazard.id))
    seq: Mapped[int] = mapped_column()
    position: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(String(8))


class CaseNumber(Base):
    """The last number given out under a prefix on a Shanghai day (`20261120`)."""

    __tablename__ = "case_numbers"

    prefix: Mapped[str] = mapped_column(String(6), primary_key=True)
    day: Mapped[str] = mapped_column(String(8), primary_key=True)
    last: Mapped[int] = mapped_column()
