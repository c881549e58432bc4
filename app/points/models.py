"""The ledger, the days' caps, rewards and redemptions."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, PlaceCode
from app.photos.models import Photo
from app.points import rules
from app.residents.models import Resident

_NOBODYS = text("resident_id IS NULL")
_RESERVED = text("state = 'reserved'")


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(repr(value) for value in values)


class Account(Base):
    """An account of points.

    A person has three, see `rules`; their balances are kept and checked. The two that are
    nobody's keep none: a row that every grant changes would make all of them queue.
    """

    __tablename__ = "points_accounts"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_listed(rules.ACCOUNT_KINDS)})", name="known_kind"),
        CheckConstraint("(resident_id IS NULL) = (kind IN ('issue', 'spent'))", name="whose_it_is"),
        CheckConstraint("(resident_id IS NULL) = (balance IS NULL)", name="kept_for_people"),
        CheckConstraint("kind NOT IN ('person', 'held') OR balance >= 0", name="never_below_zero"),
        CheckConstraint("kind <> 'debt' OR balance <= 0", name="debt_is_owed"),
        UniqueConstraint("resident_id", "kind"),
        Index(
            "uq_points_accounts_nobodys",
            "kind",
            unique=True,
            sqlite_where=_NOBODYS,
            postgresql_where=_NOBODYS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
    balance: Mapped[int | None] = mapped_column()


class Transaction(Base):
    """One line of the ledger; never changed or deleted, only added to.

    `amount`: what the resident gained by it (less than nothing: lost); `wanted`: what the rule
    would have given without the daily cap. `counted_on`: the Shanghai day whose cap it counts
    to. `turn`: tells apart the times that one source is thanked, see `ledger.reverse`.
    `reverses_id`, `releases_id`: the line that this one takes back or sets free.
    """

    __tablename__ = "points_transactions"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_listed(rules.TRANSACTION_KINDS)})", name="known_kind"),
        UniqueConstraint(
            "resident_id",
            "source_type",
            "source_id",
            "rule",
            "kind",
            "turn",
            name="uq_points_transactions_source",
        ),
        UniqueConstraint("reverses_id"),
        UniqueConstraint("releases_id"),
        Index("ix_points_transactions_resident_id_id", "resident_id", "id"),
        {"info": {"append_only": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    rule: Mapped[str] = mapped_column(String(24))
    rule_version: Mapped[int] = mapped_column()
    source_type: Mapped[str] = mapped_column(String(24))
    source_id: Mapped[int] = mapped_column()
    turn: Mapped[int] = mapped_column()
    amount: Mapped[int] = mapped_column()
    wanted: Mapped[int] = mapped_column()
    held: Mapped[bool] = mapped_column()
    counted_on: Mapped[date | None] = mapped_column(Date())
    at: Mapped[datetime] = mapped_column()
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("points_transactions.id"))
    releases_id: Mapped[int | None] = mapped_column(ForeignKey("points_transactions.id"))


class Entry(Base):
    """What a transaction moves in or out of an account; all of one sum to zero. Never changed."""

    __tablename__ = "points_entries"
    __table_args__ = (
        UniqueConstraint("transaction_id", "account_id"),
        CheckConstraint("amount <> 0", name="moves_something"),
        Index("ix_points_entries_account_id", "account_id"),
        {"info": {"append_only": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    transaction_id: Mapped[int] = mapped_column(ForeignKey(Transaction.id))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    amount: Mapped[int] = mapped_column()


class DayCount(Base):
    """How much a rule has given somebody on a Shanghai day, and the most that it may."""

    __tablename__ = "points_days"
    __table_args__ = (CheckConstraint("granted >= 0 AND granted <= cap", name="within_cap"),)

    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id), primary_key=True)
    rule: Mapped[str] = mapped_column(String(24), primary_key=True)
    day: Mapped[date] = mapped_column(Date(), primary_key=True)
    cap: Mapped[int] = mapped_column()
    granted: Mapped[int] = mapped_column()


class Reward(Base):
    """A small thing or service that a committee gives for points.

    `per_person`: how many one person may have, reserved and collected together.
    """

    __tablename__ = "rewards"
    __table_args__ = (
        CheckConstraint("stock >= 0", name="stock_never_below_zero"),
        CheckConstraint("cost > 0", name="costs_something"),
        CheckConstraint("per_person > 0", name="one_at_least"),
        Index("ix_rewards_place_code_id", "place_code", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_code: Mapped[str] = mapped_column(PlaceCode())
    place_name: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(30))
    words: Mapped[str | None] = mapped_column(String(300))
    cost: Mapped[int] = mapped_column()
    stock: Mapped[int] = mapped_column()
    per_person: Mapped[int | None] = mapped_column()
    active: Mapped[bool] = mapped_column()
    photo_id: Mapped[str | None] = mapped_column(ForeignKey(Photo.id))
    created_by: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    created_at: Mapped[datetime] = mapped_column()


class Redemption(Base):
    """Somebody's reward: reserved and paid, then collected, cancelled or expired."""

    __tablename__ = "redemptions"
    __table_args__ = (
        CheckConstraint(f"state IN ({_listed(rules.REDEMPTION_STATES)})", name="known_state"),
        Index("ix_redemptions_resident_id_id", "resident_id", "id"),
        Index("ix_redemptions_reward_id_resident_id", "reward_id", "resident_id"),
        Index("ix_redemptions_place_code_id", "place_code", "id"),
        Index(
            "ix_redemptions_waiting",
            "expires_at",
            "id",
            sqlite_where=_RESERVED,
            postgresql_where=_RESERVED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reward_id: Mapped[int] = mapped_column(ForeignKey(Reward.id))
    resident_id: Mapped[int] = mapped_column(ForeignKey(Resident.id))
    place_code: Mapped[str] = mapped_column(PlaceCode())
    cost: Mapped[int] = mapped_column()
    code: Mapped[str] = mapped_column(String(16), unique=True)
    state: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column()
    reminded_at: Mapped[datetime | None] = mapped_column()
    settled_at: Mapped[datetime | None] = mapped_column()
    settled_by: Mapped[int | None] = mapped_column(ForeignKey(Resident.id))
