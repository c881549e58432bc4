"""What is not the API: health, the API's documentation, and the mini-program's H5 build."""

import hmac
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import flask_swagger_ui
import orjson
from flask import Blueprint, Flask, Response, current_app, request
from flask.cli import AppGroup
from sqlalchemy import text
from whitenoise import WhiteNoise

from app.config import Settings
from app.core import document, figures, http, schema
from app.core.access import public
from app.core.db import read
from app.core.deployment import settings
from app.core.errors import NotFound, Unauthenticated, Unavailable
from app.core.observing import Wsgi

blueprint = Blueprint("web", __name__)
cli = AppGroup("openapi", help="The API's document.")

SWAGGER_UI = Path(flask_swagger_ui.__file__).parent / "dist"
"""Only its files: its own page would load a script that our policy forbids."""

DOCS_PAGE = """<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>Linli 邻里安 · API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api/docs/static/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="/api/docs/static/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script></body></html>
"""
DOCS_START = """SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
});
"""
PAGE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
}
"""Of every answer, added where it leaves: Flask would look at each of them again every time."""
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data: blob: {tiles}; style-src 'self' 'unsafe-inline'; "
    "font-src 'self' data:; connect-src 'self' blob: data:; object-src 'none'; base-uri 'self'"
)
"""Inline styles are how uni-app sizes its pages; inline scripts stay forbidden."""


@blueprint.get("/healthz")
@public
def healthz() -> dict[str, str]:
    """Say that the process is alive."""
    return {"status": "ok"}


@blueprint.get("/readyz")
@public
def readyz() -> dict[str, str]:
    """Say that the process can do its work: its database answers, with the tables it knows."""
    ready = current_app.extensions["linli_ready"]
    if ready["schema"]:
        read(text("SELECT 1"))
    elif not schema.current():
        raise Unavailable
    ready["schema"] = True
    return {"status": "ready"}


@blueprint.get("/metrics")
@public
def show_metrics() -> Response:
    """Show figures for Prometheus to whoever brings the token.

    Errors: NotFound where no token is set, but in a demo; Unauthenticated.
    """
    token = settings().metrics_token
    if token is None and settings().environment == "production":
        raise NotFound
    offered = request.headers.get("Authorization", "").encode("utf-8", "replace")
    if token and not hmac.compare_digest(offered, f"Bearer {token}".encode()):
        raise Unauthenticated
    return Response(figures.exposition(), content_type=figures.CONTENT_TYPE)


@blueprint.get("/api/docs")
@public
def docs() -> Response:
    """Show the API's documentation."""
    return Response(DOCS_PAGE, mimetype="text/html")


@blueprint.get("/api/docs/start.js")
@public
def docs_start() -> Response:
    """Start the documentation page."""
    return Response(DOCS_START, mimetype="text/javascript")


@blueprint.get("/api/v1/openapi.json")
@public
def openapi() -> Response:
    """Return the OpenAPI document."""
    return Response(current_app.extensions["linli_openapi"](), mimetype="application/json")


@blueprint.get("/")
@public
def not_built() -> Response:
    """Say what is missing; with an H5 build its page is served instead."""
    raise NotFound


def install(app: Flask, api: http.Api, chosen: Settings) -> None:
    """Add the routes, the static files in front of them, and the headers of both."""
    app.register_blueprint(blueprint)
    texts: list[str] = []

    def written() -> str:
        if not texts:
            texts.append(document_text(app, api))
        return texts[0]

    app.extensions["linli_openapi"] = written
    app.extensions["linli_ready"] = {"schema": False}
    app.cli.add_command(cli)
    policy = CONTENT_POLICY.format(tiles=_origin(chosen.tile_url))

    def static_headers(headers: Any, _path: str, url: str) -> None:
        for name, value in PAGE_HEADERS.items():
            headers[name] = value
        if url.endswith((".html", "/")):
            headers["Content-Security-Policy"] = policy
            # A page kept from yesterday would ask for assets that are gone today.
            headers["Cache-Control"] = "no-cache"

    static = WhiteNoise(
        _with_headers(app.wsgi_app, policy),
        index_file=True,
        max_age=3600,
        allow_all_origins=False,
        add_headers_function=static_headers,
        immutable_file_test=lambda _path, url: url.startswith("/assets/"),
    )
    static.add_files(str(SWAGGER_UI), prefix="api/docs/static/")
    if chosen.console_folder.is_dir():
        static.add_files(str(chosen.console_folder), prefix="console/assets/")
    if chosen.web_folder.is_dir():
        static.add_files(str(chosen.web_folder), prefix="")
    app.wsgi_app = static  # type: ignore[method-assign]


def _with_headers(inner: Wsgi, policy: str) -> Wsgi:
    """Add what every answer has, and what those have that say nothing else of it."""
    fixed = list(PAGE_HEADERS.items())

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *fault: Any) -> Any:
            said, added = dict(headers), fixed.copy()
            if "Cache-Control" not in said:
                added.append(("Cache-Control", "no-store"))
            if (
                said.get("Content-Type", "").startswith("text/html")
                # A page that needs less says so itself.
                and "Content-Security-Policy" not in said
            ):
                added.append(("Content-Security-Policy", policy))
            return start_response(status, headers + added, *fault)

        return inner(environ, start)

    return answer


def _origin(tile_url: str | None) -> str:
    return "/".join(tile_url.split("/")[:3]).replace("{s}", "*") if tile_url else ""


def document_text(app: Flask, api: http.Api) -> str:
    """Return the OpenAPI document, in a stable order."""
    spec = document.completed(app, api.spec.to_dict())
    return orjson.dumps(spec, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode() + "\n"


@cli.command("write")
@click.argument("path", type=click.Path(path_type=Path))
def write(path: Path) -> None:
    """Write the document to a file: the mini-program's client is generated from it."""
    path.write_text(current_app.extensions["linli_openapi"](), encoding="utf-8")
    click.echo(f"wrote {path}")
