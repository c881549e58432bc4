"""Deny by default: a route that does not say who may call it does not get in."""

import pytest

from app.core.access import Permission

PUBLIC = {
    "residents.show_config": "a client asks before anybody signs in",
    "residents.sign_in": "this is the way in",
    "residents.refresh": "the refresh token is the proof",
    "photos.show_photo": "the signature in the link is the proof; an <image> sends no header",
    "calendar.read_calendar": "the long address is the proof; a calendar sends no header",
    "leaving.fetch_copy": "the signature in the link is the proof; a download sends no header",
    "certificates.verify_certificate": "anybody verifies a certificate, and learns nothing more",
    "certificates.show_paper": "the signature in the link is the proof; a download sends no header",
    "campaign_certificates.verify_pass_certificate": "anybody verifies, and learns nothing more",
    "campaign_certificates.show_pass_paper": "the signature in the link is the proof",
    "papers.print_paper": "the signature in the link is the proof; a download sends no header",
    "papers.print_key": "the signature in the link is the proof, of the key alone",
    "console_entrance.enter": "this is the way in",
    "console_entrance.wait": "the cookie of the waiting browser is the proof",
    "console_entrance.leave": "whoever holds the cookie may throw it away",
    "console_entrance.look": "how pages look is the browser's own affair",
    "console_entrance.miss": "says that there is no such page",
    "web.healthz": "whoever runs it asks whether the process lives",
    "web.readyz": "and whether it can work",
    "web.show_metrics": "a token of its own is the proof; only a demo does without",
    "pushes.echo": "the signature is the proof; WeChat has no token of ours",
    "pushes.take": "the signature is the proof; WeChat has no token of ours",
    "web.docs": "the API's description is no secret",
    "web.docs_start": "part of that page",
    "web.openapi": "the API's description is no secret",
    "web.not_built": "says that the H5 build is missing",
    "open_data.list_open_data": "what is given out is for everybody",
    "open_data.read_open_csv": "what is given out is for everybody",
    "open_data.read_open_geojson": "what is given out is for everybody",
}


@pytest.fixture
def views(app_on_database):
    rules = app_on_database.url_map.iter_rules()
    return {rule.endpoint: app_on_database.view_functions[rule.endpoint] for rule in rules}


def test_every_route_says_who_may_call_it(views):
    silent = [name for name, view in views.items() if not hasattr(view, "access")]
    assert silent == []


def test_access_is_a_permission_or_public(views):
    odd = {n for n, v in views.items() if v.access != "public" and v.access not in Permission}
    assert odd == set()


def test_what_is_public_is_public_for_a_reason(views):
    assert {name for name, view in views.items() if view.access == "public"} == set(PUBLIC)


def test_every_permission_guards_something_or_someone(views):
    """A permission nobody asks for would look like a protection and be none."""
    from app.core import access  # noqa: PLC0415

    granted = access.SIGNED_IN | frozenset().union(*access.BY_ROLE.values())
    assert granted == set(Permission)
    guarding = {view.access for view in views.values()} - {"public"}
    assert set(Permission) - guarding == set()
