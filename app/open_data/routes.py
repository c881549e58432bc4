"""What anybody may have, as files."""

from typing import Any

import orjson
from flask import Response, request

from app.core.access import language, public
from app.core.http import Blueprint, limited
from app.open_data import files, service
from app.open_data.schemas import OpenCatalogueView, OpenDataForm

blueprint = Blueprint(
    "open_data", __name__, url_prefix="/open-data", description="Tables for everybody"
)
BLUEPRINTS = (blueprint,)
FRESH_S = 3600


@blueprint.get("")
@public
@limited("120 per minute")
@blueprint.response(200, OpenCatalogueView)
def list_open_data() -> Any:
    """List the tables, with their data dictionary, licence and quarters."""
    return service.catalogue(language())


@blueprint.get("/<dataset>.csv")
@public
@limited("60 per minute")
@blueprint.arguments(OpenDataForm, location="query")
@blueprint.response(200, {"type": "string"}, content_type="text/csv")
def read_open_csv(form: dict[str, Any], dataset: str) -> Response:
    """Read a released table as CSV."""
    quarter, rows = service.released(dataset, **form)
    return _file(files.as_csv(dataset, rows), "text/csv; charset=utf-8", f"{dataset}-{quarter}.csv")


@blueprint.get("/<dataset>.geojson")
@public
@limited("60 per minute")
@blueprint.arguments(OpenDataForm, location="query")
@blueprint.response(200, {"type": "object"}, content_type="application/geo+json")
def read_open_geojson(form: dict[str, Any], dataset: str) -> Response:
    """Read a released table as GeoJSON."""
    quarter, rows = service.released(dataset, **form)
    content = orjson.dumps(files.as_geojson(dataset, quarter, rows))
    return _file(content, "application/geo+json", f"{dataset}-{quarter}.geojson")


def _file(content: str | bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.cache_control.public = True
    response.cache_control.max_age = FRESH_S
    response.headers["Content-Disposition"] = f'attachment; filename="linli-{name}"'
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]
