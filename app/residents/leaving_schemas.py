"""What comes in and what goes out about going, and about a copy of one's data."""

from marshmallow import fields, validate

from app.core.forms import Form, View, flag, text, whole
from app.residents import rules


class LeavingForm(Form):
    """That one means it: asked a second time."""

    confirmed = flag(required=True, validate=validate.Equal(True))  # noqa: FBT003 nothing else


class LeavingView(View):
    """When one asked for one's account to be deleted, and when it will be."""

    asked_at = fields.AwareDateTime(required=True)
    erase_at = fields.AwareDateTime(required=True)


class CopyView(View):
    """The newest copy that one asked for; the link is relative to the server, good for an hour."""

    state = fields.String(required=True, validate=validate.OneOf(rules.COPY_STATES))
    asked_at = fields.AwareDateTime(required=True, allow_none=True)
    made_at = fields.AwareDateTime(required=True, allow_none=True)
    expires_at = fields.AwareDateTime(required=True, allow_none=True)
    size = fields.Integer(required=True, allow_none=True, metadata={"description": "bytes"})
    url = fields.String(required=True, allow_none=True)


class CopyLinkForm(Form):
    """What a signed link carries."""

    expires = whole(least=0, most=2**53, strict=False, required=True)
    signature = text(longest=64, required=True)
