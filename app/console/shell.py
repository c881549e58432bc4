"""The frame of every page: words, where one is, where one may go, and how things are shown."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from flask import Flask, g, render_template, request, url_for
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from app.console import once
from app.core import clock, texts
from app.core.access import Actor, Permission, language
from app.core.deployment import settings

LANGUAGE_COOKIE, LETTERS_COOKIE = "linli_language", "linli_letters"
LETTERS = ("standard", "large")
MOST_URLS, MOST_DAYS = 4096, 1024
"""So many of each are remembered."""


class Door(NamedTuple):
    """A page that the frame leads to: its endpoint takes `place_code` alone."""

    name: str
    endpoint: str
    permission: Permission


DOORS = (
    Door("today", "console_today.today", Permission.HAZARD_DISPATCH),
    Door("board", "console_board.show", Permission.HAZARD_DISPATCH),
    Door("plan", "console_plan.week", Permission.SHIFT_PLAN),
    Door("volunteers", "console_volunteers.volunteers", Permission.VOLUNTEERS_READ),
    Door("quizzes", "console_quizzes.bank", Permission.QUIZ_AUTHOR),
    Door("participation", "console_participation.show", Permission.OVERVIEW_READ),
    Door("evaluation", "console_evaluation.show", Permission.OVERVIEW_READ),
    Door("children", "console_children.show", Permission.OVERVIEW_READ),
    Door("report", "console_report.show", Permission.OVERVIEW_READ),
    Door("people", "console_people.people", Permission.ROLE_GRANT),
    Door("audit", "console_audit.audit", Permission.AUDIT_READ),
)
"""In the order of the frame. Each has its word at `console.doors.<name>`."""
OPENED_FROM = {"console_rectifications": "console_evaluation"}
"""Pages without a door of their own, and behind whose they lie."""


def install(app: Flask) -> None:
    """Give the templates what they may ask for."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension(once.OneTimeKeys)
    app.jinja_env.globals |= {
        "say": say,
        "called": called,
        "asset": asset,
        "doors": doors,
        "now": clock.now,
    }
    app.jinja_env.globals["one_time_key"] = once.one_time_key
    app.jinja_env.filters |= {
        "data": as_data,
        "day": show_day,
        "moment": show_moment,
        "number": show_number,
        "percent": show_percent,
        "skill": show_skill,
        "clock": show_clock,
    }


def render(template: str, **values: Any) -> str:
    """Return a page, with the frame of whoever sits at the desk."""
    actor = g.get("actor")
    return render_template(
        template,
        spoken=language(),
        actor=actor,
        place=values.pop("place", g.get("console_place")),
        letters=letters(),
        demo=settings().environment == "demo",
        **values,
    )


def letters() -> str:
    """Return how large letters are to be."""
    chosen = request.cookies.get(LETTERS_COOKIE, "")
    return chosen if chosen in LETTERS else LETTERS[0]


def doors(actor: Actor | None, place_code: str) -> list[dict[str, Any]]:
    """Return the doors that somebody may go through at a place."""
    if actor is None:
        return []
    return [
        {
            "name": door.name,
            "url": _url(door.endpoint, place_code, request.script_root),
            "here": _is_behind(door),
        }
        for door in DOORS
        if actor.reaches(door.permission, place_code)
    ]


@lru_cache(MOST_URLS)
def _url(endpoint: str, place_code: str, root: str) -> str:
    """Return the address behind a door; a frame has dozens. `root`: where the service lies."""
    del root
    return url_for(endpoint, place_code=place_code)


def _is_behind(door: Door) -> bool:
    """Whether the page that is asked for belongs to a door: `console_plan_shifts` to the plan."""
    group = door.endpoint.partition(".")[0]
    here = (request.endpoint or "").partition(".")[0]
    here = OPENED_FROM.get(here, here)
    return here == group or here.startswith(f"{group}_")


def say(key: str, /, **params: object) -> Markup:
    """Return one of the console's texts, `console.` left out; what fills it is escaped."""
    words = _escaped(key, language())
    if not params:
        return words
    given = {name: escape(value) for name, value in params.items()}
    return Markup(texts.counted(str(words), given).format(**given))  # noqa: S704 escaped, both


def called(field: str) -> Markup | str:
    """Return what people call a field of a form; nothing for one that no page asks for."""
    return say(f"sent.{field}") if texts.known(f"console.sent.{field}") else ""


@cache
def _escaped(key: str, spoken: str) -> Markup:
    return escape(texts.catalogue(spoken)[f"console.{key}"])


def plainly(key: str, /, **params: object) -> str:
    """Return the same as plain text, which a template escapes as a whole."""
    return texts.text(f"console.{key}", language(), **params)


DATA = (("&", r"\u0026"), ("<", r"\u003c"), (">", r"\u003e"), ("'", r"\u0027"))


def as_data(value: object) -> Markup:
    """Return a value as JSON for an attribute between single quotes."""
    words = orjson.dumps(value).decode()
    for sign, written in DATA:
        words = words.replace(sign, written)
    return Markup(words)  # noqa: S704 nothing left to escape


def show_day(value: date | datetime) -> str:
    """Return a day as people write it: 11月21日, 21 Nov; with the year if it is another."""
    day = clock.shanghai_day(value) if isinstance(value, datetime) else value
    return _dated(day, clock.shanghai_day(clock.now()), language())


def _dated(day: date, today: date, spoken: str) -> str:
    this_year = day.year == today.year
    if spoken == "en":
        return f"{day.day} {day:%b}" + ("" if this_year else f" {day.year}")
    return ("" if this_year else f"{day.year}年") + f"{day.month}月{day.day}日"


def show_moment(value: datetime) -> str:
    """Return a moment in Shanghai's wall time: 今天 16:40, 11月20日 08:05."""
    return moments()(value)


def moments() -> Callable[[datetime], str]:
    """Return what says moments so as long as a page is drawn."""
    today, spoken = clock.shanghai_day(clock.now()), language()

    def said(value: datetime) -> str:
        local = value.astimezone(clock.SHANGHAI)
        return f"{_said(local.date(), today, spoken)} {local.hour:02}:{local.minute:02}"

    return said


@lru_cache(MOST_DAYS)
def _said(day: date, today: date, spoken: str) -> str:
    """Return what a day is called on another one."""
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - today).days)
    return str(_escaped(f"days.{near}", spoken)) if near else _dated(day, today, spoken)


def show_clock(value: datetime) -> str:
    """Return the time of day in Shanghai: 19:00."""
    return f"{value.astimezone(clock.SHANGHAI):%H:%M}"


def show_skill(code: str) -> str:
    """Return what a skill of volunteers is called."""
    return texts.text(f"rosters.skills.{code}", language())


def show_number(value: float) -> str:
    """Return a number as everybody reads it: 12,345 or 12.5."""
    return f"{value:,.1f}".removesuffix(".0")


def show_percent(value: float) -> str:
    """Return a share of one: 0.925 is 92.5%."""
    return f"{value * 100:.1f}".removesuffix(".0") + "%"


def asset(name: str) -> str:
    """Return the address of a script or style; it changes when the file does."""
    return f"/console/assets/{name}{_version(settings().console_folder / name)}"


@cache
def _version(path: Path) -> str:
    if not path.is_file():
        return ""
    return f"?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
