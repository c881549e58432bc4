"""How figures are said: a value, what it is of, how it changed, and why there is none."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from markupsafe import Markup

from app.committees import formulas
from app.console import shell
from app.console.ranges import Days
from app.core.access import language
from app.core.rounding import half_up
from app.reports import rules
from app.reports.wording import Words

Figure = Mapping[str, Any]
"""A figure as services answer it."""
HOUR = 60
HIDDEN = "—"
GOOD, BAD, QUIET = "good", "bad", "quiet"
COUNTED_IN: Mapping[str, str] = {
    **dict.fromkeys(("people", "newly", "returning", "registered"), "people"),
    **dict.fromkeys(("breadth", "continuity", "silent"), "people"),
    **dict.fromkeys(("reported", "confirmed", "learnt"), "times"),
    "patrolled": "walks",
    "minutes": "hours",
    "grids": "grids",
    **dict.fromkeys(("buildings", "silent_buildings"), "buildings"),
    **dict.fromkeys(("accurate_dispatch", "rework", "return", "finality"), "times"),
    **dict.fromkeys(("resolved", "satisfied"), "times"),
    "evenness": "even",
}
"""In what the parts of a figure are counted; all others in cases."""
PLAIN_COUNTS = frozenset({"silent_buildings", "grids", "buildings"})
"""Shares of which the number itself is what one looks for."""
NEUTRAL = frozenset({"newly", "returning", "registered"})
"""Of these, more is neither better nor worse."""
LESS_IS_BETTER = formulas.LESS_IS_BETTER | {"silent_buildings"}


def words() -> Words:
    """Return how numbers are written in the language of the page."""
    return Words(language())


def period(key: str) -> str:
    """Return what a report's period is called: `2026-Q3` is 2026年第3季度."""
    found = rules.period(key)
    return key if found is None else words().period(found)


def unit(name: str) -> str:
    """Return in what the parts of a figure are counted."""
    return COUNTED_IN.get(name, "cases")


def name(figure: str) -> Markup:
    """Return what a figure is called."""
    return shell.say(f"figures.name.{figure}")


def value(figure: str, found: Figure) -> str:
    """Return a figure's value as people read it; a dash if it is withheld."""
    return plain(figure, found["value"])


def plain(figure: str, number: float | None) -> str:
    """Return a number as a figure has it: a count, hours, per cent, or out of 100."""
    if number is None:
        return HIDDEN
    if figure in formulas.INDICES:
        return f"{half_up(number, 1):.1f}"
    if figure == "minutes":
        return words().number(half_up(number / HOUR, 1))
    if _is_share(figure):
        return words().percent(number)
    return words().number(number)


def _is_share(figure: str) -> bool:
    return any(each.name == figure and each.denominator for each in formulas.FORMULAS)


def of(figure: str, found: Figure) -> Markup:
    """Return what a figure is made of: 50 件中 46 件, 2 件不计; or why it is withheld."""
    if found["withheld"]:
        return why(found)
    if found["denominator"] is None:
        return Markup()
    return made_of(figure, found)


def made_of(figure: str, found: Figure) -> Markup:
    """Return numerator, denominator and what is left out of a share."""
    parts = {
        "numerator": words().number(found["numerator"]),
        "denominator": words().number(found["denominator"]),
    }
    said = shell.say(f"figures.of.{unit(figure)}", **parts)
    if not found["excluded"]:
        return said
    return shell.say("figures.excluding", said=said, excluded=words().number(found["excluded"]))


def why(found: Figure) -> Markup:
    """Return in plain words why a figure is withheld, with how much is known where that is it."""
    reason = shell.say(f"figures.withheld.{found['withheld']}")
    if found["withheld"] != formulas.COVERAGE:
        return reason
    known, excluded = found["denominator"] or 0, found["excluded"]
    return shell.say(
        "figures.withheld.known",
        why=reason,
        known=words().number(known),
        all=words().number(known + excluded),
    )


def difference(figure: str, now: Figure, then: Figure) -> float | None:
    """Return by how much a figure grew, in what it is shown in; nothing if either is withheld.

    Shares in whole points, hours to a tenth.
    """
    if now["value"] is None or then["value"] is None:
        return None
    if figure in formulas.INDICES:
        return half_up(now["value"] - then["value"], 1)
    if _is_share(figure):
        return half_up(100 * now["value"]) - half_up(100 * then["value"])
    more = float(now["value"] - then["value"])
    return half_up(more / HOUR, 1) if figure == "minutes" else more


def change(figure: str, now: Figure, then: Figure, than: Markup) -> Markup:
    """Return how a figure changed, in words: 比上月高 4 个百分点."""
    more = difference(figure, now, then)
    if more is None:
        return shell.say("figures.change.unknown", than=than)
    if not more:
        return shell.say("figures.change.same", than=than)
    kind = "points" if _is_share(figure) else "index" if figure in formulas.INDICES else "count"
    direction = "more" if more > 0 else "less"
    form = ".one" if kind == "points" and abs(more) == 1 else ""
    form = ".many" if kind == "points" and not form else form
    by = words().number(abs(more))
    return shell.say(f"figures.change.{kind}.{direction}{form}", than=than, by=by)


def tone(figure: str, now: Figure, then: Figure) -> str:
    """Return whether a change is good, bad or neither."""
    more = difference(figure, now, then)
    if not more or figure in NEUTRAL:
        return QUIET
    return GOOD if (more > 0) != (figure in LESS_IS_BETTER) else BAD


def tile(
    figure: str, now: Figure, then: Figure | None, than: Markup, *, url: str
) -> dict[str, Any]:
    """Return what a tile shows of a figure, and where it opens."""
    withheld = now["withheld"] is not None
    return {
        "label": name(figure),
        "shown": HIDDEN if withheld else shown(figure, now),
        "of": of(figure, now),
        "change": "" if then is None or withheld else change(figure, now, then, than),
        "tone": QUIET if then is None or withheld else tone(figure, now, then),
        "url": url,
        "unit": shell.say(f"figures.unit.{unit(figure)}")
        if has_unit(figure) and not withheld
        else "",
    }


def has_unit(figure: str) -> bool:
    """Whether what stands large is so many of something: neither a share nor an index."""
    return figure not in formulas.INDICES and (not _is_share(figure) or figure in PLAIN_COUNTS)


def shown(figure: str, found: Figure) -> str:
    """Return what stands large for a figure: its value, or the number that one looks for."""
    if figure in PLAIN_COUNTS:
        return words().number(found["numerator"])
    return value(figure, found)


def opened(place_code: str, figure: str, days: Days) -> str:
    """Return the address at which a figure is opened."""
    return url_for("console_figures.show", place_code=place_code, name=figure, **days.query)


def tiles(
    place_code: str,
    names: Iterable[str],
    now: Mapping[str, Figure],
    then: Mapping[str, Figure],
    *,
    days: Days,
    than: Markup,
) -> list[dict[str, Any]]:
    """Return tiles for several figures of a place and range."""
    return [
        tile(each, now[each], then.get(each), than, url=opened(place_code, each, days))
        for each in names
    ]
