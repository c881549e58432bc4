"""Which grids and hours were walked in the last weeks, which never; who came and who did not."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.committees import patrolling
from app.console import desk, kept, posted, shell
from app.core import clock
from app.core.access import Permission
from app.core.forms import Form

blueprint = desk.console_blueprint("plan_coverage", "/<place_code>/plan/coverage")
BLUEPRINTS = (blueprint,)

WEEKS = (1, 2, 4, 8, 12)
USUAL_WEEKS = 4
BANDS = tuple(range(0, 24, 3))
"""Hours at which the columns of the table begin."""
SHADES = 4


class CoverageForm(Form):
    """Of how many weeks, the current day the last."""

    weeks = posted.number(least=1, most=WEEKS[-1], load_default=USUAL_WEEKS)


@blueprint.get("")
@desk.at_desk(Permission.OVERVIEW_READ)
@kept.kept(patrolling.show_patrolling)
@desk.reads(CoverageForm)
def coverage(form: dict[str, Any], place_code: str) -> str:
    """Show where and when rounds were walked, on a map and as a table."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.OVERVIEW_READ)
    last = clock.shanghai_day(clock.now())
    first = last - timedelta(weeks=form["weeks"]) + timedelta(days=1)
    found = patrolling.show_patrolling(actor, place_code, first=first, last=last)
    most = max((grid["walked_minutes"] for grid in found["coverage"]), default=0)
    grids = [_grid(grid) for grid in found["coverage"]]
    busiest = max((minutes for grid in grids for minutes in grid["bands"]), default=0)
    for grid in grids:
        grid["shades"] = [_shade(minutes, busiest) for minutes in grid["bands"]]
    teams = found["hours_by_team"]
    return shell.render(
        "console/plan_coverage.html",
        found=found,
        grids=grids,
        bands=BANDS,
        weeks=form["weeks"],
        choices=WEEKS,
        drawing={"outlines": [_outline(grid, most) for grid in found["coverage"]], "points": []},
        drawn=any(grid["outline"] for grid in found["coverage"]),
        teams=teams,
        team_rows=[(team["name"], team["hours"], team["people"]) for team in teams],
        by_team={
            "xAxis": {"type": "value"},
            "yAxis": {"type": "category", "inverse": True, "data": [t["name"] for t in teams]},
            "series": [{"type": "bar", "data": [t["hours"] for t in teams], "barMaxWidth": 28}],
        },
    )


def _grid(grid: Mapping[str, Any]) -> dict[str, Any]:
    width = BANDS[1]
    return {
        **{name: grid[name] for name in ("name", "walked_minutes", "rounds", "last_walked_at")},
        "bands": [sum(grid["by_hour"][hour : hour + width]) for hour in BANDS],
    }


def _shade(minutes: int, most: int) -> int:
    """Return how dark a cell is: 0 where nobody walked, up to SHADES."""
    return -(-minutes * SHADES // most) if most else 0


def _outline(grid: Mapping[str, Any], most: int) -> dict[str, Any]:
    minutes = grid["walked_minutes"]
    walked = shell.say("plan.coverage.walked", minutes=minutes, rounds=grid["rounds"])
    return {
        "name": grid["name"],
        "outline": grid["outline"],
        "shade": minutes / most if most else 0,
        "value": str(walked if minutes else shell.say("plan.coverage.never")),
    }
