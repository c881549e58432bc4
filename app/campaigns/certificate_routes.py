"""Certificates of passing: one's own, the committee's list, the paper, and the public page."""

from typing import Any

from flask import Response, request

from app.campaigns import certificate_page, certificate_paper, certificates
from app.campaigns.schemas import (
    GivenPassView,
    PassCertificatePage,
    PassCertificateView,
    VerifiedPassView,
)
from app.core.access import Permission, current_actor, language, public, requires
from app.core.errors import NotFound
from app.core.http import Blueprint, limited
from app.core.pages import PageForm
from app.volunteers import verify_page
from app.volunteers.schemas import PaperForm, RevocationForm, VerifyForm

blueprint = Blueprint("campaign_certificates", __name__, description="Certificates of passing")


@blueprint.get("/campaigns/<id:campaign_id>/certificate")
@requires(Permission.QUIZ_TAKE)
@blueprint.response(200, PassCertificateView)
def show_pass_certificate(campaign_id: int) -> Any:
    """Show one's own certificate of having passed."""
    return certificates.show_own(current_actor(), campaign_id)


@blueprint.get("/campaigns/<id:campaign_id>/certificates")
@requires(Permission.CAMPAIGN_PLAN)
@blueprint.arguments(PageForm, location="query")
@blueprint.response(200, PassCertificatePage)
def list_pass_certificates(form: dict[str, Any], campaign_id: int) -> Any:
    """List the certificates that a campaign gave."""
    return certificates.list_given(current_actor(), campaign_id, **form)


@blueprint.get("/campaign-certificates/<number>")
@public
@limited("60 per minute")
@blueprint.arguments(VerifyForm, location="query")
@blueprint.response(200, VerifiedPassView)
def verify_pass_certificate(form: dict[str, Any], number: str) -> Any:
    """Say whether a certificate of passing is good: JSON, or a page for a browser."""
    spoken = form.get("language") or language()
    if not verify_page.wanted(request.accept_mimetypes):
        return certificates.verify(number, spoken)
    try:
        return certificate_page.answer(certificates.verify(number, spoken), spoken)
    except NotFound:
        return certificate_page.unknown(spoken)


@blueprint.get("/campaign-certificates/<number>.pdf")
@public
@limited("30 per minute")
@blueprint.arguments(PaperForm, location="query")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/pdf")
def show_pass_paper(form: dict[str, Any], number: str) -> Response:
    """Print a certificate of passing, by its signed link."""
    spoken = form.pop("language", None) or language()
    found = certificates.open_paper(number, spoken, **form)
    printed = certificate_paper.printed(found, spoken)
    response = Response(printed, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{found["number"]}.pdf"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.cache_control.private = True
    response.cache_control.no_store = True
    return response


@blueprint.post("/campaign-certificates/<number>/revocation")
@requires(Permission.CAMPAIGN_PLAN)
@blueprint.arguments(RevocationForm)
@blueprint.response(200, GivenPassView)
@blueprint.refuses(409)
def revoke_pass_certificate(form: dict[str, Any], number: str) -> Any:
    """Take a certificate of passing back, with a reason for its owner."""
    return certificates.revoke(current_actor(), number, **form)
