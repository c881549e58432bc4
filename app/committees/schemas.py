"""What comes in and what goes out."""

from marshmallow import fields

from app.core.forms import Form, View, day
from app.places.schemas import OutlineView


class OverviewForm(Form):
    """The range of Shanghai days, both included; without one the last thirty days."""

    first = day(data_key="from")
    last = day(data_key="to")


class PatrollingForm(Form):
    """The range of Shanghai days, both included; without one the last four weeks."""

    first = day(data_key="from")
    last = day(data_key="to")


class RateView(View):
    """A share with what it is made of."""

    value = fields.Float(required=True, allow_none=True)
    numerator = fields.Integer(required=True)
    denominator = fields.Integer(required=True)
    excluded = fields.Integer(required=True)


class TotalsView(View):
    """Counts of cases."""

    reported = fields.Integer(required=True)
    open = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    closed = fields.Integer(required=True)


class RatesView(View):
    """The three rates."""

    on_time = fields.Nested(RateView, required=True)
    satisfied = fields.Nested(RateView, required=True)
    resolved = fields.Nested(RateView, required=True)


class CategoryFiguresView(TotalsView):
    """The figures of one kind of hazard."""

    category = fields.String(required=True)
    name = fields.String(required=True)
    on_time = fields.Nested(RateView, required=True)


class GridFiguresView(TotalsView):
    """The figures of one grid."""

    place_code = fields.String(required=True)
    name = fields.String(required=True)
    on_time = fields.Nested(RateView, required=True)
    satisfied = fields.Nested(RateView, required=True)


class DayFiguresView(View):
    """What came in and what was closed on a day."""

    date = fields.Date(required=True)
    reported = fields.Integer(required=True)
    closed = fields.Integer(required=True)


class FiguredPlaceView(View):
    """The place of an overview."""

    code = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)


class PreviousView(View):
    """The same of the range before: which days these are, and what they came to."""

    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    totals = fields.Nested(TotalsView, required=True)
    rates = fields.Nested(RatesView, required=True)


class OverviewView(View):
    """The figures of a place for a range of days."""

    place = fields.Nested(FiguredPlaceView, required=True)
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    totals = fields.Nested(TotalsView, required=True)
    rates = fields.Nested(RatesView, required=True)
    orders_open = fields.Integer(required=True)
    orders_raised = fields.Integer(required=True)
    orders_answered_late = fields.Integer(required=True)
    previous = fields.Nested(PreviousView, required=True)
    by_category = fields.List(fields.Nested(CategoryFiguresView), required=True)
    by_grid = fields.List(fields.Nested(GridFiguresView), required=True)
    by_day = fields.List(fields.Nested(DayFiguresView), required=True)


class TeamHoursView(View):
    """What a team served; without one, those who walk by themselves."""

    team_id = fields.Integer(required=True, allow_none=True)
    name = fields.String(required=True)
    hours = fields.Float(required=True)
    people = fields.Integer(required=True)


class UnderstaffedShiftView(View):
    """A coming shift with fewer people than it needs."""

    id = fields.Integer(required=True)
    title = fields.String(required=True)
    place_name = fields.String(required=True)
    starts_at = fields.DateTime(required=True)
    taken = fields.Integer(required=True)
    minimum = fields.Integer(required=True)


class GridCoverageView(View):
    """How a grid was walked; `by_hour` has minutes for each hour of the day in Shanghai."""

    place_code = fields.String(required=True)
    name = fields.String(required=True)
    outline = fields.Nested(OutlineView, required=True, allow_none=True)
    walked_minutes = fields.Integer(required=True)
    rounds = fields.Integer(required=True)
    by_hour = fields.List(fields.Integer(), required=True)
    last_walked_at = fields.DateTime(required=True, allow_none=True)


class PatrollingView(View):
    """What volunteers did at a place in a range of days, and what lacks people."""

    place = fields.Nested(FiguredPlaceView, required=True)
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    rounds = fields.Integer(required=True)
    attendance = fields.Nested(RateView, required=True)
    no_shows = fields.Integer(required=True)
    hours_by_team = fields.List(fields.Nested(TeamHoursView), required=True)
    understaffed = fields.List(fields.Nested(UnderstaffedShiftView), required=True)
    coverage = fields.List(fields.Nested(GridCoverageView), required=True)
    never_walked = fields.Integer(required=True)
    unplaced_minutes = fields.Integer(required=True)
