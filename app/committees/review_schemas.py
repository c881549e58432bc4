"""Comments, targets, settings and the rectification list: what comes in and what goes out."""

from marshmallow import fields

from app.committees import formulas, rules
from app.core.forms import Form, View, choice, day, flag, text
from app.core.pages import PageForm, PageView
from app.residents.schemas import MoveView


class CommitteeSettingsForm(Form):
    """Whether the place may be ranked and named beside others."""

    ranking = flag(required=True)


class CommitteeSettingsView(View):
    """What the place's committee chose."""

    ranking = fields.Boolean(required=True)


class TargetForm(Form):
    """What a figure is to come to: 0 to 1, an index 0 to 100; null takes the target back."""

    wanted = fields.Float(
        required=True,
        allow_none=True,
        allow_nan=False,
        error_messages={"invalid": "invalid", "required": "required", "special": "invalid"},
    )


class TargetView(View):
    """A target; `at_most` where less is better."""

    figure = fields.String(required=True)
    wanted = fields.Float(required=True)
    at_most = fields.Boolean(required=True)
    set_at = fields.DateTime(required=True)


class TargetsView(View):
    """All targets of a place that hold."""

    targets = fields.List(fields.Nested(TargetView), required=True)


class CommitteeCommentForm(Form):
    """What is said, to which days, and to which figure if to one."""

    first = day(data_key="from", required=True)
    last = day(data_key="to", required=True)
    text = text(longest=2000, required=True)
    figure = choice(formulas.NAMES, allow_none=True)


class CommitteeCommentView(View):
    """What a supervisor said."""

    id = fields.Integer(required=True)
    figure = fields.String(required=True, allow_none=True)
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    text = fields.String(required=True)
    author = fields.String(required=True)
    at = fields.DateTime(required=True)


class CommitteeCommentPage(PageView):
    """A page of comments, newest first."""

    items = fields.List(fields.Nested(CommitteeCommentView), required=True)


class RectificationForm(Form):
    """What has to be put right, and by which day."""

    title = text(longest=80, required=True)
    demand = text(longest=2000, required=True)
    due_on = day(required=True)
    figure = choice(formulas.NAMES, allow_none=True)


class RectificationListForm(PageForm):
    """Which of them."""

    state = choice(rules.RECTIFICATION_STATES)


class RectificationMoveForm(Form):
    """Where to, and what the move needs."""

    to = choice(rules.RECTIFICATION_STATES, required=True)
    note = text(longest=2000, allow_none=True)
    due_on = day(allow_none=True)


class RectificationView(View):
    """What a place has to put right, and whether it answered."""

    id = fields.Integer(required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)
    figure = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    demand = fields.String(required=True)
    due_on = fields.Date(required=True)
    late = fields.Boolean(required=True)
    state = fields.String(required=True)
    raised_at = fields.DateTime(required=True)
    raised_by = fields.String(required=True)
    answer = fields.String(required=True, allow_none=True)
    answered_at = fields.DateTime(required=True, allow_none=True)
    moves = fields.List(fields.Nested(MoveView), required=True)


class RectificationPage(PageView):
    """A page of the rectification list, newest first."""

    items = fields.List(fields.Nested(RectificationView), required=True)


class RectificationLineView(View):
    """One line of its history."""

    seq = fields.Integer(required=True)
    at = fields.DateTime(required=True)
    move = fields.String(required=True)
    to_state = fields.String(required=True)
    note = fields.String(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    actor_name = fields.String(required=True)


class RectificationDetailView(RectificationView):
    """One of them with its history."""

    history = fields.List(fields.Nested(RectificationLineView), required=True)
