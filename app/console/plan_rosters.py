"""A proposed week: ask the solver, watch it, see who goes where, change, accept or drop."""

from datetime import timedelta
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from app.committees import keeping
from app.console import desk, kept, posted, shell
from app.core import clock, texts
from app.core.access import Actor, Permission
from app.core.errors import NotFound
from app.core.forms import Form, choice, day
from app.core.http import limited
from app.core.pages import PageForm
from app.rosters import proposals, recurrence, rules

blueprint = desk.console_blueprint("plan_rosters", "/<place_code>/plan/rosters")
BLUEPRINTS = (blueprint,)


class RosterPost(Form):
    """Which week, by any of its days."""

    week = day(required=True)


class PersonPost(Form):
    """Somebody."""

    resident_id = posted.chosen(required=True)


class RemovalPost(PersonPost):
    """Whom to take off which shift."""

    shift_id = posted.chosen(required=True)


class MovePost(Form):
    """What becomes of a proposal."""

    to = choice((rules.ACCEPTED, rules.DROPPED), required=True)


@blueprint.get("")
@desk.at_desk(Permission.SHIFT_PLAN)
@kept.live(Permission.SHIFT_PLAN, keeping.PLAN, keeping.NAMES, keeping.PLACES)
@desk.reads(PageForm)
def rosters(form: dict[str, Any], place_code: str) -> str:
    """Show the rosters of a place, newest first."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    this = recurrence.monday_of(clock.shanghai_day(clock.now()))
    weeks = [this + timedelta(weeks=number) for number in range(rules.MOST_WEEKS_AHEAD)]
    return shell.render(
        "console/plan_rosters.html",
        found=proposals.list_rosters(actor, place=place_code, **form),
        weeks=[(monday, monday + timedelta(days=6)) for monday in weeks],
        chosen=this + timedelta(weeks=1),
    )


@blueprint.post("")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("10 per minute")
@desk.reads(RosterPost, location="form")
def ask(form: dict[str, Any], place_code: str) -> AnyResponse:
    """Ask for the roster of a week; it is computed soon after."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    made = proposals.ask_for_roster(actor, place_code=place_code, **form)
    return desk.go(roster_url(place_code, made["id"]))


def roster_url(place_code: str, roster_id: int) -> str:
    """Return the address of a roster."""
    return url_for("console_plan_rosters.roster", place_code=place_code, roster_id=roster_id)


@blueprint.get("/<id:roster_id>")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("120 per minute")
def roster(place_code: str, roster_id: int) -> str:
    """Show a roster; a part of it while it is computed, which the page asks for again."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    return _page(_find(actor, place_code, roster_id))


def _find(actor: Actor, place_code: str, roster_id: int) -> dict[str, Any]:
    """Return a roster of the place. Errors: NotFound."""
    found = proposals.show_roster(actor, roster_id)
    if not found["place_code"].startswith(place_code):
        raise NotFound
    return found


def _page(found: dict[str, Any]) -> str:
    under_way = found["state"] == rules.COMPUTING or (
        found["state"] == rules.ACCEPTED and found["published_at"] is None
    )
    page = "console/plan_roster_part.html" if desk.partly() else "console/plan_roster.html"
    return shell.render(
        page,
        roster=found,
        sunday=found["week"] + timedelta(days=6),
        under_way=under_way,
        why_not=lambda code: texts.text(f"rosters.refused.{code}", desk.actor().language),
    )


@blueprint.get("/<id:roster_id>/shifts/<id:shift_id>")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("60 per minute")
def others(place_code: str, roster_id: int, shift_id: int) -> str:
    """Show who else would suit a shift of a roster."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    found = proposals.show_others(actor, roster_id, shift_id)
    if not found["roster"]["place_code"].startswith(place_code):
        raise NotFound
    return shell.render("console/plan_roster_others.html", **found)


@blueprint.post("/<id:roster_id>/shifts/<id:shift_id>")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("120 per minute")
@desk.reads(PersonPost, location="form")
def put(form: dict[str, Any], place_code: str, roster_id: int, shift_id: int) -> AnyResponse:
    """Put somebody on a shift of a proposal."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    _find(actor, place_code, roster_id)
    proposals.change_roster(actor, roster_id, add=[form | {"shift_id": shift_id}])
    return desk.go(roster_url(place_code, roster_id))


@blueprint.post("/<id:roster_id>/removals")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("120 per minute")
@desk.reads(RemovalPost, location="form")
def remove(form: dict[str, Any], place_code: str, roster_id: int) -> AnyResponse | str:
    """Take somebody off a shift of a proposal."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    _find(actor, place_code, roster_id)
    found = proposals.change_roster(actor, roster_id, remove=[form])
    return _page(found) if desk.partly() else desk.go(roster_url(place_code, roster_id))


@blueprint.post("/<id:roster_id>/moves")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("60 per minute")
@desk.reads(MovePost, location="form")
def move(form: dict[str, Any], place_code: str, roster_id: int) -> AnyResponse | str:
    """Accept a roster, so that its people are signed up and told, or drop it."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    _find(actor, place_code, roster_id)
    found = proposals.move_roster(actor, roster_id, **form)
    return _page(found) if desk.partly() else desk.go(roster_url(place_code, roster_id))
