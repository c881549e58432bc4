"""What an operator does with places."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.places.files import UnreadableFileError, read_places
from app.places.imports import ImportReport, import_places
from app.places.rules import PlaceKind

cli = AppGroup("places", help="The tree of places.")


@cli.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice([str(kind) for kind in PlaceKind]), help="Only these.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def import_file(path: Path, kind: str | None, *, dry_run: bool) -> None:
    """Add and change places from a GeoJSON FeatureCollection or a JSON list.

    The good entries are taken even when others are refused; the exit code is 1
    when any was. Running it again changes nothing.
    """
    try:
        found = read_places(path.read_bytes(), PlaceKind(kind) if kind else None)
    except UnreadableFileError as fault:
        msg = f"nothing was changed: {path.name} cannot be read: {fault}"
        raise click.ClickException(msg) from fault
    report = import_places(found.records, dry_run=dry_run)
    report.refused[:0] = found.refused
    _print(report, path.name, dry_run=dry_run)
    if report.refused:
        raise SystemExit(1)


def _print(report: ImportReport, name: str, *, dry_run: bool) -> None:
    for refusal in report.refused:
        click.echo(f"refused: {refusal.where} ({refusal.code}): {refusal.reason}", err=True)
    counts = (
        f"{len(report.added)} added, {len(report.changed)} changed, "
        f"{len(report.unchanged)} unchanged, {len(report.refused)} refused"
    )
    click.echo(f"{name}: {counts}{' (dry run: nothing was written)' if dry_run else ''}")
