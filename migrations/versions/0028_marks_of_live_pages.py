"""What pages of what is so now show: marked by the database as what figures count; see ADR 31."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ALL = ("INSERT", "UPDATE", "DELETE")
OWN = "SELECT {row}.place_code AS place_code"
CASE = "SELECT place_code FROM hazards WHERE id = {row}.hazard_id"
PHOTO = (
    "SELECT h.place_code FROM hazard_photos p JOIN hazards h ON h.id = p.hazard_id"
    " WHERE p.photo_id = {row}.id"
)
SHIFT = "SELECT place_code FROM shifts WHERE id = {row}.shift_id"
QUESTION = "SELECT place_code FROM quiz_questions WHERE id = {row}.question_id"
VERSION = (
    "SELECT q.place_code FROM quiz_versions v JOIN quiz_questions q ON q.id = v.question_id"
    " WHERE v.id = {row}.version_id"
)
REPORT = "SELECT place_code FROM reports WHERE id = {row}.report_id"
EVERYWHERE = "SELECT '' AS place_code"


def all_of(*selections: str) -> str:
    """Return what selects the places of all of these, each place once."""
    return " UNION ".join(selections)


NEAR = all_of(
    "SELECT place_code FROM residences WHERE resident_id = {who}",
    "SELECT place_code FROM liked_places WHERE resident_id = {who}",
    "SELECT t.place_code FROM team_members m JOIN teams t ON t.id = m.team_id"
    " WHERE m.resident_id = {who}",
)
"""Where somebody is listed among those who serve."""
SERVED = all_of(NEAR, "SELECT place_code FROM hour_entries WHERE resident_id = {who}")
NAMED = all_of(
    # Who is or was in charge wrote here and there, which stays with their name.
    "SELECT '' AS place_code FROM held_roles WHERE resident_id = {who} AND kind <> 'resident'",
    "SELECT '' FROM audit_entries WHERE resident_id = {who}",
    SERVED,
    "SELECT place_code FROM attendances WHERE resident_id = {who}",
    "SELECT community_code FROM hazards WHERE assignee_id = {who}",
    "SELECT place_code FROM shifts WHERE leader_id = {who}",
    "SELECT place_code FROM shift_templates WHERE leader_id = {who}",
)
"""Where somebody's name is read."""
HERE_AND_NEAR = all_of(OWN, NEAR)
TEAM_AND_NEAR = all_of("SELECT place_code FROM teams WHERE id = {row}.team_id", NEAR)
BY_ID, BY_RESIDENT = "{row}.id", "{row}.resident_id"
MARKED = (
    ("hazard_photos", "checks", CASE, ALL),
    ("note_checks", "checks", CASE, ALL),
    ("photos", "checks", PHOTO, ("UPDATE OF check_state",)),
    ("signups", "plan", SHIFT, ALL),
    ("call_outs", "plan", SHIFT, ALL),
    ("shift_templates", "plan", OWN, ALL),
    ("patrol_routes", "plan", OWN, ALL),
    ("roster_proposals", "plan", OWN, ALL),
    ("round_appeals", "rounds", OWN, ALL),
    ("teams", "serving", EVERYWHERE, ALL),
    ("team_members", "serving", TEAM_AND_NEAR, ALL),
    ("residences", "serving", HERE_AND_NEAR, ALL),
    ("liked_places", "serving", HERE_AND_NEAR, ALL),
    ("volunteers", "serving", SERVED, ALL),
    ("qualifications", "serving", NEAR, ALL),
    ("hour_accounts", "serving", SERVED, ALL),
    ("residents", "names", NAMED.replace("{who}", BY_ID), ("UPDATE OF name",)),
    ("held_roles", "roles", OWN, ALL),
    ("quiz_questions", "bank", OWN, ALL),
    ("quiz_versions", "bank", QUESTION, ALL),
    ("quiz_figures", "bank", VERSION, ALL),
    ("committee_comments", "reviews", OWN, ALL),
    ("rectifications", "reviews", OWN, ALL),
    ("reports", "reports", OWN, ALL),
    ("report_files", "reports", REPORT, ALL),
    ("audit_entries", "audit", OWN, ("INSERT", "DELETE")),
)  # fmt: skip
"""Table, topic, what selects the places of a changed row, and after what."""


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, topic, places, events in MARKED:
        (mark_postgresql if postgresql else mark_sqlite)(table, topic, places, events)


def line(topic: str, places: str, row: str) -> str:
    """Return what writes down that a row was changed."""
    found = places.replace("{who}", BY_RESIDENT).replace("{row}", row)
    into = "INSERT INTO place_changes (place_code, topic) SELECT substr"
    return f"{into}(place_code, 1, 15), '{topic}' FROM ({found}) theirs;"


def lines(topic: str, places: str, event: str) -> str:
    """Return what writes down an event: a row that moves concerns both places."""
    if event == "DELETE":
        return line(topic, places, "OLD")
    if event == "INSERT" or "{row}.place_code" not in places:
        return line(topic, places, "NEW")
    moved = " WHERE OLD.place_code <> NEW.place_code;"
    return line(topic, places, "NEW") + " " + line(topic, OWN, "OLD").replace(";", moved)


def mark_postgresql(table: str, topic: str, places: str, events: tuple[str, ...]) -> None:
    name = f"{table}_marked_{topic}"
    if places == EVERYWHERE:
        body, each = line(topic, places, ""), "STATEMENT"
    else:
        kinds = sorted({event.split()[0] for event in events})
        told = (f"IF TG_OP = '{kind}' THEN {lines(topic, places, kind)} END IF;" for kind in kinds)
        body, each = " ".join(told), "ROW"
    op.execute(
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN {body} RETURN NULL; END $$"""
    )
    op.execute(
        f"""CREATE TRIGGER {name} AFTER {" OR ".join(events)} ON {table}
        FOR EACH {each} EXECUTE FUNCTION {name}()"""
    )


def mark_sqlite(table: str, topic: str, places: str, events: tuple[str, ...]) -> None:
    for event in events:
        kind = event.split()[0]
        name = f"{table}_marked_{topic}_{kind.lower()}"
        body = lines(topic, places, kind)
        op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {body} END")


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, topic, _, events in MARKED:
        name = f"{table}_marked_{topic}"
        if postgresql:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
            continue
        for event in events:
            op.execute(f"DROP TRIGGER {name}_{event.split()[0].lower()}")
