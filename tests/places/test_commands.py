"""`flask places import`, as an operator runs it."""

import json

import pytest

from app.places.service import get_place
from tests.places.maps import COMMITTEE, LAT, LON, collection, grid, square


@pytest.fixture
def run(tree, tmp_path):
    """Return a function that imports content; it returns the exit status and the output."""

    def import_content(content, *options):
        path = tmp_path / "places.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        result = tree.test_cli_runner().invoke(args=["places", "import", str(path), *options])
        return result.exit_code, result.output

    return import_content


def test_a_list_of_committees_twice(run):
    assert run([COMMITTEE]) == (0, "places.json: 3 added, 0 changed, 0 unchanged, 0 refused\n")
    assert run([COMMITTEE]) == (0, "places.json: 0 added, 0 changed, 1 unchanged, 0 refused\n")
    assert [step["name"] for step in get_place(COMMITTEE["code"])["path"]] == [
        "天河区",
        "石牌街道",
        "石牌社区",
    ]


def test_the_good_ones_are_taken_and_the_bad_ones_named(run):
    bow_tie = [[LON, LAT], [LON + 1, LAT + 1], [LON + 1, LAT], [LON, LAT + 1], [LON, LAT]]
    run([COMMITTEE])
    status, output = run(collection(grid(1, square()), grid(2, bow_tie), grid(1, square())))
    assert status == 1
    assert "refused: feature 2 (440106001001002): invalid polygon: Self-intersection" in output
    assert "refused: feature 3 (440106001001001): its code is already that of feature 1" in output
    assert "1 added, 0 changed, 0 unchanged, 2 refused" in output
    assert get_place("440106001001001")["name"] == "第1网格"


def test_a_dry_run_writes_nothing(run):
    status, output = run([COMMITTEE], "--dry-run")
    assert status == 0
    assert "3 added" in output
    assert "dry run: nothing was written" in output
    assert run([COMMITTEE], "--dry-run")[1] == output


def test_only_one_kind(run):
    status, output = run([COMMITTEE], "--kind", "grid")
    assert status == 1
    assert "it is a community, not a grid" in output
    assert run([COMMITTEE], "--kind", "planet")[0] == 2


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00", b"[1,", b'{"type":"FeatureCollection"}'])
def test_a_broken_file_changes_nothing_and_says_so(run, content):
    status, output = run(content)
    assert status == 1
    assert "nothing was changed: places.json cannot be read" in output
    assert "Traceback" not in output


def test_a_missing_file_is_a_usage_error(tree):
    result = tree.test_cli_runner().invoke(args=["places", "import", "nowhere.json"])
    assert result.exit_code == 2
