"""Today: what needs whoever sits at the desk, and the page where it is done."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, url_for

from app.committees import waiting
from app.console import desk, posted, shell
from app.core import clock
from app.core.access import Permission
from app.core.forms import Form
from app.reports import service as reports

blueprint = desk.console_blueprint("today", "/<place_code>")
BLUEPRINTS = (blueprint,)

MOST_TURNS = 60
"""So many minutes a page goes on asking by itself: a desk that is left is over some day."""
PAGES: Mapping[str, tuple[str, dict[str, Any]]] = {
    "late": ("console_board.show", {"late": "true"}),
    "orders": ("console_board.show", {"late": "true"}),
    "reported": ("console_board.show", {"_anchor": "column-reported"}),
    "due": ("console_board.show", {}),
    "put_off": ("console_board.show", {"_anchor": "column-suspended"}),
    "verdicts": ("console_board.show", {}),
    "homes": ("console_people.people", {}),
    "appeals": ("console_volunteers.show_appeals", {}),
    "shifts": ("console_plan.week", {}),
    "questions": ("console_quizzes.bank", {}),
    "rectifications": ("console_rectifications.show", {}),
    "answered": ("console_rectifications.show", {}),
    "reports": ("console_report.show", {}),
}
"""Where each kind is done, the most urgent kind first."""
CASES = frozenset({"late", "orders", "reported", "due", "put_off", "verdicts"})
URGENT = frozenset({"late", "orders"})


class TodayForm(Form):
    """`turn`: how many times the page has asked by itself."""

    turn = posted.number(least=0, most=MOST_TURNS, load_default=0)


@blueprint.get("/today")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@desk.reads(TodayForm)
def today(form: dict[str, Any], place_code: str) -> str:
    """Show what needs me today; the page asks again by itself each minute."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.HAZARD_DISPATCH)
    found = waiting.show_waiting(actor, place_code)
    if actor.reaches(Permission.OVERVIEW_READ, place_code):
        found["reports"] = _reports(place_code)
    return shell.render(
        "console/today_waiting.html" if desk.partly() else "console/today.html",
        kinds=[
            {"name": name, "url": _page(name, place_code), "urgent": name in URGENT}
            | {**found[name], "items": _items(name, place_code, found[name]["items"])}
            for name in PAGES
            if name in found and found[name]["count"]
        ],
        turn=form["turn"],
        goes_on=form["turn"] < MOST_TURNS,
        at=clock.now(),
    )


def _reports(place_code: str) -> dict[str, Any]:
    """Return the latest report, if it was made in the last days."""
    made = [
        report
        for report in reports.list_reports(desk.actor(), place_code, limit=1)["items"]
        if report["made_at"] and (clock.now() - report["made_at"]).days < waiting.SHIFTS_WITHIN.days
    ]
    items = [
        {"id": one["id"], "words": one["period"], "more": "", "at": one["made_at"]} for one in made
    ]
    return {"count": len(items), "items": items}


def _items(name: str, place_code: str, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if name not in CASES:
        return items
    return [
        item
        | {"url": url_for("console_board_cases.show", place_code=place_code, case_id=item["id"])}
        for item in items
    ]


def _page(name: str, place_code: str) -> str:
    endpoint, values = PAGES[name]
    if endpoint not in current_app.view_functions:
        return ""
    return url_for(endpoint, place_code=place_code, **values)
