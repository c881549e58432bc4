"""One level down: the places below, side by side; and their map."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as AnyResponse

from app.committees import children, formulas
from app.console import desk, drawing, kept, ranges, shell, telling
from app.console.ranges import Days
from app.core.access import Permission
from app.core.deployment import settings
from app.core.forms import Form, choice, day, text
from app.places import service as places
from app.places.rules import KINDS, LENGTHS, PlaceKind

blueprint = desk.console_blueprint("children", "/<place_code>/children")
BLUEPRINTS = (blueprint,)
MOST = 1000
"""Rows of one page: the communities of a large district."""
MOST_DRAWN = 200
"""Places of one map."""
MOST_LABELLED = 12
"""Up to so many places say on the map what they are."""
MOST_LINKED = 100
"""Up to so many rows every figure is a link; above, a page of links would be too long."""
FIRST = "people"
"""By what a map is shaded where nobody says."""


class ChildrenForm(Form):
    """The range, which level below, what comes first, and which page."""

    first = day(data_key="from")
    last = day(data_key="to")
    level = choice([PlaceKind.STREET, PlaceKind.COMMUNITY, PlaceKind.GRID])
    sort = choice(children.SORTS, load_default="code")
    cursor = text(longest=400)


@blueprint.get("")
@desk.at_desk(Permission.OVERVIEW_READ)
@kept.kept(children.children)
@desk.reads(ChildrenForm)
def show(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """Show the places of the next level, or of one further down."""
    place = desk.place_of(desk.actor(), place_code, Permission.OVERVIEW_READ)
    days = ranges.meant(form.get("first"), form.get("last"))
    sort = form["sort"]
    if place["kind"] not in children.NEXT:
        return shell.render("console/children_none.html")
    found = children.children(
        desk.actor(), place_code, **_asked(form, days), cursor=form.get("cursor"), limit=MOST
    )
    level = form.get("level")
    rows = found["items"]
    main = sort if sort != "code" else FIRST
    answer = _answer(found, main, days)
    return shell.render(
        "console/children.html",
        chooser=ranges.chooser(
            days, "console_children.show", place_code=place_code, level=level, sort=_said_sort(sort)
        ),
        answer=answer,
        levels=_levels(place_code, found["level"], sort, days),
        columns=_columns(place_code, sort, found["level"], level, days),
        rows=_rows(rows, sort, days),
        compared=any(found["quartiles"].values()),
        ranked=any(row["rank"] is not None for row in rows),
        outliers=_outliers(rows, days),
        chart=drawing.spread(main, _values(rows, main), answer),
        next_url=found["next_cursor"]
        and url_for(
            ".show",
            place_code=place_code,
            level=level,
            sort=_said_sort(sort),
            cursor=found["next_cursor"],
            **days.query,
        ),
        map_url=url_for(
            ".show_map", place_code=place_code, level=level, sort=_said_sort(main), **days.query
        ),
    )


def _asked(form: Mapping[str, Any], days: Days) -> dict[str, Any]:
    return {
        "first": days.first,
        "last": days.last,
        "level": form.get("level"),
        "sort": form["sort"],
    }


def _said_sort(sort: str) -> str | None:
    """Return what stands in an address for an order; nothing for the usual one."""
    return None if sort == "code" else sort


def _values(rows: list[dict[str, Any]], name: str) -> list[float]:
    values = (row["figures"][name]["value"] for row in rows)
    return [value for value in values if value is not None]


def _answer(found: Mapping[str, Any], name: str, days: Days) -> Markup:
    """Return how the places lie, without naming the first or the last of them."""
    words, said = telling.words(), ranges.said(days)
    quartiles = found["quartiles"].get(name) or formulas.quartiles(_values(found["items"], name))
    if quartiles is None:
        number = words.number(len(found["items"]))
        return shell.say("children.answer_few", n=number)
    return shell.say(
        "children.answer",
        days=said,
        name=telling.name(name),
        **{side: telling.plain(name, value) for side, value in quartiles.items()},
    )


def _levels(place_code: str, level: str, sort: str, days: Days) -> list[dict[str, Any]]:
    """Return the levels below a place, each with its address."""
    return [
        {
            "said": shell.say(f"children.levels.{kind}"),
            "here": kind == level,
            "url": url_for(
                ".show", place_code=place_code, level=kind, sort=_said_sort(sort), **days.query
            ),
        }
        for length, kind in KINDS.items()
        if len(place_code) < length <= LENGTHS[PlaceKind.GRID]
    ]


def _figures(level: str) -> list[str]:
    """Return what is told of places of a level: of a grid nobody says who is at home in it."""
    return [name for name in children.FIGURES if (name, level) != ("breadth", PlaceKind.GRID)]


def _columns(
    place_code: str, sort: str, shown: str, level: str | None, days: Days
) -> list[dict[str, Any]]:
    return [
        {
            "name": telling.name(name),
            "here": name == sort,
            "url": url_for(".show", place_code=place_code, level=level, sort=name, **days.query),
        }
        for name in _figures(shown)
    ]


def _rows(rows: list[dict[str, Any]], sort: str, days: Days) -> Markup:
    """Return the rows of the table. A district has a thousand: this is faster than a template."""
    query = "?" + "&amp;".join(f"{name}={value}" for name, value in days.query.items())
    linked = len(rows) <= MOST_LINKED
    numbers = {name: _cell_of(name) for name in _figures(rows[0]["place"]["kind"] if rows else "")}
    ranked = any(row["rank"] is not None for row in rows)
    lines = []
    for row in rows:
        place, figures = row["place"], row["figures"]
        code = place["code"]
        door = "children" if place["kind"] != PlaceKind.GRID else "participation"
        far = {each["figure"] for each in row["outliers"]}
        name = escape(place["name"])
        cells = [f'<th scope="row"><a href="/console/{code}/{door}{query}">{name}</a></th>']
        if ranked:
            cells.append(f'<td class="n">{row["rank"] or ""}</td>')
        for figure, said in numbers.items():
            shown = said(figures[figure]["value"])
            if linked or figure == sort:
                shown = f'<a href="/console/{code}/figures/{figure}{query}">{shown}</a>'
            if figure in far:
                shown = f'<span class="far">▲ {shown}</span>'
            cells.append(f'<td class="n">{shown}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    # Codes, numbers and the escaped names of places: nothing that anybody wrote.
    return Markup("\n".join(lines))  # noqa: S704


def _cell_of(name: str) -> Any:
    """Return what writes a figure's value in a cell, with its words looked up once."""
    words = telling.words()
    if name in {"people", "cases_reported"}:
        return lambda value: telling.HIDDEN if value is None else f"{value:,.0f}"
    return lambda value: telling.HIDDEN if value is None else words.percent(value)


def _outliers(rows: list[dict[str, Any]], days: Days) -> list[dict[str, Any]]:
    """Return what lies far off the other places, each explained."""
    return [
        {
            "said": shell.say(
                "children.outlier",
                place=row["place"]["name"],
                name=telling.name(each["figure"]),
                value=telling.value(each["figure"], row["figures"][each["figure"]]),
            ),
            "url": telling.opened(row["place"]["code"], each["figure"], days),
            "why": each["explanation"],
            "usual": shell.say(
                "children.usual",
                lower=telling.plain(each["figure"], max(0.0, each["lower"])),
                upper=telling.plain(each["figure"], min(1.0, each["upper"])),
            ),
        }
        for row in rows
        for each in row["outliers"]
    ]


# The map


@blueprint.get("/map")
@desk.at_desk(Permission.OVERVIEW_READ)
@kept.kept(children.children)
@desk.reads(ChildrenForm)
def show_map(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """Show the places below on a map, shaded by a figure; of a grid nothing is below."""
    place = desk.place_of(desk.actor(), place_code, Permission.OVERVIEW_READ)
    days = ranges.meant(form.get("first"), form.get("last"))
    name = form["sort"] if form["sort"] != "code" else FIRST
    rows, outlines = [], {}
    if place["kind"] in children.NEXT:
        found = children.children(desk.actor(), place_code, **_asked(form, days), limit=MOST_DRAWN)
        rows = found["items"]
        outlines = _outlines(place_code, found["level"])
    drawn = [_outline(row, outlines, name, days) for row in rows]
    drawn = [each for each in drawn if each["outline"]]
    values = _values(rows, name)
    _shade(drawn)
    return shell.render(
        "console/part.html" if desk.partly() else "console/alone.html",
        part="console/children_map.html",
        title=shell.say("participation.map"),
        answer=_said_map(name, values, len(rows), days),
        drawing={
            "tiles": settings().tile_url,
            "attribution": settings().tile_attribution,
            "outlines": [
                # On a map there is room for a number, and for a dash; why is told below it.
                each | {"name": _short(each["name"], place["name"]), "value": each["mark"]}
                for each in drawn
            ],
            "labelled": len(drawn) <= MOST_LABELLED,
            "points": [],
        }
        if drawn
        else None,
        drawn=drawn,
    )


def _outlines(place_code: str, level: str) -> dict[str, Any]:
    found = places.list_places(kind=level, within=place_code, outline=True, limit=MOST_DRAWN)
    return {row["code"]: row["outline"] for row in found["items"]}


def _outline(
    row: Mapping[str, Any], outlines: Mapping[str, Any], name: str, days: Days
) -> dict[str, Any]:
    figure, place = row["figures"][name], row["place"]
    return {
        "name": place["name"],
        "outline": outlines.get(place["code"]),
        "number": figure["value"],
        "mark": telling.value(name, figure),
        "value": str(telling.why(figure)) if figure["withheld"] else telling.value(name, figure),
        "url": telling.opened(place["code"], name, days),
    }


def _short(name: str, within: str) -> str:
    """Return a name without that of the place around it: on a map, long ones hide each other."""
    return name.removeprefix(within) or name


def _shade(drawn: list[dict[str, Any]]) -> None:
    """Shade places from nothing to the most; what has no number is not shaded at all."""
    most = max((each["number"] or 0 for each in drawn), default=0)
    for each in drawn:
        number = each.pop("number")
        each["shade"] = None if number is None else round(number / most, 2) if most else 0


def _said_map(name: str, values: list[float], places_below: int, days: Days) -> Markup:
    said = ranges.said(days)
    if not values:
        return shell.say("children.map.nothing", days=said, name=telling.name(name))
    hidden = places_below - len(values)
    return shell.say(
        "children.map.best",
        days=said,
        name=telling.name(name),
        most=telling.plain(name, max(values)),
        least=telling.plain(name, min(values)),
        hidden=shell.say("children.map.some_hidden", n=hidden)
        if hidden
        else shell.say("children.map.all_told"),
    )
