"""`make faults`: a storm on each database; `--help` says what else there is."""

import argparse
import sys

from bench.tables import print_table
from tools.faults import storms
from tools.faults.plans import ENGINES, SABOTAGES, full, short


def main(argv: list[str] | None = None) -> int:
    """Run what is asked for. Return the exit status: 1 where anything was lost or doubled."""
    parser = argparse.ArgumentParser(prog="python -m tools.faults", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a small storm, for every day")
    parser.add_argument("--engine", choices=ENGINES, help="one database only")
    parser.add_argument("--seed", type=int, default=20261121, help="of the dice")
    parser.add_argument("--sabotage", choices=SABOTAGES, help="break this, in a small storm")
    options = parser.parse_args(argv)
    violations = 0
    for engine in [options.engine] if options.engine else ENGINES:
        small = options.short or options.sabotage
        plan = (
            short(engine, options.seed, options.sabotage) if small else full(engine, options.seed)
        )
        found = storms.run(plan)
        if found is None:
            print(f"{engine}: not installed, nothing was run")
            continue
        print_table(("what", "figure"), found.figures)
        for line in found.violations:
            print(f"VIOLATION: {line}")
        print(f"{engine}: {len(found.violations) or 'no'} violations", flush=True)
        violations += len(found.violations)
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
