"""Settings, from the environment alone.

`LINLI_ENV` is `production` unless it says otherwise, and production refuses to
start with anything that only a demo may have.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent
OFFICIAL_WECHAT = "https://api.weixin.qq.com"
SHORTEST_SECRET = 32
SHORTEST_TOKEN = 16
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
    photo_folder: Path
    web_folder: Path
    tile_url: str | None
    tile_attribution: str | None
    demo_people: Path | None
    rate_limits: bool
    trusted_proxies: int
    log_format: str
    metrics_token: str | None = field(repr=False)
    metrics_folder: Path
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
        instance = Path(env.get("LINLI_INSTANCE", str(ROOT / "instance"))).resolve()
        settings = cls(
            environment=environment,
            secret_key=env.get("SECRET_KEY", DEMO_SECRET if relaxed else ""),
            database_url=env.get("DATABASE_URL", f"sqlite:///{instance / 'linli.sqlite3'}"),
            redis_url=env.get("REDIS_URL"),
            wechat_base_url=env.get("WECHAT_BASE_URL", OFFICIAL_WECHAT).rstrip("/"),
            wechat_appid=env.get("WECHAT_APPID", "wxdemo" if relaxed else ""),
            wechat_secret=env.get("WECHAT_SECRET", "demo" if relaxed else ""),
            photo_folder=Path(env.get("PHOTO_FOLDER", str(instance / "photos"))),
            web_folder=Path(env.get("WEB_FOLDER", str(ROOT / "miniprogram/dist/build/h5"))),
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


def _refuse_unsafe(settings: Settings, env: Mapping[str, str]) -> None:
    key = settings.secret_key
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
