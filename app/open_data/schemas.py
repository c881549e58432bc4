"""What comes in and what goes out."""

from marshmallow import fields

from app.core.forms import Form, View, pattern


class OpenDataForm(Form):
    """Which quarter, the newest if none; only rows of a place and within it."""

    quarter = pattern(r"\A[0-9]{4}-Q[1-4]\Z")
    place = pattern(r"\A[0-9]{6,12}\Z")


class OpenColumnView(View):
    """A column of the data dictionary."""

    name = fields.String(required=True)
    type = fields.String(required=True)
    meaning = fields.String(required=True)


class OpenDatasetView(View):
    """A table that is given out; nothing in it is about fewer than `least_people`."""

    name = fields.String(required=True)
    title = fields.String(required=True)
    description = fields.String(required=True)
    licence = fields.String(required=True)
    least_people = fields.Integer(required=True)
    columns = fields.List(fields.Nested(OpenColumnView), required=True)
    quarters = fields.List(fields.String(), required=True)


class OpenCatalogueView(View):
    """All tables that are given out."""

    datasets = fields.List(fields.Nested(OpenDatasetView), required=True)
