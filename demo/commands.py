"""What one does with the demo's data: `flask demo month`.

Only where the demo is: production refuses before anything is touched.
"""

import logging
import time
from dataclasses import replace

import click
from flask.cli import AppGroup

from app.core import deployment

cli = AppGroup("demo", help="Invented data, to try the product with. Never in production.")
REFUSED = "This is for a demo: in production nobody is invented. (LINLI_ENV is production.)"
THERE = "A month has passed here already. Nothing was changed."
NO_SEED = "There is nobody here yet to whom a month could happen: run `make demo` first."


@cli.command("month")
def month() -> None:
    """Let a month of a living community have happened, ending now (about a minute)."""
    # What makes it comes with it: production has no reason to read it.
    from app.factory import create_app  # noqa: PLC0415
    from demo.month import making  # noqa: PLC0415

    settings = deployment.settings()
    if settings.environment == "production":
        raise click.ClickException(REFUSED)
    if making.is_there():
        click.echo(THERE)
        return
    began = time.monotonic()
    # A line for each of the things that happen would be thousands that nobody waits for.
    logging.getLogger("app").setLevel(logging.WARNING)
    # Nobody looks at pictures that we drew ourselves.
    with create_app(replace(settings, content_checks=False)).app_context():
        try:
            done = making.add(say=click.echo)
        except making.NoSeedError as fault:
            raise click.ClickException(NO_SEED) from fault
    click.echo(f"{done} things happened; it took {time.monotonic() - began:.0f} s.")
