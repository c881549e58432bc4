"""The inbox, messages to phones, and announcements."""

from typing import Any

from marshmallow import INCLUDE

from app.core.access import Permission, current_actor, requires
from app.core.http import Blueprint, limited
from app.core.idempotency import idempotent
from app.core.pages import PageForm
from app.notices import announcements, quotas, service
from app.notices.schemas import (
    AnnouncementForm,
    AnnouncementPage,
    AnnouncementView,
    NoticeListForm,
    NoticePage,
    NoticeView,
    PreferencesForm,
    PreferencesView,
    ReadAllForm,
    SubscriptionsForm,
    TemplateList,
    UnreadView,
)

blueprint = Blueprint("notices", __name__, description="Inbox, messages and announcements")
BLUEPRINTS = (blueprint,)


@blueprint.get("/notices")
@requires(Permission.OWN_NOTICES)
@blueprint.arguments(NoticeListForm, location="query")
@blueprint.response(200, NoticePage)
def list_notices(form: dict[str, Any]) -> Any:
    """List the caller's inbox, newest first."""
    return service.list_notices(current_actor(), **form)


@blueprint.post("/notices/<id:notice_id>/read")
@requires(Permission.OWN_NOTICES)
@blueprint.response(200, NoticeView)
def mark_read(notice_id: int) -> Any:
    """Mark a notice as read."""
    return service.mark_read(current_actor(), notice_id)


@blueprint.post("/notices/read-all")
@requires(Permission.OWN_NOTICES)
@blueprint.arguments(ReadAllForm, required=False)
@blueprint.response(200, UnreadView)
def mark_all_read(form: dict[str, Any] | None) -> Any:
    """Mark all notices as read, or all about one thing."""
    return service.mark_all_read(current_actor(), **(form or {}))


@blueprint.put("/subscriptions")
@requires(Permission.OWN_NOTICES)
@limited("120 per minute")
@blueprint.arguments(SubscriptionsForm, unknown=INCLUDE)
@blueprint.response(200, TemplateList)
@idempotent
def answer_subscriptions(form: dict[str, Any]) -> Any:
    """Say what was answered to WeChat's dialogue; each `accept` allows one message more."""
    return quotas.answer(current_actor(), form)


@blueprint.get("/me/preferences")
@requires(Permission.OWN_NOTICES)
@blueprint.response(200, PreferencesView)
def show_preferences() -> Any:
    """Show which messages may come, and how many."""
    return quotas.show_preferences(current_actor())


@blueprint.patch("/me/preferences")
@requires(Permission.OWN_NOTICES)
@blueprint.arguments(PreferencesForm)
@blueprint.response(200, PreferencesView)
def change_preferences(form: dict[str, Any]) -> Any:
    """Switch kinds of messages on or off; the inbox has them all the same."""
    return quotas.change_preferences(current_actor(), **form)


@blueprint.post("/announcements")
@requires(Permission.ANNOUNCE)
@limited("30 per minute")
@blueprint.arguments(AnnouncementForm)
@blueprint.response(201, AnnouncementView)
@blueprint.refuses(404)
@idempotent
def announce(form: dict[str, Any]) -> Any:
    """Tell everybody who lives in a place."""
    return announcements.announce(current_actor(), **form)


@blueprint.get("/announcements")
@requires(Permission.OWN_NOTICES)
@blueprint.arguments(PageForm, location="query")
@blueprint.response(200, AnnouncementPage)
def list_announcements(form: dict[str, Any]) -> Any:
    """List what was announced in the caller's places, newest first."""
    return announcements.list_announcements(current_actor(), **form)


@blueprint.get("/announcements/<id:announcement_id>")
@requires(Permission.OWN_NOTICES)
@blueprint.response(200, AnnouncementView)
def show_announcement(announcement_id: int) -> Any:
    """Show an announcement."""
    return announcements.find_announcement(current_actor(), announcement_id)
