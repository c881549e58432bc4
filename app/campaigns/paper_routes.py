"""A campaign on paper: print it, type the results in, correct them."""

from typing import Any

from flask import Response

from app.campaigns import entered, entering, paper
from app.campaigns.entering import Paper
from app.campaigns.paper_schemas import (
    PaperCorrectionForm,
    PaperLinkForm,
    PaperResultForm,
    PaperResultPage,
    PaperResultView,
    PapersView,
)
from app.core.access import Permission, current_actor, language, public, requires
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent
from app.core.pages import PageForm
from app.places import service as places

blueprint = Blueprint("papers", __name__, description="Campaigns on paper")
PDF = {"type": "string", "format": "binary"}


@blueprint.get("/campaigns/<id:campaign_id>/papers")
@requires(Permission.CAMPAIGN_PLAN)
@blueprint.response(200, PapersView)
@blueprint.refuses(409)
def show_papers(campaign_id: int) -> Any:
    """Show the two variants of a campaign's paper, with links to print them and their keys."""
    return entering.show_papers(current_actor(), campaign_id)


@blueprint.get("/campaigns/<id:campaign_id>/papers/<any(A,B):variant>.pdf")
@public
@limited("30 per minute")
@blueprint.arguments(PaperLinkForm, location="query")
@blueprint.response(200, PDF, content_type="application/pdf")
def print_paper(form: dict[str, Any], campaign_id: int, variant: str) -> Response:
    """Print a variant, by its signed link."""
    spoken = form.pop("language", None) or language()
    found = entering.open_link(entering.PAPERS, campaign_id, variant, **form)
    printed = paper.printed(found, variant, _place(found), spoken)
    return _pdf(printed, found.codes[variant])


@blueprint.get("/campaigns/<id:campaign_id>/keys/<any(A,B):variant>.pdf")
@public
@limited("30 per minute")
@blueprint.arguments(PaperLinkForm, location="query")
@blueprint.response(200, PDF, content_type="application/pdf")
def print_key(form: dict[str, Any], campaign_id: int, variant: str) -> Response:
    """Print the key of a variant, by its signed link."""
    spoken = form.pop("language", None) or language()
    found = entering.open_link(entering.KEYS, campaign_id, variant, **form)
    printed = paper.key(found, variant, _place(found), spoken, entering.solutions(found))
    return _pdf(printed, f"key-{found.codes[variant]}")


def _place(found: Paper) -> str:
    code = found.campaign.place_code
    return places.names_of([code]).get(code, "")


def _pdf(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.cache_control.private = True
    response.cache_control.no_store = True
    return response


@blueprint.get("/campaigns/<id:campaign_id>/paper-results")
@requires(Permission.CAMPAIGN_PLAN)
@blueprint.arguments(PageForm, location="query")
@blueprint.response(200, PaperResultPage)
def list_paper_results(form: dict[str, Any], campaign_id: int) -> Any:
    """List what was typed in for a campaign, newest first, with what was corrected."""
    return entered.list_results(current_actor(), campaign_id, **form)


@blueprint.post("/campaigns/<id:campaign_id>/paper-results")
@requires(Permission.CAMPAIGN_PLAN)
@limited("120 per minute")
@blueprint.arguments(PaperResultForm)
@blueprint.response(201, PaperResultView)
@blueprint.refuses(409)
@idempotent
def enter_paper_result(form: dict[str, Any], campaign_id: int) -> Any:
    """Type in what is on a sheet, once by its `client_uuid`."""
    return entering.enter(current_actor(), campaign_id, **form)


@blueprint.post("/paper-results/<id:paper_id>/corrections")
@requires(Permission.CAMPAIGN_PLAN)
@blueprint.arguments(PaperCorrectionForm)
@blueprint.response(201, PaperResultView)
@blueprint.refuses(409)
@idempotent
def correct_paper_result(form: dict[str, Any], paper_id: int) -> Any:
    """Replace what was typed in wrongly, or withdraw it; both stay as history."""
    return entering.correct(current_actor(), paper_id, **form)
