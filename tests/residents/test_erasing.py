"""Who is erased has left nothing that tells of them, and everything that others count on."""

import io
from datetime import timedelta

import orjson
import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from app.core import clock, crypto, dumps, traces
from app.core.access import Actor
from app.core.audit import AuditEntry
from app.core.db import changed_rows, db, read, writing
from app.core.errors import Unauthenticated
from app.core.idempotency import IdempotencyKey
from app.core.outbox import OutboxEvent
from app.core.traces import Fate
from app.hazards.models import Hazard
from app.notices.models import Notice
from app.residents import leaving, rules, service, session
from app.residents.models import Erasing, Resident, SignIn
from tests.factories import lives
from tests.factories.people import COMMUNITY

OPENID = "oGone_0123456789abcdefghijkl"
TELLING = (lives.NAME, lives.PHONE, OPENID)


def everything():
    """Return every row of every table as it is dumped, in letters as people read them."""
    found = {}
    with dumps.snapshot() as seeing:
        for table in dumps.tables():
            out = io.BytesIO()
            dumps.dump(seeing, table, out)
            found[table.name] = out.getvalue().decode()
    return found


def found_in(tables):
    return {(name, word) for name, rows in tables.items() for word in TELLING if word in rows}


@pytest.fixture
def gone(app, people):
    """Make a life, and what others were told of it; its time has come."""
    person, other = lives.somebody(OPENID), people["neighbour"].resident_id
    lives.live(person, other)
    now = clock.now()
    with writing():
        changed_rows(insert(Notice).values(
            resident_id=other, kind="team_asked", key="team:1", emergency=False, created_at=now,
            params={"team": "夜巡队", "name": lives.NAME}))  # fmt: skip
        changed_rows(insert(IdempotencyKey).values(
            resident_id=other, key="k", fingerprint="f", created_at=now,
            answer=f'{{"name":"{lives.NAME}","kind":"committee"}}'.encode()))  # fmt: skip
        changed_rows(insert(AuditEntry).values(
            at=now, resident_id=other, act="residents.role_granted", place_code=COMMUNITY,
            about=f"{lives.NAME} · committee", at_desk=False))  # fmt: skip
        changed_rows(insert(OutboxEvent).values(
            kind="pushes.subscriptions_changed", payload={"openid": OPENID}, occurred_at=now,
            try_at=now, attempts=0))  # fmt: skip
        changed_rows(
            update(Resident)
            .where(Resident.id == person)
            .values(leaving_at=now - rules.LEAVING_FOR, erase_at=now)
        )
    return person


def test_nothing_tells_of_who_was_erased(gone):
    before = found_in(everything())
    assert {("residents", lives.NAME), ("notices", lives.NAME), ("audit_entries", lives.NAME),
            ("idempotency_keys", lives.NAME), ("outbox_events", OPENID),
            ("hazards", lives.PHONE), ("hazard_moves", lives.PHONE)} <= before  # fmt: skip
    assert leaving.erase_due() == 1
    assert found_in(everything()) == set()
    for trace in traces.declared().values():
        if trace.fate is Fate.GOES:
            left = select(func.count()).select_from(trace.table).where(trace.of(gone))
            assert read(left).scalar_one() == 0, trace.table.name


def test_others_still_read_what_happened(gone, people):
    leaving.erase_due()
    other = people["neighbour"].resident_id
    told = read(select(Notice.params).where(Notice.resident_id == other, Notice.key == "team:1"))
    assert told.scalar_one() == {"team": "夜巡队", "name": rules.NAMELESS}
    answer = read(select(IdempotencyKey.answer).where(IdempotencyKey.key == "k")).scalar_one()
    assert answer == f'{{"name":"{rules.NAMELESS}","kind":"committee"}}'.encode()
    abouts = read(select(AuditEntry.about).where(AuditEntry.act == "residents.role_granted"))
    assert abouts.scalar_one() == f"{rules.NAMELESS} · committee"


@pytest.fixture
def leaver(gone):
    """Let somebody of another name be erased, whatever that name is."""

    def erased(name, **row):
        with writing():
            changed_rows(update(Resident).where(Resident.id == gone).values(name=name, **row))
        assert leaving.erase_due() == 1

    return erased


def wrote(table, **row):
    with writing():
        changed_rows(update(table).values(row))


def told(people, key, **said):
    with writing():
        changed_rows(insert(Notice).values(
            resident_id=people["neighbour"].resident_id, kind="sos", key=key, emergency=False,
            created_at=clock.now(), params=said, about_kind="shift", about_id=1))  # fmt: skip


def params(key):
    return read(select(Notice.params).where(Notice.key == key)).scalar_one()


def test_words_that_fill_their_column_still_fit(leaver):
    wrote(Hazard, description="曹留" * 1000, address="曹留" * 100)
    leaver("曹留")
    assert read(select(Hazard.description)).scalar_one() == "＊＊" * 1000


@pytest.mark.parametrize("number", ["13912345678", "139 1234 5678", "+86 139-1234-5678"])
def test_a_number_that_only_their_own_words_have_goes_too(leaver, number):
    wrote(Hazard, description=f"门口有飞线，打{number}找我，编号20261113912345678")
    leaver(lives.NAME)
    said = read(select(Hazard.description)).scalar_one()
    assert "5678找" not in said
    assert said.endswith("，编号20261113912345678")


@pytest.mark.parametrize("name", ["José", "𠮷田", 'a"b', "王\\五", "😀 Ann"])
def test_a_name_is_found_however_json_writes_it(leaver, people, name):
    told(people, "sos:1", who=name)
    wrote(IdempotencyKey, answer=orjson.dumps({"name": name}))
    leaver(name)
    assert params("sos:1") == {"who": rules.NAMELESS}
    assert read(select(IdempotencyKey.answer).where(IdempotencyKey.key == "k")).scalar_one() == (
        orjson.dumps({"name": rules.NAMELESS})
    )


def test_what_they_wrote_to_others_is_struck_there_too(leaver, people):
    told(people, "sos:1", who=lives.NAME, note=f"快来！{lives.WORDS}")
    told(people, "sos:2", who="周奶奶", note=f"请回电{lives.PHONE}")
    leaver(lives.NAME)
    assert params("sos:1") == {"who": rules.NAMELESS, "note": "快来！我是＊＊＊，电话＊＊＊"}
    assert params("sos:2") == {"who": "周奶奶", "note": "请回电＊＊＊"}


def test_who_is_called_as_a_place_takes_it_from_nobody(leaver, people):
    said = {"who": "周奶奶", "place": "水井坊社区", "note": "水井坊社区门口见"}
    told(people, "sos:1", **said)
    leaver("水井坊社区")
    assert params("sos:1") == said


def test_handlers_read_a_case_without_the_name_that_its_reporter_wrote(leaver, people):
    told(people, "sos:1", note=lives.WORDS)
    mine = read(select(Hazard.id)).scalar_one()
    with writing():
        changed_rows(
            update(Notice).where(Notice.key == "sos:1").values(about_kind="hazard", about_id=mine)
        )
    leaver(lives.NAME)
    assert params("sos:1") == {"note": "我是＊＊＊，电话＊＊＊"}


def test_sums_are_as_before(gone):
    before = everything()
    counted = {"participation_facts", "points_transactions", "points_entries", "points_accounts",
               "hour_accounts", "attendances", "walked_hours", "campaigns", "campaign_tries",
               "quiz_attempts", "quiz_answers", "quiz_reviews", "findings", "places"}  # fmt: skip
    counted |= {name for name in before if name.startswith("rollup_") and before[name]}
    assert all(before[name] for name in counted)
    rows = {name: len(before[name].splitlines()) for name in ("hazards", "hazard_moves")}
    minutes = text("SELECT sum(minutes), count(*) FROM hour_entries")
    served = read(minutes).one()
    leaving.erase_due()
    after = everything()
    assert {name: after[name] for name in counted} == {name: before[name] for name in counted}
    assert {name: len(after[name].splitlines()) for name in rows} == rows
    assert read(minutes).one() == served


def test_a_second_run_finds_nobody(gone):
    assert leaving.erase_due() == 1
    once = everything()
    assert leaving.erase_due() == 0
    assert not leaving.erase(gone)
    assert everything() == once


def test_nobody_is_erased_before_their_time(gone):
    with writing():
        changed_rows(update(Resident).values(erase_at=clock.now() + rules.LEAVING_FOR))
    before = everything()
    assert leaving.erase_due() == 0
    assert everything() == before


def test_half_an_erasure_is_none(gone, monkeypatch):
    before = everything()

    def broken(_person):
        raise OSError("the machine stopped")

    monkeypatch.setattr(traces, "_when_erasing", [*traces._when_erasing, broken])
    with pytest.raises(ExceptionGroup):
        leaving.erase_due()
    assert everything() == before


def test_who_cannot_be_erased_keeps_nobody_waiting(gone, people, monkeypatch):
    next_one = people["neighbour"].resident_id
    with writing():
        for each, ago in ((gone, timedelta(days=1)), (next_one, timedelta())):
            due = {"erase_at": clock.now() - ago}
            changed_rows(update(Resident).where(Resident.id == each).values(due))

    def broken(person):
        if person.id == gone:
            raise OSError("the machine stopped")

    monkeypatch.setattr(traces, "_when_erasing", [*traces._when_erasing, broken])
    with pytest.raises(ExceptionGroup):
        leaving.erase_due(most=1)
    standing = select(Resident.id).where(Resident.erased_at.is_not(None))
    assert read(standing).scalars().all() == [next_one]


def test_the_same_wechat_id_begins_anew(gone):
    leaving.erase_due()
    again = session.begin(OPENID)["resident_id"]
    assert again != gone
    row = read(select(Resident.name, Resident.sealed_phone).where(Resident.id == again)).one()
    assert row == (rules.NAMELESS, None)
    assert session.find_openid(gone) is None


def test_a_sign_in_that_began_before_holds_no_shell(gone):
    begun = session.begin(OPENID)
    leaving.erase_due()
    sign_in = crypto.random_token()
    with writing():
        changed_rows(insert(SignIn).values(
            id=sign_in, resident_id=gone, created_at=clock.now()))  # fmt: skip
    assert session.load_actor(str(gone), sign_in, "zh-Hans") is None
    with pytest.raises(Unauthenticated):
        session.refresh(begun["refresh_token"])


def test_a_deed_that_comes_after_erasing_writes_nothing_into_the_shell(gone):
    actor = Actor(gone, lives.NAME)
    leaving.erase_due()
    service.change_me(actor, name=lives.NAME)
    assert found_in(everything()) == set()


def test_an_entry_says_that_and_not_who(gone):
    leaving.erase_due()
    entry = read(
        select(AuditEntry.resident_id, AuditEntry.place_code, AuditEntry.about).where(
            AuditEntry.act == "residents.leaving_erased"
        )
    ).one()
    assert entry == (gone, COMMUNITY, "")


@pytest.mark.parametrize("statement", [
    "UPDATE audit_entries SET about = 'x'",
    "UPDATE hazard_moves SET note = 'x'",
    "UPDATE hour_entries SET reason = 'x'",
])  # fmt: skip
def test_nobody_else_strikes_words_from_a_history(gone, statement):
    with pytest.raises(DBAPIError, match="append-only"), writing():
        changed_rows(text(statement))


@pytest.mark.parametrize("statement", [
    "UPDATE audit_entries SET act = 'x'",
    "UPDATE hazard_moves SET to_state = 'closed', note = 'x'",
    "UPDATE hour_entries SET minutes = 5",
])  # fmt: skip
def test_erasing_changes_nothing_else_of_a_history(gone, statement):
    def struck():
        with writing():
            changed_rows(insert(Erasing), {"resident_id": gone})
            changed_rows(text(statement))

    with pytest.raises(DBAPIError, match="append-only"):
        struck()


def test_the_mark_of_erasing_stays_nowhere(gone):
    leaving.erase_due()
    db.session.rollback()
    assert read(select(func.count()).select_from(Erasing)).scalar_one() == 0
