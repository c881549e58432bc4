"""Who asks what when: as practice does it, after a fixed time, or by lot."""

import random
from datetime import UTC, datetime, timedelta
from typing import Protocol

from app.quizzes import memory, rules
from app.quizzes.memory import Known

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


class Schedule(Protocol):
    """Chooses the questions of a day, and hears how they were answered."""

    def choose(self, day: int, count: int) -> list[int]:
        """Return so many different questions for a day."""
        ...

    def heard(self, question: int, day: int, *, right: bool) -> None:
        """Take note of an answer."""
        ...


class Fsrs:
    """As `quizzes.practice`: what is due, the longest due first, then what is new.

    Where a day has room for more, so that everybody asks equally many: what is due soonest.
    """

    def __init__(self, questions: int, seed: int) -> None:
        self.known: dict[int, Known] = {}
        self.new = list(range(questions))
        random.Random(seed).shuffle(self.new)  # noqa: S311 dice, not keys

    def choose(self, day: int, count: int) -> list[int]:
        """Return what practice would ask."""
        now = BEGIN + timedelta(days=day)
        by_due = sorted(self.known, key=lambda question: self.known[question].due)
        due = [question for question in by_due if self.known[question].due <= now]
        ahead = by_due[len(due) :]
        return [*due, *self.new, *ahead][:count]

    def heard(self, question: int, day: int, *, right: bool) -> None:
        """Reckon anew when it comes back."""
        rated = memory.rating(rules.SINGLE, correct=right, hinted=False, seconds=None)
        at = BEGIN + timedelta(days=day)
        if question not in self.known:
            self.new.remove(question)
        self.known[question] = memory.reviewed(self.known.get(question), rated, at)


class Fixed:
    """Every question comes back after so many days, however well it is known."""

    def __init__(self, questions: int, seed: int, days: int) -> None:
        self.days, self.last = days, dict[int, int]()
        self.new = list(range(questions))
        random.Random(seed).shuffle(self.new)  # noqa: S311 dice, not keys

    def choose(self, day: int, count: int) -> list[int]:
        """Return what was asked longest ago, if that is long enough, then what is new."""
        by_age = sorted(self.last, key=lambda question: self.last[question])
        due = [question for question in by_age if day - self.last[question] >= self.days]
        ahead = by_age[len(due) :]
        return [*due, *self.new, *ahead][:count]

    def heard(self, question: int, day: int, *, right: bool) -> None:  # noqa: ARG002 it is all one
        """Count the days anew."""
        if question not in self.last:
            self.new.remove(question)
        self.last[question] = day


class ByLot:
    """Any question on any day."""

    def __init__(self, questions: int, seed: int) -> None:
        self.questions = range(questions)
        self.dice = random.Random(seed)  # noqa: S311 dice, not keys

    def choose(self, day: int, count: int) -> list[int]:  # noqa: ARG002 every day is alike
        """Return so many different ones."""
        return self.dice.sample(self.questions, count)

    def heard(self, question: int, day: int, *, right: bool) -> None:
        """Learn nothing from it."""
