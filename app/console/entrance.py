"""The way in: a code that a phone reads, and the way out."""

import re
from typing import Any

import segno
from flask import Response, make_response, request, url_for
from markupsafe import Markup
from marshmallow import fields, validate
from werkzeug.wrappers import Response as AnyResponse

from app.console import desk, shell
from app.core import texts
from app.core.access import Permission, language, public
from app.core.deployment import settings
from app.core.errors import NotFound
from app.core.forms import Form, choice
from app.core.http import limited
from app.residents import desks, rules

blueprint = desk.console_blueprint("entrance")
BLUEPRINTS = (blueprint,)

CORRECTION = "m"
"""So much of the code may be hidden by a reflection on the screen."""
PHONE_PAGE = "/#/pkg-committees/desk/index"
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


class LookForm(Form):
    """How pages look: the language, the size of letters; where to go back to."""

    language = choice(texts.LANGUAGES)
    letters = choice(shell.LETTERS)
    back = fields.String(validate=validate.Regexp(r"\A/console(/[\w./?=&%+*~:,@-]*)?\Z"))


@blueprint.get("", strict_slashes=False)
@desk.at_desk(Permission.DESK_USE)
def begin() -> AnyResponse:
    """Lead to the first page of the place that somebody is in charge of."""
    for role in sorted(
        desk.actor().roles, key=lambda role: (len(role.place_code), role.place_code)
    ):
        open_to = shell.doors(desk.actor(), role.place_code)
        if open_to:
            return desk.go(open_to[0]["url"])
    raise NotFound


@blueprint.get("/sign-in")
@public
@limited("60 per minute")
def enter() -> AnyResponse:
    """Show a code that a phone reads."""
    if desks.find_actor(desk.secret(), language()):
        return desk.go(url_for("console_entrance.begin"))
    kept, waiting = desk.secret(), desks.find_waiting(desk.secret())
    if waiting is not None and waiting["state"] == rules.LET_IN:
        return desk.go(url_for("console_entrance.wait"))
    if waiting is None or waiting["state"] != rules.WAITING:
        kept, waiting = desks.ask_in(browser(), request.remote_addr or "")
    response = make_response(_code_page("console/entrance.html", waiting))
    desk.keep_secret(response, kept)
    return response


def _code_page(template: str, waiting: dict[str, Any]) -> str:
    address = f"{settings().public_url}{PHONE_PAGE}?code={waiting['code']}"
    drawn = segno.make_qr(address, error=CORRECTION).svg_inline(scale=6, border=2, light="#fff")
    half = rules.DESK_CODE_LENGTH // 2
    return shell.render(
        template,
        # Drawn by the library from our own address.
        drawn=Markup(drawn),  # noqa: S704
        code=f"{waiting['code'][:half]}-{waiting['code'][half:]}",
        number=waiting["number"],
        phone=f"{PHONE_PAGE}?code={waiting['code']}",
    )


@blueprint.get("/sign-in/state")
@public
@limited("120 per minute")
def wait() -> AnyResponse:
    """Answer what the waiting page asks every two seconds: nothing yet, come in, or over."""
    fresh = desks.collect(desk.secret())
    if fresh is not None:
        response = desk.go(url_for("console_entrance.begin"))
        desk.keep_secret(response, fresh)
        return response
    waiting = desks.find_waiting(desk.secret())
    if waiting is not None and waiting["state"] == rules.WAITING:
        return Response(status=204)
    refused = waiting is not None and waiting["state"] == rules.REFUSED
    return make_response(shell.render("console/entrance_over.html", refused=refused))


@blueprint.post("/sign-out")
@public
def leave() -> AnyResponse:
    """Stand up from the desk; whoever sits down next begins anew."""
    desks.leave(desk.secret())
    response = desk.go(url_for("console_entrance.enter"))
    response.delete_cookie(desk.COOKIE, path=desk.COOKIE_PATH)
    return response


@blueprint.post("/look")
@public
@desk.reads(LookForm, location="form")
def look(form: dict[str, Any]) -> AnyResponse:
    """Choose the language or the size of letters, in this browser."""
    response = desk.go(form.get("back", "/console"))
    if "language" in form:
        desk.choose(response, shell.LANGUAGE_COOKIE, form["language"])
    if "letters" in form:
        desk.choose(response, shell.LETTERS_COOKIE, form["letters"])
    return response


@blueprint.get("/<path:_missing>")
@public
def miss(_missing: str) -> AnyResponse:
    """Say in a page that there is none."""
    raise NotFound


def browser() -> str:
    """Return what the browser says it is, in words that one knows: `Chrome, Windows`."""
    told = request.headers.get("User-Agent", "")
    named = [
        next((name for mark, name in known if mark in told), "") for known in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, named)) or re.sub(r"[^\w ./;-]", "", told)[:30] or "?"
