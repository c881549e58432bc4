"""Who takes part: people, what they did, who is missing, and how it is elsewhere."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.committees import around, formulas, missing, taking_part, telling_rules
from app.committees.around import Around, Like
from app.committees.taking_part import measures_of
from app.core import clock
from app.core.access import Actor
from app.core.errors import InvalidInput
from app.places.rules import PlaceKind
from app.rollups import reading
from app.rollups import rules as rollup_rules
from app.rollups.reading import Figures

FIGURES = (
    "people", "newly", "returning", "reported", "confirmed", "patrolled", "learnt", "minutes",
    "breadth",
)  # fmt: skip
SHARES = ("grids", "buildings", "silent_buildings")
OF_PERIOD = FIGURES[:-1]
COMPARED = ("breadth", "per_person")
"""What is compared with other places: shares, so that size does not decide."""


def participation(
    actor: Actor,
    place_code: str,
    *,
    first: date | None = None,
    last: date | None = None,
    by: str = rollup_rules.DAY,
    siblings: bool = True,
) -> dict[str, Any]:
    """Return who took part at a place in a range of Shanghai days, and by period.

    Without a range the current month. At most six queries, signing in included; one fewer
    without `siblings`, see `show_siblings`.
    Errors: NotFound (no such place, or none of the actor's), InvalidInput (the range).
    """
    (first, last), former = around.compared(first, last)
    if not may_be_by(by, first, last):
        raise InvalidInput.of("by", "too_many", max=around.MOST_PERIODS)
    place = around.find(actor, place_code, last, with_likes=siblings)
    now, then = taking_part.people(place_code, [around.whole(first, last), former])
    heard = missing.heard(place_code, first, last)
    measures = measures_of(now, place) | heard.measures()
    return {
        "place": place.shown(),
        "from": first,
        "to": last,
        "by": by,
        "figures": telling_rules.shown((*FIGURES, *SHARES), measures, place_code, (first, last)),
        "previous": {
            "from": former[0],
            "to": former[1],
            "figures": telling_rules.shown(OF_PERIOD, measures_of(then, place), place_code, former),
        },
        "periods": _periods(place, by, first, last),
        "missing": {
            "buildings": formulas.reckon("silent_buildings", measures, last).shown(),
            "bands": heard.bands_shown()
            if telling_rules.tells_ages(place_code, first, last, clock.shanghai_day(clock.now()))
            else [],
        },
        "siblings": _siblings(place, first, last, now) if siblings else None,
    }


def show_siblings(
    actor: Actor, place_code: str, *, first: date | None = None, last: date | None = None
) -> dict[str, Any]:
    """Return how places of similar size stand, alone; three queries at most.

    `ranked`: whether the place's committee wants ranking; `registered`: how many people.
    Errors: NotFound (no such place, or none of the actor's), InvalidInput (the range).
    """
    first, last = around.days_asked(first, last)
    place = around.find(actor, place_code, last)
    [now] = taking_part.people(place_code, [around.whole(first, last)])
    return {
        "place": place.shown(),
        "from": first,
        "to": last,
        "ranked": place.ranked,
        "registered": place.registered,
        "siblings": _siblings(place, first, last, now),
    }


DAYS_OF = {
    rollup_rules.DAY: 1,
    rollup_rules.WEEK: 7,
    rollup_rules.MONTH: 28,
    rollup_rules.QUARTER: 90,
    rollup_rules.YEAR: 365,
}
"""About how long a period of a kind is."""


def may_be_by(by: str, first: date, last: date) -> bool:
    """Whether a range has no more periods of a kind than are told at once."""
    earliest = rollup_rules.start_of(first, by)
    return (last - earliest).days // DAYS_OF[by] <= around.MOST_PERIODS


def _periods(place: Around, by: str, first: date, last: date) -> list[dict[str, Any]]:
    """Return each calendar period that touches the range, those without anybody too."""
    found: dict[date, dict[str, Figures]] = {}
    for row in reading.periods(place.code, by, first, last):
        mine = found.setdefault(row.starts_on, dict.fromkeys(rollup_rules.GROUPS, Figures()))
        mine[row.activity] = Figures(row.participations, row.minutes, row.people, row.newly)
    nothing = dict.fromkeys(rollup_rules.GROUPS, Figures())
    shown = []
    start = rollup_rules.start_of(first, by)
    while start <= last:
        end = rollup_rules.end_of(start, by)
        measures = measures_of(found.get(start, nothing), place)
        figures = telling_rules.shown(OF_PERIOD, measures, place.code, (start, end))
        shown.append({"from": start, "to": end, "figures": figures})
        start = end + around.ONE_DAY
    return shown


def _siblings(
    place: Around, first: date, last: date, own: Mapping[str, Figures]
) -> dict[str, Any] | None:
    """Return how places of similar size stand; nothing where they are too few.

    Nor of grids, nor of a few days: what few people did could be reckoned from it. Names only
    if the committee wants ranking, and only of those who want it too.
    """
    if telling_rules.is_near(place.code, first, last):
        return None
    similar = [
        like
        for like in place.likes
        if like.registered and formulas.is_similar(place.registered, like.registered)
    ]
    if len(similar) < formulas.LEAST_SIBLINGS:
        return None
    span = around.whole(first, last)
    figures = reading.children(place.scope(), PlaceKind(place.kind), *span)
    nothing = dict.fromkeys(rollup_rules.GROUPS, Figures())
    theirs = {
        like: _compared(figures.get(like.code, nothing), like.registered or 0) for like in similar
    }
    mine = _compared(own, place.registered)
    return {
        "count": len(similar),
        "figures": {
            name: {
                "own": mine[name],
                **(formulas.quartiles([found[name] for found in theirs.values()]) or {}),
            }
            for name in COMPARED
        },
        "named": _named(place, mine, theirs) if place.ranked else [],
    }


def _compared(figures: Mapping[str, Figures], registered: int) -> dict[str, float]:
    everybody, home = figures[rollup_rules.ALL], figures[rollup_rules.HOME]
    return {
        "breadth": round(home.people / registered, 4) if registered else 0.0,
        "per_person": round(everybody.participations / everybody.people, 4)
        if everybody.people
        else 0.0,
    }


def _named(
    place: Around, mine: Mapping[str, float], theirs: Mapping[Like, Mapping[str, float]]
) -> list[dict[str, Any]]:
    """Return who wants ranking, the best first; equal values share a rank, as in `children`."""
    rows = [(mine["breadth"], place.code, place.name)]
    rows += [
        (found["breadth"], like.code, like.name) for like, found in theirs.items() if like.ranked
    ]
    return [
        {
            "rank": 1 + sum(other > value for other, *_ in rows),
            "place_code": code,
            "name": name,
            "breadth": value,
        }
        for value, code, name in sorted(rows, key=lambda row: (-row[0], row[1]))
    ]
