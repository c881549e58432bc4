"""Cases as the board, the map and a case's own page show them: in words, and by links.

A board has more than a hundred of them: what all have in common is made once, and a template only
puts each in its place.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from flask import Blueprint, url_for

from app.console import shell
from app.hazards import board

WORDS = {
    "reported": "new",
    "accepted": "in_hand",
    "assigned": "in_hand",
    "handling": "in_hand",
    "suspended": "on_hold",
    "handled": "to_confirm",
    "closed": "closed",
    "declined": "closed",
    "withdrawn": "closed",
}
"""The five words that a state is told in, on every page."""
TONES = {
    "new": "waiting",
    "in_hand": "going",
    "on_hold": "waiting",
    "to_confirm": "waiting",
    "closed": "solved",
}
LATE = "late"
ANY = 10**15
"""Stands for a case's id in an address; no case has it."""
GAP = "\0"
"""Stands for what fills a text."""


class Card(NamedTuple):
    """A case as a template draws it.

    `kind`, `word`, `tone`: its state, one of five; `promise`: by when what is done next; `ways`:
    in which columns it may be put, for `board.ts`; `url`, `menu`: what is about it, and where it
    may go.
    """

    id: int
    number: str
    name: str
    late: bool
    kind: str
    word: str
    tone: str
    words: str
    promise: str
    where: str
    address: str
    photo: str | None
    ways: str
    moves: bool
    url: str
    menu: str
    pick: str


def cards_of(
    cases: Iterable[Mapping[str, Any]], place_code: str, chosen: Mapping[str, Any]
) -> list[Card]:
    """Return cases of a list as they are drawn. `chosen`: the filters, which links keep."""
    url = _links("board_cases.show", place_code, chosen)
    menu = _links("board_cases.offer", place_code, chosen)
    chips = {state: _chip(state) for state in WORDS}
    late, promised, pick = str(shell.say("board.late")), _promises(), _gap("board.pick", "number")
    found = []
    for case in cases:
        number, state, assignee = case["number"], case["state"], case["assignee"]
        word, tone = (late, LATE) if case["overdue"] else chips[state]
        found.append(
            Card(
                id=case["id"],
                number=number,
                name=case["category_name"],
                late=case["overdue"],
                kind=WORDS[state],
                word=word,
                tone=tone,
                words=case["description"],
                promise=promised(case),
                where=case["place_name"] + (f" · {assignee['name']}" if assignee else ""),
                address=case["address"] or "",
                photo=case["thumbnail_url"],
                ways=ways_of(case),
                moves=bool(case["moves"]),
                url=url(case["id"]),
                menu=menu(case["id"]),
                pick=pick(number),
            )
        )
    return found


def _links(endpoint: str, place_code: str, chosen: Mapping[str, Any]) -> Callable[[int], str]:
    """Return what makes the address of each case: finding one takes longer than all the rest."""
    head, _, tail = address(endpoint, place_code, chosen, case_id=ANY).partition(f"/{ANY}")
    return lambda case_id: f"{head}/{case_id}{tail}"


def _chip(state: str) -> tuple[str, str]:
    word = WORDS[state]
    nothing_done = state in {"declined", "withdrawn"}
    return str(shell.say(f"board.words.{word}")), "over" if nothing_done else TONES[word]


def chip_of(case: Mapping[str, Any]) -> tuple[str, str]:
    """Return a case's state in one of the five words, and the tone that it is shown in."""
    return _chip(case["state"])


def promise_of(case: Mapping[str, Any]) -> str:
    """Return by when what is done next: 今天 16:40 前受理."""
    return _promises()(case)


def _promises() -> Callable[[Mapping[str, Any]], str]:
    """Return what says the promises of the cases of a page."""
    moment_of = shell.moments()
    words = cache(lambda state: _gap(f"board.promises.{state}", "moment"))

    def said(case: Mapping[str, Any]) -> str:
        state, act_by = case["state"], case["act_by"]
        moment = {"handled": case["handled_at"], "closed": case["closed_at"]}.get(state, act_by)
        if moment is None:
            return shell.plainly(f"board.ends.{state}")
        return words(state)(moment_of(moment))

    return said


def _gap(key: str, name: str) -> Callable[[str], str]:
    """Return what fills the only gap of one of the console's texts."""
    before, _, after = shell.plainly(key, **{name: GAP}).partition(GAP)
    return lambda filled: f"{before}{filled}{after}"


def ways_of(case: Mapping[str, Any]) -> str:
    """Return in which columns a case may be put: of each `move,state,column`, perhaps `,ask`.

    What ends a case is asked about first, also where it needs nothing.
    """
    ways = []
    for move in case["moves"]:
        to = move["to"]
        if to != case["state"]:
            asks = bool(move["needs"]) or to in board.COLUMNS[board.OVER]
            ways.append(f"{move['move']},{to},{board.COLUMN_OF[to]}{',ask' if asks else ''}")
    return " ".join(ways)


def address(endpoint: str, place_code: str, chosen: Mapping[str, Any], **more: Any) -> str:
    """Return the address of a page of the board with its filters."""
    kept = {name: "true" if value is True else value for name, value in chosen.items() if value}
    values: dict[str, Any] = {"place_code": place_code, **kept, **more}
    return url_for(f"console_{endpoint}", **values)


def install(blueprint: Blueprint) -> None:
    """Give the templates what they ask for of one case."""
    named = {"chip_of": chip_of, "promise_of": promise_of, "address": address}
    blueprint.record(lambda setup: setup.app.jinja_env.globals.update(named))
