"""A process as one readable table of moves.

A feature writes its table in its own `rules.py`; here is what all tables have
in common: who may make a move, what it must bring, and which move is meant.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from app.core.errors import Conflict, FieldError, Forbidden, InvalidInput

Subject = TypeVar("Subject")


class IllegalMove(Conflict):
    """No such move from this state, or somebody was faster."""

    code = "illegal_move"


class MoveNotYours(Forbidden):
    """The move exists, but it is somebody else's."""

    code = "move_not_yours"


@dataclass(frozen=True, slots=True)
class Move(Generic[Subject]):
    """One line of the table.

    `by`: the relations to the subject of which one is enough.
    `needs`: what must come with it; `allows`: what else may.
    `when`: a further condition on the subject, named in `otherwise`.
    """

    name: str
    origin: str
    to: str
    by: frozenset[str]
    needs: tuple[str, ...] = ()
    allows: tuple[str, ...] = ("note",)
    when: Callable[[Subject], bool] = field(default=lambda _: True)

    def shown(self) -> dict[str, object]:
        """Return the move as clients see it; they draw their buttons from it."""
        return {
            "to": self.to,
            "move": self.name,
            "needs": list(self.needs),
            "allows": list(self.allows),
        }


def open_moves(
    table: Iterable[Move[Subject]], subject: Subject, state: str, relations: Collection[str]
) -> list[Move[Subject]]:
    """Return the moves that somebody with these relations may make now."""
    return [
        move
        for move in table
        if move.origin == state and not move.by.isdisjoint(relations) and move.when(subject)
    ]


def choose_move(
    table: Collection[Move[Subject]],
    subject: Subject,
    state: str,
    to: str,
    relations: Collection[str],
    *,
    given: Mapping[str, object],
) -> Move[Subject]:
    """Return the move that is meant.

    Errors: IllegalMove (not from this state), MoveNotYours (not by you),
    InvalidInput (something needed is missing, or something makes no sense here).
    """
    if not any(move.origin == state and move.to == to and move.when(subject) for move in table):
        raise IllegalMove(state=state, to=to)
    mine = [move for move in open_moves(table, subject, state, relations) if move.to == to]
    if not mine:
        raise MoveNotYours(state=state, to=to)
    # Who is both reporter and committee may mean either: what was brought decides.
    faults = [(_faults(move, given), move) for move in mine]
    best, move = min(faults, key=lambda pair: len(pair[0]))
    if best:
        raise InvalidInput(errors=best)
    return move


def _faults(move: Move[Subject], given: Mapping[str, object]) -> list[FieldError]:
    brought = {name for name, value in given.items() if value not in (None, "", [], ())}
    missing = [FieldError(name, "required") for name in move.needs if name not in brought]
    known = {*move.needs, *move.allows}
    extra = [FieldError(name, "not_for_this_move") for name in sorted(brought - known)]
    return missing + extra
