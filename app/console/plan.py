"""The patrol plan: a week of shifts as a grid, and the copy of one."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from app.committees import keeping, lasting
from app.console import desk, kept, shell
from app.core import clock
from app.core.access import Permission
from app.core.forms import Form, choice, day
from app.core.http import limited
from app.patrols import views
from app.rosters import board, copies, recurrence

blueprint = desk.console_blueprint("plan", "/<place_code>/plan")
BLUEPRINTS = (blueprint,)

MOST_SHOWN = 200
"""Shifts of one page; a street with more plans its communities one by one."""
BANDS = (("night", 0, 6), ("morning", 6, 12), ("afternoon", 12, 18), ("evening", 18, 24))
"""Parts of a day by the hour at which a shift begins; the small hours come first in a day."""
DONE = ("made", "changed", "cancelled", "removed", "dropped", "accepted", "stopped", "saved")


SHOWN = (keeping.ROUNDS, keeping.PLAN, keeping.SERVING, keeping.NAMES, keeping.PLACES)


class WeekForm(Form):
    """Which week, by any of its days, and what was just done."""

    week = day()
    done = choice(DONE)


class CopyForm(Form):
    """Which week to copy to which."""

    from_week = day(required=True)
    to_week = day(required=True)


@blueprint.get("")
@desk.at_desk(Permission.SHIFT_PLAN)
@kept.live(Permission.SHIFT_PLAN, *SHOWN)
@desk.reads(WeekForm)
def week(form: dict[str, Any], place_code: str) -> str:
    """Show a week of shifts by day and time of day."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    now = clock.now()
    today = clock.shanghai_day(now)
    monday = recurrence.monday_of(form.get("week", today))
    days = list(recurrence.week_days(monday))
    begin, end = clock.day_range(days[0], days[-1])
    found = views.list_shifts(actor, limit=MOST_SHOWN, begin=begin, end=end, place=place_code)
    shown = [
        seen(item, now)
        for item in found["items"]
        if item["starts_at"] >= begin and item["place_code"].startswith(place_code)
    ]
    lasting.no_longer_than(
        moment for item in shown for moment in (item["starts_at"], item["ends_at"]) if moment > now
    )
    return shell.render(
        "console/plan_week.html",
        monday=monday,
        sunday=days[-1],
        week_before=monday - timedelta(days=7),
        week_after=monday + timedelta(days=7),
        this_week=recurrence.monday_of(today),
        days=[
            {
                "day": one,
                "today": one == today,
                "past": one < today,
                "bands": _by_band(item for item in shown if item["day"] == one),
            }
            for one in days
        ],
        shifts=len(shown),
        needing=[item for item in shown if item["standing"] == "needs"],
        seats=sum(item["capacity"] for item in shown),
        taken=sum(item["taken"] for item in shown),
        more=found["next_cursor"] is not None,
        done=form.get("done"),
    )


def seen(item: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return a shift as the plan shows it: its Shanghai day, and how it stands in one word."""
    return {
        **item,
        "day": clock.shanghai_day(item["starts_at"]),
        "standing": standing(item, now),
        "missing": max(0, item["minimum"] - item["taken"]),
        "free": max(0, item["capacity"] - item["taken"]),
    }


def standing(item: Mapping[str, Any], now: datetime) -> str:
    """Return how a shift stands: cancelled, over, going, needs (people), full, or room."""
    if item["state"] == "cancelled":
        return "cancelled"
    if item["ends_at"] <= now:
        return "over"
    if item["starts_at"] <= now:
        return "going"
    if item["taken"] < item["minimum"]:
        return "needs"
    return "full" if item["taken"] >= item["capacity"] else "room"


def _by_band(items: Any) -> list[dict[str, Any]]:
    bands: dict[str, list[Any]] = {name: [] for name, _, _ in BANDS}
    for item in items:
        hour = item["starts_at"].astimezone(clock.SHANGHAI).hour
        name = next(name for name, first, last in BANDS if first <= hour < last)
        bands[name].append(item)
    return [{"name": name, "shifts": bands[name]} for name, _, _ in BANDS]


@blueprint.post("/weeks")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("30 per minute")
@desk.reads(CopyForm, location="form")
def copy_week(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """Copy the shifts of a week to another one, as empty ones."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    done = copies.duplicate_week(actor, place_code=place_code, **form)
    target = week_url(place_code, form["to_week"])
    if not desk.partly():
        return desk.go(target)
    return shell.render("console/plan_copied.html", copied=done, target=target)


@blueprint.get("/needing")
@desk.at_desk(Permission.SHIFT_PLAN)
@kept.live(Permission.SHIFT_PLAN, *SHOWN)
def needing(place_code: str) -> str:
    """Show the shifts ahead with too few people, the soonest first."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    found = board.list_needing(actor, place=place_code, limit=MOST_SHOWN)
    lasting.no_longer_than(item["starts_at"] for item in found["items"])
    return shell.render(
        "console/plan_needing.html",
        shifts=found["items"],
        missing=sum(item["missing"] for item in found["items"]),
        more=found["next_cursor"] is not None,
    )


def week_url(place_code: str, shown: date, **query: Any) -> str:
    """Return the address of the week of a day."""
    return url_for("console_plan.week", place_code=place_code, week=shown.isoformat(), **query)
