"""The console's table of contents: which modules have pages, and the order of its doors."""

from flask import Flask

from app.console import (
    audit,
    board,
    board_cases,
    children,
    entrance,
    evaluation,
    figures,
    participation,
    people,
    plan,
    plan_coverage,
    plan_rosters,
    plan_shifts,
    plan_templates,
    quizzes,
    rectifications,
    report,
    shell,
    today,
    volunteers,
    volunteers_teams,
)

MODULES = (
    entrance,
    today,
    board,
    board_cases,
    plan,
    plan_coverage,
    plan_rosters,
    plan_shifts,
    plan_templates,
    participation,
    evaluation,
    rectifications,
    figures,
    children,
    report,
    people,
    audit,
    volunteers,
    volunteers_teams,
    quizzes,
)


def install(app: Flask) -> None:
    """Add the pages to an app, and what their templates may ask for."""
    shell.install(app)
    for module in MODULES:
        for blueprint in module.BLUEPRINTS:
            app.register_blueprint(blueprint)
