"""Lists go by cursors: what skips or counts rows gets slower page by page."""

import ast

import pytest

from app.config import ROOT

FILES = sorted((ROOT / "app").rglob("*.py"))
COUNTS_FOR_A_REASON = {
    "app/campaigns/gathering.py": "figures are counts",
    "app/campaigns/challenges.py": "how many residents of a grid took part is a figure",
    "app/campaigns/planned.py": "how many questions a topic has, of which a form shows the newest",
    "app/committees/service.py": "figures are counts",
    "app/committees/waiting.py": "how much waits for somebody today is a figure",
    "app/hazards/board.py": "how many cases stand in each column is a figure",
    "app/committees/patrolling.py": "figures are counts",
    "app/committees/missing.py": "figures are counts",
    "app/committees/around.py": "figures are counts",
    "app/committees/children.py": "figures are counts",
    "app/committees/taking_part.py": "figures are counts",
    "app/reports/became.py": "how many people stand behind a figure",
    "app/reports/gathering.py": "figures are counts",
    "app/rollups/anew.py": "how many rows a day has, to take some at a time",
    "app/rollups/beside.py": "how many rows an operator's command dealt with",
    "app/rollups/reading.py": "figures are counts; facts go by their numbers",
    "app/rollups/rolling.py": "how many facts and rows an operator's command dealt with",
    "app/rollups/standing.py": "how many residents are registered is a figure",
    "app/core/marks.py": "a mark is a count, of lines that are folded every minute",
    "app/rosters/people.py": "how many shifts somebody has served lately is what the score needs",
    "app/core/dead_letters.py": "what an operator asks by hand",
    "app/core/figures.py": "what waits, is in trouble, or was over within the hour",
    "app/notices/service.py": "unread ones, counted up to a hundred",
    "app/volunteers/honour.py": "how many people of a team served is a figure",
    "app/hazards/views.py": "how many open tasks each grid worker has, in one query",
}


def calls(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {node.func.attr for node in nodes if isinstance(node.func, ast.Attribute)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_skips_rows(path):
    assert "offset" not in calls(path)
    assert "OFFSET" not in path.read_text(encoding="utf-8").replace("never OFFSET", "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_counts_rows_but_figures(path):
    if str(path.relative_to(ROOT)) not in COUNTS_FOR_A_REASON:
        text = path.read_text(encoding="utf-8")
        assert "func.count" not in text
        assert "COUNT(" not in text


def test_every_list_of_the_document_has_a_cursor(app_on_database):
    """Whatever answers `items` either pages or is a short list that cannot grow."""
    short = {
        "/api/v1/hazard-categories",
        "/api/v1/hazards/{hazard_id}/assignees",
        "/api/v1/me/desks",  # the newest twenty of today
        "/api/v1/campaigns/{campaign_id}/attempts",  # ten tries at most
    }
    client = app_on_database.test_client()
    document = client.get("/api/v1/openapi.json").json
    for path, item in document["paths"].items():
        operation = item.get("get", {})
        content = operation.get("responses", {}).get("200", {}).get("content", {})
        reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
        schema = document["components"]["schemas"].get(reference.rpartition("/")[2], {})
        if "items" in schema.get("properties", {}) and path not in short:
            assert "next_cursor" in schema["properties"], path
            names = {parameter["name"] for parameter in operation["parameters"]}
            assert {"cursor", "limit"} <= names, path
