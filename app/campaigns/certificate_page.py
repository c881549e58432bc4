"""The page that the code of a certificate of passing leads to; nothing that its paper lacks."""

from typing import Any

from flask import Response

from app.campaigns import rules
from app.volunteers import verify_page

CATALOGUE = "verify_pass"
KINDS = {rules.VALID: "good", rules.EXPIRED: "notice", rules.REVOKED: "bad"}


def answer(found: dict[str, Any], language: str) -> Response:
    """Return the page of a certificate (see `certificates.verify`)."""
    kind = KINDS[found["state"]]
    until = found["valid_until"]
    lines = {
        "number": found["number"],
        "name": found["name"],
        "campaign": found["title"],
        "issuer": found["issuer"],
        "issued_on": verify_page.day(found["issued_on"], language),
    }
    if until is not None:
        lines["until"] = verify_page.day(until, language)
    changed = found["revoked_at"] if kind == "bad" else until
    params = {"day": verify_page.day(changed, language)} if changed else {}
    return verify_page.page(CATALOGUE, kind, lines, language, 200, **params)


def unknown(language: str) -> Response:
    """Return the page of a number that was never given out."""
    return verify_page.page(CATALOGUE, "unknown", {}, language, 404)
