import io

import pytest
from openpyxl import load_workbook

from app.core import clock
from app.reports import rules
from tests.factories.people import COMMUNITY, ELSEWHERE

PAGE = f"/committees/{COMMUNITY}/report.html"
REPORTS = f"/committees/{COMMUNITY}/reports"
BECAME = f"/places/{COMMUNITY}/what-became-of-it"


@pytest.mark.parametrize("form", [rules.HTML, rules.XLSX])
def test_the_committee_gets_its_report_as_a_file(clients, form):
    answer = clients["committee"].get(f"/committees/{COMMUNITY}/report.{form}", lang="en")
    assert answer.status_code == 200
    assert answer.mimetype == rules.FORMATS[form]
    month = rules.period_with(clock.shanghai_day(clock.now()), rules.MONTH).before.key
    name = f"linli-{COMMUNITY}-{month}-committee-en.{form}"
    assert name in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    if form == rules.XLSX:
        assert load_workbook(io.BytesIO(answer.data)).sheetnames[0] == "On one page"
    else:
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Community safety report" in answer.text


def test_the_language_is_ones_own_where_none_is_named(clients):
    clients["committee"].headers["Accept-Language"] = "en"
    assert "Community safety report" in clients["committee"].get(PAGE).text
    assert "社区安全共治报告" in clients["committee"].get(PAGE, lang="zh-Hans").text


def test_paper_comes_as_pdf(clients):
    answer = clients["committee"].get(f"/committees/{COMMUNITY}/report.pdf", reader="residents")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        (PAGE, {"month": "2026-13"}, "month"),
        (PAGE, {"month": "last"}, "month"),
        (PAGE, {"month": "2999-01"}, "month"),
        (PAGE, {"quarter": "2026-Q5"}, "quarter"),
        (PAGE, {"month": "2026-01", "quarter": "2026-Q1"}, "quarter"),
        (PAGE, {"reader": "press"}, "reader"),
        (PAGE, {"quarter": "2026-Q1", "reader": "residents"}, "reader"),
        (PAGE, {"lang": "fr"}, "lang"),
        (PAGE, {"from": "2026-01-01"}, "from"),
        (REPORTS, {"cursor": "x"}, "cursor"),
        (BECAME, {"month": "2026-Q1"}, "month"),
    ],
)
def test_a_bad_form_says_which_field(clients, path, query, field):
    answer = clients["committee"].get(path, **query)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_a_report_is_asked_for_followed_and_listed(clients):
    committee = clients["committee"]
    asked = committee.post(REPORTS, {"month": "2026-01"})
    assert asked.status_code == 201
    assert (asked.json["state"], asked.json["done"], asked.json["of"]) == ("making", 0, 4)
    one = committee.get(f"{REPORTS}/{asked.json['id']}")
    assert one.json == asked.json
    assert committee.get(REPORTS).json["items"] == [one.json]
    again = committee.post(REPORTS, {"month": "2026-01"})
    assert (again.status_code, again.json["code"]) == (409, "report_in_the_making")
    elsewhere = clients["outsider"].get(f"/committees/{ELSEWHERE}/reports/{asked.json['id']}")
    assert elsewhere.status_code == 404


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"month": "2026-00"}, "month"),
        ({"month": "2026-01", "correction": "x"}, "correction"),
        ({"month": "2026-01", "correction": "x" * 201}, "correction"),
        ({"period": "2026-01"}, "period"),
    ],
)
def test_bad_asking_says_which_field(clients, form, field):
    answer = clients["committee"].post(REPORTS, form)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_residents_are_told_what_became_of_it(clients):
    assert clients["resident"].get(BECAME).status_code == 404
    clients["committee"].get(PAGE, month="2026-10")
    answer = clients["resident"].get(BECAME, month="2026-10")
    assert answer.status_code == 200
    assert answer.json["place"]["name"] == "草堂路社区"
    assert answer.json["figures"]["reported"]["value"] == 0
    assert answer.json["figures"]["on_time"]["withheld"] == "nothing"
    assert clients["resident"].get(PAGE).status_code == 403
