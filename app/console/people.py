"""People and roles: who holds which role here, and whose homes wait for a yes."""

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from app.committees import keeping
from app.console import desk, kept, shell
from app.core.access import Permission
from app.core.forms import Form, choice, identifier, pattern, text
from app.core.http import limited
from app.core.pages import PageForm
from app.residents import granting
from app.residents import service as residents

blueprint = desk.console_blueprint("people", "/<place_code>/people")
BLUEPRINTS = (blueprint,)
HOMES_SHOWN = 20


class PeopleForm(PageForm):
    """Whom to look for, by the whole name."""

    name = text(longest=40)


class GrantForm(Form):
    """Who gets which role where, and why."""

    resident_id = identifier(required=True, strict=False)
    role = pattern(r"\A[a-z_]{1,16}:[0-9]{6,15}\Z", required=True)
    reason = text(longest=200, required=True)


class RevokeForm(Form):
    """Why."""

    reason = text(longest=200, required=True)


class HomeForm(Form):
    """What is said to a home; a refusal says why."""

    to = choice(("confirmed", "refused"), required=True)
    note = text(longest=500)


@blueprint.get("")
@desk.at_desk(Permission.ROLE_GRANT)
@kept.live(Permission.ROLE_GRANT, keeping.ROLES, keeping.HOMES, keeping.NAMES, keeping.PLACES)
@desk.reads(PeopleForm)
def people(form: dict[str, Any], place_code: str) -> str:
    """Show who holds which role, and the homes that wait."""
    actor = desk.actor()
    desk.place_of(actor, place_code, Permission.ROLE_GRANT)
    name = form.pop("name", None)
    found = granting.list_holders(actor, place_code, **form)
    if desk.partly() and form.get("cursor"):
        return shell.render("console/people_rows.html", found=found, place_code=place_code)
    return shell.render(
        "console/people.html",
        place_code=place_code,
        found=found,
        givable=granting.list_givable(actor, place_code),
        name=name,
        called=granting.find_neighbours(actor, place_code, name) if name else None,
        homes=_waiting(place_code),
    )


def _waiting(place_code: str) -> list[dict[str, Any]]:
    found = residents.list_residences(
        desk.actor(), state="requested", place=place_code, limit=HOMES_SHOWN
    )
    waiting: list[dict[str, Any]] = found["items"]
    return waiting


@blueprint.post("/roles")
@desk.at_desk(Permission.ROLE_GRANT)
@limited("20 per minute")  # or numbers could be tried one after the other, to learn names
@desk.reads(GrantForm, location="form")
def grant(form: dict[str, Any], place_code: str) -> AnyResponse:
    """Give somebody a role."""
    desk.place_of(desk.actor(), place_code, Permission.ROLE_GRANT)
    kind, _, at = form.pop("role").partition(":")
    granting.grant_role(desk.actor(), kind=kind, place_code=at, **form)
    return desk.go(url_for("console_people.people", place_code=place_code))


@blueprint.post("/roles/<id:role_id>/revocation")
@desk.at_desk(Permission.ROLE_GRANT)
@desk.reads(RevokeForm, location="form")
def revoke(form: dict[str, Any], place_code: str, role_id: int) -> AnyResponse:
    """Take a role from somebody."""
    desk.place_of(desk.actor(), place_code, Permission.ROLE_GRANT)
    granting.revoke_role(desk.actor(), role_id, **form)
    return desk.go(url_for("console_people.people", place_code=place_code))


@blueprint.post("/homes/<id:residence_id>")
@desk.at_desk(Permission.RESIDENCE_DECIDE)
@desk.reads(HomeForm, location="form")
def decide_home(form: dict[str, Any], place_code: str, residence_id: int) -> str:
    """Confirm or refuse where somebody says they live."""
    desk.place_of(desk.actor(), place_code, Permission.RESIDENCE_DECIDE)
    home = residents.move_residence(desk.actor(), residence_id, **form)
    return shell.render("console/people_home.html", home=home, place_code=place_code)
