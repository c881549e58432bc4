"""Speaking to PostgreSQL by libpq alone, for prepared statements: `core.prepared` sends them.

psycopg's cursor is made for any statement, and costs four times what libpq does for one that is
prepared. The connection stays psycopg's: its settings, its types and its errors.
"""

import select
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import psycopg
from psycopg import pq
from psycopg.abc import Transformer as Loaders
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import (
    FeatureNotSupported,
    InFailedSqlTransaction,
    InvalidSqlStatementName,
    error_from_result,
)

_FINE = frozenset({pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK})
_STALE = (InvalidSqlStatementName, FeatureNotSupported)
_LOST = "the server closed the connection"
_NOT_COMMITTED = "something in the transaction had failed, so nothing of it was committed"


class Sent(NamedTuple):
    """A statement with `$1` for its first value, and its values as PostgreSQL reads them."""

    words: str
    values: Sequence[Any]


BEGIN, COMMIT = Sent("BEGIN", ()), Sent("COMMIT", ())


class Line:
    """A connection. What is to be written `later` goes with what is asked next."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._libpq = connection.pgconn
        self._names: dict[str, bytes] = {}
        self._prepared = 0
        self._loaders: dict[str, Loaders] = {}
        self._waiting: list[Sent] = []
        self._poll = select.poll()
        self._poll.register(self._libpq.socket, select.POLLIN)

    def begin(self) -> None:
        """Begin a transaction, with what is asked first."""
        self._waiting.append(BEGIN)

    def commit(self) -> None:
        """Send what waits, and commit all of it. Errors: psycopg's; then nothing is committed."""
        if self._waiting == [BEGIN]:  # nothing was asked
            self._waiting.clear()
        else:
            done = self.ask_all([COMMIT])[-1]
            if done.command_status == b"ROLLBACK":  # a fault that somebody has passed over
                raise InFailedSqlTransaction(_NOT_COMMITTED)

    def later(self, sent: Sent) -> None:
        """Let this be sent before what is asked next."""
        self._waiting.append(sent)

    def ask(self, sent: Sent) -> Any:
        """Return the result of a statement. Errors: psycopg's."""
        if self._waiting or not self._connection.autocommit:
            return self.ask_all([sent])[-1]
        try:
            return self._asked(sent)
        except _STALE:
            if not self._forgot():
                raise
            return self._asked(sent)  # once more only: it may be what was asked

    def ask_all(self, asked: Iterable[Sent]) -> list[Any]:
        """Return the results of statements that are sent together, and of those that waited.

        All go at once and are answered at once: one round trip. Where one fails, those behind it
        are not done. Errors: psycopg's, the first one.
        """
        queue = [*self._waiting, *asked]
        self._waiting.clear()
        if not self._connection.autocommit:
            return self._together(self._within(queue), self._by_words)
        try:
            return self._all_asked(queue)
        except _STALE:
            if not self._forgot():
                raise
            return self._all_asked(queue)

    def _asked(self, sent: Sent) -> Any:
        name = self._names.get(sent.words) or self._prepare(sent.words)
        return self._good(self._libpq.exec_prepared(name, sent.values))

    def _all_asked(self, queue: list[Sent]) -> list[Any]:
        for one in queue:
            if one.words not in self._names:
                self._prepare(one.words)
        return self._together(queue, self._by_name)

    def _within(self, queue: list[Sent]) -> list[Sent]:
        """Begin what psycopg would have begun by itself, where a session holds the connection."""
        idle = self._libpq.transaction_status == pq.TransactionStatus.IDLE
        return [BEGIN, *queue] if idle else queue

    def _together(self, queue: list[Sent], send: Callable[[Sent], None]) -> list[Any]:
        self._libpq.enter_pipeline_mode()
        try:
            for one in queue:
                send(one)
            self._libpq.pipeline_sync()
            results = self._results()
            self._libpq.exit_pipeline_mode()
        except BaseException:
            # What has not been answered to its end would answer whoever asks next.
            self._libpq.finish()
            raise
        return [self._good(result) for result in results]

    def _by_name(self, one: Sent) -> None:
        self._libpq.send_query_prepared(self._names[one.words], one.values)

    def _by_words(self, one: Sent) -> None:
        # psycopg forgets all names of a connection when a session takes something back.
        self._libpq.send_query_params(one.words.encode(), one.values)

    def send(self) -> None:
        """Send what waits."""
        if self._waiting:
            self.ask_all(())

    def roll_back(self) -> None:
        """Forget what waits, and take back what was sent. Errors: psycopg's."""
        self._waiting.clear()
        if self._libpq.transaction_status != pq.TransactionStatus.IDLE:
            self._good(self._libpq.exec_(b"ROLLBACK"))

    def rows(self, sent: Sent, result: Any, make: Callable[[Any], Any]) -> list[Any]:
        """Return the rows of a result, each of what `make` makes of its values."""
        loaders = self._loaders.get(sent.words)
        if loaders is None:
            loaders = self._loaders[sent.words] = Transformer(self._connection)
            loaders.set_pgresult(result)
        else:
            loaders.set_pgresult(result, set_loaders=False)
        return loaders.load_rows(0, result.ntuples, make)

    def _prepare(self, words: str) -> bytes:
        self._prepared += 1
        name = f"linli_{self._prepared}".encode()
        self._good(self._libpq.prepare(name, words.encode()))
        self._names[words] = name
        return name

    def _forgot(self) -> bool:
        """Prepare all anew, if that helps: the server knows them no more, or a table is another.

        Whether what was asked may be asked again: nothing of it is done, and nothing before it.
        """
        known = bool(self._names)
        self._names.clear()
        self._loaders.clear()
        return known and self._libpq.transaction_status == pq.TransactionStatus.IDLE

    def _results(self) -> list[Any]:
        """Return what comes back, up to the end of what was sent together."""
        found: list[Any] = []
        silent = 0
        while silent < 2:  # noqa: PLR2004 one ends an answer, two the connection
            while self._libpq.flush():
                self._poll.modify(self._libpq.socket, select.POLLIN | select.POLLOUT)
                self._poll.poll()
                self._poll.modify(self._libpq.socket, select.POLLIN)
                self._libpq.consume_input()
            # Waiting here, and not in libpq: nobody else could work meanwhile.
            while self._libpq.is_busy():
                self._poll.poll()
                self._libpq.consume_input()
            result = self._libpq.get_result()
            if result is None:
                silent += 1
                continue
            silent = 0
            if result.status == pq.ExecStatus.PIPELINE_SYNC:
                return found
            found.append(result)
        raise psycopg.OperationalError(_LOST)

    def _good(self, result: Any) -> Any:
        if result.status in _FINE:
            return result
        if self._libpq.status != pq.ConnStatus.OK:
            raise psycopg.OperationalError(result.get_error_message() or _LOST)
        raise error_from_result(result)


_dumpers: dict[type, Callable[[Any], Any]] = {}


def dumped(value: Any) -> Any:
    """Return a value as PostgreSQL reads it, in text; by the dumpers of psycopg."""
    if value is None:
        return None
    kind = type(value)
    dump = _dumpers.get(kind)
    if dump is None:
        found = psycopg.adapters.get_dumper(kind, PyFormat.TEXT)(kind)
        # Numbers have dumpers for each size, which write the same text.
        dump = _dumpers[kind] = found.upgrade(value, PyFormat.TEXT).dump
    return dump(value)
