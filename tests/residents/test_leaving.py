"""Going and staying: what is given back, who may not yet, what one may do meanwhile, a copy."""

import io
import json
import zipfile
from datetime import timedelta
from unittest.mock import Mock

import pytest
from sqlalchemy import delete, select, update

from app.core import clock, deliveries
from app.core.access import RoleKind
from app.core.db import changed_rows, read, writing
from app.core.deployment import storage
from app.core.errors import InvalidInput, NotFound
from app.hazards import service as hazards
from app.hazards.models import Hazard
from app.residents import copying, granting, leaving, rules, session
from app.residents.granting import LastOfItsKind
from app.residents.models import DataCopy, HeldRole, Resident, SignIn
from app.rounds.traces import RoundRunning
from tests.clients import Client
from tests.factories.people import COMMUNITY, make_actor
from tests.hazards.conftest import morning, photo, report, spot  # noqa: F401 fixtures
from tests.rounds.conftest import ENDS, EVENING, HOUR, night  # noqa: F401 fixtures

WEEK = rules.LEAVING_FOR


def openid(actor):
    found = select(Resident.openid).where(Resident.id == actor.resident_id)
    return read(found).scalar_one()


def roles_of(actor):
    held = select(HeldRole.kind).where(HeldRole.resident_id == actor.resident_id)
    return sorted(read(held).scalars())


def test_who_asks_is_signed_out_everywhere_and_may_only_take_it_back(app, people):
    actor = people["resident"]
    first, second = Client(app).signed_in_as(actor), Client(app).signed_in_as(actor)
    assert first.post("/me/leaving", {"confirmed": False}).status_code == 422
    asked = first.post("/me/leaving", {"confirmed": True})
    assert asked.status_code == 200, asked.json
    assert [each.get("/me").status_code for each in (first, second)] == [401, 401]
    back = Client(app).signed_in_as(actor)
    assert back.get("/me").json["leaving"] == asked.json
    refused = back.get("/notices")
    assert (refused.status_code, refused.json["code"]) == (403, "account_leaving")
    assert back.delete("/me/leaving").status_code == 204
    assert back.get("/me").json["leaving"] is None
    assert back.get("/notices").status_code == 200


def test_who_took_it_back_is_not_erased(people):
    actor = people["resident"]
    leaving.ask(actor)
    leaving.take_back(actor)
    with clock.at(clock.now() + 2 * WEEK):
        assert leaving.erase_due() == 0
    assert leaving.show(actor.resident_id) is None


def test_asking_twice_puts_nothing_off(people):
    first = leaving.ask(people["resident"])
    with clock.at(clock.now() + timedelta(days=2)):
        assert leaving.ask(people["resident"]) == first


def test_a_committee_keeps_its_last_one(people):
    actor = people["committee"]
    with pytest.raises(LastOfItsKind):
        leaving.ask(actor)
    assert leaving.show(actor.resident_id) is None
    make_actor((RoleKind.COMMITTEE, COMMUNITY))
    leaving.ask(actor)
    assert roles_of(actor) == []


def test_a_home_stays_until_the_end(people):
    leaving.ask(people["resident"])
    assert roles_of(people["resident"]) == ["resident"]


def test_nobody_gives_a_role_to_who_is_going(people):
    actor = people["resident"]
    leaving.ask(actor)
    wanted = {"kind": "grid_worker", "place_code": COMMUNITY, "reason": "新网格员"}
    with pytest.raises(InvalidInput) as refused:
        granting.grant_role(people["street"], resident_id=actor.resident_id, **wanted)
    assert refused.value.errors[0].code == "person_leaving"
    with clock.at(clock.now() + WEEK):
        leaving.erase_due()
    with pytest.raises(InvalidInput) as refused:
        granting.grant_role(people["street"], resident_id=actor.resident_id, **wanted)
    assert refused.value.errors[0].code == "unknown_person"


def test_tasks_wait_for_somebody_else(people, report):  # noqa: F811
    worker, cases = people["gridworker"], []
    for _ in range(2):
        case = report("resident")
        hazards.move_hazard(worker, case["id"], to="accepted")
        mine = {"assignee_id": worker.resident_id}
        hazards.move_hazard(worker, case["id"], to="assigned", **mine)
        cases.append(case["id"])
    hazards.move_hazard(worker, cases[1], to="handling")
    later = clock.now() + timedelta(days=2)
    hazards.move_hazard(worker, cases[1], to="suspended", note="等配件", until=later)
    leaving.ask(worker)
    rows = read(select(Hazard.state, Hazard.assignee_id).where(Hazard.id.in_(cases))).all()
    assert rows == [("accepted", None)] * 2


def test_a_round_has_to_end_first(night):  # noqa: F811
    night.phone("anna").send("start", code=night.code())
    with clock.at(EVENING + HOUR):
        for who in (night.anna, night.leader):
            with pytest.raises(RoundRunning):
                leaving.ask(who)
        leaving.ask(night.bo)  # who never came
    with clock.at(ENDS + HOUR):
        leaving.ask(night.anna)
        assert leaving.show(night.anna.resident_id)


def test_coming_seats_are_given_back(night):  # noqa: F811
    from app.patrols import service as patrols  # noqa: PLC0415

    with clock.at(EVENING - 3 * HOUR):
        leaving.ask(night.bo)
        on_it = [row.resident_id for row in patrols.crew(night.id)]
    assert night.bo.resident_id not in on_it
    assert night.anna.resident_id in on_it


def test_a_case_of_who_is_gone_is_a_neighbours(people, report):  # noqa: F811
    case = report("resident")
    leaving.ask(people["resident"])
    with clock.at(clock.now() + WEEK):
        assert leaving.erase_due() == 1
    seen = hazards.move_hazard(people["gridworker"], case["id"], to="accepted")
    assert seen["reporter"]["name"] == rules.NAMELESS
    assert seen["reporter"].get("phone") is None


# A copy


def made(actor):
    copying.ask(actor)
    deliveries.deliver_due()
    return copying.show(actor)


def opened(link):
    query = dict(part.split("=") for part in link.partition("?")[2].split("&"))
    number = int(link.partition("?")[0].rpartition("/")[2])
    return copying.open_link(number, int(query["expires"]), query["signature"])


def test_a_copy_has_what_is_kept_and_the_photos(people, report, photo):  # noqa: F811
    actor = people["resident"]
    taken = photo(actor)
    report("resident", photo_ids=[taken], description="车棚外拉了一根飞线")
    shown = made(actor)
    assert shown["state"] == rules.READY
    with zipfile.ZipFile(io.BytesIO(opened(shown["url"]))) as archive:
        assert set(archive.namelist()) == {"README.txt", "data.json", f"photos/{taken}.jpg"}
        data = json.loads(archive.read("data.json"))["data"]
        page = archive.read("README.txt").decode()
    assert data["hazards"][0]["description"] == "车棚外拉了一根飞线"
    assert data["residents"][0]["name"] == "周奶奶"
    assert "您上报的隐患（hazards）：1 条" in page


def test_a_copy_has_nothing_of_anybody_else(people, report):  # noqa: F811
    report("neighbour", description="别人的事")
    with zipfile.ZipFile(io.BytesIO(opened(made(people["resident"])["url"]))) as archive:
        assert "别人的事" not in archive.read("data.json").decode()


def test_a_copy_lies_encrypted_and_goes_after_its_days(people):
    actor = people["resident"]
    link = made(actor)["url"]
    name = read(select(DataCopy.name)).scalar_one()
    assert b"PK" not in storage().get(name)[:4]
    assert opened(link)[:2] == b"PK"
    with (
        clock.at(clock.now() + rules.COPY_LINK_FOR + timedelta(seconds=1)),
        pytest.raises(NotFound),
    ):
        opened(link)
    with clock.at(clock.now() + rules.COPY_KEPT + timedelta(seconds=1)):
        assert copying.show(actor)["state"] == rules.NO_COPY
        assert copying.forget_past() == 1
    with pytest.raises(FileNotFoundError):
        storage().get(name)


def test_a_link_opens_no_copy_that_came_in_the_place_of_its_own(people):
    link = made(people["resident"])["url"]
    with writing():
        changed_rows(delete(DataCopy))
    other = made(people["neighbour"])
    number = int(link.partition("?")[0].rpartition("/")[2])
    with writing():  # PostgreSQL would take another number
        changed_rows(update(DataCopy).values(id=number))
    with pytest.raises(NotFound):
        opened(link)
    assert other["state"] == rules.READY


def test_a_copy_that_was_half_made_lies_nowhere_for_ever(people, monkeypatch):
    actor = people["resident"]
    copying.ask(actor)
    monkeypatch.setattr(copying, "_write_down", Mock(side_effect=OSError("the machine stopped")))
    deliveries.deliver_due()
    name = read(select(DataCopy.name)).scalar_one()
    assert storage().get(name)
    with clock.at(clock.now() + rules.COPY_KEPT + timedelta(seconds=1)):
        assert copying.forget_past() == 1
    with pytest.raises(FileNotFoundError):
        storage().get(name)


def test_a_copy_of_staff_does_not_say_to_whom_they_did_what(people):
    actor = people["street"]
    wanted = {"kind": "grid_worker", "place_code": COMMUNITY, "reason": "新网格员"}
    granting.grant_role(actor, resident_id=people["neighbour"].resident_id, **wanted)
    with zipfile.ZipFile(io.BytesIO(opened(made(actor)["url"]))) as archive:
        entries = json.loads(archive.read("data.json"))["data"]["audit_entries"]
    assert [(entry["act"], entry["note"]) for entry in entries] == [
        ("residents.role_granted", "新网格员")
    ]
    assert not any("about" in entry for entry in entries)


def test_one_copy_is_made_at_a_time(people):
    actor = people["resident"]
    first, second = copying.ask(actor), copying.ask(actor)
    assert first["state"] == second["state"] == rules.MAKING
    assert len(read(select(DataCopy.id)).all()) == 1
    deliveries.deliver_due()
    copying.ask(actor)
    assert len(read(select(DataCopy.id)).all()) == 2


def test_a_copy_goes_with_its_owner(people):
    actor = people["resident"]
    shown = made(actor)
    name = read(select(DataCopy.name)).scalar_one()
    leaving.ask(actor)
    with clock.at(clock.now() + WEEK):
        leaving.erase_due()
    with pytest.raises(FileNotFoundError):
        storage().get(name)
    with pytest.raises(NotFound):
        opened(shown["url"])


def test_who_is_going_may_take_a_copy_along(app, people):
    actor = people["resident"]
    leaving.ask(actor)
    phone = Client(app).signed_in_as(actor)
    assert phone.post("/me/copy").json["state"] == rules.MAKING


def test_sign_ins_of_the_erased_are_gone(people):
    actor = people["resident"]
    session.begin(openid(actor))
    leaving.ask(actor)
    with clock.at(clock.now() + WEEK):
        leaving.erase_due()
    mine = select(SignIn.id).where(SignIn.resident_id == actor.resident_id)
    assert read(mine).all() == []
