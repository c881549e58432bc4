"""The ledger itself: accounts, and lines that sum to zero.

Whoever writes for a person locks that person's accounts first (`lock`), so that what is read
afterwards stays true until the end of the transaction. Who writes for several people in one
transaction does so in the order of their ids, so that no two wait for each other.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, func, insert, or_, select, update

from app.core.db import changed_rows, read
from app.core.errors import Conflict
from app.core.idempotency import insert_ignore
from app.points import rules
from app.points.models import Account, DayCount, Entry, Transaction


class NotEnoughPoints(Conflict):
    """It costs more points than there are to spend."""

    code = "not_enough_points"


class Unbalanced(RuntimeError):
    """A line would make points out of nothing: a fault of ours, never of who asks."""


class Accounts(NamedTuple):
    """A person's accounts, locked: ids by kind (the two nobody's among them) and balances."""

    ids: Mapping[str, int]
    available: int
    held: int
    debt: int


class Source(NamedTuple):
    """What a line is for: whose, by which rule, and of what; see `Transaction`."""

    resident_id: int
    rule: str
    type: str
    id: int


def lock(resident_id: int) -> Accounts:
    """Return a person's accounts, made where they are missing; others wait for this transaction."""
    mine = read(_MINE, {"resident": resident_id}).all()
    nobodys = read(_NOBODYS).all()
    if len(mine) + len(nobodys) < len(rules.ACCOUNT_KINDS):
        _open(resident_id)
        mine, nobodys = read(_MINE, {"resident": resident_id}).all(), read(_NOBODYS).all()
    balances = {row.kind: row.balance for row in mine}
    return Accounts(
        {row.kind: row.id for row in (*mine, *nobodys)},
        balances[rules.AVAILABLE],
        balances[rules.HELD],
        balances[rules.DEBT],
    )


_MINE = (
    select(Account.id, Account.kind, Account.balance)
    .where(Account.resident_id == bindparam("resident"))
    .order_by(Account.id)
    .with_for_update(key_share=True)
)
_NOBODYS = select(Account.id, Account.kind).where(Account.resident_id.is_(None))


def _open(resident_id: int) -> None:
    nobodys = [
        {"kind": kind, "resident_id": None, "balance": None} for kind in (rules.ISSUE, rules.SPENT)
    ]
    theirs = [{"kind": kind, "resident_id": resident_id, "balance": 0} for kind in rules.PERSONAL]
    changed_rows(insert_ignore(Account).values(nobodys + theirs))


def balances(resident_id: int) -> dict[str, int]:
    """Return what somebody has, by kind of account, without locking anything."""
    rows = read(
        select(Account.kind, Account.balance).where(Account.resident_id == resident_id)
    ).all()
    return dict.fromkeys(rules.PERSONAL, 0) | {row.kind: row.balance for row in rows}


def post(
    source: Source,
    kind: str,
    moved: Mapping[str, int],
    accounts: Accounts,
    *,
    version: int,
    at: datetime,
    turn: int = 0,
    **said: Any,
) -> int:
    """Write a line with what it moves, by kind of account; returns its id.

    `said`: amount, wanted, held, counted_on, reverses_id, releases_id.
    Errors: NotEnoughPoints (more would be spent than there is); Unbalanced.
    """
    moved = {kind: amount for kind, amount in moved.items() if amount}
    if sum(moved.values()):
        raise Unbalanced(moved)
    for account, amount in moved.items():
        if account in rules.PERSONAL:
            _move(accounts.ids[account], account, amount)
    line = {
        "kind": kind,
        "resident_id": source.resident_id,
        "rule": source.rule,
        "rule_version": version,
        "source_type": source.type,
        "source_id": source.id,
        "turn": turn,
        "amount": 0,
        "wanted": 0,
        "held": False,
        "at": at,
        **said,
    }
    line_id = int(read(insert(Transaction).values(**line).returning(Transaction.id)).scalar_one())
    if moved:
        rows = [
            {"transaction_id": line_id, "account_id": accounts.ids[kind], "amount": amount}
            for kind, amount in moved.items()
        ]
        changed_rows(insert(Entry), rows)
    return line_id


def _move(account_id: int, kind: str, amount: int) -> None:
    """Change a balance where it is, unless it would go below zero."""
    enough = Account.balance <= -amount if kind == rules.DEBT else Account.balance >= -amount
    statement = update(Account).where(Account.id == account_id, enough)
    if not changed_rows(statement.values(balance=Account.balance + amount)):
        raise NotEnoughPoints


def lines_of(source: Source) -> list[Any]:
    """Return the lines that a source has caused, oldest first.

    To be asked under the lock. Columns: id, kind, turn, amount, held, rule_version, counted_on,
    reverses_id, releases_id.
    """
    return list(
        read(
            select(
                Transaction.id,
                Transaction.kind,
                Transaction.turn,
                Transaction.amount,
                Transaction.held,
                Transaction.rule_version,
                Transaction.counted_on,
                Transaction.reverses_id,
                Transaction.releases_id,
            )
            .where(
                Transaction.resident_id == source.resident_id,
                Transaction.source_type == source.type,
                Transaction.source_id == source.id,
                Transaction.rule == source.rule,
            )
            .order_by(Transaction.id)
        )
    )


def count_to_day(resident_id: int, rule: rules.Rule, day: date, wanted: int) -> int:
    """Count points to a day; returns how many of them there was room for.

    To be called under the lock.
    """
    most = min(wanted, rule.daily_cap)
    new = insert_ignore(DayCount).values(
        resident_id=resident_id, rule=rule.name, day=day, cap=rule.daily_cap, granted=most
    )
    if changed_rows(new):
        return most
    this = _day(resident_id, rule.name, day)
    granted = read(select(DayCount.granted).where(this)).scalar_one()
    room = rules.within_cap(wanted, granted, rule.daily_cap)
    counted = update(DayCount).where(this, DayCount.granted + room <= rule.daily_cap)
    if not changed_rows(
        counted.values(granted=DayCount.granted + room, cap=_at_least(rule.daily_cap))
    ):
        raise Unbalanced(day)
    return room


def _at_least(cap: int) -> Any:
    """Return the cap of a day that began under another version of its rule: the greater one."""
    return case((DayCount.cap < cap, cap), else_=DayCount.cap)


def uncount(resident_id: int, rule: str, day: date | None, amount: int) -> None:
    """Give a day its room back, for points that were taken back."""
    if day is not None and amount:
        this = _day(resident_id, rule, day)
        changed_rows(update(DayCount).where(this).values(granted=DayCount.granted - amount))


def _day(resident_id: int, rule: str, day: date) -> Any:
    return (DayCount.resident_id == resident_id) & (DayCount.rule == rule) & (DayCount.day == day)


def faults(most: int = 20) -> list[str]:
    """Return what is wrong with the books: lines that do not sum to zero, balances that lie."""
    total = func.coalesce(func.sum(Entry.amount), 0)
    crooked = (
        select(Entry.transaction_id).group_by(Entry.transaction_id).having(total != 0).limit(most)
    )
    lying = (
        select(Account.id, Account.balance, total.label("total"))
        .outerjoin(Entry, Entry.account_id == Account.id)
        .where(Account.resident_id.is_not(None))
        .group_by(Account.id, Account.balance)
        .having(or_(Account.balance != total, Account.balance.is_(None)))
        .limit(most)
    )
    found = [f"transaction {row.transaction_id} does not sum to zero" for row in read(crooked)]
    return found + [
        f"account {row.id} says {row.balance}, its entries {row.total}" for row in read(lying)
    ]
