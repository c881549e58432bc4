"""Compare schedules on the same learners, with the same number of questions each.

`python -m tools.learning`: 500 learners, 90 days, 8 questions a day of 108. Prints what they know
on the last day, on average over learners and all questions, guessing left out.
"""

import argparse
import math
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from tools.learning.learners import Learner, hardnesses
from tools.learning.schedules import ByLot, Fixed, Fsrs, Schedule

SCHEDULES: dict[str, Callable[[int, int], Schedule]] = {
    "fsrs": Fsrs,
    "fixed, 3 days": partial(Fixed, days=3),
    "fixed, 7 days": partial(Fixed, days=7),
    "fixed, 14 days": partial(Fixed, days=14),
    "random": ByLot,
}


@dataclass(frozen=True, slots=True)
class Trial:
    """How much is simulated."""

    learners: int = 500
    days: int = 90
    questions: int = 108
    a_day: int = 8
    seed: int = 20261121


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a schedule came to: each learner's recall on the last day, and how many were asked."""

    recalls: tuple[float, ...]
    asked: int

    @property
    def mean(self) -> float:
        """Return the recall on the last day, over all learners and questions."""
        return statistics.fmean(self.recalls)

    @property
    def error(self) -> float:
        """Return the standard error of the mean."""
        return statistics.stdev(self.recalls) / math.sqrt(len(self.recalls))


def simulate(make: Callable[[int, int], Schedule], trial: Trial) -> Outcome:
    """Let every learner go through a schedule; the same learners for every schedule."""
    hardness = hardnesses(trial.questions, trial.seed)
    recalls, asked = [], 0
    for number in range(trial.learners):
        learner = Learner(trial.seed + number, hardness)
        schedule = make(trial.questions, trial.seed + number)
        for day in range(trial.days):
            for question in schedule.choose(day, trial.a_day):
                schedule.heard(question, day, right=learner.ask(question, day))
                asked += 1
        known = (learner.recall(question, trial.days) for question in range(trial.questions))
        recalls.append(statistics.fmean(known))
    return Outcome(tuple(recalls), asked)


def main(argv: Sequence[str] | None = None) -> int:
    """Print a table. Return 1 if FSRS is not the best of them."""
    parser = argparse.ArgumentParser(prog="python -m tools.learning", description=__doc__)
    usual = Trial()
    for name in ("learners", "days", "questions", "a-day", "seed"):
        number = getattr(usual, name.replace("-", "_"))
        parser.add_argument(f"--{name}", type=int, default=number)
    trial = Trial(**vars(parser.parse_args(argv)))
    print(f"{trial}\n{'schedule':16} {'asked':>8} {'recall':>8} {'± s.e.':>8} {'seconds':>8}")
    means = {}
    for name, make in SCHEDULES.items():
        begun = time.monotonic()
        found = simulate(make, trial)
        means[name] = found.mean
        spent = time.monotonic() - begun
        print(f"{name:16} {found.asked:8} {found.mean:8.3f} {found.error:8.4f} {spent:8.1f}")
    return 0 if max(means, key=lambda name: means[name]) == "fsrs" else 1


if __name__ == "__main__":
    sys.exit(main())
