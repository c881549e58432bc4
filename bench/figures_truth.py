"""Every figure of every committee's page against a count by hand from the raw rows."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

from sqlalchemy import select, text

from app.committees import (
    children,
    formulas,
    indicators,
    opening,
    participation,
    patrolling,
    service,
)
from app.committees.models import CommitteeSetting
from app.core import clock, pages
from app.core.access import Actor, Role, RoleKind
from app.core.db import read
from app.core.errors import NotFound
from app.hazards.models import Hazard, HazardMove, SupervisionOrder
from app.patrols.models import Shift
from app.places.models import Place
from app.places.rules import PlaceKind
from app.residents.models import Residence
from app.rollups.models import Fact, RegisteredDay
from app.rounds.models import Attendance, WalkedHour
from app.volunteers.hours_models import HourEntry
from app.volunteers.models import Volunteer
from bench import figures_town
from bench.figures_brute import Participation, People, Places, Raw, Shown, before, ends, figure
from bench.figures_brute_cases import OTHERS, RATES, Cases, Overview, Rounds, Solving
from bench.figures_brute_children import Children
from bench.rollups_brute import start

TABLES = (
    Place, Residence, Volunteer, RegisteredDay, CommitteeSetting, Hazard, HazardMove,
    SupervisionOrder, Shift, Attendance, HourEntry, WalkedHour,
)  # fmt: skip
LEVELS = (6, 9, 12)
KINDS = ("day", "week", "month", "quarter", "year")
FACT_GROUPS = {
    "people": "all", "newly": "all", "returning": "all", "minutes": "patrolled", "breadth": "home",
    "reported": "reported", "confirmed": "confirmed", "patrolled": "patrolled", "learnt": "learnt",
}  # fmt: skip
SIDES = ("excluded", "denominator", "numerator")
"""What a row counts for: the last of these that it does."""


class Truth:
    """Pages asked of the application, held against the count by hand."""

    def __init__(self) -> None:
        tables = {model.__tablename__: list(read(select(model.__table__))) for model in TABLES}
        facts = [dict(row) for row in read(select(Fact.__table__).order_by(Fact.id)).mappings()]
        self.raw = Raw(figures_town.NOW, facts, tables)
        self.people, self.places = People(facts), Places(self.raw)
        self.cases = Cases(self.raw)
        self.solving = Solving(self.cases, self.people, self.places)
        self.participation = Participation(self.people, self.places)
        self.children = Children(self.participation, self.solving, self.places)
        self.overview = Overview(self.raw, self.cases)
        self.rounds = Rounds(self.raw, self.places)
        self.here: list[dict[str, Any]] = []  # facts of the range and place just asked for
        self.held: Counter[str] = Counter()
        self.wrong: list[tuple[Any, ...]] = []

    def check(self, code: str, first: date, last: date, by: str) -> None:
        """Ask every page of a place and range."""
        kinds = {6: RoleKind.DISTRICT, 9: RoleKind.STREET, 12: RoleKind.COMMITTEE}
        actor = Actor(0, "", (Role(kinds[len(code)], code),))
        days = {"first": first, "last": last}
        with clock.at(self.raw.now):
            found = participation.participation(actor, code, **days, by=by)
            self._same("participation", found, self.participation.page(code, first, last, by), days)
            found = indicators.indicators(actor, code, **days)
            former = before(first, last)
            by_hand = self.solving.page(code, first, last) | {
                "previous": {"from": former[0], "to": former[1], **self.solving.page(code, *former)}
            }
            self._same("indicators", found, by_hand, days)
            self._children(actor, code, days)
            self._opened(actor, code, days)
            short = days | {"first": max(first, last - timedelta(days=45))}
            self._overview(actor, code, short)
            self._patrolling(actor, code, short)

    def _same(self, page: str, found: Any, by_hand: Any, days: Shown) -> None:
        """Compare every figure that a page should have, piece by piece."""
        for path, value, expected in _pairs(found, by_hand, ()):
            self.held[page] += 1
            if value != expected:
                self.wrong.append((page, days, path, value, expected))

    def _children(self, actor: Actor, code: str, days: Shown) -> None:
        levels = [kind for kind in (PlaceKind.STREET, PlaceKind.COMMUNITY, PlaceKind.GRID)
                  if {"street": 9, "community": 12, "grid": 15}[kind] > len(code)]  # fmt: skip
        for level, (sort, limit) in product(levels, (("code", 9), ("breadth", pages.MOST))):
            if (sort, level) != ("code", PlaceKind.GRID):
                items: list[Any] = []
                cursor = None
                while cursor or not items:
                    page = children.children(
                        actor, code, **days, level=level, sort=sort, cursor=cursor, limit=limit
                    )
                    items, cursor = items + page["items"], page["next_cursor"]
                    if cursor is None:
                        break
                by_hand = self.children.page(code, days["first"], days["last"], level, sort)
                found = {"quartiles": page["quartiles"], "items": items}
                for child in items:
                    for outlier in child["outliers"]:
                        del outlier["explanation"]
                self._same("children", found, by_hand, days)

    def _opened(self, actor: Actor, code: str, days: Shown) -> None:
        first, last = days["first"], days["last"]
        counts = self.participation.page(code, first, last, "year")["figures"]
        solved = self.solving.page(code, first, last)
        indices = solved["indices"]
        cases = self.cases.of(code, first, last)
        registered = self.places.registered(code, last)
        by_hand = counts | solved["indicators"] | indices | {"registered": figure(registered)}
        by_hand |= {name: self.solving.rate(name, cases) for name in OTHERS}
        parts = indices["participation"].get("parts", {})
        by_hand |= {name: parts[name] for name in ("continuity", "evenness") if name in parts}
        self.here = [
            f for f in self.raw.facts if first <= f["day"] <= last
            and f["place_code"].startswith(code)
        ]  # fmt: skip
        for name in formulas.NAMES:
            try:
                page = opening.open_figure(actor, code, name, **days, limit=pages.MOST)
            except NotFound:
                assert name == "silent"  # it is told by bands
                continue
            if name in by_hand:
                self._same("figures opened", {name: page["figure"]}, {name: by_hand[name]}, days)
            self._same("rows", page, self._rows(code, days, name, page), days)

    def _rows(self, code: str, days: Shown, name: str, page: Shown) -> Shown:
        """Return the rows that a figure should have, as many as fit on a page."""
        first, last = days["first"], days["last"]
        rows: list[Shown] = []
        kind = None
        if name in FACT_GROUPS:
            kind, group = "facts", FACT_GROUPS[name]
            rows = [
                {"id": f["id"], "place_code": f["place_code"], "day": f["day"],
                 "minutes": f["minutes"]}
                for f in self.here
                if group in {"all", f["activity"]} or (group == "home" and f["at_home"])
            ]  # fmt: skip
        elif name in {"grids", "evenness"}:
            kind = "grids"
            rows = [
                {"place_code": grid, "people": None if 0 < people < 5 else people}
                for grid, people in self.solving.spread(code, first, last).items()
                if people
            ]
        elif name in RATES | OTHERS and page["rows"]:
            kind = "cases"
            counted = self.cases.of(code, first, last)
            sides: dict[tuple[int, int], str] = {}
            for measure, side in zip(
                reversed((RATES | OTHERS)[name]),
                ("excluded", "denominator", "numerator"),
                strict=True,
            ):
                sides |= dict.fromkeys(counted.get(measure or "", ()), side)
            rows = [{"id": case, "part": sides[case, seq]} for case, seq in sorted(sides)]
        return {"rows": kind, "items": rows[: pages.MOST]}

    def _overview(self, actor: Actor, code: str, days: Shown) -> None:
        found = service.show_overview(actor, code, **days)
        orders = {n: found[n] for n in ("orders_open", "orders_raised", "orders_answered_late")}
        rates = ("on_time", "satisfied", "resolved")
        flat = {name: found[name] for name in ("totals", "rates", "previous", "by_day")}
        for by, key in (("by_category", "category"), ("by_grid", "place_code")):
            flat[by] = {
                row[key]: {
                    "totals": {n: row[n] for n in ("reported", "open", "overdue", "closed")},
                    "rates": {name: row[name] for name in rates if name in row},
                }
                for row in found[by]
            }
        by_hand = self.overview.page(code, days["first"], days["last"])
        for by in ("by_category", "by_grid"):
            # A promise that has not fallen due yet brings a row without anything in it.
            flat[by] = {
                key: row
                for key, row in flat[by].items()
                if key in by_hand[by] or any(row["totals"].values())
            }
            assert set(flat[by]) == set(by_hand[by]), (by, set(flat[by]) ^ set(by_hand[by]))
            for key, row in by_hand[by].items():
                told = flat[by][key]["rates"]
                row["rates"] = {name: rate for name, rate in row["rates"].items() if name in told}
        self._same("overview", flat | {"orders": orders}, by_hand, days)

    def _patrolling(self, actor: Actor, code: str, days: Shown) -> None:
        found = patrolling.show_patrolling(actor, code, **days)
        found["hours_by_team"] = [
            (row["team_id"], row["hours"], row["people"]) for row in found["hours_by_team"]
        ]
        found["understaffed"] = [row["id"] for row in found["understaffed"]]
        by_hand = self.rounds.page(code, days["first"], days["last"])
        self._same("patrolling", found, by_hand, days)


def _pairs(found: Any, by_hand: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, Any, Any]]:
    """Give each single value of what should be, with what was found in its place."""
    if isinstance(by_hand, dict):
        for name, expected in by_hand.items():
            value = found.get(name, "is missing") if isinstance(found, dict) else found
            yield from _pairs(value, expected, (*path, name))
    elif isinstance(by_hand, list) and isinstance(found, list):
        yield (*path, "length"), len(found), len(by_hand)
        for number, (value, expected) in enumerate(zip(found, by_hand, strict=False)):
            yield from _pairs(value, expected, (*path, number))
    else:
        yield path, found, by_hand


def ranges(number: int, dice: random.Random) -> list[tuple[date, date, str]]:
    """Return so many ranges: of any days, calendar periods, and what is so far of one."""
    today = figures_town.NOW.date()
    found = []
    for turn in range(number):
        day, by = figures_town.some_day(dice), dice.choice(KINDS)
        first, last = day, day + timedelta(days=dice.randrange(200))
        if turn % 3 == 1:
            kind = ("quarter", "month", "week", "quarter", "year", "day")[turn // 3 % 6]
            first = start(day, kind)
            last = ends(first, kind)
        elif turn % 3 == 2:
            first, last = start(today, dice.choice(KINDS)), today
        found.append((first, min(last, today), by if (last - first).days < 380 else "month"))
    return found


def checked(number: int, dice: random.Random) -> Truth:
    """Hold all pages of so many ranges, each at three levels, against the count by hand."""
    read(text("SELECT 1"))
    truth = Truth()
    codes = [f["place_code"][:12] for f in dice.sample(list(truth.raw.facts), 50)]
    for turn, (first, last, by) in enumerate(ranges(number, dice), 1):
        community = dice.choice(codes)
        for digits in LEVELS:
            truth.check(community[:digits], first, last, by)
        told = f"range {turn} of {number}, {first} to {last}, at {len(LEVELS)} levels"
        print(f"{told}: {sum(truth.held.values()):,} figures, {len(truth.wrong)} wrong", flush=True)
    return truth
