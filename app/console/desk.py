"""Who sits at the desk, and what every page of the console has around it.

The API knows people by tokens that phones hold; a page of the console knows them by a cookie
that no script can read (`residents.desks`). From there on both go the same way: an actor, a
permission, one service call.
"""

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, g, make_response, redirect, request, url_for
from sqlalchemy.exc import OperationalError
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from app.console import once, shell
from app.core import audit, texts
from app.core.access import Actor, Permission, current_actor, language, seat
from app.core.deployment import settings
from app.core.errors import (
    BadRequest,
    Forbidden,
    MethodNotAllowed,
    NotFound,
    Problem,
    TooLarge,
    Unauthenticated,
    Unavailable,
)
from app.core.http import Parser, problem_body
from app.places import service as places
from app.residents import desks, rules

COOKIE = "linli_desk"
COOKIE_PATH = "/console"
YEAR_S = 365 * 24 * 3600
SAFE = {"GET", "HEAD", "OPTIONS"}
ASKING = ("waiting", "roster", "report-")
"""How the ids of what asks again by itself begin; htmx says which one asks."""

View = TypeVar("View", bound=Callable[..., Any])


class FieldParser(Parser):
    """Reads what pages send: a field that is left empty is one that nobody filled in."""

    def load_querystring(self, req: Any, schema: Any) -> Any:
        """Read a query. Errors: BadRequest, for raw bytes that are no text."""
        return _filled(super().load_querystring(req, schema), schema)

    def load_form(self, req: Any, schema: Any) -> Any:
        """Read a form; the key that it is sent with is none of its fields."""
        return _filled(super().load_form(req, schema), schema)


def _filled(sent: MultiDictProxy, schema: Any) -> MultiDictProxy:
    data = cast("MultiDict[str, str]", sent.data)
    pairs = (pair for pair in data.items(multi=True) if pair[1] and pair[0] != once.FIELD)
    return MultiDictProxy(MultiDict(pairs), schema)


PARSER = FieldParser()


class DeskElsewhere(Forbidden):
    """What came in was sent by a page of another address."""

    code = "desk_elsewhere"


def console_blueprint(name: str, prefix: str = "") -> Blueprint:
    """Return a blueprint whose refusals are pages; `prefix` follows `/console`."""
    blueprint = Blueprint(
        f"console_{name}", __name__, url_prefix=f"/console{prefix}", template_folder="templates"
    )
    blueprint.before_request(_begin)
    blueprint.register_error_handler(Problem, _refused)
    blueprint.register_error_handler(OperationalError, _broken)
    blueprint.register_error_handler(Exception, _broken)
    return blueprint


def at_desk(permission: Permission) -> Callable[[View], View]:
    """Mark a page: somebody sits at the desk, and may do this kind of thing."""

    def mark(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            found = desks.find_actor(secret(), language(), used=not _by_itself())
            if found is None:
                raise Unauthenticated
            seat(*found)
            if not found[0].may(permission):
                raise Forbidden
            audit.watch(found[0].resident_id, found[0].codes(permission))
            if request.method in SAFE or hasattr(view, "by_parts"):
                return view(*args, **kwargs)
            return once.answered(lambda: view(*args, **kwargs))

        guarded.access = permission  # type: ignore[attr-defined]
        return cast("View", guarded)

    return mark


def _by_itself() -> bool:
    return request.method in SAFE and request.headers.get("HX-Trigger", "").startswith(ASKING)


def reads(form: Any, location: str = "query") -> Any:
    """Mark a page: what it takes. `location`: `query`, or `form` for what is sent."""
    return PARSER.use_args(form() if isinstance(form, type) else form, location=location)


def place_of(actor: Actor, place_code: str, permission: Permission) -> dict[str, Any]:
    """Return a place that somebody may do something at, with the path down to it.

    It is what the frame of the page is drawn from. Errors: NotFound.
    """
    place = g.get("console_place")  # what `kept` knows of it already
    if place is None or place["code"] != place_code:
        place = places.get_place(place_code)
    if not actor.reaches(permission, place_code):
        raise NotFound
    g.console_place = place
    return cast("dict[str, Any]", place)


def secret() -> str:
    """Return what the cookie holds; nothing is like nobody."""
    return request.cookies.get(COOKIE, "")


def keep_secret(response: AnyResponse, kept: str) -> None:
    """Give the browser its secret: for this address alone, and for no script."""
    response.set_cookie(
        COOKIE,
        kept,
        max_age=int(rules.DESK_FOR.total_seconds()),
        path=COOKIE_PATH,
        secure=settings().public_url.startswith("https:"),
        httponly=True,
        samesite="Lax",
    )


def choose(response: AnyResponse, cookie: str, chosen: str) -> None:
    """Let the browser remember a choice of how pages look."""
    response.set_cookie(cookie, chosen, max_age=YEAR_S, path=COOKIE_PATH, samesite="Lax")


def partly() -> bool:
    """Whether htmx asks for a part of a page that is there already."""
    return "HX-Request" in request.headers and "HX-Boosted" not in request.headers


def go(url: str) -> AnyResponse:
    """Send the browser to another page, also from within a part of one."""
    if partly():
        return Response(headers={"HX-Redirect": url})
    return redirect(url, 303)


def refuse_method(fault: HTTPException) -> AnyResponse:
    """Return the page that says that a page takes no such request."""
    _speak()
    response = _refused(MethodNotAllowed())
    response.headers.extend(pair for pair in fault.get_headers() if pair[0] == "Allow")
    return response


def _speak() -> None:
    chosen = request.cookies.get(shell.LANGUAGE_COOKIE)
    if chosen in texts.LANGUAGES:
        g.language = chosen


def _begin() -> None:
    _speak()
    if request.method not in SAFE and not _from_here():
        raise DeskElsewhere


def _from_here() -> bool:
    """Whether one of our own pages sent it. Every browser of this decade says so by itself."""
    # First, for no page can forge it, and a page that sends no referrer has the origin `null`.
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    here = {request.host, urlsplit(settings().public_url).netloc}
    return urlsplit(request.headers.get("Origin", "")).netloc in here


def _refused(problem: Problem) -> AnyResponse:
    # What was typed stays in its page: whoever signs in beside it sends it then.
    typed = partly() and request.method not in SAFE
    if isinstance(problem, Unauthenticated) and not typed:
        return go(url_for("console_entrance.enter"))
    body = problem_body(problem, language())
    page = "console/refused_part.html" if partly() else "console/refused.html"
    response = make_response(shell.render(page, problem=body), problem.status)
    # htmx swaps a refusal into the place that pages keep for it.
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#refused", "innerHTML"
    return response


def _broken(fault: Exception) -> AnyResponse:
    if isinstance(fault, HTTPException) and fault.code != HTTPStatus.INTERNAL_SERVER_ERROR:
        # Of the body alone: which page it is was found out before.
        return _refused(TooLarge() if fault.code == TooLarge.status else BadRequest())
    current_app.logger.error("unexpected fault", exc_info=fault)
    return _refused(Unavailable() if isinstance(fault, OperationalError) else Problem())


def actor() -> Actor:
    """Return who sits at the desk."""
    return current_actor()
