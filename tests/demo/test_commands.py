"""`flask demo month`: only for a demo, and only for people who are there."""

from dataclasses import replace

import pytest

from demo.commands import NO_SEED, REFUSED, cli
from demo.month import making

pytestmark = pytest.mark.either_database


def test_there_has_to_be_somebody_to_whom_it_can_happen(app):
    said = app.test_cli_runner().invoke(cli, ["month"])
    assert said.exit_code == 1
    assert NO_SEED in said.output


def test_production_refuses_before_anything_is_touched(app, people, monkeypatch):
    settings = replace(app.extensions["linli_settings"], environment="production")
    monkeypatch.setitem(app.extensions, "linli_settings", settings)
    said = app.test_cli_runner().invoke(cli, ["month"])
    assert said.exit_code == 1
    assert REFUSED in said.output
    assert not making.is_there()
