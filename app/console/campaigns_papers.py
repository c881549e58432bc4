"""A campaign's paper at a desk: print it, type in what people answered on it, correct an entry."""

import uuid
from collections.abc import Mapping
from typing import Any, cast

from flask import request, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from app.campaigns import entering, planned
from app.campaigns.paper_schemas import PaperCorrectionForm, PaperResultForm
from app.campaigns.variants import VARIANTS
from app.console import campaigns_forms as forms
from app.console import desk, shell
from app.core.access import Actor, Permission, language
from app.core.errors import FieldError, InvalidInput, Problem
from app.core.forms import Form, choice, field_errors, identifier, text
from app.core.http import limited
from app.core.pages import PageForm
from app.core.texts import LANGUAGES
from app.residents import granting

blueprint = desk.console_blueprint(
    "quizzes_campaigns_papers", "/<place_code>/quizzes/campaigns/<id:campaign_id>"
)
BLUEPRINTS = (blueprint,)

LONGEST_WHOSE, LONGEST_REASON = 40, 200
FIELDS = ("whose", "grid", "code", "client_uuid")
ENTERED = 10
"""So many of the last entries stand below the form."""


class PapersForm(PageForm):
    """Where the list goes on; what was just typed in, and which variant goes on."""

    entered = identifier(strict=False)
    variant = choice(VARIANTS)


class WhosePost(Form):
    """Whose a sheet is: a number, or a name."""

    whose = text(longest=LONGEST_WHOSE)


class PrintForm(Form):
    """In which language it is printed."""

    language = choice(LANGUAGES)


def _url(page: str, place_code: str, campaign_id: int, **given: Any) -> str:
    endpoint = f"console_quizzes_campaigns_papers.{page}"
    return url_for(endpoint, place_code=place_code, campaign_id=campaign_id, **given)


@blueprint.get("/papers")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@desk.reads(PapersForm)
def papers(form: dict[str, Any], place_code: str, campaign_id: int) -> AnyResponse | str:
    """Show what can be printed, the form for what came back, and what was typed in."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    return _page(actor, place_code, campaign_id, **form)


def _page(
    actor: Actor,
    place_code: str,
    campaign_id: int,
    *,
    limit: int = ENTERED,
    cursor: str | None = None,
    entered: int | None = None,
    variant: str | None = None,
    fault: Problem | None = None,
    called: list[dict[str, Any]] | None = None,
) -> AnyResponse | str:
    found = planned.show_papers(actor, place_code, campaign_id, cursor=cursor, limit=limit)
    sent = request.form if fault is not None else {}
    codes = {paper["code"]: paper["variant"] for paper in found["papers"]}
    chosen = codes.get(sent.get("code", ""), variant or VARIANTS[0])
    questions = {paper["variant"]: len(paper["questions"]) for paper in found["papers"]}
    known = [
        *FIELDS,
        "answers",
        *(f"answers.{number}" for number in range(max(questions.values()))),
    ]
    values = {
        "found": found,
        "results": found["results"],
        "variant": chosen,
        "written": {name: sent.get(name, "") for name in FIELDS}
        | {"client_uuid": sent.get("client_uuid") or str(uuid.uuid4())},
        "typed": {one: _letters_sent(one, count) for one, count in questions.items()}
        if fault is not None
        else {one: [""] * count for one, count in questions.items()},
        "faults": _faults(fault, known),
        "called": called or [],
        "entered": next((one for one in found["results"]["items"] if one["id"] == entered), None),
        "campaign_id": campaign_id,
        "place_code": place_code,
        "onward": found["results"]["next_cursor"]
        and _url("papers", place_code, campaign_id, cursor=found["results"]["next_cursor"]),
        "longest": LONGEST_WHOSE,
    }
    page, part = "console/campaigns_papers.html", "console/campaigns_papers_enter.html"
    if desk.partly() and fault is None:
        return shell.render("console/campaigns_papers_rows.html" if cursor else part, **values)
    return forms.answer(page, part, fault, **values)


def _faults(fault: Problem | None, known: list[str]) -> dict[str, str]:
    """Return the faults by field; whose sheet it is has one field here, and three in the service.

    Whose other sheet stands already is a fault of that field, too.
    """
    found = forms.faults_of(fault, [*known, "resident_id", "place_code"])
    if isinstance(fault, entering.ResultThere):
        found["whose"] = found.pop("")
    for name, ours in (("resident_id", "whose"), ("place_code", "grid")):
        if name in found:
            found.setdefault(ours, found.pop(name))
    return found


def _letters_sent(variant: str, count: int) -> list[str]:
    """Return the letters of each question as they were typed; what is missing is empty."""
    sent = request.form.getlist(f"answers_{variant}")[:count]
    return sent + [""] * (count - len(sent))


def _checked(form: Form, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the API's own form makes of what was sent. Errors: InvalidInput."""
    try:
        checked: dict[str, Any] = form.load(sent)
    except ValidationError as fault:
        raise InvalidInput(errors=field_errors(cast("dict[str, Any]", fault.messages))) from fault
    return checked


class SeveralCalled(InvalidInput):
    """More than one neighbour is called so."""

    def __init__(self, called: list[dict[str, Any]]) -> None:
        super().__init__(errors=[FieldError("whose", "several_called")])
        self.called = called


def _whose(actor: Actor, place_code: str, typed: str) -> int | None:
    """Return the number of whoever is meant: typed, or of the one neighbour who is called so.

    Errors: InvalidInput on `whose`.
    """
    if not typed.strip():
        return None
    meant = _checked(WhosePost(), {"whose": typed})["whose"]
    if meant.isascii() and meant.isdecimal() and len(meant) < LONGEST_NUMBER:
        return int(meant)
    called = granting.find_neighbours(actor, place_code, meant)
    if not called:
        raise InvalidInput.of("whose", "nobody_called")
    if len(called) > 1:
        raise SeveralCalled(called)
    return int(called[0]["id"])


LONGEST_NUMBER = 16
"""Digits: what is longer is nobody's number."""


def _entered_again(fault: Problem, place_code: str, campaign_id: int) -> AnyResponse | str:
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    called = fault.called if isinstance(fault, SeveralCalled) else None
    return _page(actor, place_code, campaign_id, fault=fault, called=called)


@blueprint.post("/papers")
@forms.comes_back(_entered_again, entering.ResultThere)
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@limited("120 per minute")
def enter(place_code: str, campaign_id: int) -> AnyResponse | str:
    """Type in what somebody answered on paper; it is graded here, and the next one can follow."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    planned.find(actor, place_code, campaign_id)
    code = request.form.get("code", "")
    sent = {
        "client_uuid": request.form.get("client_uuid", ""),
        "code": code,
        "answers": request.form.getlist(f"answers_{code[:1]}"),
        "place_code": request.form.get("grid") or None,
        "resident_id": _whose(actor, place_code, request.form.get("whose", "")),
    }
    made = entering.enter(actor, campaign_id, **_checked(PaperResultForm(), sent))
    done = {"entered": made["id"], "variant": made["variant"]}
    if desk.partly():
        return _page(actor, place_code, campaign_id, **done)
    return desk.go(_url("papers", place_code, campaign_id, **done))


@blueprint.get("/papers/<variant>")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@limited("60 per minute")
@desk.reads(PrintForm)
def print_paper(
    form: dict[str, Any], place_code: str, campaign_id: int, variant: str
) -> AnyResponse:
    """Lead to a variant's PDF."""
    return _printed(entering.PAPERS, place_code, campaign_id, variant, form)


@blueprint.get("/keys/<variant>")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@limited("60 per minute")
@desk.reads(PrintForm)
def print_key(form: dict[str, Any], place_code: str, campaign_id: int, variant: str) -> AnyResponse:
    """Lead to the PDF of a variant's key."""
    return _printed(entering.KEYS, place_code, campaign_id, variant, form)


def _printed(
    what: str, place_code: str, campaign_id: int, variant: str, form: dict[str, Any]
) -> AnyResponse:
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    signed = planned.paper_link(actor, place_code, campaign_id, variant, what=what)
    return desk.go(f"{signed}&language={form.get('language', language())}")


@blueprint.get("/results/<id:paper_id>")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
def result(place_code: str, campaign_id: int, paper_id: int) -> AnyResponse | str:
    """Show an entry in the form that corrects it."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    return _entry(actor, place_code, campaign_id, paper_id)


def _entry(
    actor: Actor,
    place_code: str,
    campaign_id: int,
    paper_id: int,
    fault: Problem | None = None,
) -> AnyResponse | str:
    entry, found = planned.show_result(actor, place_code, campaign_id, paper_id)
    sheet = next(paper for paper in found["papers"] if paper["variant"] == entry["variant"])
    count = len(sheet["questions"])
    known = ["reason", "answers", *(f"answers.{number}" for number in range(count))]
    again = fault is not None
    return forms.answer(
        "console/campaigns_papers_result.html",
        "console/campaigns_papers_correct.html",
        fault,
        entry=entry,
        open=found["open"] and entry["state"] == "standing",
        questions=sheet["questions"],
        typed=_letters_sent(entry["variant"], count) if again else entry["answers"],
        reason=request.form.get("reason", "") if again else "",
        faults=forms.faults_of(fault, known),
        target=_url("correct", place_code, campaign_id, paper_id=paper_id),
        back=_url("papers", place_code, campaign_id),
        longest=LONGEST_REASON,
    )


def _corrected_again(fault: Problem, **address: Any) -> AnyResponse | str:
    desk.place_of(desk.actor(), address["place_code"], Permission.CAMPAIGN_PLAN)
    return _entry(desk.actor(), **address, fault=fault)


@blueprint.post("/results/<id:paper_id>")
@forms.comes_back(_corrected_again)
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@limited("60 per minute")
def correct(place_code: str, campaign_id: int, paper_id: int) -> AnyResponse:
    """Replace an entry by other letters, or withdraw it, with the reason."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    entry, _ = planned.show_result(actor, place_code, campaign_id, paper_id)
    sent: dict[str, Any] = {"reason": request.form.get("reason", "")}
    if request.form.get("what") != "withdraw":
        sent["answers"] = request.form.getlist(f"answers_{entry['variant']}")
    entering.correct(actor, paper_id, **_checked(PaperCorrectionForm(), sent))
    return desk.go(_url("papers", place_code, campaign_id))
