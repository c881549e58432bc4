"""What comes in and what goes out."""

from typing import Any

from marshmallow import fields, validate

from app.core.forms import (
    Form,
    View,
    choice,
    flag,
    identifier,
    listing,
    pattern,
    said_moment,
    whole,
)
from app.quizzes import rules
from app.quizzes.practice import GRADED, MOST_FETCHED, REFUSED, REPEATED
from app.quizzes.results import ATTEMPT_STATES, NOT_YET

MOST_SECONDS = 86_400


def option_ids() -> fields.List[Any]:
    """Ids of options as they were shown; of an order all of them, in that order."""
    one = pattern(r"\A[A-Za-z0-9_-]{16}\Z")
    return listing(one, longest=rules.MOST_OPTIONS, required=True)


class QuizAnswerForm(Form):
    """The answer to one question of an attempt."""

    question_id = identifier(required=True)
    option_ids = option_ids()


class QuizPledgeForm(Form):
    """Which question's advice one will follow at home."""

    question_id = identifier(required=True)


class PracticeForm(Form):
    """What to practise, and how much to fetch."""

    topic = choice(rules.TOPICS)
    limit = whole(least=1, most=MOST_FETCHED, load_default=10, strict=False)


class PracticeAnswerForm(Form):
    """One answer that was given on the phone; `ticket` is the fetched question's `id`.

    `answered_at`: by the phone's clock, of whatever year; `seconds`: how long it took; `hinted`:
    the hint was shown.
    """

    client_uuid = pattern(r"\A[A-Za-z0-9-]{8,64}\Z", required=True)
    ticket = pattern(r"\A[A-Za-z0-9._-]{20,64}\Z", required=True)
    option_ids = option_ids()
    answered_at = said_moment(required=True)
    seconds = whole(least=0, most=MOST_SECONDS, allow_none=True)
    hinted = flag()


class QuizRegionView(View):
    """A place of a picture, in shares of it from its upper left corner."""

    x = fields.Float(required=True)
    y = fields.Float(required=True)
    width = fields.Float(required=True)
    height = fields.Float(required=True)


class QuizOptionView(View):
    """An option; the id is good for this showing alone."""

    id = fields.String(required=True)
    text = fields.String(required=True)
    region = fields.Nested(QuizRegionView, required=True, allow_none=True)


class QuizMediaView(View):
    """A question's picture; sizes in pixels, links good for a day."""

    url = fields.String(required=True)
    thumbnail_url = fields.String(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)


class StatuteView(View):
    """Where it is written. `version`: of which day that text is; `as_of`: when it was looked up."""

    name = fields.String(required=True)
    article = fields.String(required=True, allow_none=True)
    quote = fields.String(required=True, allow_none=True)
    version = fields.Date(required=True, allow_none=True)
    as_of = fields.Date(required=True)


class ExplanationView(View):
    """What is said after an answer."""

    right_option_ids = fields.List(fields.String(), required=True)
    explanation = fields.String(required=True)
    at_home = fields.String(required=True, allow_none=True)
    source = fields.Nested(StatuteView, required=True)
    correct = fields.Boolean(required=True)


class QuizAnswerView(ExplanationView):
    """Whether an answer was right, whether it came in time to count, and why it is so."""

    question_id = fields.Integer(required=True)
    counted = fields.Boolean(required=True)


class GivenAnswerView(ExplanationView):
    """The answer that was given; nothing was chosen where there was none."""

    chosen_option_ids = fields.List(fields.String(), required=True)
    counted = fields.Boolean(required=True)


class ShownQuestionView(View):
    """A question as it is shown before its answer."""

    kind = fields.String(required=True, validate=validate.OneOf(rules.KINDS))
    topic = fields.String(required=True, validate=validate.OneOf(rules.TOPICS))
    topic_name = fields.String(required=True)
    stem = fields.String(required=True)
    media = fields.Nested(QuizMediaView, required=True, allow_none=True)
    options = fields.List(fields.Nested(QuizOptionView), required=True)


class AskedQuestionView(ShownQuestionView):
    """A question of an attempt; `answer` once there is one, or the attempt is over."""

    id = fields.Integer(required=True)
    answer = fields.Nested(GivenAnswerView, required=True, allow_none=True)


class StreakStandingView(View):
    """Days in a row; `keep_until`: the last day on which they can be continued."""

    length = fields.Integer(required=True)
    longest = fields.Integer(required=True)
    free_left = fields.Integer(required=True)
    free_a_month = fields.Integer(required=True)
    done_today = fields.Boolean(required=True)
    keep_until = fields.Date(required=True, allow_none=True)


class StreakView(StreakStandingView):
    """The streak today; `state` of today's five; `days` of the last six weeks that count."""

    today = fields.Date(required=True)
    state = fields.String(required=True, validate=validate.OneOf([*ATTEMPT_STATES, NOT_YET]))
    days = fields.List(fields.Date(), required=True)


class QuizAdviceView(View):
    """What to do at home, by the question that says so."""

    question_id = fields.Integer(required=True)
    text = fields.String(required=True)


class VerdictView(View):
    """Whether a campaign is passed; percents of all its questions, rounded down."""

    campaign_id = fields.Integer(required=True)
    percent = fields.Integer(required=True)
    pass_percent = fields.Integer(required=True)
    passed = fields.Boolean(required=True)
    tries_left = fields.Integer(required=True)
    next_try_at = fields.DateTime(required=True, allow_none=True)
    certificate_number = fields.String(required=True, allow_none=True)


class DailyResultView(View):
    """How an attempt ended; `counted`: answers in time, of which `right`.

    `streak` of the daily five, `verdict` of a campaign.
    """

    finished_at = fields.DateTime(required=True)
    right = fields.Integer(required=True)
    counted = fields.Integer(required=True)
    answered = fields.Integer(required=True)
    of = fields.Integer(required=True)
    points = fields.Integer(required=True)
    at_home = fields.List(fields.Nested(QuizAdviceView), required=True)
    pledged_id = fields.Integer(required=True, allow_none=True)
    streak = fields.Nested(StreakStandingView, required=True, allow_none=True)
    verdict = fields.Nested(VerdictView, required=True, allow_none=True)


class AttemptView(View):
    """The daily five, or a try of a campaign. `deadline` is kept by `now`, the server's clock.

    `day`: of the daily five.
    """

    attempt_id = fields.Integer(required=True)
    occasion = fields.String(required=True, validate=validate.OneOf(rules.OCCASIONS))
    day = fields.Date(required=True, allow_none=True)
    started_at = fields.DateTime(required=True)
    deadline = fields.DateTime(required=True)
    now = fields.DateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(ATTEMPT_STATES))
    questions = fields.List(fields.Nested(AskedQuestionView), required=True)
    result = fields.Nested(DailyResultView, required=True, allow_none=True)


class ToPractiseView(ShownQuestionView):
    """A question to practise; its `id` is a ticket for one answer, good for 60 days."""

    id = fields.String(required=True)
    new = fields.Boolean(required=True)
    hint = fields.String(required=True)
    difficulty = fields.Integer(required=True)


class PracticeView(View):
    """What to practise now; `next_due_at`: when the next question comes back."""

    questions = fields.List(fields.Nested(ToPractiseView), required=True)
    next_due_at = fields.DateTime(required=True, allow_none=True)


class GradedAnswerView(View):
    """What became of one answer; `code` says why one was refused."""

    client_uuid = fields.String(required=True)
    status = fields.String(required=True, validate=validate.OneOf([GRADED, REPEATED, REFUSED]))
    code = fields.String(required=True, allow_none=True)
    correct = fields.Boolean(required=True, allow_none=True)
    right_option_ids = fields.List(fields.String(), required=True)
    explanation = fields.String(required=True, allow_none=True)
    at_home = fields.String(required=True, allow_none=True)
    source = fields.Nested(StatuteView, required=True, allow_none=True)
    due_at = fields.DateTime(required=True, allow_none=True)
    points = fields.Integer(required=True)


class GradesView(View):
    """A line for each answer, in the order in which they were sent."""

    answers = fields.List(fields.Nested(GradedAnswerView), required=True)


class TopicKnowledgeView(View):
    """What one knows of a topic; `recall` 0 to 1, of those seen."""

    topic = fields.String(required=True)
    name = fields.String(required=True)
    questions = fields.Integer(required=True)
    seen = fields.Integer(required=True)
    known = fields.Integer(required=True)
    due = fields.Integer(required=True)
    recall = fields.Float(required=True, allow_none=True)


class KnowledgeView(View):
    """What one knows, by topic and together."""

    topics = fields.List(fields.Nested(TopicKnowledgeView), required=True)
    questions = fields.Integer(required=True)
    seen = fields.Integer(required=True)
    known = fields.Integer(required=True)
    due = fields.Integer(required=True)
    recall = fields.Float(required=True, allow_none=True)
