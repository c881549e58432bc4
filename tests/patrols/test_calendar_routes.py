"""A calendar's address over HTTP."""

import icalendar
import pytest

from app.patrols import seats
from tests.house.test_query_counts import counted
from tests.patrols.conftest import DAY


@pytest.fixture
def address(clients, people, volunteer, now):
    """Return the path of the resident's calendar."""
    volunteer(people["resident"])
    made = clients["resident"].post("/me/calendar")
    assert made.status_code == 200
    return made.json["url"][made.json["url"].index("/api/") :]


def test_a_calendar_is_made_shown_and_revoked(clients, client, address):
    shown = clients["resident"].get("/me/calendar").json
    assert shown["url"] is None
    assert shown["since"] == "2026-11-21T02:00:00Z"
    assert client.get(address).status_code == 200
    assert clients["resident"].delete("/me/calendar").status_code == 204
    assert clients["resident"].get("/me/calendar").json == {"url": None, "since": None}
    gone = client.get(address)
    assert (gone.status_code, gone.mimetype) == (404, "application/problem+json")


def test_it_needs_no_token_and_takes_no_other(client, address):
    assert client.get(address).status_code == 200
    assert client.get(address.replace(".ics", "x.ics")).status_code == 404
    assert client.get("/calendar/x.ics").status_code == 404
    assert client.get("/me/calendar").status_code == 401
    assert client.post("/me/calendar").status_code == 401
    assert client.delete("/me/calendar").status_code == 401


def test_a_phone_that_has_it_gets_nothing_new(client, address, people, plan):
    first = client.get(address)
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, max-age=300"
    assert first.headers.getlist("Referrer-Policy") == ["no-referrer"]
    tag = first.headers["ETag"]
    same = client._send("GET", address, headers={"If-None-Match": tag})
    assert (same.status_code, same.data) == (304, b"")
    seats.sign_up(people["resident"], plan())
    other = client._send("GET", address, headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert other.headers["ETag"] != tag
    assert len(icalendar.Calendar.from_ical(other.data).walk("VEVENT")) == 1


def test_it_costs_the_same_with_many_shifts(client, address, people, plan):
    seats.sign_up(people["resident"], plan())
    with counted() as few:
        client.get(address)
    for days in range(3, 20):
        seats.sign_up(people["resident"], plan(starts_in=days * DAY))
    with counted() as many:
        client.get(address)
    assert len(few) == len(many) <= 2


def test_guessing_is_slowed_down(app):
    """The suite switches limits off, so that this one looks at the mark."""
    assert app.view_functions["calendar.read_calendar"].limited == "60 per minute"
    assert app.view_functions["calendar.make_calendar"].limited == "30 per minute"
