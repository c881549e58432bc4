"""One access token for all processes: who renews it, who waits, who helps themselves."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from app.config import ROOT
from app.core import clock, wechat_token
from app.core.db import changed_rows, read, writing
from app.core.wechat import AccessToken, WeChat, WeChatUnavailable
from app.core.wechat_token import DatabaseTokenStore, WeChatToken
from tests.core.test_wechat import PATIENT
from tools.wechat_sandbox import phone_of, running_sandbox

PHONE = "phone:demo:resident"


@pytest.fixture
def own_sandbox():
    with running_sandbox() as running:
        yield running


@pytest.fixture
def line(app, own_sandbox, monkeypatch):
    """Make lines to WeChat, each with a memory of its own, as processes have."""
    # However long the one that renews takes here: nobody else takes it for dead.
    monkeypatch.setattr(wechat_token, "LEASE", timedelta(minutes=10))
    made = []

    def make(**changes):
        store = DatabaseTokenStore(app, own_sandbox.appid)
        found = WeChat(
            own_sandbox.base_url,
            own_sandbox.appid,
            own_sandbox.secret,
            token_store=store,
            first_wait_s=0.001,
            **(PATIENT | changes),
        )
        made.append(found)
        return found

    yield make
    for found in made:
        found.close()


def lease(until):
    with writing():
        row = {"appid": "wxdemo", "version": 0, "lease": "somebody", "leased_until": until}
        changed_rows(wechat_token.insert_ignore(WeChatToken).values(**row))


def test_many_processes_with_many_threads_ask_once(own_sandbox, line):
    own_sandbox.will_answer(stable_token=[{"delay_s": 0.2}])
    lines = [line() for _ in range(6)]
    with ThreadPoolExecutor(24) as pool:
        numbers = pool.map(lambda n: lines[n % 6].phone_number(PHONE), range(48))
        assert set(numbers) == {phone_of(PHONE)}
    assert len(own_sandbox.calls("stable_token")) == 1


def test_a_token_that_went_stale_is_renewed_once_by_all(own_sandbox, line):
    lines = [line() for _ in range(6)]
    for one in lines:
        one.phone_number(PHONE)
    own_sandbox.sandbox.account.tokens.expire()
    own_sandbox.will_answer(stable_token=[{"delay_s": 0.2}])
    with ThreadPoolExecutor(24) as pool:
        list(pool.map(lambda n: lines[n % 6].phone_number(PHONE), range(48)))
    assert len(own_sandbox.calls("stable_token")) == 2


def test_another_process_finds_it(own_sandbox, line, app):
    line().phone_number(PHONE)
    script = (
        "from app.config import Settings\n"
        "from app.core.wechat import WeChat\n"
        "from app.factory import create_app\n"
        "app = create_app(Settings.from_environment())\n"
        f"print(app.extensions['linli_wechat'].phone_number({PHONE!r}))\n"
    )
    env = {
        "LINLI_ENV": "test",
        "WECHAT_BASE_URL": own_sandbox.base_url,
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
    }
    ran = [
        subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=env, stdout=subprocess.PIPE)  # noqa: S603
        for _ in range(2)
    ]
    told = [process.communicate(timeout=600)[0].decode().strip() for process in ran]
    assert told == [phone_of(PHONE)] * 2
    assert len(own_sandbox.calls("stable_token")) == 1


def test_it_is_kept_sealed(own_sandbox, line):
    line().phone_number(PHONE)
    row = read(select(WeChatToken.sealed, WeChatToken.lease, WeChatToken.version)).one()
    token = own_sandbox.sandbox.account.tokens.deal()[0]
    assert token not in row.sealed
    assert wechat_token.decrypt(row.sealed) == token
    assert (row.lease, row.version) == (None, 1)


def test_a_token_that_another_key_sealed_is_none(own_sandbox, line):
    line().phone_number(PHONE)
    with writing():
        changed_rows(update(WeChatToken).values(sealed="gibberish"))
    assert line().phone_number(PHONE) == phone_of(PHONE)
    assert len(own_sandbox.calls("stable_token")) == 2


def test_who_died_renewing_is_waited_for_until_the_lease_ends(own_sandbox, line):
    lease(clock.now() + timedelta(seconds=0.4))
    assert line().phone_number(PHONE) == phone_of(PHONE)
    assert len(own_sandbox.calls("stable_token")) == 1


def test_who_has_no_patience_left_goes_away_with_nothing(own_sandbox, line):
    lease(clock.now() + timedelta(hours=1))
    with pytest.raises(WeChatUnavailable):
        line(budget_s=0.2).phone_number(PHONE)
    assert own_sandbox.calls() == []


def test_a_renewal_that_failed_gives_the_right_back(own_sandbox, line):
    own_sandbox.will_answer(stable_token=[40164])
    with pytest.raises(WeChatUnavailable):
        line().phone_number(PHONE)
    assert line().phone_number(PHONE) == phone_of(PHONE)


def test_without_the_database_a_process_helps_itself(own_sandbox, line, monkeypatch):
    def away(_statement):
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr(wechat_token, "read", away)
    one = line()
    assert one.phone_number(PHONE) == one.phone_number(PHONE) == phone_of(PHONE)
    assert len(own_sandbox.calls("stable_token")) == 1


def test_a_token_is_kept_even_if_it_cannot_be_shared(app, own_sandbox, monkeypatch):
    store = DatabaseTokenStore(app, own_sandbox.appid)
    token = AccessToken("t", clock.now() + timedelta(hours=2))

    def fetch():
        def away():
            raise OperationalError("UPDATE", {}, Exception("database is locked"))

        monkeypatch.setattr(wechat_token, "writing", away)
        return token

    assert store.renewed(lambda _: True, fetch, 1) is token
    assert store.get() is token


def test_it_takes_no_part_in_the_callers_transaction(app, own_sandbox, line):
    """Nothing is open while WeChat is asked: somebody else can write meanwhile."""
    wrote = threading.Event()
    store = DatabaseTokenStore(app, own_sandbox.appid)

    def fetch():
        def write():
            with app.app_context(), writing():
                changed_rows(update(WeChatToken).values(version=WeChatToken.version))
                wrote.set()

        thread = threading.Thread(target=write)
        thread.start()
        thread.join(60)
        return AccessToken("t", clock.now() + timedelta(hours=2))

    store.renewed(lambda _: True, fetch, 5)
    assert wrote.is_set()
