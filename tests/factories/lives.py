"""A life that has left a trace in every table, made from what the tables themselves say."""

import re
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    Float,
    LargeBinary,
    String,
    insert,
    select,
)

from app.core import clock, crypto, traces
from app.core.db import PlaceCode, UtcDateTime, changed_rows, db, read, writing
from app.core.traces import Fate
from app.residents.models import Resident
from tests.factories.people import COMMUNITY

NAME, PHONE = "曹不留名", "15412345678"
WORDS = f"我是{NAME}，电话{PHONE}"
OTHERS = "公家的话"
LEFT_OUT = {"erasing", "job_runs", "wechat_tokens", "rollup_standing", "outbox_receipts"}
ONE_OF = re.compile(r"(\w+) IN \('(\w+)'")
CHOSEN = {
    ("hazards", "state"): "closed",
    ("shifts", "state"): "open",
    ("signups", "state"): "joined",
    ("attendances", "state"): "ended",
    ("challenges", "goal_percent"): 30,
    ("checkpoints", "radius_m"): 50,
    ("quiz_attempts", "day"): None,
    ("points_accounts", "kind"): "person",
    ("campaign_tries", "channel"): "paper",
    ("quiz_versions", "kind"): "single",
    ("quiz_attempts", "occasion"): "practice",
    ("residences", "state"): "confirmed",
    ("team_members", "state"): "member",
    ("sos_calls", "state"): "closed",
    ("swaps", "state"): "agreed",
    ("offers", "state"): "accepted",
    ("participation_facts", "sign"): 1,
    ("held_roles", "kind"): "resident",
    ("outbox_events", "kind"): "lives.nothing",
    ("deliveries", "state"): "done",
    ("reports", "correction"): None,
    ("data_copies", "name"): "somebodys-copy",
    ("points_transactions", "reverses_id"): None,
    ("quiz_versions", "state"): "published",
}
"""Where more than one value is allowed, and not each would do."""
EMPTY = {"reverses_id", "releases_id", "attempt_id", "reversed_at", "revoked_at", "photo_id"}
"""Left empty where they may be: each would need another row of its own table first."""
PAST = datetime(2026, 10, 1, 12, tzinfo=UTC)


def live(person_id, other_id):
    """Write a row about somebody into every table; `other_id`: who they had to do with."""
    made = {}
    with writing():
        for table in db.metadata.sorted_tables:
            if table.name in LEFT_OUT or table.name == "residents":
                continue
            if table.name in {"places", "hazard_categories", "place_revisions"}:
                made[table.name] = read(select(table).limit(1)).one()._mapping
                continue
            row = {c.name: value(c, person_id, other_id, made) for c in table.columns}
            row = {name: given for name, given in row.items() if given is not ...}
            wanted = insert(table).values(row).returning(*table.columns)
            made[table.name] = read(wanted).one()._mapping
    return made


def value(column, person_id, other_id, made):
    place = column.table.name, column.name
    if place in CHOSEN:
        return CHOSEN[place]
    if place == ("swaps", "asked_id"):
        return other_id
    if column.name in EMPTY and column.nullable:
        return None
    parents = [key.column for key in column.foreign_keys]
    if place in traces.declared() and [key.table.name for key in parents] in ([], ["residents"]):
        return person_id
    if parents:
        return made.get(parents[0].table.name, {}).get(parents[0].name)
    return ... if column is column.table.autoincrement_column else chosen(column)


def chosen(column):
    for rule in column.table.constraints:
        found = isinstance(rule, CheckConstraint) and ONE_OF.match(str(rule.sqltext))
        if found and found[1] == column.name:
            return found[2]
    if isinstance(column.type, PlaceCode):
        return COMMUNITY
    if isinstance(column.type, UtcDateTime):
        later = column.name.startswith(("end", "expires", "lease", "last"))
        return PAST + timedelta(hours=2 * later)
    said = WORDS if personal(column) else OTHERS
    if column.name.startswith(traces.SEALED):
        return crypto.encrypt(said)
    return next((make(said, column) for kind, make in MADE if isinstance(column.type, kind)), 1)


MADE = (
    (String, lambda said, column: said[: column.type.length]),
    (JSON, lambda said, _: {"words": said}),
    (LargeBinary, lambda said, _: said.encode()),
    (Boolean, lambda _said, _: False),
    (Date, lambda _said, _: date(2026, 10, 1)),
    (Float, lambda _said, _: 30.6),
)


def personal(column):
    """Whether a column would tell of the person: of a row that goes, or is cleared or struck."""
    mine = [t for t in traces.declared().values() if t.table is column.table]
    return any(
        trace.fate is Fate.GOES or column.name in {*trace.cleared, *trace.struck} for trace in mine
    )


def somebody(openid):
    """Make a person with everything that their own row can hold; returns their number."""
    row = {
        "openid": openid,
        "name": NAME,
        "language": "zh-Hans",
        "letter_size": "large",
        "consent_version": "2026-11",
        "consent_at": clock.now(),
        "sealed_phone": crypto.encrypt(PHONE),
        "created_at": clock.now(),
    }
    with writing():
        changed_rows(insert(Resident), row)
        return read(select(Resident.id).where(Resident.openid == openid)).scalar_one()
