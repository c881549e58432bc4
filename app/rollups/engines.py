"""The same roll-up on other engines: DuckDB beside the application, Apache Spark for many machines.

Each reads the files of `parquet.export`, runs the statements of `statements` as they stand, and
writes what each finds as Parquet into a folder named for its relation. Neither library is
loaded before it is asked for; Spark is no part of the application's requirements.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from app.rollups import statements
from app.rollups.statements import CALENDAR, FACTS

SPARK_MASTER = "local-cluster[2,1,1024]"
"""Without a cluster: two executors of one core and 1 GiB, each a JVM, besides the driver's."""
FACT_SCHEMA = (
    "id BIGINT, resident_id BIGINT, activity STRING, place_code STRING, minutes BIGINT,"
    " sign BIGINT, at_home BIGINT, source_type STRING, source_id BIGINT, turn BIGINT,"
    " reverses_id BIGINT, day DATE"
)


class EngineMissing(RuntimeError):
    """The engine is not on this machine; the message says what to install."""


def duckdb(source: Path, found: Path) -> None:
    """Roll up with DuckDB, in this process."""
    import duckdb as library  # noqa: PLC0415

    files = source / FACTS / "*" / "*.parquet"
    with library.connect() as connection:
        connection.execute(
            f"CREATE VIEW {FACTS} AS SELECT * FROM read_parquet({_quoted(files)},"
            " hive_partitioning = true, hive_types = {'day': DATE})"
        )
        calendar = _quoted(source / CALENDAR / "*.parquet")
        connection.execute(f"CREATE VIEW {CALENDAR} AS SELECT * FROM read_parquet({calendar})")
        for relation, _, query in statements.steps():
            connection.execute(f"CREATE TABLE {relation} AS {query}")
            place = found / relation
            place.mkdir(parents=True)
            target = _quoted(place / "rows.parquet")
            connection.execute(f"COPY {relation} TO {target} (FORMAT parquet)")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def spark(source: Path, found: Path, *, master: str = SPARK_MASTER) -> None:
    """Roll up with Apache Spark. Errors: EngineMissing (no pyspark, no Java)."""
    why = spark_missing()
    if why:
        raise EngineMissing(why)
    with _session(master) as session:
        facts = session.read.schema(FACT_SCHEMA).parquet(str(source / FACTS))
        facts.createOrReplaceTempView(FACTS)
        session.read.parquet(str(source / CALENDAR)).createOrReplaceTempView(CALENDAR)
        for relation, _, query in statements.steps():
            place = str(found / relation)
            session.sql(query).write.parquet(place)
            session.read.parquet(place).createOrReplaceTempView(relation)


def spark_missing() -> str | None:
    """Return what Spark lacks on this machine, if anything."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed: pip install -r requirements-scale.txt"
    if shutil.which("java") is None:
        return "no Java on this machine: Apache Spark 4 needs Java 17"
    return None


@contextmanager
def _session(master: str) -> Iterator[Any]:
    from pyspark.sql import SparkSession  # noqa: PLC0415

    builder = SparkSession.builder.master(master).appName("linli roll-up")
    for name, value in SPARK_SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        session.sparkContext.setLogLevel("ERROR")
        yield session
    finally:
        session.stop()


SPARK_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.shuffle.partitions": "8",
}
"""Nothing is shown on a port; days are days, whatever zone the machine is in."""

ENGINES = {"duckdb": duckdb, "spark": spark}
