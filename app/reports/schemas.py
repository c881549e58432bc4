"""What comes in and what goes out."""

from marshmallow import fields

from app.core import texts
from app.core.forms import Form, View, choice, pattern, text
from app.core.pages import PageView
from app.reports import rules

MONTHS, QUARTERS = r"\A[0-9]{4}-(0[1-9]|1[0-2])\Z", r"\A[0-9]{4}-Q[1-4]\Z"


class ReportForm(Form):
    """Which report: of a month or a quarter, for whom, in which language."""

    month = pattern(MONTHS, metadata={"description": "YYYY-MM; the last one without any"})
    quarter = pattern(QUARTERS, metadata={"description": "YYYY-Qn, instead of a month"})
    language = choice(texts.LANGUAGES, data_key="lang")
    reader = choice(rules.READERS, load_default=rules.COMMITTEE)


class ReportAskForm(Form):
    """Which report is to be made; `correction`, in a corrected edition, says what was wrong."""

    month = pattern(MONTHS)
    quarter = pattern(QUARTERS)
    correction = text(longest=rules.LONGEST_CORRECTION, shortest=2)


class BecameForm(Form):
    """The month; without one the last that was made."""

    month = pattern(MONTHS)


class ReportStandingView(View):
    """How a report stands; `done` of `of` steps: its figures, and the files printed ahead."""

    id = fields.Integer(required=True)
    place_code = fields.String(required=True)
    period = fields.String(required=True, metadata={"description": "YYYY-MM or YYYY-Qn"})
    edition = fields.Integer(required=True)
    correction = fields.String(required=True, allow_none=True)
    state = choice((rules.MAKING, rules.MADE, rules.FAILED), required=True)
    reason = fields.String(required=True, allow_none=True)
    done = fields.Integer(required=True)
    of = fields.Integer(required=True)
    asked_at = fields.DateTime(required=True)
    made_at = fields.DateTime(required=True, allow_none=True)


class ReportStandingPage(PageView):
    """A page of reports."""

    items = fields.List(fields.Nested(ReportStandingView), required=True)


class ToldPlaceView(View):
    """The community that is told of."""

    code = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)


class ToldFigureView(View):
    """A figure for residents; without a denominator it is a count.

    `withheld`: why there is none: few (fewer than five people), coverage, nothing.
    """

    value = fields.Float(required=True, allow_none=True)
    numerator = fields.Integer(required=True, allow_none=True)
    denominator = fields.Integer(required=True, allow_none=True)
    excluded = fields.Integer(required=True)
    withheld = fields.String(required=True, allow_none=True)


class ToldFiguresView(View):
    """What became of cases."""

    reported = fields.Nested(ToldFigureView, required=True)
    closed = fields.Nested(ToldFigureView, required=True)
    on_time = fields.Nested(ToldFigureView, required=True)
    satisfied = fields.Nested(ToldFigureView, required=True)
    resolved = fields.Nested(ToldFigureView, required=True)


class ToldWalksView(View):
    """What volunteers did."""

    rounds = fields.Nested(ToldFigureView, required=True)
    hours = fields.Nested(ToldFigureView, required=True)


class ToldCategoryView(View):
    """A kind of hazard; the code `other` is what several kinds add up to."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    reported = fields.Integer(required=True)
    closed = fields.Integer(required=True)


class BecameView(View):
    """What became of what residents reported in a month; nobody's name, nothing of under five."""

    place = fields.Nested(ToldPlaceView, required=True)
    month = fields.String(required=True)
    months = fields.List(fields.String(), required=True)
    edition = fields.Integer(required=True)
    correction = fields.String(required=True, allow_none=True)
    made_at = fields.DateTime(required=True)
    figures = fields.Nested(ToldFiguresView, required=True)
    before = fields.Nested(ToldFiguresView, required=True)
    walked = fields.Nested(ToldWalksView, required=True)
    by_category = fields.List(fields.Nested(ToldCategoryView), required=True)
    lumped = fields.Boolean(required=True)
