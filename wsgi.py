"""The application object, for any WSGI server."""

from app.config import Settings
from app.core import logs
from app.factory import create_app

settings = Settings.from_environment()
logs.install(settings.log_format)
app = create_app(settings)
