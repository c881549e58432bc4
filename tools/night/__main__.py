"""`python -m tools.night`: play the night on a new SQLite database and print the table."""

import argparse
import os
import tempfile
import time
from pathlib import Path
from random import Random
from statistics import median

from flask_migrate import upgrade

from app.config import ROOT, Settings
from app.factory import create_app
from demo import places
from tools.night import play, town

VOLUNTEERS, FORGED, SEED = 200, 3, 20261120


def night(
    volunteers: int = VOLUNTEERS, forged: int = FORGED, seed: int = SEED
) -> list[play.Verdict]:
    """Play the night on the database of the current app; returns what was doubted."""
    dice = Random(seed)  # noqa: S311 the same dice every time
    rounds, walkers = town.build(dice, volunteers, forged)
    return play.play(dice, rounds, walkers)


def main() -> None:
    """Play it and print what came of it."""
    words = argparse.ArgumentParser(prog="python -m tools.night", description=__doc__)
    words.add_argument("--volunteers", type=int, default=VOLUNTEERS)
    words.add_argument("--forged", type=int, default=FORGED, help="cheats of each kind")
    words.add_argument("--seed", type=int, default=SEED)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "LINLI_ENV": "test",
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'night.sqlite3'}",
            "LINLI_INSTANCE": folder,
        }
        app = create_app(Settings.from_environment({**os.environ, **environment}))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            places.load()
            began = time.perf_counter()
            verdicts = night(asked.volunteers, asked.forged, asked.seed)
            took = time.perf_counter() - began
    print("\n".join(play.table(verdicts)))
    honest = [v for v in verdicts if v.walker.cheats is None]
    off = [abs(v.minutes - v.walker.trip.true_minutes) for v in honest]
    strong = sum(v.evidence > 1 for v in honest)
    print(f"\nhonest rounds with evidence 2 or more: {strong} of {len(honest)}")
    print(f"minutes credited, off the truth by (median, most): {median(off):.0f}, {max(off):.0f}")
    print(f"{len(verdicts)} volunteers, seed {asked.seed}, {took:.1f} s")


if __name__ == "__main__":
    main()
