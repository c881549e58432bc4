"""Campaigns at a desk: which there are, how one goes, and the form that plans it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from app.campaigns import planned, planning, rules, service
from app.console import campaigns_figures as figures
from app.console import campaigns_forms as forms
from app.console import desk, shell
from app.core import clock
from app.core.access import Actor, Permission
from app.core.errors import Problem
from app.core.forms import Form, choice, text
from app.core.http import limited
from app.core.pages import PageForm
from app.places import rules as places
from app.quizzes.rules import TOPICS
from app.volunteers.rules import EARNED

blueprint = desk.console_blueprint("quizzes_campaigns", "/<place_code>/quizzes/campaigns")
BLUEPRINTS = (blueprint,)

DONE = ("planned", "changed", *rules.PUBLIC)
LONGEST_NOTE = 200
BLANK: Mapping[str, Any] = {
    "title": {"zh": None, "en": None},
    "about": None,
    "audience": rules.EVERYBODY,
    "places": [],
    "topics": [],
    "question_ids": [],
    "question_count": rules.USUAL_QUESTIONS,
    "minutes": None,
    "pass_percent": rules.USUAL_PERCENT,
    "most_tries": rules.USUAL_TRIES,
    "wait_hours": 0,
    "skill": None,
    "skill_months": None,
    "skill_until": None,
}
DIGITS = 16
"""Of a question's id: so many there never are."""
USUAL_DAYS = 14
"""So long a new campaign is thought of, from tomorrow on."""


class DoneForm(Form):
    """What was just done."""

    done = choice(DONE)


class MovePost(Form):
    """Where to, and why; whoever was told of the campaign reads it."""

    to = choice(rules.STATES, required=True)
    note = text(longest=LONGEST_NOTE)


@blueprint.get("")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@desk.reads(PageForm)
def campaigns(form: dict[str, Any], place_code: str) -> str:
    """Show the campaigns of a place: those that run, those that are planned, those over."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    found = planned.list_planned(actor, place_code, **form)
    return shell.render(
        "console/campaigns_rows.html" if desk.partly() else "console/campaigns.html",
        running=[one for one in found["ahead"] if one["state"] == rules.RUNNING],
        ahead=[one for one in found["ahead"] if one["state"] != rules.RUNNING],
        rows=found["items"],
        onward=found["next_cursor"] and _url("campaigns", place_code, cursor=found["next_cursor"]),
        plans_here=_plans_at(place_code),
    )


def _plans_at(place_code: str) -> bool:
    """Whether campaigns are planned at a place of that kind."""
    return places.kind_of(place_code) in planning.PLANNED_AT


def _url(page: str, place_code: str, **given: Any) -> str:
    return url_for(f"console_quizzes_campaigns.{page}", place_code=place_code, **given)


@blueprint.get("/new")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
def new(place_code: str) -> AnyResponse | str:
    """Show an empty form of a campaign."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    first = clock.shanghai_day(clock.now()) + timedelta(days=1)
    days = {"first_day": first, "last_day": first + timedelta(days=USUAL_DAYS - 1)}
    return _form(actor, place_code, forms.as_planned({**BLANK, **days}))


def _form(
    actor: Actor,
    place_code: str,
    written: dict[str, Any],
    *,
    campaign_id: int | None = None,
    fault: Problem | None = None,
) -> AnyResponse | str:
    # What somebody typed is looked up only where it has the shape of what there is.
    ids = [int(one) for one in written["question_ids"] if one.isdecimal() and len(one) < DIGITS]
    codes = [one for one in written["places"] if places.is_code(one)]
    return forms.answer(
        "console/campaigns_form.html",
        "console/campaigns_fields.html",
        fault,
        written=written,
        faults=forms.faults_of(fault, written),
        campaign_id=campaign_id,
        chosen=planned.list_choices(actor, place_code, codes=codes, ids=ids),
        topics=TOPICS,
        skills=EARNED,
        limits=rules,
        target=_url("plan", place_code)
        if campaign_id is None
        else _url("change", place_code, campaign_id=campaign_id),
        back=_url("campaigns", place_code)
        if campaign_id is None
        else _url("show", place_code, campaign_id=campaign_id),
    )


def _new_again(fault: Problem, place_code: str) -> AnyResponse | str:
    desk.place_of(desk.actor(), place_code, Permission.CAMPAIGN_PLAN)
    return _form(desk.actor(), place_code, forms.as_sent(), fault=fault)


@blueprint.post("")
@forms.comes_back(_new_again)
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@limited("60 per minute")
@desk.reads(forms.CampaignPost, location="form")
def plan(form: dict[str, Any], place_code: str) -> AnyResponse:
    """Plan a campaign, a draft that only its planners see."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    made = planning.plan(actor, place_code=place_code, **forms.to_plan(form))
    return desk.go(_url("show", place_code, campaign_id=made["id"], done="planned"))


@blueprint.get("/<id:campaign_id>")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@desk.reads(DoneForm)
def show(form: dict[str, Any], place_code: str, campaign_id: int) -> str:
    """Show a campaign: how far it is, who took part, what they knew before and know since."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    found = planned.show_planned(actor, place_code, campaign_id)
    breadth = found["breadth"]
    return shell.render(
        "console/campaigns_one.html",
        one=found,
        done=form.get("done"),
        longest=LONGEST_NOTE,
        tiles=figures.tiles(found),
        answer=breadth and figures.answer(found),
        places=breadth and figures.places(breadth),
        knowledge=breadth and figures.knowledge(breadth),
    )


@blueprint.get("/<id:campaign_id>/changes")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
def edit(place_code: str, campaign_id: int) -> AnyResponse | str:
    """Show a draft in the form that changes it."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    row, codes = planned.find_draft(actor, place_code, campaign_id)
    written = forms.as_planned(service.plan_of(row, codes))
    if written["places"] == [row.place_code]:
        written["places"] = []
    return _form(actor, row.place_code, written, campaign_id=campaign_id)


def _changed_again(fault: Problem, place_code: str, campaign_id: int) -> AnyResponse | str:
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    at = planned.find(actor, place_code, campaign_id).place_code
    return _form(actor, at, forms.as_sent(), campaign_id=campaign_id, fault=fault)


@blueprint.post("/<id:campaign_id>/changes")
@forms.comes_back(_changed_again)
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@limited("60 per minute")
@desk.reads(forms.CampaignPost, location="form")
def change(form: dict[str, Any], place_code: str, campaign_id: int) -> AnyResponse:
    """Change a draft."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    planned.find(actor, place_code, campaign_id)
    planning.change(actor, campaign_id, **forms.to_plan(form))
    return desk.go(_url("show", place_code, campaign_id=campaign_id, done="changed"))


@blueprint.post("/<id:campaign_id>/moves")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@desk.reads(MovePost, location="form")
def move(form: dict[str, Any], place_code: str, campaign_id: int) -> AnyResponse:
    """Announce a campaign, drop it, or call it off with the reason."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    planned.find(actor, place_code, campaign_id)
    moved = planning.move(actor, campaign_id, **form)
    return desk.go(_url("show", place_code, campaign_id=campaign_id, done=moved["state"]))
