"""The console's table of contents: which modules have pages, and the order of its doors."""

from flask import Flask, request
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.wrappers import Response

from app.console import (
    audit,
    board,
    board_cases,
    campaigns,
    campaigns_certificates,
    campaigns_papers,
    challenges,
    children,
    desk,
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
    quizzes_files,
    quizzes_writing,
    rectifications,
    report,
    shell,
    today,
    volunteers,
    volunteers_teams,
)
from app.core.http import answer_http

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
    quizzes_writing,
    quizzes_files,
    campaigns,
    campaigns_certificates,
    campaigns_papers,
    challenges,
)


def install(app: Flask) -> None:
    """Add the pages to an app, and what their templates may ask for."""
    shell.install(app)
    for module in MODULES:
        for blueprint in module.BLUEPRINTS:
            app.register_blueprint(blueprint)
    app.register_error_handler(MethodNotAllowed, _refuse_method)


def _refuse_method(fault: MethodNotAllowed) -> Response:
    """Answer what is found before any blueprint is: a page of ours that takes no such request."""
    if request.path.startswith("/console/"):
        return desk.refuse_method(fault)
    return answer_http(fault)
