"""The rectification list: what has to be put right by a day, asked for and answered here."""

from typing import Any

from flask import url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.committees import formulas, keeping, rectifications, rules
from app.console import desk, evaluation, kept, ranges, shell, telling
from app.core import clock
from app.core.access import Permission
from app.core.errors import NotFound
from app.core.forms import Form, choice, day, text
from app.core.http import limited
from app.core.pages import PageForm

blueprint = desk.console_blueprint("rectifications", "/<place_code>/rectifications")
BLUEPRINTS = (blueprint,)
TONES = {"open": "waiting", "answered": "going", "accepted": "solved", "withdrawn": "over"}


class ListForm(PageForm):
    """Which of them."""

    state = choice(rules.RECTIFICATION_STATES)


class RaiseForm(Form):
    """What has to be put right, and by which day."""

    title = text(longest=80, required=True)
    demand = text(longest=2000, required=True)
    due_on = day(required=True)
    figure = choice(formulas.NAMES)


class MoveForm(Form):
    """Where to, and what the move needs."""

    to = choice(rules.RECTIFICATION_STATES, required=True)
    note = text(longest=2000)
    due_on = day()


@blueprint.get("")
@desk.at_desk(Permission.OVERVIEW_READ)
@kept.live(Permission.OVERVIEW_READ, keeping.REVIEWS, keeping.NAMES, keeping.PLACES)
@desk.reads(ListForm)
def show(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """List what a place and all within it have to put right."""
    actor = desk.actor()
    place = desk.place_of(actor, place_code, Permission.OVERVIEW_READ)
    state = form.get("state")
    found = rectifications.list_rectifications(
        actor, place_code, state=state, cursor=form.get("cursor")
    )
    relations = rules.relations(actor.codes(Permission.PLACE_REVIEW), place_code)
    return shell.render(
        "console/rectifications.html",
        rows=[_row(row) for row in found["items"]],
        next_cursor=found["next_cursor"],
        more_url=url_for(".show", place_code=place_code, state=state, cursor=found["next_cursor"]),
        states=[
            {
                "said": shell.say(f"rectifications.state.{each}" if each else "rectifications.all"),
                "url": url_for(".show", place_code=place_code, state=each),
                "here": each == state,
            }
            for each in (None, *rules.RECTIFICATION_STATES)
        ],
        may_raise=rules.SUPERVISOR in relations and place["kind"] in rectifications.ANSWERING,
        names=evaluation.named_figures(),
        today=_today(),
    )


@blueprint.post("")
@desk.at_desk(Permission.PLACE_REVIEW)
@limited("60 per minute")
@desk.reads(RaiseForm, location="form")
def demand(form: dict[str, Any], place_code: str) -> AnyResponse:
    """Ask a place to put something right by a day."""
    desk.place_of(desk.actor(), place_code, Permission.OVERVIEW_READ)
    made = rectifications.raise_rectification(desk.actor(), place_code, **form)
    return desk.go(url_for(".show_one", place_code=place_code, rectification_id=made["id"]))


@blueprint.get("/<id:rectification_id>")
@desk.at_desk(Permission.OVERVIEW_READ)
def show_one(place_code: str, rectification_id: int) -> AnyResponse | str:
    """Show one of them with its history, and the moves that one may make."""
    desk.place_of(desk.actor(), place_code, Permission.OVERVIEW_READ)
    found = rectifications.show_rectification(desk.actor(), rectification_id)
    return _one(place_code, found)


@blueprint.post("/<id:rectification_id>/moves")
@desk.at_desk(Permission.OVERVIEW_READ)
@desk.reads(MoveForm, location="form")
def move(form: dict[str, Any], place_code: str, rectification_id: int) -> AnyResponse | str:
    """Answer, accept, send back or withdraw."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.OVERVIEW_READ)
    if not rectifications.find_rectification(actor, rectification_id).place_code.startswith(
        place_code
    ):
        raise NotFound
    found = rectifications.move_rectification(actor, rectification_id, **form)
    done = found["history"][-1]["move"]
    return _one(place_code, found, said=shell.say(f"rectifications.done.{done}"))


def _one(place_code: str, found: dict[str, Any], *, said: Markup | str = "") -> str:
    if not found["place_code"].startswith(place_code):
        raise NotFound
    return shell.render(
        "console/part.html" if desk.partly() else "console/alone.html",
        part="console/rectification.html",
        title=found["title"],
        row=_row(found),
        back=url_for(".show", place_code=place_code),
        figure_url=_figure(found),
        today=_today(),
        said=said,
    )


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "tone": "late" if row["late"] else TONES[row["state"]],
        "word": shell.say(
            "rectifications.late" if row["late"] else f"rectifications.state.{row['state']}"
        ),
        "name": telling.name(row["figure"]) if row["figure"] else None,
    }


def _figure(row: dict[str, Any]) -> str | None:
    if row["figure"] is None:
        return None
    asked = clock.shanghai_day(row["raised_at"])
    return telling.opened(row["place_code"], row["figure"], ranges.meant(None, asked))


def _today() -> Any:
    return clock.shanghai_day(clock.now())
