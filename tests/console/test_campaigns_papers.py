"""Paper at a desk: printed, typed in by letters, corrected; nothing that was typed is lost."""

import re
from uuid import uuid4

import pytest

from app.campaigns import entering
from app.campaigns.entered import list_results
from app.core import clock
from app.core.access import RoleKind
from app.residents import service as residents
from tests.campaigns.papers import counts, key_of, opened_of_each_kind
from tests.console.test_campaigns import plain
from tests.factories.people import COMMUNITY, make_actor
from tests.house.test_query_counts import counted
from tests.quizzes.conftest import MORNING

pytestmark = pytest.mark.either_database
GRID = f"{COMMUNITY}001"


@pytest.fixture
def campaign(app, people):
    """Return a running campaign of one question of each kind."""
    with clock.at(MORNING):
        yield opened_of_each_kind(people["committee"])


@pytest.fixture
def page(campaign):
    return f"/console/{COMMUNITY}/quizzes/campaigns/{campaign}/papers"


@pytest.fixture
def sheet(campaign, people):
    """Return what a page sends for a sheet of a variant, all right."""

    def typed(variant="A", letters=None, **changes):
        papers = entering.show_papers(people["committee"], campaign)["papers"]
        code = next(one["code"] for one in papers if one["variant"] == variant)
        answers = key_of(campaign, variant) if letters is None else letters
        return {"client_uuid": str(uuid4()), "code": code, f"answers_{variant}": answers, **changes}

    return typed


def test_both_variants_and_their_keys_are_printed_in_both_languages(sit, page, desk):
    committee = sit("committee")
    for what in ("papers", "keys"):
        address = page.removesuffix("papers") + what
        for variant, tongue in (("A", "zh-Hans"), ("B", "en")):
            signed = committee.get(f"{address}/{variant}", language=tongue).location
            assert signed.startswith(f"/api/v1/campaigns/1/{what}/{variant}.pdf?")
            assert signed.endswith(f"&language={tongue}")
        assert committee.get(f"{address}/C").status_code == 404
        assert sit("outsider").get(f"{address}/A").status_code == 404
    printed = desk.http.get(signed)
    assert (printed.status_code, printed.data[:5]) == (200, b"%PDF-")


def test_a_sheet_is_typed_in_by_number_and_the_next_one_can_follow(sit, page, sheet, people):
    desk, whose = sit("committee"), people["resident"]
    told = desk.post(page, sheet("B", whose=str(whose.resident_id)))
    assert told.status_code == 200
    assert f"{whose.name}：答对" in plain(told)
    assert "合格，已经记下" in plain(told)
    assert re.search(r'data-variant="B" checked', told.text)
    assert re.search(r'id="whose" name="whose" value=""', told.text)
    sent = desk.post(page, sheet("A", grid=GRID), part=False)
    assert "没有账号的邻居：答对" in plain(desk.get(sent.location))


def test_a_sheet_counts_once_however_often_it_is_sent(sit, page, sheet, campaign):
    form = sheet()
    for _ in range(2):
        assert sit("committee").post(page, form).status_code == 200
    assert counts(campaign) == (1, 1, 1)


@pytest.mark.parametrize("part", [True, False])
def test_faulty_letters_come_back_at_their_questions(sit, page, sheet, campaign, part):
    letters = key_of(campaign)
    letters[1], letters[2] = "Z", "!"
    answer = sit("committee").post(page, sheet("A", letters, whose="", grid=GRID), part=part)
    assert answer.status_code == 422
    assert ("<html" in answer.text) is not part
    assert 'id="A3_fault"' in answer.text
    assert 'href="#A3">第 3 题' in answer.text
    assert 'value="Z"' in answer.text
    assert f'value="{letters[0]}"' in answer.text
    assert f'<option value="{GRID}" selected>' in answer.text
    assert counts(campaign) == (0, 0, 0)
    letters[2] = ""
    again = sit("committee").post(page, sheet("A", letters))
    assert 'id="A2_fault"' in again.text
    assert "第 2 题" in again.text


def settle(people, *names):
    """Give people of these names a confirmed home in the community; returns their numbers."""
    found = []
    for room, name in enumerate(names, 101):
        actor = make_actor((RoleKind.RESIDENT, COMMUNITY), name=name)
        home = residents.request_residence(actor, place_code=COMMUNITY, room=str(room))
        residents.move_residence(people["committee"], home["id"], to="confirmed")
        found.append(str(actor.resident_id))
    return found


def test_whose_a_sheet_is_may_be_said_by_name(sit, page, sheet, people, campaign):
    desk, name = sit("committee"), "周大姐"
    settle(people, name)
    assert "没有叫这个名字" in desk.post(page, sheet(whose="某人")).text
    assert f"{name}：答对" in plain(desk.post(page, sheet(whose=name)))
    twice = desk.post(page, sheet(whose=name))
    assert twice.status_code == 409
    assert 'id="whose_fault"' in twice.text
    assert 'id="whose_fault"' in desk.post(page, sheet(whose="999999")).text
    me = str(people["committee"].resident_id)
    assert 'id="whose_fault"' in desk.post(page, sheet(whose=me)).text
    assert 'id="grid_fault"' in desk.post(page, sheet(grid="1" * 15)).text
    assert 'id="code_fault"' in desk.post(page, sheet(code="A-22222")).text
    assert counts(campaign)[2] == 1


@pytest.mark.parametrize("whose", ["\x00", "9" * 30, "长" * 41, "\u202e"])
def test_whatever_is_typed_for_a_name_is_answered_at_its_field(sit, page, sheet, whose):
    answer = sit("committee").post(page, sheet(whose=whose))
    assert answer.status_code == 422
    assert 'id="whose_fault"' in answer.text


def test_of_namesakes_the_number_says_who_is_meant(sit, page, sheet, people):
    numbers = settle(people, "张伟", "张伟")
    told = sit("committee").post(page, sheet(whose="张伟"))
    assert "有几位邻居叫这个名字" in told.text
    assert re.findall(r"<strong>(\d+)</strong> 张伟", told.text) == numbers


def test_an_entry_is_corrected_and_withdrawn_with_the_reason(sit, page, sheet, campaign, people):
    desk = sit("committee")
    entered = desk.post(page, sheet(letters=[""] * len(key_of(campaign))), part=False)
    number = re.search(r"entered=(\d+)", entered.location)[1]
    entry = page.removesuffix("papers") + f"results/{number}"
    assert 'name="answers_A"' in desk.get(entry).text
    right = {"answers_A": key_of(campaign), "what": "correct"}
    refused = desk.post(entry, right)
    assert refused.status_code == 422
    assert 'id="reason_fault"' in refused.text
    desk.post(entry, right | {"reason": "看错了行"})
    assert "已更正" in plain(desk.get(page))
    assert 'name="answers_A"' not in desk.get(entry).text
    newest = list_results(people["committee"], campaign, limit=1)["items"][0]
    assert newest["passed"]
    stands = page.removesuffix("papers") + f"results/{newest['id']}"
    desk.post(stands, {"what": "withdraw", "reason": "别处的试卷"})
    assert counts(campaign) == (0, 0, 0)
    assert sit("outsider").get(stands).status_code == 404


def test_a_page_of_paper_costs_few_queries(sit, page, sheet):
    desk = sit("committee")
    entered = desk.post(page, sheet(grid=GRID), part=False).location
    number = re.search(r"entered=(\d+)", entered)[1]
    for address in (page, page.removesuffix("papers") + f"results/{number}"):
        desk.get(address)
        with counted() as found:
            assert desk.get(address).status_code == 200
        assert len(found) <= 6, found
