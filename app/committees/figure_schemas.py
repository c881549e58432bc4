"""Participation, indicators, figures opened, children: what comes in and what goes out."""

from typing import Any

from marshmallow import fields

from app.committees import children
from app.committees.schemas import FiguredPlaceView
from app.core.forms import Form, View, choice, day
from app.core.pages import PageForm, PageView
from app.places.rules import PlaceKind
from app.rollups import rules as rollup_rules


class FiguresForm(Form):
    """The range of Shanghai days, both included; without one the current month."""

    first = day(data_key="from")
    last = day(data_key="to")


class CommitteeParticipationForm(FiguresForm):
    """And by which calendar periods."""

    by = choice(rollup_rules.PERIODS, load_default=rollup_rules.DAY)


class OpenFigureForm(PageForm):
    """The range, and which page of the rows."""

    first = day(data_key="from")
    last = day(data_key="to")


class ChildrenForm(OpenFigureForm):
    """The range, which level below, and what comes first."""

    level = choice([PlaceKind.STREET, PlaceKind.COMMUNITY, PlaceKind.GRID])
    sort = choice(children.SORTS, load_default="code")


class PlainFigureView(View):
    """A number that can be opened. Without a denominator it is a count."""

    value = fields.Float(required=True, allow_none=True)
    numerator = fields.Integer(required=True, allow_none=True)
    denominator = fields.Integer(required=True, allow_none=True)
    excluded = fields.Integer(required=True)
    formula_version = fields.Integer(required=True)
    withheld = fields.String(required=True, allow_none=True)


class FigureView(PlainFigureView):
    """The same; of an index, with the figures that it is made of."""

    parts = fields.Dict(keys=fields.String(), values=fields.Nested(PlainFigureView))


def figures() -> fields.Dict:
    """Return the field for figures by name."""
    return fields.Dict(keys=fields.String(), values=fields.Nested(FigureView), required=True)


class FormerFiguresView(View):
    """The same of the range before."""

    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    figures: Any = figures()


class PeriodFiguresView(FormerFiguresView):
    """The figures of one calendar period."""


class BandView(View):
    """An age band: the share of its people never heard from."""

    band = fields.String(required=True)
    silent = fields.Nested(PlainFigureView, required=True)


class MissingView(View):
    """Who is missing: only counts, nothing of fewer than five people."""

    buildings = fields.Nested(PlainFigureView, required=True)
    bands = fields.List(fields.Nested(BandView), required=True)


class ComparedView(View):
    """One's own value among places of similar size."""

    own = fields.Float(required=True)
    lower = fields.Float()
    median = fields.Float()
    upper = fields.Float()


class NamedSiblingView(View):
    """A place that wants to be ranked, as one does oneself."""

    rank = fields.Integer(required=True)
    place_code = fields.String(required=True)
    name = fields.String(required=True)
    breadth = fields.Float(required=True)


class SiblingsView(View):
    """How places of similar size stand."""

    count = fields.Integer(required=True)
    figures = fields.Dict(keys=fields.String(), values=fields.Nested(ComparedView), required=True)
    named = fields.List(fields.Nested(NamedSiblingView), required=True)


class CommitteeParticipationView(View):
    """Who took part at a place, by period, who is missing, and how it is elsewhere."""

    place = fields.Nested(FiguredPlaceView, required=True)
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    by = fields.String(required=True)
    figures: Any = figures()
    previous = fields.Nested(FormerFiguresView, required=True)
    periods = fields.List(fields.Nested(PeriodFiguresView), required=True)
    missing = fields.Nested(MissingView, required=True)
    siblings = fields.Nested(SiblingsView, required=True, allow_none=True)


class MetTargetView(View):
    """A target, and whether it is met; unknown where the figure has no value."""

    figure = fields.String(required=True)
    wanted = fields.Float(required=True)
    at_most = fields.Boolean(required=True)
    set_at = fields.DateTime(required=True)
    met = fields.Boolean(required=True, allow_none=True)


class FormerIndicatorsView(View):
    """The same of the range before."""

    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    indicators: Any = figures()
    indices: Any = figures()


class IndicatorsView(View):
    """The rates of the reference and the two indices."""

    place = fields.Nested(FiguredPlaceView, required=True)
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    indicators: Any = figures()
    indices: Any = figures()
    previous = fields.Nested(FormerIndicatorsView, required=True)
    targets = fields.List(fields.Nested(MetTargetView), required=True)


class FormulaView(View):
    """By which measures a figure is reckoned; `since` the days that end then or later."""

    version = fields.Integer(required=True)
    since = fields.Date(required=True)
    numerator = fields.String(required=True, allow_none=True)
    denominator = fields.String(required=True, allow_none=True)
    excluded = fields.String(required=True, allow_none=True)
    parts = fields.List(fields.String(), required=True)


class FigureRowView(View):
    """A case, a fact or a grid that a figure counts; see `rows` for which."""

    id = fields.Integer()
    number = fields.String()
    category = fields.String()
    place_code = fields.String(required=True)
    state = fields.String()
    at = fields.DateTime()
    due_at = fields.DateTime(allow_none=True)
    part = fields.String()
    activity = fields.String()
    day = fields.Date()
    minutes = fields.Integer()
    reverses_id = fields.Integer(allow_none=True)
    people = fields.Integer(allow_none=True)
    few = fields.Boolean()


class OpenFigureView(PageView):
    """A figure with its formula and a page of its rows: `cases`, `facts`, `grids`, or none."""

    place = fields.Nested(FiguredPlaceView, required=True)
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    name = fields.String(required=True)
    figure = fields.Nested(FigureView, required=True)
    formula = fields.Nested(FormulaView, required=True)
    rows = fields.String(required=True, allow_none=True)
    items = fields.List(fields.Nested(FigureRowView), required=True)


class OutlierView(View):
    """What lies far off the other places, and what it may come from."""

    figure = fields.String(required=True)
    side = fields.String(required=True)
    lower = fields.Float(required=True)
    upper = fields.Float(required=True)
    why = fields.String(required=True)
    explanation = fields.String(required=True)


class ChildView(View):
    """A place below; a rank only where its committee wants one."""

    place = fields.Nested(FiguredPlaceView, required=True)
    rank = fields.Integer(required=True, allow_none=True)
    figures: Any = figures()
    outliers = fields.List(fields.Nested(OutlierView), required=True)


class QuartilesView(View):
    """How the places lie: lower quartile, median, upper quartile."""

    lower = fields.Float(required=True)
    median = fields.Float(required=True)
    upper = fields.Float(required=True)


class ChildrenPage(PageView):
    """A page of the places below a place."""

    place = fields.Nested(FiguredPlaceView, required=True)
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    level = fields.String(required=True)
    sort = fields.String(required=True)
    quartiles = fields.Dict(
        keys=fields.String(), values=fields.Nested(QuartilesView, allow_none=True), required=True
    )
    items = fields.List(fields.Nested(ChildView), required=True)
