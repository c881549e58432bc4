"""Made-up participations: a few people often, most seldom; some late, some taken back."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.rollups import rules

FIRST = date(2024, 1, 1)
WEIGHTS = {rules.REPORTED: 20, rules.CONFIRMED: 15, rules.PATROLLED: 25, rules.LEARNT: 40}
MINUTES = (30, 45, 60, 90, 120)
AT_NOON = time(4, tzinfo=UTC)


@dataclass(frozen=True)
class Town:
    """How large it all is. `abroad`: the share of participations away from home."""

    communities: int = 6
    streets: int = 3
    grids: int = 3
    residents: int = 120
    days: int = 450
    abroad: float = 0.15
    known_grid: float = 0.8
    confirmed: float = 0.6

    def grid(self, community: int, grid: int) -> str:
        """Return a grid's code; every other street lies in another district."""
        street = community % self.streets
        return f"5101{5 + street % 2:02d}{street + 1:03d}{community + 1:03d}{grid + 1:03d}"


def facts(town: Town, count: int, dice: random.Random) -> Iterator[dict[str, object]]:
    """Give so many participations, in no order, with the columns of a fact but its id."""
    activities, weights = list(WEIGHTS), list(WEIGHTS.values())
    for number in range(1, count + 1):
        # The square lets a few do much.
        who = int(dice.random() ** 2 * town.residents)
        home = who % town.communities
        away = dice.random() < town.abroad
        community = dice.randrange(town.communities) if away else home
        code = town.grid(community, (who // town.communities) % town.grids)
        activity = dice.choices(activities, weights)[0]
        day = FIRST + timedelta(days=dice.randrange(town.days))
        confirmed = (who * 37 % 100) / 100 < town.confirmed
        yield {
            "resident_id": who + 1,
            "activity": activity,
            "place_code": code if dice.random() < town.known_grid else code[:12],
            "happened_at": datetime.combine(day, AT_NOON),
            "day": day,
            "minutes": dice.choice(MINUTES) if activity == rules.PATROLLED else 0,
            "sign": 1,
            "at_home": int(confirmed and community == home),
            "source_type": "made_up",
            "source_id": number,
            "turn": 0,
            "reverses_id": None,
            "recorded_at": datetime.combine(day, AT_NOON),
        }


def reversals(
    rows: Sequence[dict[str, object]], share: float, dice: random.Random
) -> Iterator[dict[str, object]]:
    """Take some of facts back; each row has the `id` of its fact."""
    for row in rows:
        if dice.random() < share:
            taken = {key: value for key, value in row.items() if key != "id"}
            minutes = row["minutes"]
            assert isinstance(minutes, int)
            yield taken | {
                "minutes": -minutes,
                "sign": -1,
                "turn": 1,
                "reverses_id": row["id"],
            }
