"""Question files in and out."""

from typing import Any

from flask import Response
from webargs.flaskparser import FlaskParser

from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, Parser, limited
from app.core.pages import PageForm
from app.quizzes import imports
from app.quizzes.import_schemas import (
    ExportForm,
    ImportFileForm,
    ImportForm,
    ImportPage,
    ImportView,
)


class FileAndFieldsParser(Parser):
    """Reads a file beside fields; each has a form of its own."""

    def load_files(self, req: Any, schema: Any) -> Any:
        """Leave the fields to the other form."""
        return FlaskParser.load_files(self, req, schema)


class FileBlueprint(Blueprint):
    """Routes that take a file and fields in one body."""

    ARGUMENTS_PARSER = FileAndFieldsParser()


blueprint = FileBlueprint("question files", __name__, description="Question files in and out")


@blueprint.post("/question-imports")
@requires(Permission.QUIZ_AUTHOR)
@limited("20 per minute")
@blueprint.arguments(ImportFileForm, location="files")
@blueprint.arguments(ImportForm, location="form", content_type="multipart/form-data")
@blueprint.response(200, ImportView)
@blueprint.refuses(413)
def import_questions(files: dict[str, Any], form: dict[str, Any]) -> Any:
    """Take the questions of a file in as drafts, once, and report by line what was refused."""
    file = files["file"]
    name, file_format = file.filename or "", form.pop("format")
    return imports.take_in(
        current_actor(), file.stream, file_format=file_format, file_name=name, **form
    )


@blueprint.get("/question-imports")
@requires(Permission.QUIZ_AUTHOR)
@blueprint.arguments(PageForm, location="query")
@blueprint.response(200, ImportPage)
def list_imports(form: dict[str, Any]) -> Any:
    """List imports, newest first, also those that are under way."""
    return imports.list_imports(current_actor(), **form)


@blueprint.get("/question-imports/<id:import_id>")
@requires(Permission.QUIZ_AUTHOR)
@blueprint.response(200, ImportView)
def show_import(import_id: int) -> Any:
    """Show how far an import is, and its report."""
    return imports.show_import(current_actor(), import_id)


@blueprint.get("/question-exports")
@requires(Permission.QUIZ_AUTHOR)
@limited("20 per minute")
@blueprint.arguments(ExportForm, location="query")
@blueprint.response(200, {"type": "string"}, content_type="text/plain")
def export_questions(form: dict[str, Any]) -> Response:
    """Give out the published questions of one's own places as a file."""
    words = imports.give_out(current_actor(), file_format=form.pop("format"), **form)
    response = Response(words, mimetype="text/plain")
    response.headers["Content-Disposition"] = "attachment; filename=questions.txt"
    return response
