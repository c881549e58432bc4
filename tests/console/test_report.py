"""Reports at the desk: asked for, followed, read here, taken along."""

import io
import re
import zipfile

import pytest

from app.core import clock
from app.reports import making, rules, service
from tests.factories.people import COMMUNITY
from tests.reports.conftest import FIRST_OF_DECEMBER, rolled  # noqa: F401

pytestmark = pytest.mark.either_database
REPORT = f"/console/{COMMUNITY}/report"
NOVEMBER = {"month": "2026-11"}


@pytest.fixture(autouse=True)
def december():
    with clock.at(FIRST_OF_DECEMBER):
        yield


def test_a_report_is_asked_for_followed_and_made(sit, people):
    desk = sit("committee")
    assert "还没有报告" in desk.get(REPORT).text
    answer = desk.post(REPORT, NOVEMBER)
    assert "2026年11月 正在生成" in answer.text
    [asked] = service.list_reports(people["committee"], COMMUNITY, limit=5)["items"]
    state = f"{REPORT}/{asked['id']}"
    going = desk.get(state, part=True).text
    assert 'hx-trigger="every 2s"' in going
    assert "4 步里做了 0 步" in going
    making.figured(asked["id"])
    made = desk.get(state, part=True).text
    assert "做好了" in made
    assert "every 2s" not in made
    heading = re.search(r'<span id="newest" hx-swap-oob="true">(.*?)</span>', made)
    assert heading, made
    assert "正在生成" not in heading[1]
    assert "hx-swap-oob" not in going
    assert heading[1] in desk.get(REPORT).text
    assert desk.get(state).location == REPORT
    assert "<strong>2026年11月</strong>" in desk.get(f"/console/{COMMUNITY}/today").text


def test_another_edition_says_what_it_corrects(sit, people):
    desk = sit("committee")
    number = service._first_edition(people["committee"], COMMUNITY, rules.period("2026-11"))
    making.figured(number)
    assert desk.post(REPORT, NOVEMBER).status_code == 409
    answer = desk.post(REPORT, NOVEMBER | {"correction": "漏了<一件>"})
    assert "更正：漏了&lt;一件&gt;" in answer.text
    assert "第 2 版" in answer.text


@pytest.mark.parametrize(
    "form", [{"month": "2026-12"}, {"month": "november"}, {"quarter": "2026-5"}, {"place": "1"}]
)
def test_what_cannot_be_reported_is_refused(sit, form):
    assert sit("committee").post(REPORT, form).status_code == 422


def test_others_get_no_report(sit, desk):
    assert sit("outsider").get(REPORT).status_code == 404
    assert sit("outsider").post(REPORT, NOVEMBER).status_code == 404
    assert sit("outsider").get(f"{REPORT}/files/xlsx").status_code == 404
    assert sit("gridworker").get(f"{REPORT}/files/html").status_code == 403
    assert desk.get(f"{REPORT}/files/pdf").location == "/console/sign-in"


def test_a_report_is_read_in_the_page_and_taken_along(sit):
    desk = sit("committee")
    page = desk.get(f"{REPORT}/preview", **NOVEMBER, lang="en", reader="residents").text
    frame = f"{REPORT}/files/html?month=2026-11&amp;lang=en&amp;reader=residents"
    assert f'src="{frame}"' in page
    assert "上级（附同级比较）" not in page
    read = desk.get(frame.replace("&amp;", "&"))
    assert read.mimetype == "text/html"
    assert "script" not in read.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in read.headers["Content-Security-Policy"]
    book = desk.get(f"{REPORT}/files/xlsx", **NOVEMBER)
    assert book.headers["Content-Disposition"].startswith("attachment")
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(book.data)).namelist()
    assert desk.get(f"{REPORT}/files/exe").status_code == 404
    assert desk.get(f"{REPORT}/files/html", month="x").status_code == 422


@pytest.mark.parametrize(
    "asked", [{"month": "2099-01"}, {"quarter": "2099-Q1"}, {"month": "2019-01"}]
)
def test_a_preview_of_days_that_have_not_come_is_refused_before_its_frame(asked, sit):
    answer = sit("committee").get(f"{REPORT}/preview", **asked)
    assert answer.status_code == 422
    assert "<iframe" not in answer.text
    assert ("这段日子还没到" in answer.text) == ("2019" not in str(asked))


def test_the_street_may_compare_and_the_committee_may_not(sit):
    assert "上级（附同级比较）" in sit("street").get(f"{REPORT}/preview").text
    refused = sit("committee").get(f"{REPORT}/files/html", **NOVEMBER, reader="street")
    assert refused.status_code == 404


def test_a_grid_has_no_reports_and_the_page_says_so(sit):
    desk = sit("committee")
    assert "网格没有报告" in desk.get(f"/console/{COMMUNITY}001/report").text
    assert desk.get(f"/console/{COMMUNITY}001/report/preview").status_code == 404
