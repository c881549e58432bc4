"""A report put together: for those in charge, and for the residents."""

from datetime import date
from typing import Any

from app.reports import rules
from app.reports.charts import Bar, bars
from app.reports.composing import (
    Document,
    Figures,
    Issue,
    Part,
    Table,
    findings,
    lines_of,
    tile,
    tiles,
)
from app.reports.parts import parts
from app.reports.wording import Cell, Hidden, Words, cell

NOTES = ("counts", "rates", "before", "hidden", "frozen")
RESIDENTS_NOTES = ("counts", "rates", "hidden")
TOLD = ("reported", "closed", "on_time", "satisfied", "resolved")
"""What residents are told of the cases."""


def told(figures: Figures, issue: Issue) -> Document:
    """Return what a report says to its readers."""
    words = Words(issue.language)
    residents = issue.reader == rules.RESIDENTS
    said = _for_residents(figures, words) if residents else _for_those_in_charge(figures, issue)
    return Document(
        issue=issue,
        place=figures["place"]["name"],
        period=words.period(issue.period),
        lines=(*lines_of(issue, figures["place"]["kind"], words), *_compared(figures, words)),
        **said,
    )


def _compared(figures: Figures, words: Words) -> tuple[str, ...]:
    """Return with which days a preview is compared, where they are not the whole period before."""
    if "before_days" not in figures:
        return ()
    days = {end: date.fromisoformat(day) for end, day in figures["before_days"].items()}
    return (words.say("compared", first=words.day(days["from"]), last=words.day(days["to"])),)


def _for_those_in_charge(figures: Figures, issue: Issue) -> dict[str, Any]:
    words = Words(issue.language)
    return {
        "title": words.say("title"),
        "tiles": tiles(figures, words),
        "findings": findings(figures, words),
        "parts": parts(figures, issue),
        "notes": tuple(
            _compared(figures, words)[0]
            if name == "before" and "before_days" in figures
            else words.say(f"notes.{name}")
            for name in NOTES
        ),
    }


def _for_residents(figures: Figures, words: Words) -> dict[str, Any]:
    told_them = figures["residents"]
    now, before = told_them["figures"], told_them["before"]
    thanks = [words.say("residents.thanks")]
    walked = {name: cell(found) for name, found in told_them["walked"].items()}
    if not any(isinstance(found, Hidden) for found in walked.values()):
        counted = {name: words.cell(found) for name, found in walked.items()}
        thanks.append(words.say("residents.walked", **counted))
    return {
        "title": words.say("residents.title"),
        "tiles": tuple(
            tile(words, key, cell(now[key]), cell(before[key]), wanted=key != "reported")
            for key in TOLD
        ),
        "findings": tuple(thanks),
        "parts": (_became(told_them, figures["categories"], words),),
        "notes": tuple(words.say(f"notes.{name}") for name in RESIDENTS_NOTES),
    }


def _became(told_them: Figures, categories: Figures, words: Words) -> Part:
    rows = told_them["by_category"]
    reported, closed = (cell(told_them["figures"][key]) for key in ("reported", "closed"))
    if isinstance(reported, Hidden):
        answer = words.say("residents.quiet")
    elif isinstance(closed, Hidden):
        answer = words.say("answers.became_plain")
    else:
        said = {"reported": words.cell(reported), "closed": words.cell(closed)}
        answer = words.say("residents.answer", **said)
    names = [category_name(row["code"], categories, words) for row in rows]
    drawn = [
        Bar(name, row["reported"], words.number(row["reported"]))
        for name, row in zip(names, rows, strict=True)
    ]
    cells: list[tuple[Cell, ...]] = [
        (name, row["reported"], row["closed"]) for name, row in zip(names, rows, strict=True)
    ]
    head = tuple(words.say(f"columns.{key}") for key in ("category", "reported", "closed"))
    return Part(
        name="became",
        topic=words.say("topics.became"),
        answer=answer,
        chart=bars(answer, drawn) if drawn else "",
        table=Table(head, tuple(cells)) if cells else None,
        note=words.say("residents.rest") if told_them["lumped"] else "",
        summary=True,
    )


def category_name(code: str, categories: Figures, words: Words) -> str:
    """Return what a kind of hazard is called; `other` is what several add up to."""
    if code == "other":
        return words.say("residents.other")
    return str(categories[code][words.language])
