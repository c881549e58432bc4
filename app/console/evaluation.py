"""Evaluation: the two indices, the nine rates, their targets, and what supervisors say."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup
from marshmallow import ValidationError, fields
from werkzeug.wrappers import Response as AnyResponse

from app.committees import formulas, indicators, keeping, reviews, rules
from app.console import desk, drawing, kept, ranges, shell, telling
from app.console.ranges import Days
from app.core.access import Actor, Permission
from app.core.forms import Form, choice, day, text
from app.core.http import limited
from app.core.pages import PageForm

blueprint = desk.console_blueprint("evaluation", "/<place_code>/evaluation")
BLUEPRINTS = (blueprint,)
MET, MISSED, UNKNOWN = "met", "missed", "unknown"
HUNDRED = 100


class EvaluationForm(Form):
    """The range of Shanghai days, both included; without one the current month."""

    first = day(data_key="from")
    last = day(data_key="to")


def _finite(value: float) -> None:
    if not 0 <= value <= HUNDRED:
        raise ValidationError(message=f"range min=0 max={HUNDRED}")


class TargetForm(Form):
    """What a figure is to come to, out of 100; empty takes it back. Which days the page shows."""

    wanted = fields.Float(
        load_default=None,
        allow_none=True,
        allow_nan=False,
        validate=_finite,
        error_messages={"invalid": "invalid", "special": "invalid"},
    )
    first = day(data_key="from", required=True)
    last = day(data_key="to", required=True)


class CommentForm(Form):
    """What is said, to which days, and to which figure if to one."""

    first = day(data_key="from", required=True)
    last = day(data_key="to", required=True)
    text = text(longest=2000, required=True)
    figure = choice(formulas.NAMES)


class CommentsForm(PageForm):
    """Which page of what was said, and the days that one would comment on."""

    first = day(data_key="from")
    last = day(data_key="to")


@blueprint.get("")
@desk.at_desk(Permission.OVERVIEW_READ)
@kept.kept(indicators.indicators)
@desk.reads(EvaluationForm)
def show(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """Show the indices and rates of a range of days, beside those before and their targets."""
    desk.place_of(desk.actor(), place_code, Permission.OVERVIEW_READ)
    days = ranges.meant(form.get("first"), form.get("last"))
    found = _found(place_code, days)
    return shell.render(
        "console/evaluation.html",
        chooser=ranges.chooser(days, "console_evaluation.show", place_code=place_code),
        former=found["previous"],
        answer=_answer(found["targets"], days),
        indices=_indices(place_code, found, days),
        comments_url=url_for(".show_comments", place_code=place_code, **days.query),
        rectifications_url=url_for("console_rectifications.show", place_code=place_code),
        **_rates(place_code, found, days),
    )


@blueprint.post("/targets/<figure>")
@desk.at_desk(Permission.PLACE_REVIEW)
@desk.reads(TargetForm, location="form")
def set_target(form: dict[str, Any], place_code: str, figure: str) -> AnyResponse | str:
    """Set what a figure is to come to, or take it back."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.OVERVIEW_READ)
    wanted = form["wanted"]
    if wanted is not None and figure not in formulas.INDICES:
        wanted = round(wanted / HUNDRED, 4)
    days = ranges.meant(form["first"], form["last"])
    reviews.set_target(actor, place_code, figure, wanted=wanted)
    if not desk.partly():
        return desk.go(url_for(".show", place_code=place_code, **days.query))
    return shell.render(
        "console/evaluation_rates.html",
        said=shell.say("evaluation.target.saved", name=telling.name(figure)),
        **_rates(place_code, _found(place_code, days), days),
    )


def _found(place_code: str, days: Days) -> dict[str, Any]:
    return indicators.indicators(desk.actor(), place_code, first=days.first, last=days.end)


def _answer(targets: list[dict[str, Any]], days: Days) -> Markup:
    if not targets:
        return shell.say("evaluation.answer.none")
    met = sum(row["met"] is True for row in targets)
    return shell.say("evaluation.answer.met", days=ranges.said(days), count=len(targets), met=met)


def _indices(place_code: str, found: Mapping[str, Any], days: Days) -> list[dict[str, Any]]:
    than, said = ranges.than(days), ranges.said(days)
    then = found["previous"]["indices"]
    return [
        {
            "tile": telling.tile(
                name, now, then[name], than, url=telling.opened(place_code, name, days)
            ),
            "chart": drawing.index(name, now, then[name], than, said),
        }
        for name, now in found["indices"].items()
    ]


def _rates(place_code: str, found: Mapping[str, Any], days: Days) -> dict[str, Any]:
    """Return the table of the rates, and of the indices' targets."""
    targets = {row["figure"]: row for row in found["targets"]}
    now = found["indicators"] | found["indices"]
    then = found["previous"]["indicators"] | found["previous"]["indices"]
    than = ranges.than(days)
    rows = [
        {
            "figure": name,
            "name": telling.name(name),
            "what": shell.say(f"figures.what.{name}"),
            "url": telling.opened(place_code, name, days),
            "value": telling.value(name, now[name]),
            "of": telling.of(name, now[name]) if name not in formulas.INDICES else "",
            "why": telling.why(now[name]) if now[name]["withheld"] else "",
            "change": telling.change(name, now[name], then[name], than),
            "tone": telling.tone(name, now[name], then[name]),
            "target": _target(name, targets.get(name)),
            "wanted": _wanted(name, targets.get(name)),
        }
        for name in formulas.TARGETED
    ]
    tones = [str(row["tone"]) for row in rows if row["figure"] in formulas.INDICATORS]
    return {
        "rows": rows,
        "chart": drawing.rates(
            formulas.INDICATORS,
            now,
            then,
            shell.say(
                "evaluation.rates_title",
                said=_kept(now["on_time"], then["on_time"], days, than),
                turned=_turned(tones),
            ),
        ),
        "may_set": _supervises(desk.actor(), place_code),
        "days": days,
    }


def _kept(now: telling.Figure, then: telling.Figure, days: Days, than: Markup) -> Markup:
    """Return the sentence of promises that were kept: 本月按时率 92%，比上月高 4 个百分点."""
    name, said = telling.name("on_time"), ranges.said(days)
    if now["withheld"]:
        return shell.say("figures.sentence_hidden", days=said, name=name, why=telling.why(now))
    change = telling.change("on_time", now, then, than)
    value = telling.value("on_time", now)
    return shell.say("evaluation.rate", days=said, name=name, value=value, change=change)


def _turned(tones: list[str]) -> Markup:
    better, worse = tones.count(telling.GOOD), tones.count(telling.BAD)
    if not better and not worse:
        return shell.say("evaluation.rates_answer_none")
    return shell.say("evaluation.rates_answer", met=better, less=worse)


def _target(name: str, target: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if target is None:
        return None
    side = "most" if target["at_most"] else "least"
    met = {True: MET, False: MISSED, None: UNKNOWN}[target["met"]]
    # As it was typed: a target of 85.5 that is called 86 would be missed by who is at 85.7.
    wanted = _wanted(name, target) + ("" if name in formulas.INDICES else "%")
    return {"said": shell.say(f"evaluation.target.{side}", wanted=wanted), "met": met}


def _wanted(name: str, target: Mapping[str, Any] | None) -> str:
    """Return a target as it is typed, out of 100."""
    if target is None:
        return ""
    scale = 1 if name in formulas.INDICES else HUNDRED
    return f"{round(scale * target['wanted'], 2):g}"


def _supervises(actor: Actor, place_code: str) -> bool:
    return rules.SUPERVISOR in rules.relations(actor.codes(Permission.PLACE_REVIEW), place_code)


# What supervisors say


@blueprint.get("/comments")
@desk.at_desk(Permission.OVERVIEW_READ)
@kept.live(Permission.OVERVIEW_READ, keeping.REVIEWS, keeping.NAMES, keeping.PLACES)
@desk.reads(CommentsForm)
def show_comments(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """Show what supervisors said about the place's figures, the newest first."""
    desk.place_of(desk.actor(), place_code, Permission.OVERVIEW_READ)
    days = ranges.meant(form.get("first"), form.get("last"))
    return _comments(place_code, days, form.get("cursor"))


@blueprint.post("/comments")
@desk.at_desk(Permission.PLACE_REVIEW)
@limited("60 per minute")
@desk.reads(CommentForm, location="form")
def comment(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """Say something to the figures of a range of days."""
    desk.place_of(desk.actor(), place_code, Permission.OVERVIEW_READ)
    days = ranges.meant(form["first"], form["last"])
    reviews.comment(desk.actor(), place_code, **form)
    return _comments(place_code, days, None, said=shell.say("evaluation.comments.said"))


def _comments(place_code: str, days: Days, cursor: str | None, *, said: Markup | str = "") -> str:
    found = reviews.list_comments(desk.actor(), place_code, cursor=cursor)
    more = url_for(
        ".show_comments", place_code=place_code, cursor=found["next_cursor"], **days.query
    )
    return shell.render(
        "console/part.html" if desk.partly() else "console/alone.html",
        part="console/evaluation_comments.html",
        title=shell.say("evaluation.comments.title"),
        comments=[_said(place_code, row) for row in found["items"]],
        next_cursor=found["next_cursor"],
        more_url=more,
        goes_on=cursor is not None,
        may_comment=_supervises(desk.actor(), place_code),
        days=days,
        names=named_figures(),
        said=said,
    )


def _said(place_code: str, row: dict[str, Any]) -> dict[str, Any]:
    figure, first, last = row["figure"], row["from"], row["to"]
    opened = figure or None
    return row | {
        "name": telling.name(figure) if figure else None,
        "url": _opened(place_code, opened, first, last) if opened else None,
    }


def _opened(place_code: str, figure: str, first: date, last: date) -> str:
    return telling.opened(place_code, figure, Days(first, last, ranges.FREE, whole=True))


def named_figures() -> list[tuple[str, Markup]]:
    """Return the figures that something can be said about, by what they are called."""
    return [(name, telling.name(name)) for name in formulas.NAMES]
