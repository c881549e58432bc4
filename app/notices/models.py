"""What people were told, what they allow to be sent to their phones, and announcements."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import NUMBERED_ONCE, Base, PlaceCode
from app.residents.models import Resident


class Notice(Base):
    """One line of somebody's inbox. `key` says what it tells: the same is told once.

    Words are made when it is read, from `kind` and `params`, in the reader's language.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("resident_id", "key"),
        Index("ix_notices_resident_id_id", "resident_id", "id"),
        Index(
            "ix_notices_unread",
            "resident_id",
            "id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index("ix_notices_read_at", "read_at"),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    kind: Mapped[str] = mapped_column(String(24))
    key: Mapped[str] = mapped_column(String(80))
    about_kind: Mapped[str | None] = mapped_column(String(16))
    about_id: Mapped[int | None] = mapped_column()
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    emergency: Mapped[bool] = mapped_column()
    created_at: Mapped[datetime] = mapped_column()
    read_at: Mapped[datetime | None] = mapped_column()


class MessageQuota(Base):
    """How many messages of a template somebody has allowed, and how many of them are spent.

    One tap is told to us by the phone and by WeChat, and either may be lost: the
    greater of the two counts is what was allowed.
    """

    __tablename__ = "message_quotas"
    __table_args__ = (CheckConstraint("spent >= 0", name="spent_some"),)

    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), primary_key=True)
    template: Mapped[str] = mapped_column(String(24), primary_key=True)
    by_phone: Mapped[int] = mapped_column(default=0)
    by_wechat: Mapped[int] = mapped_column(default=0)
    spent: Mapped[int] = mapped_column(default=0)
    answer: Mapped[str] = mapped_column(String(8))
    answered_at: Mapped[datetime] = mapped_column()


class MutedKind(Base):
    """That somebody wants no messages of a kind; the inbox has them all the same."""

    __tablename__ = "muted_kinds"

    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24), primary_key=True)


class Announcement(Base):
    """What a committee tells everybody who lives in a place.

    `reached`: up to which resident's id it has been handed out; `told`: to how many.
    """

    __tablename__ = "announcements"
    __table_args__ = (Index("ix_announcements_place_code_id", "place_code", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    place_name: Mapped[str] = mapped_column(String(80))
    author_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    title: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(String(500))
    emergency: Mapped[bool] = mapped_column()
    created_at: Mapped[datetime] = mapped_column()
    reached: Mapped[int] = mapped_column(default=0)
    told: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None] = mapped_column()
