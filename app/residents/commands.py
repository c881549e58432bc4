"""What an operator does about people: staff's roles."""

from collections.abc import Callable

import click
from flask.cli import AppGroup

from app.core.access import RoleKind
from app.core.clock import shanghai_day
from app.residents import roles

cli = AppGroup("residents", help="Staff's roles. WHO is a person's id or openid.")
KIND = click.Choice([str(kind) for kind in roles.HELD_AT])


@cli.command("grant")
@click.argument("who")
@click.argument("kind", type=KIND)
@click.argument("place_code")
def grant(who: str, kind: str, place_code: str) -> None:
    """Give a role; it counts from the person's next request on."""
    new = _done(roles.grant, who, kind, place_code)
    click.echo(f"{who}: {kind} at {place_code}{'' if new else ' already'}")


@cli.command("revoke")
@click.argument("who")
@click.argument("kind", type=KIND)
@click.argument("place_code")
def revoke(who: str, kind: str, place_code: str) -> None:
    """Take a role; it counts from the person's next request on."""
    held = _done(roles.revoke, who, kind, place_code)
    click.echo(f"{who}: {'no longer' if held else 'was not'} {kind} at {place_code}")


def _done(change: Callable[[str, RoleKind, str], bool], who: str, kind: str, place: str) -> bool:
    try:
        return change(who, RoleKind(kind), place)
    except roles.NotPossibleError as fault:
        msg = f"nothing was changed: {fault}"
        raise click.ClickException(msg) from fault


@cli.command("list")
@click.option("--place", help="Roles held at this place or within it.")
@click.option("--name", help="People with this in their name, with a role or without.")
def list_people(place: str | None, name: str | None) -> None:
    """Print people, a line for each role: id, openid, name, first sign-in, role, place."""
    if bool(place) == bool(name):
        raise click.UsageError("say either --place or --name")
    found = roles.holders(place) if place else roles.people_called(str(name))
    for row in found:
        role = f"{row.kind} {row.place_code}" if row.kind else "-"
        known_since = shanghai_day(row.created_at).isoformat()
        click.echo(f"{row.id}\t{row.openid}\t{row.name}\t{known_since}\t{role}")
    if len(found) == roles.MOST:
        click.echo(f"only the first {roles.MOST} are shown", err=True)
