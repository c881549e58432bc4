import json

import pytest
from sqlalchemy import select

from app.core.db import read
from app.hazards import categories
from app.hazards.models import HazardCategory


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()

    def call(*args):
        return runner.invoke(args=["hazards", "import-categories", *map(str, args)])

    yield call
    categories.import_categories()


def limit_of(code):
    return read(select(HazardCategory.limit).where(HazardCategory.code == code)).scalar_one()


def test_a_city_brings_its_own_limits(run, tmp_path):
    records = json.loads(categories.SEED.read_text(encoding="utf-8"))
    records[0]["limit"] = 1
    path = tmp_path / "ours.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    assert "23 categories" in run(path).output
    assert limit_of("FIRE_LANE") == 1


@pytest.mark.parametrize(
    "change", [{"clock": "sundial"}, {"limit": 0}, {"limit": -1}, {"limit": "two"}, {"colour": 1}]
)
def test_a_broken_file_changes_nothing(run, tmp_path, change):
    records = json.loads(categories.SEED.read_text(encoding="utf-8"))
    records[0]["limit"] = 99
    records[1] |= change
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    answer = run(path)
    assert answer.exit_code == 1
    assert "nothing was changed" in answer.output
    assert limit_of("FIRE_LANE") == 2


def test_every_kind_has_its_words_in_both_languages():
    for record in json.loads(categories.SEED.read_text(encoding="utf-8")):
        for field in ("name", "hint"):
            assert record[f"{field}_zh"]
            assert record[f"{field}_en"]
        assert ("emergency_zh" in record) == ("emergency_en" in record)
