"""The audit at a desk."""

import pytest

from app.console.audit import acts
from app.core.access import SIGNED_IN
from app.core.texts import LANGUAGES
from tests.factories.people import COMMUNITY

pytestmark = pytest.mark.either_database
AUDIT = f"/console/{COMMUNITY}/audit"
READING = {"GET", "HEAD", "OPTIONS"}
SAYS_ITSELF = {"console_people.grant", "console_people.revoke", "console_people.decide_home"}
"""Their services write the entry, at the API as at the desk."""


def announce(client, title="停水"):
    body = {"place_code": COMMUNITY, "title": title, "body": "明早八点"}
    assert client.post("/announcements", body).status_code == 201


def test_the_deed_of_a_colleague_is_told_in_words(sit, clients, people):
    announce(clients["committee"])
    page = sit("street").get(AUDIT).text
    assert "发布通知" in page
    assert people["committee"].name in page


def test_it_can_be_searched_and_nothing_found_is_said(sit, clients, people):
    announce(clients["committee"])
    desk = sit("committee")
    who = people["committee"].resident_id
    assert "<tbody>" in desk.get(AUDIT, act="notices.announce", who=who, first="2020-01-01").text
    assert "<tbody>" in desk.get(AUDIT, act="", first="", last="").text
    assert "没有这样的记录" in desk.get(AUDIT, act="hours.correct").text
    assert "没有这样的记录" in desk.get(AUDIT, last="2020-01-01").text
    assert desk.get(AUDIT, act="nonsense").status_code == 422
    assert desk.get(AUDIT, first="yesterday").status_code == 422


def test_it_goes_on_where_it_ended(sit, clients):
    for number in range(3):
        announce(clients["committee"], f"通知{number}")
    desk = sit("committee")
    page = desk.get(AUDIT, limit=2).text
    # The button stands in a body of its own, which the next rows replace.
    assert '<tbody><tr class="more">' in page
    assert 'hx-target="closest tbody" hx-swap="outerHTML"' in page
    cursor = page.partition("cursor=")[2].partition("&")[0].partition('"')[0]
    part = desk.get(AUDIT, part=True, limit=2, cursor=cursor).text
    assert part.count("<tr>") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_deed_that_is_written_down_has_words(app, language):
    written = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.methods - READING
        and (access := app.view_functions[rule.endpoint].access) != "public"
        and (access not in SIGNED_IN or rule.rule.startswith("/console"))
    }
    assert written - SAYS_ITSELF - acts(language).keys() == set()
