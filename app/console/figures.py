"""A figure opened: what it is made of, by which formula, and its rows."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.committees import formulas, opening
from app.committees.children import NEXT, SORTS
from app.console import desk, kept, ranges, shell, telling
from app.console.ranges import Days
from app.core.access import Permission
from app.places import service as places
from app.places.rules import kind_of

blueprint = desk.console_blueprint("figures", "/<place_code>/figures")
BLUEPRINTS = (blueprint,)


@blueprint.get("/<name>")
@desk.at_desk(Permission.OVERVIEW_READ)
@kept.kept(opening.open_figure)
@desk.reads(ranges.RangeForm)
def show(form: dict[str, Any], place_code: str, name: str) -> AnyResponse | str:
    """Open a figure: numerator, denominator, exclusions, formula, rows."""
    place = desk.place_of(desk.actor(), place_code, Permission.OVERVIEW_READ)
    days = ranges.meant(form.get("first"), form.get("last"))
    found = opening.open_figure(
        desk.actor(),
        place_code,
        name,
        first=days.first,
        last=days.last,
        cursor=form.get("cursor"),
        limit=form["limit"],
    )
    figure = found["figure"]
    return shell.render(
        "console/figure.html",
        name=name,
        chooser=ranges.chooser(days, "console_figures.show", place_code=place_code, name=name),
        answer=_answer(name, figure, place["name"], days),
        what=shell.say(f"figures.what.{name}"),
        figure=figure,
        sides=_sides(figure, found["formula"]),
        parts=_parts(place_code, figure, days),
        made=_made(found["formula"]),
        version=shell.say("figures.version", version=found["formula"]["version"]),
        since=_since(found["formula"]),
        rows=found["rows"],
        items=found["items"],
        names=places.names_of([row["place_code"] for row in found["items"]]),
        next_cursor=found["next_cursor"],
        more_url=url_for(
            ".show", place_code=place_code, name=name, cursor=found["next_cursor"], **days.query
        ),
        goes_on=form.get("cursor") is not None,
        compare_url=_compared(place_code, name, days),
    )


def _answer(name: str, figure: telling.Figure, place: str, days: Days) -> Markup:
    called = shell.say("figures.of_place", name=telling.name(name), place=place)
    said = ranges.said(days)
    if figure["withheld"]:
        return shell.say("figures.sentence_hidden", days=said, name=called, why=telling.why(figure))
    unit = _unit(name) if telling.has_unit(name) else ""
    value = telling.shown(name, figure)
    return shell.say("figures.sentence", days=said, name=called, value=f"{value}{unit}")


def _unit(name: str) -> str:
    return f" {shell.say('figures.unit.' + telling.unit(name))}"


def _sides(figure: telling.Figure, formula: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the numerator, the denominator and what is left out, each with its number."""
    counts = formula["denominator"] is None
    sides = (("counted" if counts else "numerator", "numerator"),) + (
        () if counts else (("denominator", "denominator"), ("excluded", "excluded"))
    )
    return [
        {
            "side": shell.say(f"figures.{called}"),
            "measure": shell.say(f"figures.measure.{formula[side]}"),
            "number": telling.HIDDEN
            if figure[side] is None
            else telling.words().number(figure[side]),
        }
        for called, side in sides
        if formula[side] is not None
    ]


def _parts(place_code: str, figure: telling.Figure, days: Days) -> list[dict[str, Any]]:
    return [
        telling.tile(name, part, None, Markup(), url=telling.opened(place_code, name, days))
        for name, part in figure.get("parts", {}).items()
    ]


def _made(formula: Mapping[str, Any]) -> Markup | None:
    """Return the formula of an index in words; the others are told by their sides."""
    parts = formula["parts"]
    if not parts:
        return None
    names = " · ".join(telling.name(part) for part in parts)
    return shell.say("figures.index_of", parts=names, root=len(parts))


def _since(formula: Mapping[str, Any]) -> Markup:
    if formula["since"] == formulas.BEGINNING:
        return shell.say("figures.always")
    return shell.say("figures.since", since=shell.show_day(formula["since"]))


def _compared(place_code: str, name: str, days: Days) -> str | None:
    """Return where the same figure stands for the places below; nothing where there is none."""
    if name not in SORTS or kind_of(place_code) not in NEXT:
        return None
    return url_for("console_children.show", place_code=place_code, sort=name, **days.query)
