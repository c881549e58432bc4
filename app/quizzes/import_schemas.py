"""Files of questions: what comes in, and the report."""

from flask_smorest.fields import Upload
from marshmallow import fields, validate

from app.core.forms import CODES, Form, View, choice, pattern
from app.core.pages import PageView
from app.quizzes import rules
from app.quizzes.imports import FORMATS, IMPORT_STATES


class ImportFileForm(Form):
    """One file of at most 8 MiB, UTF-8 or GB18030."""

    file = Upload(required=True, error_messages=CODES)


class ImportForm(Form):
    """How it is written; the topic of questions that name none; for which place."""

    format = choice(FORMATS, required=True)
    topic = choice(rules.TOPICS, load_default=rules.TOPICS[0])
    place_code = pattern(r"\A[0-9]{6,15}\Z")


class ExportForm(Form):
    """Which questions, and how to write them."""

    format = choice(FORMATS, required=True)
    topic = choice(rules.TOPICS)


class RefusedLineView(View):
    """Why a question was refused, and the line where it begins."""

    line = fields.Integer(required=True)
    field = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)


class ImportItemView(View):
    """How far an import is: `done` of `total` questions."""

    id = fields.Integer(required=True)
    place_code = fields.String(required=True)
    format = fields.String(required=True)
    file_name = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(IMPORT_STATES))
    total = fields.Integer(required=True)
    done = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    finished_at = fields.DateTime(required=True, allow_none=True)


class ImportView(ImportItemView):
    """An import with its report, the first 500 lines of it."""

    lines = fields.List(fields.Nested(RefusedLineView), required=True)


class ImportPage(PageView):
    """Imports, newest first."""

    items = fields.List(fields.Nested(ImportItemView), required=True)
