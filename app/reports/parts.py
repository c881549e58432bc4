"""The parts of a report: each one question, its answer, a chart and the numbers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

from app.core.rounding import half_up
from app.reports import rules
from app.reports.charts import Bar, Pair, bars, columns, dots
from app.reports.composing import RATES, Figures, Issue, Part, Table, index_cell
from app.reports.wording import Cell, Hidden, Share, Words, cell, share

MOST_BARS, MOST_FIRST = 10, 6
"""Bars of a chart, and of one on the first page, which has to hold all of them."""
ACTIVITIES = ("reported", "confirmed", "patrolled", "learnt")
PEOPLE = (
    "people", "newly", "returning", *ACTIVITIES, "hours", "breadth", "grids", "buildings",
)  # fmt: skip
INDICES = {
    "participation": ("breadth", "continuity", "evenness", "responsiveness"),
    "solving": ("on_time", "closing", "resolved", "finality"),
}
WEEK = 7


def parts(figures: Figures, issue: Issue) -> tuple[Part, ...]:
    """Return the parts of a report for those in charge, in their order."""
    words = Words(issue.language)
    found = [
        _rates(figures, words),
        _days(figures, words, issue),
        _categories(figures, words),
        _places(figures, words),
        _longest(figures, words),
        _orders(figures, words),
        _coverage(figures, words),
        _teams(figures, words),
        _people(figures, words),
        *(_index(figures, words, name) for name in INDICES),
    ]
    if issue.reader == rules.STREET and figures["compared"]:
        found.append(_compared(figures, words))
    return tuple(found)


def _head(words: Words, *keys: str) -> tuple[str, ...]:
    return tuple(words.say(f"columns.{key}") for key in keys)


def _rates(figures: Figures, words: Words) -> Part:
    now, before = figures["cases"], figures["before"]
    pairs = {key: (share(now["rates"][key]), share(before["rates"][key])) for key in RATES}
    on_time, last = pairs["on_time"]
    if isinstance(on_time, Share):
        said = {"value": words.percent(on_time.value), "change": words.change(on_time, last)}
        answer = words.say("answers.rates", **said)
    else:
        answer = words.say("answers.rates_none")
    drawn = [
        Bar(
            name=words.say(f"tiles.{key}"),
            value=share_now.value if isinstance(share_now, Share) else None,
            shown=words.brief(share_now),
            before=share_before.value if isinstance(share_before, Share) else None,
        )
        for key, (share_now, share_before) in pairs.items()
    ]
    rows: list[tuple[Cell, ...]] = [
        (words.say(f"tiles.{key}"), now["totals"][key], _noted(before["totals"][key]), "")
        for key in ("reported", "closed", "open", "overdue")
    ]
    for key, (share_now, share_before) in pairs.items():
        excluded = now["rates"][key]["excluded"]
        rows.append((words.say(f"tiles.{key}"), share_now, share_before, excluded))
    head = _head(words, "figure", "now", "before", "excluded")
    return Part(
        name="cases",
        topic=words.say("topics.cases"),
        answer=answer,
        chart=bars(answer, drawn, most=1),
        table=Table(head, tuple(rows)),
        note=words.say("notes.mark"),
        summary=True,
    )


def _noted(number: int | None) -> Cell:
    """Return a number of earlier days; nothing where nobody wrote it down then."""
    return "" if number is None else number


def _days(figures: Figures, words: Words, issue: Issue) -> Part:
    totals = figures["cases"]["totals"]
    reported, closed = totals["reported"], totals["closed"]
    key = "more" if reported > closed else "less" if reported < closed else "even"
    if not reported and not closed:
        key = "none"
    said = {
        "reported": words.number(reported),
        "closed": words.number(closed),
        "n": words.number(abs(reported - closed)),
    }
    answer = words.say(f"answers.days.{key}", **said)
    spans = list(_spans(figures["by_day"], issue.period.kind))
    drawn = [Pair(words.short_day(first), came, went) for first, came, went in spans]
    legend = (words.say("tiles.reported"), words.say("tiles.closed"))
    by = "week" if issue.period.kind == rules.QUARTER else "day"
    return Part(
        name="days",
        topic=words.say(f"topics.{by}s"),
        answer=answer,
        chart=columns(answer, drawn, legend),
        table=Table(_head(words, by, "reported", "closed"), tuple(spans)),
        summary=True,
    )


def _spans(rows: Sequence[Figures], kind: str) -> Iterable[tuple[date, int, int]]:
    """Return (first day, reported, closed): day by day, or for a quarter by weeks from Monday."""
    found: dict[date, tuple[int, int]] = {}
    for row in rows:
        day = date.fromisoformat(row["date"])
        first = day - timedelta(days=day.weekday()) if kind == rules.QUARTER else day
        came, went = found.get(first, (0, 0))
        found[first] = (came + row["reported"], went + row["closed"])
    return ((first, *counts) for first, counts in sorted(found.items()))


def _categories(figures: Figures, words: Words) -> Part:
    rows = figures["by_category"]
    names = {row["code"]: figures["categories"][row["code"]][words.language] for row in rows}
    all_reported = figures["cases"]["totals"]["reported"]
    answer = words.say("answers.categories_none")
    if rows and rows[0]["reported"]:
        most = rows[0]
        of_all = words.percent(most["reported"] / all_reported)
        said = {"name": names[most["code"]], "n": words.number(most["reported"]), "share": of_all}
        answer = words.say("answers.categories", **said)
    drawn = [
        Bar(names[row["code"]], row["reported"], words.number(row["reported"]))
        for row in rows[:MOST_FIRST]
    ]
    cells = [(names[row["code"]], *_counts(row), share(row["on_time"])) for row in rows]
    head = _head(words, "category", "reported", "closed", "open", "overdue", "on_time")
    return Part(
        name="categories",
        topic=words.say("topics.categories"),
        answer=answer,
        chart=bars(answer, drawn) if drawn else "",
        table=Table(head, tuple(cells)) if cells else None,
        summary=True,
    )


def _counts(row: Mapping[str, Any]) -> tuple[int, int, int, int]:
    return row["reported"], row["closed"], row["open"], row["overdue"]


def _places(figures: Figures, words: Words) -> Part:
    """Return how it is in each grid, or in each community of a street, street of a district."""
    rows = figures["by_place"]
    busiest = max(rows, key=lambda row: row["reported"], default=None)
    silent = sum(row["reported"] == 0 for row in rows)
    if busiest is None or not busiest["reported"]:
        answer = words.say("answers.places_none")
    else:
        said = {"name": busiest["name"], "n": words.number(busiest["reported"])}
        answer = words.say("answers.places", **said)
        if silent:
            answer += words.counted("answers.places_silent", silent)
    ranked = sorted(rows, key=lambda row: (-row["reported"], row["code"]))[:MOST_BARS]
    drawn = [Bar(row["name"], row["reported"], words.number(row["reported"])) for row in ranked]
    cells = [
        (row["name"], *_counts(row), share(row["on_time"]), share(row["satisfied"])) for row in rows
    ]
    kind = figures["place"]["below"]
    keys = (kind, "reported", "closed", "open", "overdue", "on_time", "satisfied")
    return Part(
        name="places",
        topic=words.say(f"topics.places_{kind}"),
        answer=answer,
        chart=bars(answer, drawn) if drawn else "",
        table=Table(_head(words, *keys), tuple(cells)) if cells else None,
    )


def _longest(figures: Figures, words: Words) -> Part:
    rows = figures["longest_open"]
    if rows:
        answer = words.counted("answers.longest", rows[0]["days"], number=rows[0]["number"])
    else:
        answer = words.say("answers.longest_none")
    cells = [
        (
            row["number"],
            figures["categories"][row["category"]][words.language],
            row["place"],
            date.fromisoformat(row["reported_on"]),
            row["days"],
            words.say(f"states.{row['state']}"),
            words.say("late" if row["late"] else "in_time"),
        )
        for row in rows
    ]
    keys = ("number", "category", "grid", "reported_on", "days", "state", "promise")
    return Part(
        name="longest",
        topic=words.say("topics.longest"),
        answer=answer,
        chart="",
        table=Table(_head(words, *keys), tuple(cells)) if cells else None,
        note=words.say("notes.longest", n=rules.MOST_OPEN_CASES),
    )


def _orders(figures: Figures, words: Words) -> Part:
    now, before = figures["orders"], figures["orders_before"]
    said = {name: words.number(now[name]) for name in ("raised", "open", "answered_late")}
    key = "orders" if now["raised"] or now["open"] else "orders_none"
    rows: list[tuple[Cell, ...]] = [
        (words.say("columns.orders_raised"), now["raised"], before["raised"]),
        (words.say("columns.orders_late"), now["answered_late"], before["answered_late"]),
        # What is open is open today: nobody knows any more what was open a month ago.
        (words.say("columns.orders_open"), now["open"], ""),
    ]
    return Part(
        name="orders",
        topic=words.say("topics.orders"),
        answer=words.say(f"answers.{key}", **said),
        chart="",
        table=Table(_head(words, "figure", "now", "before"), tuple(rows)),
    )


def _coverage(figures: Figures, words: Words) -> Part:
    walks, before = figures["patrols"], figures["patrols_before"]
    units = walks["units"]
    every = sum(unit["grids"] for unit in units)
    walked = sum(unit["walked"] for unit in units)
    said = {"a": words.number(walked), "b": words.number(every)}
    answer = words.say("answers.coverage_none")
    if every:
        answer = words.say("answers.coverage" if walked < every else "answers.coverage_all", **said)
    ranked = sorted(units, key=lambda unit: (-unit["minutes"], unit["code"]))
    few = [*ranked[: MOST_BARS // 2], *ranked[-(MOST_BARS // 2) :]]
    drawn = [
        Bar(unit["name"], unit["minutes"] / 60, words.say("hours", n=_hours(unit, words)))
        for unit in (ranked if len(ranked) <= MOST_BARS else few)
    ]
    attendance = share(walks["attendance"])
    rows: list[tuple[Cell, ...]] = [
        (words.say("tiles.rounds"), walks["rounds"], before["rounds"]),
        (words.say("tiles.hours"), walks["hours"], before["hours"]),
        (words.say("columns.attendance"), attendance, share(before["attendance"])),
        (words.say("columns.no_shows"), walks["no_shows"], before["no_shows"]),
    ]
    rows += [
        (unit["name"], half_up(unit["minutes"] / 60, 1), _minutes_of(unit, before))
        for unit in units
    ]
    return Part(
        name="patrols",
        topic=words.say("topics.patrols"),
        answer=answer,
        chart=bars(answer, drawn) if drawn else "",
        table=Table(_head(words, "figure", "now", "before"), tuple(rows)),
        note=words.say("notes.patrols", n=words.number(walks["unplaced_minutes"]))
        if walks["unplaced_minutes"]
        else words.say("notes.patrols_all"),
    )


def _hours(unit: Figures, words: Words) -> str:
    return words.number(half_up(unit["minutes"] / 60, 1))


def _minutes_of(unit: Figures, before: Figures) -> Cell:
    known = {other["code"]: other["minutes"] for other in before["units"]}
    return round(known[unit["code"]] / 60, 1) if unit["code"] in known else ""


def _teams(figures: Figures, words: Words) -> Part:
    rows = [(row["name"] or words.say("no_team"), row) for row in figures["patrols"]["teams"]]
    if rows:
        said = {"name": rows[0][0], "n": words.number(rows[0][1]["hours"])}
        answer = words.say("answers.teams", **said)
    else:
        answer = words.say("answers.teams_none")
    drawn = [
        Bar(name, row["hours"], words.say("hours", n=words.number(row["hours"])))
        for name, row in rows[:MOST_BARS]
    ]
    cells = [(name, row["hours"], row["people"]) for name, row in rows]
    return Part(
        name="teams",
        topic=words.say("topics.teams"),
        answer=answer,
        chart=bars(answer, drawn) if drawn else "",
        table=Table(_head(words, "team", "hours", "people"), tuple(cells)) if cells else None,
    )


def _people(figures: Figures, words: Words) -> Part:
    now, before = figures["participation"], figures["participation_before"]
    people = cell(now["people"])
    if isinstance(people, Hidden):
        answer = words.say("answers.people_hidden", why=words.cell(people))
    else:
        change = words.change(people, cell(before["people"]))
        answer = words.counted("answers.people", _count(people), change=change)
    drawn = []
    for name in ACTIVITIES:
        found = cell(now[name])
        value = None if isinstance(found, Hidden) else _count(found)
        drawn.append(Bar(words.say(f"people.{name}"), value, words.brief(found)))
    rows = [(words.say(f"people.{name}"), cell(now[name]), cell(before[name])) for name in PEOPLE]
    return Part(
        name="people",
        topic=words.say("topics.people"),
        answer=answer,
        chart=bars(answer, drawn),
        table=Table(_head(words, "figure", "now", "before"), tuple(rows)),
        note=words.say("notes.people"),
        summary=True,
    )


def _count(found: Cell) -> float:
    return found.numerator if isinstance(found, Share) else float(found)  # type: ignore[arg-type]


def _index(figures: Figures, words: Words, name: str) -> Part:
    index, before = figures["indices"][name], figures["indices_before"][name]
    value = index_cell(index)
    made_of = {part: cell(index["parts"].get(part)) for part in INDICES[name]}
    known = {part: found for part, found in made_of.items() if isinstance(found, Share)}
    title = words.say(f"tiles.{name}")
    if isinstance(value, Hidden):
        answer = words.say("answers.index_hidden", name=title, why=words.cell(value))
    else:
        answer = words.say("answers.index", name=title, value=words.cell(value))
        if known:
            weakest = min(known, key=lambda part: known[part].value)
            answer += words.say("answers.index_weakest", part=words.say(f"indices.{weakest}"))
    drawn = [
        Bar(
            words.say(f"indices.{part}"),
            found.value if isinstance(found, Share) else None,
            words.brief(found),
        )
        for part, found in made_of.items()
    ]
    rows: list[tuple[Cell, ...]] = [(title, value, index_cell(before))]
    rows += [(words.say(f"indices.{part}"), found, "") for part, found in made_of.items()]
    head = _head(words, "figure", "now", "before")
    version = index.get("formula_version") or ""
    return Part(
        name=name,
        topic=title,
        answer=answer,
        chart=bars(answer, drawn, most=1),
        table=Table(head, tuple(rows)),
        note=words.say(f"notes.{name}", version=version),
    )


def _compared(figures: Figures, words: Words) -> Part:
    """Return how the place stands among those around it: no ranks, but where the middle is."""
    rows = figures["compared"]
    own = figures["place"]["code"]
    shares = {row["code"]: share(row["on_time"]) for row in rows}
    known = {code: found.value for code, found in shares.items() if isinstance(found, Share)}
    names = {row["code"]: row["name"] for row in rows}
    comparable = own in known and len(known) > 1
    if comparable:
        said = {
            "own": words.percent(known[own]),
            "n": words.number(len(known)),
            "middle": words.percent(median(known.values())),
        }
        answer = words.say("answers.compared", **said)
    else:
        answer = words.say("answers.compared_none")
    drawn = [(names[code], value) for code, value in known.items()]
    cells = [
        (
            row["name"],
            row["reported"],
            row["closed"],
            shares[row["code"]],
            share(row["satisfied"]),
            share(row["resolved"]),
        )
        for row in rows
    ]
    marked = next((at for at, row in enumerate(rows) if row["code"] == own), None)
    keys = ("place", "reported", "closed", "on_time", "satisfied", "resolved")
    return Part(
        name="compared",
        topic=words.say("topics.compared"),
        answer=answer,
        chart=dots(answer, drawn, names[own]) if comparable else "",
        table=Table(_head(words, *keys), tuple(cells), marked),
        note=words.say("notes.compared"),
    )
