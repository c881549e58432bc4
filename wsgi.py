"""The application object, for any WSGI server."""

import gc

from app.config import Settings
from app.core import logs, tally

settings = Settings.from_environment()
logs.install(settings.log_format)
tally.begin(settings.metrics_folder)

from app.factory import create_app  # noqa: E402 now it is known where to count
from demo.commands import cli as demo  # noqa: E402

app = create_app(settings)
app.cli.add_command(demo)
# What is here now stays: no search for garbage has to look at it again.
gc.freeze()
