"""Walk rounds: check-ins, doubts, tracks, calls for help, appeals; and what was found on them."""

import sqlalchemy as sa
from alembic import op

from app.core.db import PlaceCode, UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOT_CLOSED = sa.text("state <> 'closed'")
UNANSWERED = sa.text("accepted IS NULL")
ASKED = sa.text("state = 'asked'")
TABLES = (
    "round_flags",
    "track_points",
    "round_appeals",
    "check_ins",
    "attestations",
    "walked_hours",
    "sos_calls",
    "rounds",
    "findings",
    "attendances",
)


def upgrade() -> None:
    op.create_table(
        "attendances",
        sa.Column("id", ID, nullable=False),
        sa.Column("shift_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("team_id", ID, nullable=True),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("minutes", ID, nullable=False),
        sa.Column("evidence", ID, nullable=False),
        sa.Column("attested", sa.Boolean(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("version", ID, nullable=False),
        sa.CheckConstraint(
            "state IN ('expected', 'on_round', 'ended', 'no_show')",
            name="ck_attendances_known_state",
        ),
        sa.CheckConstraint("evidence BETWEEN 0 AND 5", name="ck_attendances_known_evidence"),
        sa.CheckConstraint("minutes >= 0", name="ck_attendances_minutes_some"),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_attendances_resident_id_residents"
        ),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name="fk_attendances_shift_id_shifts"),
        sa.PrimaryKeyConstraint("id", name="pk_attendances"),
        sa.UniqueConstraint("shift_id", "resident_id", name="uq_attendances_shift_id_resident_id"),
    )
    op.create_index(
        "ix_attendances_place_code_starts_at", "attendances", ["place_code", "starts_at"]
    )
    op.create_index(
        "ix_attendances_resident_id_starts_at", "attendances", ["resident_id", "starts_at", "id"]
    )
    op.create_table(
        "findings",
        sa.Column("hazard_id", ID, autoincrement=False, nullable=False),
        sa.Column("shift_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_findings_resident_id_residents"
        ),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name="fk_findings_shift_id_shifts"),
        sa.PrimaryKeyConstraint("hazard_id", name="pk_findings"),
    )
    op.create_index("ix_findings_shift_id_at", "findings", ["shift_id", "at"])
    op.create_table(
        "rounds",
        sa.Column("shift_id", ID, nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", ID, nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["residents.id"], name="fk_rounds_closed_by_residents"
        ),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name="fk_rounds_shift_id_shifts"),
        sa.PrimaryKeyConstraint("shift_id", name="pk_rounds"),
    )
    op.create_table(
        "sos_calls",
        sa.Column("id", ID, nullable=False),
        sa.Column("shift_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("called_at", UtcDateTime(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("note", sa.String(500), nullable=True),
        sa.Column("acknowledged_by", ID, nullable=True),
        sa.Column("acknowledged_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", ID, nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closing_note", sa.String(500), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'acknowledged', 'closed')", name="ck_sos_calls_known_state"
        ),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["residents.id"], name="fk_sos_calls_acknowledged_by_residents"
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["residents.id"], name="fk_sos_calls_closed_by_residents"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_sos_calls_resident_id_residents"
        ),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name="fk_sos_calls_shift_id_shifts"),
        sa.PrimaryKeyConstraint("id", name="pk_sos_calls"),
    )
    op.create_index("ix_sos_calls_called_at", "sos_calls", ["called_at"])
    op.create_index("ix_sos_calls_shift_id_id", "sos_calls", ["shift_id", "id"])
    op.create_index(
        "uq_sos_calls_one_open",
        "sos_calls",
        ["shift_id", "resident_id"],
        unique=True,
        sqlite_where=NOT_CLOSED,
        postgresql_where=NOT_CLOSED,
    )
    op.create_table(
        "walked_hours",
        sa.Column("shift_id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("hour_at", UtcDateTime(), nullable=False),
        sa.Column("minutes", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name="fk_walked_hours_shift_id_shifts"
        ),
        sa.PrimaryKeyConstraint("shift_id", "place_code", "hour_at", name="pk_walked_hours"),
    )
    op.create_index("ix_walked_hours_place_code_hour_at", "walked_hours", ["place_code", "hour_at"])
    op.create_table(
        "attestations",
        sa.Column("id", ID, nullable=False),
        sa.Column("attendance_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(500), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["attendances.id"], name="fk_attestations_attendance_id_attendances"
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["residents.id"], name="fk_attestations_by_id_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attestations"),
        sa.UniqueConstraint("attendance_id", "by_id", name="uq_attestations_attendance_id_by_id"),
    )
    op.create_table(
        "check_ins",
        sa.Column("id", ID, nullable=False),
        sa.Column("attendance_id", ID, nullable=False),
        sa.Column("shift_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("client_uuid", sa.String(36), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("checkpoint_id", ID, nullable=True),
        sa.Column("device_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("beyond_m", sa.Double(), nullable=True),
        sa.Column("code_kind", sa.String(10), nullable=False),
        sa.Column("code_step", ID, nullable=True),
        sa.Column("evidence", ID, nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "code_kind IN ('none', 'static', 'rotating', 'own', 'wrong')",
            name="ck_check_ins_known_code_kind",
        ),
        sa.CheckConstraint(
            "kind IN ('start', 'checkpoint', 'end')", name="ck_check_ins_known_kind"
        ),
        sa.CheckConstraint("evidence BETWEEN 0 AND 3", name="ck_check_ins_known_evidence"),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["attendances.id"], name="fk_check_ins_attendance_id_attendances"
        ),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"], ["checkpoints.id"], name="fk_check_ins_checkpoint_id_checkpoints"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_check_ins_resident_id_residents"
        ),
        sa.ForeignKeyConstraint(["shift_id"], ["shifts.id"], name="fk_check_ins_shift_id_shifts"),
        sa.PrimaryKeyConstraint("id", name="pk_check_ins"),
        sa.UniqueConstraint(
            "resident_id", "client_uuid", name="uq_check_ins_resident_id_client_uuid"
        ),
    )
    op.create_index("ix_check_ins_attendance_id", "check_ins", ["attendance_id"])
    op.create_index("ix_check_ins_received_at", "check_ins", ["received_at"])
    op.create_index("ix_check_ins_shift_id_at", "check_ins", ["shift_id", "at"])
    op.create_table(
        "round_appeals",
        sa.Column("id", ID, nullable=False),
        sa.Column("attendance_id", ID, nullable=False),
        sa.Column("place_code", PlaceCode(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("minutes", ID, nullable=True),
        sa.Column("answer", sa.String(500), nullable=True),
        sa.Column("answered_by", ID, nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'granted', 'refused')", name="ck_round_appeals_known_state"
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["residents.id"], name="fk_round_appeals_answered_by_residents"
        ),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["attendances.id"], name="fk_round_appeals_attendance_id_attendances"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_round_appeals"),
        sa.UniqueConstraint("attendance_id", name="uq_round_appeals_attendance_id"),
    )
    op.create_index(
        "ix_round_appeals_asked",
        "round_appeals",
        ["place_code", "id"],
        sqlite_where=ASKED,
        postgresql_where=ASKED,
    )
    op.create_table(
        "track_points",
        sa.Column("id", ID, nullable=False),
        sa.Column("attendance_id", ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("cell", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["attendances.id"], name="fk_track_points_attendance_id_attendances"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_track_points"),
        sa.UniqueConstraint("attendance_id", "at", name="uq_track_points_attendance_id_at"),
    )
    op.create_index("ix_track_points_cell", "track_points", ["cell"])
    op.create_index("ix_track_points_received_at", "track_points", ["received_at"])
    op.create_table(
        "round_flags",
        sa.Column("id", ID, nullable=False),
        sa.Column("attendance_id", ID, nullable=False),
        sa.Column("check_in_id", ID, nullable=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(500), nullable=True),
        sa.Column("answered_by", ID, nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["residents.id"], name="fk_round_flags_answered_by_residents"
        ),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["attendances.id"], name="fk_round_flags_attendance_id_attendances"
        ),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_ins.id"], name="fk_round_flags_check_in_id_check_ins"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_round_flags"),
        sa.UniqueConstraint("attendance_id", "key", name="uq_round_flags_attendance_id_key"),
    )
    op.create_index(
        "ix_round_flags_unanswered",
        "round_flags",
        ["attendance_id"],
        sqlite_where=UNANSWERED,
        postgresql_where=UNANSWERED,
    )
    op.add_column("hazards", sa.Column("round_id", ID, nullable=True))


def downgrade() -> None:
    op.drop_column("hazards", "round_id")
    for table in TABLES:
        op.drop_table(table)
