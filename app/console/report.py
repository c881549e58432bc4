"""Reports: what there is, asking for one, and reading it here or taking it along."""

from datetime import date
from typing import Any

from flask import Response, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.committees import keeping
from app.console import desk, kept, shell, telling
from app.core import clock, texts
from app.core.access import Permission, language
from app.core.errors import NotFound
from app.core.forms import Form, choice, pattern, text
from app.core.http import limited
from app.core.pages import DEFAULT_LIMIT, PageForm
from app.places import rules as place_rules
from app.reports import gathering, printing, rules, service
from app.reports.schemas import MONTHS, QUARTERS, ReportForm

blueprint = desk.console_blueprint("report", "/<place_code>/report")
BLUEPRINTS = (blueprint,)
OFFERED = {rules.MONTH: 12, rules.QUARTER: 6}
"""So many months, and so many quarters, may be picked from a list."""
TONES = {rules.MADE: "solved", rules.MAKING: "going", rules.FAILED: "late"}


class AskForm(Form):
    """Which report is to be made; `correction`, in a corrected edition, says what was wrong."""

    month = pattern(MONTHS)
    quarter = pattern(QUARTERS)
    correction = text(longest=rules.LONGEST_CORRECTION, shortest=2)


class PreviewForm(Form):
    """Which report is to be shown: of a month or a quarter, for whom, in which language."""

    month = pattern(MONTHS)
    quarter = pattern(QUARTERS)
    language = choice(texts.LANGUAGES, data_key="lang")
    reader = choice(rules.READERS, load_default=rules.COMMITTEE)


@blueprint.get("")
@desk.at_desk(Permission.OVERVIEW_READ)
@kept.live(Permission.OVERVIEW_READ, keeping.REPORTS, keeping.PLACES)
@desk.reads(PageForm)
def show(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """List the reports of a place with their editions, and offer to ask for one."""
    desk.place_of(desk.actor(), place_code, Permission.OVERVIEW_READ)
    if not gathering.has_reports(place_code):
        return shell.render("console/report_none.html")
    return _list(place_code, form.get("cursor"))


def _list(place_code: str, cursor: str | None, said: Markup | str = "") -> str:
    found = service.list_reports(desk.actor(), place_code, cursor=cursor, limit=DEFAULT_LIMIT)
    rows = [_row(place_code, row) for row in found["items"]]
    today = clock.shanghai_day(clock.now())
    return shell.render(
        "console/report_list.html" if desk.partly() else "console/report.html",
        answer=_answer(rows),
        rows=rows,
        next_url=found["next_cursor"]
        and url_for(".show", place_code=place_code, cursor=found["next_cursor"]),
        months=_offered(today, rules.MONTH),
        quarters=_offered(today, rules.QUARTER),
        current=rules.period_with(today, rules.MONTH).key,
        said=said,
    )


def _row(place_code: str, row: dict[str, Any]) -> dict[str, Any]:
    period = rules.period(row["period"])
    kind: dict[str, Any] = {} if period is None else {period.kind: period.key}
    return row | {
        "name": telling.period(row["period"]),
        "kind": kind,
        "tone": TONES[row["state"]],
        "state_url": url_for(".show_state", place_code=place_code, report_id=row["id"]),
        "preview_url": url_for(".preview", place_code=place_code, **kind),
        "pdf_url": _file(place_code, rules.PDF, kind),
        "xlsx_url": _file(place_code, rules.XLSX, kind),
    }


def _file(place_code: str, form: str, asked: dict[str, Any]) -> str:
    return url_for(".read_file", place_code=place_code, form=form, **asked)


def _answer(rows: list[dict[str, Any]]) -> Markup:
    if not rows:
        return shell.say("report.answer.none")
    newest = rows[0]
    key = {rules.MADE: "newest", rules.MAKING: "making", rules.FAILED: "failed"}[newest["state"]]
    said = {"period": newest["name"]}
    if key == "newest":
        said["edition"] = newest["edition"]
    return shell.say(f"report.answer.{key}", **said)


def _offered(today: date, kind: str) -> list[tuple[str, str]]:
    """Return the last months or quarters that are over, the newest first."""
    found, period = [], rules.period_with(today, kind)
    for _ in range(OFFERED[kind]):
        period = period.before
        found.append((period.key, telling.period(period.key)))
    return found


@blueprint.post("")
@desk.at_desk(Permission.OVERVIEW_READ)
@limited("10 per minute")
@desk.reads(AskForm, location="form")
def ask(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """Ask for a report, or for a corrected edition of one."""
    desk.place_of(desk.actor(), place_code, Permission.OVERVIEW_READ)
    service.ask_for_report(desk.actor(), place_code, **form)
    if not desk.partly():
        return desk.go(url_for(".show", place_code=place_code))
    return _list(place_code, None, said=shell.say("report.ask.asked"))


@blueprint.get("/<id:report_id>")
@desk.at_desk(Permission.OVERVIEW_READ)
def show_state(place_code: str, report_id: int) -> AnyResponse | str:
    """Show how a report stands; while it is made, the page asks again every two seconds.

    Once it is not made any more, the heading of the page is told anew, too.
    """
    desk.place_of(desk.actor(), place_code, Permission.OVERVIEW_READ)
    row = service.show_report(desk.actor(), place_code, report_id)
    if not desk.partly():
        return desk.go(url_for(".show", place_code=place_code))
    over: dict[str, Any] = {}
    if row["state"] != rules.MAKING:
        newest = service.list_reports(desk.actor(), place_code, limit=1)["items"]
        over["newest"] = _answer([_row(place_code, each) for each in newest])
    return shell.render("console/report_row.html", row=_row(place_code, row), **over)


@blueprint.get("/preview")
@desk.at_desk(Permission.OVERVIEW_READ)
@desk.reads(PreviewForm)
def preview(form: dict[str, Any], place_code: str) -> AnyResponse | str:
    """Show a report in the page, for one of its readers, in a language."""
    place = desk.place_of(desk.actor(), place_code, Permission.OVERVIEW_READ)
    if not gathering.has_reports(place_code):
        raise NotFound
    period = service.period_asked(form.get("month"), form.get("quarter"))
    key = period.key
    spoken, reader = form.get("language") or language(), form["reader"]
    asked = {period.kind: key, "lang": spoken, "reader": reader}
    return shell.render(
        "console/report_preview.html",
        name=telling.period(key),
        asked=asked,
        kind=period.kind,
        key=key,
        spoken_in=spoken,
        reader=reader,
        readers=_readers(place, period),
        languages=texts.LANGUAGES,
        frame=_file(place_code, rules.HTML, asked),
        pdf_url=_file(place_code, rules.PDF, asked),
        xlsx_url=_file(place_code, rules.XLSX, asked),
    )


def _readers(place: dict[str, Any], period: rules.Period) -> list[tuple[str, Markup]]:
    """Return for whom a report may be shown to whoever sits here."""
    above = place_rules.parent_of(place["code"])
    compares = above is not None and desk.actor().reaches(Permission.OVERVIEW_READ, above)
    may = {
        rules.COMMITTEE: True,
        rules.STREET: compares,
        rules.RESIDENTS: rules.for_residents(place["code"], period),
    }
    return [(name, shell.say(f"report.readers.{name}")) for name, true in may.items() if true]


@blueprint.get("/files/<form>")
@desk.at_desk(Permission.OVERVIEW_READ)
@limited("30 per minute")
@desk.reads(ReportForm)
def read_file(asked: dict[str, Any], place_code: str, form: str) -> Response:
    """Give a report as a page, as paper or as a workbook, as the API does."""
    if form not in rules.FORMATS:
        raise NotFound
    found = service.open_report(desk.actor(), place_code, form, **asked)
    response = Response(found.content, mimetype=found.mimetype)
    way = "inline" if form == rules.HTML else "attachment"
    response.headers["Content-Disposition"] = f'{way}; filename="{found.name}"'
    response.cache_control.private = True
    response.cache_control.no_store = True
    if form == rules.HTML:
        response.headers["Content-Security-Policy"] = printing.POLICY
    return response
