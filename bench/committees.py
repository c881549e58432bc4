"""CPU per request of the committees' figures against bare; a district of 1,000 communities."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle

from sqlalchemy import bindparam, insert, select, update

from app.committees import children
from app.core import clock, marks
from app.core.db import changed_rows, read, unit_of_work, writing
from app.hazards.models import Hazard
from app.places.models import Place
from app.rollups import rules as rollup_rules
from app.rollups.anew import recompute
from app.rollups.models import Fact, RegisteredDay, Waiting
from bench.databases import ENGINES, Bench, each, settle
from bench.loads import Request
from bench.requests import Figure, Route, Sizes, measure, print_figures
from demo.seed import COMMUNITY

SEED = 20261121
STREETS, COMMUNITIES, GRIDS = 20, 50, 3
FACTS, DAYS, RESIDENTS = 40_000, 120, 20_000
AT_ONCE = 5000
AT_FIRST = 40
"""Requests a round of what is dear."""
AIM = {"SQLite": 0.15, "PostgreSQL": 0.15}
MOST_QUERIES = 6
LONGEST_S = 0.3
"""CPU, the database's own included, of a page over all communities of the district."""
DISTRICT_PAGE = "a district's 1,000 communities, first time"
DISTRICT = COMMUNITY[:6]


def run(sizes: Sizes, engines: Sequence[str] = ENGINES, facts: int = FACTS) -> list[Figure]:
    """Measure and print; returns the figures."""
    figures: list[Figure] = []
    for bench in each(engines, sizes.hazards, f"{sizes.hazards} hazards, {facts} facts"):
        fill(bench, facts)
        figures += measure(bench, sizes, [*routes(), *while_others_move(bench)])
        fewer = replace(sizes, rounds=min(sizes.rounds, 3), requests=min(sizes.requests, AT_FIRST))
        figures += measure(bench, fewer, first_times())
    print_figures(figures)
    for figure in figures:
        if figure.route.name == DISTRICT_PAGE:
            seconds = figure.cpu + figure.database
            missed = "" if seconds <= LONGEST_S else " missed"
            print(f"{figure.engine}: {seconds * 1000:.0f} ms of {LONGEST_S * 1000:.0f}{missed}")
    return figures


PLACE = f"/api/v1/committees/{COMMUNITY}"
PATHS = {
    "overview": "overview?",
    "patrolling": "patrolling?",
    "participation by week": "participation?by=week&",
    "indicators": "indicators?",
    "figure opened": "figures/on_time?",
    "children": "children?",
}


def routes() -> list[Route]:
    """Return the routes as they are asked again, which is most times."""
    last = clock.shanghai_day(clock.now())
    days = f"from={last - timedelta(days=27)}&to={last}"
    return [
        Route(name, "demo:committee", Request(f"{PLACE}/{path}{days}"), AIM, MOST_QUERIES)
        for name, path in PATHS.items()
    ]


def while_others_move(bench: Bench) -> list[Route]:
    """Return some of them as asked again while a case moves in another community for each."""
    elsewhere = cycle([f"{DISTRICT}900{number + 1:03}" for number in range(COMMUNITIES)])

    def living(request: Request) -> Request:
        def asked() -> tuple[str, bytes]:
            with bench.app.app_context(), writing():
                marks.mark("cases", [f"{next(elsewhere)}001"])
            return request.path, b""

        return replace(request, anew=asked)

    return [
        replace(route, name=f"{route.name}, others moving", request=living(route.request))
        for route in routes()
        if route.name in {"overview", "indicators", "children"}
    ]


def first_times() -> list[Route]:
    """Return the routes as they are asked for the first time: of other days each time."""
    last = clock.shanghai_day(clock.now())
    asked = [
        Route(f"{name}, first time", "demo:committee", anew(PLACE, path, last), {}, MOST_QUERIES)
        for name, path in PATHS.items()
    ]
    ways = cycle([(sort, limit) for limit in range(50, 0, -1) for sort in children.SORTS])
    district = f"/api/v1/committees/{DISTRICT}/children?level=community"

    def page() -> tuple[str, bytes]:
        sort, limit = next(ways)
        return f"{district}&sort={sort}&limit={limit}", b""

    whole = Request(district, anew=page)
    return [*asked, Route(DISTRICT_PAGE, "demo:district", whole, {}, MOST_QUERIES)]


def anew(place: str, path: str, last: date) -> Request:
    """Return what asks for about four weeks, other ones each time."""
    spans = cycle([(start, end) for start in range(28) for end in range(28)])

    def asked() -> tuple[str, bytes]:
        start, end = next(spans)
        first = last - timedelta(days=27 + start)
        return f"{place}/{path}from={first}&to={last - timedelta(days=end)}", b""

    return Request(f"{place}/{path}", anew=asked)


def fill(bench: Bench, facts: int) -> None:
    """Add a district's communities, where people take part and every other case lies."""
    with bench.app.app_context():
        dice = random.Random(SEED)
        codes = _places()
        _spread_cases(codes, dice)
        _facts(codes, facts, dice)
        _registered(codes)
        recompute()
        marks.fold()  # as the jobs do each minute
        settle(bench.engine)


@unit_of_work()
def _places() -> list[str]:
    """Add streets, communities and grids; returns the communities' codes."""
    streets = [f"{DISTRICT}{900 + number}" for number in range(STREETS)]
    communities = [f"{code}{number + 1:03}" for code in streets for number in range(COMMUNITIES)]
    grids = [f"{code}{number + 1:03}" for code in communities for number in range(GRIDS)]
    for kind, mine in (("street", streets), ("community", communities), ("grid", grids)):
        rows = [
            {"code": code, "kind": kind, "name": f"第{code[6:]}号", "parent_code": code[:-3]}
            for code in mine
        ]
        changed_rows(insert(Place), rows)
    return communities


@unit_of_work()
def _spread_cases(codes: list[str], dice: random.Random) -> None:
    away = select(Hazard.id).where(Hazard.community_code != COMMUNITY)
    rows = [
        {"the_id": each, "community": (code := dice.choice(codes)), "grid": f"{code}001"}
        for each in read(away).scalars()
    ]
    moved = update(Hazard.__table__).where(Hazard.__table__.c.id == bindparam("the_id"))
    changed_rows(
        moved.values(community_code=bindparam("community"), place_code=bindparam("grid")), rows
    )


def _facts(codes: list[str], facts: int, dice: random.Random) -> None:
    now = clock.now()
    homes = [COMMUNITY, *codes]
    for done in range(0, facts, AT_ONCE):
        rows = []
        for number in range(done + 1, min(done + AT_ONCE, facts) + 1):
            who = dice.randrange(RESIDENTS)
            at = now - timedelta(days=dice.randrange(DAYS))
            # One in twenty takes part in the community whose pages are measured.
            home = COMMUNITY if who % 20 == 0 else homes[who % len(homes)]
            row = {
                "id": number, "resident_id": who + 1,
                "activity": dice.choice(rollup_rules.ACTIVITIES),
                "place_code": f"{home}{dice.randint(1, GRIDS):03}", "happened_at": at,
                "day": clock.shanghai_day(at), "minutes": 0, "sign": 1, "at_home": 1,
                "source_type": "bench", "source_id": number, "turn": 0, "recorded_at": at,
            }  # fmt: skip
            rows.append(row)
        _write(rows)


@unit_of_work()
def _write(rows: list[dict[str, object]]) -> None:
    changed_rows(insert(Fact), rows)
    waiting = ("resident_id", "day")
    changed_rows(
        insert(Waiting),
        [{"fact_id": row["id"], **{name: row[name] for name in waiting}} for row in rows],
    )


@unit_of_work()
def _registered(codes: list[str]) -> None:
    day = clock.shanghai_day(clock.now())
    homes = {code: 200 + number % 300 for number, code in enumerate(codes)}
    homes |= {COMMUNITY: 1500, DISTRICT: 400_000}
    changed_rows(
        insert(RegisteredDay),
        [
            {"day": day, "digits": len(code), "place_code": code, "residents": residents}
            for code, residents in homes.items()
        ],
    )
