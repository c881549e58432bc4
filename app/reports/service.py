"""Reports of a place: asked for, followed while they are made, opened, corrected."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, case, or_, select, update

from app.committees import rectifications
from app.core import clock, deliveries, pages, texts
from app.core.access import BY_ROLE, Actor, Permission
from app.core.db import changed_rows, read, unit_of_work
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.idempotency import insert_ignore
from app.notices import service as notices
from app.places import rules as place_rules
from app.places import service as places
from app.places.models import Place
from app.reports import gathering, making, rules, telling
from app.reports.composing import Issue
from app.reports.models import Report, ReportFile
from app.reports.wording import Words
from app.residents.models import HeldRole

MAKE = "reports.make"
"""The delivery that makes a report."""
TOO_LONG = timedelta(minutes=15)
"""After this the making of a report may be asked for anew: who was to make it may be gone."""
MOST_MONTHS = 24
"""So many months residents may look back."""


class ReportExists(Conflict):
    """There is this report already; another edition has to say what it corrects."""

    code = "report_exists"


class NothingToCorrect(Conflict):
    """There is no first edition yet."""

    code = "nothing_to_correct"


class ReportInTheMaking(Conflict):
    """It was asked for and is not there yet."""

    code = "report_in_the_making"


class File(NamedTuple):
    """A report as a file: its bytes, what they are, and what to call it."""

    content: bytes
    mimetype: str
    name: str


# Opening


def open_report(
    actor: Actor,
    place_code: str,
    form: str,
    *,
    month: str | None = None,
    quarter: str | None = None,
    language: str | None = None,
    reader: str = rules.COMMITTEE,
) -> File:
    """Return the newest edition of a report as a file; made now if nobody made it before.

    Without month and quarter it is the last month. While not all of it has happened and is
    counted, there is a preview, which is not kept. Residents are told once: by the first
    edition. Errors: NotFound (the place, or a comparison that is not the actor's),
    InvalidInput, FontMissing, PrinterMissing.
    """
    _check_place(actor, place_code)
    period = period_asked(month, quarter)
    _check_reader(actor, place_code, period, reader)
    spoken = language or actor.language
    name = f"linli-{place_code}-{period.key}-{reader}-{spoken}.{form}"
    today = clock.shanghai_day(clock.now())
    report_id = _newest_made(place_code, period, reader)
    if report_id is None and not making.settled(period):
        figures = making.fresh(place_code, period)
        issue = Issue(period, reader, spoken, 0, None, today)
        return File(making.rendered(figures, issue, form), rules.FORMATS[form], name)
    if report_id is None:
        report_id = _first_edition(actor, place_code, period)
    content = making.file_of(report_id, reader, spoken, form)
    return File(content, rules.FORMATS[form], name)


def period_asked(month: str | None, quarter: str | None) -> rules.Period:
    """Return the period that is asked for, the last month if none is. Errors: InvalidInput."""
    today = clock.shanghai_day(clock.now())
    if month is None and quarter is None:
        return rules.period_with(today, rules.MONTH).before
    if month is not None and quarter is not None:
        raise InvalidInput.of("quarter", "one_of_two")
    field = rules.MONTH if quarter is None else rules.QUARTER
    found = rules.period(str(month or quarter))
    if found is None or found.kind != field:
        raise InvalidInput.of(field, "invalid")
    if not found.begun(today):
        raise InvalidInput.of(field, "not_begun")
    return found


def _check_place(actor: Actor, place_code: str) -> None:
    """Let through whoever is in charge of a place that has reports. Errors: NotFound."""
    if not gathering.has_reports(place_code):
        raise NotFound
    if not actor.reaches(Permission.OVERVIEW_READ, place_code):
        raise NotFound
    gathering.name_of(place_code)


def _check_reader(actor: Actor, place_code: str, period: rules.Period, reader: str) -> None:
    if reader == rules.STREET:
        above = place_rules.parent_of(place_code)
        if above is None or not actor.reaches(Permission.OVERVIEW_READ, above):
            raise NotFound
    if reader == rules.RESIDENTS and not rules.for_residents(place_code, period):
        raise InvalidInput.of("reader", "not_an_option")


def _newest_made(place_code: str, period: rules.Period, reader: str) -> int | None:
    wanted = select(Report.id).where(
        Report.place_code == place_code,
        Report.period == period.key,
        Report.made_at.is_not(None),
    )
    if reader == rules.RESIDENTS:
        wanted = wanted.where(Report.edition == 1)
    found = read(wanted.order_by(Report.edition.desc()).limit(1))
    return found.scalar_one_or_none()


@unit_of_work()
def _first_edition(actor: Actor, place_code: str, period: rules.Period) -> int:
    """Return the first edition, be it asked for already or not; it is made in any case."""
    row = _blank(place_code, period.key, actor.resident_id)
    made = read(insert_ignore(Report).values(row).returning(Report.id)).scalar_one_or_none()
    if made is not None:
        # Whoever asked makes it now, and has it. Should they not get there, this makes it.
        deliveries.enqueue(MAKE, str(made), {"report_id": made, "tell": False})
        return int(made)
    mine = (Report.place_code == place_code) & (Report.period == period.key) & (Report.edition == 1)
    return int(read(select(Report.id).where(mine)).scalar_one())


def _blank(
    place_code: str,
    period: str,
    asked_by: int | None,
    edition: int = 1,
    correction: str | None = None,
) -> dict[str, Any]:
    return {
        "place_code": place_code,
        "period": period,
        "edition": edition,
        "correction": correction,
        "asked_by": asked_by,
        "asked_at": clock.now(),
    }


# Asking


@unit_of_work()
def ask_for_report(
    actor: Actor,
    place_code: str,
    *,
    month: str | None = None,
    quarter: str | None = None,
    correction: str | None = None,
) -> dict[str, Any]:
    """Ask for a report, or for a corrected edition of one; it is made soon after.

    Errors: NotFound, InvalidInput, ReportExists, NothingToCorrect, ReportInTheMaking.
    """
    _check_place(actor, place_code)
    period = period_asked(month, quarter)
    if not period.over(clock.shanghai_day(clock.now())):
        raise InvalidInput.of(period.kind, "not_over")
    newest = read(
        select(Report.id, Report.edition, Report.made_at, Report.failed)
        .where(Report.place_code == place_code, Report.period == period.key)
        .order_by(Report.edition.desc())
        .limit(1)
    ).one_or_none()
    if newest is not None and newest.made_at is None:
        report_id = _ask_again(actor, newest)
    else:
        report_id = _ask(actor, place_code, period, newest, correction)
    return show_report(actor, place_code, report_id)


def _ask(
    actor: Actor, place_code: str, period: rules.Period, newest: Any, correction: str | None
) -> int:
    if newest is None and correction is not None:
        raise NothingToCorrect
    if newest is not None and correction is None:
        raise ReportExists
    edition = newest.edition + 1 if newest else 1
    if edition > rules.MOST_EDITIONS:
        raise InvalidInput.of("correction", "too_many", max=rules.MOST_EDITIONS)
    row = _blank(place_code, period.key, actor.resident_id, edition, correction)
    made = read(insert_ignore(Report).values(row).returning(Report.id)).scalar_one_or_none()
    if made is None:  # somebody else was first
        raise ReportInTheMaking
    deliveries.enqueue(MAKE, str(made), {"report_id": made})
    return int(made)


def _ask_again(actor: Actor, newest: Any) -> int:
    """Ask once more for a report that nothing came of, or nobody has heard of for long.

    One that the clock asked for stays the committee's.
    """
    now = clock.now()
    again = and_(
        Report.id == newest.id,
        Report.made_at.is_(None),
        or_(Report.failed.is_not(None), Report.asked_at < now - TOO_LONG),
    )
    asked_by = case((Report.asked_by.is_not(None), actor.resident_id))
    asked = {"failed": None, "asked_at": now, "asked_by": asked_by}
    if not changed_rows(update(Report).where(again).values(asked)):
        raise ReportInTheMaking
    deliveries.enqueue(MAKE, f"{newest.id}:{int(now.timestamp())}", {"report_id": newest.id})
    return int(newest.id)


def ask_for_all() -> int:
    """Ask for what is due of every place that somebody is in charge of; returns how many.

    What was asked for before is not asked for again, however often this runs.
    """
    today = clock.shanghai_day(clock.now())
    keys = [period.key for period in rules.due_on(today)]
    kinds = [kind for kind, may in BY_ROLE.items() if Permission.OVERVIEW_READ in may]
    codes = read(
        select(HeldRole.place_code)
        .join(Place, Place.code == HeldRole.place_code)
        .where(HeldRole.kind.in_(kinds))
        .distinct()
        .order_by(HeldRole.place_code)
    ).scalars()
    wanted = [code for code in codes if gathering.has_reports(code)]
    return sum(_ask_for(code, keys) for code in wanted)


@unit_of_work()
def _ask_for(place_code: str, keys: Sequence[str]) -> int:
    rows = [_blank(place_code, key, None) for key in keys]
    made = read(insert_ignore(Report).values(rows).returning(Report.id)).scalars().all()
    planned = [(str(number), {"report_id": number}) for number in made]
    return deliveries.enqueue_many(MAKE, planned)


# Following


SEEN = (
    Report.id,
    Report.place_code,
    Report.period,
    Report.edition,
    Report.correction,
    Report.asked_at,
    Report.made_at,
    Report.failed,
)


def show_report(actor: Actor, place_code: str, report_id: int) -> dict[str, Any]:
    """Return how a report stands, and how far its making has come. Errors: NotFound."""
    _check_place(actor, place_code)
    found = find_report(actor, report_id)
    if found["place_code"] != place_code:
        raise NotFound
    return found


def find_report(actor: Actor, report_id: int) -> dict[str, Any]:
    """Return the same of a report whose place one need not know. Errors: NotFound."""
    row = read(select(*SEEN).where(Report.id == report_id)).one_or_none()
    if row is None or not actor.reaches(Permission.OVERVIEW_READ, row.place_code):
        raise NotFound
    return _view(row, _files([report_id]))


def list_reports(
    actor: Actor, place_code: str, *, cursor: str | None = None, limit: int
) -> dict[str, Any]:
    """Return a page of the reports of a place, the newest first. Errors: NotFound, InvalidInput."""
    _check_place(actor, place_code)
    wanted = select(*SEEN).where(Report.place_code == place_code)
    if after := pages.decode(cursor, int):
        wanted = wanted.where(Report.id < after[0])
    rows = read(wanted.order_by(Report.id.desc()).limit(limit + 1)).all()
    files = _files([row.id for row in rows])
    return pages.page(rows, limit, lambda row: _view(row, files), lambda row: (row.id,))


def _files(report_ids: Sequence[int]) -> Counter[int]:
    """Return how many of the files that are printed ahead there are, by report."""
    columns = (ReportFile.reader, ReportFile.language, ReportFile.format)
    ahead = or_(
        *(
            and_(*(column == value for column, value in zip(columns, each, strict=True)))
            for each in making.AHEAD
        )
    )
    rows = read(select(ReportFile.report_id).where(ReportFile.report_id.in_(report_ids), ahead))
    return Counter(rows.scalars())


def _view(row: Any, files: Counter[int]) -> dict[str, Any]:
    state = rules.MADE if row.made_at else rules.FAILED if row.failed else rules.MAKING
    return {
        "id": row.id,
        "place_code": row.place_code,
        "period": row.period,
        "edition": row.edition,
        "correction": row.correction,
        "state": state,
        "reason": row.failed,
        "done": (row.made_at is not None) + files[row.id],
        "of": making.STEPS,
        "asked_at": row.asked_at,
        "made_at": row.made_at,
    }


# Telling


READY, GAVE_UP = "report_ready", "report_failed"


def tell(report_id: int) -> int:
    """Tell whoever asked for a report what came of it, once; returns how many are told.

    Of one that the clock asked for its committee is told.
    """
    columns = (Report.place_code, Report.period, Report.asked_by, Report.asked_at, Report.made_at)
    row = read(select(*columns).where(Report.id == report_id)).one_or_none()
    if row is None:
        return 0
    people = {row.asked_by} if row.asked_by else rectifications.answering(row.place_code)
    kind = READY if row.made_at else GAVE_UP
    period = making.period_of(row)
    return notices.tell(
        kind,
        people,
        key=f"report:{report_id}:{kind}:{int(row.asked_at.timestamp())}",
        about=notices.About("report", report_id),
        params={
            "place": places.names_of([row.place_code]).get(row.place_code, row.place_code),
            "period": {language: Words(language).period(period) for language in texts.LANGUAGES},
        },
    )


# What residents see


def show_what_became(actor: Actor, place_code: str, *, month: str | None = None) -> dict[str, Any]:
    """Return what became of what residents of a community reported in a month, the last made.

    Only of first editions that are made: the same figures, however often one asks.
    Errors: NotFound (no such community, or no report of that month).
    """
    if not rules.is_community(place_code):
        raise NotFound
    rows = read(
        select(Report.period, Report.edition, Report.correction, Report.made_at, Report.id)
        .where(
            Report.place_code == place_code,
            Report.made_at.is_not(None),
            Report.edition == 1,
            Report.period.not_like("%Q%"),
        )
        .order_by(Report.period.desc())
        .limit(MOST_MONTHS)
    ).all()
    months = [row.period for row in rows]
    row = next((row for row in rows if month in {None, row.period}), None)
    if row is None:
        raise NotFound
    figures = read(select(Report.figures).where(Report.id == row.id)).scalar_one()
    told, words = figures["residents"], Words(actor.language)
    return {
        "place": {key: figures["place"][key] for key in ("code", "kind", "name")},
        "month": row.period,
        "months": months,
        "edition": row.edition,
        "correction": row.correction,
        "made_at": row.made_at,
        "figures": told["figures"],
        "before": told["before"],
        "walked": told["walked"],
        "by_category": [
            {**line, "name": telling.category_name(line["code"], figures["categories"], words)}
            for line in told["by_category"]
        ],
        "lumped": told["lumped"],
    }
