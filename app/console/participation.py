"""Participation: who takes part, what they do, who is missing, and how it is elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import url_for
from markupsafe import Markup
from marshmallow import fields
from werkzeug.wrappers import Response as AnyResponse

from app.committees import participation, reviews, rules
from app.console import desk, drawing, kept, ranges, shell, telling
from app.console.ranges import Days
from app.core import clock
from app.core.access import Permission
from app.core.forms import Form, choice, day
from app.rollups import rules as rollup_rules

blueprint = desk.console_blueprint("participation", "/<place_code>/participation")
BLUEPRINTS = (blueprint,)

PEOPLE = ("people", "newly", "returning", "breadth")
DONE = (*rollup_rules.ACTIVITIES, "minutes")
COVERED = ("grids", "buildings", "silent_buildings")


class ParticipationForm(Form):
    """The range of Shanghai days, both included, and by which periods it is drawn."""

    first = day(data_key="from")
    last = day(data_key="to")
    by = choice(rollup_rules.PERIODS)


class RankingForm(Form):
    """Whether this place wants to be ranked; which days the page is about."""

    ranking = fields.Boolean(required=True, truthy={"yes"}, falsy={"no"})
    first = day(data_key="from")
    last = day(data_key="to")


@blueprint.get("")
@desk.at_desk(Permission.OVERVIEW_READ)
@kept.kept(participation.participation)
@desk.reads(ParticipationForm)
def show(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """Show who took part in a range of days."""
    desk.place_of(desk.actor(), place_code, Permission.OVERVIEW_READ)
    days = ranges.meant(form.get("first"), form.get("last"))
    by = form.get("by") or _by(days)
    found = participation.participation(
        desk.actor(), place_code, first=days.first, last=days.end, by=by, siblings=False
    )
    than = ranges.than(days)
    now, then = found["figures"], found["previous"]["figures"]

    def tiles(names: Sequence[str]) -> list[dict[str, Any]]:
        """Return the tiles of some figures."""
        return telling.tiles(place_code, names, now, then, days=days, than=than)

    return shell.render(
        "console/participation.html",
        answer=_answer(now["people"], then["people"], days, than),
        chooser=ranges.chooser(days, "console_participation.show", place_code=place_code),
        former=found["previous"],
        people=tiles(PEOPLE),
        done=tiles(DONE),
        covered=tiles(COVERED),
        periods=drawing.periods(found["periods"], by),
        bys=_bys(place_code, days, by),
        activities=drawing.activities(now, then, than),
        missing=_missing(found["missing"], days),
        bands=drawing.bands(found["missing"]["bands"]),
        quarter=_last_quarter(place_code),
        siblings_url=url_for(".show_siblings", place_code=place_code, **days.query),
        map_url=url_for("console_children.show_map", place_code=place_code, **days.query),
    )


def _by(days: Days) -> str:
    """Return by what a range is drawn where nobody says: so that there are some dozen bars."""
    length = (days.last - days.first).days + 1
    for kind, most in ((rollup_rules.DAY, 31), (rollup_rules.WEEK, 190), (rollup_rules.MONTH, 800)):
        if length <= most:
            return kind
    return rollup_rules.QUARTER


def _answer(now: telling.Figure, then: telling.Figure, days: Days, than: Markup) -> Markup:
    """Return the first sentence of the page."""
    said = ranges.said(days)
    if now["value"] is None:
        return shell.say("participation.answer_hidden", days=said)
    if not now["value"]:
        return shell.say("participation.answer_nobody", days=said)
    number = telling.words().number(now["value"])
    change = telling.change("people", now, then, than)
    return shell.say("participation.answer", days=said, n=number, change=change)


def _bys(place_code: str, days: Days, by: str) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind,
            "here": kind == by,
            "url": url_for(".show", place_code=place_code, by=kind, **days.query),
        }
        for kind in rollup_rules.PERIODS
        if participation.may_be_by(kind, days.first, days.last)
    ]


def _missing(missing: Mapping[str, Any], days: Days) -> dict[str, Any]:
    """Return what is said of buildings nobody of which was heard."""
    figure = missing["buildings"]
    if figure["withheld"]:
        said = shell.say("participation.missing_hidden", why=telling.why(figure))
    elif figure["numerator"]:
        number = telling.words().number(figure["numerator"])
        said = shell.say("participation.missing_some", n=number)
    else:
        said = shell.say("participation.missing_none")
    return {"said": said, "some": bool(figure["value"]), "days": ranges.said(days)}


def _last_quarter(place_code: str) -> str:
    """Return the address of the page for the last quarter that is over."""
    kind = rollup_rules.QUARTER
    this = rollup_rules.start_of(clock.shanghai_day(clock.now()), kind)
    days = Days(rollup_rules.before(this, kind), this - timedelta(days=1), kind, whole=True)
    return url_for(".show", place_code=place_code, **days.query)


@blueprint.get("/siblings")
@desk.at_desk(Permission.OVERVIEW_READ)
@kept.kept(participation.show_siblings)
@desk.reads(ParticipationForm)
def show_siblings(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """Show how places of similar size stand."""
    return _siblings(form, place_code)


@blueprint.post("/ranking")
@desk.at_desk(Permission.OVERVIEW_READ)
@desk.reads(RankingForm, location="form")
def choose_ranking(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """Choose whether this place is ranked, for its own committee."""
    desk.place_of(desk.actor(), place_code, Permission.OVERVIEW_READ)
    ranges.meant(form.get("first"), form.get("last"))
    reviews.change_settings(desk.actor(), place_code, ranking=form["ranking"])
    return _siblings(form, place_code)


def _siblings(form: Mapping[str, Any], place_code: str) -> str:
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.OVERVIEW_READ)
    days = ranges.meant(form.get("first"), form.get("last"))
    found = participation.show_siblings(actor, place_code, first=days.first, last=days.last)
    relations = rules.relations(actor.codes(Permission.OVERVIEW_READ), place_code)
    return shell.render(
        "console/part.html" if desk.partly() else "console/alone.html",
        part="console/participation_siblings.html",
        title=shell.say("participation.siblings.title"),
        found=found,
        figures=[drawing.sibling(name, found["siblings"]) for name in participation.COMPARED]
        if found["siblings"]
        else [],
        days=days,
        mine=rules.OWNER in relations,
    )
