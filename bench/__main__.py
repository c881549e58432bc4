"""`python -m bench`: CPU per request. `python -m bench pages`: the thousandth page.

`python -m bench drain`: messages a second. `python -m bench fanout`: telling a whole town.
`python -m bench roster`: a fair week for 200 volunteers and 60 shifts.
`python -m bench quiz`: CPU per question served and answer graded.
`python -m bench imports`: files of ten thousand questions.
`python -m bench committees`: CPU of the committees' figures, and of a district of 1,000.
`python -m bench console`: CPU of the console's pages.
`python -m bench rollups`: a day's roll-up against everything anew (`--facts 1000000`).
`python -m bench rollups-wide`: everything anew from files, by DuckDB and Spark.
`python -m bench rollups-truth`: every rolled figure against a count by hand, on every engine.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace

from bench import (
    committees,
    console,
    drain,
    fanout,
    imports,
    pages,
    quizzes,
    requests,
    rollups,
    rollups_truth,
    rollups_wide,
    rosters,
)
from bench.databases import ENGINES


def main(argv: list[str] | None = None) -> int:
    """Measure what is asked for. Return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "what",
        nargs="?",
        choices=[
            "requests",
            "pages",
            "drain",
            "fanout",
            "roster",
            "quiz",
            "imports",
            "committees",
            "console",
            "rollups",
            "rollups-wide",
            "rollups-truth",
        ],
        default="requests",
    )
    parser.add_argument("--facts", type=int, help="participations, for roll-ups")
    parser.add_argument("--hazards", type=int, help="cases in the database")
    parser.add_argument("--rounds", type=int, help="rounds of each, in turns")
    parser.add_argument("--requests", type=int, help="requests a round")
    parser.add_argument("--workers", type=int, help="server processes")
    parser.add_argument("--threads", type=int, help="threads of each")
    parser.add_argument("--connections", type=int, help="requests at once")
    parser.add_argument("--only", choices=ENGINES, help="one engine")
    given = {name: value for name, value in vars(parser.parse_args(argv)).items() if value}
    what, only = given.pop("what"), given.pop("only", None)
    facts = given.pop("facts", None)
    engines = [only] if only else ENGINES
    simple: dict[str, Callable[[], object]] = {
        "drain": lambda: drain.run(engines),
        "fanout": lambda: fanout.run(engines),
        "roster": rosters.run,
        "imports": lambda: imports.run(engines),
        "rollups": lambda: rollups.run(engines, facts or rollups.FACTS),
        "rollups-wide": lambda: rollups_wide.run(facts or rollups.FACTS),
    }
    if what in simple:
        simple[what]()
        return 0
    if what == "rollups-truth":
        return rollups_truth.run(engines, facts or rollups_truth.FACTS)
    if what == "pages":
        return pages.run(given.get("hazards", pages.HAZARDS), engines)
    sizes = replace(requests.Sizes(), **given)
    measured: dict[str, Callable[..., object]] = {
        "quiz": quizzes.run,
        "committees": committees.run,
        "console": console.run,
    }
    measured.get(what, requests.run)(sizes, engines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
