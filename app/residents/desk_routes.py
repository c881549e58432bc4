"""What a phone asks and says about computers that want to be let in."""

from typing import Any

from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited
from app.residents import desks
from app.residents.desk_schemas import DeskDecisionForm, DeskList, DeskView

blueprint = Blueprint("desks", __name__, description="Computers that a phone lets in")
BLUEPRINTS = (blueprint,)


@blueprint.get("/desk-sign-ins/<code>")
@requires(Permission.DESK_USE)
@limited("20 per minute")
@blueprint.response(200, DeskView)
@blueprint.refuses(404)
def show_desk(code: str) -> Any:
    """Show which computer asks to be let in, and since when."""
    return desks.show_desk(current_actor(), code)


@blueprint.post("/desk-sign-ins/<code>/decisions")
@requires(Permission.DESK_USE)
@limited("20 per minute")
@blueprint.arguments(DeskDecisionForm)
@blueprint.response(200, DeskView)
@blueprint.refuses(404, 409)
def decide_desk(form: dict[str, Any], code: str) -> Any:
    """Let a computer act in one's own name for a working day, or refuse it."""
    return desks.decide(current_actor(), code, **form)


@blueprint.get("/me/desks")
@requires(Permission.DESK_USE)
@blueprint.response(200, DeskList)
def list_desks() -> Any:
    """List the computers that act in one's name now."""
    return desks.list_desks(current_actor())


@blueprint.delete("/me/desks/<id:desk_id>")
@requires(Permission.DESK_USE)
@blueprint.response(204)
def end_desk(desk_id: int) -> None:
    """End what a computer may do in one's name."""
    desks.end_desk(current_actor(), desk_id)
