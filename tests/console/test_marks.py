"""Which pages are kept, which are not and why, and that all that a kept one reads is marked."""

import re

import pytest
from flask import current_app
from sqlalchemy import text

from app.core import marks
from app.core.db import db, unit_of_work
from tests.committees.test_keeping import ALWAYS_SO, ROLLED, marked_tables
from tests.console.live import SHOWN, forget
from tests.console.test_queries import FILES, NO_PLACE, PAGES, given  # noqa: F401 fixture
from tests.factories.people import COMMUNITY
from tests.hazards.conftest import morning, photo, report, spot  # noqa: F401 fixtures
from tests.house.test_query_counts import counted

pytestmark = pytest.mark.either_database
ONE_THING = "one thing, looked at by who works on it"
A_FORM = "a form, filled in once"
GOES_ON = "goes on while it is looked at"
OF_THE_ASKER = "tells the asker's own points"
STATES = "its states go by the clock of each line, and it is seldom asked for"
NOT_KEPT = {
    "board_cases.show": ONE_THING,
    "board_cases.offer": A_FORM,
    "board_cases.ask": A_FORM,
    "board_cases.ask_several": A_FORM,
    "plan_rosters.roster": GOES_ON,
    "plan_rosters.others": A_FORM,
    "plan_shifts.new": A_FORM,
    "plan_shifts.show": ONE_THING,
    "plan_shifts.edit": A_FORM,
    "plan_shifts.people": A_FORM,
    "plan_shifts.attendance": GOES_ON,
    "plan_templates.new": A_FORM,
    "plan_templates.edit": A_FORM,
    "rectifications.show_one": ONE_THING,
    "report.show_state": GOES_ON,
    "report.preview": "reads nothing but its place",
    "volunteers.record": ONE_THING,
    "volunteers_teams.show_team": ONE_THING,
    "volunteers_teams.show_rewards": OF_THE_ASKER,
    "volunteers_teams.show_certificates": STATES,
    "quizzes.question": ONE_THING,
    "quizzes_writing.new": A_FORM,
    "quizzes_writing.change": A_FORM,
    "quizzes_files.files": GOES_ON,
    "quizzes_files.look": GOES_ON,
    "quizzes_files.report": ONE_THING,
    "quizzes_files.sample": "a file",
    "quizzes_files.export": "a file",
    "quizzes_campaigns.campaigns": GOES_ON,
    "quizzes_campaigns.show": GOES_ON,
    "quizzes_campaigns.new": A_FORM,
    "quizzes_campaigns.edit": A_FORM,
    "quizzes_campaigns_papers.papers": A_FORM,
    "quizzes_campaigns_papers.result": A_FORM,
    "quizzes_campaigns_papers.print_paper": "leads to a file",
    "quizzes_campaigns_papers.print_key": "leads to a file",
    "quizzes_campaigns_certificates.given": STATES,
    "quizzes_challenges.challenges": GOES_ON,
    "quizzes_challenges.show": GOES_ON,
    "quizzes_challenges.new": A_FORM,
}
"""Pages that are made anew each time, and why."""
UNMARKED = {
    "sign_ins", "refresh_tokens", "desk_sign_ins",  # who sits there is looked up each time
    "place_changes", "place_marks",
}  # fmt: skip
"""Tables that a request for a kept page reads whose changes change no page, and why."""


def kept_pages():
    """Return what keeps each page that is kept, by its endpoint without `console_`."""
    views = current_app.view_functions.items()
    return {
        name.removeprefix("console_"): view.kept for name, view in views if hasattr(view, "kept")
    }


def gets():
    """Return the endpoints of all pages of places."""
    return {
        rule.endpoint.removeprefix("console_")
        for rule in current_app.url_map.iter_rules()
        if rule.endpoint.startswith("console_")
        and "GET" in rule.methods
        and rule.endpoint not in FILES
        and not rule.endpoint.startswith(NO_PLACE)
    }


@pytest.mark.usefixtures("app")
def test_every_page_is_kept_or_says_why_not():
    assert gets() == kept_pages().keys() | NOT_KEPT.keys()
    assert not kept_pages().keys() & NOT_KEPT.keys()


@pytest.mark.usefixtures("app")
def test_every_topic_is_one_that_something_marks():
    topics = {topic for found in marked_tables().values() for topic in found}
    topics |= {topic for found in ROLLED.values() for topic in found}
    asked = {topic for rule in kept_pages().values() for topic in rule.topics}
    assert asked == topics


def test_every_table_that_a_kept_page_reads_is_marked(sit, given):  # noqa: F811
    topics, desk = marked_tables() | ROLLED, sit("street")
    rules = kept_pages()
    pages = {
        (name, path.format(**given))
        for endpoint, path in PAGES.items()
        if (name := endpoint.removeprefix("console_")) in rules
    } | {(name, path) for name, path in SHOWN.values()}
    assert {name for name, _ in pages} == rules.keys()
    unmarked, read = set(), set()
    for name, path in sorted(pages):
        for place in (COMMUNITY, f"{COMMUNITY}001", COMMUNITY[:9]):
            forget()
            with counted() as found:
                answer = desk.get(f"/console/{place}/{path}")
            if answer.status_code != 200:  # the page is none of this kind of place
                continue
            # Who sits there comes first, each time.
            tables = (
                {table for words in found[1:] for table in tables_of(words)} - UNMARKED - ALWAYS_SO
            )
            read |= tables
            unmarked |= {
                (name, table)
                for table in tables
                if not topics.get(table, set()) & {*rules[name].topics}
            }
    assert {"hazards", "shifts", "volunteers", "quiz_figures", "held_roles"} <= read
    assert unmarked == set()


ALL = {"INSERT", "UPDATE", "DELETE"}
SILENT = {
    "participation_facts": {"UPDATE", "DELETE"},  # only added to
    "committee_targets": {"UPDATE", "DELETE"},  # only added to
    "photos": ALL,  # shown by what they are attached to; a verdict alone is marked
    "quiz_questions": {"INSERT"},  # shown with its version, which comes with it and is marked
    "residents": ALL,  # shown by what they have done; a new name alone is marked
}
"""Tables that are marked, and what of them is not."""


@pytest.mark.usefixtures("app")
def test_every_change_of_a_marked_table_is_marked():
    catalog = "SELECT tbl_name AS tbl, sql FROM sqlite_master WHERE type = 'trigger'"
    marked = {}
    for row in db.session.execute(text(catalog)):
        found = marked.setdefault(row.tbl, set()) if "place_changes" in row.sql else set()
        found |= set(re.findall(r"AFTER (INSERT|UPDATE|DELETE) ON", row.sql))
    db.session.rollback()
    silent = {table: ALL - events for table, events in marked.items() if ALL - events}
    assert silent == SILENT


def tables_of(words):
    return {name for name in db.metadata.tables if re.search(rf"\b(FROM|JOIN|,)\s+{name}\b", words)}


@pytest.mark.usefixtures("app")
def test_folding_changes_no_mark_not_even_that_of_everywhere():
    @unit_of_work()
    def change():
        marks.mark("names", [marks.EVERYWHERE, COMMUNITY, marks.EVERYWHERE])

    change()
    places = (marks.EVERYWHERE, COMMUNITY, COMMUNITY[:6], f"{COMMUNITY}001")
    before = [marks.read_mark(place, ("names",)) for place in places]
    db.session.rollback()
    assert marks.fold()
    assert [marks.read_mark(place, ("names",)) for place in places] == before
    assert before == [3, 3, 3, 3]
