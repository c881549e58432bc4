"""One roll-up, three engines: DuckDB and Spark find, to the row, what the database finds."""

import os
from functools import partial

import pytest

from app.rollups import anew, engines, parquet, rolling, wide
from app.rollups.statements import FACTS

SCALE = os.environ.get("LINLI_SCALE")


def _town(town):
    """Write facts bit by bit, some late, some taken back."""
    facts = sorted(town.made(500), key=lambda row: row["day"])
    town.write(facts[50:])
    rolling.roll_up()
    town.write(facts[:50] + town.taken_back(0.1))
    rolling.roll_up()


def test_duckdb_finds_the_same_to_the_row(town, rolled, tmp_path):
    _town(town)
    in_the_database = rolled()
    rows = wide.recompute(engines.duckdb, tmp_path / "facts")
    assert rolled() == in_the_database
    assert rows == sum(map(len, in_the_database.values()))
    days = {row["day"] for row in town.rows}
    assert {place.name for place in (tmp_path / "facts" / FACTS).iterdir()} == {
        f"day={day}" for day in days
    }
    town.write(town.made(20))  # while another engine was at it
    rolling.roll_up()
    assert anew.recompute()
    again = rolled()
    assert wide.recompute(engines.duckdb) == sum(map(len, again.values()))
    assert rolled() == again
    rolling.roll_up()
    assert rolled() == again


def test_a_day_without_facts_leaves_no_file(town, tmp_path):
    town.write(town.made(3))
    rolling.prepare()
    (tmp_path / FACTS / "day=1999-01-01").mkdir(parents=True)
    assert parquet.export(tmp_path) == 3
    modes = {oct(each.stat().st_mode & 0o777) for each in tmp_path.rglob("*.parquet")}
    folders = {oct(each.parent.stat().st_mode & 0o777) for each in tmp_path.rglob("*.parquet")}
    assert (modes, folders) == ({"0o600"}, {"0o700"})
    assert not (tmp_path / FACTS / "day=1999-01-01").exists()


@pytest.mark.skipif(not SCALE, reason="Apache Spark takes half a gigabyte: make scale")
def test_spark_on_several_jvms_finds_the_same_to_the_row(town, rolled):
    missing = engines.spark_missing()
    if missing:
        pytest.skip(f"NOT TESTED, {missing}")
    _town(town)
    in_the_database = rolled()
    wide.recompute(partial(engines.spark, master="local-cluster[2,1,1024]"))
    assert rolled() == in_the_database


@pytest.mark.skipif(bool(SCALE), reason="it may be there")
def test_without_spark_one_is_told_what_is_missing(app):
    if engines.spark_missing() is None:
        pytest.skip("Spark is installed")
    result = app.test_cli_runner().invoke(args=["rollups", "recompute", "--engine", "spark"])
    assert result.exit_code
    assert "requirements-scale.txt" in result.output or "Java" in result.output
