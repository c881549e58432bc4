"""Connections: how SQLite's behave, and those for reading that are kept between requests."""

from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, event

WRITE = "linli_write"
"""Execution option of a connection that is going to write; the request's place for it."""
READ = "linli_read"
"""Execution option of a connection that only reads; the request's place for it."""


def install_engine_rules(engine: Engine) -> None:
    """Make SQLite behave: WAL, foreign keys, patience, and our own BEGIN."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        # The driver would begin transactions by its own rules; we begin them.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "busy_timeout=15000",
            "cache_size=-16000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if READ in options:
            return
        # A reader that turns into a writer half-way is refused at once when
        # somebody else wrote meanwhile, and no timeout helps: say so at the start.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if WRITE in options else "BEGIN")


def reading_engine(engine: Engine) -> Engine:
    """Return the engine as readers use it, on the same pool: each statement for itself.

    PostgreSQL gives each statement its own view of the data in any case, so a
    transaction around a few of them would only cost two more round trips.
    """
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{READ: True})
    return engine.execution_options(**{READ: True}, isolation_level="AUTOCOMMIT")


class Readers:
    """Connections for reading that are kept between requests: to be had and given back for nothing.

    A pool's way in and out costs more than most of what is asked. They are the pool's own, so
    only a few are kept, and none when it is emptied or the database was lost.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = reading_engine(engine)
        self._kept: list[Connection] = []
        event.listen(engine, "engine_disposed", lambda _engine: self.forget())
        event.listen(engine, "handle_error", self._on_error)

    def take(self) -> Connection:
        """Return a connection that nobody else uses."""
        try:
            return self._kept.pop()
        except IndexError:
            return self._engine.connect()

    def give(self, connection: Connection) -> None:
        """Take it back."""
        if connection.in_transaction():
            connection.rollback()  # of SQLAlchemy's own: nothing is open in the database
        if connection.closed or connection.invalidated or len(self._kept) >= MOST_KEPT:
            connection.close()
        else:
            self._kept.append(connection)

    def forget(self) -> None:
        """Keep none of them, and close them: the pool that they came from may be gone."""
        with suppress(IndexError):  # all threads are told at once when the database is lost
            while True:
                held = self._kept.pop()
                held.invalidate()
                held.close()

    def _on_error(self, told: ExceptionContext) -> None:
        if told.is_disconnect:  # then the others are lost, too
            self.forget()


MOST_KEPT = 4
"""As many as a web server's process has threads; of the pool's fifteen."""
