"""Production starts with safe settings or not at all."""

import json

import pytest

from app.config import (
    DEMO_PUSH_KEY,
    DEMO_SECRET,
    OFFICIAL_WECHAT,
    TEMPLATES,
    RefusedToStart,
    Settings,
)

SAFE = {
    "SECRET_KEY": "kX3vTq8ZrB1nLw5yHc7uJd2mPf9sGa4eRo6iKt0x",
    "WECHAT_APPID": "wx1234567890abcdef",
    "WECHAT_SECRET": "f2b9",
    "WECHAT_PUSH_TOKEN": "Qm4x",
    "WECHAT_PUSH_KEY": "a" * 42 + "w",
    "WECHAT_TEMPLATES": json.dumps({name: f"id-of-{name}" for name in TEMPLATES}),
    "PUBLIC_URL": "https://linli.example",
}


def test_production_is_what_nobody_has_to_ask_for():
    settings = Settings.from_environment(SAFE)
    assert settings.environment == "production"
    assert settings.wechat_base_url == OFFICIAL_WECHAT
    assert not settings.sandbox
    assert settings.rate_limits


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 64}, "SECRET_KEY"),
        ({"SECRET_KEY": "abc" * 20}, "SECRET_KEY"),
        ({"SECRET_KEY": DEMO_SECRET}, "SECRET_KEY"),
        ({"WECHAT_BASE_URL": "http://127.0.0.1:8001"}, "WECHAT_BASE_URL"),
        ({"WECHAT_BASE_URL": "http://api.weixin.qq.com"}, "WECHAT_BASE_URL"),
        ({"WECHAT_BASE_URL": "https://api.weixin.qq.com.example"}, "WECHAT_BASE_URL"),
        ({"WECHAT_APPID": None}, "WECHAT_APPID"),
        ({"WECHAT_SECRET": ""}, "WECHAT_SECRET"),
        ({"WECHAT_PUSH_TOKEN": ""}, "WECHAT_PUSH_TOKEN"),
        ({"WECHAT_PUSH_KEY": None}, "WECHAT_PUSH_KEY"),
        ({"WECHAT_PUSH_KEY": DEMO_PUSH_KEY}, "WECHAT_PUSH_KEY"),
        ({"WECHAT_TEMPLATES": '{"case_late": "x"}'}, "WECHAT_TEMPLATES"),
        ({"PUBLIC_URL": None}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "http://linli.example"}, "PUBLIC_URL"),
        ({"CONTENT_CHECKS": "off"}, "CONTENT_CHECKS"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"FLASK_DEBUG": "True"}, "FLASK_DEBUG"),
        ({"RATE_LIMITS": "off"}, "RATE_LIMITS"),
    ],
)
def test_production_refuses_what_only_a_demo_may_have(change, named):
    env = {name: value for name, value in (SAFE | change).items() if value is not None}
    with pytest.raises(RefusedToStart) as refusal:
        Settings.from_environment(env)
    faults = [line for line in str(refusal.value).splitlines() if line.startswith("- ")]
    assert len(faults) == 1
    assert named in faults[0]


def test_production_names_all_faults_at_once():
    with pytest.raises(RefusedToStart) as refusal:
        Settings.from_environment({"FLASK_DEBUG": "1"})
    for name in ("SECRET_KEY", "WECHAT_APPID", "WECHAT_SECRET", "FLASK_DEBUG"):
        assert name in str(refusal.value)


@pytest.mark.parametrize("off", ["0", "false", "no", "", "False"])
def test_debugging_that_is_off_is_no_reason_to_refuse(off):
    assert Settings.from_environment(SAFE | {"FLASK_DEBUG": off}).environment == "production"


@pytest.mark.parametrize("environment", ["demo", "test"])
def test_a_demo_needs_nothing_said(environment):
    settings = Settings.from_environment({"LINLI_ENV": environment})
    assert settings.secret_key == DEMO_SECRET
    assert settings.database_url.startswith("sqlite:///")
    assert settings.wechat_templates["case_accepted"] == "demo-case-accepted"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.content_checks == (environment == "demo")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("LINLI_ENV", "staging"),
        ("TRUSTED_PROXIES", "one"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "1.5"),
        ("WECHAT_PUSH_KEY", "short"),
        ("WECHAT_PUSH_KEY", "钥" * 43),
        ("WECHAT_TEMPLATES", "demo"),
        ("WECHAT_TEMPLATES", "[]"),
        ("WECHAT_TEMPLATES", '{"case_late": 7}'),
        ("WECHAT_TEMPLATES", '{"no_such_name": "id"}'),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_by_name(variable, value):
    with pytest.raises(RefusedToStart, match=variable):
        Settings.from_environment(SAFE | {variable: value})


def test_an_empty_variable_is_like_none():
    names = ("DATABASE_URL", "REDIS_URL", "PHOTO_FOLDER", "TILE_URL", "DEMO_PEOPLE", "SECRET_KEY")
    nothing = {"LINLI_ENV": "demo"}
    assert Settings.from_environment(nothing | dict.fromkeys(names, "")) == (
        Settings.from_environment(nothing)
    )


def test_settings_do_not_print_their_secrets():
    env = SAFE | {"DATABASE_URL": "postgresql+psycopg://linli:hush@db/linli"}
    shown = repr(Settings.from_environment(env))
    assert SAFE["SECRET_KEY"] not in shown
    assert SAFE["WECHAT_SECRET"] not in shown
    assert "hush" not in shown
    assert SAFE["WECHAT_PUSH_KEY"] not in shown
    assert SAFE["WECHAT_APPID"] in shown
