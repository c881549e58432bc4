"""The pages about cases and rounds, by lists in plain Python; see `figures_brute`."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any

from bench.figures_brute import (
    AHEAD,
    DAY,
    People,
    Places,
    Raw,
    Row,
    Shown,
    figure,
    span,
)
from bench.rollups_brute import start

RATES = {
    "filing": ("filed", "decided", "undecided"),
    "on_time": ("on_time", "due", "due_left_out"),
    "closing": ("closed_due", "due", "due_left_out"),
    "accurate_dispatch": ("dispatched_once", "dispatched", None),
    "rework": ("reworked", "handled", None),
    "return": ("returned", "dispatched", None),
    "response": ("answered_in_time", "answers_due", "answers_left_out"),
    "resolved": ("resolved", "answered", "unanswered"),
    "satisfied": ("satisfied", "rated", "unrated"),
}
OTHERS = {
    "responsiveness": ("kept_and_confirmed", "due", "due_left_out"),
    "finality": ("handled_once", "handled", None),
    "cases_reported": ("cases_reported", None, None),
    "cases_closed": ("cases_closed", None, None),
}
OPEN = {"reported", "accepted", "assigned", "handling", "suspended", "handled"}
Lines = dict[str, list[tuple[int, int]]]
"""By measure, what it counts: a case and the line of its history, or 0."""


class Cases:
    """What can be counted of cases and their histories."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.known: dict[tuple[str, date, date], Lines] = {}
        self.histories: dict[int, list[Row]] = defaultdict(list)
        for line in sorted(raw.tables["hazard_moves"], key=lambda each: each.seq):
            self.histories[line.hazard_id].append(line)

    def of(self, code: str, first: date, last: date) -> Lines:
        """Return what each measure counts."""
        key = code, first, last
        if key not in self.known:
            self.known = {key: self._count(code, first, last)}  # it is asked again at once
        return self.known[key]

    def _count(self, code: str, first: date, last: date) -> Lines:
        begin, end = span(first, last)
        found: Lines = defaultdict(list)

        def within(moment: datetime | None) -> bool:
            return moment is not None and begin <= moment < end

        for case in self.raw.tables["hazards"]:
            if case.place_code.startswith(code):
                history = self.histories[case.id]
                for name in self._of_case(case, history, within):
                    found[name].append((case.id, 0))
                for number, line in enumerate(history):
                    for name in self._of_line(line, history, number, within, end):
                        found[name].append((case.id, line.seq))
        return found

    def _of_case(
        self, case: Row, history: Sequence[Row], within: Callable[[datetime | None], bool]
    ) -> list[str]:
        now, names = self.raw.now, []
        decisions = [line for line in history if line.move in {"accept", "decline"}]
        if within(case.reported_at):
            names.append("cases_reported")
            names.append("decided" if decisions else "undecided")
            if any(line.move == "accept" for line in decisions):
                names.append("filed")
        if within(case.due_at) and case.state != "closed":
            agreed = case.state == "suspended" and case.suspension_approved
            if agreed and case.due_at > case.suspended_at:
                names.append("due_left_out")
            elif case.due_at <= now or case.handled_at is not None:
                names.append("due")
                if case.handled_at is not None and case.handled_at <= case.due_at:
                    names.append("on_time")
        if within(case.accept_by) and case.accept_by <= now:
            if case.state == "withdrawn" and not decisions:
                names.append("answers_left_out")
            else:
                names.append("answers_due")
                if any(line.at <= case.accept_by for line in decisions):
                    names.append("answered_in_time")
        return names

    @staticmethod
    def _of_line(
        line: Row,
        history: Sequence[Row],
        number: int,
        within: Callable[[datetime | None], bool],
        end: datetime,
    ) -> list[str]:
        names = []
        if within(line.due_at):
            names += ["due", "closed_due"]
            if line.handled_at is not None and line.handled_at <= line.due_at:
                names.append("on_time")
                if line.move == "confirm" and line.solved:
                    names.append("kept_and_confirmed")
        if within(line.at):
            closing = line.to_state == "closed" and line.from_state != "closed"
            names += ["cases_closed"] if closing else []
            names += _work(line, history, number, end)
            names += _said(line.solved, line.solved, "answered", "resolved", "unanswered", closing)
            good = line.rating is not None and line.rating >= 4
            names += _said(line.rating, good, "rated", "satisfied", "unrated", closing)
        return names


def _work(line: Row, history: Sequence[Row], number: int, end: datetime) -> list[str]:
    again = any(earlier.move == line.move for earlier in history[:number])
    if line.move == "finish":
        return ["handled", "reworked" if again else "handled_once"]
    if line.move != "assign":
        return []
    since = [later.move for later in history[number + 1 :] if later.at < end]
    until = since.index("assign") if "assign" in since else len(since)
    back = ["returned"] if "return" in since[:until] else []
    return ["dispatched", *([] if again else ["dispatched_once"]), *back]


def _said(answer: Any, good: Any, *names: Any) -> list[str]:
    """Return the first of (answered, well answered, unanswered) and perhaps the second."""
    answered, well, unanswered, closing = names
    if answer is not None:
        return [answered, well] if good else [answered]
    return [unanswered] if closing else []


class Solving:
    """The pages of indicators and children, a figure opened."""

    def __init__(self, cases: Cases, people: People, places: Places) -> None:
        self.cases, self.people, self.places = cases, people, places

    def page(self, code: str, first: date, last: date) -> Shown:
        """Return the rates and indices of a range."""
        counts = self.cases.of(code, first, last)
        return {
            "indicators": {name: self.rate(name, counts) for name in RATES},
            "indices": {
                "participation": self.participation(code, first, last, counts),
                "solving": _index(
                    {
                        name: self.rate(name, counts)
                        for name in ("on_time", "closing", "resolved", "finality")
                    }
                ),
            },
        }

    @staticmethod
    def rate(name: str, counts: Mapping[str, Sequence[Any]]) -> Shown:
        """Return a figure of cases."""
        top, below, left = (RATES | OTHERS)[name]
        numbers = {each: len(counts.get(each, ())) for each in (top, below, left) if each}
        if below is None:
            return figure(numbers[top])
        return figure(numbers[top], numbers[below], numbers[left] if left else 0)

    def participation(self, code: str, first: date, last: date, counts: Lines) -> Shown:
        """Return the participation index."""
        home = len(self.people.at(code, "home", first, last))
        if len(code) == 12 and (last - first).days < 6 and 0 < home < 5:
            return figure(None, why="few")
        return _index(
            {
                "breadth": figure(home, self.places.registered(code, last)),
                "continuity": figure(*self.retained(code, last)),
                "evenness": figure(*self.evenness(code, first, last)),
                "responsiveness": self.rate("responsiveness", counts),
            }
        )

    def retained(self, code: str, last: date) -> tuple[int, int]:
        """Return of the people of the quarter before the last one over, who came again."""
        begun = start(last, "quarter")
        if start(last + DAY, "quarter") == begun:
            begun = start(begun - DAY, "quarter")
        over = start(begun + 93 * DAY, "quarter") - DAY
        ago = start(begun - DAY, "quarter")
        former = self.people.at(code, "all", ago, begun - DAY)
        return len(former & self.people.at(code, "all", begun, over)), len(former)

    def spread(self, code: str, first: date, last: date) -> dict[str, int]:
        """Return how many people each grid had."""
        grids = self.places.within(code, "grid")
        return {grid: len(self.people.at(grid, "all", first, last)) for grid in grids}

    def evenness(self, code: str, first: date, last: date) -> tuple[int, int]:
        """Return one less Gini, by the differences of all pairs."""
        people = list(self.spread(code, first, last).values())
        whole = len(people) * sum(people)
        return whole - sum(abs(one - other) for one, other in combinations(people, 2)), whole


def _index(parts: dict[str, Shown]) -> Shown:
    """Return 100 times the geometric mean of parts; see `docs/committees.md`."""
    values = [part["value"] for part in parts.values()]
    shown: Shown = {"numerator": None, "denominator": None, "excluded": 0, "parts": parts}
    if None in values:
        reasons = {part["withheld"] for part in parts.values() if part["withheld"]}
        why = "nothing" if reasons == {"nothing"} else "part"
        return shown | {"value": None, "withheld": why}
    product = 1.0
    for value in values:
        product *= min(1.0, max(0.0, value))
    return shown | {"value": round(100 * product ** (1 / len(values)), 1), "withheld": None}


class Overview:
    """The overview of cases."""

    def __init__(self, raw: Raw, cases: Cases) -> None:
        self.raw, self.cases = raw, cases
        self.alike: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for case in raw.tables["hazards"]:
            for by in ("category", "place_code"):
                self.alike[by, getattr(case, by)].append(case)
        self.closings = {
            number: [each.at for each in lines if each.to_state == "closed" != each.from_state]
            for number, lines in cases.histories.items()
        }

    def _cases(self, only: tuple[str, str] | None) -> list[Row]:
        return self.raw.tables["hazards"] if only is None else self.alike[only]

    def page(self, code: str, first: date, last: date) -> Shown:
        """Return what the page tells."""
        length = last - first
        here = [case for case in self.raw.tables["hazards"] if case.place_code.startswith(code)]
        kinds, grids = {case.category for case in here}, {case.place_code for case in here}
        former = self._counts(code, first - length - DAY, first - DAY)
        return {
            **self._counts(code, first, last),
            "previous": former,
            "orders": self._orders(code, first, last),
            "by_category": self._each(code, first, last, "category", kinds),
            "by_grid": self._each(code, first, last, "place_code", grids),
            "by_day": [
                {
                    "date": day,
                    "reported": totals["reported"],
                    "closed": totals["closed"],
                }
                for day in (first + number * DAY for number in range(length.days + 1))
                for totals in [self._totals(code, day, day)]
            ],
        }

    def _each(self, code: str, first: date, last: date, by: str, keys: set[str]) -> Shown:
        return {
            key: found
            for key in keys
            if any((found := self._counts(code, first, last, (by, key)))["totals"].values())
            or any(rate["denominator"] or rate["excluded"] for rate in found["rates"].values())
        }

    def _orders(self, code: str, first: date, last: date) -> Shown:
        begin, end = span(first, last)
        orders = [o for o in self.raw.tables["supervision_orders"] if o.place_code.startswith(code)]
        raised = [order for order in orders if begin <= order.raised_at < end]
        late = [o for o in raised if o.answered_at is not None and o.answered_at > o.answer_by]
        return {
            "orders_open": sum(order.answered_at is None for order in orders),
            "orders_raised": len(raised),
            "orders_answered_late": len(late),
        }

    def _totals(
        self, code: str, first: date, last: date, only: tuple[str, str] | None = None
    ) -> Shown:
        begin, end = span(first, last)
        here = [case for case in self._cases(only) if case.place_code.startswith(code)]
        came = [case for case in here if begin <= case.reported_at < end]
        standing = [case for case in came if case.state in OPEN]
        closed = [
            case
            for case in here
            if any(begin <= moment < end for moment in self.closings.get(case.id, ()))
        ]
        return {
            "reported": len(came),
            "open": len(standing),
            "overdue": sum(c.act_by is not None and c.act_by < self.raw.now for c in standing),
            "closed": len(closed),
        }

    def _counts(
        self, code: str, first: date, last: date, only: tuple[str, str] | None = None
    ) -> Shown:
        mine = {case.id for case in self._cases(only)}
        counted = {
            name: [each for each in found if each[0] in mine]
            for name, found in self.cases.of(code, first, last).items()
        }
        rates = {}
        for name in ("on_time", "satisfied", "resolved"):
            top, below, left = (len(counted.get(each or "", ())) for each in RATES[name])
            rates[name] = {
                "value": round(top / below, 4) if below else None,
                "numerator": top, "denominator": below, "excluded": left,
            }  # fmt: skip
        return {"totals": self._totals(code, first, last, only), "rates": rates}


class Rounds:
    """The page of patrolling."""

    def __init__(self, raw: Raw, places: Places) -> None:
        self.raw, self.places = raw, places

    def page(self, code: str, first: date, last: date) -> Shown:
        """Return what the page tells, teams by their number."""
        begin, end = span(first, last)
        tables = self.raw.tables
        there = [a for a in tables["attendances"]
                 if a.place_code.startswith(code) and begin <= a.starts_at < end]  # fmt: skip
        came = Counter(each.state for each in there)
        expected = came["ended"] + came["no_show"]
        return {
            "rounds": len({each.shift_id for each in there if each.state == "ended"}),
            "attendance": {
                "value": round(came["ended"] / expected, 4) if expected else None,
                "numerator": came["ended"], "denominator": expected,
                "excluded": len(there) - expected,
            },
            "no_shows": came["no_show"],
            "hours_by_team": self._hours(code, begin, end),
            "understaffed": self._understaffed(code),
            **self._coverage(code, begin, end),
        }  # fmt: skip

    def _hours(
        self, code: str, begin: datetime, end: datetime
    ) -> list[tuple[int | None, float, int]]:
        teams: dict[int | None, list[Row]] = defaultdict(list)
        for entry in self.raw.tables["hour_entries"]:
            counts = entry.state == "credited" and entry.reversed_at is None
            if counts and entry.place_code.startswith(code) and begin <= entry.starts_at < end:
                teams[entry.team_id].append(entry)
        rows = [
            (sum(entry.minutes for entry in served), team, len({e.resident_id for e in served}))
            for team, served in teams.items()
        ]
        rows.sort(key=lambda row: (-row[0], row[1] or 0))
        return [(team, round(minutes / 60, 1), people) for minutes, team, people in rows]

    def _understaffed(self, code: str) -> list[int]:
        now = self.raw.now
        wanting = [
            shift
            for shift in self.raw.tables["shifts"]
            if shift.place_code.startswith(code) and shift.state == "open"
            and now < shift.starts_at <= now + timedelta(days=14) and shift.taken < shift.minimum
        ]  # fmt: skip
        return [s.id for s in sorted(wanting, key=lambda s: (s.starts_at, s.id))][:50]

    def _coverage(self, code: str, begin: datetime, end: datetime) -> Shown:
        walked: dict[str, list[Row]] = defaultdict(list)
        for hour in self.raw.tables["walked_hours"]:
            if hour.place_code.startswith(code):
                walked[hour.place_code].append(hour)
        grids = self.places.within(code, "grid")
        shown = []
        for grid in grids:
            hours = [hour for hour in walked[grid] if begin <= hour.hour_at < end]
            by_hour = [0] * 24
            for hour in hours:
                by_hour[(hour.hour_at + AHEAD).hour] += hour.minutes
            shown.append({
                "place_code": grid, "walked_minutes": sum(hour.minutes for hour in hours),
                "rounds": len({hour.shift_id for hour in hours}), "by_hour": by_hour,
                "last_walked_at": max((hour.hour_at for hour in walked[grid]), default=None),
            })  # fmt: skip
        unplaced = [h for place, hours in walked.items() if place not in grids for h in hours]
        return {
            "coverage": shown,
            "never_walked": sum(not row["walked_minutes"] for row in shown),
            "unplaced_minutes": sum(h.minutes for h in unplaced if begin <= h.hour_at < end),
        }
