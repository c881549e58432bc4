"""What a question is, how one becomes public, and the terms of the daily five. Plain Python."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from app.core.errors import FieldError
from app.core.states import Move

TOPICS = (
    "fire",
    "ebike",
    "gas",
    "elevator",
    "falling",
    "flood",
    "earthquake",
    "fraud",
    "first_aid",
    "children_elders",
    "community",
    "emergency",
)
"""`falling`: what falls from high buildings; `community`: neighbours, property, volunteering;
`emergency`: warnings, and what to have at home for them."""

TRUE_FALSE, SINGLE, MULTIPLE = "true_false", "single", "multiple"
ORDERING, PICTURE = "ordering", "picture"
KINDS = (TRUE_FALSE, SINGLE, MULTIPLE, ORDERING, PICTURE)
ONE_OF = frozenset({TRUE_FALSE, SINGLE})
"""Kinds of which exactly one option is right."""

LONGEST_STEM, LONGEST_OPTION, LONGEST_EXPLANATION = 300, 120, 500
LONGEST_HINT, LONGEST_NAME, LONGEST_ARTICLE, LONGEST_QUOTE = 120, 80, 60, 500
LONGEST_KEY = 40
EASIEST, HARDEST = 1, 3
OPTIONS_OF: Mapping[str, tuple[int, int]] = {
    TRUE_FALSE: (2, 2),
    SINGLE: (2, 8),
    MULTIPLE: (2, 8),
    ORDERING: (3, 6),
    PICTURE: (3, 12),
}
"""The fewest and the most options of a kind."""
MOST_OPTIONS = 12
FEWEST_WRONG: Mapping[str, int] = {MULTIPLE: 0, PICTURE: 2}
"""How many options are not right. Of several all may be: "which of these" has such answers."""


# How a version becomes public

AUTHOR, REVIEWER, IN_CHARGE = "author", "reviewer", "in_charge"
DRAFT, IN_REVIEW, PUBLISHED, RETIRED = "draft", "in_review", "published", "retired"
STATES = (DRAFT, IN_REVIEW, PUBLISHED, RETIRED)
EVERYWHERE = ""
"""The place of questions that every community is asked: all codes begin with it."""

_AUTHOR, _REVIEWER = frozenset({AUTHOR}), frozenset({REVIEWER})
_ANY = frozenset({AUTHOR, REVIEWER, IN_CHARGE})

MOVES: tuple[Move[None], ...] = (
    Move("submit", DRAFT, IN_REVIEW, by=_AUTHOR),
    Move("withdraw", IN_REVIEW, DRAFT, by=_AUTHOR),
    Move("return", IN_REVIEW, DRAFT, by=_REVIEWER, needs=("note",), allows=()),
    Move("publish", IN_REVIEW, PUBLISHED, by=_REVIEWER),
    Move("drop", DRAFT, RETIRED, by=_AUTHOR),
    Move("retire", PUBLISHED, RETIRED, by=_ANY, needs=("note",), allows=()),
)
"""A version's words never change; what changes is a new version. `reviewer`: whoever may review
there and did not write it, so that two people have looked before anybody is asked. `in_charge`: a
district, of questions that are nobody's place's: it may stop one that is wrong, and write none."""

SUPERSEDE: Move[None] = Move("supersede", PUBLISHED, RETIRED, by=frozenset())
"""The version before goes when the next one is published."""
IMPORT: Move[None] = Move("import", "", PUBLISHED, by=frozenset())
"""How a version of a bank's file begins: it was looked at where the file is kept."""
WRITE: Move[None] = Move("write", "", DRAFT, by=_AUTHOR)
"""How a version that somebody wrote begins."""


# Right and wrong


def is_right(kind: str, right: Sequence[int], chosen: Sequence[int]) -> bool:
    """Whether the chosen options, by their numbers, are the right ones.

    Of several all and no other; of an order the whole order.
    """
    if kind == ORDERING:
        return list(chosen) == list(right)
    return set(chosen) == set(right)


def choice_fault(kind: str, options: int, chosen: Sequence[int]) -> FieldError | None:
    """Return what makes a choice no answer at all; nothing if it is one."""
    if len(set(chosen)) != len(chosen):
        return FieldError("option_ids", "chosen_twice")
    if kind in ONE_OF and len(chosen) != 1:
        return FieldError("option_ids", "choose_one")
    if kind == ORDERING and len(chosen) != options:
        return FieldError("option_ids", "choose_all")
    return None


# The daily five

DAILY, CAMPAIGN = "daily", "campaign"
OCCASIONS = (DAILY, CAMPAIGN)
"""What attempts are for. What follows from a campaign's is said by its own feature."""
A_DAY_HAS = 5
TIME_TO_ANSWER = timedelta(minutes=2)
"""For all five. (The issue's own; there is no time in practice.)"""
NO_REPEAT_DAYS = 14
"""For so long a community is not asked the same again, while the bank has enough.
(Our own decision: two weeks of five are seventy questions.)"""
MOST_OF_A_TOPIC = 2
CLOSED_AFTER = timedelta(minutes=5)
"""After its deadline an attempt that nobody finishes is finished by the clock."""


def choose_daily(
    candidates: Sequence[tuple[int, str]], last_asked: Mapping[int, int], order: Mapping[int, Any]
) -> list[int]:
    """Return the questions of a day, by id, in the order in which they are asked.

    `candidates`: (id, topic) of each; `last_asked`: how many days ago it was asked, where that is
    within `NO_REPEAT_DAYS`; `order`: the day's lot of each. Those not asked lately come first, then
    those asked longest ago; of a topic no more than `MOST_OF_A_TOPIC`, while others can be had.
    """

    def rank(pair: tuple[int, str]) -> tuple[int, Any]:
        ago = last_asked.get(pair[0])
        return (0 if ago is None else NO_REPEAT_DAYS + 1 - ago, order[pair[0]])

    ranked = sorted(candidates, key=rank)
    chosen: list[int] = []
    of_topic: dict[str, int] = {}
    for found, topic in ranked:
        fresh = found not in last_asked
        if len(chosen) < A_DAY_HAS and fresh and of_topic.get(topic, 0) < MOST_OF_A_TOPIC:
            chosen.append(found)
            of_topic[topic] = of_topic.get(topic, 0) + 1
    rest = [found for found, _ in ranked if found not in chosen]
    return (chosen + rest)[:A_DAY_HAS]


def in_time(deadline: Any, now: Any) -> bool:
    """Whether an answer counts; at the deadline's own second it does."""
    return bool(now <= deadline)
