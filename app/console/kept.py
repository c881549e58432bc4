"""Pages that are kept for whoever looked, until something that they show has changed.

A page is dear twice: what it shows is asked for, and then drawn. Both are kept at once,
by the rules of the API's answers (`committees.keeping`), for each person at a desk: the frame says
who they are and leads where their roles reach. A page may have holes, filled each time it is
given: one-time keys, or as of when it is.
"""

import functools
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from flask import Response, g, make_response, request
from sqlalchemy import Engine

from app.committees import keeping
from app.console import desk, once, shell
from app.core import marks
from app.core.access import Permission, language
from app.core.db import db
from app.places import rules as place_rules
from app.places import service as places

View = TypeVar("View", bound=Callable[..., Any])
TYPE = "text/html; charset=utf-8"
KEY = re.compile(rf'(<input type="hidden" name="{once.FIELD}" value=")[^"]*'.encode())
MOST_PLACES = 500
"""So many places are known by a process."""
SEAL, END = secrets.token_hex(12).encode(), b";"
"""Before and behind the name of a hole; nobody can write this into what a page shows."""
ONCE = "once"
"""Where a form's one-time key was: whoever gets the page gets keys of their own."""


def hole(name: str) -> str:
    """Return what stands in a page where something is filled in each time."""
    return (SEAL + name.encode() + END).decode()


def community_around(place_code: str) -> str:
    """Return the community that a place lies in, or a place above communities itself."""
    return place_rules.community_of(place_code) or place_code


def the_place(place_code: str) -> str:
    """Return the place itself, for what shows nothing of what lies around it."""
    return place_code


def the_query(query: bytes) -> bytes | None:
    """Return the whole query; nothing, if it says what was just done: that is said once."""
    return None if b"done=" in query else query


@dataclass(frozen=True)
class Kept:
    """What makes a kept page another one.

    `needs`: what somebody has to reach the page's place with; `topics`: of which changes, as the
    migrations from 0025 on mark them, at `scope(place)`; `asked`: what of the address's query,
    nothing if the page is not kept; `filled`: what its holes are filled with.
    """

    needs: Permission
    topics: tuple[str, ...]
    scope: Callable[[str], str] = community_around
    asked: Callable[[bytes], bytes | None] = the_query
    filled: Mapping[str, Callable[[], str]] = field(default_factory=dict)


class _NotKept(Exception):
    """What was answered is no page."""

    def __init__(self, response: Response) -> None:
        self.response = response


def kept(service: Callable[..., Any]) -> Callable[[View], View]:
    """Mark a page that shows what a service of `keeping.COUNTED` answers; below `at_desk`."""

    def scope(place_code: str) -> str:
        return keeping.scope_of(service, place_code, siblings=False)

    return live(Permission.OVERVIEW_READ, *keeping.COUNTED[service], scope=scope)


def live(needs: Permission, *topics: str, **how: Any) -> Callable[[View], View]:
    """Mark a page of what is so now, by what it shows; see `Kept`. Below `at_desk`.

    What it shows by the clock it tells itself (`committees.lasting`).
    """
    rule = Kept(needs, topics, **how)

    def mark(view: View) -> View:
        @functools.wraps(view)
        def found(*args: Any, place_code: str, **named: Any) -> Any:
            actor, query = desk.actor(), rule.asked(request.query_string)

            def drawn() -> Response:
                return make_response(view(*args, place_code=place_code, **named))

            if query is None or not actor.reaches(rule.needs, place_code):
                page = drawn()  # or the view refuses it
                page.set_data(_filled(rule, page.get_data()))
                return page
            looks = (desk.partly(), language(), shell.letters())
            key = (request.path, query, *looks, actor)
            scope = rule.scope(place_code)
            mark, named_by = _read_marks(place_code, scope, rule.topics)

            def draw() -> bytes:
                _remember_place(place_code, scope, named_by)
                page = drawn()
                if (page.status_code, page.content_type) != (200, TYPE):
                    raise _NotKept(page)
                return KEY.sub(rb"\g<1>" + hole(ONCE).encode(), page.get_data())

            try:
                body = keeping.found_by(key, mark, draw)
            except _NotKept as other:
                return other.response
            return Response(_filled(rule, body), content_type=TYPE)

        found.kept = rule  # type: ignore[attr-defined]
        return cast("View", found)

    return mark


def _read_marks(place_code: str, scope: str, topics: tuple[str, ...]) -> tuple[int, int]:
    """Return the mark of a page, and that of what places are called.

    A place that this process does not know yet comes in the same query: a page has six.
    """
    known, groups = _places.setdefault(db.engine, {}), (topics, (keeping.PLACES,))
    if (place_code, scope) in known:
        mark, named_by = marks.read_marks(scope, *groups)
        return mark, named_by
    place, row = places.get_place_and(place_code, *marks.asked_besides(scope, *groups))
    _hold(known, (place_code, scope), (int(row.mark_1), place))
    return int(row.mark_0), int(row.mark_1)


def _remember_place(place_code: str, scope: str, mark: int) -> None:
    """Let the frame of the page be drawn without asking for the place, if nothing has changed.

    `scope`: what the mark is of; the same number of another one says something else.
    """
    known = _places.setdefault(db.engine, {})
    held = known.get((place_code, scope))
    if held is None or held[0] != mark:
        held = _hold(known, (place_code, scope), (mark, places.get_place(place_code)))
    g.console_place = held[1]


Held = tuple[int, dict[str, Any]]
Known = dict[tuple[str, str], Held]


def _hold(known: Known, key: tuple[str, str], held: Held) -> Held:
    if len(known) >= MOST_PLACES:
        known.clear()
    known[key] = held
    return held


_places: WeakKeyDictionary[Engine, Known] = WeakKeyDictionary()


def _filled(rule: Kept, body: bytes) -> bytes:
    first, *rest = body.split(SEAL)
    if not rest:
        return body
    fill = {ONCE: once.new_key, **rule.filled}
    found = [first]
    for part in rest:
        name, _, after = part.partition(END)
        found += (str(fill[name.decode()]()).encode(), after)
    return b"".join(found)
