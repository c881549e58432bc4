"""Which days a page is about: how they are chosen, moved on, and called."""

from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from flask import url_for
from markupsafe import Markup, escape

from app.committees import around
from app.console import shell
from app.core import clock
from app.core.access import language
from app.core.errors import InvalidInput
from app.core.forms import day
from app.core.pages import PageForm
from app.rollups import rules

FREE = "free"
"""A range that is no calendar period."""


class RangeForm(PageForm):
    """The range of Shanghai days, both included; which page of the rows, where there are any."""

    first = day(data_key="from")
    last = day(data_key="to")


class Days(NamedTuple):
    """A range that is meant: `kind` is the calendar period that it is, or is so far."""

    first: date
    last: date
    kind: str
    whole: bool

    @property
    def query(self) -> dict[str, Any]:
        """Return the range as it stands in an address."""
        return {"from": self.first.isoformat(), "to": self.end.isoformat()}

    @property
    def end(self) -> date:
        """Return until when to ask: its own last day where the days so far could be another period.

        In October the quarter so far is the month so far; in an address, 31 December tells them
        apart. Days that have not come are left out by whoever answers.
        """
        if self.kind == FREE or self.whole or _read(self.first, self.last).kind == self.kind:
            return self.last
        return rules.end_of(self.first, self.kind)

    @property
    def current(self) -> bool:
        """Whether the range goes on until today."""
        return self.last == _today()


def meant(first: date | None, last: date | None) -> Days:
    """Return the range that is asked for, the current month without one.

    No link leads on to days that have not come. Errors: InvalidInput (also: none of it has).
    """
    asked = around.kind_asked(first, last)
    first, last = around.days_asked(first, last)
    if first > _today():
        raise InvalidInput.of("from", "not_begun")
    return _read(first, last) if asked is None else _so_far(first, asked)


def _so_far(first: date, kind: str) -> Days:
    """Return a calendar period as far as it has come."""
    end = rules.end_of(first, kind)
    return Days(first, min(end, _today()), kind, whole=end <= _today())


def _read(first: date, last: date) -> Days:
    """Return which calendar period a range is by its days alone: the shortest that it can be."""
    kind = rules.exact_period(first, last)
    if kind is not None:
        return Days(first, last, kind, whole=True)
    start, end = around.whole(first, last)
    kind = rules.exact_period(start, end)
    return Days(first, last, kind or FREE, whole=False)


def chooser(days: Days, endpoint: str, **given: Any) -> dict[str, Any]:
    """Return what the chooser of a page draws: periods, the one before and after, the rest.

    `given`: what else the page's address holds.
    """
    kept = {name: value for name, value in given.items() if value is not None}

    def url(first: date, last: date) -> str:
        """Return the address of the same page for other days."""
        until = min(last, _today())
        days = {"from": first.isoformat(), "to": until.isoformat()}
        return url_for(endpoint, **kept | days)

    def of(kind: str, in_it: date) -> str:
        """Return the address for the period of a kind that a day lies in."""
        days = _so_far(rules.start_of(in_it, kind), kind)
        return url_for(endpoint, **kept | days.query)

    address = urlsplit(url_for(endpoint, **kept))
    return {
        "said": said(days),
        "kinds": [
            {"kind": kind, "url": of(kind, days.last), "here": kind == days.kind}
            for kind in rules.PERIODS
        ],
        **_beside(days, url, of),
        "action": address.path,
        "hidden": dict(parse_qsl(address.query)),
        "first": days.first,
        "last": days.last,
        "today": _today(),
    }


def _beside(days: Days, url: Any, of: Any) -> dict[str, str | None]:
    """Return the addresses of the range before, and of the one after if it has begun."""
    if days.kind == FREE:
        length = days.last - days.first + timedelta(days=1)
        former, later = days.first - length, days.first + length
        return {
            "back": url(former, days.first - around.ONE_DAY),
            "on": url(later, days.last + length) if later <= _today() else None,
        }
    later = rules.end_of(days.first, days.kind) + around.ONE_DAY
    return {
        "back": of(days.kind, rules.before(days.first, days.kind)),
        "on": of(days.kind, later) if later <= _today() else None,
    }


def said(days: Days) -> Markup:
    """Return what a range is called: 本月, 2026年9月, 11月3日至11月9日."""
    if days.kind != FREE and days.current:
        return shell.say(f"ranges.now.{days.kind}")
    return period_said(days.first, days.last, days.kind)


def period_said(first: date, last: date, kind: str) -> Markup:
    """Return what a calendar period, or any other range, is called."""
    if kind == rules.DAY:
        return escape(shell.show_day(first))
    return shell.say(
        f"ranges.named.{kind}",
        first=shell.show_day(first),
        last=shell.show_day(last),
        year=first.year,
        month=_month(first),
        quarter=(first.month + 2) // 3,
    )


def mark(first: date, kind: str) -> str:
    """Return what stands below a period in a chart."""
    if kind == rules.YEAR:
        return str(first.year)
    if kind == rules.QUARTER:
        return f"{first.year} Q{(first.month + 2) // 3}"
    if kind == rules.MONTH:
        return f"{first.year}-{first.month:02}"
    return f"{first.month}/{first.day}" if language() != "en" else f"{first.day}/{first.month}"


def than(days: Days) -> Markup:
    """Return with what a range is compared: 比上月, 比上月同期."""
    if days.kind == FREE or (days.kind == rules.WEEK and not days.whole):
        return shell.say("ranges.than.free")
    return shell.say(
        f"ranges.than.{days.kind}" if days.whole else f"ranges.than_so_far.{days.kind}"
    )


def _month(day_in_it: date) -> str:
    return f"{day_in_it:%B}" if language() == "en" else str(day_in_it.month)


def _today() -> date:
    return clock.shanghai_day(clock.now())
