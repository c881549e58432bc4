"""What an operator does with roll-ups."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.rollups import anew, engines, parquet, rolling, wide
from app.rollups.backfill import backfill

cli = AppGroup("rollups", help="Figures of who takes part.")
DATABASE = "database"


@cli.command("backfill")
def run_backfill() -> None:
    """Write down as facts what happened before there were facts, and roll it up."""
    click.echo(f"{backfill()} new facts, {rolling.roll_up()} rolled up")


@cli.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def run_export(folder: Path) -> None:
    """Write all facts as Parquet files, a folder a day."""
    rolling.prepare()
    click.echo(f"{parquet.export(folder)} facts")


@cli.command("recompute")
@click.option("--engine", type=click.Choice([DATABASE, *engines.ENGINES]), default=DATABASE)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the exported files stay; without it they go away again.",
)
def run_recompute(engine: str, folder: Path | None) -> None:
    """Roll up all facts anew; figures of former definitions stay as they are."""
    if engine == DATABASE:
        click.echo(f"{anew.recompute()} rows")
        return
    try:
        rows = wide.recompute(engines.ENGINES[engine], folder)
    except engines.EngineMissing as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"{rows} rows")
