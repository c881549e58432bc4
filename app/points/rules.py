"""What is thanked with points, how far, and the way of a redemption. Plain Python.

Verified outcomes are thanked, never the number of reports. Points are no money: they are not
bought, sold or given to others. (Source: the participation rules of 志愿服务条例 and of common
积分 schemes; the numbers are our own decision.)
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from app.core.states import Move

ISSUE, SPENT = "issue", "spent"
"""The two accounts that are nobody's: where points come from, and where they go."""
AVAILABLE, HELD, DEBT = "person", "held", "debt"
"""A person's three: what can be spent, what waits for evidence, and what was taken back after it
was spent (zero or less; the next points pay it first)."""
PERSONAL = (AVAILABLE, HELD, DEBT)
ACCOUNT_KINDS = (ISSUE, SPENT, *PERSONAL)

GRANT, RELEASE, SPEND, REVERSAL = "grant", "release", "spend", "reversal"
TRANSACTION_KINDS = (GRANT, RELEASE, SPEND, REVERSAL)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is thanked. `amount`: for one time, or for one unit; `daily_cap`: in a Shanghai day.

    A change of `amount` or `daily_cap` is a new `version`; every transaction keeps its own.
    """

    name: str
    version: int
    amount: int
    daily_cap: int


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("round", 1, 1, 60),
        Rule("hazard_solved", 1, 10, 30),
        Rule("quiz_day", 1, 2, 2),
        Rule("quiz_improved", 1, 3, 6),
        Rule("campaign_passed", 1, 5, 10),
    )
}
"""`round` counts for each full six minutes attended, ten an hour; the others for each time."""

REDEMPTION = Rule("redemption", 1, 0, 0)
"""By which points are spent; it grants nothing."""
MINUTES_TO_A_POINT = 6

VERIFIED_MOVES = frozenset({"confirm", "check"})
"""The moves that close a case as really solved: the reporter says so, or the committee looked.
One that the clock closes because nobody answered is not verified."""
REOPENING_MOVES = frozenset({"reopen"})


class Closing(NamedTuple):
    """What is asked about a case before its reporter is thanked."""

    move: str
    reporter_id: int
    actor_id: int | None
    assignee_id: int | None


def deserves_thanks(closing: Closing) -> bool:
    """Whether a move of a case is thanked: verified, and nobody confirmed their own work."""
    if closing.move not in VERIFIED_MOVES or closing.assignee_id == closing.reporter_id:
        return False
    return closing.move == "confirm" or closing.actor_id != closing.reporter_id


def round_points(minutes: int) -> int:
    """Return what attended minutes are worth."""
    return max(minutes, 0) // MINUTES_TO_A_POINT * RULES["round"].amount


def within_cap(wanted: int, granted: int, cap: int) -> int:
    """Return how many of the wanted points a day still has room for."""
    return max(0, min(wanted, cap - granted))


def paying_debt(amount: int, debt: int) -> tuple[int, int]:
    """Split what comes in: (what goes to the debt, what is free). `debt` is zero or less."""
    paid = min(amount, -debt)
    return paid, amount - paid


def taking_back(amount: int, available: int) -> tuple[int, int]:
    """Split what is taken back: (what is there to take, what becomes debt)."""
    taken = min(amount, available)
    return taken, amount - taken


# Rewards

LONGEST_NAME, LONGEST_WORDS = 30, 300
MOST_COST, MOST_STOCK, MOST_EACH = 10_000, 10_000, 100
COLLECT_WITHIN = timedelta(days=14)
"""How long a reserved reward waits to be collected. (Our own decision.)"""
REMIND_BEFORE = timedelta(days=2)

OWNER, STAFF, CLOCK = "owner", "staff", "clock"
REDEMPTION_STATES = ("reserved", "collected", "cancelled", "expired")
REDEMPTION_MOVES: tuple[Move[None], ...] = (
    Move("collect", "reserved", "collected", by=frozenset({STAFF}), allows=()),
    Move("cancel", "reserved", "cancelled", by=frozenset({OWNER}), allows=()),
    Move("expire", "reserved", "expired", by=frozenset({CLOCK}), allows=()),
)
GIVES_BACK = frozenset({"cancelled", "expired"})
"""In these the points and the piece are given back."""

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without what is mistaken for something else when it is read aloud: 0 1 I O."""
CODE_LENGTH = 10
"""32^10: whoever may post codes at all, twenty a minute, guesses none."""
QR_PREFIX = "linli:redemption:"


def plain_code(text: str) -> str:
    """Return the code of what was scanned or typed."""
    code = text.strip().removeprefix(QR_PREFIX)
    return "".join(c for c in code.upper() if c not in " -")
