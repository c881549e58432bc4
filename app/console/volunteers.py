"""Volunteers: who serves here, one volunteer's record, hours to correct, appeals to decide."""

from datetime import timedelta
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from app.committees import keeping
from app.console import desk, kept, posted, shell
from app.core import clock
from app.core.access import Actor, Permission
from app.core.forms import Form, choice, text
from app.core.http import limited
from app.core.pages import PageForm
from app.rosters import choices
from app.rounds import appeals
from app.rounds import rules as round_rules
from app.volunteers import honour, hours, hours_rules, listing
from app.volunteers.hours_schemas import MOST_MINUTES
from app.volunteers.rules import ALL_SKILLS

blueprint = desk.console_blueprint("volunteers", "/<place_code>/volunteers")
BLUEPRINTS = (blueprint,)

DONE = ("corrected", "granted", "refused", "saved", "revoked", "confirmed", "made", "moved")
PAUSED = {"active": False, "paused": True}


class ListForm(PageForm):
    """Who to list, and where the list goes on."""

    skill = choice(ALL_SKILLS)
    team = posted.chosen()
    active = choice(tuple(PAUSED))


class RecordForm(PageForm):
    """Where somebody's hours go on, and what was just done."""

    done = choice(DONE)


class AppealsForm(PageForm):
    """Where the list goes on, and what was just done."""

    done = choice(DONE)


class CorrectionPost(Form):
    """How many minutes somebody really attended, and why it is corrected."""

    entry_id = posted.chosen(required=True)
    minutes = posted.number(least=0, most=MOST_MINUTES, required=True)
    reason = text(longest=500, required=True)


class AnswerPost(Form):
    """Whether an appeal is granted, how many minutes, and why."""

    answer = choice(("granted", "refused"), required=True)
    minutes = posted.number(least=1, most=24 * 60)
    note = text(longest=round_rules.LONGEST_NOTE, required=True)


class HonourForm(Form):
    """Of which time."""

    period = choice(hours_rules.PERIODS, load_default="month")


@blueprint.get("")
@desk.at_desk(Permission.VOLUNTEERS_READ)
@kept.live(Permission.VOLUNTEERS_READ, keeping.SERVING, keeping.PLAN, keeping.NAMES, keeping.PLACES)
@desk.reads(ListForm)
def volunteers(form: dict[str, Any], place_code: str) -> str:
    """Show who serves at a place, by skill, team, and whether they pause."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.VOLUNTEERS_READ)
    asked = {name: form[name] for name in ("skill", "team", "active") if name in form}
    found = listing.list_volunteers(
        actor,
        place=place_code,
        skill=form.get("skill"),
        team_id=form.get("team"),
        paused=PAUSED.get(form.get("active", "")),
        cursor=form.get("cursor"),
        limit=form["limit"],
    )
    return shell.render(
        "console/volunteers_rows.html" if desk.partly() else "console/volunteers.html",
        found=found,
        skills=ALL_SKILLS,
        teams=[] if desk.partly() else choices.list_choices(actor, place_code)["teams"],
        asked=asked,
        onward=url_for(
            "console_volunteers.volunteers",
            place_code=place_code,
            cursor=found["next_cursor"],
            **asked,
        ),
    )


@blueprint.get("/<id:resident_id>")
@desk.at_desk(Permission.VOLUNTEERS_READ)
@desk.reads(RecordForm)
def record(form: dict[str, Any], place_code: str, resident_id: int) -> str:
    """Show one volunteer: skills, consents, qualifications, and hours by shift."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.VOLUNTEERS_READ)
    corrects = actor.reaches(Permission.HOURS_CORRECT, place_code)
    return shell.render(
        "console/volunteer.html",
        one=listing.show_volunteer(actor, resident_id, place=place_code),
        served=_served(actor, place_code, resident_id, form) if corrects else None,
        corrects=corrects and resident_id != actor.resident_id,
        most=MOST_MINUTES,
        done=form.get("done"),
    )


def _served(
    actor: Actor, place_code: str, resident_id: int, form: dict[str, Any]
) -> dict[str, Any]:
    return honour.hours_at(
        actor,
        place=place_code,
        resident_id=resident_id,
        cursor=form.get("cursor"),
        limit=form["limit"],
    )


@blueprint.post("/<id:resident_id>/corrections")
@desk.at_desk(Permission.HOURS_CORRECT)
@limited("60 per minute")
@desk.reads(CorrectionPost, location="form")
def correct(form: dict[str, Any], place_code: str, resident_id: int) -> AnyResponse:
    """Correct somebody's hours: what stands is reversed, the right minutes are credited."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.HOURS_CORRECT)
    hours.correct(actor, form["entry_id"], minutes=form["minutes"], reason=form["reason"])
    return desk.go(
        url_for(
            "console_volunteers.record",
            place_code=place_code,
            resident_id=resident_id,
            done="corrected",
        )
    )


@blueprint.get("/appeals")
@desk.at_desk(Permission.SHIFT_PLAN)
@kept.live(Permission.SHIFT_PLAN, keeping.ROUNDS, keeping.SERVING, keeping.NAMES, keeping.PLACES)
@desk.reads(AppealsForm)
def show_appeals(form: dict[str, Any], place_code: str) -> str:
    """Show the appeals that wait for an answer, the oldest first."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    done = form.pop("done", None)
    found = appeals.list_appeals(actor, place=place_code, **form)
    return shell.render(
        "console/volunteers_appeals.html",
        found=[item | {"whole": _minutes_of(item["shift"])} for item in found["items"]],
        next_cursor=found["next_cursor"],
        longest=round_rules.LONGEST_NOTE,
        done=done,
    )


def _minutes_of(shift: dict[str, Any]) -> int:
    whole: timedelta = shift["ends_at"] - shift["starts_at"]
    return int(whole.total_seconds()) // 60


@blueprint.post("/appeals/<id:appeal_id>")
@desk.at_desk(Permission.SHIFT_PLAN)
@limited("60 per minute")
@desk.reads(AnswerPost, location="form")
def answer(form: dict[str, Any], place_code: str, appeal_id: int) -> AnyResponse:
    """Grant an appeal, so that its minutes count, or refuse it; either with a reason."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.SHIFT_PLAN)
    granted = form["answer"] == "granted"
    appeals.answer_appeal(
        actor,
        appeal_id,
        granted=granted,
        note=form["note"],
        minutes=form.get("minutes") if granted else None,
    )
    return desk.go(
        url_for("console_volunteers.show_appeals", place_code=place_code, done=form["answer"])
    )


@blueprint.get("/honour")
@desk.at_desk(Permission.VOLUNTEERS_READ)
@kept.live(
    Permission.VOLUNTEERS_READ, keeping.SERVING, keeping.ROUNDS, keeping.NAMES, keeping.PLACES
)
@desk.reads(HonourForm)
def honours(form: dict[str, Any], place_code: str) -> str:
    """Show who served most: teams first, then those who asked to be named."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.VOLUNTEERS_READ)
    return shell.render(
        "console/volunteers_honour.html",
        board=honour.honour_board(actor, place=place_code, **form),
        periods=hours_rules.PERIODS,
        today=clock.shanghai_day(clock.now()),
    )
