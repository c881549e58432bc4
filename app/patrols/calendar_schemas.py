"""What a calendar's routes answer."""

from marshmallow import fields

from app.core.forms import View


class CalendarView(View):
    """My calendar: since when there is one; its address only in the answer that made it."""

    url = fields.String(required=True, allow_none=True)
    since = fields.DateTime(required=True, allow_none=True)
