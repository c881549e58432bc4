"""Every page's figures by sets and lists in plain Python; shares nothing with what it checks.

Written from docs/committees.md. Rows are as the tables have them (see `Raw`); moments are in UTC,
days are Shanghai's. A page is compared without the versions of its formulas.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from bench.rollups_brute import standing, start

ACTIVITIES = ("reported", "confirmed", "patrolled", "learnt")
GROUPS = (*ACTIVITIES, "all", "home")
AHEAD, DAY = timedelta(hours=8), timedelta(days=1)
Row = Any
Shown = dict[str, Any]


@dataclass
class Raw:
    """What happened and who lives where: rows of the tables, nothing that was reckoned."""

    now: datetime
    facts: Sequence[Mapping[str, Any]] = ()
    tables: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """Return the Shanghai day."""
        return shanghai(self.now)


def shanghai(moment: datetime) -> date:
    """Return the day of a moment."""
    return (moment.astimezone(UTC) + AHEAD).date()


def span(first: date, last: date) -> tuple[datetime, datetime]:
    """Return from when until before when a range of days is."""
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC) - AHEAD
    return midnight, midnight + (last - first + DAY)


def figure(numerator: int | None, of: int | None = None, left: int = 0, *, why: str = "") -> Shown:
    """Return a figure as a page tells it; `why` it is withheld, numerator and all."""
    if why:
        return {"value": None, "numerator": None, "denominator": None, "excluded": 0,
                "withheld": why}  # fmt: skip
    value: float | None = numerator
    withheld = None
    if of is not None and numerator is not None:
        if of == 0:
            value, withheld = None, "coverage" if left else "nothing"
        elif of < 0.7 * (of + left):
            value, withheld = None, "coverage"
        else:
            value = round(numerator / of, 4)
    shown = None if withheld == "coverage" else numerator  # with both one could divide
    return {"value": value, "numerator": shown, "denominator": of, "excluded": left,
            "withheld": withheld}  # fmt: skip


class People:
    """Who took part, from the facts that stand."""

    def __init__(self, facts: Sequence[Mapping[str, Any]]) -> None:
        self.by_day: dict[str, dict[date, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self.first: dict[tuple[str, str], dict[int, date]] = defaultdict(dict)
        for fact in standing(facts):
            who, day = fact["resident_id"], fact["day"]
            groups = (fact["activity"], "all", *(["home"] if fact["at_home"] else []))
            for digits in (6, 9, 12, 15):
                code = fact["place_code"][:digits]
                if len(code) == digits:
                    self.by_day[code][day].append((who, groups, fact["minutes"]))
                    for group in groups:
                        known = self.first[code, group]
                        known[who] = min(known.get(who, day), day)

    def of(self, code: str, first: date, last: date) -> dict[str, tuple[int, int, set[int], int]]:
        """Return by group what was done, minutes, who, and how many of them for the first time."""
        done: Counter[str] = Counter()
        minutes: Counter[str] = Counter()
        who: dict[str, set[int]] = {group: set() for group in GROUPS}
        days = self.by_day.get(code, {})
        for number in range((last - first).days + 1):
            for person, groups, length in days.get(first + number * DAY, ()):
                for group in groups:
                    done[group] += 1
                    minutes[group] += length
                    who[group].add(person)
        return {
            group: (
                done[group], minutes[group], who[group],
                sum(self.first[code, group][person] >= first for person in who[group]),
            )
            for group in GROUPS
        }  # fmt: skip

    def at(self, code: str, group: str, first: date, last: date) -> set[int]:
        """Return who took part."""
        return self.of(code, first, last)[group][2]


class Places:
    """What places there are, who is registered there, and what committees want."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.places = {row.code: row for row in raw.tables["places"]}
        self.homes = [row for row in raw.tables["residences"] if row.state == "confirmed"]
        self.nights: dict[date, dict[str, int]] = defaultdict(dict)
        for row in raw.tables["rollup_registered"]:
            self.nights[row.day][row.place_code] = row.residents
        self.ranked = {row.place_code for row in raw.tables["committee_settings"] if row.ranking}

    def within(self, code: str, kind: str) -> list[str]:
        """Return the places of a kind in a place, by code."""
        found = (c for c, row in self.places.items() if row.kind == kind and c.startswith(code))
        return sorted(found)

    def living(self, code: str, last: date) -> list[Row]:
        """Return the homes there that were confirmed by the end of a day and are."""
        until = span(last, last)[1]
        return [h for h in self.homes if h.place_code.startswith(code) and h.decided_at < until]

    def counted(self, code: str, last: date) -> int | None:
        """Return what the last night until a day counted there."""
        nights = [day for day in self.nights if day <= last]
        return self.nights[max(nights)].get(code) if nights else None

    def registered(self, code: str, last: date) -> int:
        """Return the same, or where it did not count, who lives there."""
        counted = self.counted(code, last)
        return len(self.living(code, last)) if counted is None else counted


def before(first: date, last: date) -> tuple[date, date]:
    """Return what a range is compared with."""
    for kind in ("day", "week", "month", "quarter", "year"):
        over = ends(first, kind)
        if start(first, kind) == first and last <= over:
            former = start(first - DAY, kind)
            if last == over:
                return former, first - DAY
            if kind != "week":
                return former, min(former + (last - first), first - DAY)
    return first - (last - first) - DAY, first - DAY


def ends(first: date, kind: str) -> date:
    """Return the last day of the period of a day."""
    day = first
    while start(day + DAY, kind) == start(first, kind):
        day += DAY
    return day


def few(number: int) -> bool:
    """Whether so many people are not told where it is near."""
    return number in {1, 2, 3, 4}


class Between(float):
    """What lies just between two figures, or follows from such: either is told, as floats have it.

    Shares have four digits, so a quartile of them may end in an exact 5.
    """

    SLACK = 0.00025

    def __eq__(self, other: object) -> bool:
        """Whether it may be told so."""
        return isinstance(other, float) and abs(float(other) - float(self)) < self.SLACK

    def __ne__(self, other: object) -> bool:
        """Whether it may not."""
        return not self == other

    __hash__ = float.__hash__


class Half(Between):
    """What lies just between two figures."""

    SLACK = 0.00006


def quartiles(values: Iterable[float]) -> dict[str, float] | None:
    """Return quartiles, by drawing a line between the two values around each, in fractions."""
    ordered = sorted(Fraction(str(value)) for value in values)
    if len(ordered) < 5:
        return None
    found = {}
    for name, share in (("lower", 1), ("median", 2), ("upper", 3)):
        place = Fraction(share, 4) * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        units = 10_000 * (ordered[below] + (place - below) * (ordered[above] - ordered[below]))
        half = units.denominator == 2
        found[name] = Half(units / 10_000) if half else round(units) / 10_000
    return found


class Participation:
    """The page of who takes part."""

    def __init__(self, people: People, places: Places) -> None:
        self.people, self.places = people, places

    def page(self, code: str, first: date, last: date, by: str) -> Shown:
        """Return what the page tells."""
        former = before(first, last)
        periods, begun = [], start(first, by)
        while begun <= last:
            over = ends(begun, by)
            periods.append({"from": begun, "to": over, "figures": self.counts(code, begun, over)})
            begun = over + DAY
        shares = self._shares(code, first, last)
        return {
            "figures": self.counts(code, first, last)
            | {"breadth": self.breadth(code, first, last)}
            | shares,
            "previous": {
                "from": former[0], "to": former[1], "figures": self.counts(code, *former),
            },
            "periods": periods,
            "missing": {
                "buildings": shares["silent_buildings"],
                "bands": self._bands(code, first, last),
            },
            "siblings": self._siblings(code, first, last),
        }  # fmt: skip

    def counts(self, code: str, first: date, last: date) -> Shown:
        """Return the counts of a range."""
        found = self.people.of(code, first, last)
        _, minutes, who, newly = found["all"]
        people = {"people": len(who), "newly": newly, "returning": len(who) - newly}
        hidden: set[str] = set()
        if self._is_near(code, first, last):
            if few(len(who)):
                hidden = set(people)
            elif few(newly) or few(len(who) - newly):
                hidden = {"newly", "returning"}
        return {
            **{n: figure(None, why="few") if n in hidden else figure(v) for n, v in people.items()},
            **{activity: figure(found[activity][0]) for activity in ACTIVITIES},
            "minutes": figure(minutes),
        }

    @staticmethod
    def _is_near(code: str, first: date, last: date) -> bool:
        return len(code) == 15 or (len(code) == 12 and (last - first).days < 6)

    def breadth(self, code: str, first: date, last: date) -> Shown:
        """Return the share of who lives there and took part there."""
        if len(code) == 15:
            return figure(None, why="grid")
        home = len(self.people.at(code, "home", first, last))
        if self._is_near(code, first, last) and few(home):
            return figure(None, why="few")
        return figure(home, self.places.registered(code, last))

    def _shares(self, code: str, first: date, last: date) -> Shown:
        grids = self.places.within(code, "grid")
        heard = [grid for grid in grids if self.people.at(grid, "all", first, last)]
        active = self.people.at(code[:12], "home", first, last)
        buildings: dict[int, list[int]] = defaultdict(list)
        for home in self.places.living(code, last):
            if home.building_id is not None:
                buildings[home.building_id].append(home.resident_id)
        large = [who for who in buildings.values() if len(who) >= 5]
        silent = sum(not active & set(who) for who in large)
        small = len(buildings) - len(large)
        return {
            "grids": figure(len(heard), len(grids)),
            "buildings": figure(len(large) - silent, len(large), small),
            "silent_buildings": figure(silent, len(large), small),
        }

    def _bands(self, code: str, first: date, last: date) -> list[Shown]:
        quarter = start(first, "quarter") == first and ends(first, "quarter") == last
        if len(code) > 12 or not quarter or last >= self.places.raw.today:
            return []
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for community in {home.place_code[:12] for home in self.places.living(code, last)}:
            for band, (of, silent) in self._told_bands(community, first, last).items():
                sums[band][0] += silent
                sums[band][1] += of
        return [
            {"band": band, "silent": figure(*sums[band]) if sums[band][1] else
             figure(None, why="few")}
            for band in ("under_18", "18_34", "35_59", "60_up")
        ]  # fmt: skip

    def _told_bands(self, community: str, first: date, last: date) -> dict[str, tuple[int, int]]:
        born = {row.resident_id: row.birth_year for row in self.places.raw.tables["volunteers"]}
        members: dict[str, list[int]] = defaultdict(list)
        homes = sorted(self.places.living(community, last), key=lambda h: (h.decided_at, h.id))
        for home in homes:
            age = last.year - born.get(home.resident_id, last.year + 1)
            if age >= 0:
                band = "under_18" if age < 18 else "18_34" if age < 35 else "35_59"
                members[band if age < 60 else "60_up"].append(home.resident_id)
        heard = self.people.at(community, "home", first, last)
        counts = {}
        for band, who in members.items():
            counted = who[: len(who) // 5 * 5]
            silent = sum(each not in heard for each in counted)
            counts[band] = (len(counted), silent)
        hidden = {b for b, (of, silent) in counts.items() if few(of - silent) or few(silent)}
        for band in sorted(counts, key=lambda name: (counts[name][0], name)):
            gone = [sum(counts[each][part] for each in hidden) for part in (0, 1)]
            left = any(map(few, (*gone, gone[0] - gone[1])))
            if hidden and band not in hidden and counts[band][0] and left:
                hidden.add(band)
        return {band: both for band, both in counts.items() if band not in hidden and both[0]}

    def _siblings(self, code: str, first: date, last: date) -> Shown | None:
        if self._is_near(code, first, last):
            return None
        kind, size = self.places.places[code].kind, self.places.registered(code, last)
        scope = code[:12] if kind == "grid" else code[:6]
        sizes = {
            like: self.places.counted(like, last) or 0
            for like in self.places.within(scope, kind)
            if like != code
        }
        similar = [c for c, other in sizes.items() if other and size and size <= 2 * other]
        similar = [c for c in similar if sizes[c] <= 2 * size]
        if len(similar) < 5:
            return None
        theirs = {like: self._compared(like, first, last, sizes[like]) for like in similar}
        mine = self._compared(code, first, last, size)
        ranked = [(mine["breadth"], code)] + [
            (found["breadth"], like) for like, found in theirs.items() if like in self.places.ranked
        ]
        return {
            "count": len(similar),
            "figures": {
                name: {"own": mine[name], **(quartiles(f[name] for f in theirs.values()) or {})}
                for name in ("breadth", "per_person")
            },
            "named": [
                {
                    "rank": 1 + len([better for better, _ in ranked if better > b]),
                    "place_code": c,
                    "name": self.places.places[c].name,
                    "breadth": b,
                }
                for b, c in sorted(ranked, key=lambda r: (-r[0], r[1]))
            ]
            if code in self.places.ranked
            else [],
        }

    def _compared(self, code: str, first: date, last: date, size: int) -> dict[str, float]:
        found = self.people.of(code, first, last)
        done, _, who, _ = found["all"]
        return {
            "breadth": round(len(found["home"][2]) / size, 4) if size else 0.0,
            "per_person": round(done / len(who), 4) if who else 0.0,
        }
