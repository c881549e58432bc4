"""The figures once more, by sets in plain Python: shares nothing with the code it checks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Row = Mapping[str, Any]
DIGITS = (6, 9, 12, 15)
GROUPS = ("reported", "confirmed", "patrolled", "learnt", "all", "home")


def standing(rows: Sequence[Row]) -> list[Row]:
    """Return the facts that were not taken back."""
    gone = {row["reverses_id"] for row in rows if row["reverses_id"]}
    return [row for row in rows if row["sign"] == 1 and row["id"] not in gone]


def groups(row: Row) -> list[str]:
    """Return what a fact counts for."""
    return [row["activity"], "all", *(["home"] if row["at_home"] else [])]


class Brute:
    """All that one may ask, from the facts that stand."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = standing(rows)
        self.days: dict[tuple[str, str], dict[int, set[date]]] = defaultdict(
            lambda: defaultdict(set)
        )
        self.at: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            for digits in DIGITS:
                code = row["place_code"][:digits]
                if len(code) == digits:
                    self.at[code].append(row)
                    for group in groups(row):
                        self.days[code, group][row["resident_id"]].add(row["day"])

    def people(self, code: str, group: str, first: date, last: date) -> set[int]:
        """Return who took part at a place in a range."""
        return {
            who
            for who, days in self.days[code, group].items()
            if any(first <= day <= last for day in days)
        }

    def figures(self, code: str, group: str, first: date, last: date) -> tuple[int, int, int, int]:
        """Return (participations, minutes, people, newly)."""
        mine = [r for r in self.at[code] if group in groups(r) and first <= r["day"] <= last]
        people = self.people(code, group, first, last)
        newly = {who for who in people if min(self.days[code, group][who]) >= first}
        return len(mine), sum(row["minutes"] for row in mine), len(people), len(newly)

    def periods(self, kind: str) -> dict[tuple[date, str, str], tuple[int, int, int, int, int]]:
        """Return {(start, code, group): (participations, minutes, people, newly, stayed)}."""
        sums: dict[tuple[date, str, str], list[int]] = defaultdict(lambda: [0, 0])
        people: dict[tuple[date, str, str], set[int]] = defaultdict(set)
        for row in self.rows:
            begun = start(row["day"], kind)
            for digits in DIGITS:
                if len(row["place_code"]) >= digits:
                    for group in groups(row):
                        key = begun, row["place_code"][:digits], group
                        sums[key][0] += 1
                        sums[key][1] += row["minutes"]
                        people[key].add(row["resident_id"])
        result = {}
        for (begun, code, group), (count, minutes) in sums.items():
            mine = people[begun, code, group]
            ago = people.get((start(begun - timedelta(days=1), kind), code, group), set())
            newly = [w for w in mine if start(min(self.days[code, group][w]), kind) == begun]
            result[begun, code, group] = count, minutes, len(mine), len(newly), len(mine & ago)
        return result


def start(day: date, kind: str) -> date:
    """Return when the period of a day begins."""
    if kind == "day":
        return day
    if kind == "week":
        return date.fromisocalendar(*day.isocalendar()[:2], 1)
    if kind == "month":
        return date(day.year, day.month, 1)
    if kind == "quarter":
        return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return date(day.year, 1, 1)


def kept(days: Iterable[Row], months: Iterable[Row]) -> dict[tuple[Any, ...], tuple[int, ...]]:
    """Return what rows of days and months say of every period, as `Brute.periods` tells it.

    Weeks are sums of days; quarters and years, of months.
    """
    found: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0] * 5)
    of_days, of_months = (("day", "week"), "day"), (("month", "quarter", "year"), "starts_on")
    for rows, (kinds, on) in ((days, of_days), (months, of_months)):
        for row in rows:
            for kind in kinds:
                begun = start(row[on], kind)
                of_row = (
                    row["participations"], row["minutes"], row[f"people_{kind}"],
                    row["newly"], row[f"stayed_{kind}"],
                )  # fmt: skip
                mine = found[kind, begun, row["place_code"], row["activity"]]
                for number, value in enumerate(of_row):
                    mine[number] += value
    return {key: tuple(sums) for key, sums in found.items()}
