"""Figures about people, without names; empty where they are fewer than five."""

from marshmallow import fields, validate

from app.core.forms import Form, View, pattern
from app.places.rules import PlaceKind
from app.quizzes.rules import TOPICS

MONTH = r"\A20[0-9]{2}-(0[1-9]|1[0-2])\Z"


class KnowledgeMonthsForm(Form):
    """Which months, `2026-11`, both included."""

    first = pattern(MONTH, data_key="from")
    last = pattern(MONTH, data_key="to")


class BreadthShareView(View):
    """How many of how many took part."""

    people = fields.Integer(required=True, allow_none=True)
    of = fields.Integer(required=True, allow_none=True)
    share = fields.Float(required=True, allow_none=True)


class BreadthPlaceView(BreadthShareView):
    """The same of a place; without a code: homes known only by community, or elsewhere."""

    place_code = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)


class KnownShareView(View):
    """The mean share of right answers of so many people; 0.05 and less, 0.95 and more alike."""

    people = fields.Integer(required=True, allow_none=True)
    share = fields.Float(required=True, allow_none=True)


def topic() -> fields.String:
    """A topic's code."""
    return fields.String(required=True, validate=validate.OneOf(TOPICS))


class BreadthTopicView(KnownShareView):
    """What people answered at their first try; before and after the start, of the same people."""

    topic = topic()
    name = fields.String(required=True)
    before = fields.Nested(KnownShareView, required=True, allow_none=True)
    after = fields.Nested(KnownShareView, required=True, allow_none=True)


class BreadthView(View):
    """Who takes part in a campaign; until `final`, in fives and without topics."""

    campaign_id = fields.Integer(required=True)
    title = fields.String(required=True)
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    final = fields.Boolean(required=True)
    final_on = fields.Date(required=True)
    fewest = fields.Integer(required=True)
    total = fields.Nested(BreadthShareView, required=True)
    on_paper = fields.Integer(required=True, allow_none=True)
    without_account = fields.Nested(KnownShareView, required=True, allow_none=True)
    places = fields.List(fields.Nested(BreadthPlaceView), required=True)
    topics = fields.List(fields.Nested(BreadthTopicView), required=True)


class KnownPlaceView(View):
    """Where."""

    code = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf([*PlaceKind]))
    name = fields.String(required=True)


class KnownTopicView(KnownShareView):
    """What people know of a topic."""

    topic = topic()
    name = fields.String(required=True)


class KnownMonthView(View):
    """What people knew in a month."""

    month = fields.String(required=True)
    topics = fields.List(fields.Nested(KnownTopicView), required=True)


class PlaceKnowledgeView(View):
    """What the people of a place know, month by month."""

    place = fields.Nested(KnownPlaceView, required=True)
    first = fields.String(required=True, data_key="from")
    last = fields.String(required=True, data_key="to")
    fewest = fields.Integer(required=True)
    months = fields.List(fields.Nested(KnownMonthView), required=True)
