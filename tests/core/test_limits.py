"""Who asks too often is told so; whose counts are lost is not."""

import pytest
from flask import Flask, g

from app.core import errors, limits
from app.core.access import Actor

NOBODY_LISTENS = "redis://127.0.0.1:1/0?socket_connect_timeout=1"


def asking(storage):
    """Return what asks a route of three a minute, as an address or as a person."""
    app = Flask("limits")
    limits.install(app, storage)

    @limits.limited("3 per minute")
    def first():
        return "first"

    @limits.limited("3 per minute")
    def second():
        return "second"

    def ask(view, address="198.51.100.7", resident_id=None):
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
            if resident_id:
                g.actor = Actor(resident_id, "somebody")
            return {"first": first, "second": second}[view]()

    return ask


def test_the_fourth_in_a_minute_is_one_too_many():
    ask = asking("memory://")
    for _ in range(3):
        assert ask("first") == "first"
    with pytest.raises(errors.TooManyRequests):
        ask("first")


def test_each_route_each_address_and_each_person_is_counted_alone():
    ask = asking("memory://")
    for _ in range(3):
        ask("first")
        ask("first", resident_id=1)
    assert ask("second") == "second"
    assert ask("first", "198.51.100.8") == "first"
    assert ask("first", resident_id=2) == "first"
    with pytest.raises(errors.TooManyRequests):
        ask("first", "198.51.100.8", resident_id=1)


def test_nothing_is_limited_where_nothing_is_counted():
    ask = asking(None)
    assert [ask("first") for _ in range(5)] == ["first"] * 5


def test_without_its_store_a_limit_turns_nobody_away(caplog):
    ask = asking(NOBODY_LISTENS)
    assert [ask("first") for _ in range(4)] == ["first"] * 4
    assert "limits are not counted" in caplog.text
