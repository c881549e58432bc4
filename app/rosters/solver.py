"""Who walks which shift of a week: a proposal by OR-tools CP-SAT. Plain Python otherwise.

Never broken: the places of a shift; everybody on it has the skills that it needs; a
person's times, wished number, rest and hours. Then, in this order: as few missing
people as possible; the load, with what was served lately, as even as possible (the sum of
its squares, so that the fifth shift of one person costs more than the first of another);
what people like. A shift is filled to its minimum and no further: the places
beyond it belong to whoever signs up.

The same question has the same answer: a fixed seed, two workers in step, and a limit
counted in CP-SAT's own work rather than in seconds. The limit in seconds is only for a
machine that is far slower.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from typing import Any

LONGEST_S = 18.0
"""In seconds, of the 20 that a planner is asked to wait at most."""
WORK = 8.0
"""CP-SAT's deterministic time for each of the two questions."""
WORKERS = 2
SEED = 20261121
DAY = timedelta(hours=24)
FAIRNESS_WEIGHT = 10
"""What one step of load weighs against the sum of likings, of which a shift has fewer."""

Span = tuple[datetime, datetime]
Clash = Callable[[Sequence[Span], Span], str | None]
"""Says why somebody with these shifts may not have that one; nothing if they may."""


@dataclass(frozen=True, slots=True)
class Post:
    """A shift to be filled. `needed`: people missing to its minimum; `room`: places left.

    `skills`: what each person on it must be able to do.
    """

    id: int
    span: Span
    needed: int
    room: int
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be put on shifts: those in `likings`, by how much they like each (0-9).

    `served`: shifts in the last weeks and those ahead already agreed to. `most`: how many
    more they wish this week. `busy`: their other shifts about this week.
    """

    id: int
    served: int
    most: int
    likings: Mapping[int, int]
    skills: frozenset[str] = frozenset()
    busy: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A week to be filled. `most_minutes`: of anybody's shifts in any 24 hours."""

    posts: Sequence[Post]
    candidates: Sequence[Candidate]
    clash: Clash
    most_minutes: int


@dataclass(frozen=True, slots=True)
class Solution:
    """Pairs of (post's id, candidate's id), in order. `proven`: nothing better exists."""

    pairs: tuple[tuple[int, int], ...]
    unmet: int
    proven: bool


class NoAnswerError(RuntimeError):
    """The time was over before there was any answer."""


def solve(problem: Problem, *, longest_s: float = LONGEST_S, work: float = WORK) -> Solution:
    """Return a roster. Errors: NoAnswerError."""
    over = time.monotonic() + longest_s
    model = _Model(problem)
    # First how few people must be missing, then, of all rosters with so few, the best.
    unmet, _ = model.best(model.missing, longest_s / 2, work)
    model.keep_missing(unmet)
    _, proven = model.best(model.burden, max(over - time.monotonic(), 0.0), work)
    return Solution(model.pairs(), unmet, proven)


@dataclass(slots=True)
class _Model:
    """The variables of a problem: `taken[post, candidate]` says who walks what."""

    problem: Problem
    cp: Any = field(init=False)
    taken: dict[tuple[int, int], Any] = field(init=False, default_factory=dict)
    missing: Any = field(init=False)
    burden: Any = field(init=False)
    answer: dict[int, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        # Only who solves pays for it: 60 MB and half a second. See docs/adr.
        from ortools.sat.python import cp_model  # noqa: PLC0415

        self.cp = cp_model.CpModel()
        posts = {post.id: post for post in self.problem.posts}
        for candidate in self.problem.candidates:
            for post_id in sorted(candidate.likings):
                post = posts[post_id]
                able = post.skills <= candidate.skills
                if able and self.problem.clash(candidate.busy, post.span) is None:
                    pair = (post_id, candidate.id)
                    self.taken[pair] = self.cp.new_bool_var(f"{post_id}/{candidate.id}")
        self.missing = sum(self._fill(post) for post in self.problem.posts)
        conflicts = _conflicts(self.problem)
        self.burden = sum(
            self._burden_of(candidate, conflicts) for candidate in self.problem.candidates
        )

    def _fill(self, post: Post) -> Any:
        """Hold a post to its places; return how many are missing."""
        people = [var for (post_id, _), var in self.taken.items() if post_id == post.id]
        missing = self.cp.new_int_var(0, post.needed, f"missing {post.id}")
        self.cp.add(sum(people) <= post.room)
        self.cp.add(sum(people) + missing == post.needed)
        return missing

    def _burden_of(self, candidate: Candidate, conflicts: "_Conflicts") -> Any:
        """Hold a candidate to rest, hours and wish; return what the load weighs."""
        mine = {
            post.id: self.taken[post.id, candidate.id]
            for post in self.problem.posts
            if (post.id, candidate.id) in self.taken
        }
        for group in conflicts.groups:
            together = [mine[post_id] for post_id in group if post_id in mine]
            if len(together) > 1:
                self.cp.add_at_most_one(together)
        for window in _windows(self.problem.posts, mine, candidate.busy):
            self._limit_hours(window, mine, candidate)
        most = max(0, min(candidate.most, len(mine)))
        steps = [self.cp.new_bool_var(f"{candidate.id} has {k + 1}") for k in range(most)]
        self.cp.add(sum(mine.values()) == sum(steps))
        for lower, higher in pairwise(steps):
            self.cp.add_implication(higher, lower)
        # (n + 1)² - n²: what one shift more adds to the sum of squares.
        squares = sum(
            (2 * (candidate.served + k) + 1) * FAIRNESS_WEIGHT * step
            for k, step in enumerate(steps)
        )
        return squares - sum(candidate.likings[post_id] * var for post_id, var in mine.items())

    def _limit_hours(self, window: Span, mine: Mapping[int, Any], candidate: Candidate) -> None:
        minutes = {
            post.id: _minutes_within(post.span, window)
            for post in self.problem.posts
            if post.id in mine
        }
        left = self.problem.most_minutes - sum(
            _minutes_within(span, window) for span in candidate.busy
        )
        if sum(minutes.values()) > left:
            terms = (minutes[post_id] * var for post_id, var in mine.items() if minutes[post_id])
            self.cp.add(sum(terms) <= max(0, left))

    def keep_missing(self, unmet: int) -> None:
        """Let no more be missing, and begin from the answer that there is."""
        self.cp.add(self.missing <= unmet)
        self.cp.clear_hints()
        for index, value in self.answer.items():
            self.cp.add_hint(self.cp.get_int_var_from_proto_index(index), value)

    def best(self, least: Any, longest_s: float, work: float) -> tuple[int, bool]:
        """Minimise something; return how little it can be, and whether that is proven."""
        from ortools.sat.python import cp_model  # noqa: PLC0415

        self.cp.minimize(least)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = WORKERS
        solver.parameters.interleave_search = True
        solver.parameters.random_seed = SEED
        solver.parameters.max_deterministic_time = work
        solver.parameters.max_time_in_seconds = longest_s
        status = solver.solve(self.cp)
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            if self.answer:  # what was found before is one
                return 0, False
            raise NoAnswerError(solver.status_name(status))
        self.answer = {var.index: solver.value(var) for var in self.taken.values()}
        return round(solver.objective_value), status == cp_model.OPTIMAL

    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Return who walks what."""
        return tuple(sorted(pair for pair, var in self.taken.items() if self.answer[var.index]))


@dataclass(frozen=True, slots=True)
class _Conflicts:
    """Groups of posts of which nobody can have two."""

    groups: tuple[tuple[int, ...], ...]


def _conflicts(problem: Problem) -> _Conflicts:
    """Return what clashes in pairs, gathered into groups where all clash with all."""
    beside: dict[int, set[int]] = defaultdict(set)
    for first, second in combinations(problem.posts, 2):
        if problem.clash([first.span], second.span):
            beside[first.id].add(second.id)
            beside[second.id].add(first.id)
    groups: list[tuple[int, ...]] = []
    left = {pair for one, others in beside.items() for other in others if (pair := (one, other))}
    for one in sorted(beside):
        for other in sorted(beside[one]):
            if (one, other) not in left:
                continue
            group = [one, other]
            for third in sorted(beside[one] & beside[other]):
                if all(third in beside[each] for each in group):
                    group.append(third)
            left -= {(a, b) for a in group for b in group}
            groups.append(tuple(sorted(group)))
    return _Conflicts(tuple(groups))


def _windows(posts: Iterable[Post], mine: Mapping[int, Any], busy: Iterable[Span]) -> list[Span]:
    """Return the days (24 h) in which most can lie: each begins or ends with a shift."""
    spans = {post.span for post in posts if post.id in mine} | set(busy)
    after = {(start, start + DAY) for start, _ in spans}
    before = {(end - DAY, end) for _, end in spans}
    return sorted(after | before)


def _minutes_within(span: Span, window: Span) -> int:
    shared = min(span[1], window[1]) - max(span[0], window[0])
    return max(0, int(shared.total_seconds() // 60))
