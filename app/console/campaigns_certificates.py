"""Who passed a campaign, for those who planned it: by name, and never how well."""

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from app.campaigns import certificates, planned
from app.console import desk, shell
from app.core.access import Permission
from app.core.forms import Form, choice, text
from app.core.pages import PageForm

blueprint = desk.console_blueprint(
    "quizzes_campaigns_certificates", "/<place_code>/quizzes/campaigns/<id:campaign_id>"
)
BLUEPRINTS = (blueprint,)

DONE = ("revoked",)
LONGEST_REASON = 200


class CertificatesForm(PageForm):
    """Where the list goes on, and what was just done."""

    done = choice(DONE)


class RevocationPost(Form):
    """Why a certificate is taken back; its owner reads it."""

    reason = text(longest=LONGEST_REASON, shortest=2, required=True)


def _url(place_code: str, campaign_id: int, **given: Any) -> str:
    return url_for(
        "console_quizzes_campaigns_certificates.given",
        place_code=place_code,
        campaign_id=campaign_id,
        **given,
    )


@blueprint.get("/certificates")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@desk.reads(CertificatesForm)
def given(form: dict[str, Any], place_code: str, campaign_id: int) -> str:
    """Show the certificates that a campaign gave, the newest first."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    planned.find(actor, place_code, campaign_id)
    done = form.pop("done", None)
    found = certificates.list_given(actor, campaign_id, **form)
    return shell.render(
        "console/campaigns_certificates_rows.html"
        if desk.partly()
        else "console/campaigns_certificates.html",
        found=found,
        campaign_id=campaign_id,
        done=done,
        longest=LONGEST_REASON,
        onward=found["next_cursor"] and _url(place_code, campaign_id, cursor=found["next_cursor"]),
    )


@blueprint.post("/certificates/<number>/revocation")
@desk.at_desk(Permission.CAMPAIGN_PLAN)
@desk.reads(RevocationPost, location="form")
def revoke(form: dict[str, Any], place_code: str, campaign_id: int, number: str) -> AnyResponse:
    """Take a certificate back, with a reason for its owner."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.CAMPAIGN_PLAN)
    planned.find(actor, place_code, campaign_id)
    certificates.revoke(actor, number, **form)
    return desk.go(_url(place_code, campaign_id, done="revoked"))
