"""What begins like a formula is shown by a spreadsheet, not run."""

import pytest

from app.core.cells import defused

FULL_WIDTH = ["＝1", "＋1", "－1", "＠SUM", "\u3000＝1"]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "\n", *FULL_WIDTH]
)
def test_no_cell_runs_in_a_spreadsheet(cell):
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["草堂路社区", "a=b", "", 7, -7, None])
def test_other_cells_stay_as_they_are(cell):
    assert defused(cell) == cell
