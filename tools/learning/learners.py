"""Learners whose forgetting is known, and is not the one that FSRS assumes.

A learner has a half-life in days for each question: after t days without it, it is still known with
2^(-t/half-life) (exponential, as Ebbinghaus and half-life regression have it; FSRS reckons with a
power law, and knows neither these numbers nor guessing). What is recalled lasts longer, the more so
the nearer it was to being forgotten; what was forgotten is explained and begins again, a little
better than before. Whoever does not know it guesses, one of four rightly.
"""

import random
from dataclasses import dataclass

GUESSED = 0.25
"""Four options."""
FIRST_HALF_LIFE = 2.5
"""Days, after the first explanation, of an average learner and question."""
SPREAD = 0.45
"""Of learners and of questions: the standard deviation of the logarithm."""
GROWTH, SPACING = 0.7, 2.2
"""A recalled half-life grows by so much at once, and by so much more just before forgetting."""
RELEARNT = 1.15
LONGEST = 365.0


@dataclass(slots=True)
class Trace:
    """What a learner has of a question: since which day, how lasting. No trace: never seen."""

    half_life: float
    day: float


class Learner:
    """One person; `seed` tells everything about them."""

    def __init__(self, seed: int, hardness: list[float]) -> None:
        self.dice = random.Random(seed)  # noqa: S311 dice, not keys
        self.gift = self.dice.lognormvariate(0, SPREAD)
        self.hardness = hardness
        self.traces: dict[int, Trace] = {}

    def recall(self, question: int, day: float) -> float:
        """Return how likely they know a question on a day, without guessing."""
        trace = self.traces.get(question)
        return 0.0 if trace is None else 2.0 ** (-(day - trace.day) / trace.half_life)

    def ask(self, question: int, day: float) -> bool:
        """Ask a question and explain it; return whether the answer was right."""
        chance = self.recall(question, day)
        knew = self.dice.random() < chance
        right = knew or self.dice.random() < GUESSED
        begun = FIRST_HALF_LIFE * self.gift / self.hardness[question]
        trace = self.traces.get(question)
        if trace is None:
            lasting = begun
        elif knew:
            lasting = trace.half_life * (1 + GROWTH + SPACING * (1 - chance))
        else:
            lasting = begun * RELEARNT
        self.traces[question] = Trace(min(lasting, LONGEST), day)
        return right


def hardnesses(count: int, seed: int) -> list[float]:
    """Return how hard each question is; 1 is average."""
    dice = random.Random(seed)  # noqa: S311 dice, not keys
    return [dice.lognormvariate(0, SPREAD) for _ in range(count)]
