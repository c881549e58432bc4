"""What comes in and what goes out."""

from typing import Any

from marshmallow import fields, validate

from app.campaigns import rules
from app.campaigns.service import SCOPES
from app.core.forms import Form, View, choice, day, identifier, listing, text, whole
from app.core.pages import PageForm, PageView
from app.places.schemas import place_code
from app.quizzes.rules import TOPICS
from app.volunteers.rules import EARNED

LONGEST_NOTE = 200


class CampaignTitleForm(Form):
    """A title in both languages; the English one may be left out."""

    zh = text(longest=rules.LONGEST_TITLE, required=True)
    en = text(longest=2 * rules.LONGEST_TITLE, allow_none=True)


class CampaignAboutForm(Form):
    """What it is about, in both languages."""

    zh = text(longest=rules.LONGEST_ABOUT, required=True)
    en = text(longest=2 * rules.LONGEST_ABOUT, allow_none=True)


def _audience(**kwargs: Any) -> fields.String:
    return choice(rules.AUDIENCES, **kwargs)


def _places() -> fields.List[Any]:
    return listing(place_code(), longest=rules.MOST_PLACES, allow_none=True)


def _topics() -> fields.List[Any]:
    return listing(choice(TOPICS), longest=len(TOPICS), allow_none=True)


def _question_ids() -> fields.List[Any]:
    return listing(identifier(), longest=rules.MOST_CHOSEN, allow_none=True)


def _count() -> fields.Integer:
    return whole(least=rules.FEWEST_QUESTIONS, most=rules.MOST_QUESTIONS, allow_none=True)


def _minutes() -> fields.Integer:
    return whole(least=rules.LEAST_MINUTES, most=rules.MOST_MINUTES, allow_none=True)


def _percent(**kwargs: Any) -> fields.Integer:
    return whole(least=rules.LEAST_PERCENT, most=rules.MOST_PERCENT, **kwargs)


def _tries(**kwargs: Any) -> fields.Integer:
    return whole(least=1, most=rules.MOST_TRIES, **kwargs)


def _wait(**kwargs: Any) -> fields.Integer:
    return whole(least=0, most=rules.MOST_WAIT_H, **kwargs)


def _months() -> fields.Integer:
    return whole(least=1, most=rules.MOST_MONTHS, allow_none=True)


class CampaignForm(Form):
    """A campaign. `places`: within its place; without any, the place itself.

    Either `topics`, and `question_count` of them, or `question_ids`. `minutes` for one try,
    `wait_hours` between two. The skill that passing gives is for months, or until a day.
    """

    place_code = place_code(required=True)
    title = fields.Nested(CampaignTitleForm, required=True)
    about = fields.Nested(CampaignAboutForm, allow_none=True)
    first_day = day(required=True)
    last_day = day(required=True)
    audience = _audience(load_default=rules.EVERYBODY)
    places = _places()
    topics = _topics()
    question_ids = _question_ids()
    question_count = _count()
    minutes = _minutes()
    pass_percent = _percent(load_default=rules.USUAL_PERCENT)
    most_tries = _tries(load_default=rules.USUAL_TRIES)
    wait_hours = _wait(load_default=0)
    skill = choice(EARNED, allow_none=True)
    skill_months = _months()
    skill_until = day(allow_none=True)


class CampaignChangeForm(Form):
    """What changes of a draft; what is left out stays."""

    place_code = place_code()
    title = fields.Nested(CampaignTitleForm)
    about = fields.Nested(CampaignAboutForm, allow_none=True)
    first_day = day()
    last_day = day()
    audience = _audience()
    places = _places()
    topics = _topics()
    question_ids = _question_ids()
    question_count = _count()
    minutes = _minutes()
    pass_percent = _percent()
    most_tries = _tries()
    wait_hours = _wait()
    skill = choice(EARNED, allow_none=True)
    skill_months = _months()
    skill_until = day(allow_none=True)


class CampaignMoveForm(Form):
    """Where to, and why where that is asked for."""

    to = choice(rules.STATES, required=True)
    note = text(longest=LONGEST_NOTE)


class CampaignListForm(PageForm):
    """Which campaigns: those for oneself, or of the places that one plans for."""

    scope = choice(SCOPES)
    state = choice(rules.STATES)


class CampaignTriesView(View):
    """What somebody did in a campaign; `open`: a try is going on."""

    tries = fields.Integer(required=True)
    passed = fields.Boolean(required=True)
    open = fields.Boolean(required=True)
    best_percent = fields.Integer(required=True, allow_none=True)


class CampaignCountsView(View):
    """How many took part, in steps of five; empty under five, where one would know who they are."""

    participants = fields.Integer(required=True, allow_none=True)
    passed = fields.Integer(required=True, allow_none=True)
    tries = fields.Integer(required=True, allow_none=True)
    fewer_than = fields.Integer(required=True)


class CampaignBaseView(View):
    """A campaign; `counts` for who plans it."""

    id = fields.Integer(required=True)
    title = fields.String(required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    state = fields.String(required=True, validate=validate.OneOf(rules.STATES))
    audience = fields.String(required=True, validate=validate.OneOf(rules.AUDIENCES))
    question_count = fields.Integer(required=True)
    minutes = fields.Integer(required=True)
    pass_percent = fields.Integer(required=True)
    skill = fields.String(required=True, allow_none=True)
    counts = fields.Nested(CampaignCountsView, required=True, allow_none=True)


class ListedCampaignView(CampaignBaseView):
    """A campaign in a list."""

    mine = fields.Nested(CampaignTriesView, required=True)


class CampaignPage(PageView):
    """A page of campaigns."""

    items = fields.List(fields.Nested(ListedCampaignView), required=True)


class CampaignPlaceView(View):
    """A place that a campaign is for."""

    code = fields.String(required=True)
    name = fields.String(required=True)


class CampaignGiftView(View):
    """The skill that passing gives, for months or until a day; neither: without an end."""

    skill = fields.String(required=True)
    name = fields.String(required=True)
    months = fields.Integer(required=True, allow_none=True)
    until = fields.Date(required=True, allow_none=True)


class CampaignStandingView(View):
    """How one stands in a campaign; `why_not` says why no try can begin."""

    for_me = fields.Boolean(required=True)
    tries = fields.Integer(required=True)
    tries_left = fields.Integer(required=True)
    passed = fields.Boolean(required=True)
    best_percent = fields.Integer(required=True, allow_none=True)
    next_try_at = fields.DateTime(required=True, allow_none=True)
    open_attempt_id = fields.Integer(required=True, allow_none=True)
    certificate_number = fields.String(required=True, allow_none=True)
    can_start = fields.Boolean(required=True)
    why_not = fields.String(required=True, allow_none=True, validate=validate.OneOf(rules.REASONS))


class CampaignMoveView(View):
    """A move that the caller may make."""

    to = fields.String(required=True)
    move = fields.String(required=True)
    needs = fields.List(fields.String(), required=True)
    allows = fields.List(fields.String(), required=True)


class CampaignLineView(View):
    """A line of the history; nobody is named where the clock moved."""

    at = fields.DateTime(required=True)
    move = fields.String(required=True)
    to = fields.String(required=True)
    by = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


class BothLanguagesView(View):
    """A text in both languages."""

    zh = fields.String(required=True)
    en = fields.String(required=True, allow_none=True)


class CampaignPlanView(View):
    """A campaign as its form has it."""

    place_code = fields.String(required=True)
    title = fields.Nested(BothLanguagesView, required=True)
    about = fields.Nested(BothLanguagesView, required=True, allow_none=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    audience = fields.String(required=True)
    places = fields.List(fields.String(), required=True)
    topics = fields.List(fields.String(), required=True)
    question_ids = fields.List(fields.Integer(), required=True)
    question_count = fields.Integer(required=True)
    minutes = fields.Integer(required=True)
    pass_percent = fields.Integer(required=True)
    most_tries = fields.Integer(required=True)
    wait_hours = fields.Integer(required=True)
    skill = fields.String(required=True, allow_none=True)
    skill_months = fields.Integer(required=True, allow_none=True)
    skill_until = fields.Date(required=True, allow_none=True)


class CampaignTopicView(View):
    """A topic that is asked."""

    code = fields.String(required=True)
    name = fields.String(required=True)


class CampaignView(CampaignBaseView):
    """One campaign. `plan`, `history`, `pool` (questions put aside) for who plans it."""

    about = fields.String(required=True, allow_none=True)
    places = fields.List(fields.Nested(CampaignPlaceView), required=True)
    topics = fields.List(fields.Nested(CampaignTopicView), required=True)
    starts_at = fields.DateTime(required=True)
    ends_at = fields.DateTime(required=True)
    most_tries = fields.Integer(required=True)
    wait_hours = fields.Integer(required=True)
    gives = fields.Nested(CampaignGiftView, required=True, allow_none=True)
    mine = fields.Nested(CampaignStandingView, required=True)
    moves = fields.List(fields.Nested(CampaignMoveView), required=True)
    history = fields.List(fields.Nested(CampaignLineView), required=True)
    plan = fields.Nested(CampaignPlanView, required=True, allow_none=True)
    pool = fields.Integer(required=True, allow_none=True)


class CampaignTryView(View):
    """One try; its result once it is finished. A try on paper has no attempt."""

    attempt_id = fields.Integer(required=True, allow_none=True)
    number = fields.Integer(required=True)
    channel = fields.String(required=True, validate=validate.OneOf(rules.CHANNELS))
    started_at = fields.DateTime(required=True)
    finished_at = fields.DateTime(required=True, allow_none=True)
    right = fields.Integer(required=True, allow_none=True)
    of = fields.Integer(required=True)
    percent = fields.Integer(required=True, allow_none=True)
    passed = fields.Boolean(required=True, allow_none=True)


class OwnTriesView(View):
    """One's tries, the first first."""

    items = fields.List(fields.Nested(CampaignTryView), required=True)


class PassCertificateView(View):
    """A certificate of passing; `pdf_url` is good for a day at least."""

    number = fields.String(required=True)
    state = choice(rules.CERTIFICATE_STATES, required=True)
    name = fields.String(required=True)
    title = fields.String(required=True)
    campaign_id = fields.Integer(required=True)
    issuer = fields.String(required=True)
    percent = fields.Integer(required=True)
    pass_percent = fields.Integer(required=True)
    skill = fields.String(required=True, allow_none=True)
    skill_name = fields.String(required=True, allow_none=True)
    issued_at = fields.DateTime(required=True)
    valid_until = fields.Date(required=True, allow_none=True)
    revoked_at = fields.DateTime(required=True, allow_none=True)
    revoke_reason = fields.String(required=True, allow_none=True)
    verify_url = fields.String(required=True)
    pdf_url = fields.String(required=True)


class GivenPassView(View):
    """A certificate as who planned the campaign sees it: without the result."""

    number = fields.String(required=True)
    name = fields.String(required=True)
    state = choice(rules.CERTIFICATE_STATES, required=True)
    issued_on = fields.Date(required=True)


class PassCertificatePage(PageView):
    """A page of certificates."""

    items = fields.List(fields.Nested(GivenPassView), required=True)


class VerifiedPassView(View):
    """What anybody may know of a certificate of passing."""

    number = fields.String(required=True)
    name = fields.String(required=True)
    title = fields.String(required=True)
    issuer = fields.String(required=True)
    issued_on = fields.Date(required=True)
    valid_until = fields.Date(required=True, allow_none=True)
    state = choice(rules.CERTIFICATE_STATES, required=True)
    revoked_at = fields.DateTime(required=True, allow_none=True)
