"""What comes in and goes out of a campaign's paper."""

from marshmallow import fields, validate

from app.campaigns import variants
from app.campaigns.paper_models import STATES
from app.core.forms import Form, View, choice, identifier, listing, pattern, text, whole
from app.core.pages import PageView
from app.core.texts import LANGUAGES
from app.quizzes import rules as quiz_rules

MOST_QUESTIONS = 60


def answers_of(**kwargs: bool) -> fields.List[str]:
    """Letters of each question in the order of the sheet; empty where nothing was chosen."""
    one = fields.String(validate=validate.Regexp(r"\A[A-Ha-h ]{0,16}\Z", error="invalid"))
    return listing(one, longest=MOST_QUESTIONS, **kwargs)


class PaperLinkForm(Form):
    """A signed link to a paper or its key."""

    expires = whole(least=0, most=4_102_444_800, required=True, strict=False)
    signature = pattern(r"\A[A-Za-z0-9_-]{27}\Z", required=True)
    language = choice(LANGUAGES)


class PaperResultForm(Form):
    """What is on a sheet. `resident_id`: left out for who has no account; no name is kept then."""

    client_uuid = pattern(r"\A[A-Za-z0-9-]{8,64}\Z", required=True)
    code = text(longest=variants.LONGEST_CODE, required=True)
    answers = answers_of(required=True)
    resident_id = identifier(allow_none=True)
    place_code = pattern(r"\A[0-9]{15}\Z", allow_none=True)


class PaperCorrectionForm(Form):
    """The right letters, and why; without letters the entry is withdrawn."""

    reason = text(longest=200, required=True)
    answers = answers_of(allow_none=True)


class PaperQuestionView(View):
    """A question as it is typed in: which letters there are, and how many are chosen."""

    number = fields.Integer(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(quiz_rules.KINDS))
    letters = fields.List(fields.String(), required=True)
    pick = fields.String(required=True, validate=validate.OneOf(variants.PICKS))


class PaperVariantView(View):
    """A variant to print; the links are good for a quarter of an hour, for whoever has them."""

    variant = fields.String(required=True, validate=validate.OneOf(variants.VARIANTS))
    code = fields.String(required=True)
    pdf_url = fields.String(required=True)
    key_url = fields.String(required=True)
    questions = fields.List(fields.Nested(PaperQuestionView), required=True)


class PapersView(View):
    """A campaign's paper; `left_out`: questions about pictures, which are not printed."""

    campaign_id = fields.Integer(required=True)
    title = fields.String(required=True)
    open = fields.Boolean(required=True)
    enter_until = fields.Date(required=True)
    left_out = fields.Integer(required=True)
    papers = fields.List(fields.Nested(PaperVariantView), required=True)


class PaperPersonView(View):
    """Whose sheet it is."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)


class PaperResultView(View):
    """An entry. `counts`: the person took part on paper first, not on the phone."""

    id = fields.Integer(required=True)
    campaign_id = fields.Integer(required=True)
    variant = fields.String(required=True, validate=validate.OneOf(variants.VARIANTS))
    resident = fields.Nested(PaperPersonView, required=True, allow_none=True)
    place_code = fields.String(required=True, allow_none=True)
    answers = fields.List(fields.String(), required=True)
    right = fields.Integer(required=True)
    of = fields.Integer(required=True)
    percent = fields.Integer(required=True)
    passed = fields.Boolean(required=True)
    counts = fields.Boolean(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    entered_on = fields.Date(required=True)
    entered_by = fields.String(required=True)
    replaces_id = fields.Integer(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class PaperResultPage(PageView):
    """A page of entries."""

    items = fields.List(fields.Nested(PaperResultView), required=True)
