"""Whether the database has the tables that this version was written for."""

from functools import cache

from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.config import ROOT
from app.core.db import read


@cache
def head() -> str:
    """Return the newest revision that this version knows."""
    return str(ScriptDirectory(str(ROOT / "migrations")).get_current_head())


def revision() -> str | None:
    """Return the revision of the database; none if it has no tables of ours.

    Errors: OperationalError if it is away.
    """
    try:
        found = read(text("SELECT version_num FROM alembic_version")).scalar()
    except ProgrammingError:  # PostgreSQL: no such table
        return None
    except OperationalError as fault:
        if "no such table" in str(fault.orig):  # SQLite
            return None
        raise
    return str(found) if found else None


def current() -> bool:
    """Whether the database is at the newest revision. Errors: OperationalError if it is away."""
    return revision() == head()
