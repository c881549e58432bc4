"""What an operator does about deliveries."""

import signal
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app.core import dead_letters, deliveries
from app.core.clock import SHANGHAI
from app.core.couriers import Couriers

cli = AppGroup("notices", help="Deliveries: messages to phones, checks, announcements.")


@cli.command("status")
def status() -> None:
    """Print how many deliveries of each kind are in each state."""
    rows = dead_letters.counts()
    if not rows:
        click.echo("nothing to deliver, nothing delivered")
    for row in rows:
        click.echo(f"{row.kind:24} {row.state:10} {row.count:8}")


@cli.command("dead-letters")
@click.option("--most", default=100, show_default=True, help="How many to print, newest first.")
def list_dead_letters(most: int) -> None:
    """Print what was tried too often (dead), and what may have been sent (unknown)."""
    for row in dead_letters.troubled(most):
        at = row.settled_at.astimezone(SHANGHAI)
        click.echo(
            f"{row.id:8} {row.kind:24} {row.state:8} {at:%Y-%m-%d %H:%M} "
            f"tries {row.attempts:3} {row.reason or '-'}  request {row.request_id or '-'}"
        )


@cli.command("retry")
@click.argument("delivery_id", type=int, required=False)
@click.option("--kind", help="All dead ones of a kind.")
@click.option("--unknown", is_flag=True, help="This one even if it may have been sent already.")
def retry(delivery_id: int | None, kind: str | None, *, unknown: bool) -> None:
    """Let dead deliveries be tried anew, one or all of a kind."""
    if delivery_id is None and kind is None:
        raise click.UsageError("say which: an id, or --kind")
    if unknown and delivery_id is None:
        raise click.UsageError("--unknown is for one delivery, by its id")
    again = dead_letters.retry(kind=kind, delivery_id=delivery_id, unknown=unknown)
    click.echo(f"{again} to be tried anew")


@cli.command("deliver")
@click.option("--threads", default=4, show_default=True, help="How many are sent at a time.")
def deliver(threads: int) -> None:
    """Deliver until told to stop (SIGTERM, Ctrl-C): a process of its own, or several."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    couriers = Couriers(app, threads)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        couriers.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    click.echo(
        f"delivering with {threads} threads: {', '.join(k.name for k in deliveries.kinds())}"
    )
    couriers.run()
