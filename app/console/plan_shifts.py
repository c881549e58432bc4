"""One shift of the plan: make, show, change, cancel, take somebody off, call people out."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from app.console import desk, posted, shell
from app.console.plan import DONE, seen, week_url
from app.core import clock
from app.core.access import Actor, Permission
from app.core.errors import NotFound
from app.core.forms import Form, choice, day, listing, pattern, text
from app.core.http import limited
from app.patrols import rules, seats, views
from app.patrols import service as patrols
from app.patrols.schemas import LONGEST_NOTE, LONGEST_TITLE, LONGEST_WORDS
from app.places.schemas import place_code as a_place_code
from app.rosters import board, call_outs, choices
from app.rosters import rules as roster_rules
from app.rosters.schemas import WALL
from app.rounds import live
from app.volunteers.rules import ALL_SKILLS

blueprint = desk.console_blueprint("plan_shifts", "/<place_code>/plan/shifts")
BLUEPRINTS = (blueprint,)


class NewForm(Form):
    """On which day a new shift is thought of."""

    day = day()


class DoneForm(Form):
    """What was just done."""

    done = choice(DONE)


class ShiftPost(Form):
    """A shift as it is written at a desk: a day and two times of it, in Shanghai.

    One that ends no later than it begins ends the next day.
    """

    title = text(longest=LONGEST_TITLE, required=True)
    at = a_place_code(required=True)
    day = day(required=True)
    starts = pattern(WALL, required=True)
    ends = pattern(WALL, required=True)
    capacity = posted.number(least=1, most=rules.MOST_SEATS, required=True)
    minimum = posted.number(least=1, most=rules.MOST_SEATS, required=True)
    route_id = posted.chosen(allow_none=True, load_default=None)
    team_id = posted.chosen(allow_none=True, load_default=None)
    leader_id = posted.chosen(allow_none=True, load_default=None)
    skills = posted.some(ALL_SKILLS)
    words = text(longest=LONGEST_WORDS, allow_none=True, load_default=None)
    residence_required = posted.ticked()


class ShiftChangePost(ShiftPost):
    """A changed shift, and which version of it the change was made from."""

    version = posted.number(least=1, most=1_000_000, required=True)


class ReasonPost(Form):
    """Why; whoever it concerns reads it."""

    reason = text(longest=LONGEST_NOTE, required=True)


class RemovalPost(ReasonPost):
    """Whom to take off a shift, and why."""

    resident_id = posted.chosen(required=True)


class CallPost(Form):
    """Whom to ask: those who are ticked, or so many of those who suit best."""

    resident_ids = listing(posted.chosen(), longest=roster_rules.MOST_CALLED_AT_ONCE)
    count = posted.number(least=1, most=roster_rules.MOST_CALLED_AT_ONCE)


@blueprint.get("/new")
@desk.at_desk(Permission.SHIFT_PLAN)
@desk.reads(NewForm)
def new(form: dict[str, Any], place_code: str) -> str:
    """Show an empty form of a shift."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    tomorrow = clock.shanghai_day(clock.now()) + timedelta(days=1)
    return _form(actor, place_code, {**BLANK, "day": max(form.get("day", tomorrow), tomorrow)})


BLANK: Mapping[str, Any] = {
    "id": None,
    "title": "",
    "at": "",
    "starts": "19:00",
    "ends": "21:00",
    "capacity": 4,
    "minimum": 2,
    "route_id": None,
    "team_id": None,
    "leader_id": None,
    "skills": [],
    "words": "",
    "residence_required": False,
}


def _form(actor: Actor, place_code: str, written: Mapping[str, Any]) -> str:
    return shell.render(
        "console/plan_form.html",
        written=written,
        chosen=choices.list_choices(actor, place_code),
        skills=ALL_SKILLS,
        longest=(LONGEST_TITLE, LONGEST_WORDS),
        most=rules.MOST_SEATS,
    )


@blueprint.post("")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("120 per minute")
@desk.reads(ShiftPost, location="form")
def create(form: dict[str, Any], place_code: str) -> AnyResponse:
    """Plan a shift."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    shown = form["day"]
    patrols.create_shift(actor, **_written(form))
    return desk.go(week_url(place_code, shown, done="made"))


def _written(form: dict[str, Any]) -> dict[str, Any]:
    """Return a form as the service takes it: a place's code, and two moments."""
    starts_at, ends_at = span(form.pop("day"), form.pop("starts"), form.pop("ends"))
    return {
        **form,
        "place_code": form.pop("at"),
        "starts_at": starts_at,
        "ends_at": ends_at,
    }


def span(shown: date, starts: str, ends: str) -> tuple[datetime, datetime]:
    """Return two moments of a Shanghai day, the second perhaps of the next one."""
    first, last = (
        datetime.combine(shown, time.fromisoformat(wall), clock.SHANGHAI) for wall in (starts, ends)
    )
    return first, last if last > first else last + timedelta(days=1)


@blueprint.get("/<id:shift_id>")
@desk.at_desk(Permission.SHIFT_PLAN)
@desk.reads(DoneForm)
def show(form: dict[str, Any], place_code: str, shift_id: int) -> str:
    """Show a shift with who is on it."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    return shell.render(
        "console/plan_shift.html", shift=_find(actor, place_code, shift_id), done=form.get("done")
    )


def _find(actor: Actor, place_code: str, shift_id: int) -> dict[str, Any]:
    """Return a shift of the place, as its planner sees it. Errors: NotFound."""
    shift = views.show_shift(actor, shift_id)
    if not (shift["leads"] and shift["place_code"].startswith(place_code)):
        raise NotFound
    return seen(shift, clock.now())


@blueprint.get("/<id:shift_id>/changes")
@desk.at_desk(Permission.SHIFT_PLAN)
def edit(place_code: str, shift_id: int) -> str:
    """Show a shift in the form that changes it."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    shift = _find(actor, place_code, shift_id)
    written = {name: shift[name] for name in ("id", "version", "title", "capacity", "minimum")}
    written |= {name: shift[name] for name in ("route_id", "skills", "residence_required")}
    written |= {
        "at": shift["place_code"],
        "day": shift["day"],
        "starts": shell.show_clock(shift["starts_at"]),
        "ends": shell.show_clock(shift["ends_at"]),
        "team_id": shift["team"] and shift["team"]["id"],
        "leader_id": shift["leader"] and shift["leader"]["id"],
        "words": shift["words"] or "",
    }
    return _form(actor, place_code, written)


@blueprint.post("/<id:shift_id>/changes")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("120 per minute")
@desk.reads(ShiftChangePost, location="form")
def change(form: dict[str, Any], place_code: str, shift_id: int) -> AnyResponse:
    """Change a shift; whoever it concerns is told."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    patrols.change_shift(actor, shift_id, **_written(form))
    return desk.go(shift_url(place_code, shift_id, done="changed"))


@blueprint.post("/<id:shift_id>/cancellation")
@desk.at_desk(Permission.SHIFT_PLAN)
@desk.reads(ReasonPost, location="form")
def cancel(form: dict[str, Any], place_code: str, shift_id: int) -> AnyResponse:
    """Cancel a shift; everybody on it is told why."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    patrols.cancel_shift(actor, shift_id, **form)
    return desk.go(shift_url(place_code, shift_id, done="cancelled"))


@blueprint.post("/<id:shift_id>/removals")
@desk.at_desk(Permission.SHIFT_PLAN)
@desk.reads(RemovalPost, location="form")
def remove(form: dict[str, Any], place_code: str, shift_id: int) -> AnyResponse:
    """Take somebody off a shift, saying why."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    seats.remove(actor, shift_id, form["resident_id"], reason=form["reason"])
    return desk.go(shift_url(place_code, shift_id, done="removed"))


@blueprint.get("/<id:shift_id>/people")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("60 per minute")
def people(place_code: str, shift_id: int) -> str:
    """Show who would suit a shift, best first, and why each would."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    found = board.list_suitable(actor, shift_id)
    if not found["shift"]["place_code"].startswith(place_code):
        raise NotFound
    return shell.render("console/plan_people.html", **found, most=roster_rules.MOST_CALLED_AT_ONCE)


@blueprint.post("/<id:shift_id>/calls")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("30 per minute")
@desk.reads(CallPost, location="form")
def call(form: dict[str, Any], place_code: str, shift_id: int) -> AnyResponse | str:
    """Ask people to come, each once and nobody too often; say who was not asked, and why."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    named = form.get("resident_ids") or []
    # Whoever ticked somebody means these, whatever stands in the field beside.
    done = call_outs.call_out(
        actor, shift_id, resident_ids=named, count=None if named else form.get("count", 1)
    )
    if not desk.partly():
        return desk.go(
            url_for("console_plan_shifts.people", place_code=place_code, shift_id=shift_id)
        )
    return shell.render("console/plan_called.html", called=done)


@blueprint.get("/<id:shift_id>/round")
@desk.at_desk(Permission.SHIFT_PLAN)
def attendance(place_code: str, shift_id: int) -> str:
    """Show who came to a round, how well that is shown, and who did not."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    found = live.show_round(actor, shift_id)
    if not (found["leads"] and found["shift"]["place_code"].startswith(place_code)):
        raise NotFound
    return shell.render("console/plan_round.html", walked=found)


def shift_url(place_code: str, shift_id: int, **query: Any) -> str:
    """Return the address of a shift's page."""
    return url_for("console_plan_shifts.show", place_code=place_code, shift_id=shift_id, **query)
