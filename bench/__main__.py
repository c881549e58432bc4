"""`python -m bench`: CPU per request. `python -m bench pages`: the thousandth page.

`python -m bench drain`: messages a second. `python -m bench fanout`: telling a whole town.
"""

import argparse
import sys
from dataclasses import replace

from bench import drain, fanout, pages, requests
from bench.databases import ENGINES


def main(argv: list[str] | None = None) -> int:
    """Measure what is asked for. Return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "what", nargs="?", choices=["requests", "pages", "drain", "fanout"], default="requests"
    )
    parser.add_argument("--hazards", type=int, help="cases in the database")
    parser.add_argument("--rounds", type=int, help="rounds of each, in turns")
    parser.add_argument("--requests", type=int, help="requests a round")
    parser.add_argument("--workers", type=int, help="server processes")
    parser.add_argument("--threads", type=int, help="threads of each")
    parser.add_argument("--only", choices=ENGINES, help="one engine")
    given = {name: value for name, value in vars(parser.parse_args(argv)).items() if value}
    what, only = given.pop("what"), given.pop("only", None)
    engines = [only] if only else ENGINES
    if what == "drain":
        drain.run(engines)
        return 0
    if what == "fanout":
        fanout.run(engines)
        return 0
    if what == "pages":
        return pages.run(given.get("hazards", pages.HAZARDS), engines)
    requests.run(replace(requests.Sizes(), **given), engines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
