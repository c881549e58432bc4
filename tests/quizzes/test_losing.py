"""The database may go away between any two answers: what was told as written is there."""

import pytest
from sqlalchemy import select, text

from app.core.db import db, end_reading
from app.quizzes.models import Answer
from tests.quizzes.test_daily import key_of, start


@pytest.fixture
def lose(app):
    """Return what ends all connections but its own, as a restart of PostgreSQL does."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite is never away")

    def end():
        with db.engine.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

    return end


def test_answers_after_a_restart_of_the_database_are_kept(app, big_bank, clients, lose):
    client = clients["resident"]
    attempt = start(client)
    path = f"/attempts/{attempt['attempt_id']}/answers"
    bodies = [
        {"question_id": one["id"], "option_ids": key_of(attempt["attempt_id"], one)[0]}
        for one in attempt["questions"]
    ]
    db.session.remove()
    end_reading()
    for number, body in enumerate(bodies):
        if number % 2:
            lose()
            first = client.post(path, body)
            assert first.status_code in {200, 503}
        assert client.post(path, body).status_code == 200
    with db.engine.connect() as another:
        there = another.execute(select(Answer.version_id)).scalars().all()
    assert sorted(there) == sorted(body["question_id"] for body in bodies)
    finished = client.post(f"/attempts/{attempt['attempt_id']}/finish")
    assert finished.json["result"]["answered"] == len(bodies)
