"""Participation, indicators, figures opened, and the places of the next level."""

from typing import Any

from app.committees import children, indicators, keeping, opening, participation
from app.committees.figure_schemas import (
    ChildrenForm,
    ChildrenPage,
    CommitteeParticipationForm,
    CommitteeParticipationView,
    FiguresForm,
    IndicatorsView,
    OpenFigureForm,
    OpenFigureView,
)
from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint

blueprint = Blueprint(
    "figures", __name__, url_prefix="/committees", description="Figures that can be opened"
)
PARTICIPATION, INDICATORS = CommitteeParticipationView(), IndicatorsView()
OPENED, CHILDREN = OpenFigureView(), ChildrenPage()


@blueprint.get("/<place_code>/participation")
@requires(Permission.OVERVIEW_READ)
@blueprint.arguments(CommitteeParticipationForm, location="query")
@blueprint.response(200, CommitteeParticipationView)
def show_participation(form: dict[str, Any], place_code: str) -> Any:
    """Show who took part, who is missing, and how it is before and elsewhere."""
    return keeping.answer(
        PARTICIPATION, participation.participation, current_actor(), place_code, **form
    )


@blueprint.get("/<place_code>/indicators")
@requires(Permission.OVERVIEW_READ)
@blueprint.arguments(FiguresForm, location="query")
@blueprint.response(200, IndicatorsView)
def show_indicators(form: dict[str, Any], place_code: str) -> Any:
    """Show the rates of the reference and the two indices."""
    return keeping.answer(INDICATORS, indicators.indicators, current_actor(), place_code, **form)


@blueprint.get("/<place_code>/figures/<name>")
@requires(Permission.OVERVIEW_READ)
@blueprint.arguments(OpenFigureForm, location="query")
@blueprint.response(200, OpenFigureView)
def open_figure(form: dict[str, Any], place_code: str, name: str) -> Any:
    """Open a figure: its formula, numerator, denominator, exclusions, and its rows."""
    return keeping.answer(OPENED, opening.open_figure, current_actor(), place_code, name, **form)


@blueprint.get("/<place_code>/children")
@requires(Permission.OVERVIEW_READ)
@blueprint.arguments(ChildrenForm, location="query")
@blueprint.response(200, ChildrenPage)
def list_committee_children(form: dict[str, Any], place_code: str) -> Any:
    """List the places of the next level side by side."""
    return keeping.answer(CHILDREN, children.children, current_actor(), place_code, **form)
