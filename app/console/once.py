"""What a page sends counts once: a form has a key, made with the page, and a key has one answer.

A line that is slow, a second click or a way back and forth must plan no second shift. The keys are
those of the API (`core.idempotency`), in a hidden field instead of a header.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from flask import Response, make_response, request
from jinja2.ext import Extension
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.core.access import current_actor
from app.core.errors import Conflict, InvalidInput
from app.core.idempotency import KeyReused, once_for

FIELD = "once"
KEY = re.compile(r"[\w-]{8,64}", re.ASCII)
OURS = "desk:"
"""Before the keys of forms, so that they are not those of a phone."""
SENT = re.compile(r'<form\b(?=[^>]*(?:method="post"|hx-post=))[^>]*>')

View = TypeVar("View", bound=Callable[..., Any])


class SentBefore(Conflict):
    """The form was sent and done already, with other words in it."""

    code = "desk_sent_before"


class OneTimeKeys(Extension):
    """Gives every form that is sent its key: no template has to think of it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Put the hidden field into the forms of the console's templates."""
        del filename
        if not (name or "").startswith("console/"):
            return source
        return SENT.sub(lambda tag: tag[0] + "{{ one_time_key() }}", source)


def one_time_key() -> Markup:
    """Return the hidden field. A browser that comes back to a page keeps no old one."""
    return Markup('<input type="hidden" name="{}" value="{}" autocomplete="off">').format(
        FIELD, new_key()
    )


def new_key() -> str:
    """Return a key that no other form has."""
    return secrets.token_urlsafe(12)


def by_parts(view: View) -> View:
    """Mark a page: it says itself what of it is done once, by `answered`."""
    view.by_parts = True  # type: ignore[attr-defined]
    return view


def answered(do: Callable[[], Any], part: str = "") -> Any:
    """Do what was sent, in one transaction, or repeat what was answered to it.

    `part`: which of several things that were sent together; then `do` answers what JSON can hold,
    else as a page does. What is sent without a key is done as it comes. Errors: SentBefore.
    """
    key = request.form.get(FIELD)
    if key is None:
        return do()
    if not KEY.fullmatch(key):
        raise InvalidInput.of(FIELD, "invalid")
    resident_id, whole = current_actor().resident_id, f"{OURS}{key}{part}"
    try:
        if part:
            return once_for(resident_id, whole, said(), do)
        return _told(once_for(resident_id, whole, said(), lambda: _kept(do())))
    except KeyReused as fault:
        raise SentBefore from fault


def said() -> bytes:
    """Return what was sent and where to: the same for a second send, whatever marks its parts."""
    where = (request.path, request.query_string, "HX-Request" in request.headers)
    parts = [pair for pair in request.form.items(multi=True) if pair[0] != FIELD]
    return repr((where, parts, list(_files()))).encode()


def _files() -> Iterator[tuple[str, str]]:
    for name, file in request.files.items(multi=True):
        yield name, hashlib.file_digest(file.stream, "sha256").hexdigest()  # type: ignore[arg-type]
        file.stream.seek(0)


def _kept(answer: Any) -> dict[str, Any]:
    response = make_response(answer)
    return {
        "status": response.status_code,
        "headers": [pair for pair in response.headers if pair[0] != "Content-Length"],
        "body": response.get_data(as_text=True),
    }


def _told(kept: dict[str, Any]) -> AnyResponse:
    return Response(kept["body"], kept["status"], [tuple(pair) for pair in kept["headers"]])
