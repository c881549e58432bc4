"""What was lost or doubled: the tables against what the stand-in received."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.core import deliveries, texts
from app.core.db import read
from app.core.deliveries import DEAD, DONE, LEASED, POINTLESS, REFUSED, UNKNOWN, WAITING, Delivery
from app.core.outbox import OutboxEvent
from app.hazards.models import HazardMove
from app.notices import rules, service
from app.notices.models import MessageQuota, Notice
from app.reports.service import MAKE
from app.residents.models import Resident
from tools.faults.towns import STEPS, WITH_MESSAGE, Town

Message = tuple[str, str, str, str]
"""What makes a message one of its own: openid, template, case number, phrase."""
LONGEST_LIST = 5


@dataclass(frozen=True)
class Verdict:
    """What was found: figures to print, and violations, of which there should be none."""

    figures: Sequence[tuple[str, str]]
    violations: Sequence[str]


@dataclass(frozen=True)
class Seen:
    """What the harness has seen itself.

    `promised`: facts that the database promised to keep; `reported`: cases that the web
    promised to keep; `received`: the stand-in's messages.
    """

    promised: Sequence[int]
    reported: Sequence[int]
    received: Sequence[dict[str, Any]]


def judge(app: Flask, town: Town, cases: int, seen: Seen) -> Verdict:
    """Compare everything, once all is settled."""
    with app.app_context():
        events = _events(cases, seen)
        notices = _notices(town, cases, seen)
        messages, figures = _messages(seen.received)
        listed = _listed(app)
    return Verdict(
        [*_counted(app), *figures],
        [*events, *notices, *messages, *listed],
    )


def unsettled(app: Flask) -> tuple[int, int]:
    """Return how many facts, and how many deliveries are not done with.

    A report waits by itself until its facts are counted, which is longer than a storm.
    """
    with app.app_context():
        facts = select(func.count()).where(OutboxEvent.delivered_at.is_(None))
        open_ones = select(func.count()).where(
            Delivery.state.in_((WAITING, LEASED)), Delivery.kind != MAKE
        )
        return int(read(facts).scalar_one()), int(read(open_ones).scalar_one())


def _counted(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        facts = read(select(func.count()).select_from(OutboxEvent)).scalar_one()
        again = read(select(func.sum(OutboxEvent.attempts))).scalar_one()
        notices = read(select(func.count()).select_from(Notice)).scalar_one()
        return [
            ("events", str(facts)),
            ("reactions that failed and were tried again", str(again)),
            ("inbox notices", str(notices)),
        ]


def _events(cases: int, seen: Seen) -> list[str]:
    """Compare what was promised with the history, and the history with the facts."""
    rows = read(select(HazardMove.hazard_id, HazardMove.seq).where(HazardMove.hazard_id <= cases))
    kept = {(row.hazard_id, row.seq) for row in rows}
    wanted = {(number // len(STEPS) + 1, number % len(STEPS) + 1) for number in seen.promised}
    everything = {(case, seq) for case in range(1, cases + 1) for seq in range(1, len(STEPS) + 1)}
    facts: Counter[int] = Counter()
    for payload in read(select(OutboxEvent.payload)).scalars():
        facts[int(payload.get("hazard_id", 0))] += 1
    here = {case for case in seen.reported if case > cases}
    return [
        *_some("promised facts are gone", wanted - kept),
        *_some("facts were never written", everything - kept),
        *_some(
            "cases have other than their six events",
            (case for case in range(1, cases + 1) if facts[case] != len(STEPS)),
        ),
        *_some("cases reported by HTTP are gone", (case for case in here if not facts[case])),
        *_some("reports by HTTP were kept twice", _doubles(seen.reported)),
    ]


def _notices(town: Town, cases: int, seen: Seen) -> list[str]:
    wanted = {
        told
        for case in range(1, cases + 1)
        for seq in range(1, len(STEPS) + 1)
        for told in town.told(case, seq)
    } | {
        (worker, "task_new", case)
        for case in seen.reported
        for worker in (town.worker, town.worker2)
    }
    # What the clock tells beside it, of a month's report, is about no case.
    about = select(Notice.resident_id, Notice.kind, Notice.about_id)
    rows = read(about.where(Notice.about_kind == "hazard"))
    written = Counter((row.resident_id, row.kind, row.about_id) for row in rows)
    strange = (told for told in written if told not in wanted and told[2] <= cases)
    return [
        *_some("LOST: notices are missing", wanted - written.keys()),
        *_some("DOUBLE: notices stand in an inbox twice", _repeated(written)),
        *_some("notices that nobody should have", strange),
    ]


def _messages(received: Sequence[dict[str, Any]]) -> tuple[list[str], list[tuple[str, str]]]:
    """Compare what was planned with what was received; returns violations and figures."""
    arrived = Counter(_of_message(message) for message in received)
    notices = {row.id: row for row in read(_NOTICES)}
    plans = list(read(select(Delivery.__table__).where(Delivery.kind == service.MESSAGE)))
    by_notice = {int(plan.key): plan for plan in plans}
    due = {
        notice_id
        for notice_id, row in notices.items()
        if rules.KINDS[row.kind].template in WITH_MESSAGE
    }
    unlike: list[str] = []
    known: set[Message] = set()
    for notice_id, plan in by_notice.items():
        message = _of_notice(notices[notice_id])
        known.add(message)
        count = arrived[message]
        if plan.state == DONE and count == 0:
            unlike.append(f"LOST: delivery {plan.id} is done, and nothing was received")
        if plan.state in {REFUSED, POINTLESS, DEAD} and count:
            unlike.append(f"delivery {plan.id} is {plan.state}, and was received")
        if plan.state in {WAITING, LEASED}:
            unlike.append(f"delivery {plan.id} is still {plan.state}")
    states = Counter(plan.state for plan in plans)
    reasons = Counter(plan.reason for plan in plans if plan.state == UNKNOWN)
    unknown_received = sum(
        arrived[_of_notice(notices[number])] > 0
        for number, plan in by_notice.items()
        if plan.state == UNKNOWN
    )
    figures = [
        ("messages planned", str(len(plans))),
        *((f"… {state}", str(states[state])) for state in deliveries.STATES if states[state]),
        ("… of the unknown, received after all", str(unknown_received)),
        *(
            (f"… unknown because: {reason}", str(count))
            for reason, count in sorted(reasons.items())
        ),
        ("messages received", str(len(received))),
    ]
    return [
        *_some("LOST: notices have no message planned", due - by_notice.keys()),
        *_some("DOUBLE: messages were received twice", _repeated(arrived)),
        *_some("messages that nobody planned", arrived.keys() - known),
        *unlike[:LONGEST_LIST],
        *_quotas(plans, notices),
    ], figures


_NOTICES = select(Notice.id, Notice.kind, Notice.params, Notice.resident_id, Resident.openid).join(
    Resident, Resident.id == Notice.resident_id
)


def _quotas(plans: Iterable[Any], notices: dict[int, Any]) -> list[str]:
    """Whether everybody has paid for what was or may have been sent, and for nothing else."""
    owed: Counter[tuple[int, str]] = Counter()
    for plan in plans:
        if plan.state not in {REFUSED, POINTLESS, DEAD}:
            owed[notices[int(plan.key)].resident_id, plan.payload["template"]] += 1
    paid = {
        (row.resident_id, row.template): row.spent
        for row in read(select(MessageQuota.resident_id, MessageQuota.template, MessageQuota.spent))
    }
    return _some("quotas are off", (who for who in paid if paid[who] != owed[who]))


def _of_message(message: dict[str, Any]) -> Message:
    data = message["data"]
    phrase = data.get("phrase4", {}).get("value", "")
    return message["openid"], message["template"], data["character_string1"]["value"], phrase


def _of_notice(row: Any) -> Message:
    template = rules.KINDS[row.kind].template or ""
    spoken = "phrase4" in rules.FIELDS[template]
    phrase = texts.text(f"notices.{row.kind}.phrase", "zh-Hans") if spoken else ""
    return row.openid, template, row.params["number"], phrase


def _listed(app: Flask) -> list[str]:
    """Whether the operator's list names every delivery that somebody has to look at."""
    chosen = select(Delivery.id).where(Delivery.state.in_((UNKNOWN, DEAD)))
    troubled = set(read(chosen).scalars())
    command = ["notices", "dead-letters", "--most", str(len(troubled) + 1)]
    printed = app.test_cli_runner().invoke(args=command).output
    named = {int(number) for number in re.findall(r"^ *(\d+) ", printed, re.MULTILINE)}
    return _some("dead or unknown, and not in `notices dead-letters`", troubled - named)


def _doubles(found: Iterable[Any]) -> list[Any]:
    return _repeated(Counter(found))


def _repeated(counts: Counter[Any]) -> list[Any]:
    return [each for each, count in counts.items() if count > 1]


def _some(what: str, which: Iterable[Any]) -> list[str]:
    found = sorted(which)
    if not found:
        return []
    shown = ", ".join(map(str, found[:LONGEST_LIST]))
    return [f"{len(found)} × {what}: {shown}{' …' if len(found) > LONGEST_LIST else ''}"]
