"""What an operator does with quizzes."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.quizzes import bank, exporting

cli = AppGroup("quizzes", help="Question banks.")


@cli.command("import-bank")
@click.argument("paths", type=click.Path(exists=True, dir_okay=False, path_type=Path), nargs=-1)
def import_bank(paths: tuple[Path, ...]) -> None:
    """Publish what is new or written anew in bank files; each file whole or not at all."""
    for path in paths:
        try:
            loaded = bank.import_bank(path)
        except bank.FaultyBank as fault:
            msg = f"nothing of {path.name} was changed:\n{fault}"
            raise click.ClickException(msg) from fault
        click.echo(f"{path.name}: {loaded.new} new, {loaded.changed} changed, {loaded.same} same")


@cli.command("retire")
@click.argument("keys", nargs=-1, required=True)
@click.option("--note", required=True, help="Why; it stands in the question's history.")
def retire(keys: tuple[str, ...], note: str) -> None:
    """Take questions back by their keys: nobody is asked them any more."""
    for key in keys:
        retired = bank.retire(key, note)
        click.echo(f"{key}: {'retired' if retired else 'was not published'}")


@cli.command("export-reviews")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
def export_reviews(path: Path) -> None:
    """Write the log of answers as a CSV for FSRS Optimizer, without saying whose they are."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        count = exporting.export_reviews(stream)
    click.echo(f"{path.name}: {count} answers")
