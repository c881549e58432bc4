"""Certificates through HTTP: the paper, the page for anybody, the committee's list."""

import io
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader

from app.core import clock
from app.volunteers import rules, verify_page
from tests.clients import Client
from tests.volunteers.conftest import NOW
from tests.volunteers.test_certificates import ANYBODY_SEES

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.fixture
def mine(people, clients, serve, served):
    """Certify a resident's two shifts over HTTP."""
    serve(people["resident"])
    served(people["resident"], 120, days_ago=10)
    served(people["resident"], 95, days_ago=3, title="消防通道疏导")
    answer = clients["resident"].post("/certificates", {"remarks": "用于评优"})
    assert answer.status_code == 201, answer.json
    return answer.json


@pytest.fixture
def anybody(app):
    return Client(app)


def page(client, number, spoken="zh-CN", **query):
    client.headers |= {"Accept": HTML, "Accept-Language": spoken}
    return client.get(f"/certificates/{number}", **query)


def paper(client, certificate, language="zh-Hans"):
    answer = client.get(f"{certificate['pdf_url']}&language={language}")
    assert answer.status_code == 200, answer.json
    assert answer.mimetype == "application/pdf"
    return answer


def words(answer):
    reader = PdfReader(io.BytesIO(answer.get_data()))
    # How wide a gap is a space is the reader's guess, and it takes letters of two bytes for two.
    return ["".join(sheet.extract_text().replace("\0", "").split()) for sheet in reader.pages]


def test_one_certifies_ones_own_hours_once(mine, clients):
    me = clients["resident"]
    [listed] = me.get("/me/certificates").json["items"]
    assert {**mine, **listed} == mine
    first, again = (me.post("/certificates", {}, Idempotency_Key="k") for _ in range(2))
    assert first.json == again.json
    none = me.post("/certificates", {"from": "2020-01-01", "to": "2020-01-31"})
    assert (none.status_code, none.json["code"]) == (409, "nothing_to_certify")
    refused = clients["neighbour"].post("/certificates", {})
    assert (refused.status_code, refused.json["code"]) == (409, "not_a_volunteer")
    bad = me.post("/certificates", {"from": "2026-02-01", "to": "2026-01-01"})
    assert [e["field"] for e in bad.json["errors"]] == ["from"]


def test_anybody_gets_json_with_exactly_these_keys(mine, anybody):
    answer = anybody.get(f"/certificates/{mine['number']}")
    assert answer.mimetype == "application/json"
    assert set(answer.json) == ANYBODY_SEES
    assert answer.json["name"] == "周**"
    unknown = anybody.get("/certificates/LLC-2026-AAAAAAAAAA")
    assert (unknown.status_code, unknown.mimetype) == (404, "application/problem+json")


def test_a_browser_gets_a_page_without_scripts_and_without_more(mine, anybody):
    answer = page(anybody, mine["number"])
    said = answer.get_data(as_text=True)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    for told in ("公示期内", mine["number"], "周**", "3.5 小时", "2026年11月10日", "草堂路社区"):
        assert told in said
    for hidden in ("周奶奶", "LV-2026", "评优", "夜间巡逻", "<script", "http"):
        assert hidden not in said, hidden
    assert len(re.findall(r"<dt>", said)) == 6
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert '<meta name="robots" content="noindex, nofollow">' in said
    assert '<meta name="viewport" content="width=device-width' in said
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Accept" in answer.headers["Vary"]


def test_the_page_speaks_both_languages(mine, anybody):
    assert '<html lang="en">' in page(anybody, mine["number"], "en-GB").get_data(as_text=True)
    chosen = page(anybody, mine["number"], "en-GB", language="zh-Hans")
    assert '<html lang="zh-Hans">' in chosen.get_data(as_text=True)
    said = page(anybody, mine["number"], "en").get_data(as_text=True)
    assert "In public notice" in said
    assert "until 2026-11-27" in said


def test_the_page_of_a_revoked_one_says_when_and_not_why(mine, anybody, clients):
    number = mine["number"]
    answer = clients["committee"].post(f"/certificates/{number}/revocation", {"reason": "有误"})
    assert answer.json["state"] == "revoked"
    said = page(anybody, number).get_data(as_text=True)
    assert "证明已撤销" in said
    assert "2026年11月20日" in said
    assert "有误" not in said


def test_an_unknown_number_is_a_page_of_its_own(app, anybody):
    answer = page(anybody, "LLC-2026-AAAAAAAAAA")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "查无此证" in answer.get_data(as_text=True)
    odd = page(anybody, "<script>alert(1)</script>")
    assert odd.status_code == 404
    assert "<script" not in odd.get_data(as_text=True)


def test_what_people_wrote_cannot_break_the_page(now):
    found = {
        "number": "LLC-2026-AAAAAAAAAA", "name": "<**", "hours": 3.0, "from": NOW.date(),
        "to": NOW.date(), "issuer": '<b>&"社区', "issued_at": NOW, "state": "valid",
        "revoked_at": None,
    }  # fmt: skip
    from flask import Flask  # noqa: PLC0415

    with Flask(__name__).app_context():
        said = verify_page.answer(found, "zh-Hans").get_data(as_text=True)
    assert "<b>" not in said
    assert "&lt;b&gt;&amp;&quot;社区" in said
    assert "3 小时" in said


def test_the_paper_has_every_field_in_chinese(mine, anybody, people):
    answer = paper(anybody, mine)
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "private, no-store"
    front, listed = words(answer)
    for told in (
        "志愿服务证明", "平台记录·Platformrecord", "周奶奶", mine["volunteer_number"],
        "平台不收集证件信息", "2026年11月10日至2026年11月17日", "3.5小时（215分钟，不含路途）",
        "夜间巡逻（1次）", "消防通道疏导（1次）", "草堂路社区", people["committee"].name, "经办",
        "联系方式", mine["number"], "2026年11月20日", "公示期满", "用于评优", "盖章处", "扫码核验",
    ):  # fmt: skip
        assert told in front, told
    assert "2026年11月10日夜间巡逻草堂路社区第1网格120分钟" in listed
    assert "合计2次，215分钟" in listed
    assert "第2页/共2页" in listed


def test_the_paper_speaks_english(mine, anybody):
    front, listed = words(paper(anybody, mine, "en"))
    for told in ("CertificateofVolunteerService", "Platformrecord·平台记录", "周奶奶", "(Seal)"):
        assert told in front
    assert "Page2of2" in listed
    anybody.headers["Accept-Language"] = "en"
    assert "CertificateofVolunteerService" in words(anybody.get(mine["pdf_url"]))[0]


def test_its_letters_are_embedded(mine, anybody):
    reader = PdfReader(io.BytesIO(paper(anybody, mine).get_data()))
    fonts = {}
    for sheet in reader.pages:
        fonts |= {name: font.get_object() for name, font in sheet["/Resources"]["/Font"].items()}
    assert fonts
    for font in fonts.values():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert "/ToUnicode" in font
    assert reader.metadata.title == f"志愿服务证明 {mine['number']}"
    # A4, to a tenth of a millimetre.
    assert [round(float(side) * 25.4 / 72, 1) for side in reader.pages[0].mediabox[2:]] == [
        210.0,
        297.0,
    ]


def test_a_revoked_paper_says_so(mine, anybody, clients):
    path = f"/certificates/{mine['number']}/revocation"
    clients["committee"].post(path, {"reason": "时长有误"})
    front = words(paper(anybody, mine))[0]
    assert "已撤销" in front
    assert "时长有误" not in front


def test_a_link_that_was_bent_leads_nowhere(mine, anybody):
    assert anybody.get(mine["pdf_url"][:-1] + "_").status_code == 404
    bare = mine["pdf_url"].partition("?")[0]
    assert anybody.get(bare).status_code == 422
    with clock.at(NOW + timedelta(days=3)):
        assert anybody.get(mine["pdf_url"]).status_code == 404


def test_a_committee_lists_revokes_and_confirms(mine, clients):
    committee, number = clients["committee"], mine["number"]
    [item] = committee.get("/certificates", state="in_notice").json["items"]
    assert (item["number"], item["to_review"]) == (number, False)
    assert committee.get("/certificates", to_review="true").json["items"] == []
    assert committee.post(f"/certificates/{number}/confirmation").status_code == 200
    bad = committee.post(f"/certificates/{number}/revocation", {"reason": " "})
    assert [(e["field"], e["code"]) for e in bad.json["errors"]] == [("reason", "length")]
    revoked = committee.post(f"/certificates/{number}/revocation", {"reason": "有误"})
    assert revoked.json["revoke_reason"] == "有误"
    for name, body in (("revocation", {"reason": "有误"}), ("confirmation", None)):
        answer = committee.post(f"/certificates/{number}/{name}", body)
        assert (answer.status_code, answer.json["code"]) == (409, "already_revoked")
    assert clients["resident"].get("/certificates").status_code == 403
    assert clients["outsider"].get("/certificates").json["items"] == []


def test_numbers_in_links_are_of_our_alphabet():
    assert not set("01IO") & set(rules.NUMBER_ALPHABET)
    assert len(set(rules.NUMBER_ALPHABET)) == 32
