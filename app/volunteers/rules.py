"""Who may serve, what they may say of themselves, how a team is joined, when a paper is good.

Sources: 志愿服务条例 (risks told, age fits the task, no compulsion, no disclosure without
consent), 个人信息保护法 (separate consent for tracks and for anyone under 14).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.core.states import Move

LEAST_AGE = 14
"""Years. Below, the law asks for a protection that a patrol cannot give. (Our own decision.)"""
OF_AGE = 18
"""Years. Below, a guardian has to agree."""
OLDEST = 110
RISK_VERSION = "2026-11"
"""The version of the notice about risks that is shown now; a new text is a new version."""
LOCATION_VERSION = "2026-11"
"""The same of the notice about one's location during a round."""

SKILLS = (
    "first_aid",
    "fire_warden",
    "electrician",
    "plumber",
    "elevator",
    "driver",
    "drone",
    "sign_language",
    "dialect",
    "it",
    "care",
    "other",
)
EARNED = (
    "fire_safety",
    "ebike_safety",
    "gas_safety",
    "elevator_safety",
    "flood_safety",
    "fraud_prevention",
    "first_aid_basics",
    "patrol_basics",
)
"""Skills that nobody says of themselves: given for something passed, see `qualifications`."""
ALL_SKILLS = (*SKILLS, *EARNED)
"""What a shift may ask for."""
LANGUAGES = ("zh", "en", "sc", "yue", "wu", "min", "hakka", "ug", "bo", "sign", "other")
"""Chinese, English, 四川话, 粤语, 吴语, 闽语, 客家话, Uyghur, Tibetan, sign language."""
MOST_LIKES, MOST_TIMES, MOST_RECORDS = 12, 21, 30
MOST_PER_WEEK = 7
"""The highest wish of shifts a week that one may say."""
MINUTE = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")


class Consent(StrEnum):
    """What somebody agrees to, each by itself."""

    RISK = "risk"
    LOCATION = "location"
    GUARDIAN = "guardian"


def surely_aged(birth_year: int, today: date) -> int:
    """Return the age in years that somebody has reached for certain.

    Only the year of birth is known. Who was born on 31 December is a year younger than
    the difference of the years says until the year's last day, so that everybody is
    taken for that young: too old by a year would send a child of 13 on patrol, too
    young by a year asks a guardian once more.
    """
    return today.year - birth_year - 1


def is_too_young(birth_year: int, today: date) -> bool:
    """Whether somebody may not serve yet, or perhaps not yet."""
    return surely_aged(birth_year, today) < LEAST_AGE


def needs_guardian(birth_year: int, today: date) -> bool:
    """Whether a guardian has to agree, or perhaps has to."""
    return surely_aged(birth_year, today) < OF_AGE


def faulty_times(times: Iterable[dict[str, object]]) -> list[int]:
    """Return the positions of times that end before they begin, or at once.

    A night is two times, till 24:00 and from 00:00 of the next day.
    """
    return [place for place, time in enumerate(times) if str(time["to"]) <= str(time["from"])]


class TeamKind(StrEnum):
    """楼道队, 平安志愿队, an association's team, a company's team."""

    CORRIDOR = "corridor"
    PEACE = "peace"
    ASSOCIATION = "association"
    COMPANY = "company"


NOBODY, ASKED, INVITED, MEMBER, LEADER, LEFT = (
    "nobody",
    "asked",
    "invited",
    "member",
    "leader",
    "left",
)
STANDINGS = (NOBODY, ASKED, INVITED, MEMBER, LEADER, LEFT)
"""What somebody is to a team; in the tables a leader is a member with a mark."""
IN_TEAM = (MEMBER, LEADER)

ONESELF, HEAD, STAFF = "oneself", "head", "staff"
"""The relations to a membership: whose it is, a leader of the team, the team's committee."""
_SELF, _STAFF = frozenset({ONESELF}), frozenset({STAFF})
_HEADS = frozenset({HEAD, STAFF})


@dataclass(frozen=True, slots=True)
class Standing:
    """What a move of a membership depends on besides its state.

    `needed`: nobody else leads the team, and somebody would be left without a leader.
    """

    needed: bool = False


def _can_be_spared(standing: Standing) -> bool:
    return not standing.needed


MEMBERSHIP_MOVES: tuple[Move[Standing], ...] = (
    Move("ask", NOBODY, ASKED, by=_SELF, allows=()),
    Move("ask_again", LEFT, ASKED, by=_SELF, allows=()),
    Move("invite", NOBODY, INVITED, by=_HEADS, allows=()),
    Move("invite_again", LEFT, INVITED, by=_HEADS, allows=()),
    Move("accept", ASKED, MEMBER, by=_HEADS, allows=()),
    Move("refuse", ASKED, LEFT, by=_HEADS, allows=()),
    Move("withdraw", ASKED, LEFT, by=_SELF, allows=()),
    Move("agree", INVITED, MEMBER, by=_SELF, allows=()),
    Move("decline", INVITED, LEFT, by=_SELF, allows=()),
    Move("take_back", INVITED, LEFT, by=_HEADS, allows=()),
    Move("leave", MEMBER, LEFT, by=_SELF, allows=()),
    Move("remove", MEMBER, LEFT, by=_HEADS, allows=()),
    Move("make_leader", MEMBER, LEADER, by=_HEADS, allows=()),
    # A team whose only leader walks away has nobody to answer those who ask. The
    # committee, which has to find another one anyway, may do so.
    Move("step_down", LEADER, MEMBER, by=_SELF, allows=(), when=_can_be_spared),
    Move("resign", LEADER, LEFT, by=_SELF, allows=(), when=_can_be_spared),
    Move("unmake_leader", LEADER, MEMBER, by=_STAFF, allows=()),
    Move("remove_leader", LEADER, LEFT, by=_STAFF, allows=()),
)
"""How a team is joined and left. A leader removes no other leader."""

NOTICE_DAYS = 7
"""A certificate is shown inside the organisation for so long before it is good (7 days or more)."""
IN_NOTICE, VALID, REVOKED = "in_notice", "valid", "revoked"
CERTIFICATE_STATES = (IN_NOTICE, VALID, REVOKED)
NUMBER_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 letters and digits that nobody takes for another."""
NUMBER_LETTERS = 10
"""50 bits: at sixty guesses a minute, the first of a million papers after thirty years."""
NUMBER = re.compile(rf"LLC-[0-9]{{4}}-[{NUMBER_ALPHABET}]{{{NUMBER_LETTERS}}}")


def in_notice_until(issued_at: datetime) -> datetime:
    """Return the moment from which a certificate is good."""
    return issued_at + timedelta(days=NOTICE_DAYS)


def certificate_state(issued_at: datetime, revoked_at: datetime | None, now: datetime) -> str:
    """Return what a certificate is worth at a moment."""
    if revoked_at is not None:
        return REVOKED
    return IN_NOTICE if now < in_notice_until(issued_at) else VALID


def masked(name: str) -> str:
    """Return a name of which one recognises one's own: 周**, whatever its length."""
    return f"{name[:1]}**"


def covers(place_code: str, other: str) -> bool:
    """Whether a place is another one, or the other lies in it."""
    return other.startswith(place_code)
