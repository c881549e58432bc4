"""Today: what needs whoever sits at the desk, and the page where it is done."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import current_app, request, url_for

from app.committees import keeping, lasting, waiting
from app.console import desk, kept, posted, shell, telling
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
NEWS_FOR = timedelta(days=7)
"""So long a report is new."""
CASES = frozenset({"late", "orders", "reported", "due", "put_off", "verdicts"})
REVIEWS = frozenset({"rectifications", "answered"})
URGENT = frozenset({"late", "orders"})


class TodayForm(Form):
    """`turn`: how many times the page has asked by itself."""

    turn = posted.number(least=0, most=MOST_TURNS, load_default=0)


TURN = re.compile(rb"(?:turn=(\d{1,2}))?")
NEXT_TURN, AS_OF = "turn", "as_of"
"""What a kept page is filled with: it is the same at each turn, and as of when it is given."""


def _asked(query: bytes) -> bytes | None:
    """Return what of the query is shown: nothing, but that the last turn says that it is over."""
    found = TURN.fullmatch(query)
    return b"" if found and int(found[1] or 0) < MOST_TURNS else None


def _next_turn() -> str:
    return str(int(request.args.get("turn") or 0) + 1)


def _as_of() -> str:
    return shell.show_moment(clock.now())


@blueprint.get("/today")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@kept.live(
    Permission.HAZARD_DISPATCH,
    *(keeping.CASES, keeping.CHECKS, keeping.HOMES, keeping.ROUNDS, keeping.BANK),
    *(keeping.REVIEWS, keeping.REPORTS, keeping.NAMES, keeping.PLACES),
    asked=_asked,
    filled={NEXT_TURN: _next_turn, AS_OF: _as_of},
)
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
        next_turn=kept.hole(NEXT_TURN),
        goes_on=form["turn"] < MOST_TURNS,
        as_of=kept.hole(AS_OF),
    )


def _reports(place_code: str) -> dict[str, Any]:
    """Return the latest report, if it was made in the last days."""
    made = [
        report
        for report in reports.list_reports(desk.actor(), place_code, limit=1)["items"]
        if report["made_at"] and clock.now() < report["made_at"] + NEWS_FOR
    ]
    lasting.no_longer_than(report["made_at"] + NEWS_FOR for report in made)
    items = [
        {"id": one["id"], "words": telling.period(one["period"]), "more": "", "at": one["made_at"]}
        for one in made
    ]
    return {"count": len(items), "items": items}


def _items(name: str, place_code: str, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if name in REVIEWS:
        return [item | {"more": shell.show_day(date.fromisoformat(item["more"]))} for item in items]
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
