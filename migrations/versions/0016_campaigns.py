"""Campaigns: whom they are for, tries, certificates; skills that are earned; attempts for them."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode, UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("finished_at IS NULL")
STANDING = sa.text("revoked_at IS NULL")
DAILY = "(occasion = 'daily') = (day IS NOT NULL)"
TABLES = (
    "campaign_certificates",
    "campaign_tries",
    "campaign_tellings",
    "campaign_places",
    "campaign_moves",
    "qualifications",
    "campaigns",
)
KEPT = (
    "id, resident_id, day, place_code, versions, started_at, deadline, finished_at, answered,"
    " counted, right_count, points, pledged_id"
)


def upgrade() -> None:
    let_attempts_have_occasions()
    op.create_table(
        "campaigns",
        sa.Column("id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("title_zh", sa.String(length=40), nullable=False),
        sa.Column("title_en", sa.String(length=80), nullable=True),
        sa.Column("about_zh", sa.String(length=300), nullable=True),
        sa.Column("about_en", sa.String(length=600), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("question_count", ID, nullable=False),
        sa.Column("minutes", ID, nullable=False),
        sa.Column("pass_percent", ID, nullable=False),
        sa.Column("most_tries", ID, nullable=False),
        sa.Column("wait_hours", ID, nullable=False),
        sa.Column("skill", sa.String(length=24), nullable=True),
        sa.Column("skill_months", ID, nullable=True),
        sa.Column("skill_until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("moves_made", ID, nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("participants", ID, nullable=False),
        sa.Column("passed", ID, nullable=False),
        sa.Column("tries_made", ID, nullable=False),
        sa.CheckConstraint(
            "audience IN ('everybody', 'volunteers')", name="ck_campaigns_known_audience"
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'announced', 'running', 'over', 'cancelled')",
            name="ck_campaigns_known_state",
        ),
        sa.CheckConstraint("first_day <= last_day", name="ck_campaigns_days_in_order"),
        sa.CheckConstraint("participants <= tries_made", name="ck_campaigns_took_part_by_trying"),
        sa.CheckConstraint("passed <= participants", name="ck_campaigns_passed_took_part"),
        sa.ForeignKeyConstraint(
            ["created_by"], ["residents.id"], name="fk_campaigns_created_by_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
    )
    op.create_index("ix_campaigns_place_code_id", "campaigns", ["place_code", "id"])
    op.create_index("ix_campaigns_state_first_day", "campaigns", ["state", "first_day"])
    op.create_table(
        "qualifications",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("skill", sa.String(length=24), nullable=False),
        sa.Column("source_type", sa.String(length=16), nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "last_day IS NULL OR first_day <= last_day", name="ck_qualifications_days_in_order"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_qualifications_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_qualifications"),
        sa.UniqueConstraint(
            "resident_id",
            "skill",
            "source_type",
            "source_id",
            name="uq_qualifications_resident_id_skill_source_type_source_id",
        ),
    )
    op.create_table(
        "campaign_moves",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("move", sa.String(length=12), nullable=False),
        sa.Column("from_state", sa.String(length=10), nullable=True),
        sa.Column("to_state", sa.String(length=10), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["residents.id"], name="fk_campaign_moves_actor_id_residents"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name="fk_campaign_moves_campaign_id_campaigns"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "seq", name="pk_campaign_moves"),
    )
    op.create_table(
        "campaign_places",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name="fk_campaign_places_campaign_id_campaigns"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "place_code", name="pk_campaign_places"),
    )
    op.create_index("ix_campaign_places_place_code", "campaign_places", ["place_code"])
    op.create_table(
        "campaign_tellings",
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("reached", ID, nullable=False),
        sa.Column("told", ID, nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name="fk_campaign_tellings_campaign_id_campaigns"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "kind", name="pk_campaign_tellings"),
    )
    op.create_table(
        "campaign_tries",
        sa.Column("id", ID, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=True),
        sa.Column("number", ID, nullable=False),
        sa.Column("channel", sa.String(length=5), nullable=False),
        sa.Column("attempt_id", ID, nullable=True),
        sa.Column("sheet", sa.String(length=24), nullable=True),
        sa.Column("entered_by", ID, nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("right_count", ID, nullable=False),
        sa.Column("question_count", ID, nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(channel = 'paper') = (sheet IS NOT NULL)", name="ck_campaign_tries_paper_sheet"
        ),
        sa.CheckConstraint(
            "(channel = 'phone') = (attempt_id IS NOT NULL)", name="ck_campaign_tries_phone_attempt"
        ),
        sa.CheckConstraint("channel IN ('phone', 'paper')", name="ck_campaign_tries_known_channel"),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (passed IS NULL)", name="ck_campaign_tries_judged_at_the_end"
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["quiz_attempts.id"], name="fk_campaign_tries_attempt_id_quiz_attempts"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name="fk_campaign_tries_campaign_id_campaigns"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["residents.id"], name="fk_campaign_tries_entered_by_residents"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_campaign_tries_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_tries"),
        sa.UniqueConstraint("attempt_id", name="uq_campaign_tries_attempt_id"),
        sa.UniqueConstraint(
            "campaign_id",
            "resident_id",
            "number",
            name="uq_campaign_tries_campaign_id_resident_id_number",
        ),
        sa.UniqueConstraint("campaign_id", "sheet", name="uq_campaign_tries_campaign_id_sheet"),
    )
    op.create_index("ix_campaign_tries_resident_id", "campaign_tries", ["resident_id"])
    op.create_table(
        "campaign_certificates",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("try_id", ID, nullable=True),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("title_zh", sa.String(length=40), nullable=False),
        sa.Column("title_en", sa.String(length=80), nullable=True),
        sa.Column("issuer", sa.String(length=80), nullable=False),
        sa.Column("percent", ID, nullable=False),
        sa.Column("pass_percent", ID, nullable=False),
        sa.Column("skill", sa.String(length=24), nullable=True),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_by", ID, nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name="fk_campaign_certificates_campaign_id_campaigns"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_campaign_certificates_resident_id_residents"
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by"], ["residents.id"], name="fk_campaign_certificates_revoked_by_residents"
        ),
        sa.ForeignKeyConstraint(
            ["try_id"], ["campaign_tries.id"], name="fk_campaign_certificates_try_id_campaign_tries"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_certificates"),
        sa.UniqueConstraint("number", name="uq_campaign_certificates_number"),
        sa.UniqueConstraint("try_id", name="uq_campaign_certificates_try_id"),
    )
    op.create_index(
        "uq_campaign_certificates_standing",
        "campaign_certificates",
        ["campaign_id", "resident_id"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_index(
        "ix_campaign_certificates_resident_id", "campaign_certificates", ["resident_id"]
    )
    op.create_index(
        "ix_campaign_certificates_place_code_id", "campaign_certificates", ["place_code", "id"]
    )
    keep("campaign_moves")


def let_attempts_have_occasions() -> None:
    """An attempt is of the daily five, of a day; or of another occasion, without a day."""
    if op.get_bind().dialect.name == "sqlite":
        make_attempts_anew(occasions=True)
        return
    op.add_column(
        "quiz_attempts",
        sa.Column("occasion", sa.String(10), nullable=False, server_default="daily"),
    )
    op.alter_column("quiz_attempts", "occasion", server_default=None)
    op.alter_column("quiz_attempts", "day", nullable=True)
    op.create_check_constraint(op.f("ck_quiz_attempts_days_are_daily"), "quiz_attempts", DAILY)


def make_attempts_anew(*, occasions: bool) -> None:
    """SQLite changes no column: the table is made anew, while what refers to it waits beside."""
    op.execute("CREATE TABLE waiting_answers AS SELECT * FROM quiz_answers")
    op.drop_table("quiz_answers")
    added = [sa.Column("occasion", sa.String(10), nullable=False)] if occasions else []
    checked = (
        [sa.CheckConstraint(DAILY, name=op.f("ck_quiz_attempts_days_are_daily"))]
        if occasions
        else []
    )
    op.create_table(
        "new_attempts",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        *added,
        sa.Column("day", sa.Date(), nullable=occasions),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("deadline", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("answered", ID, nullable=False),
        sa.Column("counted", ID, nullable=False),
        sa.Column("right_count", ID, nullable=False),
        sa.Column("points", ID, nullable=False),
        sa.Column("pledged_id", ID, nullable=True),
        *checked,
        sa.CheckConstraint(
            "counted BETWEEN 0 AND answered", name="ck_quiz_attempts_counted_are_answered"
        ),
        sa.CheckConstraint(
            "right_count BETWEEN 0 AND counted", name="ck_quiz_attempts_right_are_counted"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_quiz_attempts_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_attempts"),
        sa.UniqueConstraint("resident_id", "day", name="uq_quiz_attempts_resident_id_day"),
    )
    more, values = (", occasion", ", 'daily'") if occasions else ("", "")
    op.execute(
        f"INSERT INTO new_attempts ({KEPT}{more}) SELECT {KEPT}{values}"  # noqa: S608 our own words
        " FROM quiz_attempts WHERE day IS NOT NULL"
    )
    op.drop_table("quiz_attempts")
    op.rename_table("new_attempts", "quiz_attempts")
    op.create_index("ix_quiz_attempts_open", "quiz_attempts", ["deadline"], sqlite_where=OPEN)
    op.create_table(
        "quiz_answers",
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["quiz_attempts.id"], name="fk_quiz_answers_attempt_id_quiz_attempts"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["quiz_versions.id"], name="fk_quiz_answers_version_id_quiz_versions"
        ),
        sa.PrimaryKeyConstraint("attempt_id", "version_id", name="pk_quiz_answers"),
    )
    op.create_index("ix_quiz_answers_version_id", "quiz_answers", ["version_id"])
    op.execute(
        "INSERT INTO quiz_answers SELECT * FROM waiting_answers"
        " WHERE attempt_id IN (SELECT id FROM quiz_attempts)"
    )
    op.drop_table("waiting_answers")
    keep("quiz_answers")


def keep(table: str) -> None:
    """Let the database itself refuse to rewrite what happened, or to lose it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"""
        )
        op.execute(
            f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"""
        )
        return
    for name, event in (("append_only", "UPDATE"), ("kept", "DELETE")):
        op.execute(
            f"""CREATE TRIGGER {table}_{name} BEFORE {event} ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "sqlite":
        make_attempts_anew(occasions=False)
        return
    op.execute("DROP FUNCTION campaign_moves_append_only()")
    # What only the newer version knows goes; answers are kept by a trigger even from this.
    op.execute("ALTER TABLE quiz_answers DISABLE TRIGGER quiz_answers_append_only")
    op.execute(
        "DELETE FROM quiz_answers WHERE attempt_id IN"
        " (SELECT id FROM quiz_attempts WHERE day IS NULL)"
    )
    op.execute("ALTER TABLE quiz_answers ENABLE TRIGGER quiz_answers_append_only")
    op.execute("DELETE FROM quiz_attempts WHERE day IS NULL")
    op.drop_constraint(op.f("ck_quiz_attempts_days_are_daily"), "quiz_attempts", type_="check")
    op.alter_column("quiz_attempts", "day", nullable=False)
    op.drop_column("quiz_attempts", "occasion")
