"""An independent look at a roster: no line of the solver's, nor of the patrols' rules.

Rest, hours and overlaps are found minute by minute instead of by formula.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from app.core.clock import SHANGHAI
from app.rosters.solver import Candidate, Post, Problem, Span

MINUTE = timedelta(minutes=1)
DAY_MIN, REST_MIN, MOST_MIN = 24 * 60, 8 * 60, 10 * 60
NIGHT_FROM, NIGHT_TO = 22, 6


def faults(problem: Problem, pairs: Iterable[tuple[int, int]]) -> list[str]:
    """Return all that is wrong with a roster, in words."""
    posts = {post.id: post for post in problem.posts}
    people = {each.id: each for each in problem.candidates}
    on: dict[int, list[int]] = defaultdict(list)
    of: dict[int, list[Post]] = defaultdict(list)
    for post_id, number in pairs:
        on[post_id].append(number)
        of[number].append(posts[post_id])
    found = [
        f"{post_id}: {fault}"
        for post_id, numbers in on.items()
        for fault in _faults_of_post(posts[post_id], [people[number] for number in numbers])
    ]
    for number, mine in of.items():
        if len(mine) > people[number].most:
            found.append(f"{number}: {len(mine)} shifts, wished {people[number].most}")
        found += [f"{number}: {fault}" for fault in overworked(mine, people[number].busy)]
    return found


def _faults_of_post(post: Post, crew: Sequence[Candidate]) -> list[str]:
    found = []
    if len(crew) != len({each.id for each in crew}):
        found.append("somebody twice")
    if len(crew) > post.room:
        found.append(f"{len(crew)} for {post.room} places")
    found += [f"{each.id} lacks a skill" for each in crew if set(post.skills) - set(each.skills)]
    found += [f"{each.id} may not" for each in crew if post.id not in each.likings]
    return found


def overworked(mine: Sequence[Post], busy: Iterable[Span]) -> list[str]:
    """Return what is too much of somebody's shifts; only what involves a new one counts."""
    spans = sorted([*((post.span, True) for post in mine), *((span, False) for span in busy)])
    begin = min(span[0] for span, _ in spans)
    served: dict[int, bool] = {}
    for span, new in spans:
        for minute in range(_minutes(begin, span[0]), _minutes(begin, span[1])):
            if minute in served and (new or served[minute]):
                return ["two shifts at once"]
            served[minute] = new
    for (one, new), (other, also_new) in pairwise(spans):
        rest = _minutes(one[1], other[0])
        if (new or also_new) and _touches_night(one) and rest < REST_MIN:
            return [f"{rest} minutes of rest after a night"]
    return _too_many_hours(served)


def _too_many_hours(served: dict[int, bool]) -> list[str]:
    """Slide a window of a day along, minute by minute."""
    within: Counter[bool] = Counter()
    for minute in range(max(served) + 1):
        if minute in served:
            within[served[minute]] += 1
        if minute - DAY_MIN in served:
            within[served[minute - DAY_MIN]] -= 1
        if within[True] and within.total() > MOST_MIN:
            return [f"{within.total()} minutes within a day"]
    return []


def _minutes(one: datetime, other: datetime) -> int:
    return int((other - one) / MINUTE)


def _touches_night(span: Span) -> bool:
    moment = span[0]
    while moment < span[1]:
        hour = moment.astimezone(SHANGHAI).hour
        if hour >= NIGHT_FROM or hour < NIGHT_TO:
            return True
        moment += MINUTE
    return False


def missing(problem: Problem, pairs: Iterable[tuple[int, int]]) -> int:
    """Return how many people are missing to the minimums."""
    filled = Counter(post_id for post_id, _ in pairs)
    return sum(max(0, post.needed - filled[post.id]) for post in problem.posts)
