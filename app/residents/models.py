"""People, what they are, where they live, and their sign-ins."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import NUMBERED_ONCE, Base, PlaceCode
from app.places.models import Place

_LEAVING = text("erase_at IS NOT NULL")


class Resident(Base):
    """A person, as WeChat knows them (`openid`) and as they want to be called.

    Whoever asked to go (`leaving_at`) is erased at `erase_at`, unless they think otherwise; then
    the row is a shell (`erased_at`) that leads to nobody, for what counts on its number.
    """

    __tablename__ = "residents"
    __table_args__ = (
        Index(
            "ix_residents_erase_at",
            "erase_at",
            sqlite_where=_LEAVING,
            postgresql_where=_LEAVING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    openid: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(8), default="zh-Hans")
    letter_size: Mapped[str] = mapped_column(String(8), default="standard")
    consent_version: Mapped[str | None] = mapped_column(String(16))
    consent_at: Mapped[datetime | None] = mapped_column()
    sealed_phone: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column()
    leaving_at: Mapped[datetime | None] = mapped_column()
    erase_at: Mapped[datetime | None] = mapped_column()
    erased_at: Mapped[datetime | None] = mapped_column()


class Erasing(Base):
    """That a transaction is erasing somebody: a row that is never committed.

    The triggers of history look for it: while it is there, and only for whoever wrote it, names
    may be struck out of words that nobody may change otherwise.
    """

    __tablename__ = "erasing"
    __table_args__ = ({"info": {"passing": True}},)

    # No key of another table: a restore empties those, and never sees this one.
    resident_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class DataCopy(Base):
    """A copy of what is kept about somebody, which they asked for.

    `name`: what the storage has it under, encrypted, until it is forgotten at `expires_at`;
    `size` in bytes. `failed`: nothing came of it.
    """

    __tablename__ = "data_copies"
    __table_args__ = (
        Index("ix_data_copies_resident_id_id", "resident_id", "id"),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    language: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime] = mapped_column()
    made_at: Mapped[datetime | None] = mapped_column()
    name: Mapped[str | None] = mapped_column(String(48))
    size: Mapped[int | None] = mapped_column()
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    failed: Mapped[bool] = mapped_column()


class HeldRole(Base):
    """A role held at a place."""

    __tablename__ = "held_roles"
    __table_args__ = (
        UniqueConstraint("resident_id", "kind", "place_code"),
        Index("ix_held_roles_place_code_kind", "place_code", "kind"),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    kind: Mapped[str] = mapped_column(String(16))
    place_code: Mapped[str] = mapped_column(PlaceCode())
    since: Mapped[datetime] = mapped_column()


class Consent(Base):
    """That somebody agreed to a version of the privacy notice; never changed, only added to."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), index=True)
    version: Mapped[str] = mapped_column(String(16))
    given_at: Mapped[datetime] = mapped_column()


class Residence(Base):
    """Where somebody says they live, and what the grid worker said to it."""

    __tablename__ = "residences"
    __table_args__ = (
        CheckConstraint(
            "state IN ('requested', 'confirmed', 'refused', 'withdrawn')", name="known_state"
        ),
        Index("ix_residences_place_code_id", "place_code", "id"),
        Index(
            "uq_residences_one_requested",
            "resident_id",
            unique=True,
            sqlite_where=text("state = 'requested'"),
            postgresql_where=text("state = 'requested'"),
        ),
        Index(
            "uq_residences_one_confirmed",
            "resident_id",
            unique=True,
            sqlite_where=text("state = 'confirmed'"),
            postgresql_where=text("state = 'confirmed'"),
        ),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), index=True)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    building_id: Mapped[int | None] = mapped_column(ForeignKey(Place.id))
    room: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(16))
    requested_at: Mapped[datetime] = mapped_column()
    decided_at: Mapped[datetime | None] = mapped_column()
    decided_by: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    note: Mapped[str | None] = mapped_column(String(500))


class SignIn(Base):
    """One phone signed in; the family of its refresh tokens."""

    __tablename__ = "sign_ins"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), index=True)
    created_at: Mapped[datetime] = mapped_column()
    revoked_at: Mapped[datetime | None] = mapped_column()


class RefreshToken(Base):
    """Good for one use; only its fingerprint is kept."""

    __tablename__ = "refresh_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_in_id: Mapped[str] = mapped_column(ForeignKey(SignIn.id), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None] = mapped_column()


class DeskSignIn(Base):
    """A computer that asks to be let in, and acts in somebody's name once it is.

    `number` is shown on both screens, to be compared; `seen_at` is when it was last used.
    """

    __tablename__ = "desk_sign_ins"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'let_in', 'refused', 'open', 'ended')", name="known_state"
        ),
        Index("ix_desk_sign_ins_resident_id_id", "resident_id", "id"),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    number: Mapped[str] = mapped_column(String(2))
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[str] = mapped_column(String(8))
    browser: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(45))
    asked_at: Mapped[datetime] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column(index=True)
    resident_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    sign_in_id: Mapped[str | None] = mapped_column(ForeignKey(SignIn.id), index=True)
    decided_at: Mapped[datetime | None] = mapped_column()
    seen_at: Mapped[datetime | None] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
