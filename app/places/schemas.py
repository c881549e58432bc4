"""What comes in and what goes out."""

from typing import Any

from marshmallow import fields

from app.core.forms import Form, View, choice, degrees, pattern, query_flag, text
from app.core.pages import PageForm, PageView
from app.places.coordinates import CoordinateSystem
from app.places.outlines import POLYGONS
from app.places.rules import PlaceKind


def place_code(**kwargs: Any) -> fields.String:
    """A place's code, from a district down; whether there is one is the service's question."""
    return pattern(r"\A[0-9]{6,18}\Z", **kwargs)


def coord_sys() -> fields.String:
    """The system of the coordinates beside it, WGS-84 if it is not said."""
    return choice(CoordinateSystem, load_default=str(CoordinateSystem.WGS84))


class PlaceListForm(PageForm):
    """Which places to list."""

    kind = choice(PlaceKind)
    q = text(longest=40)
    within = pattern(r"\A[0-9]{2,18}\Z", metadata={"description": "code of the place around"})
    outline = query_flag(load_default=False)


class LocateForm(Form):
    """A point and the system that it is given in."""

    lat = degrees(90, required=True)
    lon = degrees(180, required=True)
    coord_sys = choice(CoordinateSystem, required=True)


class OutlineView(View):
    """A GeoJSON geometry, WGS-84, longitude first."""

    type = choice(POLYGONS, required=True)
    coordinates = fields.List(fields.Raw(), required=True)


class PlaceView(View):
    """A place; `lat`, `lon` is a point in it, WGS-84."""

    id = fields.Integer(required=True)
    code = fields.String(required=True)
    kind = choice(PlaceKind, required=True)
    name = fields.String(required=True)
    parent_code = fields.String(required=True, allow_none=True)
    lat = fields.Float(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
    outline = fields.Nested(OutlineView, required=True, allow_none=True)


class PlacePage(PageView):
    """A page of places."""

    items = fields.List(fields.Nested(PlaceView), required=True)


class PlaceStepView(View):
    """A place on the way from the district."""

    code = fields.String(required=True)
    kind = choice(PlaceKind, required=True)
    name = fields.String(required=True)


class PlaceDetailView(PlaceView):
    """A place and the way to it, from the district to itself."""

    path = fields.List(fields.Nested(PlaceStepView), required=True)


class CommunityView(View):
    """A community, by name."""

    code = fields.String(required=True)
    name = fields.String(required=True)


class LocatedView(View):
    """The grid that a point lies in, and its community."""

    grid = fields.Nested(PlaceView, required=True)
    community = fields.Nested(CommunityView, required=True)
