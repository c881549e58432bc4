"""A case at the desk: all about it, and the moves, for one case or for several at once."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

from flask import request
from marshmallow import fields
from werkzeug.wrappers import Response as AnyResponse

from app.console import desk, once, posted, shell
from app.console.board import FilterForm, sifted
from app.console.board_cards import address, cards_of
from app.core import audit, clock
from app.core.access import Permission, language
from app.core.errors import NotFound, Problem
from app.core.forms import Form, choice, day, listing, text
from app.core.http import limited, problem_body
from app.hazards import board, checking, rules, service, supervision, views
from app.hazards.schemas import photo
from app.photos import service as photos

blueprint = desk.console_blueprint("board_cases", "/<place_code>/board")
BLUEPRINTS = (blueprint,)

MOVE_NAMES = sorted({move.name for move in rules.MOVES})
MOST_AT_ONCE = 50
BULK = {"accept": "accepted", "assign": "assigned"}
"""What is done to several cases at once, and to which state it brings them."""
END_OF_DAY = time(18)
"""Until when, on its last day, something is put off: the end of the working day."""


class MoveForm(Form):
    """Where a case goes, and what the move needs; photos come as files."""

    to = choice(rules.STATES, required=True)
    note = text(longest=rules.WITHIN_WORDS)
    assignee_id = posted.chosen()
    until = day()
    rating = posted.number(least=1, most=5)
    solved = fields.Boolean(truthy={"true"}, falsy={"false"})


class BulkForm(Form):
    """What to do to which cases; `assignee_id` for assigning."""

    move = choice(BULK, required=True)
    ids = listing(posted.chosen(), longest=MOST_AT_ONCE, required=True)
    assignee_id = posted.chosen()


class PickedForm(FilterForm):
    """Which cases are picked to be assigned at once."""

    ids = listing(posted.chosen(), longest=MOST_AT_ONCE, required=True)


class AnswerForm(Form):
    """The answer to a supervision order."""

    text = text(longest=rules.WITHIN_WORDS, required=True)


class VerdictForm(Form):
    """Whether neighbours may see a photo, or the text of a line of history."""

    show = fields.Boolean(truthy={"true"}, falsy={"false"}, required=True)
    photo_id = photo()
    seq = posted.number(least=1, most=10_000)


def case_of(place_code: str, case_id: int) -> dict[str, Any]:
    """Return a case of a place in full. Errors: NotFound."""
    desk.place_of(desk.actor(), place_code, Permission.HAZARD_DISPATCH)
    case = views.show_hazard(desk.actor(), case_id)
    if not case["place_code"].startswith(place_code):
        raise NotFound
    audit.note(about=case["number"])
    return case


def part_of(part: str, title: Any, **values: Any) -> str:
    """Return a part of a page, or a page of that part alone for whom its address was given."""
    page = "console/part.html" if desk.partly() else "console/alone.html"
    return shell.render(page, part=f"console/{part}.html", title=title, **values)


@blueprint.get("/cases/<id:case_id>")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@desk.reads(FilterForm)
def show(form: dict[str, Any], place_code: str, case_id: int) -> str:
    """Show a case: promise, words, photos, history, orders, and what one may do."""
    case = case_of(place_code, case_id)
    return _whole(case, form)


@blueprint.get("/cases/<id:case_id>/moves")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@desk.reads(FilterForm)
def offer(form: dict[str, Any], place_code: str, case_id: int) -> str:
    """Show where a case may go."""
    case = case_of(place_code, case_id)
    return part_of("board_menu", shell.say("board.menu"), case=case, chosen=form)


@blueprint.get("/cases/<id:case_id>/moves/<name>")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@desk.reads(FilterForm)
def ask(form: dict[str, Any], place_code: str, case_id: int, name: str) -> str:
    """Ask for what a move needs."""
    case = case_of(place_code, case_id)
    move = next((one for one in case["moves"] if one["move"] == name), None)
    if move is None:
        raise NotFound
    taken = {*move["needs"], *move["allows"]}
    people = views.list_assignees(desk.actor(), case_id) if "assignee_id" in taken else None
    today = clock.shanghai_day(clock.now())
    return part_of(
        "board_ask",
        shell.say(f"board.moves.{name}"),
        case=case,
        chosen=form,
        move=move,
        people=people["items"] if people else [],
        first_day=today + timedelta(days=1),
        last_day=today + rules.LONGEST_SUSPENSION - timedelta(days=1),
    )


@blueprint.post("/cases/<id:case_id>/moves")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@limited("300 per minute")
@desk.reads(FilterForm)
@desk.reads(MoveForm, location="form")
@once.by_parts
def move(
    chosen: dict[str, Any], form: dict[str, Any], place_code: str, case_id: int
) -> AnyResponse | str:
    """Move a case; what it brings is kept only if the move is made."""
    sifted(place_code, chosen)  # which refuses, if it does, before anything is done
    case_of(place_code, case_id)
    # Before the transaction, which others wait for: a photo takes long to be cleaned.
    brought = {**_brought(form), "photo_ids": _taken_in()}

    def do() -> AnyResponse | str:
        moved = service.move_hazard(desk.actor(), case_id, **brought)
        return _answered(place_code, chosen, [moved], _line(_told(moved)))

    return cast("AnyResponse | str", once.answered(do))


def _brought(form: Mapping[str, Any]) -> dict[str, Any]:
    if "until" not in form:
        return dict(form)
    until = datetime.combine(form["until"], END_OF_DAY, clock.SHANGHAI)
    return {**form, "until": until}


def _taken_in() -> list[str]:
    """Take in the photos that were sent along; returns their ids."""
    sent = [file for file in request.files.getlist("photos") if file.filename]
    with audit.aside():
        return [photos.add_photo(desk.actor(), file.stream)["id"] for file in sent]


@blueprint.get("/moves")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@desk.reads(PickedForm)
def ask_several(form: dict[str, Any], place_code: str) -> str:
    """Ask to whom several cases are assigned."""
    ids = form.pop("ids")
    desk.place_of(desk.actor(), place_code, Permission.HAZARD_DISPATCH)
    people = views.list_assignees(desk.actor(), ids[0], within=place_code)["items"]
    title = shell.say("board.assign_several", count=len(ids))
    return part_of("board_several", title, ids=ids, people=people, chosen=form)


@blueprint.post("/moves")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@limited("60 per minute")
@desk.reads(FilterForm)
@desk.reads(BulkForm, location="form")
@once.by_parts
def move_several(
    chosen: dict[str, Any], form: dict[str, Any], place_code: str
) -> AnyResponse | str:
    """Do the same to several cases, one after the other; each has its line of what became of it."""
    desk.place_of(desk.actor(), place_code, Permission.HAZARD_DISPATCH)
    sifted(place_code, chosen)
    brought: dict[str, Any] = {"to": BULK[form["move"]]}
    if "assignee_id" in form:
        brought["assignee_id"] = form["assignee_id"]
    made: list[dict[str, Any]] = []
    lines = []
    for case_id in dict.fromkeys(form["ids"]):
        number = f"#{case_id}"
        try:
            with audit.by_itself():
                number = case_of(place_code, case_id)["number"]
                told = once.answered(partial(_move_one, case_id, brought, made), f"-{case_id}")
        except Problem as problem:
            lines.append(_unmoved(number, problem))
        else:
            lines.append(_line(told))
            if not made or made[-1]["id"] != case_id:  # it was moved when this was sent before
                made.append(case_of(place_code, case_id))
    return _answered(place_code, chosen, made, *lines)


def _move_one(
    case_id: int, brought: Mapping[str, Any], made: list[dict[str, Any]]
) -> dict[str, Any]:
    made.append(service.move_hazard(desk.actor(), case_id, **brought))
    return _told(made[-1])


def _told(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of a case that was moved, also when it is asked again."""
    who = case["assignee"]["name"] if case["state"] == "assigned" else ""
    return {"number": case["number"], "state": case["state"], "who": who}


def _line(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what became of a case, in words."""
    said = shell.say(f"board.became.{told['state']}", who=told["who"])
    return {"number": told["number"], "good": True, "said": said}


def _unmoved(number: str, problem: Problem) -> dict[str, Any]:
    body = problem_body(problem, language())
    faults = " ".join(fault["message"] for fault in body["errors"])
    return {"number": number, "good": False, "said": f"{body['detail']} {faults}".strip()}


def _answered(
    place_code: str,
    chosen: Mapping[str, Any],
    made: list[dict[str, Any]],
    *lines: dict[str, Any],
) -> AnyResponse | str:
    """Answer moves: the cards where they stand now, the counts, and a line for each."""
    if not desk.partly():
        return desk.go(address("board.show", place_code, chosen))
    at, filters = sifted(place_code, chosen)
    return shell.render(
        "console/board_moved.html",
        moved=[
            (board.COLUMN_OF[after["state"]], card)
            for after, card in zip(made, cards_of(made, place_code, chosen), strict=True)
        ],
        counts=board.count_columns(desk.actor(), at, **filters),
        lines=lines,
        chosen=chosen,
        # On the map and on a case's own page no card stands that could move.
        on_board=urlsplit(request.headers.get("HX-Current-URL", "/board")).path.endswith("/board"),
    )


@blueprint.post("/cases/<id:case_id>/orders/<id:order_id>")
@desk.at_desk(Permission.HAZARD_DISPATCH)
@desk.reads(AnswerForm, location="form")
def answer(form: dict[str, Any], place_code: str, case_id: int, order_id: int) -> AnyResponse | str:
    """Answer a supervision order in writing."""
    case_of(place_code, case_id)
    case = supervision.answer_order(desk.actor(), case_id, order_id, **form)
    return _seen_again(place_code, case)


@blueprint.post("/cases/<id:case_id>/verdicts")
@desk.at_desk(Permission.HAZARD_SUPERVISE)
@desk.reads(VerdictForm, location="form")
def judge(form: dict[str, Any], place_code: str, case_id: int) -> AnyResponse | str:
    """Show neighbours a photo or a text, or do not."""
    case_of(place_code, case_id)
    case = checking.decide(desk.actor(), case_id, **form)
    return _seen_again(place_code, case)


def _seen_again(place_code: str, case: Mapping[str, Any]) -> AnyResponse | str:
    if not desk.partly():
        return desk.go(address("board_cases.show", place_code, {}, case_id=case["id"]))
    return _whole(case, {})


def _whole(case: Mapping[str, Any], chosen: Mapping[str, Any]) -> str:
    title = f"{case['category_name']} {case['number']}"
    return part_of("board_case", title, case=case, chosen=chosen)
