"""Certificates: one's own, the committee's list, the paper, and the page that anybody may ask."""

from typing import Any

from flask import Response, request

from app.core.access import Permission, current_actor, language, public, requires
from app.core.errors import NotFound
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent
from app.core.pages import PageForm
from app.volunteers import certificates, paper, verify_page
from app.volunteers.schemas import (
    CertificateForm,
    CertificateListForm,
    CertificatePage,
    IssuedCertificatePage,
    IssuedCertificateView,
    NewCertificateView,
    PaperForm,
    RevocationForm,
    VerifiedCertificateView,
    VerifyForm,
)

blueprint = Blueprint("certificates", __name__, description="Certificates of service")


@blueprint.post("/certificates")
@requires(Permission.OWN_VOLUNTEER)
@limited("20 per minute")
@blueprint.arguments(CertificateForm)
@blueprint.response(201, NewCertificateView)
@blueprint.refuses(409)
@idempotent
def issue_certificate(form: dict[str, Any]) -> Any:
    """Certify one's own hours."""
    return certificates.issue(current_actor(), **form)


@blueprint.get("/me/certificates")
@requires(Permission.OWN_VOLUNTEER)
@blueprint.arguments(PageForm, location="query")
@blueprint.response(200, CertificatePage)
def list_own_certificates(form: dict[str, Any]) -> Any:
    """List one's own certificates."""
    return certificates.list_own(current_actor(), **form)


@blueprint.get("/certificates")
@requires(Permission.CERTIFICATE_REVOKE)
@blueprint.arguments(CertificateListForm, location="query")
@blueprint.response(200, IssuedCertificatePage)
@blueprint.refuses(404)
def list_issued_certificates(form: dict[str, Any]) -> Any:
    """List what one's communities certified: in public notice, to look at again, revoked."""
    return certificates.list_issued(current_actor(), **form)


@blueprint.get("/certificates/<number>")
@public
@limited("60 per minute")
@blueprint.arguments(VerifyForm, location="query")
@blueprint.response(200, VerifiedCertificateView)
def verify_certificate(form: dict[str, Any], number: str) -> Any:
    """Say whether a certificate is good: JSON, or a page for a browser."""
    if not verify_page.wanted(request.accept_mimetypes):
        return certificates.verify(number)
    spoken = form.get("language") or language()
    try:
        return verify_page.answer(certificates.verify(number), spoken)
    except NotFound:
        return verify_page.unknown(spoken)


@blueprint.get("/certificates/<number>.pdf")
@public
@limited("30 per minute")
@blueprint.arguments(PaperForm, location="query")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/pdf")
def show_paper(form: dict[str, Any], number: str) -> Response:
    """Print a certificate, by its signed link."""
    spoken = form.pop("language", None) or language()
    found = certificates.open_paper(number, **form)
    response = Response(paper.printed(found, spoken), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{found["number"]}.pdf"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.cache_control.private = True
    response.cache_control.no_store = True
    return response


@blueprint.post("/certificates/<number>/revocation")
@requires(Permission.CERTIFICATE_REVOKE)
@blueprint.arguments(RevocationForm)
@blueprint.response(200, IssuedCertificateView)
@blueprint.refuses(409)
def revoke_certificate(form: dict[str, Any], number: str) -> Any:
    """Take a certificate back, with a reason for its owner."""
    return certificates.revoke(current_actor(), number, **form)


@blueprint.post("/certificates/<number>/confirmation")
@requires(Permission.CERTIFICATE_REVOKE)
@blueprint.response(200, IssuedCertificateView)
@blueprint.refuses(409)
def confirm_certificate(number: str) -> Any:
    """Let a certificate stand although its hours were corrected."""
    return certificates.confirm(current_actor(), number)
