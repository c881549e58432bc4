"""What comes in and what goes out."""

from flask_smorest.fields import Upload
from marshmallow import fields

from app.core.forms import CODES, Form, View, text, whole


class PhotoForm(Form):
    """One file of at most 10 MiB: JPEG, PNG, WebP or HEIC."""

    file = Upload(required=True, error_messages=CODES)


class LinkForm(Form):
    """What a signed link carries."""

    expires = whole(least=0, most=2**53, strict=False, required=True)
    signature = text(longest=64, required=True)


class PhotoView(View):
    """A photo; sizes in pixels, links relative to the server and good for a day."""

    id = fields.String(required=True)
    url = fields.String(required=True)
    thumbnail_url = fields.String(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
