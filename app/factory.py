"""The application, put together. FEATURES is the table of contents."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from flask import Flask
from flask_jwt_extended import JWTManager
from flask_migrate import Migrate
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from werkzeug.middleware.proxy_fix import ProxyFix

from app import backup, pushes, web
from app.config import ROOT, Settings
from app.core import application, http, jobs, limits, observing
from app.core.connections import Readers, install_engine_rules
from app.core.db import db, end_reading
from app.core.files import Folder
from app.core.wechat import WeChat
from app.core.wechat_token import DatabaseTokenStore

FEATURES = (
    "places",
    "photos",
    "residents",
    "notices",
    "points",
    "volunteers",
    "hazards",
    "patrols",
    "quizzes",
    "rounds",
    "rosters",
    "campaigns",
    "rollups",
    "committees",
    "open_data",
    "reports",
    "console",
)
"""From the ground up; each may have routes, pages, reactions, jobs and commands."""

MAX_BODY = 11 * 1024 * 1024
"""A photo of 10 MiB and the form around it."""


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application. Errors: RefusedToStart on unsafe settings."""
    settings = settings or Settings.from_environment()
    app = application.App("app", static_folder=None, root_path=str(ROOT / "app"))
    app.config.update(_flask_config(settings))
    app.extensions["linli_settings"] = settings
    app.extensions["linli_storage"] = Folder(settings.photo_folder)
    app.extensions["linli_wechat"] = WeChat(
        settings.wechat_base_url,
        settings.wechat_appid,
        settings.wechat_secret,
        token_store=DatabaseTokenStore(app, settings.wechat_appid),
    )
    observing.install(app)
    http.install(app)
    _connect_database(app, settings)
    JWTManager(app)
    app.extensions["linli_tokens"] = {}
    limits.install(app, (settings.redis_url or "memory://") if settings.rate_limits else None)
    api = http.Api(app)
    for feature in FEATURES:
        _open_rooms(app, api, feature)
    app.cli.add_command(jobs.cli)
    app.cli.add_command(backup.cli)
    app.register_blueprint(pushes.blueprint)
    web.install(app, api, settings)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "TESTING": settings.environment == "test",
        "PROPAGATE_EXCEPTIONS": False,
        "SECRET_KEY": settings.secret_key,
        "MAX_CONTENT_LENGTH": MAX_BODY,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        # Or a failing statement's words would hold what somebody wrote, and who.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
        "JWT_ALGORITHM": "HS256",
        "JWT_DECODE_ALGORITHMS": ["HS256"],
        "JWT_TOKEN_LOCATION": ["headers"],
        "JWT_ACCESS_TOKEN_EXPIRES": settings.access_token_minutes * 60,
        "JWT_ENCODE_ISSUER": "linli",
        "JWT_DECODE_ISSUER": "linli",
        "JWT_ENCODE_AUDIENCE": "linli-api",
        "JWT_DECODE_AUDIENCE": "linli-api",
        "API_TITLE": "Linli 邻里安",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
    }


def _connect_database(app: Flask, settings: Settings) -> None:
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), compare_type=True)
    with app.app_context():
        engine: Engine = db.engine
        install_engine_rules(engine)
        app.extensions["linli_readers"] = Readers(engine)
    app.teardown_appcontext(end_reading)


def _open_rooms(app: Flask, api: http.Api, feature: str) -> None:
    """Load a feature's rooms: each is optional, and importing one is using it."""
    for room in ("models", "traces", "deliveries", "reactions", "jobs"):
        _room(feature, room)
    if routes := _room(feature, "routes"):
        for blueprint in routes.BLUEPRINTS:
            api.register_blueprint(blueprint, url_prefix="/api/v1" + (blueprint.url_prefix or ""))
    if pages := _room(feature, "pages"):
        pages.install(app)
    if commands := _room(feature, "commands"):
        app.cli.add_command(commands.cli)


def _room(feature: str, room: str) -> ModuleType | None:
    name = f"app.{feature}.{room}"
    return import_module(name) if find_spec(name) else None
