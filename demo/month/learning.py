"""What neighbours learn: the daily five with their streaks, and a campaign from end to end."""

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import bindparam, select

from app.campaigns import planning, service, telling, tries
from app.core import clock
from app.core.access import Actor
from app.core.db import read, unit_of_work
from app.core.errors import Conflict
from app.quizzes import daily, results
from app.quizzes import rules as quiz_rules
from app.quizzes.models import Version
from demo.month.people import Neighbour, Town
from demo.month.rhythm import LEARNING, Calendar, all_days, moment
from demo.month.stage import Stage, wall

TAUGHT = frozenset({"ebike", "fire"})
"""What the campaign is about: afterwards its questions are known better."""
MORE = 0.27
"""By so much, of who took part."""
USUAL, APART = 0.56, 3.3
"""What people know on average; the good ones and the others are so many times as far from it as
their `skill` says, or no question would tell them apart, and most would look bad in the figures."""
LEAST_SHARE, MOST_SHARE = 0.06, 0.96
EASE = 0.2
"""By so much at most a question is easier or harder than others."""
A_QUESTION = timedelta(seconds=14)


@dataclass
class School:
    """Who was taught what, so far."""

    dice: random.Random
    taught: set[int] = field(default_factory=set)
    questions: dict[int, Any] = field(default_factory=dict)

    def take_daily(self, who: Neighbour) -> None:
        """Take the daily five, if they are not taken yet."""
        attempt = daily.take_daily(who.actor)
        if attempt["state"] == results.OPEN:
            self._answer(who, attempt)

    def take_try(self, who: Neighbour, campaign_id: int, *, gives_up: float = 0.0) -> bool:
        """Try a campaign; returns whether somebody may want to again.

        `gives_up`: how often somebody only begins, and the clock ends it. Few who do would keep
        back what all the others know.
        """
        try:
            attempt = tries.begin(who.actor, campaign_id)
        except Conflict:  # passed, over, or no tries left
            return False
        if self.dice.random() >= gives_up:
            self._answer(who, attempt)
            self.taught.add(who.actor.resident_id)
        return True

    def _answer(self, who: Neighbour, attempt: Mapping[str, Any]) -> None:
        now, attempt_id = clock.now(), attempt["attempt_id"]
        for number, asked in enumerate(attempt["questions"], 1):
            with clock.at(now + A_QUESTION * number):
                question = self._question(asked["id"])
                knows = self.dice.random() < self._share(who, question)
                ids = chosen(attempt_id, question, right=knows)
                daily.answer(who.actor, attempt_id, question_id=asked["id"], option_ids=ids)
        with clock.at(now + A_QUESTION * (len(attempt["questions"]) + 1)):
            daily.finish(who.actor, attempt_id)

    def _question(self, version_id: int) -> Any:
        if version_id not in self.questions:
            self.questions[version_id] = read(QUESTION, {"version": version_id}).one()
        return self.questions[version_id]

    def _share(self, who: Neighbour, question: Any) -> float:
        known = question.topic in TAUGHT and who.actor.resident_id in self.taught
        able = USUAL + (who.skill - USUAL) * APART + (MORE if known else 0.0)
        return min(max(able + _ease(question.id), LEAST_SHARE), MOST_SHARE)


def _ease(version_id: int) -> float:
    """Return how much easier than others a question is, always the same."""
    return EASE * (version_id * 37 % 21 - 10) / 10


QUESTION = select(Version.id, Version.topic, Version.kind, Version.content, Version.solution).where(
    Version.id == bindparam("version")
)


def chosen(attempt_id: int, asked: Any, *, right: bool) -> list[str]:
    """Return the options that somebody chooses who knows a question, or does not."""
    ids = results.option_ids(attempt_id, asked)
    key = [ids[number] for number in asked.solution["right"]]
    if right:
        return key
    if asked.kind == quiz_rules.ORDERING:
        return key[::-1]
    wrong = [one for one in ids if one not in key]
    # Now this one, now that: what misleads nobody would be told of as idle.
    return [wrong[attempt_id % len(wrong)]] if wrong else key[:1]


def plan_daily(
    stage: Stage,
    school: School,
    people: Collection[Neighbour],
    calendar: Calendar,
    days: list[date],
    *,
    often: float = 1.0,
) -> None:
    """Let people take the daily five, each as often as they are like."""
    for day in days:
        share = calendar.weight(LEARNING, day) * often
        for who in people:
            # Whoever keeps a streak does so on Sundays, too.
            chance = who.learn if who.learn > 0.85 and often >= 1 else who.learn * share
            if school.dice.random() < chance:
                at = moment(school.dice, day, LEARNING)
                stage.at(at, partial(school.take_daily, who))


# The campaign

TITLE = {"zh": "电动车充电安全周", "en": "Charging e-bikes safely"}
ABOUT = {
    "zh": "不进楼、不飞线、不过夜。八道题看看自己会不会充电，通过的可以参加车棚巡查。",
    "en": "Not indoors, not by a wire from the window, not overnight. Eight questions; who "
    "passes may join the rounds of the bike sheds.",
}
QUESTIONS = 8
ANNOUNCED, NOT_BEFORE = time(9), time(9, 30)
FIRST_DAYS = 4
"""Most who take part do so in these."""


def plan_campaign(
    stage: Stage, school: School, town: Town, calendar: Calendar, share: float
) -> None:
    """Let the committee plan a campaign, and such a share of the eager and regular take part."""
    first, last = calendar.campaign
    announced = wall(first, ANNOUNCED)

    def announce() -> None:
        campaign_id = _announce(town.committee, first, last)
        telling.tell_batch(campaign_id, telling.ANNOUNCED)
        likely = [who for who in town.neighbours if who.learn or who.report]
        for who in school.dice.sample(likely, round(len(likely) * share)):
            _plan_tries(stage, school, who, campaign_id, all_days(first, last))

    stage.at(announced, announce)


@unit_of_work()
def _announce(staff: Actor, first: date, last: date) -> int:
    planned = planning.plan(
        staff,
        place_code=staff.roles[0].place_code,
        title=TITLE,
        about=ABOUT,
        first_day=first,
        last_day=last,
        audience="everybody",
        topics=sorted(TAUGHT),
        question_count=QUESTIONS,
        pass_percent=60,
        most_tries=3,
        wait_hours=1,
        skill="ebike_safety",
        skill_months=12,
    )
    return int(planning.move(staff, planned["id"], to="announced")["id"])


def _plan_tries(
    stage: Stage, school: School, who: Neighbour, campaign_id: int, days: list[date]
) -> None:
    dice = school.dice
    day = days[min(int(dice.expovariate(1 / FIRST_DAYS)), len(days) - 1)]

    def again() -> None:
        if school.take_try(who, campaign_id) and dice.random() < 0.75:
            stage.later(again, hours=dice.uniform(3, 30))

    stage.at(max(moment(dice, day, LEARNING), wall(days[0], NOT_BEFORE)), again)


def join_running(stage: Stage, school: School, town: Town, share: float) -> None:
    """Let some take part in the campaigns that run in the end."""
    listed = service.list_campaigns(town.committee, limit=10)["items"]
    for campaign in listed:
        if campaign["state"] != "running":
            continue
        likely = [who for who in town.neighbours if who.learn or who.report]
        days = all_days(campaign["first_day"], clock.shanghai_day(stage.ends))[1:]
        for who in school.dice.sample(likely, round(len(likely) * share)):
            at = moment(school.dice, school.dice.choice(days), LEARNING)
            stage.at(at, partial(school.take_try, who, campaign["id"], gives_up=0.1))
