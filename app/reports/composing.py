"""What a report says, once, for page, paper and sheet: figures in, words and typed cells out.

`figures` is what `gathering` wrote down and what stays; nothing here asks the database or the
clock. Every chart's title is its answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.rounding import half_up
from app.reports import rules
from app.reports.wording import Cell, Hidden, Share, Words, cell, share, turned

GOOD, BAD, EVEN = "good", "bad", "even"
RATES = ("on_time", "satisfied", "resolved")


@dataclass(frozen=True, slots=True)
class Issue:
    """Which report it is: its period, whom it is for, and which edition.

    `edition` 0 is a preview of days that are not over; `correction` says why there is another.
    """

    period: rules.Period
    reader: str
    language: str
    edition: int
    correction: str | None
    made_on: date


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the big figures: what it is made of, and how it stands against the last time."""

    label: str
    cell: Cell
    shown: str
    made_of: str
    change: str
    turn: int
    tone: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the head, and rows of as many cells. `marked`: the row that is one's own."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    marked: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One question: its answer as the title, a chart of it if there is one, and the numbers."""

    name: str
    topic: str
    answer: str
    chart: str
    table: Table | None
    note: str = ""
    summary: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report."""

    issue: Issue
    title: str
    place: str
    period: str
    lines: tuple[str, ...]
    tiles: tuple[Tile, ...]
    findings: tuple[str, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...]


Figures = Mapping[str, Any]


def lines_of(issue: Issue, kind: str, words: Words) -> tuple[str, ...]:
    """Return what stands under the title: for whom, which edition, as of when."""
    whom = f"committee.{kind}" if issue.reader == rules.COMMITTEE else issue.reader
    found = [words.say(f"for.{whom}")]
    made = {"day": words.day(issue.made_on)}
    if issue.edition == 0:
        found.append(words.say("preview", **made))
    elif issue.correction is None:
        found.append(words.say("edition", n=issue.edition, **made))
    else:
        said = {"n": issue.edition, "why": issue.correction, **made}
        found.append(words.say("corrected", **said))
    return tuple(found)


def tile(words: Words, key: str, now: Cell, before: Cell, *, wanted: int = 0) -> Tile:
    """Return a tile; `wanted`: whether more of it (1) or less (-1) is better, 0 neither."""
    turn = turned(now, before)
    tone = EVEN if not turn or not wanted else GOOD if turn == wanted else BAD
    made_of = ""
    if isinstance(now, Share):
        made_of = words.say(
            f"made_of.{key}", a=words.number(now.numerator), b=words.number(now.denominator)
        )
    return Tile(
        label=words.say(f"tiles.{key}"),
        cell=now,
        shown=words.brief(now),
        made_of=made_of,
        change=words.change(now, before),
        turn=turn,
        tone=tone,
    )


def tiles(figures: Figures, words: Words) -> tuple[Tile, ...]:
    """Return the big figures of the first page."""
    now, before = figures["cases"], figures["before"]
    open_then = before["totals"]["open"]
    walks, walked_before = figures["patrols"], figures["patrols_before"]
    found = [
        tile(words, "reported", now["totals"]["reported"], before["totals"]["reported"]),
        tile(words, "closed", now["totals"]["closed"], before["totals"]["closed"], wanted=1),
        *(
            tile(words, key, share(now["rates"][key]), share(before["rates"][key]), wanted=1)
            for key in RATES
        ),
        tile(
            words,
            "open",
            now["totals"]["open"],
            Hidden("nothing") if open_then is None else open_then,
            wanted=-1,
        ),
        tile(words, "rounds", walks["rounds"], walked_before["rounds"], wanted=1),
        tile(words, "hours", walks["hours"], walked_before["hours"], wanted=1),
        tile(words, "grids", _walked(walks), _walked(walked_before), wanted=1),
    ]
    people, earlier = figures["participation"], figures["participation_before"]
    found.append(tile(words, "people", cell(people["people"]), cell(earlier["people"]), wanted=1))
    for name in ("participation", "solving"):
        index, last = figures["indices"][name], figures["indices_before"][name]
        found.append(tile(words, name, index_cell(index), index_cell(last), wanted=1))
    return tuple(found)


def index_cell(index: Figures) -> Cell:
    """Return an index as a number of 0 to 100 with one digit."""
    if index["withheld"] is not None or index["value"] is None:
        return Hidden(index["withheld"] or "nothing")
    return half_up(index["value"], 1)


def _walked(walks: Figures) -> Cell:
    grids = walks["units"]
    if not sum(unit["grids"] for unit in grids):
        return Hidden("nothing")
    return Share(sum(unit["walked"] for unit in grids), sum(unit["grids"] for unit in grids))


def findings(figures: Figures, words: Words) -> tuple[str, ...]:
    """Return what somebody should do something about, the gravest first; never nothing."""
    totals, orders = figures["cases"]["totals"], figures["orders"]
    found = []
    if totals["overdue"]:
        found.append(words.counted("findings.overdue", totals["overdue"]))
    if orders["open"]:
        found.append(words.counted("findings.orders", orders["open"]))
    if orders["answered_late"]:
        found.append(words.counted("findings.orders_late", orders["answered_late"]))
    worst = worst_category(figures["by_category"])
    if worst is not None:
        rate = share(worst["on_time"])
        name = figures["categories"][worst["code"]][words.language]
        found.append(words.say("findings.category", name=name, share=words.cell(rate)))
    units = figures["patrols"]["units"]
    never = sum(unit["grids"] - unit["walked"] for unit in units)
    if never:
        lacking = [unit["name"] for unit in units if unit["walked"] < unit["grids"]]
        names = words.listed(lacking, 3)
        found.append(words.counted("findings.grids", never, names=names))
    if figures["patrols"]["no_shows"]:
        found.append(words.counted("findings.no_shows", figures["patrols"]["no_shows"]))
    return tuple(found) or (words.say("findings.none"),)


LOW = 0.8
FEW_DUE = 3
"""Below that share a category is worth a word; of fewer promises a share says little."""


def worst_category(rows: Sequence[Figures]) -> Figures | None:
    """Return the kind of hazard that is late most often, if one is."""
    due = [row for row in rows if row["on_time"]["denominator"] >= FEW_DUE]
    late = [row for row in due if row["on_time"]["value"] < LOW]
    return min(late, key=lambda row: (row["on_time"]["value"], row["code"]), default=None)
