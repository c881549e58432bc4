"""The board of hazards: columns by state, filters in the address, and the same on a map."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from app.console import desk, shell
from app.core.access import Permission
from app.core.deployment import settings
from app.core.errors import NotFound
from app.core.forms import Form, pattern, query_flag, text
from app.hazards import board, categories
from app.places import service as places

blueprint = desk.console_blueprint("board", "/<place_code>/board")
BLUEPRINTS = (blueprint,)

BELOW = {"district": "street", "street": "community", "community": "grid"}
MOST_BELOW = 200
"""So many places stand in the list of a filter; the others are found by their own boards."""
WORDS = {
    "reported": "new",
    "accepted": "in_hand",
    "assigned": "in_hand",
    "handling": "in_hand",
    "suspended": "on_hold",
    "handled": "to_confirm",
    "closed": "closed",
    "declined": "closed",
    "withdrawn": "closed",
}
"""The five words that a state is told in, on every page."""
TONES = {
    "new": "waiting",
    "in_hand": "going",
    "on_hold": "waiting",
    "to_confirm": "waiting",
    "closed": "solved",
}
PIN_TONES = {"new": "waiting", "in_hand": "info", "on_hold": "quiet", "to_confirm": "solved"}
PIN_MARKS = {"new": "◔", "in_hand": "▶", "on_hold": "Ⅱ", "to_confirm": "✓"}
"""A shape besides the colour."""


class FilterForm(Form):
    """Which cases to show: `grid`, a place within the board's; the others as `hazards.board`."""

    grid = pattern(r"\A[0-9]{6,24}\Z")
    category = pattern(r"\A[A-Z0-9_]{2,24}\Z")
    late = query_flag()
    mine = query_flag()
    text = text(longest=60)


class ColumnForm(FilterForm):
    """The next page of a column, or of a map."""

    cursor = text(longest=400)


@blueprint.get("")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@desk.reads(FilterForm)
def show(form: dict[str, Any], place_code: str) -> str:
    """Show the cases of a place in columns."""
    place = desk.place_of(desk.actor(), place_code, Permission.HAZARD_DISPATCH)
    at, filters = sifted(place_code, form)
    found = board.show_board(desk.actor(), at, **filters)
    return shell.render(
        "console/board_columns.html" if desk.partly() else "console/board.html",
        columns=found["columns"],
        **choices(place, form),
    )


@blueprint.get("/columns/<name>")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@desk.reads(ColumnForm)
def column(form: dict[str, Any], place_code: str, name: str) -> str:
    """Show the next cards of one column."""
    desk.place_of(desk.actor(), place_code, Permission.HAZARD_DISPATCH)
    cursor = form.pop("cursor", None)
    at, filters = sifted(place_code, form)
    found = board.show_column(desk.actor(), at, name, cursor, **filters)
    page = "console/part.html" if desk.partly() else "console/alone.html"
    return shell.render(
        page,
        part="console/board_further.html",
        title=shell.say(f"board.columns.{name}"),
        column=found,
        chosen=form,
    )


@blueprint.get("/map")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@desk.reads(ColumnForm)
def on_map(form: dict[str, Any], place_code: str) -> str:
    """Show the open cases of a place on a map, and beside it as a list."""
    place = desk.place_of(desk.actor(), place_code, Permission.HAZARD_DISPATCH)
    cursor = form.pop("cursor", None)
    at, filters = sifted(place_code, form)
    found = board.list_mapped(desk.actor(), at, cursor=cursor, **filters)
    chosen = choices(place, form, outlines=True)
    return shell.render(
        "console/board_map.html",
        found=found,
        drawing=drawing(place_code, found["items"], chosen["below"] or [place]),
        **chosen,
    )


def sifted(place_code: str, form: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the place that a board is of and its other filters. Errors: NotFound."""
    filters = dict(form)
    at = filters.pop("grid", place_code)
    if not at.startswith(place_code):
        raise NotFound
    return at, filters


def choices(
    place: Mapping[str, Any], form: Mapping[str, Any], *, outlines: bool = False
) -> dict[str, Any]:
    """Return what the filters offer, and what of it is chosen."""
    kind = BELOW.get(place["kind"])
    below = (
        places.list_places(kind=kind, within=place["code"], limit=MOST_BELOW, outline=outlines)
        if kind
        else {"items": []}
    )
    return {
        "chosen": form,
        "below": below["items"],
        "kinds": categories.list_categories(desk.actor())["items"],
    }


def drawing(
    place_code: str, cases: list[dict[str, Any]], outlined: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return what `maps.ts` draws: outlines of places and a pin for each case."""
    return {
        **tiles(),
        "outlines": [{"name": one["name"], "outline": one["outline"]} for one in outlined],
        "points": [
            {
                "lat": case["lat"],
                "lon": case["lon"],
                "tone": "late" if case["overdue"] else PIN_TONES[WORDS[case["state"]]],
                "mark": "▲" if case["overdue"] else PIN_MARKS[WORDS[case["state"]]],
                "label": f"{case['number']} {case['category_name']} {word_of(case)}",
                "url": url_for(
                    "console_board_cases.show", place_code=place_code, case_id=case["id"]
                ),
            }
            for case in cases
        ],
    }


def tiles() -> dict[str, str]:
    """Return where the tiles of maps come from, if the deployment has a server for them."""
    known = settings()
    if not known.tile_url:
        return {}
    return {"tiles": known.tile_url, "attribution": known.tile_attribution or ""}


def word_of(case: Mapping[str, Any]) -> str:
    """Return the word of a case's state."""
    return str(shell.say(f"board.words.{WORDS[case['state']]}"))


def chip_of(case: Mapping[str, Any]) -> tuple[str, str]:
    """Return a case's state in one of the five words, and the tone that it is shown in."""
    word = WORDS[case["state"]]
    nothing_done = case["state"] in {"declined", "withdrawn"}
    return word_of(case), "over" if nothing_done else TONES[word]


def promise_of(case: Mapping[str, Any]) -> str:
    """Return by when what is done next: 今天 16:40 前受理."""
    state = case["state"]
    moment = {"handled": case["handled_at"], "closed": case["closed_at"]}.get(state, case["act_by"])
    if moment is None:
        return str(shell.say(f"board.ends.{state}"))
    return str(shell.say(f"board.promises.{state}", moment=shell.show_moment(moment)))


def ways_of(case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return in which columns a case may be put, and whether more has to be said for it.

    What ends a case is asked about first, also where it needs nothing.
    """
    return [
        {
            "move": move["move"],
            "to": move["to"],
            "column": board.COLUMN_OF[move["to"]],
            "ask": bool(move["needs"]) or move["to"] in board.COLUMNS[board.OVER],
        }
        for move in case["moves"]
        if move["to"] != case["state"]
    ]


def address(endpoint: str, place_code: str, chosen: Mapping[str, Any], **more: Any) -> str:
    """Return the address of a page of the board with its filters."""
    kept = {name: "true" if value is True else value for name, value in chosen.items() if value}
    values: dict[str, Any] = {"place_code": place_code, **kept, **more}
    return url_for(f"console_{endpoint}", **values)


blueprint.record(
    lambda setup: setup.app.jinja_env.globals.update(
        {"chip_of": chip_of, "promise_of": promise_of, "ways_of": ways_of, "address": address}
    )
)
