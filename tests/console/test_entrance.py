"""The way in: a desk shows a code, a phone says yes, once."""

import re
from datetime import timedelta

import pytest

from app.core import clock
from app.residents import desks, rules

CODE = re.compile(r'<code class="code">(\w{4})-(\w{4})</code>')


def code_on(page):
    return "".join(CODE.search(page.text).groups())


def let_in(phone, code, *, yes=True):
    return phone.post(f"/desk-sign-ins/{code}/decisions", {"let_in": yes})


def test_whoever_is_let_in_by_a_phone_sees_their_first_page(desk, clients):
    assert desk.get("/console").location == "/console/sign-in"
    code = code_on(desk.get("/console/sign-in"))
    assert desk.get("/console/sign-in/state", part=True).status_code == 204
    shown = clients["committee"].get(f"/desk-sign-ins/{code.lower()}").json
    assert shown["state"] == "waiting"
    assert let_in(clients["committee"], code).json["state"] == "let_in"
    assert desk.get("/console/sign-in/state", part=True).headers["HX-Redirect"] == "/console"
    assert re.search(r"/console/\d+/today$", desk.get("/console").location)


def test_a_code_lets_in_one_desk_once(desk, app, clients):
    code = code_on(desk.get("/console/sign-in"))
    kept = desk.http.get_cookie("linli_desk", path="/console").value
    let_in(clients["committee"], code)
    assert let_in(clients["street"], code).status_code in {404, 409}
    desk.get("/console/sign-in/state", part=True)
    assert desks.collect(kept) is None
    assert desks.find_actor(kept, "en") is None


@pytest.mark.parametrize("name", ["resident", "stranger"])
def test_who_is_in_charge_of_nothing_lets_nobody_in(desk, clients, name):
    code = code_on(desk.get("/console/sign-in"))
    assert clients[name].get(f"/desk-sign-ins/{code}").status_code == 403
    assert let_in(clients[name], code).status_code == 403


def test_a_refused_desk_is_told_so_and_may_ask_again(desk, clients):
    code = code_on(desk.get("/console/sign-in"))
    let_in(clients["committee"], code, yes=False)
    assert "不是我" in desk.get("/console/sign-in/state", part=True).text
    assert code_on(desk.get("/console/sign-in")) != code


def test_a_code_is_over_after_two_minutes(desk, clients):
    code = code_on(desk.get("/console/sign-in"))
    with clock.at(clock.now() + rules.DESK_CODE_FOR):
        assert let_in(clients["committee"], code).json["code"] == "desk_code_over"
        assert "两分钟" in desk.get("/console/sign-in/state", part=True).text


def test_the_decision_needs_its_form(desk, clients):
    code = code_on(desk.get("/console/sign-in"))
    answer = clients["committee"].post(f"/desk-sign-ins/{code}/decisions", {})
    assert answer.json["errors"][0]["field"] == "let_in"


def test_a_desk_is_left_from_the_desk_or_ended_from_the_phone(sit, clients):
    first, second = sit("committee"), sit("committee")
    held = clients["committee"].get("/me/desks").json["items"]
    assert len(held) == 2
    first.post("/console/sign-out", part=False)
    assert first.get("/console").location == "/console/sign-in"
    assert second.get("/console").location.endswith("/today")
    assert clients["street"].delete(f"/me/desks/{held[0]['id']}").status_code == 404
    assert clients["committee"].delete(f"/me/desks/{held[0]['id']}").status_code == 204
    assert second.get("/console").location == "/console/sign-in"


@pytest.mark.parametrize("later", [rules.DESK_IDLE, rules.DESK_FOR])
def test_a_desk_that_nobody_uses_is_over(sit, later):
    desk = sit("committee")
    with clock.at(clock.now() + later):
        assert desk.get("/console").location == "/console/sign-in"


def test_a_desk_in_use_stays_open_for_a_working_day(sit):
    desk, now = sit("committee"), clock.now()
    for hours in range(1, 12):
        with clock.at(now + timedelta(hours=hours)):
            assert desk.get("/console").status_code == 303
            assert desk.get("/console").location != "/console/sign-in"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    ],
)
def test_what_another_site_sends_is_refused(sit, headers):
    desk = sit("committee")
    assert desk.post("/console/sign-out", headers=headers).status_code == 403
    assert desk.get("/console").location.endswith("/today")


def test_a_plain_form_of_a_page_without_referrer_is_ours(sit):
    desk = sit("committee")
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert desk.post("/console/sign-out", headers=headers, part=False).status_code == 303
    assert desk.get("/console").location == "/console/sign-in"


def test_the_cookie_is_for_the_console_alone_and_for_no_script(desk):
    kept = desk.get("/console/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in kept
    assert "Path=/console" in kept
    assert "SameSite=Lax" in kept


def test_a_phone_token_opens_no_page_and_a_cookie_no_api(app, sit, clients):
    assert (
        clients["committee"]
        .http.get("/console", headers=clients["committee"].headers)
        .location.endswith("/console/sign-in")
    )
    desk = sit("committee")
    assert desk.http.get("/api/v1/me").status_code == 401


def test_looks_are_kept_by_the_browser(sit):
    desk = sit("committee")
    home = desk.get("/console").location
    desk.post("/console/look", {"language": "en", "letters": "large", "back": home}, part=False)
    page = desk.get(home).text
    assert '<html lang="en" data-letters="large">' in page
    assert desk.post("/console/look", {"back": "//elsewhere.example"}).status_code == 422


def test_a_page_that_is_not_there_is_a_page(desk):
    answer = desk.get("/console/nowhere/at/all")
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"


def test_past_desks_are_forgotten(desk, sit):
    desk.get("/console/sign-in")
    sit("committee")
    with clock.at(clock.now() + rules.DESK_KEPT + rules.DESK_FOR + timedelta(hours=1)):
        assert desks.forget_past() == 2


def test_signing_out_on_the_phone_ends_the_desks_too(sit, clients):
    own, other = sit("committee"), sit("street")
    assert own.get("/console").location.endswith("/today")
    assert clients["committee"].delete("/session").status_code == 204
    assert own.get("/console").location == "/console/sign-in"
    assert other.get("/console").location.endswith("/today")
