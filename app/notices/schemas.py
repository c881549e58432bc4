"""What comes in and what goes out."""

from collections.abc import Mapping
from typing import Any

from marshmallow import INCLUDE, ValidationError, fields, validates_schema

from app.core.forms import Form, View, choice, flag, identifier, pattern, query_flag, text
from app.core.pages import PageForm, PageView
from app.notices import rules


class NoticeListForm(PageForm):
    """Which notices to list."""

    unread = query_flag(load_default=False)


class AboutForm(Form):
    """What notices are about."""

    kind = choice(rules.PAGES, required=True)
    id = identifier(required=True)


class ReadAllForm(Form):
    """All of them, or all about one thing."""

    about = fields.Nested(AboutForm)


class SubscriptionsForm(Form):
    """What was answered to WeChat's dialogue, by template id."""

    class Meta:
        """The names are WeChat's template ids."""

        unknown = INCLUDE

    @validates_schema
    def check_answers(self, data: Mapping[str, Any], **_: Any) -> None:
        """Refuse what the dialogue never answers."""
        strange = [name for name, said in data.items() if said not in rules.ANSWERS]
        if strange:
            raise ValidationError({name: ["not_an_option"] for name in strange})


class PreferencesForm(Form):
    """Which kinds of messages to switch on or off."""

    kinds = fields.Dict(keys=fields.String(), values=flag(), required=True)


class AnnouncementForm(Form):
    """What to tell everybody who lives in a place."""

    place_code = pattern(r"\A[0-9]{6,15}\Z", required=True)
    title = text(longest=rules.LONGEST_TITLE, required=True)
    body = text(longest=rules.LONGEST_BODY, required=True)
    emergency = flag(load_default=False)


class AboutView(View):
    """What a notice is about."""

    kind = fields.String(required=True)
    id = fields.Integer(required=True)


class NoticeView(View):
    """A notice in words."""

    id = fields.Integer(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    body = fields.String(required=True)
    about = fields.Nested(AboutView, required=True, allow_none=True)
    emergency = fields.Boolean(required=True)
    at = fields.DateTime(required=True)
    read_at = fields.DateTime(required=True, allow_none=True)


class NoticePage(PageView):
    """A page of notices; `unread` is at most 100."""

    items = fields.List(fields.Nested(NoticeView), required=True)
    unread = fields.Integer(required=True)


class UnreadView(View):
    """How many are unread, at most 100."""

    unread = fields.Integer(required=True)


class TemplateView(View):
    """A subscribe message, and how many of it may still come."""

    name = fields.String(required=True)
    template_id = fields.String(required=True)
    title = fields.String(required=True)
    left = fields.Integer(required=True)
    for_staff = fields.Boolean(required=True)


class TemplateList(View):
    """The messages that somebody can receive."""

    templates = fields.List(fields.Nested(TemplateView), required=True)


class KindView(View):
    """A kind of notice, and whether its messages are on."""

    kind = fields.String(required=True)
    title = fields.String(required=True)
    template = fields.String(required=True, allow_none=True)
    on = fields.Boolean(required=True)


class QuietHoursView(View):
    """Between which wall times (Shanghai) no phone rings."""

    from_ = fields.String(required=True, data_key="from")
    to = fields.String(required=True)


class PreferencesView(View):
    """What may ring, when, and how often still."""

    quiet_hours = fields.Nested(QuietHoursView, required=True)
    templates = fields.List(fields.Nested(TemplateView), required=True)
    kinds = fields.List(fields.Nested(KindView), required=True)


class AnnouncementView(View):
    """An announcement; `told` grows until `finished_at`."""

    id = fields.Integer(required=True)
    place_code = fields.String(required=True)
    place_name = fields.String(required=True)
    title = fields.String(required=True)
    body = fields.String(required=True)
    emergency = fields.Boolean(required=True)
    created_at = fields.DateTime(required=True)
    told = fields.Integer(required=True)
    finished_at = fields.DateTime(required=True, allow_none=True)
    author = fields.String(required=True)


class AnnouncementPage(PageView):
    """A page of announcements."""

    items = fields.List(fields.Nested(AnnouncementView), required=True)
