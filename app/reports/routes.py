"""Reports as files, how they stand, and what residents are told."""

from typing import Any

from flask import Response

from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent
from app.core.pages import PageForm
from app.reports import printing, rules, service
from app.reports.schemas import (
    BecameForm,
    BecameView,
    ReportAskForm,
    ReportForm,
    ReportStandingPage,
    ReportStandingView,
)

blueprint = Blueprint("reports", __name__, description="Monthly and quarterly reports")
BLUEPRINTS = (blueprint,)
BYTES = {"type": "string", "format": "binary"}


@blueprint.get("/committees/<place_code>/report.html")
@requires(Permission.OVERVIEW_READ)
@limited("10 per minute")
@blueprint.arguments(ReportForm, location="query")
@blueprint.response(200, {"type": "string"}, content_type=rules.FORMATS[rules.HTML])
@blueprint.refuses(404)
def show_report_page(form: dict[str, Any], place_code: str) -> Response:
    """Show a report as a page that holds all it needs; days that are not over as a preview."""
    found = service.open_report(current_actor(), place_code, rules.HTML, **form)
    response = _answered(found, "inline")
    response.headers["Content-Security-Policy"] = printing.POLICY
    return response


@blueprint.get("/committees/<place_code>/report.pdf")
@requires(Permission.OVERVIEW_READ)
@limited("10 per minute")
@blueprint.arguments(ReportForm, location="query")
@blueprint.response(200, BYTES, content_type=rules.FORMATS[rules.PDF])
@blueprint.refuses(404, 503)
def show_report_paper(form: dict[str, Any], place_code: str) -> Response:
    """Print a report: the first page sums it up."""
    return _answered(service.open_report(current_actor(), place_code, rules.PDF, **form), "inline")


@blueprint.get("/committees/<place_code>/report.xlsx")
@requires(Permission.OVERVIEW_READ)
@limited("10 per minute")
@blueprint.arguments(ReportForm, location="query")
@blueprint.response(200, BYTES, content_type=rules.FORMATS[rules.XLSX])
@blueprint.refuses(404)
def show_report_sheet(form: dict[str, Any], place_code: str) -> Response:
    """Give a report as a workbook: a sheet for each part, numbers as numbers."""
    return _answered(
        service.open_report(current_actor(), place_code, rules.XLSX, **form), "attachment"
    )


def _answered(found: service.File, disposition: str) -> Response:
    response = Response(found.content, mimetype=found.mimetype)
    response.headers["Content-Disposition"] = f'{disposition}; filename="{found.name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.cache_control.private = True
    response.cache_control.no_store = True
    return response


@blueprint.get("/committees/<place_code>/reports")
@requires(Permission.OVERVIEW_READ)
@blueprint.arguments(PageForm, location="query")
@blueprint.response(200, ReportStandingPage)
@blueprint.refuses(404)
def list_reports(form: dict[str, Any], place_code: str) -> Any:
    """List the reports of a place, each edition, the newest first."""
    return service.list_reports(current_actor(), place_code, **form)


@blueprint.post("/committees/<place_code>/reports")
@requires(Permission.OVERVIEW_READ)
@limited("10 per minute")
@blueprint.arguments(ReportAskForm)
@blueprint.response(201, ReportStandingView)
@blueprint.refuses(404, 409)
@idempotent
def ask_for_report(form: dict[str, Any], place_code: str) -> Any:
    """Ask for a report, or for a corrected edition; it is `making` for some seconds."""
    return service.ask_for_report(current_actor(), place_code, **form)


@blueprint.get("/committees/<place_code>/reports/<id:report_id>")
@requires(Permission.OVERVIEW_READ)
@blueprint.response(200, ReportStandingView)
def show_report(place_code: str, report_id: int) -> Any:
    """Show how a report stands, and how far its making has come."""
    return service.show_report(current_actor(), place_code, report_id)


@blueprint.get("/reports/<id:report_id>")
@requires(Permission.OVERVIEW_READ)
@blueprint.response(200, ReportStandingView)
def find_report(report_id: int) -> Any:
    """Show the same of a report that one was told of, by its number alone."""
    return service.find_report(current_actor(), report_id)


@blueprint.get("/places/<place_code>/what-became-of-it")
@requires(Permission.PLACES_READ)
@limited("60 per minute")
@blueprint.arguments(BecameForm, location="query")
@blueprint.response(200, BecameView)
@blueprint.refuses(404)
def show_what_became(form: dict[str, Any], place_code: str) -> Any:
    """Tell residents what became of what they reported, without names."""
    return service.show_what_became(current_actor(), place_code, **form)
