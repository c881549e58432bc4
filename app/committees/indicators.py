"""The rates of the reference, and the two indices, each with what it is made of."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.committees import around, formulas, reviews, solving, taking_part, telling_rules
from app.committees.around import Around
from app.core.access import Actor

Range = tuple[date, date]


def indicators(
    actor: Actor, place_code: str, *, first: date | None = None, last: date | None = None
) -> dict[str, Any]:
    """Return the indicators and indices of a place for a range of Shanghai days.

    Without a range the current month. At most six queries, signing in included.
    Errors: NotFound (no such place, or none of the actor's), InvalidInput (the range).
    """
    (first, last), former = around.compared(first, last)
    place = around.find(actor, place_code, last, former=former[1], with_likes=False)
    now, then = measured(place, [(first, last), former])
    targets = {row["figure"]: row for row in reviews.targets_of(place_code)}
    return {
        "place": place.shown(),
        "from": first,
        "to": last,
        "indicators": formulas.reckon_all(formulas.INDICATORS, now, last),
        "indices": telling_rules.shown(formulas.INDICES, now, place_code, (first, last)),
        "previous": {
            "from": former[0],
            "to": former[1],
            "indicators": formulas.reckon_all(formulas.INDICATORS, then, former[1]),
            "indices": telling_rules.shown(formulas.INDICES, then, place_code, former),
        },
        "targets": [_beside(row, now, place_code, (first, last)) for row in targets.values()],
    }


def measured(place: Around, ranges: list[Range]) -> list[dict[str, int]]:
    """Return the measures of the rates and indices for each range, the later first; two queries."""
    spread = taking_part.spread(place.code, ranges)
    cases = solving.measured(place.code, ranges)
    found = [how.measures(place) | counts for how, counts in zip(spread, cases, strict=True)]
    if place.registered_before is not None:
        found[-1]["registered_adults"] = place.registered_before
    return found


def _beside(
    target: Mapping[str, Any], measures: Mapping[str, int], place_code: str, days: Range
) -> dict[str, Any]:
    """Return a target beside what its figure came to; `met` is unknown where that is."""
    figure = target["figure"]
    value = telling_rules.reckon([figure], measures, place_code, days)[figure].value
    met = None
    if value is not None:
        met = value <= target["wanted"] if target["at_most"] else value >= target["wanted"]
    return {**target, "met": met}
