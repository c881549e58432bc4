"""The board of hazards: columns by state, filters in the address, and the same on a map."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from app.committees import keeping, lasting
from app.console import board_cards, desk, kept, shell
from app.core import clock
from app.core.access import Permission
from app.core.deployment import settings
from app.core.errors import NotFound
from app.core.forms import Form, pattern, query_flag, text
from app.hazards import board, categories, rules
from app.places import service as places

blueprint = desk.console_blueprint("board", "/<place_code>/board")
board_cards.install(blueprint)
BLUEPRINTS = (blueprint,)

BELOW = {"district": "street", "street": "community", "community": "grid"}
MOST_BELOW = 200
"""So many places stand in the list of a filter; the others are found by their own boards."""
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


shown = kept.live(
    Permission.HAZARD_DISPATCH,
    *(keeping.CASES, keeping.CHECKS, keeping.NAMES, keeping.PLACES),
    scope=kept.the_place,
)


@blueprint.get("")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@shown
@desk.reads(FilterForm)
def show(form: dict[str, Any], place_code: str) -> str:
    """Show the cases of a place in columns."""
    place = desk.place_of(desk.actor(), place_code, Permission.HAZARD_DISPATCH)
    at, filters = sifted(place_code, form)
    found = board.show_board(desk.actor(), at, **filters)
    lasting.no_longer_than([lasting.past(found["due"])])
    _tell_changes(*(column["items"] for column in found["columns"]))
    return shell.render(
        "console/board_columns.html" if desk.partly() else "console/board.html",
        columns=[
            column | {"cards": board_cards.cards_of(column["items"], place_code, form)}
            for column in found["columns"]
        ],
        **choices(place, form),
    )


def _tell_changes(*shown: Sequence[Mapping[str, Any]]) -> None:
    """Tell when time makes one of these cases late, or closes it for good."""
    now, moments = clock.now(), []
    for case in chain.from_iterable(shown):
        closed = case["closed_at"]
        moments += [case["act_by"], closed and closed + rules.REOPEN_WITHIN]
    ahead = (moment for moment in moments if moment and moment >= now)
    lasting.no_longer_than([lasting.past(min(ahead, default=None))])


def _tell_page(case_list: Sequence[Mapping[str, Any]], filters: Mapping[str, Any]) -> None:
    """Tell the same of a page of which one does not know what time will add to it."""
    if filters.get("late"):
        lasting.no_longer_than([clock.now()])
    _tell_changes(case_list)


@blueprint.get("/columns/<name>")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@shown
@desk.reads(ColumnForm)
def column(form: dict[str, Any], place_code: str, name: str) -> str:
    """Show the next cards of one column."""
    desk.place_of(desk.actor(), place_code, Permission.HAZARD_DISPATCH)
    cursor = form.pop("cursor", None)
    at, filters = sifted(place_code, form)
    found = board.show_column(desk.actor(), at, name, cursor, **filters)
    _tell_page(found["items"], filters)
    page = "console/part.html" if desk.partly() else "console/alone.html"
    return shell.render(
        page,
        part="console/board_further.html",
        title=shell.say(f"board.columns.{name}"),
        column=found | {"cards": board_cards.cards_of(found["items"], place_code, form)},
        chosen=form,
    )


@blueprint.get("/map")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@shown
@desk.reads(ColumnForm)
def on_map(form: dict[str, Any], place_code: str) -> str:
    """Show the open cases of a place on a map, and beside it as a list."""
    place = desk.place_of(desk.actor(), place_code, Permission.HAZARD_DISPATCH)
    cursor = form.pop("cursor", None)
    at, filters = sifted(place_code, form)
    found = board.list_mapped(desk.actor(), at, cursor=cursor, **filters)
    _tell_page(found["items"], filters)
    chosen = choices(place, form, outlines=True)
    lines = board_cards.cards_of(found["items"], place_code, form)
    # A pin leads to the case alone: the map has no filters to come back to.
    pins = board_cards.cards_of(found["items"], place_code, {}) if form else lines
    return shell.render(
        "console/board_map.html",
        found=found,
        lines=lines,
        drawing=drawing(found["items"], pins, chosen["below"] or [place]),
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
    cases: list[dict[str, Any]], lines: list[board_cards.Card], outlined: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return what `maps.ts` draws: outlines of places and a pin for each case."""
    return {
        **tiles(),
        "outlines": [{"name": one["name"], "outline": one["outline"]} for one in outlined],
        "points": [
            {
                "lat": case["lat"],
                "lon": case["lon"],
                "tone": line.tone if line.late else PIN_TONES[line.kind],
                "mark": "▲" if line.late else PIN_MARKS[line.kind],
                "label": f"{line.number} {line.name} {line.word}",
                "url": line.url,
            }
            for case, line in zip(cases, lines, strict=True)
        ],
    }


def tiles() -> dict[str, str]:
    """Return where the tiles of maps come from, if the deployment has a server for them."""
    known = settings()
    if not known.tile_url:
        return {}
    return {"tiles": known.tile_url, "attribution": known.tile_attribution or ""}
