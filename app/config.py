"""Settings, from the environment alone.

`LINLI_ENV` is `production` unless it says otherwise, and production refuses to
start with anything that only a demo may have.
"""

import base64
import binascii
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent
OFFICIAL_WECHAT = "https://api.weixin.qq.com"
SHORTEST_SECRET = 32
PUSH_KEY_BYTES = 32
SHORTEST_TOKEN = 16
TEMPLATES = (
    "case_accepted",
    "case_handled",
    "case_late",
    "task_new",
    "task_due",
    "task_back",
    "supervision",
    "announcement",
    "shift",
    "shift_lead",
    "quiz",
)
"""Our names of the subscribe messages; WeChat's console gives each account ids of its own."""

DEMO_PUSH_KEY = "YSBkZW1vJ3Mga2V5IHByb3RlY3RzIG5vYm9keSBhbHM"
DEMO_SECRET = "a demo's secret protects nobody, so it may stand here"  # noqa: S105


class RefusedToStart(SystemExit):
    """A setting is missing or unsafe; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a deployment may choose. Times in the unit of the name.

    What opens something is not shown when the settings are printed or logged.
    """

    environment: str
    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    redis_url: str | None = field(repr=False)
    wechat_base_url: str
    wechat_appid: str
    wechat_secret: str = field(repr=False)
    wechat_push_token: str = field(repr=False)
    wechat_push_key: str = field(repr=False)
    wechat_templates: Mapping[str, str]
    public_url: str
    content_checks: bool
    photo_folder: Path
    web_folder: Path
    console_folder: Path
    tile_url: str | None
    tile_attribution: str | None
    demo_people: Path | None
    rate_limits: bool
    trusted_proxies: int
    log_format: str
    metrics_token: str | None = field(repr=False)
    metrics_folder: Path
    pdf_font: Path | None = None
    access_token_minutes: int = 30
    refresh_token_days: int = 60

    @property
    def sandbox(self) -> bool:
        """Whether sign-in goes to the stand-in WeChat server."""
        return self.wechat_base_url != OFFICIAL_WECHAT

    @classmethod
    def from_environment(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; an empty variable is like none.

        Errors: RefusedToStart, naming the variable.
        """
        env = {name: value for name, value in env.items() if value}
        environment = env.get("LINLI_ENV", "production")
        if environment not in {"production", "demo", "test"}:
            msg = f"LINLI_ENV is {environment!r}; it is one of production, demo, test."
            raise RefusedToStart(msg)
        relaxed = environment != "production"
        here = f"http://127.0.0.1:{env.get('PORT', '8000')}"
        instance = Path(env.get("LINLI_INSTANCE", str(ROOT / "instance"))).resolve()
        settings = cls(
            environment=environment,
            secret_key=env.get("SECRET_KEY", DEMO_SECRET if relaxed else ""),
            database_url=env.get("DATABASE_URL", f"sqlite:///{instance / 'linli.sqlite3'}"),
            redis_url=env.get("REDIS_URL"),
            wechat_base_url=env.get("WECHAT_BASE_URL", OFFICIAL_WECHAT).rstrip("/"),
            wechat_appid=env.get("WECHAT_APPID", "wxdemo" if relaxed else ""),
            wechat_secret=env.get("WECHAT_SECRET", "demo" if relaxed else ""),
            wechat_push_token=env.get("WECHAT_PUSH_TOKEN", "demo" if relaxed else ""),
            wechat_push_key=_push_key(env, DEMO_PUSH_KEY if relaxed else ""),
            wechat_templates=_templates(env, relaxed=relaxed),
            public_url=env.get("PUBLIC_URL", here if relaxed else "").rstrip("/"),
            content_checks=env.get("CONTENT_CHECKS", "off" if environment == "test" else "on")
            != "off",
            photo_folder=Path(env.get("PHOTO_FOLDER", str(instance / "photos"))),
            web_folder=Path(env.get("WEB_FOLDER", str(ROOT / "miniprogram/dist/build/h5"))),
            console_folder=Path(env.get("CONSOLE_FOLDER", str(ROOT / "miniprogram/dist/console"))),
            tile_url=env.get("TILE_URL"),
            tile_attribution=env.get("TILE_ATTRIBUTION"),
            demo_people=Path(env["DEMO_PEOPLE"]) if "DEMO_PEOPLE" in env else None,
            rate_limits=env.get("RATE_LIMITS", "on") != "off",
            trusted_proxies=_whole_number(env, "TRUSTED_PROXIES", 0),
            log_format=_one_of(
                env, "LOG_FORMAT", ("plain", "json") if relaxed else ("json", "plain")
            ),
            metrics_token=env.get("METRICS_TOKEN"),
            metrics_folder=Path(env.get("METRICS_FOLDER", str(instance / "metrics"))),
            pdf_font=_font(env),
        )
        if environment == "production":
            _refuse_unsafe(settings, env)
        return settings


def _whole_number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, str(default))
    if not value.isdecimal():
        msg = f"{name} is {value!r}; it is a whole number."
        raise RefusedToStart(msg)
    return int(value)


def _one_of(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """Return what is chosen, the first if nothing is."""
    value = env.get(name, choices[0])
    if value not in choices:
        msg = f"{name} is {value!r}; it is one of {', '.join(choices)}."
        raise RefusedToStart(msg)
    return value


def _font(env: Mapping[str, str]) -> Path | None:
    """Return the font that papers are printed with, where one is named."""
    if "PDF_FONT" not in env:
        return None
    path = Path(env["PDF_FONT"])
    if not path.is_file():
        msg = f"PDF_FONT names {path}, which is no file."
        raise RefusedToStart(msg)
    return path


def _push_key(env: Mapping[str, str], default: str) -> str:
    """Return the 43 characters that stand for 32 bytes; empty where pushes come in the plain."""
    value = env.get("WECHAT_PUSH_KEY", default)
    try:
        known = not value or len(base64.b64decode(value + "=", validate=True)) == PUSH_KEY_BYTES
    except (binascii.Error, ValueError):
        known = False
    if not known:
        msg = "WECHAT_PUSH_KEY is not the EncodingAESKey: 43 characters of A-Z a-z 0-9 + /."
        raise RefusedToStart(msg)
    return value


def _templates(env: Mapping[str, str], *, relaxed: bool) -> dict[str, str]:
    """Return the id of each template that is named."""
    default = {name: f"demo-{name.replace('_', '-')}" for name in TEMPLATES} if relaxed else {}
    try:
        given = json.loads(env.get("WECHAT_TEMPLATES", "{}"))
    except ValueError:
        given = None
    if not isinstance(given, dict) or not all(
        name in TEMPLATES and isinstance(found, str) and found for name, found in given.items()
    ):
        msg = (
            f"WECHAT_TEMPLATES is not a JSON object of ids by name; names: {', '.join(TEMPLATES)}."
        )
        raise RefusedToStart(msg)
    return default | given


def _refuse_unsafe(settings: Settings, env: Mapping[str, str]) -> None:
    key = settings.secret_key
    missing = [name for name in TEMPLATES if name not in settings.wechat_templates]
    faults = {
        f"SECRET_KEY must be {SHORTEST_SECRET} or more characters that nobody can guess "
        '(python -c "import secrets; print(secrets.token_urlsafe(48))")': len(key) < SHORTEST_SECRET
        or len(set(key)) < SHORTEST_SECRET // 3
        or key == DEMO_SECRET,
        "WECHAT_BASE_URL must be the official server; the stand-in lets anybody in": (
            settings.sandbox or urlsplit(settings.wechat_base_url).scheme != "https"
        ),
        "WECHAT_APPID is missing": not settings.wechat_appid,
        "WECHAT_SECRET is missing": not settings.wechat_secret,
        "WECHAT_PUSH_TOKEN is missing": not settings.wechat_push_token,
        "WECHAT_PUSH_KEY is missing, or the demo's": settings.wechat_push_key
        in {"", DEMO_PUSH_KEY},
        "WECHAT_TEMPLATES lacks " + ", ".join(missing): bool(missing),
        "PUBLIC_URL must begin with https://: WeChat fetches photos there": (
            urlsplit(settings.public_url).scheme != "https"
        ),
        "CONTENT_CHECKS must be on": not settings.content_checks,
        "FLASK_DEBUG must be off": env.get("FLASK_DEBUG", "0").lower() not in {"0", "false", "no"},
        "RATE_LIMITS must be on": not settings.rate_limits,
        f"METRICS_TOKEN must be {SHORTEST_TOKEN} or more characters that nobody can guess": (
            settings.metrics_token is not None and len(settings.metrics_token) < SHORTEST_TOKEN
        ),
    }
    refused = [fault for fault, found in faults.items() if found]
    if refused:
        msg = "Linli refuses to start:\n" + "\n".join(f"- {fault}" for fault in refused)
        raise RefusedToStart(msg)
