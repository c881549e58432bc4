"""What an operator does with hazards."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.hazards import categories

cli = AppGroup("hazards", help="Hazard categories.")


@cli.command("import-categories")
@click.argument(
    "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=categories.SEED
)
def import_categories(path: Path) -> None:
    """Add or change categories from a JSON file; without one, the ones that come along."""
    try:
        count = categories.import_categories(path)
    except (ValueError, KeyError, TypeError) as fault:
        msg = f"nothing was changed: {fault!r}"
        raise click.ClickException(msg) from fault
    click.echo(f"{count} categories")
