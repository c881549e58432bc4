"""Challenges between the grids of a community, at a desk: which there are, how one stands."""

from datetime import timedelta
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.campaigns import challenge_rules as rules
from app.campaigns import challenges as service
from app.campaigns import planning
from app.console import campaigns_figures as figures
from app.console import campaigns_forms as forms
from app.console import desk, posted, shell
from app.core import clock
from app.core.access import Actor, Permission
from app.core.errors import Problem
from app.core.forms import Form, choice, day, text
from app.core.http import limited
from app.core.pages import PageForm
from app.places import rules as places
from app.places.schemas import place_code as a_place_code

blueprint = desk.console_blueprint("quizzes_challenges", "/<place_code>/quizzes/challenges")
BLUEPRINTS = (blueprint,)

DONE = ("begun", "withdrawn")
LONGEST_REASON = 200
USUAL_DAYS, USUAL_LENGTH = 5, 14
FIELDS = ("at", "title", "first_day", "last_day", "days", "goal_percent")


class ListForm(PageForm):
    """Where the list goes on, and what was just done."""

    done = choice(DONE)


class DoneForm(Form):
    """What was just done."""

    done = choice(DONE)


class ChallengePost(Form):
    """A challenge as it is written at a desk; `at`: of which community."""

    at = a_place_code(required=True)
    title = text(longest=rules.LONGEST_TITLE, load_default=None)
    first_day = day(required=True)
    last_day = day(required=True)
    days = posted.number(least=1, most=rules.LONGEST_DAYS, required=True)
    goal_percent = posted.number(least=rules.LEAST_GOAL, most=rules.MOST_GOAL, required=True)


class WithdrawalPost(Form):
    """Why a challenge is taken back."""

    reason = text(longest=LONGEST_REASON, required=True)


def _url(page: str, place_code: str, **given: Any) -> str:
    return url_for(f"console_quizzes_challenges.{page}", place_code=place_code, **given)


@blueprint.get("")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@desk.reads(ListForm)
def challenges(form: dict[str, Any], place_code: str) -> str:
    """Show the challenges of a place, newest first."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    done = form.pop("done", None)
    found = service.list_challenges(actor, place=place_code, **form)
    return shell.render(
        "console/challenges_rows.html" if desk.partly() else "console/challenges.html",
        found=found,
        done=done,
        begins_here=places.kind_of(place_code) in planning.PLANNED_AT,
        onward=found["next_cursor"] and _url("challenges", place_code, cursor=found["next_cursor"]),
    )


@blueprint.get("/new")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
def new(place_code: str) -> AnyResponse | str:
    """Show an empty form of a challenge."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    first = clock.shanghai_day(clock.now()) + timedelta(days=1)
    written = {
        "at": place_code,
        "title": "",
        "first_day": first.isoformat(),
        "last_day": (first + timedelta(days=USUAL_LENGTH - 1)).isoformat(),
        "days": str(USUAL_DAYS),
        "goal_percent": str(rules.MOST_GOAL),
    }
    return _form(actor, place_code, written)


def _form(
    actor: Actor, place_code: str, written: dict[str, str], fault: Problem | None = None
) -> AnyResponse | str:
    communities = service.list_communities(actor, place_code)
    faults = forms.faults_of(fault, (*FIELDS, "place_code"))
    if "place_code" in faults:
        # Who has one community alone does not choose it, and has no field for it.
        faults["at" if len(communities) > 1 else ""] = faults.pop("place_code")
    return forms.answer(
        "console/challenges_form.html",
        "console/challenges_fields.html",
        fault,
        written=written,
        faults=faults,
        communities=communities,
        limits=rules,
        target=_url("begin", place_code),
        back=_url("challenges", place_code),
    )


def _again(fault: Problem, place_code: str) -> AnyResponse | str:
    desk.place_of(desk.actor(), place_code, Permission.CAMPAIGN_PLAN)
    sent = {name: request.form.get(name, "") for name in FIELDS}
    return _form(desk.actor(), place_code, sent, fault)


@blueprint.post("")
@forms.comes_back(_again, service.ChallengeOverlaps)
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@limited("20 per minute")
@desk.reads(ChallengePost, location="form")
def begin(form: dict[str, Any], place_code: str) -> AnyResponse:
    """Plan a challenge between the grids of a community."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    made = service.begin(actor, place_code=form.pop("at"), **form)
    return desk.go(_url("show", place_code, challenge_id=made["id"], done="begun"))


@blueprint.get("/<id:challenge_id>")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@desk.reads(DoneForm)
def show(form: dict[str, Any], place_code: str, challenge_id: int) -> str:
    """Show a challenge and how its grids stand."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    found = service.show_planned(actor, place_code, challenge_id)
    return shell.render(
        "console/challenges_one.html",
        one=found,
        standing=figures.standing(found),
        longest=LONGEST_REASON,
        done=form.get("done"),
    )


@blueprint.post("/<id:challenge_id>/withdrawal")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@desk.reads(WithdrawalPost, location="form")
def withdraw(form: dict[str, Any], place_code: str, challenge_id: int) -> AnyResponse:
    """Take a challenge back that has not begun, with the reason."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    service.withdraw(actor, challenge_id, **form)
    return desk.go(_url("challenges", place_code, done="withdrawn"))
