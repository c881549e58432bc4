"""Photos in, photos out."""

from typing import Any

from flask import Response

from app.core.access import Permission, current_actor, public, requires
from app.core.http import Blueprint, limited
from app.photos import service
from app.photos.schemas import LinkForm, PhotoForm, PhotoView

blueprint = Blueprint("photos", __name__, url_prefix="/photos", description="Photos")
BLUEPRINTS = (blueprint,)
A_DAY = 86400


@blueprint.post("")
@requires(Permission.OWN_PHOTO_ADD)
@limited("120 per minute")
@blueprint.arguments(PhotoForm, location="files")
@blueprint.response(201, PhotoView)
def add_photo(form: dict[str, Any]) -> Any:
    """Take a photo in; nothing of it but its pixels is kept."""
    return service.add_photo(current_actor(), form["file"].stream)


@blueprint.get("/<photo_id>/<variant>")
@public
@blueprint.arguments(LinkForm, location="query")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="image/jpeg")
def show_photo(form: dict[str, Any], photo_id: str, variant: str) -> Response:
    """Show a photo by its signed link."""
    response = Response(service.open_link(photo_id, variant, **form), mimetype="image/jpeg")
    response.cache_control.private = True
    response.cache_control.max_age = A_DAY
    response.cache_control.immutable = True
    return response
