"""Making a report: its figures once, and from these its files. What the deliveries do.

Figures are gathered with no transaction open; whoever is first to write them down has them,
and everybody after reads what was written. Files are made of these alone.
"""

import hashlib
from typing import Any

from sqlalchemy import select, update

from app.core import clock
from app.core.db import changed_rows, end_reading, read, unit_of_work
from app.core.deployment import storage
from app.core.errors import NotFound, Unavailable
from app.core.idempotency import insert_ignore
from app.reports import gathering, printing, rules, sheets, telling
from app.reports.composing import Issue
from app.reports.models import Report, ReportFile
from app.rollups.models import Standing, Waiting

AHEAD = tuple((rules.COMMITTEE, "zh-Hans", form) for form in rules.FORMATS)
"""The files that are printed before anybody asks: (reader, language, format)."""
STEPS = 1 + len(AHEAD)
"""The figures, and the files."""


def figured(report_id: int) -> Any | None:
    """Return a report with its figures, which are gathered now if it has none.

    None if there is no such report. Errors: NotFound (its place is gone).
    """
    row = _row(report_id)
    if row is None or row.made_at is not None:
        return row
    figures = fresh(row.place_code, period_of(row))
    if row.edition > 1 and figures["residents"] is not None:
        # Told twice, two editions' difference would be one person's case.
        first = frozen(row.place_code, row.period, edition=1)
        figures["residents"] = first["residents"] if first else figures["residents"]
    end_reading()
    _write_down(report_id, figures)
    return _row(report_id)


def fresh(place_code: str, period: rules.Period) -> dict[str, Any]:
    """Return the figures of a place and period; those before it as they were written down.

    Where nobody wrote them down they are reckoned; so is the stretch of it that a period is
    compared with that is not over. Errors: NotFound.
    """
    figures = gathering.gathered(place_code, period)
    if "before_days" in figures:
        return figures
    earlier = frozen(place_code, period.before.key)
    if earlier is None:
        return figures
    figures["before"] = earlier["cases"]
    for name in ("orders", "patrols", "participation", "indices"):
        figures[f"{name}_before"] = earlier[name]
    if figures["residents"] is not None:
        first = frozen(place_code, period.before.key, edition=1) or earlier
        figures["residents"]["before"] = first["residents"]["figures"]
    return figures


def frozen(place_code: str, key: str, *, edition: int | None = None) -> dict[str, Any] | None:
    """Return what an edition of a report, or its newest, has written down, in today's shape."""
    wanted = select(Report.figures).where(
        Report.place_code == place_code, Report.period == key, Report.made_at.is_not(None)
    )
    if edition is not None:
        wanted = wanted.where(Report.edition == edition)
    found = read(wanted.order_by(Report.edition.desc()).limit(1)).scalar_one_or_none()
    return found if found is not None and found["version"] == gathering.VERSION else None


def settled(period: rules.Period) -> bool:
    """Whether a period may be written down: all that happened in it has been counted."""
    if clock.now() < period.settles_at:
        return False
    rolled = read(select(Standing.rolled_at).where(Standing.id == 1)).scalar_one_or_none()
    end = clock.day_range(period.first, period.last)[1]
    if rolled is None or rolled < end:
        return False
    waiting = select(Waiting.fact_id).where(Waiting.day <= period.last).limit(1)
    return read(waiting).scalar_one_or_none() is None


def waits(report_id: int) -> bool:
    """Whether a report is still to be made, and may not be yet."""
    row = _row(report_id)
    return row is not None and row.made_at is None and not settled(period_of(row))


def period_of(row: Any) -> rules.Period:
    """Return the period of a report. Errors: ValueError, for a key that no form lets in."""
    found = rules.period(row.period)
    if found is None:
        raise ValueError(row.period)
    return found


def _row(report_id: int) -> Any | None:
    return read(select(*Report.__table__.columns).where(Report.id == report_id)).one_or_none()


@unit_of_work()
def _write_down(report_id: int, figures: dict[str, Any]) -> None:
    unmade = (Report.id == report_id) & Report.made_at.is_(None)
    made = {"figures": figures, "made_at": clock.now(), "failed": None}
    changed_rows(update(Report).where(unmade).values(made))


def print_ahead(report_id: int) -> bool:
    """Make a report and the files that most people ask for; returns whether there is one.

    Without fonts or a printer there is no paper, but a page and a sheet.
    """
    if figured(report_id) is None:
        return False
    for reader, language, form in AHEAD:
        try:
            file_of(report_id, reader, language, form)
        except Unavailable:
            continue
    return True


def file_of(report_id: int, reader: str, language: str, form: str) -> bytes:
    """Return a file of a report: the one that is kept, or else one that is made now and kept.

    Errors: FontMissing, PrinterMissing, for paper; NotFound (the report, or its place, is gone).
    """
    kept = _kept(report_id, reader, language, form)
    if kept is not None:
        try:
            return storage().get(kept)
        except FileNotFoundError:
            # Restored without its files: what it says is in the row, and goes where it was.
            content = _content(report_id, reader, language, form)
            storage().put(kept, content)
            return content
    content = _content(report_id, reader, language, form)
    name = f"{hashlib.sha256(content).hexdigest()}.{form}"
    storage().put(name, content)
    of = {"report_id": report_id, "reader": reader, "language": language, "format": form}
    _file(of | {"name": name, "size": len(content)})
    first = _kept(report_id, reader, language, form)
    return content if first in {None, name} else storage().get(str(first))


def _kept(report_id: int, reader: str, language: str, form: str) -> str | None:
    found = read(
        select(ReportFile.name).where(
            ReportFile.report_id == report_id,
            ReportFile.reader == reader,
            ReportFile.language == language,
            ReportFile.format == form,
        )
    ).scalar_one_or_none()
    end_reading()
    return found


def _content(report_id: int, reader: str, language: str, form: str) -> bytes:
    row = figured(report_id)
    if row is None:
        raise NotFound
    return rendered(row.figures, _issue(row, reader, language), form)


@unit_of_work()
def _file(made: dict[str, Any]) -> None:
    # Printed twice at the same moment: the first stays.
    changed_rows(insert_ignore(ReportFile).values(**made, made_at=clock.now()))


def _issue(row: Any, reader: str, language: str) -> Issue:
    return Issue(
        period=period_of(row),
        reader=reader,
        language=language,
        edition=row.edition,
        correction=row.correction,
        made_on=clock.shanghai_day(row.made_at),
    )


def rendered(figures: dict[str, Any], issue: Issue, form: str) -> bytes:
    """Return a report in a format. Errors: FontMissing, PrinterMissing, for paper."""
    document = telling.told(figures, issue)
    if form == rules.HTML:
        return printing.page(document).encode()
    return printing.paper(document) if form == rules.PDF else sheets.workbook(document)


@unit_of_work()
def fail(report_id: int, reason: str) -> None:
    """Say that nothing came of a report, and why."""
    unmade = (Report.id == report_id) & Report.made_at.is_(None)
    changed_rows(update(Report).where(unmade).values(failed=reason))
