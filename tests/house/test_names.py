"""Names say what is inside; a file that grew too long is two things."""

import pytest

from app.config import ROOT
from app.factory import FEATURES

FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "lib"}
LONGEST = 500
ROOMS = {
    "rules", "events", "models", "service", "schemas", "routes", "reactions", "jobs", "commands",
    "deliveries", "traces",
    "__init__",
}  # fmt: skip
FURTHER_ROOMS = {
    "places": {"coordinates", "files", "imports", "outlines"},
    "residents": {
        "configuration", "copying", "desk_routes", "desk_schemas", "desks", "granting", "leaving",
        "leaving_routes", "leaving_schemas", "roles", "session",
    },
    "photos": {"checking"},
    "notices": {"announcements", "quotas"},
    "open_data": {"datasets", "files"},
    "committees": {
        "around", "children", "figure_routes", "figure_schemas", "formulas", "indicators",
        "keeping", "lasting", "missing", "opening", "participation", "patrolling", "rectifications",
        "review_routes", "review_schemas", "reviews", "solving", "taking_part", "telling_rules",
        "waiting",
    },
    "console": {
        "audit", "board", "board_cards", "board_cases", "campaigns", "campaigns_certificates",
        "campaigns_figures", "campaigns_forms", "campaigns_papers", "challenges",
        "children", "desk", "drawing", "entrance", "evaluation",
        "figures", "kept", "once", "pages", "participation", "people", "plan",
        "plan_coverage", "plan_rosters", "plan_shifts", "plan_templates", "posted", "quizzes",
        "quizzes_files", "quizzes_sheet", "quizzes_writing", "ranges", "rectifications",
        "report", "shell", "telling", "today", "volunteers", "volunteers_teams",
    },
    "points": {"ledger", "rewards"},
    "reports": {
        "became", "charts", "composing", "gathering", "making", "parts", "printing", "sheets",
        "telling", "wording",
    },
    "volunteers": {
        "certificate_routes", "certificates", "fonts", "honour", "hours", "hours_models",
        "hours_routes", "hours_rules", "hours_schemas", "listing", "paper", "profile",
        "qualifications",
        "records", "sheets", "teams", "verify_page",
    },
    "patrols": {
        "beats", "calendar", "calendar_models", "calendar_routes", "calendar_schemas",
        "clockwork", "colleagues", "fitness", "planning", "queue", "seats", "sight", "swaps",
        "views",
    },
    "rounds": {
        "appeals", "assessing", "booking", "codes", "items", "judging", "keeping", "live",
        "plausibility", "scans", "settlement", "sight", "sos", "telling",
    },
    "quizzes": {
        "authoring", "authoring_routes", "authoring_schemas", "bank", "daily", "exporting",
        "figures", "formats", "import_routes", "import_schemas", "imports", "learning", "memory",
        "occasions", "practice", "published", "questions", "reckoning", "reminding", "results",
        "showing", "streaks", "versions", "words",
    },
    "rosters": {
        "board", "call_outs", "choices", "computing", "copies", "first_come", "forgetting",
        "people", "proposals", "recurrence", "sight", "solver", "templates", "weeks",
    },
    "campaigns": {
        "audience", "breadth", "breadth_models", "breadth_routes", "breadth_schemas",
        "certificate_page", "certificate_paper", "certificate_routes", "certificates",
        "challenge_models", "challenge_routes", "challenge_rules", "challenge_schemas",
        "challenges", "clockwork", "drawing", "entered", "entering", "gathering", "paper",
        "paper_models", "paper_routes", "paper_schemas", "passing", "planned", "planning",
        "telling", "tries", "variants",
    },
    "rollups": {
        "anew", "backfill", "beside", "engines", "facts", "parquet", "reading", "rolling",
        "standing", "statements",
        "wide",
    },
    "hazards": {
        "board", "categories", "checking", "clocks", "clockwork", "detail", "items", "records",
        "sight", "supervision", "views",
    },
}  # fmt: skip
"""What a feature has besides the rooms of every feature, each for one thing."""
FILES = sorted((ROOT / "app").rglob("*.py"))


def test_there_are_files_to_look_at():
    assert len(FILES) > 40


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_named_for_one_thing_and_short(path):
    assert not set(path.stem.lower().split("_")) & FORBIDDEN
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_has_the_rooms_of_every_feature(feature):
    found = {path.stem for path in (ROOT / "app" / feature).glob("*.py")}
    assert found - ROOMS - FURTHER_ROOMS.get(feature, set()) == set()


def test_every_folder_of_the_application_is_a_feature_or_the_core():
    folders = {path.parent.name for path in (ROOT / "app").glob("*/__init__.py")}
    assert folders == {*FEATURES, "core"}
