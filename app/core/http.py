"""The wire: one API object, one error shape, one parser of forms."""

import functools
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, NoReturn, TypeVar, cast

import flask_smorest
import orjson
from flask import Flask, Request, Response, current_app
from flask.json.provider import JSONProvider
from flask.sessions import NullSession, SessionInterface, SessionMixin
from marshmallow import Schema, ValidationError, fields, missing
from sqlalchemy.exc import OperationalError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter

from app.core import errors, here, limits, texts
from app.core.access import language
from app.core.document import PROBLEM
from app.core.forms import JSON, View, field_errors

BY_STATUS: dict[int, str] = {
    400: "bad_request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "too_large",
    415: "unsupported_media",
    422: "invalid_input",
    429: "too_many_requests",
    503: "unavailable",
}

LONGEST_JSON = 256 * 1024
"""In bytes. The longest form that we have is a description and a few ids."""

limited = limits.limited
V = TypeVar("V", bound=Callable[..., Any])


class FieldErrorView(View):
    """One fault of one field."""

    field = fields.String(required=True, metadata={"description": "dotted path"})
    code = fields.String(required=True)
    message = fields.String(required=True)


class ProblemView(View):
    """RFC 9457 problem details, as every error is answered."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldErrorView), required=True)


class Parser(FlaskParser):
    """Reads forms; every refusal is a problem of ours."""

    DEFAULT_VALIDATION_STATUS = 422
    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 the library reads it on the instance
        "json": "raise",
        "query": "raise",
        "files": "raise",
        "form": "raise",
    }

    def get_default_request(self) -> Request:
        """Return the request itself, and not what looks for it at each of its attributes."""
        return here.asked()

    def take(self, form: Schema, location: str, unknown: Any = None) -> Any:
        """Return what a form takes. Errors: InvalidInput; what reading from there has.

        As `parse` of the library does, of whose questions most have one answer here.
        """
        asked = here.asked()
        try:
            straight = location == "query" and _of_single_values(form)
            load = _single_values if straight else self._get_loader(location)
            found = load(asked, form)
            others: Any = unknown or self.DEFAULT_UNKNOWN_BY_LOCATION[location]
            return form.load({} if found is missing else found, unknown=others)
        except ValidationError as fault:
            fault.messages = {location: fault.messages}
            self.handle_error(fault)

    def load_querystring(self, req: Any, schema: Any) -> Any:
        """Read a query. Errors: BadRequest, for raw bytes that are no text."""
        try:
            return super().load_querystring(req, schema)
        except UnicodeDecodeError as fault:
            raise errors.BadRequest from fault

    def load_json(self, req: Any, schema: Any) -> Any:  # noqa: ARG002 the library's signature
        """Read a body strictly: no NaN, no half characters, no bottomless nesting.

        Errors: TooLarge, UnsupportedMedia (says it is something else), BadRequest.
        """
        req.max_content_length = LONGEST_JSON
        body = req.get_data()
        if not body:
            return missing
        said = req.environ.get("CONTENT_TYPE")
        if said != "application/json" and req.mimetype != "application/json":
            raise errors.UnsupportedMedia
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as fault:
            raise errors.BadRequest from fault

    def load_files(self, req: Any, schema: Any) -> Any:
        """Refuse what a form of files has no place for, instead of dropping it silently.

        Errors: InvalidInput, naming the field.
        """
        for name in req.form:
            # A part that was sent without a name has None for one.
            raise errors.InvalidInput.of(name or "", "unknown_field")
        for name, files in req.files.lists():
            if len(files) > 1:
                raise errors.InvalidInput.of(name or "", "too_many", max=1)
        return super().load_files(req, schema)

    def handle_error(self, error: Any, *_: Any, **__: Any) -> NoReturn:
        """Name the faulty fields; the location ('json', 'query') is no part of the path."""
        messages: dict[str, Any] = {}
        for found in error.messages.values():
            messages |= found
        raise errors.InvalidInput(errors=field_errors(messages)) from error


def _single_values(asked: Request, _form: Schema) -> Any:
    try:
        return asked.args.to_dict()
    except UnicodeDecodeError as fault:
        raise errors.BadRequest from fault


@functools.cache
def _of_single_values(form: Schema) -> bool:
    """Whether no field of a form takes several values of one name."""
    many = (fields.List, fields.Tuple)
    return not any(isinstance(field, many) for field in form.load_fields.values())


class Answer(Response):
    """What a view answers in JSON: all of it is there, and nothing of it has to be worked out."""

    def __init__(self, body: bytes, status: int) -> None:
        """Hold what is answered."""
        super().__init__([body], status, content_type="application/json")
        self.headers.add("Content-Length", str(len(body)))

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer; in its parent's way where something was done to it, or only headers are asked."""
        whole = self.status_code == HTTPStatus.OK and environ["REQUEST_METHOD"] != "HEAD"
        if not whole or self._on_close or "Location" in self.headers:
            return super().__call__(environ, start_response)
        start_response(self.status, self.headers.to_wsgi_list())
        return self.response


class Blueprint(flask_smorest.Blueprint):
    """A feature's routes; forms are read by our parser."""

    ARGUMENTS_PARSER = Parser()

    def arguments(self, schema: Any, **kwargs: Any) -> Any:
        """Mark a view: what it takes. A form is made once, not for each request."""
        form = schema() if isinstance(schema, type) else schema
        documented = super().arguments(form, **kwargs)
        parser = self.ARGUMENTS_PARSER
        location, unknown = kwargs.get("location", "json"), kwargs.get("unknown")

        def mark(view: V) -> V:
            @functools.wraps(documented(view))  # with what it tells the document
            def taken(*args: Any, **kwargs: Any) -> Any:
                return view(*args, parser.take(form, location, unknown), **kwargs)

            return cast("V", taken)

        return mark

    def response(self, status_code: Any, schema: Any = None, **kwargs: Any) -> Any:
        """Mark a view: what it answers. What it returns is written as it is, see `View`."""
        documented = super().response(status_code, schema, **kwargs)
        shape = schema() if isinstance(schema, type) else schema

        def mark(view: V) -> V:
            theirs = documented(view)

            @functools.wraps(theirs)  # with what it tells the document
            def answered(*args: Any, **kwargs: Any) -> Any:
                found = view(*args, **kwargs)
                if isinstance(found, Response):
                    return found
                if not isinstance(found, dict | list):  # nothing, or with headers of its own
                    return documented(lambda: found)()
                body = orjson.dumps(shape.dump(found) if shape else found, option=JSON)
                return Answer(body, status_code)

            return cast("V", answered)

        return mark

    def refuses(self, *statuses: int) -> Callable[[V], V]:
        """Mark a view, next to its function: problems that its other marks do not tell."""

        def mark(view: V) -> V:
            view.refuses = frozenset(statuses)  # type: ignore[attr-defined]
            return view

        return mark


class Api(flask_smorest.Api):
    """The document and the registry of blueprints."""

    ERROR_SCHEMA = ProblemView
    DEFAULT_ERROR_RESPONSE_NAME = None  # app.core.document tells each one

    def _register_error_handlers(self) -> None:
        """Leave errors to `problem_response`."""


class IdConverter(IntegerConverter):
    """A row's id in a path; one that no row can have is not found.

    18 digits are less than the biggest id. A limit of the converter's own would make it 405
    where a path takes several methods: werkzeug has matched by then.
    """

    regex = "[1-9][0-9]{0,17}"


class OrjsonProvider(JSONProvider):
    """JSON by orjson: moments as `2026-11-20T08:40:00Z`."""

    def dumps(self, obj: Any, **_: Any) -> str:
        """Write as text."""
        return orjson.dumps(obj, option=JSON).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """Read."""
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        """Answer with what `jsonify` was given."""
        body = orjson.dumps(self._prepare_response_obj(args, kwargs), option=JSON)
        return Response(body, mimetype="application/json")


class NoSessions(SessionInterface):
    """No session of Flask's: who is asking is in a token, and no cookie has to be read for it."""

    def open_session(self, app: Flask, request: Any) -> NullSession:  # noqa: ARG002 its signature
        """Return what refuses to be written to."""
        return _NO_SESSION

    def save_session(self, app: Flask, session: SessionMixin, response: Any) -> None:
        """Keep nothing."""


_NO_SESSION = NullSession()


def install(app: Flask) -> None:
    """Give an app our error shape, JSON and converters."""
    app.session_interface = NoSessions()
    app.json = OrjsonProvider(app)
    app.url_map.converters["id"] = IdConverter
    app.register_error_handler(errors.Problem, _answer_problem)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(OperationalError, _answer_operational)
    app.register_error_handler(Exception, _answer_unexpected)


def problem_body(problem: errors.Problem, spoken: str) -> dict[str, Any]:
    """Return the RFC 9457 object of a problem in a language."""
    return _body(problem.status, problem.code, spoken, problem.params) | {
        "errors": [
            {
                "field": fault.field,
                "code": fault.code,
                "message": _field_message(fault, spoken),
            }
            for fault in problem.errors
        ]
    }


def _field_message(fault: errors.FieldError, spoken: str) -> str:
    key = f"fields.{fault.code}"
    return texts.text(key if texts.known(key) else "fields.invalid", spoken, **dict(fault.params))


def _body(status: int, code: str, spoken: str, params: Mapping[str, object]) -> dict[str, Any]:
    return {
        "type": f"urn:linli:problem:{code}",
        "title": texts.text(f"problems.{code}.title", spoken),
        "status": status,
        "detail": texts.text(f"problems.{code}.detail", spoken, **params),
        "code": code,
        "errors": [],
    }


def _respond(body: Mapping[str, Any]) -> Response:
    response = Response(orjson.dumps(body), status=body["status"], mimetype=PROBLEM)
    response.headers["Content-Language"] = language()
    if body["status"] == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if body["status"] in COME_BACK:
        response.headers["Retry-After"] = COME_BACK[body["status"]]
    return response


COME_BACK = {HTTPStatus.TOO_MANY_REQUESTS: "60", HTTPStatus.SERVICE_UNAVAILABLE: "5"}
"""After how many seconds a phone should try again."""


def _answer_problem(problem: errors.Problem) -> Response:
    return _respond(problem_body(problem, language()))


def answer_http(fault: HTTPException) -> Response:
    """Answer what the framework refuses, in our shape."""
    status = fault.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if status < HTTPStatus.BAD_REQUEST:
        return Response(fault.get_body(), status=status, headers=fault.get_headers())
    broken = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    code = BY_STATUS.get(status, "internal" if broken else "bad_request")
    response = _respond(_body(status, code, language(), {}))
    for name, value in fault.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _answer_operational(fault: OperationalError) -> Response:
    # The database is away or busy beyond patience: the phone should come back.
    _log(fault)
    return _answer_problem(errors.Unavailable())


def _answer_unexpected(fault: Exception) -> Response:
    _log(fault)
    return _answer_problem(errors.Problem())


def _log(fault: Exception) -> None:
    current_app.logger.error("unexpected fault", exc_info=fault)
