"""Today: what needs whoever sits at the desk."""

from typing import Any

from werkzeug.wrappers import Response as AnyResponse

from app.console import desk, shell
from app.core.access import Permission

blueprint = desk.console_blueprint("today", "/<place_code>")
BLUEPRINTS = (blueprint,)


@blueprint.get("/today")
@desk.at_desk(Permission.HAZARD_DISPATCH)
def today(place_code: str) -> AnyResponse | str | Any:
    """Show what needs me today."""
    desk.place_of(desk.actor(), place_code, Permission.HAZARD_DISPATCH)
    return shell.render("console/today.html")
