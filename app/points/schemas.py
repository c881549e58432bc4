"""What comes in and what goes out."""

from marshmallow import fields

from app.core.forms import Form, View, flag, pattern, text, whole
from app.core.pages import PageForm, PageView
from app.places.schemas import place_code
from app.points import rules
from app.residents.schemas import MoveView, PersonView


class RewardListForm(PageForm):
    """Whose rewards to list."""

    place = place_code()


class RewardForm(Form):
    """What is offered for points."""

    place_code = pattern(r"\A[0-9]{6,15}\Z", required=True)
    name = text(longest=rules.LONGEST_NAME, required=True)
    words = text(longest=rules.LONGEST_WORDS, allow_none=True)
    cost = whole(least=1, most=rules.MOST_COST, required=True)
    stock = whole(least=0, most=rules.MOST_STOCK, required=True)
    per_person = whole(least=1, most=rules.MOST_EACH, allow_none=True)
    photo_id = pattern(r"\A[A-Za-z0-9_-]{43}\Z", allow_none=True)


class RewardChangeForm(Form):
    """What changes in an offer. `stock_change`: how many more, or fewer."""

    name = text(longest=rules.LONGEST_NAME)
    words = text(longest=rules.LONGEST_WORDS, allow_none=True)
    cost = whole(least=1, most=rules.MOST_COST)
    stock_change = whole(least=-rules.MOST_STOCK, most=rules.MOST_STOCK)
    per_person = whole(least=1, most=rules.MOST_EACH, allow_none=True)
    active = flag()
    photo_id = pattern(r"\A[A-Za-z0-9_-]{43}\Z")


class CollectForm(Form):
    """The code that somebody shows: scanned, or typed as it is read aloud."""

    code = text(longest=60, required=True)


class PointsSourceView(View):
    """What a line of the ledger is for: `hours` 17, `hazard` 4, `redemption` 2."""

    type = fields.String(required=True)
    id = fields.Integer(required=True)


class PointsLineView(View):
    """A line of one's ledger. `capped`: how many more there were without the day's limit."""

    id = fields.Integer(required=True)
    at = fields.DateTime(required=True)
    amount = fields.Integer(required=True)
    held = fields.Boolean(required=True, metadata={"description": "waits for evidence"})
    reversed = fields.Boolean(required=True)
    capped = fields.Integer(required=True)
    rule = fields.String(required=True)
    words = fields.String(required=True)
    source = fields.Nested(PointsSourceView, required=True)


class PointsRuleView(View):
    """What gives points. `today`: how many it has given today, of `daily_cap`."""

    rule = fields.String(required=True)
    words = fields.String(required=True)
    how = fields.String(required=True)
    amount = fields.Integer(required=True)
    daily_cap = fields.Integer(required=True)
    today = fields.Integer(required=True)


class PointsCapView(View):
    """Points given today, and the most that a day can give."""

    granted = fields.Integer(required=True)
    cap = fields.Integer(required=True)


class PointsPage(PageView):
    """What one has, and a page of the ledger.

    `debt`: what was taken back after it was spent; the next points pay it first.
    """

    balance = fields.Integer(required=True)
    held = fields.Integer(required=True)
    debt = fields.Integer(required=True)
    cap_today = fields.Nested(PointsCapView, required=True)
    rules = fields.List(fields.Nested(PointsRuleView), required=True)
    items = fields.List(fields.Nested(PointsLineView), required=True)


class RewardView(View):
    """What is offered. `mine`: how many of it I have reserved or collected."""

    id = fields.Integer(required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)
    name = fields.String(required=True)
    words = fields.String(required=True, allow_none=True)
    cost = fields.Integer(required=True)
    stock = fields.Integer(required=True)
    per_person = fields.Integer(required=True, allow_none=True)
    active = fields.Boolean(required=True)
    photo_url = fields.String(required=True, allow_none=True)
    mine = fields.Integer(required=True)
    affordable = fields.Boolean(required=True)
    can_redeem = fields.Boolean(required=True)


class RewardPage(PageView):
    """A page of rewards."""

    items = fields.List(fields.Nested(RewardView), required=True)


class RewardNameView(View):
    """Which reward."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)


class RedemptionView(View):
    """A reserved reward: show `qr_text` as a QR code, `code` to be read aloud."""

    id = fields.Integer(required=True)
    reward = fields.Nested(RewardNameView, required=True)
    place_name = fields.String(required=True)
    cost = fields.Integer(required=True)
    state = fields.String(required=True)
    code = fields.String(required=True)
    qr_text = fields.String(required=True)
    created_at = fields.DateTime(required=True)
    expires_at = fields.DateTime(required=True)
    settled_at = fields.DateTime(required=True, allow_none=True)
    moves = fields.List(fields.Nested(MoveView), required=True)


class RedemptionPage(PageView):
    """A page of one's redemptions."""

    items = fields.List(fields.Nested(RedemptionView), required=True)


class CollectedView(RedemptionView):
    """A redemption that was handed out, and to whom."""

    resident = fields.Nested(PersonView, required=True)
