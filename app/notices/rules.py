"""What people are told: the table of kinds, the messages, the quiet hours. Plain Python.

Every notice stands in the inbox, exactly once: its key is unique for each person.
A WeChat message is sent besides where the kind has a template, and at most once:
each spends one of the few messages that the person has allowed, and a phone that
rings twice for one thing is soon silenced. What may have been sent stays
"unknown" and is not sent again; the inbox has it in any case. What is told to
WeChat and costs nobody anything (a photo to check, an announcement to hand out)
is done at least once instead; see the features' deliveries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from app.core.clock import SHANGHAI

Param = str | int | Mapping[str, str]
"""A word, a number, `{"zh-Hans": …, "en": …}`, or a moment: `{"at": "2026-11-21T07:30:00Z"}`."""


class Audience(StrEnum):
    """Who can receive a kind at all."""

    RESIDENT = "resident"
    STAFF = "staff"
    COMMITTEE = "committee"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice: who receives it, and by which WeChat message, if by any.

    `at_night`: whether the message may come in the quiet hours.
    """

    name: str
    audience: Audience
    template: str | None = None
    at_night: bool = False


_R, _S, _C = Audience.RESIDENT, Audience.STAFF, Audience.COMMITTEE
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("case_accepted", _R, "case_accepted"),
        Kind("case_declined", _R, "case_handled"),
        Kind("case_handled", _R, "case_handled"),
        Kind("case_confirm_reminder", _R, "case_handled"),
        Kind("case_closed", _R),
        Kind("case_suspended", _R, "case_late"),
        Kind("case_late", _R, "case_late"),
        Kind("text_withheld", _R),
        Kind("photo_withheld", _R),
        Kind("role_given", _R),
        Kind("role_taken", _R),
        Kind("announcement", _R, "announcement"),
        Kind("emergency", _R, "announcement", at_night=True),
        Kind("team_asked", _R),
        Kind("team_invited", _R),
        Kind("team_answered", _R),
        Kind("certificate_revoked", _R),
        Kind("hours_credited", _R),
        Kind("hours_corrected", _R),
        Kind("star_reached", _R),
        Kind("challenge_over", _R),
        Kind("paper_entered", _R),
        Kind("paper_corrected", _R),
        Kind("campaign_announced", _R, "announcement"),
        Kind("campaign_ending", _R, "announcement"),
        Kind("campaign_cancelled", _R, "announcement"),
        Kind("pass_revoked", _R),
        Kind("quiz_today", _R, "quiz"),
        Kind("redemption_ending", _R),
        Kind("redemption_expired", _R),
        Kind("shift_tomorrow", _R, "shift"),
        Kind("shift_soon", _R, "shift"),
        Kind("shift_offer", _R, "shift"),
        Kind("shift_offer_ending", _R, "shift"),
        Kind("shift_offer_over", _R),
        Kind("shift_cancelled", _R, "shift"),
        Kind("shift_changed", _R, "shift"),
        Kind("shift_removed", _R, "shift"),
        Kind("shift_stand_in_found", _R, "shift"),
        Kind("swap_asked", _R, "shift"),
        Kind("swap_answered", _R, "shift"),
        Kind("call_out", _R, "shift"),
        Kind("roster_published", _R, "shift"),
        Kind("shift_seeking", _R, "shift_lead"),
        Kind("shift_understaffed", _R, "shift_lead"),
        Kind("sos", _R, "shift_lead", at_night=True),
        Kind("round_flagged", _R),
        Kind("no_show", _R, "shift"),
        Kind("appeal_asked", _R),
        Kind("appeal_granted", _R, "shift"),
        Kind("appeal_refused", _R, "shift"),
        Kind("task_new", _S, "task_new"),
        Kind("task_assigned", _S, "task_new"),
        Kind("task_at_80", _S, "task_due"),
        Kind("task_overdue", _S, "task_due"),
        Kind("task_returned", _S, "task_back"),
        Kind("task_not_solved", _S, "task_back"),
        Kind("order_to_answer", _S, "task_due"),
        Kind("supervisor_notice", _C, "supervision"),
        Kind("order_raised", _C, "supervision"),
        Kind("order_answered", _C),
        Kind("suspension_asked", _C, "supervision"),
        Kind("rectification_raised", _C),
        Kind("rectification_due", _C),
        Kind("rectification_overdue", _C),
        Kind("rectification_answered", _C),
        Kind("rectification_sent_back", _C),
        Kind("rectification_accepted", _C),
        Kind("rectification_withdrawn", _C),
        Kind("report_ready", _C),
        Kind("report_failed", _C),
        Kind("team_leaderless", _C),
        Kind("certificate_doubted", _C),
    )
}

_CASE = {"character_string1": "number", "thing2": "category"}
_SHIFT = {"thing1": "title", "time2": "by", "thing3": "place", "thing4": "note"}
FIELDS: dict[str, dict[str, str]] = {
    "case_accepted": {**_CASE, "time3": "by", "thing4": "place"},
    "case_handled": {**_CASE, "thing3": "note", "time4": "at"},
    "case_late": {**_CASE, "time3": "by", "thing4": "note"},
    "announcement": {"thing1": "title", "thing2": "body", "thing3": "place", "time4": "at"},
    "shift": _SHIFT,
    "shift_lead": _SHIFT,
    "quiz": {"thing1": "title", "time2": "by", "thing3": "note"},
    "task_new": {**_CASE, "thing3": "place", "time4": "by"},
    "task_due": {**_CASE, "time3": "by", "phrase4": "phrase"},
    "task_back": {**_CASE, "thing3": "note", "time4": "at"},
    "supervision": {**_CASE, "thing3": "place", "phrase4": "phrase", "time5": "by"},
}
"""Each WeChat template's fields, and what fills them: a parameter of the notice; `at`, when it was
written; `phrase`, a word of the catalogue; `note`, or the kind's hint where nobody wrote one."""

TEMPLATES = tuple(FIELDS)
"""In the order in which people are shown them."""

ANSWERS = ("accept", "reject", "ban", "filter")
"""What `wx.requestSubscribeMessage` says for each template."""
MOST_ASKED_AT_ONCE = 3
"""Source: WeChat, wx.requestSubscribeMessage."""

QUIET_FROM, QUIET_TO = time(21, 30), time(7, 30)
"""In Shanghai. No phone rings, but for an emergency."""

PAGES = {
    "team": "pkg-volunteers/team/index?id={id}",
    "certificate": "pkg-volunteers/certificates/index",
    "hazard": "pkg-hazards/detail/index?id={id}",
    "announcement": "pkg-residents/announcement/index?id={id}",
    "shift": "pkg-patrols/shift/index?id={id}",
    "round": "pkg-rounds/round/index?id={id}",
    "round_lead": "pkg-rounds/lead/index?id={id}",
    "sos": "pkg-rounds/lead/index?id={id}",
    "hours": "pkg-volunteers/hours/index",
    "campaign": "pkg-campaigns/campaign/index?id={id}",
    "challenge": "pkg-campaigns/challenge/index?id={id}",
    "quiz": "pkg-quizzes/daily/index",
    "redemption": "pkg-points/redemption/index?id={id}",
    "rectification": "pkg-committees/rectification/index?id={id}",
    "report": "pkg-reports/report/index?id={id}",
}
"""Where a message leads, in the mini-program, by what it is about."""
INBOX_PAGE = "pages/notices/index"

LONGEST_TITLE, LONGEST_BODY = 20, 500
"""An announcement's title is a `thing` of WeChat's: 20 characters."""
READ_KEPT = timedelta(days=180)
"""How long notices are kept once they are read. (Our own decision.)"""
MOST_UNREAD_SHOWN = 100
"""An inbox with more shows "99+"."""


def is_quiet(moment: datetime) -> bool:
    """Whether a moment lies in the quiet hours."""
    wall = moment.astimezone(SHANGHAI).time()
    return wall >= QUIET_FROM or wall < QUIET_TO


def allowed_from(moment: datetime, *, at_night: bool) -> datetime:
    """Return the first moment, from `moment` on, at which a phone may ring."""
    if at_night or not is_quiet(moment):
        return moment
    wall = moment.astimezone(SHANGHAI)
    day = wall.date() + timedelta(days=1) if wall.time() >= QUIET_FROM else wall.date()
    return datetime.combine(day, QUIET_TO, SHANGHAI).astimezone(moment.tzinfo)


def page(about_kind: str | None, about_id: int | None) -> str:
    """Return the mini-program's page that a message leads to."""
    return PAGES.get(about_kind or "", INBOX_PAGE).format(id=about_id)


def receives(kind: Kind, *, staff: bool, committee: bool) -> bool:
    """Whether somebody with these roles can receive a kind at all."""
    return {_R: True, _S: staff or committee, _C: committee}[kind.audience]
