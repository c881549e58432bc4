"""Both databases write down what somebody does, for the pages that it shows on."""

import re

import pytest
from sqlalchemy import text

from app.core import marks
from app.core.db import db, read
from tests.console.live import DOES, SHOWN, Life
from tests.console.test_marks import kept_pages
from tests.factories.people import COMMUNITY
from tests.hazards.conftest import morning, photo, report, spot, step  # noqa: F401 fixtures


def marks_of_pages():
    rules = kept_pages()
    found = {}
    for page, (name, _) in SHOWN.items():
        rule = rules[name]
        found[page] = marks.read_mark(rule.scope(COMMUNITY), rule.topics)
    db.session.rollback()
    return found


@pytest.mark.usefixtures("put_back")
def test_whatever_somebody_does_moves_the_marks_of_the_pages(people, report, photo, step):  # noqa: F811
    life, before = Life(people, report, photo, step), marks_of_pages()
    for name, do, shows in DOES:
        do(life)
        after = marks_of_pages()
        assert {page for page in shows if after[page] == before[page]} == set(), name
        before = after


FEW = {"shift_templates"}
"""Tables of so few rows that all of them may be read for a changed one."""
OF_ITSELF = {"theirs", "CONSTANT"}
"""What SQLite calls the few places that it has found for the row, and the row itself."""
LOOKED_UP = re.compile(r"INSERT INTO place_changes \(place_code, topic\) (SELECT[^;]+);")


@pytest.mark.either_database
@pytest.mark.usefixtures("app")
def test_what_a_changed_row_concerns_is_looked_up_and_not_searched_for():
    words = read(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    asked = [each for one in words for each in LOOKED_UP.findall(one)]
    assert len(asked) > 80
    searched = set()
    for each in asked:
        one = re.sub(r"(NEW|OLD)\.\w+", "'1'", each)
        plan = [row.detail for row in read(text(f"EXPLAIN QUERY PLAN {one}"))]
        searched |= {said.split()[1] for said in plan if said.startswith("SCAN ")}
        assert "AUTOMATIC" not in " ".join(plan), each
    assert searched == FEW | OF_ITSELF
