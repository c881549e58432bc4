"""What sign-up alone would have made of the same week, to compare a roster with.

People come in some order, again and again, and each time take the soonest shift that still
misses somebody and that they may take, until nobody finds one. Plain Python.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.rosters import rules
from app.rosters.solver import SEED, Candidate, Post, Problem, Span


@dataclass(frozen=True, slots=True)
class Figures:
    """How good a roster is. `missing`: people to the minimums; `short`: shifts that miss any.

    `loads`: of each candidate, what they served lately with what they get now.
    """

    needed: int
    missing: int
    short: int
    loads: tuple[int, ...]

    def shown(self) -> dict[str, float | int]:
        """Return the figures as they are stored and shown."""
        return {
            "needed": self.needed,
            "missing": self.missing,
            "short": self.short,
            **rules.spread(self.loads),
        }


def figures(problem: Problem, pairs: Iterable[tuple[int, int]]) -> Figures:
    """Return how good a roster is; pairs of (post's id, candidate's id)."""
    chosen = list(pairs)
    filled = Counter(post_id for post_id, _ in chosen)
    given = Counter(candidate_id for _, candidate_id in chosen)
    missing = [max(0, post.needed - filled[post.id]) for post in problem.posts]
    return Figures(
        needed=sum(post.needed for post in problem.posts),
        missing=sum(missing),
        short=sum(number > 0 for number in missing),
        loads=tuple(each.served + given[each.id] for each in problem.candidates),
    )


def first_come(problem: Problem, *, keen: float = 0.3, seed: int = SEED) -> list[tuple[int, int]]:
    """Return who would have signed up for what.

    `keen`: the share of people who look at the list every day and take all they wish at
    once; the others come later and take one at a time. That is how lists fill: where all
    were equally quick there would be nothing to make fair.
    """
    dice = random.Random(seed)  # noqa: S311 no secret
    people = list(problem.candidates)
    dice.shuffle(people)
    first = people[: round(len(people) * keen)]
    posts = sorted(problem.posts, key=lambda post: (post.span, post.id))
    filled: Counter[int] = Counter()
    mine: dict[int, list[Post]] = defaultdict(list)
    for candidate in first:
        while _take(candidate, posts, filled, mine[candidate.id], problem):
            pass
    coming = people
    while coming:
        coming = [each for each in coming if _take(each, posts, filled, mine[each.id], problem)]
    return sorted((post.id, each.id) for each in people for post in mine[each.id])


def _take(
    candidate: Candidate,
    posts: Sequence[Post],
    filled: Counter[int],
    mine: list[Post],
    problem: Problem,
) -> bool:
    if len(mine) >= candidate.most:
        return False
    spans: list[Span] = [*candidate.busy, *(post.span for post in mine)]
    for post in posts:
        free = filled[post.id] < min(post.needed, post.room)
        able = post.id in candidate.likings and post.skills <= candidate.skills
        if free and able and problem.clash(spans, post.span) is None:
            filled[post.id] += 1
            mine.append(post)
            return True
    return False
