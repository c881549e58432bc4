"""The OpenAPI document, completed by what the routes' own marks say.

A route says once who may call it, how often, with which form; from the same
marks the document tells which problems it may answer. What the marks cannot
tell, a route says with `@blueprint.refuses(409)`.
"""

import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from flask import Flask

from app.core.access import SIGNED_IN

PROBLEM = "application/problem+json"
METHODS = frozenset({"get", "post", "put", "patch", "delete"})
PARAMETER = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
ALWAYS = frozenset({500, 503})
"""Any route may meet a fault of ours, or a database that is away."""

BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "The access token of `POST /api/v1/session`, good for half an hour.",
}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "The same key with the same body answers the first answer, and creates nothing "
    "more; with another body it is a conflict. One random key for each thing to create.",
    "schema": {"type": "string", "pattern": "^[!-~]([ -~]{0,126}[!-~])?$"},
}
HEADERS = {
    401: {"WWW-Authenticate": "How to show who is asking."},
    429: {"Retry-After": "Seconds to wait."},
    503: {"Retry-After": "Seconds to wait."},
}


def completed(app: Flask, document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with security, keys and problems of every operation."""
    components = document["components"]
    components["securitySchemes"] = {"bearerAuth": BEARER}
    told: set[int] = set()
    for view, path, operation in _operations(app, document):
        _tell_access(view, operation)
        statuses = _problems(view, path, operation)
        kept = {code: answer for code, answer in operation["responses"].items() if code < "4"}
        operation["responses"] = kept | {str(s): _reference(s) for s in sorted(statuses)}
        told |= statuses
    components["responses"] = {_name(status): _problem(status) for status in sorted(told)}
    return _readable(document)  # type: ignore[no-any-return]


def _operations(
    app: Flask, document: dict[str, Any]
) -> Iterator[tuple[Callable[..., Any], str, dict[str, Any]]]:
    for rule in app.url_map.iter_rules():
        path = PARAMETER.sub(r"{\1}", rule.rule)
        item = document["paths"].get(path, {})
        for method in sorted(METHODS & item.keys() & {name.lower() for name in rule.methods or ()}):
            item[method]["operationId"] = rule.endpoint.rpartition(".")[2]
            yield app.view_functions[rule.endpoint], path, item[method]


def _tell_access(view: Any, operation: dict[str, Any]) -> None:
    operation["security"] = [] if view.access == "public" else [{"bearerAuth": []}]
    if hasattr(view, "idempotent"):
        operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)


def _problems(view: Any, path: str, operation: dict[str, Any]) -> set[int]:
    """Return the statuses of the problems that an operation may answer."""
    has_body = "requestBody" in operation
    has_query = any(parameter["in"] == "query" for parameter in operation.get("parameters", ()))
    idempotent = hasattr(view, "idempotent")
    found = {
        400: has_body or has_query,
        401: view.access != "public",
        403: view.access != "public" and view.access not in SIGNED_IN,
        404: "{" in path,
        409: idempotent,
        413: has_body,
        415: has_body,
        422: has_body or "parameters" in operation,
        429: hasattr(view, "limited"),
    }
    said: frozenset[int] = getattr(view, "refuses", frozenset())
    return {status for status, true in found.items() if true} | ALWAYS | said


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.title().replace(" ", "")


def _reference(status: int) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{_name(status)}"}


def _problem(status: int) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": HTTPStatus(status).phrase,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/ProblemView"}}},
    }
    if headers := HEADERS.get(status):
        answer["headers"] = {
            name: {"description": meaning, "schema": {"type": "string"}}
            for name, meaning in headers.items()
        }
    return answer


def _readable(node: Any) -> Any:
    """Write patterns as JSON Schema reads them: Python's anchors mean nothing elsewhere."""
    if isinstance(node, list):
        return [_readable(value) for value in node]
    if isinstance(node, dict):
        return {
            key: value.replace(r"\A", "^").replace(r"\Z", "$")
            if key == "pattern" and isinstance(value, str)
            else _readable(value)
            for key, value in node.items()
        }
    return node
