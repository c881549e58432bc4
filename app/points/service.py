"""Thanking, holding, releasing, taking back; and what somebody sees of it.

`grant`, `release` and `reverse` are the doors for other features: part of their transaction,
repeatable without effect. What is reversed before it was granted is not granted any more, so
that facts may arrive in any order.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from app.core import clock, pages, texts
from app.core.access import Actor
from app.core.clock import shanghai_day
from app.core.db import read, unit_of_work
from app.points import ledger, rules
from app.points.ledger import Source
from app.points.models import DayCount, Redemption, Reward, Transaction


@unit_of_work()
def grant(
    resident_id: int,
    rule: str,
    source_type: str,
    source_id: int,
    *,
    amount: int | None = None,
    held: bool = False,
    at: datetime | None = None,
    turn: int = 0,
) -> int:
    """Thank somebody for something once; returns how many points, after the day's cap.

    `amount`: the rule's own, if not given. `held`: they wait for `release`. `at`: when it was
    deserved; its Shanghai day is the one that is capped. `turn`: for sources that can be thanked
    again after they were taken back, a number that grows (the line of a case's history).
    A repetition is no error and gives 0. Errors: KeyError (no such rule).
    """
    found = rules.RULES[rule]
    wanted = found.amount if amount is None else amount
    if wanted <= 0:
        return 0
    now = clock.now()
    source = Source(resident_id, rule, source_type, source_id)
    accounts = ledger.lock(resident_id)
    if any(_settles(line, turn) for line in ledger.lines_of(source)):
        return 0
    day = shanghai_day(at or now)
    given = ledger.count_to_day(resident_id, found, day, wanted)
    gained = {rules.HELD: given} if held else _free(given, accounts)
    ledger.post(
        source,
        rules.GRANT,
        {rules.ISSUE: -given, **gained},
        accounts,
        version=found.version,
        at=now,
        turn=turn,
        amount=given,
        wanted=wanted,
        held=held,
        counted_on=day,
    )
    return given


def _settles(line: Any, turn: int) -> bool:
    """Whether a line means that this turn needs no grant: it has one, or was taken back."""
    if line.kind == rules.GRANT:
        return bool(line.turn == turn)
    return bool(line.kind == rules.REVERSAL and line.turn >= turn)


def _free(amount: int, accounts: ledger.Accounts) -> dict[str, int]:
    paid, free = rules.paying_debt(amount, accounts.debt)
    return {rules.DEBT: paid, rules.AVAILABLE: free}


@unit_of_work()
def release(resident_id: int, rule: str, source_type: str, source_id: int) -> int:
    """Let held points be spent; returns how many. What is not held, or not any more, gives 0."""
    source = Source(resident_id, rule, source_type, source_id)
    released, now = 0, clock.now()
    accounts = ledger.lock(resident_id)
    lines = ledger.lines_of(source)
    over = {line.reverses_id for line in lines} | {line.releases_id for line in lines}
    for line in lines:
        if line.kind == rules.GRANT and line.held and line.amount and line.id not in over:
            ledger.post(
                source,
                rules.RELEASE,
                {rules.HELD: -line.amount, **_free(line.amount, accounts)},
                accounts,
                version=line.rule_version,
                at=now,
                turn=line.turn,
                releases_id=line.id,
            )
            accounts = ledger.lock(resident_id)
            released += line.amount
    return released


@unit_of_work()
def reverse(resident_id: int, rule: str, source_type: str, source_id: int, *, turn: int = 0) -> int:
    """Take back what a source gave up to a turn; returns how many points.

    What was spent already becomes a debt, which the next points pay first. A repetition gives 0.
    """
    source = Source(resident_id, rule, source_type, source_id)
    accounts = ledger.lock(resident_id)
    lines = ledger.lines_of(source)
    if any(line.kind == rules.REVERSAL and line.turn == turn for line in lines):
        return 0
    over = {line.reverses_id for line in lines}
    standing = [
        line
        for line in lines
        if line.kind == rules.GRANT and line.turn <= turn and line.id not in over
    ]
    standing.sort(key=lambda line: int(line.turn))  # they may have come in another order
    if not standing:
        _mark_reversed(source, accounts, turn)
    released = {line.releases_id for line in lines}
    back = 0
    for line in standing:
        # The newest bears the turn of the reversal, so that nothing older is granted any more.
        own_turn = turn if line is standing[-1] else line.turn
        _reverse_line(source, line, own_turn, waits=line.held and line.id not in released)
        back += line.amount
    return back


def _mark_reversed(source: Source, accounts: ledger.Accounts, turn: int) -> None:
    """Remember that a source was taken back, in case it is granted later."""
    version = rules.RULES[source.rule].version
    ledger.post(source, rules.REVERSAL, {}, accounts, version=version, at=clock.now(), turn=turn)


def _reverse_line(source: Source, line: Any, turn: int, *, waits: bool) -> None:
    accounts = ledger.lock(source.resident_id)
    if waits:
        moved = {rules.HELD: -line.amount}
    else:
        taken, owed = rules.taking_back(line.amount, accounts.available)
        moved = {rules.AVAILABLE: -taken, rules.DEBT: -owed}
    ledger.uncount(source.resident_id, source.rule, line.counted_on, line.amount)
    ledger.post(
        source,
        rules.REVERSAL,
        {rules.ISSUE: line.amount, **moved},
        accounts,
        version=line.rule_version,
        at=clock.now(),
        turn=turn,
        amount=-line.amount,
        reverses_id=line.id,
    )


# What somebody sees


_reversal, _release = aliased(Transaction), aliased(Transaction)
_LINES = (
    select(
        Transaction.id,
        Transaction.kind,
        Transaction.at,
        Transaction.amount,
        Transaction.wanted,
        Transaction.rule,
        Transaction.source_type,
        Transaction.source_id,
        Transaction.held,
        _release.id.label("release_id"),
        _reversal.id.label("reversal_id"),
        Reward.name.label("reward_name"),
    )
    .outerjoin(_release, _release.releases_id == Transaction.id)
    .outerjoin(_reversal, _reversal.reverses_id == Transaction.id)
    .outerjoin(
        Redemption,
        and_(
            Transaction.source_type == rules.REDEMPTION.name,
            Redemption.id == Transaction.source_id,
        ),
    )
    .outerjoin(Reward, Reward.id == Redemption.reward_id)
    .where(
        Transaction.kind != rules.RELEASE,
        # Not what was only remembered, in case it had been granted later.
        or_(Transaction.kind != rules.REVERSAL, Transaction.reverses_id.is_not(None)),
    )
)


def my_points(
    actor: Actor, *, cursor: str | None = None, limit: int = pages.DEFAULT_LIMIT
) -> dict[str, Any]:
    """Return what the actor has, what each rule gives and gave today, and a page of the ledger.

    Newest first. `debt`: what was taken back after it was spent, and is not yet earned again.
    """
    mine = _LINES.where(Transaction.resident_id == actor.resident_id)
    if after := pages.decode(cursor, int):
        mine = mine.where(Transaction.id < after[0])
    rows = read(mine.order_by(Transaction.id.desc()).limit(limit + 1)).all()
    found = pages.page(rows, limit, lambda row: _line_view(actor, row), lambda row: (row.id,))
    has = ledger.balances(actor.resident_id)
    given = _rules_today(actor)
    return found | {
        "balance": has[rules.AVAILABLE],
        "held": has[rules.HELD],
        "debt": -has[rules.DEBT],
        "rules": given,
        "cap_today": {
            "granted": sum(rule["today"] for rule in given),
            "cap": sum(rule["daily_cap"] for rule in given),
        },
    }


def _line_view(actor: Actor, row: Any) -> dict[str, Any]:
    back = row.kind == rules.REVERSAL
    if row.source_type == rules.REDEMPTION.name:
        key = "points.lines.returned" if back else "points.lines.spent"
        words = texts.text(key, actor.language, what=row.reward_name)
    else:
        words = texts.text(f"points.rules.{row.rule}", actor.language)
        if back:
            words = texts.text("points.lines.taken_back", actor.language, what=words)
    return {
        "id": row.id,
        "at": row.at,
        "amount": row.amount,
        "held": row.held and row.release_id is None and row.reversal_id is None,
        "reversed": row.reversal_id is not None,
        "capped": max(row.wanted - row.amount, 0) if row.kind == rules.GRANT else 0,
        "rule": row.rule,
        "words": words,
        "source": {"type": row.source_type, "id": row.source_id},
    }


def _rules_today(actor: Actor) -> list[dict[str, Any]]:
    counted = read(
        select(DayCount.rule, DayCount.granted).where(
            DayCount.resident_id == actor.resident_id,
            DayCount.day == shanghai_day(clock.now()),
        )
    )
    today = {row.rule: row.granted for row in counted}
    return [
        {
            "rule": rule.name,
            "words": texts.text(f"points.rules.{rule.name}", actor.language),
            "how": texts.text(f"points.how.{rule.name}", actor.language, amount=rule.amount),
            "amount": rule.amount,
            "daily_cap": rule.daily_cap,
            "today": today.get(rule.name, 0),
        }
        for rule in rules.RULES.values()
    ]


def check_books() -> int:
    """Hold every balance against its lines. Errors: Unbalanced, so that the job is seen to fail."""
    found = ledger.faults()
    if found:
        raise ledger.Unbalanced("; ".join(found))
    return 0
