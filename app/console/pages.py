"""The console's table of contents: which modules have pages, and the order of its doors."""

from flask import Flask

from app.console import entrance, shell, today

MODULES = (entrance, today)


def install(app: Flask) -> None:
    """Add the pages to an app, and what their templates may ask for."""
    shell.install(app)
    for module in MODULES:
        for blueprint in module.BLUEPRINTS:
            app.register_blueprint(blueprint)
