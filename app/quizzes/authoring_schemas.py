"""What comes into the question bank and what goes out of it."""

from datetime import date
from typing import Any

from marshmallow import fields, post_load, validate

from app.core.forms import (
    Form,
    View,
    choice,
    day,
    flag,
    identifier,
    listing,
    pattern,
    query_flag,
    text,
    whole,
)
from app.core.pages import PageForm, PageView
from app.quizzes import rules
from app.quizzes.schemas import QuizRegionView
from app.residents.schemas import MoveView


class BothForm(Form):
    """A text in Chinese, and in English if there is one."""

    zh = text(longest=rules.LONGEST_EXPLANATION, required=True)
    en = text(longest=rules.LONGEST_EXPLANATION)


class QuizRegionForm(Form):
    """A place of a picture, in shares of it from its upper left corner."""

    x = fields.Float(required=True)
    y = fields.Float(required=True)
    width = fields.Float(required=True)
    height = fields.Float(required=True)


class QuizOptionForm(BothForm):
    """An option; of an order none is right, they are written in it."""

    right = flag()
    region = fields.Nested(QuizRegionForm)


class StatuteForm(Form):
    """Where it is written, and when that was looked up."""

    name = fields.Nested(BothForm, required=True)
    article = text(longest=rules.LONGEST_ARTICLE, allow_none=True)
    quote = text(longest=rules.LONGEST_QUOTE, allow_none=True)
    version = day(allow_none=True)
    as_of = day(required=True)

    @post_load
    def as_written(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Days are kept as they are written in a bank."""
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in data.items()}


class QuestionForm(Form):
    """A question as it is written; see the format of the bank."""

    topic = choice(rules.TOPICS, required=True)
    kind = choice(rules.KINDS, required=True)
    difficulty = whole(least=rules.EASIEST, most=rules.HARDEST, load_default=1)
    stem = fields.Nested(BothForm, required=True)
    options = listing(fields.Nested(QuizOptionForm), longest=rules.MOST_OPTIONS)
    answer = flag()
    picture_id = text(longest=43, allow_none=True)
    explanation = fields.Nested(BothForm, required=True)
    at_home = fields.Nested(BothForm, allow_none=True)
    source = fields.Nested(StatuteForm, required=True)


class NewQuestionForm(QuestionForm):
    """A question for a place: the first one that one writes for, if it is not named."""

    place_code = pattern(r"\A[0-9]{6,15}\Z")


class VersionMoveForm(Form):
    """Which version, and where to."""

    version_id = identifier(required=True)
    to = choice(rules.STATES, required=True)
    note = text(longest=500, allow_none=True)


class QuestionListForm(PageForm):
    """Which versions to list; `flagged`: those that the answers say something bad about."""

    state = choice(rules.STATES)
    topic = choice(rules.TOPICS)
    flagged = query_flag()


class BothView(View):
    """A text in Chinese, and in English if there is one."""

    zh = fields.String(required=True)
    en = fields.String()


class WrittenOptionView(BothView):
    """An option with its key."""

    right = fields.Boolean()
    region = fields.Nested(QuizRegionView)


class WrittenStatuteView(View):
    """Where it is written."""

    name = fields.Nested(BothView, required=True)
    article = fields.String(required=True, allow_none=True)
    quote = fields.String(required=True, allow_none=True)
    version = fields.Date(required=True, allow_none=True)
    as_of = fields.Date(required=True)


class ChosenOptionView(View):
    """How many chose an option, as a share; `by_best`: of the best quarter, `by_worst`."""

    number = fields.Integer(required=True)
    right = fields.Boolean(required=True)
    share = fields.Float(required=True)
    by_best = fields.Float(required=True)
    by_worst = fields.Float(required=True)


class QuestionFiguresView(View):
    """What the answers say; see the page on quizzes."""

    answers = fields.Integer(required=True)
    facility = fields.Float(required=True)
    discrimination = fields.Float(required=True, allow_none=True)
    options = fields.List(fields.Nested(ChosenOptionView), required=True)
    flags = fields.List(fields.String(), required=True)


class VersionLineView(View):
    """One line of a version's history."""

    at = fields.DateTime(required=True)
    move = fields.String(required=True)
    actor = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


class PictureView(View):
    """Links of a picture, good for a day."""

    url = fields.String(required=True)
    thumbnail_url = fields.String(required=True)


class VersionView(View):
    """A version with its key, its history, and the moves open to the caller."""

    id = fields.Integer(required=True)
    number = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(rules.STATES))
    author = fields.String(required=True, allow_none=True)
    created_at = fields.DateTime(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(rules.KINDS))
    topic = fields.String(required=True, validate=validate.OneOf(rules.TOPICS))
    difficulty = fields.Integer(required=True)
    stem = fields.Nested(BothView, required=True)
    options = fields.List(fields.Nested(WrittenOptionView), required=True)
    answer = fields.Boolean(required=True, allow_none=True)
    explanation = fields.Nested(BothView, required=True)
    at_home = fields.Nested(BothView, required=True, allow_none=True)
    source = fields.Nested(WrittenStatuteView, required=True)
    media = fields.Nested(PictureView, required=True, allow_none=True)
    figures = fields.Nested(QuestionFiguresView, required=True, allow_none=True)
    history = fields.List(fields.Nested(VersionLineView), required=True)
    moves = fields.List(fields.Nested(MoveView), required=True)


class QuestionView(View):
    """A question with all its versions, newest first; asked within `place_code`."""

    id = fields.Integer(required=True)
    key = fields.String(required=True)
    place_code = fields.String(required=True)
    versions = fields.List(fields.Nested(VersionView), required=True)


class QuestionItemView(View):
    """A version in a list; `id` is the question's."""

    id = fields.Integer(required=True)
    version_id = fields.Integer(required=True)
    number = fields.Integer(required=True)
    key = fields.String(required=True)
    place_code = fields.String(required=True)
    state = fields.String(required=True)
    kind = fields.String(required=True)
    topic = fields.String(required=True)
    stem = fields.String(required=True)
    author = fields.String(required=True, allow_none=True)
    created_at = fields.DateTime(required=True)
    answers = fields.Integer(required=True)
    flags = fields.List(fields.String(), required=True)


class QuestionPage(PageView):
    """Versions, newest first."""

    items = fields.List(fields.Nested(QuestionItemView), required=True)
