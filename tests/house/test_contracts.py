"""The floors hold: who may import whom, and which rooms know no framework."""

import tomllib

import pytest
from importlinter.application.use_cases import create_report, read_user_options
from importlinter.configuration import configure
from importlinter.domain.contract import registry

from app.config import ROOT
from app.factory import FEATURES

CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {c["name"]: c for c in CONFIG["tool"]["importlinter"]["contracts"]}
LAYERS = CONTRACTS["Floors: who may import whom"]["layers"]


def rooms(*names):
    found = {f"app.{f}.{n}" for f in FEATURES for n in names}
    return {room for room in found if (ROOT / f"{room.replace('.', '/')}.py").exists()}


@pytest.fixture
def report(monkeypatch):
    monkeypatch.chdir(ROOT)
    configure()

    def run(**changed):
        options = read_user_options()
        for contract in options.contracts_options:
            contract.update(changed.get(contract["name"].split(":")[0], {}))
        if not registry._classes_by_name:
            from importlinter.application.use_cases import (  # noqa: PLC0415
                _register_contract_types,
            )

            _register_contract_types(options)
        return create_report(options, cache_dir=None)

    return run


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_all_contracts_are_kept(report):
    found = report()
    broken = [contract.name for contract, _ in found.get_contracts_and_checks() if True]
    assert set(broken) == set(CONTRACTS)
    assert not found.contains_failures
    assert found.broken_count == 0


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_breach_would_be_noticed(report):
    """With the floors upside down everything is a breach."""
    upside_down = report(Floors={"layers": list(reversed(LAYERS))})
    assert upside_down.broken_count == 1


def test_every_feature_has_its_floor():
    named = {name.strip() for layer in LAYERS for name in layer.replace("|", ":").split(":")}
    assert {f"app.{feature}" for feature in FEATURES} <= named
    assert LAYERS[0] == "app.factory"


def test_every_room_of_rules_is_under_the_contract():
    assert rooms("rules") <= set(CONTRACTS["Rules are plain Python"]["source_modules"])


def test_every_service_is_under_the_contract():
    covered = set(CONTRACTS["Services know no web framework"]["source_modules"])
    assert rooms("service", "views", "session") <= covered
