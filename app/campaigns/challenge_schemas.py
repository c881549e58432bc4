"""What comes in and goes out of challenges between grids."""

from marshmallow import fields, validate

from app.campaigns import challenge_rules as rules
from app.core.forms import Form, View, choice, day, pattern, text, whole
from app.core.pages import PageForm, PageView


class ChallengeForm(Form):
    """A challenge to begin; the actor's community if they do not say."""

    place_code = pattern(r"\A[0-9]{12}\Z")
    title = text(longest=rules.LONGEST_TITLE)
    first_day = day(required=True)
    last_day = day(required=True)
    days = whole(least=1, most=rules.LONGEST_DAYS, required=True)
    goal_percent = whole(least=rules.LEAST_GOAL, most=rules.MOST_GOAL, load_default=rules.MOST_GOAL)


class ChallengeListForm(PageForm):
    """Which challenges."""

    state = choice(rules.STATES)


class ChallengeItemView(View):
    """A challenge in a list; `days`: on how many somebody takes part to count."""

    id = fields.Integer(required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    days = fields.Integer(required=True)
    goal_percent = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(rules.STATES))


class ChallengePage(PageView):
    """A page of challenges."""

    items = fields.List(fields.Nested(ChallengeItemView), required=True)


class ChallengeGridView(View):
    """How a grid stands: `people` of `of`, up to the goal; nothing where they are too few.

    In fives until it is settled.
    """

    place_code = fields.String(required=True)
    name = fields.String(required=True)
    rank = fields.Integer(required=True, allow_none=True)
    people = fields.Integer(required=True, allow_none=True)
    of = fields.Integer(required=True, allow_none=True)
    percent = fields.Float(required=True, allow_none=True)
    reached = fields.Boolean(required=True)
    mine = fields.Boolean(required=True)


class ChallengeDaysView(View):
    """On how many days one took part oneself, and whether that is enough."""

    days = fields.Integer(required=True)
    done = fields.Boolean(required=True)


class ChallengeView(ChallengeItemView):
    """A challenge and how the grids stand; `as_of`: the last day that is counted."""

    as_of = fields.Date(required=True, allow_none=True)
    fewest = fields.Integer(required=True)
    formula = fields.String(required=True)
    standing = fields.List(fields.Nested(ChallengeGridView), required=True)
    mine = fields.Nested(ChallengeDaysView, required=True, allow_none=True)
