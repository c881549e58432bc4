"""Forms that come back with what was typed in them, and with each fault at its field."""

import functools
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar, cast

from flask import make_response, request
from werkzeug.wrappers import Response as AnyResponse

from app.campaigns import rules
from app.console import desk, posted, shell
from app.core.access import language
from app.core.errors import InvalidInput, Problem
from app.core.forms import Form, choice, day, listing, text
from app.core.http import problem_body
from app.places.schemas import place_code
from app.quizzes.rules import TOPICS
from app.volunteers.rules import EARNED

View = TypeVar("View", bound=Callable[..., Any])
FORM = "#written"
"""The form's place in its page."""
BY_TOPICS, BY_QUESTIONS = "topics", "questions"
LISTS = ("places", "topics", "question_ids")
WORDS = (
    *("title_zh", "title_en", "about_zh", "about_en", "first_day", "last_day", "audience", "by"),
    *("question_count", "minutes", "pass_percent", "most_tries", "wait_hours"),
    *("skill", "skill_months", "skill_until"),
)


def _number(least: int, most: int) -> Any:
    return posted.number(least=least, most=most, allow_none=True, load_default=None)


class CampaignPost(Form):
    """A campaign as it is written at a desk. `by`: topics, or questions that were chosen."""

    title_zh = text(longest=rules.LONGEST_TITLE, required=True)
    title_en = text(longest=2 * rules.LONGEST_TITLE, load_default=None)
    about_zh = text(longest=rules.LONGEST_ABOUT, load_default=None)
    about_en = text(longest=rules.LONGEST_ABOUT, load_default=None)
    first_day = day(required=True)
    last_day = day(required=True)
    audience = choice(rules.AUDIENCES, required=True)
    places = listing(place_code(), longest=rules.MOST_PLACES, load_default=list)
    by = choice((BY_TOPICS, BY_QUESTIONS), required=True)
    topics = posted.some(TOPICS)
    question_ids = listing(posted.chosen(), longest=rules.MOST_CHOSEN, load_default=list)
    question_count = _number(rules.FEWEST_QUESTIONS, rules.MOST_QUESTIONS)
    minutes = _number(rules.LEAST_MINUTES, rules.MOST_MINUTES)
    pass_percent = posted.number(least=rules.LEAST_PERCENT, most=rules.MOST_PERCENT, required=True)
    most_tries = posted.number(least=1, most=rules.MOST_TRIES, required=True)
    wait_hours = posted.number(least=0, most=rules.MOST_WAIT_H, required=True)
    skill = choice(EARNED, load_default=None)
    skill_months = _number(1, rules.MOST_MONTHS)
    skill_until = day(load_default=None)


def comes_back(again: Callable[..., Any], *faults: type[Problem]) -> Callable[[View], View]:
    """Mark a page: what is refused there comes back as a form, by `again(fault, **address)`.

    Outermost, so that nothing of what was refused is kept. `faults`: besides wrong input.
    """
    caught: tuple[type[Problem], ...] = (InvalidInput, *faults)

    def mark(view: View) -> View:
        @functools.wraps(view)
        def guarded(**address: Any) -> Any:
            try:
                return view(**address)
            except caught as fault:
                return again(fault, **address)

        return cast("View", guarded)

    return mark


def to_plan(form: dict[str, Any]) -> dict[str, Any]:
    """Return a campaign that was sent as the service takes it. Errors: InvalidInput."""
    title = {"zh": form.pop("title_zh"), "en": form.pop("title_en")}
    about = {"zh": form.pop("about_zh"), "en": form.pop("about_en")}
    if about["en"] and not about["zh"]:
        raise InvalidInput.of("about_zh", "required")
    form["question_ids" if form.pop("by") == BY_TOPICS else "topics"] = []
    return {**form, "title": title, "about": about if about["zh"] else None}


def as_sent() -> dict[str, Any]:
    """Return what was typed, whatever it is."""
    sent = request.form
    return {name: sent.get(name, "") for name in WORDS} | {
        name: sent.getlist(name) for name in LISTS
    }


def as_planned(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Return a plan as it would be typed."""
    about = plan["about"] or {"zh": None, "en": None}
    both = {"title": plan["title"], "about": about}
    words = {f"{name}_{one}": both[name][one] for name in both for one in ("zh", "en")}
    words |= {name: plan[name] for name in WORDS if name in plan}
    words["by"] = BY_QUESTIONS if plan["question_ids"] else BY_TOPICS
    typed = {name: "" if value is None else str(value) for name, value in words.items()}
    return typed | {name: [str(one) for one in plan[name]] for name in LISTS}


def faults_of(problem: Problem | None, known: Collection[str]) -> dict[str, str]:
    """Return what is wrong by field, in the page's language; without a field under `""`.

    What a service calls `title.zh` a page calls `title_zh`; a fault of one of several is theirs.
    """
    found: dict[str, str] = {}
    if problem is None:
        return found
    body = problem_body(problem, language())
    if not body["errors"]:
        found[""] = body["detail"]
    for fault in body["errors"]:
        field = fault["field"]
        names = (field, field.replace(".", "_"), field.partition(".")[0])
        name = next((name for name in names if name in known), "")
        found.setdefault(name, fault["message"])
    return found


def answer(page: str, part: str, fault: Problem | None, **values: Any) -> AnyResponse | str:
    """Return a page with a form; with a fault, where htmx sent it, the form alone in its place."""
    if fault is None:
        return shell.render(page, **values)
    sent_by_htmx = desk.partly()
    response = make_response(shell.render(part if sent_by_htmx else page, **values), fault.status)
    if sent_by_htmx:
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = FORM, "outerHTML"
    return response
