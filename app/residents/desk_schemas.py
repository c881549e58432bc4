"""What comes in and what goes out about desks."""

from marshmallow import fields, validate

from app.core.forms import Form, View, flag
from app.residents import rules


class DeskDecisionForm(Form):
    """Whether to let it in."""

    let_in = flag(required=True)


class DeskView(View):
    """A computer that asks, or asked."""

    id = fields.Integer(required=True)
    code = fields.String(required=True)
    number = fields.String(
        required=True, metadata={"description": "shown on both screens, to be compared"}
    )
    state = fields.String(required=True, validate=validate.OneOf(rules.DESK_STATES_SHOWN))
    browser = fields.String(required=True)
    address = fields.String(required=True)
    asked_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    seen_at = fields.AwareDateTime(required=True, allow_none=True)


class DeskList(View):
    """All of them; there are a few."""

    items = fields.List(fields.Nested(DeskView), required=True)
