"""The page of the next level, by lists in plain Python; see `figures_brute`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bench.figures_brute import Between, Half, Participation, Places, Shown, quartiles
from bench.figures_brute_cases import Solving

FIGURES = (
    "people", "breadth", "cases_reported", "on_time", "closing", "resolved", "satisfied", "rework",
)  # fmt: skip
JUDGED = ("breadth", "on_time", "closing", "resolved", "satisfied", "rework")
LENGTHS = {"street": 9, "community": 12, "grid": 15}


class Children:
    """The places below a place, side by side."""

    def __init__(self, people: Participation, solving: Solving, places: Places) -> None:
        self.people, self.solving, self.places = people, solving, places

    def page(self, code: str, first: date, last: date, level: str, sort: str) -> Shown:
        """Return all pages in one."""
        rows = {
            child: self._figures(child, first, last) for child in self.places.within(code, level)
        }
        known = {
            name: [f[name]["value"] for f in rows.values() if f[name]["value"] is not None]
            for name in JUDGED
        }
        middle = {name: quartiles(values) for name, values in known.items()}
        ordered = sorted(rows, key=lambda child: self._key(child, rows[child], sort))
        ranks = self._ranks([c for c in ordered if level != "grid"], rows, sort)
        return {
            "quartiles": middle,
            "items": [
                {
                    "place": {"code": child, "name": self.places.places[child].name},
                    "rank": ranks.get(child),
                    "figures": rows[child],
                    "outliers": _outliers(rows[child], middle),
                }
                for child in ordered
            ],
        }

    def _figures(self, child: str, first: date, last: date) -> Shown:
        counts = self.solving.cases.of(child, first, last)
        found = {
            "people": self.people.counts(child, first, last)["people"],
            "breadth": self.people.breadth(child, first, last),
        }
        return found | {name: self.solving.rate(name, counts) for name in FIGURES[2:]}

    @staticmethod
    def _key(child: str, figures: Shown, sort: str) -> Any:
        if sort == "code":
            return child
        value = figures[sort]["value"]
        if value is None:
            return 1, 0.0, child
        return 0, value if sort == "rework" else -value, child

    def _ranks(self, ordered: Sequence[str], rows: Shown, sort: str) -> dict[str, int]:
        if sort == "code":
            return {}
        wanting = [c for c in ordered if c in self.places.ranked and
                   rows[c][sort]["value"] is not None]  # fmt: skip
        values = [rows[child][sort]["value"] for child in wanting]
        return {
            child: values.index(value) + 1 for child, value in zip(wanting, values, strict=True)
        }


def _outliers(figures: Shown, middle: Shown) -> list[Shown]:
    found = []
    for name in JUDGED:
        value, lie = figures[name]["value"], middle[name]
        if value is None or lie is None:
            continue
        reach = 1.5 * (lie["upper"] - lie["lower"])
        lower, upper = lie["lower"] - reach, lie["upper"] + reach
        if lower <= value <= upper:
            continue
        side = "above" if value > upper else "below"
        of = figures[name]["denominator"]
        scarce = of < (50 if name == "breadth" else 10)
        told = Between if any(isinstance(each, Half) for each in lie.values()) else float
        found.append({
            "figure": name, "side": side,
            "lower": told(round(lower, 4)), "upper": told(round(upper, 4)),
            "why": "few" if scarce else side,
        })  # fmt: skip
    return found
