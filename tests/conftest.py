"""What every test may ask for: an app on each database, people, signed-in clients."""

import gc
import io
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from app.core import logs
from app.core.access import Actor
from app.core.forms import View
from tests import databases
from tests.clients import Client, signed_in
from tests.factories.people import make_people
from tests.naming import pytest_configure  # noqa: F401 pytest finds it here
from tools.wechat_sandbox.server import running_sandbox

View.checked = True
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# A busy machine is no fault of what is tested, and what one run finds every run finds.
# `LINLI_DICE=thrown` throws dice anew, to look for what the usual examples do not show.
settings.register_profile(
    "patient",
    deadline=None,
    derandomize=os.environ.get("LINLI_DICE") != "thrown",
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("patient")


def pytest_collection_modifyitems(config, items):
    """Leave out on PostgreSQL what is about no database, by its mark or as a file of routes.

    A route is a sentence: what it calls is tested on both.
    """
    left_out = [
        item
        for item in items
        if item.get_closest_marker("postgresql")
        and (item.get_closest_marker("either_database") or "routes" in item.path.stem)
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def pytest_collection_finish():
    """Let the search for garbage pass over all that is loaded by now: it stays."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch):
    connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            pytest.fail(f"a test wants to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def written(monkeypatch) -> Iterator[Callable[[], str]]:
    """Log as in production; return what gives everything that was logged so far."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    handler = logs.install("json", stream)
    yield stream.getvalue
    logging.getLogger().removeHandler(handler)
    for name in logs.OURS:
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.fixture(scope="session")
def sandbox():
    """Serve the stand-in WeChat server for the whole run."""
    with running_sandbox() as running:
        yield running


@pytest.fixture(scope="session", params=databases.ENGINES)
def app_on_database(request, sandbox, tmp_path_factory) -> Iterator[Flask]:
    """Return an app on a migrated database with the demo's places, once a run."""
    with databases.prepared(request.param, sandbox.base_url, tmp_path_factory) as app:
        yield app


@pytest.fixture
def app(app_on_database: Flask) -> Iterator[Flask]:
    """Return an app on a database where nothing has happened yet, in its context."""
    with app_on_database.app_context():
        databases.empty()
        yield app_on_database
        databases.close()


@pytest.fixture
def people(app: Flask) -> dict[str, Actor]:
    """Return the demo's people by name (`resident`, `gridworker`, ...) and a `stranger`."""
    return make_people()


@pytest.fixture
def client(app: Flask) -> Client:
    """Return a client that is not signed in."""
    return Client(app)


@pytest.fixture
def clients(app: Flask, people: dict[str, Actor]) -> dict[str, Client]:
    """Return a signed-in client for each of the people."""
    return signed_in(app, people)
