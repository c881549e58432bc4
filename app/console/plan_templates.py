"""Templates of the plan: shifts that come again, by days of the week and wall time."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from app.committees import keeping
from app.console import desk, kept, posted, shell
from app.console.plan import DONE
from app.console.plan_shifts import BLANK, span
from app.core import clock
from app.core.access import Actor, Permission
from app.core.errors import NotFound
from app.core.forms import Form, choice, day, pattern, text
from app.core.http import limited
from app.core.pages import PageForm
from app.patrols import rules as patrols
from app.places.schemas import place_code as a_place_code
from app.rosters import choices, recurrence, rules
from app.rosters import templates as service
from app.rosters.schemas import WALL
from app.volunteers.rules import ALL_SKILLS

blueprint = desk.console_blueprint("plan_templates", "/<place_code>/plan/templates")
BLUEPRINTS = (blueprint,)


class ListForm(PageForm):
    """Where the list goes on, and what was just done."""

    done = choice(DONE)


class TemplateChangePost(Form):
    """A template as it is written at a desk.

    One whose shifts end no later than they begin end the next day. Without `weekdays` a
    weekly one comes on the weekday of its first day.
    """

    title = text(longest=rules.LONGEST_TITLE, required=True)
    frequency = choice(recurrence.FREQUENCIES, required=True)
    interval = posted.number(least=1, most=recurrence.MOST_INTERVAL, required=True)
    weekdays = posted.some(recurrence.WEEKDAYS)
    starts = pattern(WALL, required=True)
    ends = pattern(WALL, required=True)
    until_day = day(allow_none=True, load_default=None)
    capacity = posted.number(least=1, most=patrols.MOST_SEATS, required=True)
    minimum = posted.number(least=1, most=patrols.MOST_SEATS, required=True)
    at = a_place_code(required=True)
    route_id = posted.chosen(allow_none=True, load_default=None)
    team_id = posted.chosen(allow_none=True, load_default=None)
    leader_id = posted.chosen(allow_none=True, load_default=None)
    skills = posted.some(ALL_SKILLS)
    words = text(longest=rules.LONGEST_WORDS, allow_none=True, load_default=None)
    residence_required = posted.ticked()


class TemplatePost(TemplateChangePost):
    """A new template, and the day from which it is counted."""

    from_day = day(required=True)


@blueprint.get("")
@desk.at_desk(Permission.SHIFT_PLAN)
@kept.live(Permission.SHIFT_PLAN, keeping.PLAN, keeping.SERVING, keeping.NAMES, keeping.PLACES)
@desk.reads(ListForm)
def templates(form: dict[str, Any], place_code: str) -> str:
    """Show the templates of a place, newest first."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    done = form.pop("done", None)
    found = service.list_templates(actor, place=place_code, **form)
    return shell.render(
        "console/plan_templates.html",
        found=[row | {"days": days_in_words(row["rrule"])} for row in found["items"]],
        next_cursor=found["next_cursor"],
        done=done,
    )


def days_in_words(rule: str) -> str:
    """Return a checked rule as people say it: every second week on Mon, Wed."""
    parts = dict(part.split("=") for part in rule.split(";"))
    every = int(parts.get("INTERVAL", "1"))
    unit = "plan.every.day" if parts["FREQ"] == "DAILY" else "plan.every.week"
    said = shell.say(unit if every == 1 else f"{unit}s", count=every)
    named = parts.get("BYDAY")
    if not named:
        return said
    comma = shell.say("comma")
    days = comma.join(shell.say(f"plan.weekdays.{one.lower()}") for one in named.split(","))
    return shell.say("plan.every.on", every=said, days=days)


@blueprint.get("/new")
@desk.at_desk(Permission.SHIFT_PLAN)
def new(place_code: str) -> str:
    """Show an empty form of a template."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    weekly = {"frequency": "WEEKLY", "interval": 1, "weekdays": [], "until_day": None}
    today = clock.shanghai_day(clock.now())
    return _form(actor, place_code, {**BLANK, **weekly, "from_day": today})


def _form(actor: Actor, place_code: str, written: Mapping[str, Any]) -> str:
    return shell.render(
        "console/plan_template_form.html",
        written=written,
        chosen=choices.list_choices(actor, place_code),
        skills=ALL_SKILLS,
        weekdays=recurrence.WEEKDAYS,
        longest=(rules.LONGEST_TITLE, rules.LONGEST_WORDS),
        most=patrols.MOST_SEATS,
        most_interval=recurrence.MOST_INTERVAL,
    )


@blueprint.post("")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("30 per minute")
@desk.reads(TemplatePost, location="form")
def create(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """Make a template, and its shifts of the next four weeks."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    at = form.pop("at")
    return _told(place_code, service.create_template(actor, place_code=at, **_written(form)))


def _written(form: dict[str, Any]) -> dict[str, Any]:
    """Return a form as the service takes it: a rule, and a duration."""
    rule = [f"FREQ={form.pop('frequency')}", f"INTERVAL={form.pop('interval')}"]
    if named := form.pop("weekdays"):
        rule.append("BYDAY=" + ",".join(named))
    today = clock.shanghai_day(clock.now())
    first, last = span(today, form["starts"], form.pop("ends"))
    minutes = int((last - first).total_seconds()) // 60
    return form | {"rrule": ";".join(rule), "duration_min": minutes}


def _told(place_code: str, template: Mapping[str, Any]) -> AnyResponse | str:
    """Say what became of a template's shifts; without scripts, by the list alone."""
    if not desk.partly():
        return desk.go(list_url(place_code, done="saved"))
    return shell.render(
        "console/plan_template_done.html", saved=template, back=list_url(place_code)
    )


def list_url(place_code: str, **query: Any) -> str:
    """Return the address of the list of templates."""
    return url_for("console_plan_templates.templates", place_code=place_code, **query)


@blueprint.get("/<id:template_id>")
@desk.at_desk(Permission.SHIFT_PLAN)
def edit(place_code: str, template_id: int) -> str:
    """Show a template in the form that changes it."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    return _form(actor, place_code, _as_written(_find(actor, place_code, template_id)))


def _find(actor: Actor, place_code: str, template_id: int) -> dict[str, Any]:
    """Return a template of the place. Errors: NotFound."""
    found = service.show_template(actor, template_id)
    if not found["place_code"].startswith(place_code):
        raise NotFound
    return found


def _as_written(template: Mapping[str, Any]) -> dict[str, Any]:
    parts = dict(part.split("=") for part in template["rrule"].split(";"))
    first, last = recurrence.moments(
        template["from_day"], template["starts"], template["duration_min"]
    )
    return {
        **template,
        "at": template["place_code"],
        "frequency": parts["FREQ"],
        "interval": int(parts.get("INTERVAL", "1")),
        "weekdays": parts.get("BYDAY", "").split(","),
        "starts": shell.show_clock(first),
        "ends": shell.show_clock(last),
        "route_id": template["route"] and template["route"]["id"],
        "team_id": template["team"] and template["team"]["id"],
        "leader_id": template["leader"] and template["leader"]["id"],
    }


@blueprint.post("/<id:template_id>")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("60 per minute")
@desk.reads(TemplateChangePost, location="form")
def change(form: dict[str, Any], place_code: str, template_id: int) -> AnyResponse | str:
    """Change a template, and with it the shifts ahead that nobody has joined."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    _find(actor, place_code, template_id)
    form.pop("at")  # where it is stays: a template of another place is another template
    return _told(place_code, service.change_template(actor, template_id, **_written(form)))


@blueprint.post("/<id:template_id>/stop")
@desk.at_desk(Permission.SHIFT_PLAN)
def stop(place_code: str, template_id: int) -> AnyResponse:
    """Stop a template; its shifts that nobody has joined are cancelled."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    _find(actor, place_code, template_id)
    service.change_template(actor, template_id, active=False)
    return desk.go(list_url(place_code, done="stopped"))
